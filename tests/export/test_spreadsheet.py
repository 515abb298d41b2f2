"""Tables as CSV that no spreadsheet takes for a formula, and as Parquet that is exact."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.export.formats import write_table
from analysis.export.spreadsheet import LONGEST_CELL, guard_cell


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\tx", "'\tx"),
        ("\r=1", "'=1"),
        ("\rx", "'x"),
        ("\n=1", "'\n=1"),
        ("  =1", "'  =1"),
        ("\u00a0\u3000=1", "'\u00a0\u3000=1"),
        ("\u200b\ufeff=1", "'\u200b\ufeff=1"),
        ("\x00\x1b=1", "'=1"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠a", "'＠a"),
        (" ＝1", "' ＝1"),
        ('=HYPERLINK("https://example.org","x")', '\'=HYPERLINK("https://example.org","x")'),
        ("- said the minister", "'- said the minister"),
        # A number that would not read back as it was written
        ("000", "'000"),
        ("007", "'007"),
        ("00.5", "'00.5"),
        ("1e5", "'1e5"),
        ("12E-3", "'12E-3"),
        (".5e+3", "'.5e+3"),
        ("1.10", "'1.10"),
        ("5.", "'5."),
        (".5", "'.5"),
        ("1234567890123456", "'1234567890123456"),
        ("0.123456789012345", "'0.123456789012345"),
        (" 007 ", "' 007 "),
        ("0\x007", "'07"),
        ("7 ", "'7 "),
        # Left as they are
        ("0", "0"),
        ("7", "7"),
        ("2024", "2024"),
        ("123456789012345", "123456789012345"),
        ("0.5", "0.5"),
        ("12.34567890123", "12.34567890123"),
        ("10.05", "10.05"),
        ("007 James Bond", "007 James Bond"),
        ("092_1", "092_1"),
        ("00A", "00A"),
        ("e5", "e5"),
        ("1e", "1e"),
        ("1.2.30", "1.2.30"),
        (".", "."),
        ("'000", "'000"),
        ("a=1", "a=1"),
        ("— Reuters", "— Reuters"),
        ("'=1", "'=1"),
        ('"=1"', '"=1"'),
        ("", ""),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("\u202eabc", "\u202eabc"),
        # Control characters go
        ("a\x00b\x07c\x1bd\x7fe\x85f", "abcdef"),
        ("one\r\ntwo", "one\ntwo"),
        # Numbers stay numbers
        (-1, -1),
        (-0.5, -0.5),
        (True, True),
        (None, None),
    ],
)
def test_every_cell_is_safe_in_a_spreadsheet(cell, shown):
    assert guard_cell(cell) == shown


@pytest.mark.parametrize("letter", ["a", "é", "😀"])
def test_a_cell_as_long_as_excel_allows_is_whole_and_a_longer_one_is_cut(letter):
    units = len(letter.encode("utf-16-le")) // 2
    longest = letter * (LONGEST_CELL // units)
    assert guard_cell(longest) == longest
    cut = guard_cell(longest + letter)
    assert len(cut.encode("utf-16-le")) // 2 in (LONGEST_CELL - 1, LONGEST_CELL)
    assert cut.endswith(f" … [cut; {len(longest) + 1:,} characters in the Parquet file]")
    assert cut.startswith(letter * 100)


def read_csv(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_csv_is_guarded_and_parquet_is_exact(tmp_path):
    table = pd.DataFrame(
        {
            "=header": ["=1", "x\x00", None],
            "n": [-1, 0, 2],
            "score": [-0.1, float("nan"), 1 / 3],
            "published": pd.to_datetime(["2024-06-19", None, "2024-06-20"]),
            "speaker_start": pd.array([-1, None, 2], dtype="Int64"),
            "mixed": pd.Series(["-a", -1, None], dtype=object).astype("str"),
        }
    )
    table.attrs["problems"] = [{"source": Path("x")}]  # not JSON: the Parquet writer would fail on it
    before = table.copy(deep=True)
    write_table(table, tmp_path / "table.v1")
    assert (tmp_path / "table.v1.csv").read_bytes().startswith(b"\xef\xbb\xbf'=header,n,")
    rows = read_csv(tmp_path / "table.v1.csv")
    assert rows[0] == ["'=header", "n", "score", "published", "speaker_start", "mixed"]
    assert rows[1] == ["'=1", "-1", "-0.1", "2024-06-19", "-1", "'-a"]
    assert rows[2] == ["x", "0", "", "", "", "'-1"]
    assert rows[3][:4] == ["", "2", "0.3333333333333333", "2024-06-20"]
    exact = pd.read_parquet(tmp_path / "table.v1.parquet")
    pd.testing.assert_frame_equal(exact, before)
    assert table.attrs and list(table.columns) == list(before.columns)  # the one given is not changed


def test_an_empty_table_is_written_with_its_columns(tmp_path):
    write_table(pd.DataFrame({"source": pd.Series(dtype="str"), "n": pd.Series(dtype="int64")}), tmp_path / "empty")
    assert read_csv(tmp_path / "empty.csv") == [["source", "n"]]
    assert pd.read_parquet(tmp_path / "empty.parquet").dtypes.astype(str).to_dict() == {"source": "str", "n": "int64"}


def write_slowly(table, path):
    """The same by pandas, cell by cell."""
    safe = table.rename(columns=guard_cell)
    for position, dtype in enumerate(table.dtypes):
        if pd.api.types.is_string_dtype(dtype) or str(dtype) in ("object", "category"):
            cells = [guard_cell(cell) for cell in table.iloc[:, position]]
            safe.isetitem(position, pd.Series(cells, index=table.index, dtype=object))
    safe.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")


def assert_written_as_by_pandas(table, folder):
    write_table(table, folder / "fast")
    write_slowly(table, folder / "slow.csv")
    assert (folder / "fast.csv").read_bytes() == (folder / "slow.csv").read_bytes()


HOSTILE = [
    *("", " ", "plain", "a,b", 'say "so"', '"', '""', ",", "two\nlines", "one\r\ntwo", "\n", "\t", "\tx", "'"),
    *(
        "=1+1",
        "-x",
        "@a",
        "\u3000=1",
        "\u1680=1",
        "\u2029=1",
        "\u200b\ufeff=1",
        "\xad-1",
        "\x85=1",
        "\x1c=",
        "＝",
        "﹫",
    ),
    *("a\x00b", "\x7f", "c\x85", "a\u202eb", "😀", "é" * 20_000, "😀" * 20_000, '=",\n' * 9_000, "null", "NaN", "None"),
    None,
]


@pytest.mark.parametrize("dtype", ["str", "object", "category", "string[python]"])
def test_hostile_words_are_written_as_pandas_wrote_them(tmp_path, dtype):
    words = pd.Series(HOSTILE, dtype="str").astype(dtype)
    table = pd.DataFrame({"=one,\x00": words, 'two"': words[::-1].array, "n": range(len(words))})
    assert_written_as_by_pandas(table, tmp_path)
    assert_written_as_by_pandas(table[["=one,\x00"]], tmp_path)  # alone, an empty cell is quoted
    assert_written_as_by_pandas(table.iloc[5:9], tmp_path)


DIGITS = (
    "0|00|000|0012|10|2024|7.0|7.5|7.|.5|.50|.|1e5|1E+5|1e-05|e5|1e|1.2.30|0x10|007.| 007|007 |00 12|0\n|00\n|7.5 |"
    "7\u3000|٠٠|０００|1_000|123456789012345|1234567890123456|1.23456789012345|1.234567890123456|0.12345678901234|"
    "0.123456789012345"
).split("|")


def test_digits_are_written_as_the_slow_way_writes_them(tmp_path):
    assert_written_as_by_pandas(pd.DataFrame({"event": DIGITS, "n": range(len(DIGITS))}), tmp_path)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(st.sampled_from("0123456789.eE+- \n\x0b\u3000x"), max_size=20), max_size=8))
def test_whatever_the_digits_they_are_written_as_the_slow_way_writes_them(tmp_path_factory, cells):
    folder = tmp_path_factory.mktemp("digits", numbered=True)
    assert_written_as_by_pandas(pd.DataFrame({"event": pd.Series(cells, dtype="str"), "n": 1}), folder)


def test_an_event_called_000_read_back_as_0(tmp_path):
    """pandas takes a column of such cells for numbers, and a spreadsheet each of them."""
    table = pd.DataFrame({"article": ["1e5", "2e5"], "event": ["000", "00"], "outlet": ["A", "B"], "n": [1, 2]})
    write_table(table, tmp_path / "table")
    back = pd.read_csv(tmp_path / "table.csv")
    assert back["event"].tolist() == ["'000", "'00"]
    assert back["article"].tolist() == ["'1e5", "'2e5"]
    assert pd.read_parquet(tmp_path / "table.parquet")["event"].tolist() == ["000", "00"]


def test_no_cell_becomes_another_number(tmp_path):
    """What pandas takes for a number is written by it as it stood in the file."""
    for cell in DIGITS:
        write_table(pd.DataFrame({"event": [cell, cell], "n": [1, 2]}), tmp_path / "one")
        back = pd.read_csv(tmp_path / "one.csv")["event"]
        assert back.astype("str").str.removeprefix("'").tolist() == [cell, cell]


LETTERS = st.text(st.sampled_from('ab ,"\n\r\t\x00\x1b\x85\xa0=+-@＝\u200b\u3000\ufeffé😀'), max_size=6)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(LETTERS, st.none() | LETTERS, st.floats(), st.none() | st.integers(-9, 9)), max_size=6))
def test_whatever_the_cells_pandas_writes_the_same(tmp_path_factory, rows):
    table = pd.DataFrame(rows, columns=["a", "b", "x", "n"])
    table = table.astype({"a": "str", "b": "str", "x": float, "n": "Int64"})
    folder = tmp_path_factory.mktemp("drawn", numbered=True)
    assert_written_as_by_pandas(table, folder)
    assert_written_as_by_pandas(table[["b"]], folder)
    assert_written_as_by_pandas(table[["x"]], folder)


def test_numbers_are_written_as_pandas_wrote_them(tmp_path):
    draws = np.random.default_rng(0)
    drawn = draws.normal(size=20_000) * 10.0 ** draws.integers(-9, 20, 20_000)
    edges = [0.0, -0.0, 1.0, 1e-4, 9.999e-5, 1e-5, 1e9, 999999999.9, 1e10, 1.5e10, 1e15, 1e16, 5e-324, 1.7e308]
    numbers = np.concatenate([drawn, drawn.round(3), drawn.round(), edges, [np.inf, -np.inf, np.nan]])
    with np.errstate(invalid="ignore"):
        single = (numbers % 1e6).astype("float32")
    table = pd.DataFrame({"x": numbers, "single": single, "n": np.arange(len(numbers))})
    assert_written_as_by_pandas(table, tmp_path)


def test_other_kinds_of_columns_are_written_as_pandas_wrote_them(tmp_path):
    days = pd.to_datetime(["2024-06-19", None, "2024-06-20"])
    columns = {
        "day": days,
        "number": pd.array([1.5, None, 1e20], dtype="Float64"),
        "maybe": pd.array([True, None, False], dtype="boolean"),
        "kind": pd.Categorical(["-2", None, "1"]),
        "list": pd.Series([["=a", 'b"'], None, []], dtype=object),
        "fixed": [True, False, True],
        "small": np.array([1, -2, 3], dtype="int8"),
    }
    assert_written_as_by_pandas(pd.DataFrame(columns), tmp_path)
    moments = pd.to_datetime(["2024-06-19 10:00", None, "2024-06-20 00:00"])
    assert_written_as_by_pandas(pd.DataFrame({"at": moments, "zone": days.tz_localize("Asia/Tokyo")}), tmp_path)
    assert_written_as_by_pandas(pd.DataFrame({"none": [None, None]}), tmp_path)


def test_a_column_of_dates_was_written_in_two_forms_in_one_file(tmp_path):
    """pandas decides for every hundred thousand cells whether a time is shown."""
    moments = pd.Series(pd.to_datetime(["2024-06-19 00:00"] * 120_000 + ["2024-06-19 10:00"]))
    write_table(pd.DataFrame({"published": moments}), tmp_path / "dates")
    assert (tmp_path / "dates.csv").read_text("utf-8-sig").split("\n")[1] == "2024-06-19 00:00:00"


def test_half_a_character_could_not_be_written(tmp_path):
    table = pd.DataFrame({"text": pd.Series(["=\ud83d", None], dtype=object)})
    write_table(table, tmp_path / "half")
    assert read_csv(tmp_path / "half.csv")[1] == ["'=\ufffd"]
    assert pd.read_parquet(tmp_path / "half.parquet")["text"].tolist()[0] == "=\ufffd"
    assert table["text"].iloc[0] == "=\ud83d"


def test_more_rows_than_are_held_at_once_are_all_written(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.export.spreadsheet._ROWS", 2)
    assert_written_as_by_pandas(pd.DataFrame({"a": list("vwxyz"), "n": range(5)}), tmp_path)
