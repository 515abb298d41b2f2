"""Workbooks: which sheet holds the articles, where its header is, and what its cells mean."""

import io
from datetime import date, datetime

import pytest
import xlsxwriter

from analysis import read_articles
from analysis.corpus.reading.columns import choose_columns, refuse_without_text
from analysis.corpus.reading.dates import SerialDay
from analysis.corpus.reading.documents import workbooks
from analysis.corpus.reading.documents.sheets import CELL_LIMIT, HEADER_ROWS, TITLE_LENGTH
from analysis.corpus.reading.documents.workbooks import read_workbook
from analysis.corpus.reading.log import Log
from analysis.tables import InputError

TABLE = [["title", "text"], ["One", "First words"], ["Two", "Second words"]]


def make_workbook(*, change=None, **tables: list[list]) -> bytes:
    """A workbook with a sheet for each table; `change(workbook, sheets)` may do more to it."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    made = {}
    for title, rows in tables.items():
        made[title] = workbook.add_worksheet(title)
        for number, row in enumerate(rows):
            made[title].write_row(number, 0, row)
    if change:
        change(workbook, made)
    workbook.close()
    return buffer.getvalue()


def choose(header: list[str]) -> dict[str, str]:
    chosen = choose_columns(header, {})
    if "text" not in chosen:
        raise refuse_without_text(header, "a.xlsx")
    return chosen


def read(data: bytes) -> tuple[list, Log]:
    log = Log()
    return read_workbook("a.xlsx", data, choose, log), log


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as error:
        read(data)
    return str(error.value)


def test_a_row_is_called_by_the_number_that_excel_shows():
    records, log = read(make_workbook(A=TABLE))
    assert records == [(2, {"title": "One", "text": "First words"}), (3, {"title": "Two", "text": "Second words"})]
    assert not log.problems and not log.notes


@pytest.mark.parametrize("above", [1, HEADER_ROWS - 1])
def test_the_header_is_found_below_a_title(above):
    records, _ = read(make_workbook(A=[["Articles of 2024", ""]] * above + TABLE))
    assert [number for number, _ in records] == [above + 2, above + 3]


def test_a_title_that_might_name_a_column_is_no_header_of_a_table_of_several():
    assert [number for number, _ in read(make_workbook(A=[["Text", ""], *TABLE]))[0]] == [3, 4]
    assert [number for number, _ in read(make_workbook(A=[["Text"], ["First words"]]))[0]] == [2]


def test_a_header_too_far_down_is_not_looked_for():
    sentence = refusal(make_workbook(A=[["Articles of 2024", ""]] * HEADER_ROWS + TABLE))
    assert sentence.startswith("'a.xlsx' has no column with the articles' text; it has 'Articles of 2024', ''")


def test_empty_rows_and_columns_before_the_table_do_not_matter():
    rows = [[]] * 3 + [["", "", *row] for row in TABLE] + [[]] * 2 + [["", "", "Three", "Third words"]]
    records, _ = read(make_workbook(A=rows))
    assert [(number, record["text"]) for number, record in records] == [
        (5, "First words"), (6, "Second words"), (9, "Third words"),
    ]  # fmt: skip


def test_a_sheet_without_texts_is_passed_over_with_a_note():
    records, log = read(make_workbook(Notes=[["who", "when"], ["me", "today"]], Articles=TABLE, Empty=[]))
    assert len(records) == 2
    sentence = "of the sheets of 'a.xlsx' 'Articles' was read, which has a column with texts, and not 'Notes'"
    assert log.notes == [{"source": "a.xlsx", "note": sentence}]
    assert not log.problems


def test_sheets_of_the_same_header_are_read_as_one_table():
    records, log = read(make_workbook(BBC=TABLE, CNN=TABLE[:2]))
    assert [number for number, _ in records] == ["BBC:2", "BBC:3", "CNN:2"]
    assert log.notes == [
        {"source": "a.xlsx", "note": "the sheets 'BBC', 'CNN' of 'a.xlsx' have the same header and were all read"}
    ]


def test_of_sheets_with_different_headers_the_fullest_is_read_and_the_other_is_a_problem():
    records, log = read(make_workbook(Old=[["body"], ["Old words"]], New=TABLE))
    assert [record["text"] for _, record in records] == ["First words", "Second words"]
    sentence = (
        "'a.xlsx' has articles in sheets with different columns; 'New' was read as the fullest, and not 'Old'; "
        "expected one table, or the same header in each"
    )
    assert log.problems == [{"source": "a.xlsx", "problem": sentence}]


def test_an_empty_workbook_is_refused():
    assert refusal(make_workbook(A=[], B=[])) == "'a.xlsx' is empty; expected a table with a header"


def test_dates_are_read_with_and_without_their_format():
    def change(workbook, made):
        made["A"].write_datetime(1, 0, datetime(2024, 6, 19), workbook.add_format({"num_format": "dd.mm.yyyy"}))
        made["A"].write_datetime(2, 0, datetime(2024, 6, 19, 12), workbook.add_format({"num_format": "d/m/yy h:mm"}))
        made["A"].write_number(3, 0, 45462.5)

    rows = [["date", "text"], *([None, "Words"] for _ in range(3))]
    records, _ = read(make_workbook(A=rows, change=change))
    found = [record["published"] for _, record in records]
    assert found[:2] == [date(2024, 6, 19), datetime(2024, 6, 19, 12)]
    assert found[2] == 45462.5  # as which it may be read in a column of numbers
    assert found[2].to_date() == datetime(2024, 6, 19, 12)


@pytest.mark.parametrize("number, is_date", [(19_999, False), (20_000, True), (60_000, True), (60_001, False)])
def test_a_number_is_a_date_only_within_the_years_of_news(number, is_date):
    ((_, record),), _ = read(make_workbook(A=[["date", "text"], [number, "Words"]]))
    assert isinstance(record["published"], SerialDay) == is_date


def test_a_day_without_its_format_is_a_date_of_publication_and_no_other_number_is(tmp_path):
    rows = [["id", "date", "text"], [45_462, 45_462, "Words"]]
    (tmp_path / "a.xlsx").write_bytes(make_workbook(A=rows))
    (article,) = read_articles(tmp_path).itertuples()
    assert (article.article, article.published) == ("45462", datetime(2024, 6, 19))


def test_days_are_counted_from_1904_where_the_workbook_does():
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "date_1904": True})
    workbook.add_worksheet("A").write_row(0, 0, ["date", "text"])
    workbook.worksheets()[0].write_row(1, 0, [44_000, "Words"])
    workbook.close()
    ((_, record),), _ = read(buffer.getvalue())
    assert record["published"].to_date() == datetime(2024, 6, 19)


@pytest.mark.parametrize("length, holds_for_both", [(TITLE_LENGTH, True), (TITLE_LENGTH + 1, False)])
def test_a_merged_cell_holds_for_all_its_rows_unless_it_is_a_text(length, holds_for_both):
    def change(workbook, made):
        made["A"].merge_range(1, 0, 2, 0, "FT")
        made["A"].merge_range(2, 1, 3, 1, "a" * length)

    rows = [["outlet", "text"], ["", "First words"], ["", ""], ["BBC", ""]]
    records, _ = read(make_workbook(A=rows, change=change))
    assert records == [
        (2, {"outlet": "FT", "text": "First words"}),
        (3, {"outlet": "FT", "text": "a" * length}),
        (4, {"outlet": "BBC", "text": "a" * length if holds_for_both else None}),
    ]


def test_the_stored_value_of_a_formula_is_read_and_an_error_is_nothing():
    def change(workbook, made):
        made["A"].write_formula(1, 0, "=HYPERLINK()", None, "Stored")
        made["A"].write_formula(2, 0, "=A99", None, "#REF!")

    rows = [["title", "text"], ["", "First words"], ["", "Second words"]]
    records, _ = read(make_workbook(A=rows, change=change))
    assert [record["title"] for _, record in records] == ["Stored", None]


def test_a_text_that_fills_its_cell_is_said_to_be_cut():
    whole, cut = "a" * (CELL_LIMIT - 1), "a" * CELL_LIMIT
    cut_of_wide_letters = "😀" * (CELL_LIMIT // 2) + "a"  # each counts as two
    assert not read(make_workbook(A=[["text"], [whole]]))[1].problems
    _, log = read(make_workbook(A=[["text"], [whole], [cut], [cut_of_wide_letters]]))
    sentence = (
        "2 texts of 'a.xlsx' fill their cells to the limit of 32,767 characters (first in row 3), and the rest "
        "was lost when it was saved; expected whole texts"
    )
    assert log.problems == [{"source": "a.xlsx", "problem": sentence}]


def test_one_cell_far_off_does_not_fill_the_memory():
    def change(workbook, made):
        made["A"].write(1_048_575, 16_383, "far")

    assert refusal(make_workbook(A=TABLE, change=change)) == (
        "'a.xlsx' has a sheet of 1,048,576 rows and 16,384 columns; "
        "expected at most 60,000,000 cells in all, or its table as csv or parquet"
    )


def test_a_sheet_is_measured_to_its_last_row_and_column(monkeypatch):
    def change(workbook, made):
        made["A"].write(99, 39, "far")

    data = make_workbook(A=TABLE, change=change)
    monkeypatch.setattr(workbooks, "CELLS", 100 * 40)
    assert len(read(data)[0]) == 2
    monkeypatch.setattr(workbooks, "CELLS", 100 * 40 - 1)
    assert "has a sheet of 100 rows and 40 columns" in refusal(data)


def test_a_damaged_workbook_is_refused():
    sentence = "'a.xlsx' is damaged or cut off; expected a complete workbook"
    data = make_workbook(A=TABLE)
    assert refusal(data[:-50]) == sentence
