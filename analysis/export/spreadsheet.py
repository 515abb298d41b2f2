"""Write a table as CSV, safe to open in a spreadsheet, and as Parquet, exact."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ..corpus.reading.formats import clean
from ..display import drop_controls

# A spreadsheet takes a cell for a formula when it starts with one of these, and some skip white space, invisible
# characters or full width on the way.
_SIGNS = r"=+\-@＝＋－＠﹢﹣﹦﹫"
_FORMULA = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]*[" + _SIGNS + r"]|[\t\r]"
)
# What `guard_cell` may change starts so, or holds a control character; in the dialect of RE2, which Arrow searches
# with. A few cells more are no harm: each of them is looked at.
_SUSPECT = (
    r"\A["
    + _SIGNS
    + r"\x00-\x20\x7f-\xa0\xad\x{61c}\x{1680}\x{180e}\x{2000}-\x{200f}\x{2028}-\x{202f}\x{205f}-\x{206f}\x{3000}"
    r"\x{feff}]|[\x00-\x08\x0b-\x1f\x7f-\x9f]"
)
# A cell that is a number, and one that reads back as it was written. The others a spreadsheet, and pandas where a whole
# column is such, turn into another number: event 000 into 0, 1e5 into 100000, 1.10 into 1.1, and of more than fifteen
# digits a spreadsheet keeps fifteen.
_NUMBER = re.compile(r"\s*(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*", re.ASCII)
_PLAIN_NUMBER = re.compile(r"(?!(?:\.?[0-9]){16})(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?")
_SUSPECT_NUMBER = (
    r"\A(?:0[0-9]|\.[0-9]|[0-9]+\.\s*\z|[0-9]*\.[0-9]*0\s*\z|[0-9.]+[eE][-+0-9]|[0-9.]{16}|[0-9.]+\s)[-+0-9.eE]*\s*\z"
)
_SPECIAL = r'[",\r\n]'
LONGEST_CELL = 32_767  # Excel's limit, counted in UTF-16 units
# From here to there neither Python nor Arrow writes an exponent.
_LEAST_PLAIN, _MOST_PLAIN = 1e-4, 1e9
_ROWS = 50_000  # whose lines are held at once


def write_parquet(table: pd.DataFrame, path: Path) -> None:
    """Write `table` as it is."""
    _clean_table(table).to_parquet(path, index=False)


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write `table` for a spreadsheet."""
    exact = _clean_table(table)
    with open(path, "wb") as file:
        file.write(b"\xef\xbb\xbf")  # tells Excel that the file is UTF-8
        names = (_quote(pa.array([str(guard_cell(name))], pa.large_string())) for name in table.columns)
        file.write(_join_cells(list(names)))
        columns = [_show_cells(exact.iloc[:, position]) for position in range(table.shape[1])]
        for start in range(0, len(table), _ROWS):
            file.write(_join_cells([column.slice(start, _ROWS) for column in columns]))


def _clean_table(table: pd.DataFrame) -> pd.DataFrame:
    exact = table.copy(deep=False)
    exact.attrs = {}  # pandas would write them into the Parquet file, and fail on what is not JSON
    for position, dtype in enumerate(table.dtypes):
        if pd.api.types.is_object_dtype(dtype):
            cells = [clean(cell) if isinstance(cell, str) else cell for cell in table.iloc[:, position]]
            exact.isetitem(position, pd.Series(cells, index=table.index, dtype=object))
    return exact


def guard_cell(value: object) -> object:
    """`value` as a spreadsheet may show it: never a formula, no control characters, not longer than Excel allows.

    Nor does it become another number: digits that would not read back as they are have an apostrophe before them too.
    """
    if not isinstance(value, str):
        return value
    text = drop_controls(value)
    if _FORMULA.match(value) or (_NUMBER.fullmatch(text) and not _PLAIN_NUMBER.fullmatch(text)):
        text = "'" + text
    return _cut(text, len(value))


def cut_cell(value: str) -> str:
    """`value` as a cell of a workbook can hold it, which knows that it is text."""
    return _cut(drop_controls(value), len(value))


def _cut(text: str, length: int) -> str:
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) // 2 <= LONGEST_CELL:
        return text
    note = f" … [cut; {length:,} characters in the Parquet file]"
    kept = units[: 2 * (LONGEST_CELL - len(note))]
    return kept.decode("utf-16-le", "ignore") + note  # "ignore" drops half a character at the cut


