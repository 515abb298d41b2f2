"""Tables in every form: what is read back is what was written."""

import hashlib
import json
import time
import zipfile

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from conftest import SEEDS

from analysis import InputError, make_tables, write_report, write_tables
from analysis.export import formats as module
from analysis.export.codebook import name_variables
from analysis.export.formats import FORMATS, list_formats, write_each, write_table
from analysis.export.labelled import LONGEST_STRING
from analysis.export.recipe import PARTED, TABLES
from analysis.export.spreadsheet import LONGEST_CELL

TABLE = pd.DataFrame(
    {
        "article": pd.Series(["001", "=1+1", "it’s", "https://example.org/a"], dtype="str"),
        "start": np.array([0, 5, 2**40, -3]),
        "speaker_start": pd.array([1, None, 3, 4], dtype="Int64"),
        "closed": [True, False, True, False],
        "score": [0.5, np.nan, np.inf, -0.25],
        "text": pd.Series(["a\x07b", None, "é" * 20_000, "two\nlines ’ 😀"], dtype="str"),
        "published": np.array(["2024-06-19", "2024-06-20", "NaT", "1850-01-02"], dtype="datetime64[us]"),
    }
)


DAYS = ["2024-06-19", "2024-06-20", "", "1850-01-02"]


def list_days(read):
    return [str(moment)[:10].replace("NaT", "") for moment in read["published"].fillna(pd.NaT)]


def read_labelled(path):
    return {".sav": pyreadstat.read_sav, ".dta": pyreadstat.read_dta}[path.suffix](path)


@pytest.mark.parametrize(
    ("given", "formats"),
    [
        ("csv", ("csv", "parquet")),
        ("xlsx, DTA,xlsx", ("parquet", "xlsx", "dta")),
        (["sav", "parquet", "csv"], ("csv", "parquet", "sav")),
        ([], ("parquet",)),
    ],
)
def test_parquet_is_always_written_and_the_order_is_one(given, formats):
    assert list_formats(given) == formats


def test_a_form_that_is_not_known_is_named():
    with pytest.raises(InputError) as error:
        list_formats("csv,xls")
    assert str(error.value) == "formats names 'xls'; there are 'csv', 'parquet', 'xlsx', 'sav', 'dta'"


def test_without_the_package_for_spss_nothing_is_begun(tmp_path, monkeypatch):
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: None)
    for options in ({}, {"partitions": 2}):
        with pytest.raises(InputError) as error:
            write_tables(SEEDS, out=tmp_path / "t", formats="sav", **options)
        assert str(error.value) == "the format sav needs the package pyreadstat: pip install 'parallax-news[formats]'"
    assert list_formats("dta") == ("parquet", "dta")
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_holds_text_as_text_and_dates_as_dates(tmp_path):
    assert write_table(TABLE, tmp_path / "quotes", FORMATS) == []
    read = pd.read_excel(tmp_path / "quotes.xlsx", engine="calamine", dtype={"article": "str"})
    assert list(read.columns) == list(TABLE.columns)
    assert read["article"].tolist() == TABLE["article"].tolist()
    assert read["start"].tolist() == TABLE["start"].tolist()
    assert read["speaker_start"].fillna(-1).tolist() == [1, -1, 3, 4]
    assert read["closed"].tolist() == [True, False, True, False]
    assert read["score"].tolist()[0] == 0.5
    assert read["score"].isna().tolist() == [False, True, False, False]
    assert [read["text"][0], read["text"][3]] == ["ab", "two\nlines ’ 😀"]
    assert read["text"].isna().tolist() == [False, True, False, False]
    assert list_days(read) == DAYS


def test_a_formula_and_an_address_are_inert_in_a_workbook(tmp_path):
    write_table(TABLE, tmp_path / "quotes", ["xlsx"])
    with zipfile.ZipFile(tmp_path / "quotes.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "xl/worksheets/_rels/sheet1.xml.rels" not in book.namelist()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert "=1+1" in sheet
    assert 'state="frozen"' in sheet


@pytest.mark.parametrize(("length", "is_cut"), [(LONGEST_CELL, False), (LONGEST_CELL + 1, True)])
def test_a_cell_too_long_for_excel_is_cut_and_says_so(tmp_path, length, is_cut):
    write_table(pd.DataFrame({"text": ["x" * length]}), tmp_path / "t", ["xlsx"])
    (cell,) = pd.read_excel(tmp_path / "t.xlsx", engine="calamine")["text"]
    assert len(cell) == LONGEST_CELL
    assert cell.endswith("[cut; 32,768 characters in the Parquet file]") == is_cut


def test_a_table_with_more_rows_than_a_sheet_is_refused_there_and_kept_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_ROWS", 4)
    tables = {"terms": pd.DataFrame({"n": range(4)}), "voices": pd.DataFrame({"n": range(3)})}
    problems = write_each(tables | {"problems": pd.DataFrame({"source": ["x"], "problem": ["y"]})}, tmp_path, FORMATS)
    sentence = "'terms.xlsx' is not written: the table has 4 rows, and a sheet holds 3; the Parquet file has them"
    assert problems.to_numpy().tolist() == [["x", "y"], ["terms.xlsx", sentence]]
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "problems.parquet").astype("str"), problems.astype("str"))
    names = {path.name for path in tmp_path.iterdir()}
    assert "terms.xlsx" not in names
    assert {"voices.xlsx", "terms.csv", "terms.dta", "terms.sav", "codebook.csv"} <= names


