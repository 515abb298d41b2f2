"""Workbooks of Excel 97: a small file system, which a damaged or a hostile file makes endless or huge."""

import struct

import pytest

from analysis.corpus.reading.documents.old_workbooks import COLUMNS, ROWS, check_old_workbook
from analysis.tables import InputError

SECTOR, FREE, END, TABLE = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
DAMAGED = "'a.xls' is damaged or cut off; expected a complete workbook"


def make_record(kind: int, *numbers: int, form: str) -> bytes:
    content = struct.pack(form, *numbers)
    return struct.pack("<HH", kind, len(content)) + content


def make_cell(row: int, column: int) -> bytes:
    return make_record(0x0203, row, column, 0, form="<HHH8x")


SHEET = make_record(0x0809, 0x0600, 0x0010, form="<HH4x")


def make_workbook(
    *records: bytes, after: int | None = None, name: str = "Workbook", listed_size: int | None = None
) -> bytes:
    """A file with one stream of these records; `after` is the sector that follows its last."""
    stream = b"".join(records).ljust(8 * SECTOR, b"\0")
    sectors = len(stream) // SECTOR
    follow = [TABLE, END, *range(3, 2 + sectors), END if after is None else after]
    table = struct.pack("<128I", *follow, *[FREE] * (128 - len(follow)))

    def make_entry(called: str, kind: int, first: int, size: int) -> bytes:
        words = called.encode("utf-16-le")
        entry = words.ljust(64, b"\0") + struct.pack("<HBB12s36x", len(words) + 2, kind, 0, b"\xff" * 12)
        return entry + struct.pack("<IQ", first, size)

    size = len(stream) if listed_size is None else listed_size
    directory = make_entry("Root Entry", 5, END, 0) + make_entry(name, 2, 2, size)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<109I", 0, *[FREE] * 108)
    return head + table + directory.ljust(SECTOR, b"\0") + stream


def refusal(data: bytes, most_cells: int = 1_000) -> str:
    with pytest.raises(InputError) as error:
        check_old_workbook(data, "a.xls", most_cells=most_cells)
    return str(error.value)


@pytest.mark.parametrize("name", ["Workbook", "Book"])
def test_a_workbook_without_fault_passes(name):
    check_old_workbook(make_workbook(SHEET, make_cell(9, 9), name=name), "a.xls", most_cells=100)


def test_the_cells_of_all_sheets_are_counted_with_the_empty_ones_before_the_last():
    data = make_workbook(SHEET, make_cell(9, 9), SHEET, make_cell(0, 4), make_cell(1, 0))
    check_old_workbook(data, "a.xls", most_cells=110)
    assert refusal(data, most_cells=109) == (
        "'a.xls' has sheets of 110 cells with the empty ones; expected at most 109, or its table as csv or parquet"
    )


def test_a_cell_that_the_format_does_not_have_is_damage():
    check_old_workbook(make_workbook(SHEET, make_cell(ROWS - 1, COLUMNS - 1)), "a.xls", most_cells=ROWS * COLUMNS)
    assert refusal(make_workbook(SHEET, make_cell(0, COLUMNS))) == DAMAGED
    assert refusal(make_workbook(SHEET, make_record(0x0200, 0, ROWS + 1, 0, 1, form="<IIHH2x"))) == DAMAGED


def test_more_strings_than_there_is_room_for_are_damage():
    check_old_workbook(make_workbook(make_record(0x00FC, 9, 9, form="<II")), "a.xls", most_cells=0)
    assert refusal(make_workbook(make_record(0x00FC, 9, 4_000_000_000, form="<II"))) == DAMAGED


def test_a_chain_of_sectors_that_goes_round_or_leads_out_is_damage():
    assert refusal(make_workbook(SHEET, after=2)) == DAMAGED
    assert refusal(make_workbook(SHEET, after=100_000)) == DAMAGED


def test_a_stream_that_is_longer_than_the_file_is_damage():
    assert refusal(make_workbook(SHEET, listed_size=1_000_000)) == DAMAGED


def test_a_file_that_is_cut_off_or_without_cells_is_damage():
    assert refusal(make_workbook(SHEET)[:1_000]) == DAMAGED
    assert refusal(make_workbook(SHEET)[:100]) == DAMAGED
    assert refusal(make_workbook(SHEET, name="Notes")) == DAMAGED


def test_a_locked_workbook_is_refused():
    sentence = "'a.xls' is locked with a password; expected it saved without one"
    assert refusal(make_workbook(SHEET, make_record(0x002F, 1, form="<H"))) == sentence
