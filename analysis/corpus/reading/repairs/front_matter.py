"""Take off the block of fields that Markdown archives and extractors write before a text, and keep what it says."""

import re

from ..columns import is_address

# The longest that is looked for: a block without an end is no block.
_LINES, _CHARACTERS = 200, 20_000
_FENCES = {"---": ":", "+++": "="}
_FIELD = re.compile(r"([A-Za-z][\w .-]{0,40}?)\s*[:=](?:\s+|$)(.*)")
# Without a fence, two fields and a title at least: "Analysis: Why" may stand above prose.
LEAST_HEADED = 3
# One of them must be there: "---" may as well be a rule between a heading and prose.
_FIELDS = {
    "title": "title", "headline": "title", "date": "published", "published": "published", "pubdate": "published",
    "publishdate": "published", "author": "byline", "authors": "byline", "byline": "byline", "url": "url",
    "link": "url", "permalink": "url", "source": "url", "sitename": "site", "site_name": "site",
    "publication": "site", "publisher": "site", "hostname": "host", "lang": "language", "language": "language",
    "description": None, "tags": None, "categories": None, "draft": None, "layout": None,
}  # fmt: skip
_MARKS = "\"'"


def take_front_matter(text: str) -> tuple[dict[str, str], str]:
    """What the block says under our names for it (title, published, byline, url, site, host, language), and the text
    behind it; nothing and the whole text where there is no block."""
    head = text[:_CHARACTERS].lstrip("\ufeff \t\r\n")
    first = text.index(head[:1]) if head else 0
    lines = head.splitlines(keepends=True)[: _LINES + 2]
    found = _take_fenced(lines) if head[:3] in _FENCES else _take_headed(lines)
    if found is None:
        return {}, text
    facts, length = found
    return facts, text[first + length :].lstrip("\r\n")


def _take_fenced(lines: list[str]) -> tuple[dict[str, str], int] | None:
    """The fields between two fences, and where the block ends."""
    fence = lines[0].strip()
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() in (fence, "...")), None)
    if fence not in _FENCES or end is None:
        return None
    # A list, or what goes on from the line before, is no field.
    fields = [line for line in lines[1:end] if line.strip() and not line.startswith((" ", "\t", "-", "#"))]
    read = list(map(_read_field, fields))
    if None in read or not any(name in _FIELDS for name, _ in read):
        return None
    return _gather(read), sum(map(len, lines[: end + 1]))


def _take_headed(lines: list[str]) -> tuple[dict[str, str], int] | None:
    """The fields above the first empty line, as scripts write them: all known, a title among them."""
    end = next((number for number, line in enumerate(lines) if not line.strip()), 0)
    read = list(map(_read_field, lines[:end]))
    if len(read) < LEAST_HEADED or None in read or not all(name in _FIELDS for name, _ in read):
        return None
    if "title" not in (_FIELDS[name] for name, _ in read):
        return None
    return _gather(read), sum(map(len, lines[:end]))


def _read_field(line: str) -> tuple[str, str] | None:
    field = _FIELD.match(line.rstrip())
    if field is None:
        return None
    value = field[2].strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in _MARKS:
        value = value[1:-1]
    return field[1].strip().lower().replace("-", "_"), value


def _gather(read: list[tuple[str, str]]) -> dict[str, str]:
    facts: dict[str, str] = {}
    for name, value in read:
        if (ours := _FIELDS.get(name)) and value and value[0] not in "[{|>":
            is_named = ours == "url" and not is_address(value)  # "source: The Echo"
            facts.setdefault("site" if is_named else ours, value)
    return facts