@pytest.mark.parametrize("form", ["sav", "dta"])
def test_spss_and_stata_read_values_labels_and_truths(tmp_path, form):
    write_table(TABLE, tmp_path / "quotes", [form])
    read, meta = read_labelled(tmp_path / f"quotes.{form}")
    assert list(read.columns) == list(TABLE.columns)
    assert read["article"].tolist() == TABLE["article"].tolist()
    assert read["start"].tolist() == TABLE["start"].tolist()
    assert read["speaker_start"].fillna(-1).tolist() == [1, -1, 3, 4]
    assert read["closed"].tolist() == [1, 0, 1, 0]
    assert meta.variable_value_labels["closed"] == {0: "no", 1: "yes"}
    assert read["score"].fillna(-9).tolist() == [0.5, -9, -9, -0.25]  # neither knows an infinite number
    assert read["text"].fillna("").tolist()[0::3] == ["ab", "two\nlines ’ 😀"]
    assert list_days(read) == DAYS
    assert meta.column_names_to_labels["article"] == "article: the one that prints it"
    assert meta.column_names_to_labels["closed"] == "closed: False where the marks are never closed"


def test_a_text_too_long_for_spss_is_cut_and_says_so_and_stata_has_it_whole(tmp_path):
    texts = ["é" * (LONGEST_STRING // 2), "é" * (LONGEST_STRING // 2 + 1), "short"]
    write_table(pd.DataFrame({"text": texts}), tmp_path / "quotes", ["sav", "dta"])
    spss, stata = (read_labelled(tmp_path / f"quotes.{form}")[0]["text"].tolist() for form in ("sav", "dta"))
    assert stata == texts
    assert [spss[0], spss[2]] == [texts[0], texts[2]]
    assert spss[1].endswith("é … [cut; 16,384 characters in the Parquet file]")
    assert len(spss[1].encode()) <= LONGEST_STRING


@pytest.mark.parametrize("form", ["xlsx", "sav", "dta"])
@pytest.mark.parametrize("rows", [0, 1])
def test_every_table_of_a_corpus_is_written_in_every_form(tmp_path, form, rows):
    tables = make_tables(SEEDS, model="vader", only=["spans", "terms", "target_summary", "problems", "articles"])
    for name, table in tables.items():
        write_table(table.head(rows), tmp_path / name, [form])
        target = tmp_path / f"{name}.{form}"
        read = pd.read_excel(target, engine="calamine") if form == "xlsx" else read_labelled(target)[0]
        names = (
            dict(zip(table.columns, table.columns, strict=True)) if form == "xlsx" else name_variables(table.columns)
        )
        assert list(read.columns) == list(names.values())
        assert len(read) == min(rows, len(table))


@pytest.mark.parametrize("form", ["xlsx", "sav", "dta"])
def test_the_same_table_is_the_same_bytes(tmp_path, form):
    digests = set()
    for wait in (0, 1.1):  # SPSS files say in which second they were written
        time.sleep(wait)
        write_table(TABLE, tmp_path / "quotes", [form])
        digests.add(hashlib.sha256((tmp_path / f"quotes.{form}").read_bytes()).hexdigest())
    assert len(digests) == 1


def test_a_folder_of_tables_holds_all_that_was_asked_for(tmp_path):
    out = write_tables(SEEDS, out=tmp_path / "t", model="vader", formats="csv,xlsx,sav,dta")
    names = {path.name for path in out.iterdir()}
    assert names == {f"{name}.{form}" for name in TABLES for form in FORMATS} | {"manifest.json", "codebook.csv"}
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["options"]["formats"] == list(FORMATS)
    assert set(manifest["files"]) == names


def test_with_partitions_small_tables_are_and_what_is_not_is_said(tmp_path):
    said = []
    options = {"model": "vader", "formats": "xlsx,dta", "announce": said.append, "partitions": 2}
    out = write_tables(SEEDS, out=tmp_path / "t", **options)
    small = [name for name in TABLES if name not in PARTED]
    for name in small:
        assert (out / f"{name}.xlsx").exists(), name
        assert (out / f"{name}.dta").exists(), name
        assert not (out / f"{name}.csv").exists(), name
    assert sorted(path.name for path in out.glob("*.xlsx")) == sorted(f"{name}.xlsx" for name in small)
    assert (out / "codebook.csv").exists()
    (sentence,) = [sentence for sentence in said if "xlsx" in sentence]
    assert sentence == (
        "with partitions only tables of the whole corpus are written as xlsx and dta, not articles, artefacts, "
        "sentences, names, quotes, spans, passages, sentiment and targets"
    )


@pytest.mark.slow
def test_a_report_has_them_too_and_links_what_is_there(tmp_path):
    page = write_report(SEEDS, out=tmp_path / "report", model="vader", formats="xlsx")
    html = page.read_text(encoding="utf-8")
    assert '<a href="tables/spans.xlsx">Excel</a>' in html
    assert "spans.csv" not in html
    assert (page.parent / "tables" / "spans.xlsx").exists()
    assert '<a href="tables/codebook.csv">' in html
