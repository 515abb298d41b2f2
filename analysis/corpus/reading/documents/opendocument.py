"""Read OpenDocument files, which LibreOffice and others write: a text a paragraph a line, a spreadsheet by its rows."""

from ....tables import InputError
from ..formats import Choose, Records
from .packages import open_package, read_part
from .sheets import Sheet, read_sheets
from .trees import attribute_of, find_child, find_children, name_of, parse_xml

# Programs state how often an empty cell or row repeats, up to the end of the sheet; one with words hardly does.
REPEATED, ROWS = 1_000, 1_048_576
_NOT_TEXT = {
    "tracked-changes", "note", "annotation", "annotation-end", "ruby-text", "sequence-decls", "forms", "title", "desc",
    "variable-decls", "user-field-decls", "hidden-text", "hidden-paragraph", "event-listeners", "note-citation",
}  # fmt: skip
_LETTERS = {"tab": "\t", "line-break": "\n", "soft-page-break": ""}


def read_odt(data: bytes, name: str, log) -> str:
    """The paragraphs of a document, also of its tables, lists and text boxes, one a line; a line break is one too."""
    body = _read_body(data, name, "OpenDocument text", "text")
    lines: list[str] = []
    _read_lines(body, lines)
    return "\n".join(lines).strip()


def read_ods(name: str, data: bytes, choose: Choose, log) -> Records:
    """The articles of a spreadsheet; formulas are not run: a cell's stored value is read."""
    body = _read_body(data, name, "OpenDocument spreadsheet", "spreadsheet")
    sheets = []
    for table in find_children(body, "table"):
        rows = _read_rows(table, name)
        sheets.append(Sheet(attribute_of(table, "name"), lambda rows=rows: rows))
    return read_sheets(name, sheets, choose, log)


def _read_body(data: bytes, name: str, kind: str, part: str):
    """The element with the content, of a package or of a document in one piece of XML (fodt)."""
    if data.startswith(b"PK"):
        package = open_package(data, name, kind)
        if "META-INF/manifest.xml" in package.namelist():
            if b"encryption-data" in read_part(package, "META-INF/manifest.xml", name, kind):
                raise InputError(f"'{name}' is locked with a password; expected it saved without one")
        data = read_part(package, "content.xml", name, kind)
    elif not data.lstrip().startswith((b"<", b"\xef\xbb\xbf<")):
        raise InputError(f"'{name}' is damaged or cut off; expected a complete {kind}")
    body = find_child(parse_xml(data, name, kind), "body")
    found = find_child(body, part) if body is not None else None
    if found is None:
        raise InputError(f"'{name}' holds no {part}; expected an {kind}")
    return found


def _read_lines(element, lines: list[str]) -> None:
    for child in element:
        kind = name_of(child)
        if kind in ("p", "h"):
            lines.append(read_paragraph(child, lines))
        elif kind and kind not in _NOT_TEXT:
            _read_lines(child, lines)


def read_paragraph(element, lines: list[str] | None = None) -> str:
    """The words of a paragraph; a text box that is anchored in it goes to the `lines` before it."""
    parts = [element.text or ""]
    for child in element:
        kind = name_of(child)
        if kind == "s":  # several spaces in a row, which XML would take for one
            parts.append(" " * min(int(attribute_of(child, "c") or 1), 100))
        elif kind in _LETTERS:
            parts.append(_LETTERS[kind])
        elif kind in ("frame", "custom-shape", "g"):
            _read_lines(child, [] if lines is None else lines)
        elif kind and kind not in _NOT_TEXT:
            parts.append(read_paragraph(child, lines))
        parts.append(child.tail or "")
    return "".join(parts)


def _read_rows(table, name: str) -> list[list]:
    """The rows of a sheet, with the empty ones between them, each as long as the longest."""
    rows: list[list] = []
    empty = 0
    for row in table.iter("{*}table-row"):
        cells = _read_cells(row, name)
        times = int(attribute_of(row, "number-rows-repeated") or 1)
        if not cells:
            empty += times
            continue
        if times > REPEATED or len(rows) + empty + times > ROWS:
            raise InputError(f"'{name}' repeats a row {max(times, empty):,} times; expected a table of articles")
        rows += [[] for _ in range(empty)] + [cells] * times
        empty = 0
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _read_cells(row, name: str) -> list:
    cells: list = []
    empty = 0
    for cell in find_children(row, "table-cell", "covered-table-cell"):
        value = _read_cell(cell)
        times = int(attribute_of(cell, "number-columns-repeated") or 1)
        if value == "":
            empty += times
            continue
        if times > REPEATED or empty > 20 * REPEATED:
            raise InputError(f"'{name}' repeats a cell {max(times, empty):,} times; expected a table of articles")
        cells += [""] * empty + [value] * times
        empty = 0
    return cells


def _read_cell(cell) -> object:
    kind = attribute_of(cell, "value-type")
    if kind == "date":
        return attribute_of(cell, "date-value")
    if kind in ("float", "percentage", "currency"):
        try:
            return float(attribute_of(cell, "value"))
        except ValueError:
            pass
    return "\n".join(read_paragraph(paragraph) for paragraph in find_children(cell, "p"))