def _join_cells(columns: list[pa.Array]) -> memoryview:
    """The lines of a CSV: Arrow keeps the strings of a column one after the other, so they are a file already."""
    if len(columns) == 1:  # where nothing is in a line it would be taken for none
        columns = [pc.if_else(pc.equal(pc.fill_null(columns[0], ""), ""), '""', columns[0])]
    lines = columns[0] if len(columns) == 1 else _join(*columns, between=",")
    lines = _join(lines, "", between="\n")
    _, offsets, text = lines.buffers()
    ends = np.frombuffer(offsets, dtype=np.int64)[[lines.offset, lines.offset + len(lines)]]
    return memoryview(text)[slice(*ends)] if text else memoryview(b"")


def _join(*parts: pa.Array | str, between: str) -> pa.Array:
    parts = [pa.scalar(part, pa.large_string()) if isinstance(part, str) else part for part in (*parts, between)]
    return pc.binary_join_element_wise(*parts, null_handling="replace", null_replacement="")


def _show_cells(column: pd.Series) -> pa.Array:
    """The cells of a column as a CSV holds them, quoted where they need it; missing ones are null."""
    dtype = column.dtype
    if isinstance(dtype, pd.StringDtype):
        return _quote(_guard(_strings(column)))
    if pd.api.types.is_bool_dtype(dtype) and dtype.kind == "b":
        return pc.if_else(_flat(column), *(pa.scalar(word, pa.large_string()) for word in ("True", "False")))
    if pd.api.types.is_integer_dtype(dtype):
        return _flat(column).cast(pa.large_string())
    if dtype == np.float64:
        return _show_numbers(_flat(column))
    if isinstance(dtype, np.dtype | pd.DatetimeTZDtype) and dtype.kind in "mMf":
        # pandas shows dates without a time where none of those that it writes at once has one: here, of the column.
        options = {"na_rep": "none", "lineterminator": "\n", "chunksize": max(len(column), 1)}
        shown = column.to_csv(index=False, header=False, **options).split("\n")[:-1]
        return pa.array(shown, pa.large_string(), mask=column.isna().to_numpy())
    # What is no string, as a list, is shown as Python shows it.
    return _quote(_strings(column.astype(object).map(_show_object, na_action="ignore")))


def _show_object(value: object) -> str:
    return str(guard_cell(value))


def _flat(column: pd.Series) -> pa.Array:
    array = pa.array(column, from_pandas=True)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _strings(column: pd.Series) -> pa.Array:
    array = pa.array(column, pa.large_string(), from_pandas=True)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _guard(cells: pa.Array) -> pa.Array:
    """`guard_cell` on those that it may change."""
    long = pc.greater(pc.binary_length(cells), LONGEST_CELL)  # in bytes, of which there are no fewer than units
    suspect = pc.or_(long, pc.match_substring_regex(cells, f"{_SUSPECT}|{_SUSPECT_NUMBER}"))
    return _replace(cells, pc.fill_null(suspect, False), _guard_each)


def _guard_each(cells: pa.Array) -> pa.Array:
    """Each distinct cell once: the ids of a corpus may all have a zero before them, in millions of rows."""
    coded = cells.dictionary_encode()
    return pa.array(map(guard_cell, coded.dictionary.to_pylist()), pa.large_string()).take(coded.indices)


def _quote(cells: pa.Array) -> pa.Array:
    special = pc.fill_null(pc.match_substring_regex(cells, _SPECIAL), False)
    return _replace(cells, special, lambda some: _join('"', pc.replace_substring(some, '"', '""'), '"', between=""))


def _replace(cells: pa.Array, chosen: pa.BooleanArray, change: Callable[[pa.Array], pa.Array]) -> pa.Array:
    return pc.replace_with_mask(cells, chosen, change(cells.filter(chosen))) if chosen.true_count else cells


def _show_numbers(numbers: pa.Array) -> pa.Array:
    """As Python shows them: 1.0, 1e-05 and 20000000000.0, which are 1, 0.00001 and 2e+10 with Arrow."""
    sizes = pc.abs(numbers)
    plain = pc.and_(pc.greater_equal(sizes, _LEAST_PLAIN), pc.less(sizes, _MOST_PLAIN))
    plain = pc.or_(plain, pc.equal(numbers, 0))
    whole = pc.and_(pc.equal(numbers, pc.round(numbers)), plain)
    cells = numbers.cast(pa.large_string())
    cells = _replace(cells, pc.fill_null(whole, False), lambda some: _join(some, ".0", between=""))
    odd = pc.fill_null(pc.invert(plain), False)
    shown = numbers.filter(odd).to_numpy().astype(str)
    return pc.replace_with_mask(cells, odd, pa.array(shown, pa.large_string()))
