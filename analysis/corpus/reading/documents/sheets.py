"""Find the table of articles in a workbook: on which sheet, from which row on, and what its cells mean."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from ....tables import InputError, quoted
from ..dates import SerialDay
from ..formats import Choose, Records

# A title, a date and a note stand above the header of a table, and rarely more.
HEADER_ROWS = 20
# No cell of Excel holds more, and what is pasted into one is cut there. Counted as Excel does, in UTF-16.
CELL_LIMIT = 32_767
# A longer value is a text, and of one article though its cell is merged over several rows.
TITLE_LENGTH = 300


@dataclass
class Sheet:
    """One sheet: its rows, each of as many cells, from the row on that a person would call the first."""

    title: str
    rows: Callable[[], Iterable[list]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # first row and column, last row and column
    from_1904: bool = False


def read_sheets(name: str, sheets: list[Sheet], choose: Choose, log) -> Records:
    """The articles of a workbook, by the numbers of their rows as its program shows them.

    Of several sheets with texts, those with the header of the fullest are read, and any other is a problem.
    """
    filled = [sheet for sheet in sheets if any(map(_is_filled, sheet.rows()))]
    if not filled:
        raise InputError(f"'{name}' is empty; expected a table with a header")
    headers = {}
    for position, sheet in enumerate(filled):
        found = _find_header(sheet, choose)
        if found is not None:
            headers[position] = found
    if not headers:
        choose(_read_header(_first_rows(filled[0])[0][1]))  # which says what is missing
        raise InputError(f"'{name}' has no column with the articles' text; expected a header that names it")
    fullest = next(iter(headers))
    if len(headers) > 1:
        fullest = max(headers, key=lambda position: sum(map(_is_filled, filled[position].rows())))
    same = [position for position, (_, header) in headers.items() if header == headers[fullest][1]]
    _say_which(name, filled, headers, same, log)
    chosen = choose(headers[fullest][1])  # again, for it may keep the header it was given last
    records = []
    for position in same:
        row_of_header, header = headers[position]
        keys = {ours: header.index(theirs) for ours, theirs in chosen.items()}
        for number, record in _read_records(filled[position], row_of_header, keys):
            records.append((number if len(same) == 1 else f"{filled[position].title}:{number}", record))
    _say_cut(name, records, log)
    return records


def _say_which(name: str, sheets: list[Sheet], headers: dict, same: list[int], log) -> None:
    """Which sheets are read and which are not: one without texts is passed over, one with others is missing."""
    if len(sheets) == 1:
        return
    read = quoted([sheets[position].title for position in same])
    lost = [sheet.title for position, sheet in enumerate(sheets) if position in headers and position not in same]
    rest = [sheet.title for position, sheet in enumerate(sheets) if position not in headers]
    if lost:
        sentence = f"'{name}' has articles in sheets with different columns; {read} was read as the fullest, "
        log.problem(name, f"{sentence}and not {quoted(lost)}; expected one table, or the same header in each")
    if rest:
        why = "which has a column with texts" if len(same) == 1 else "which have a column with texts"
        log.note(name, f"of the sheets of '{name}' {read} was read, {why}, and not {quoted(rest)}")
    elif len(same) > 1 and not lost:
        log.note(name, f"the sheets {read} of '{name}' have the same header and were all read")


def _first_rows(sheet: Sheet) -> list[tuple[int, list]]:
    return list(islice(((number, row) for number, row in enumerate(sheet.rows()) if _is_filled(row)), HEADER_ROWS))


def _find_header(sheet: Sheet, choose: Choose) -> tuple[int, list[str]] | None:
    """The first row that names a column with texts and another; other rows may stand above it, as a title does.

    A title of one word may itself be such a name, which is then the header only of a table of one column.
    """
    alone = None
    for number, row in _first_rows(sheet):
        header = _read_header(row)
        try:
            choose(header)
        except InputError:
            continue
        if sum(map(bool, header)) > 1:
            return number, header
        alone = alone or (number, header)
    return alone


def _read_header(row: list) -> list[str]:
    return [" ".join(str(cell).split()) if cell is not None else "" for cell in row]


def _is_filled(row: list) -> bool:
    return any(cell not in ("", None) for cell in row)


def _read_records(sheet: Sheet, row_of_header: int, keys: dict[str, int]) -> Iterator[tuple[int, dict]]:
    """The rows below the header; what was merged over several of them holds for each, but for a text."""
    wanted = set(keys.values())
    ends = {  # of the first cell of each: the last row that it holds for
        (top, left): bottom
        for top, left, bottom, right in sheet.merged
        if left in wanted and left == right and top > row_of_header
    }
    held: dict[int, tuple[object, int]] = {}  # by column: a value, and the last row that it holds for
    for number, cells in enumerate(sheet.rows()):
        if number <= row_of_header:
            continue
        values = {ours: cells[column] for ours, column in keys.items()}
        for ours, column in keys.items() if ends else ():
            if (number, column) in ends:
                held[column] = (cells[column], ends[number, column])
            elif column in held and number <= held[column][1] and not _is_text(held[column][0]):
                values[ours] = held[column][0]
        record = {ours: _read_value(value, sheet.from_1904) for ours, value in values.items()}
        if any(value is not None for value in record.values()):
            yield number + 1, record


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) > TITLE_LENGTH


def _read_value(value: object, from_1904: bool) -> object:
    if value == "":
        return None
    return SerialDay(value, from_1904) if SerialDay.is_one(value) else value


def _say_cut(name: str, records: Records, log) -> None:
    """Say which texts are as long as a cell can be: the rest of them is lost."""
    cut = [number for number, record in records if any(map(_is_cut, record.values()))]
    if cut:
        what = "1 text" if len(cut) == 1 else f"{len(cut)} texts"
        fills = "fills its cell" if len(cut) == 1 else "fill their cells"
        first = "" if len(cut) == 1 else "first "
        sentence = f"{what} of '{name}' {fills} to the limit of {CELL_LIMIT:,} characters ({first}in row {cut[0]})"
        log.problem(name, f"{sentence}, and the rest was lost when it was saved; expected whole texts")


def _is_cut(value: object) -> bool:
    if not isinstance(value, str) or 2 * len(value) < CELL_LIMIT:
        return False
    return len(value.encode("utf-16-le", "surrogatepass")) // 2 >= CELL_LIMIT
