"""Take off the block of fields that Markdown archives and extractors write before a text, and keep what it says."""

import re

from ..columns import is_address

# The longest that is looked for: a block without an end is no block.
_LINES, _CHARACTERS = 200, 20_000
_FENCES = {"---": ":", "+++": "="}
_FIELD = re.compile(r"([A-Za-z][\w .-]{0,40}?)\s*[:=](?:\s+|$)(.*)")
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
    fence = head[:3]
    if fence not in _FENCES:
        return {}, text
    lines = head.splitlines(keepends=True)[: _LINES + 2]
    if lines[0].strip() != fence:
        return {}, text
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() in (fence, "...")), None)
    if end is None:
        return {}, text
    facts: dict[str, str] = {}
    named = False
    for line in lines[1:end]:
        if line.startswith((" ", "\t", "-", "#")) or not line.strip():  # a list, or what goes on from the line before
            continue
        field = _FIELD.match(line.rstrip())
        if field is None:
            return {}, text
        name, value = field[1].strip().lower().replace("-", "_"), field[2].strip()
        named |= name in _FIELDS
        if len(value) > 1 and value[0] == value[-1] and value[0] in _MARKS:
            value = value[1:-1]
        if (ours := _FIELDS.get(name)) and value and value[0] not in "[{|>":
            is_named = ours == "url" and not is_address(value)  # "source: The Echo"
            facts.setdefault("site" if is_named else ours, value)
    if not named:
        return {}, text
    start = text.index(fence) + sum(map(len, lines[: end + 1]))
    return facts, text[start:].lstrip("\r\n")
