"""Let through to the page what is known to be harmless, and escape the rest: an article's text may hold anything."""

import base64
import binascii
import re
from html import escape
from html.parser import HTMLParser

import mistune

from ...display import drop_controls

SHORT_CELL = 24  # characters that stand on one line: a date with its time, a name

_NUMBER = re.compile(r"[+\-−]?[\d,]*\.?\d+(e[+\-]?\d+)?\s?%?", re.IGNORECASE)
_EMPTY_NUMBERS = {"", "–", "NaN", "nan", "None", "<NA>", "NA", "inf", "-inf"}
_WEB = re.compile(r"https?://[^\s\"'<>]+")
_SECTIONS = ("thead", "tbody", "tfoot")
# What a browser does not show as text is not text.
_UNSEEN = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title", "head"}


def render_table(html: str) -> str:
    """HTML of tables rebuilt from nothing but rows, cells, spans and escaped text; text around them is kept as text.

    A table that has only headers is left out.
    """
    parser = _TableParser()
    parser.feed(drop_controls(html))
    parser.close()
    parser.end_table()
    return "".join(parser.done)


def render_png(encoded: str, *, alternative: str) -> str:
    """An `img` element holding a base64 PNG, or nothing when it is none."""
    try:
        image = base64.b64decode("".join(encoded.split()), validate=True)
    except (binascii.Error, ValueError):
        return ""
    if not image.startswith(b"\x89PNG\r\n\x1a\n"):
        return ""
    source = "data:image/png;base64," + base64.b64encode(image).decode("ascii")
    return f'<img src="{source}" alt="{escape(drop_controls(alternative))}">'


