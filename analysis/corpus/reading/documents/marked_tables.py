"""Tables in markup: the web page that many programs save as .xls, and Excel's own XML of 2003."""

from ....tables import InputError
from ..decoding import decode_page
from ..formats import Choose, Records
from .sheets import Sheet, read_sheets
from .trees import attribute_of, find_children, parse_xml, text_of

PAGE_BYTES = 150_000_000
COLUMNS = 16_384
# Elements of a cell that begin a line of their own.
_BREAKS = ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4")


def read_xml_workbook(name: str, data: bytes, choose: Choose, log) -> Records:
    """The articles of a workbook in the XML of Excel 2003."""
    root = parse_xml(data, name)
    sheets = []
    for worksheet in find_children(root, "Worksheet"):
        rows = [row for table in find_children(worksheet, "Table") for row in find_children(table, "Row")]
        sheets.append(_lay_out(attribute_of(worksheet, "Name"), [_read_old_row(row) for row in rows]))
    return read_sheets(name, sheets, choose, log)


def read_html_table(name: str, data: bytes, choose: Choose, log) -> Records:
    """The articles of the table in a web page, which Excel opens as a workbook."""
    import lxml.etree
    import lxml.html

    if len(data) > PAGE_BYTES:
        size = f"'{name}' has {len(data) / 1_000_000:,.0f} MB"
        raise InputError(f"{size}; expected at most {PAGE_BYTES // 1_000_000} MB, or its table as csv")
    page = decode_page(data, name).replace("\0", "").encode("utf-8", "replace")
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = lxml.html.document_fromstring(page, parser=parser)
    except lxml.etree.LxmlError:
        raise InputError(f"'{name}' can't be read as a table; expected a header and rows") from None
    sheets = []
    for number, table in enumerate(root.iter("table"), 1):
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        cells = [[_read_cell(cell) for cell in row if cell.tag in ("td", "th")] for row in rows]
        sheets.append(_lay_out(f"table {number}", cells))
    return read_sheets(name, sheets, choose, log)


def _lay_out(title: str, rows: list[list]) -> Sheet:
    """Rows of as many cells each."""
    width = max(map(len, rows), default=0)
    even = [row + [""] * (width - len(row)) for row in rows]
    return Sheet(title, lambda: even)


def _read_cell(cell) -> str:
    """The words of a cell, with a line for each paragraph in it; other markup is only how it looks."""
    for element in cell.iter(*_BREAKS):
        if element is not cell:
            element.tail = "\n" + (element.tail or "")
    lines = (" ".join(line.split()) for line in cell.text_content().split("\n"))
    return "\n".join(filter(None, lines))


def _read_old_row(row) -> list:
    cells: list = []
    for cell in find_children(row, "Cell"):
        place = attribute_of(cell, "Index")  # where cells before it are empty
        if place.isdecimal() and len(cells) < int(place) <= COLUMNS:
            cells += [""] * (int(place) - 1 - len(cells))
        data = find_children(cell, "Data")
        value = text_of(data[0]) if data else ""
        is_number = bool(data) and attribute_of(data[0], "Type") == "Number"
        cells.append(_read_number(value) if is_number else value)
    return cells


def _read_number(value: str) -> object:
    try:
        return float(value)
    except ValueError:
        return value
