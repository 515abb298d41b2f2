"""Read a Word document as its text: a paragraph a line, as it stands on the page."""

import posixpath

from ....tables import InputError
from .packages import open_package, read_part
from .trees import attribute_of, find_child, name_of, namespace_of, parse_xml

KIND = "Word document"
_DOCUMENT = "word/document.xml"
# What was deleted or moved away while changes were tracked, what is printed above and below other text, and the
# second of two forms of the same drawing.
_NOT_TEXT = {"del", "moveFrom", "rt", "Fallback", "sdtPr", "sdtEndPr", "tblPr", "trPr", "tcPr", "sectPr", "instrText"}
_LETTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_docx(data: bytes, name: str, log) -> str:
    """The paragraphs of a document, also of its tables, lists and text boxes, one a line; a line break is one too.

    Heads, feet, footnotes, comments, field codes, hidden text and deleted text are no part of it. Macros are not run.
    """
    package = open_package(data, name, KIND)
    root = parse_xml(read_part(package, _find_document(package, name), name, KIND), name, KIND)
    body = find_child(root, "body")
    if body is None:
        raise InputError(f"'{name}' has no text; expected a {KIND}")
    reader = _Reader()
    reader.read(body)
    if reader.embedded:
        pages = "1 embedded file" if reader.embedded == 1 else f"{reader.embedded} embedded files"
        sentence = f"'{name}' has text in {pages}, which {'was' if reader.embedded == 1 else 'were'} not read"
        log.problem(name, f"{sentence}; expected the document saved anew by Word")
    return "\n".join([*reader.lines, *reader.end_line()]).strip()


def _find_document(package, name: str) -> str:
    """The part with the text: by the package's own list, for some programs call it otherwise."""
    parts = set(package.namelist())
    if "_rels/.rels" in parts:
        for relation in parse_xml(read_part(package, "_rels/.rels", name, KIND), name, KIND):
            if relation.get("Type", "").endswith("/officeDocument"):
                target = posixpath.normpath(relation.get("Target", "").lstrip("/"))
                return target if target in parts else _DOCUMENT
    return _DOCUMENT


class _Reader:
    """The lines of a document so far, and where in its fields and paragraphs reading is."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.embedded = 0  # files of another kind that Word would take in when it opens the document
        self._line: list[str] = []
        self._fields: list[bool] = []  # of each field that is open, whether its result has begun

    def read(self, element) -> None:
        kind = name_of(element)
        if kind in _NOT_TEXT:
            return
        if kind == "p" and "wordprocessingml" in namespace_of(element):
            self._read_paragraph(element)
        elif kind == "r":
            self._read_run(element)
        elif kind == "t":  # of a formula
            self._add(element.text or "")
        elif kind == "altChunk":
            self.embedded += 1
        elif kind == "AlternateContent":  # the same twice: for a program that knows the newer form, and for others
            for choice in element[:1]:
                self.read(choice)
        else:
            for child in element:
                self.read(child)

    def end_line(self) -> list[str]:
        lines = ["".join(self._line)] if self._line else []
        self._line = []
        return lines

    def _read_paragraph(self, paragraph) -> None:
        properties = find_child(paragraph, "pPr")
        mark = find_child(properties, "rPr") if properties is not None else None
        for child in paragraph:
            if child is not properties:
                self.read(child)
        if mark is None or find_child(mark, "del", "moveFrom") is None:  # else it runs on in the next
            self.lines.append("".join(self._line))
            self._line = []

    def _read_run(self, run) -> None:
        properties = find_child(run, "rPr")
        hidden = find_child(properties, "vanish") if properties is not None else None
        is_hidden = hidden is not None and attribute_of(hidden, "val") not in ("0", "false", "off")
        for child in run:
            kind = name_of(child)
            if kind == "fldChar":
                self._step_field(attribute_of(child, "fldCharType"))
            elif kind == "rPr" or kind in _NOT_TEXT or is_hidden:
                continue
            elif kind == "t":
                self._add(child.text or "")
            elif kind in _LETTERS:
                self._add(_LETTERS[kind])
            elif kind == "sym":
                self._add(_read_symbol(child))
            elif kind in ("pict", "drawing", "AlternateContent", "object", "ruby"):
                self._read_inside(child)

    def _read_inside(self, element) -> None:
        """A text box in the middle of a paragraph: its own paragraphs come before the one it is anchored in."""
        line, fields, self._line, self._fields = self._line, self._fields, [], []
        self.read(element)
        if name_of(element) == "ruby":
            line += self._line
        else:
            self.lines += self.end_line()
        self._line, self._fields = line, fields

    def _step_field(self, step: str) -> None:
        if step == "begin":
            self._fields.append(False)
        elif step == "separate" and self._fields:
            self._fields[-1] = True
        elif step == "end" and self._fields:
            self._fields.pop()

    def _add(self, text: str) -> None:
        if all(self._fields):
            self._line.append(text)


def _read_symbol(element) -> str:
    """A letter from a font of pictures has no meaning outside it."""
    try:
        code = int(attribute_of(element, "char"), 16)
    except ValueError:
        return ""
    return "" if 0xE000 <= code <= 0xF8FF or not 32 <= code <= 0xFFFF or 0xD800 <= code <= 0xDFFF else chr(code)
