"""Open the workbooks of Excel, in all the forms that it has written."""

import io
import re
from zipfile import ZipFile

from ....tables import InputError
from ..formats import Choose, Records
from .old_workbooks import check_old_workbook
from .packages import open_package, read_part, read_pieces
from .sheets import Sheet, read_sheets

KIND = "workbook"
# A sheet is laid out in memory with every cell up to its last row and column, empty or not: some 30 bytes each.
CELLS = 60_000_000
# Up to Z: looking which of them is the last would take longer than reading the sheet.
LETTERS = 26
_COLUMNS = re.compile(rb"""\sr\s?=\s?["']([A-Z]{2,3})\d""")
_ROWS = re.compile(rb"""\sr\s?=\s?["'][A-Z]{0,3}(\d{1,9})["']""")


def read_workbook(name: str, data: bytes, choose: Choose, log) -> Records:
    """The articles of a workbook of any of Excel's forms. Macros and formulas are not run: a cell's stored value is."""
    import python_calamine

    from_1904 = False
    if data.startswith(b"PK"):
        package = open_package(data, name, KIND)
        _refuse_far_cells(name, package)
        if "xl/workbook.xml" in package.namelist():
            from_1904 = bool(re.search(rb'date1904="(?:1|true)"', read_part(package, "xl/workbook.xml", name, KIND)))
    else:
        check_old_workbook(data, name, most_cells=CELLS)
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(data))
        sheets = []
        for position, known in enumerate(workbook.sheets_metadata):
            if known.typ == python_calamine.SheetTypeEnum.WorkSheet:
                sheet = workbook.get_sheet_by_index(position)
                first_column = sheet.start[1] if sheet.start else 0
                merged = [
                    (top, left - first_column, bottom, right - first_column)
                    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
                ]
                sheets.append(Sheet(known.name, sheet.iter_rows, merged, from_1904))
    except python_calamine.PasswordError:
        raise InputError(f"'{name}' is locked with a password; expected it saved without one") from None
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the library's Rust is no Exception, and the file is anybody's
        reason = f"'{name}' can't be read as a workbook ({type(error).__name__})"
        raise InputError(f"{reason}; expected a complete one") from None
    return read_sheets(name, sheets, choose, log)


def _refuse_far_cells(name: str, package: ZipFile) -> None:
    """Refuse a sheet with a cell so far off that the empty ones before it would fill the memory."""
    cells = 0
    for part in package.namelist():
        rows, columns, rest = 0, LETTERS, b""
        if part.startswith("xl/worksheets/") and part.endswith(".bin"):
            rows, columns = _measure_binary(read_part(package, part, name, KIND))
        elif part.startswith("xl/worksheets/") and part.endswith(".xml"):
            for piece in read_pieces(package, part, name, KIND):
                rows = max([rows, *map(int, _ROWS.findall(rest + piece))])
                columns = max([columns, *map(_number_column, set(_COLUMNS.findall(rest + piece)))])
                rest = piece[-40:]
        cells += rows * columns
        if rows and cells > CELLS:
            sentence = f"'{name}' has a sheet of {rows:,} rows and {columns:,} columns"
            raise InputError(f"{sentence}; expected at most {CELLS:,} cells in all, or its table as csv or parquet")


def _number_column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number


def _measure_binary(data: bytes) -> tuple[int, int]:
    """The last row and column of a sheet in xlsb, which is a run of records, each with its kind and its length."""
    rows, columns, place = 0, 0, 0
    while place < len(data):
        kind, place = _read_number(data, place, 2)
        length, place = _read_number(data, place, 4)
        if kind == 0:  # a row begins
            rows = max(rows, int.from_bytes(data[place : place + 4], "little") + 1)
        elif kind < 12:  # a cell
            columns = max(columns, int.from_bytes(data[place : place + 4], "little") + 1)
        place += length
    return rows, columns


def _read_number(data: bytes, place: int, longest: int) -> tuple[int, int]:
    """A number in steps of seven bits, of which the eighth says that more follow; and the place behind it."""
    number = 0
    for step, byte in enumerate(data[place : place + longest]):
        number |= (byte & 0x7F) << 7 * step
        place += 1
        if byte < 0x80:
            break
    return number, place