class _TableParser(HTMLParser):
    """Collects tables as rows of (is_header, attributes, text) and writes them anew."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[str] = []
        self.depth = 0  # of table elements: a table within a cell is only its text
        self.unseen: list[str] = []
        self.section = "tbody"
        self.rows: list[tuple[str, list[tuple[bool, dict[str, int], list[str]]]]] = []
        self.in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.unseen or tag in _UNSEEN:
            self.unseen += [tag] if tag in _UNSEEN else []
        elif tag == "table":
            self.depth += 1
        elif self.depth != 1:
            return
        elif tag in _SECTIONS:
            self.section = tag
        elif tag == "tr":
            self.rows.append((self.section, []))
            self.in_cell = False
        elif tag in ("td", "th"):
            if not self.rows:
                self.rows.append((self.section, []))
            self.rows[-1][1].append((tag == "th", _spans(attrs), []))
            self.in_cell = True
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if self.unseen:
            if tag in self.unseen:
                del self.unseen[self.unseen.index(tag) :]
        elif tag == "table" and self.depth:
            self.depth -= 1
            if self.depth == 0:
                self.end_table()
        elif tag in ("td", "th", "tr") and self.depth == 1:
            self.in_cell = False

    def handle_data(self, data: str) -> None:
        if self.unseen:
            return
        if self.depth and self.in_cell:
            self.rows[-1][1][-1][2].append(data)
        elif not self.depth and data.strip():
            self.done.append(f'<p class="note" dir="auto">{escape(data.strip())}</p>\n')

    def end_table(self) -> None:
        rows = [(section, cells) for section, cells in self.rows if cells]
        self.depth, self.section, self.rows, self.in_cell = 0, "tbody", [], False
        if all(is_header for _, cells in rows for is_header, _, _ in cells):  # names of columns, and nothing in them
            return
        rows = _merge_headers(rows)
        numeric = _numeric_columns([cells for section, cells in rows if section != "thead"])
        lines = []
        for wanted in _SECTIONS:
            body = [_render_row(wanted, cells, numeric) for section, cells in rows if section == wanted]
            lines += [f"<{wanted}>", *body, f"</{wanted}>"] if body else []
        table = "\n".join(["<table>", *lines, "</table>"])
        self.done.append(scrolling(table))


def scrolling(table: str) -> str:
    """A table in a box of its own that scrolls sideways, also by keyboard."""
    return f'<div class="scroll" role="region" aria-label="Table" tabindex="0">\n{table}\n</div>\n'


def _spans(attrs: list[tuple[str, str | None]]) -> dict[str, int]:
    # Browsers read no more than 1,000 columns and 65,534 rows; isdecimal alone lets other scripts' digits through,
    # which int understands.
    kept = {name: value for name, value in attrs if name in ("colspan", "rowspan") and value and value.isdecimal()}
    return {name: min(int(value[:6]), 1000) for name, value in kept.items() if int(value[:6]) > 1}


def _merge_headers(rows: list) -> list:
    """One header row for two where pandas prints the name of the index below the names of the columns."""
    headers = [cells for section, cells in rows if section == "thead"]
    if len(headers) != 2 or len(headers[0]) != len(headers[1]):
        return rows
    pairs = list(zip(*headers, strict=True))
    texts = [["".join(text).strip() for _, _, text in pair] for pair in pairs]
    if any(all(text) for text in texts) or any(spans for pair in pairs for _, spans, _ in pair):
        return rows
    merged = [(True, {}, ["".join(text)]) for text in texts]
    return [("thead", merged), *(row for row in rows if row[0] != "thead")]


def _numeric_columns(rows: list) -> set[int]:
    """Columns that hold numbers, counted from the right, where rows agree even if a header cell spans several rows."""
    seen: dict[int, bool] = {}
    found: set[int] = set()
    for cells in rows:
        for column, (is_header, _, text) in enumerate(reversed(cells)):
            value = "".join(text).strip()
            number = not is_header and bool(_NUMBER.fullmatch(value))
            found |= {column} if number else set()
            seen[column] = seen.get(column, True) and (number or (not is_header and value in _EMPTY_NUMBERS))
    return {column for column in found if seen[column]}


def _render_row(section: str, cells: list, numeric: set[int]) -> str:
    rendered = []
    column = sum(spans.get("colspan", 1) for _, spans, _ in cells)
    for is_header, spans, text in cells:
        width = spans.get("colspan", 1)
        column -= width
        attributes = "".join(f' {name}="{value}"' for name, value in sorted(spans.items()))
        value = "".join(text).strip()
        if is_header:
            attributes += f' scope="{"col" if section == "thead" else "row"}"'
        number, counter = width == 1 and column in numeric, is_header and value.isdecimal()
        kind = _cell_class(value, is_number=number, is_counter=counter)
        attributes += f' class="{kind}"' if kind else ""
        tag = "th" if is_header else "td"
        rendered.append(f'<{tag}{attributes} dir="auto">{escape(value)}</{tag}>')
    return "<tr>" + "".join(rendered) + "</tr>"


def _cell_class(value: str, *, is_number: bool, is_counter: bool) -> str:
    """How the page sets a cell: a number on the right, a sentence with room for some words on each line."""
    if is_number:
        return "number"
    if is_counter:  # the row numbers that pandas prints
        return "counter"
    return "long" if len(value) > SHORT_CELL else ""


class _PageRenderer(mistune.HTMLRenderer):
    """Markdown for a section of the page: headings one level down, no images, no raw HTML, only known links."""

    def __init__(self, *, sections: dict[str, str], trusted: bool) -> None:
        super().__init__(escape=True)
        self.sections, self.trusted = sections, trusted

    def heading(self, text: str, level: int, **attrs: object) -> str:
        if not self.trusted:  # an article's text must not add to the page's outline
            return f"<p><strong>{text}</strong></p>\n"
        return f"<h{min(level + 1, 6)}>{text}</h{min(level + 1, 6)}>\n"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return text

    def link(self, text: str, url: str, title: str | None = None) -> str:
        if not self.trusted:
            return text
        if url in self.sections:
            return f'<a href="#{escape(self.sections[url])}">{text}</a>'
        if _WEB.fullmatch(url):
            return f'<a href="{escape(url)}" rel="noreferrer">{text}</a>'
        return text

    def table(self, text: str) -> str:
        return scrolling(f"<table>\n{text}</table>")


def render_markdown(text: str, *, sections: dict[str, str] | None = None, trusted: bool = False) -> str:
    """Markdown as HTML; links only where `trusted`, to the web or to another notebook of the same page.

    `sections` maps a notebook's file name to its place on the page.
    """
    renderer = _PageRenderer(sections=sections or {}, trusted=trusted)
    return mistune.create_markdown(renderer=renderer, plugins=["table"])(drop_controls(text))
