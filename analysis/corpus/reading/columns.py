"""Know which column of a table means what, by the names that data sets, news interfaces and extractors use."""

from collections.abc import Mapping

from ...tables import InputError, quoted
from .formats import show

# The likeliest name first.
NAMES = {
    "article": ("article", "id", "article_id", "uid"),
    "outlet": (
        "outlet", "source", "publisher", "publication", "newspaper", "source_name", "media", "media_name",
        "source_domain",
    ),
    "published": (
        "published", "published_at", "publishedat", "publish_date", "pub_date", "pubdate", "date_publish",
        "webpublicationdate", "date", "datetime", "timestamp",
    ),
    "title": ("title", "headline", "webtitle"),
    "byline": ("byline", "author", "authors"),
    "agency": ("agency", "wire"),
    "event": ("event", "event_id", "story", "story_id"),
    "language": ("language", "lang"),
    "url": (
        "url", "link", "links", "urls", "article_url", "documentidentifier", "sourceurl", "mentionidentifier", "weburl",
    ),
    "text": ("text", "content", "bodytext", "body", "article_text", "full_text", "fulltext", "maintext"),
}  # fmt: skip
LINKS = NAMES["url"]


def choose_columns(header: list[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Our name for a column to the table's own: those the user mapped, then those that are recognised."""
    chosen = {ours: found for theirs, ours in columns.items() if (found := find_column(header, theirs)) is not None}
    taken = set(chosen.values())
    theirs = {fold_name(column): column for column in reversed(header) if column not in taken}
    for ours, names in NAMES.items():
        found = next((theirs[name] for name in names if name in theirs), None)
        if ours not in chosen and found is not None:
            chosen[ours] = found
    return chosen


def refuse_without_text(header: list[str], name: str) -> InputError:
    """The error for a table that has no column with texts, which says so where it has links instead of them."""
    expected = f"it has {list_columns(header)}, expected one of {', '.join(NAMES['text'])}"
    theirs = {fold_name(column): column for column in reversed(header)}
    link = next((theirs[column] for column in LINKS if column in theirs), None)
    if link is not None:
        holds = f"holds links (column {show(link)})"
    elif (link := next(filter(is_link, header), None)) is not None:  # GDELT's own files have no header
        holds = f"has no header and holds links ({show(link)})"
    else:
        return InputError(f"'{name}' has no column with the articles' text; {expected}")
    reason = "no column with the articles' text; Parallax reads full texts and downloads nothing"
    return InputError(f"'{name}' {holds} and {reason}: {expected}")


def find_column(header: list[str], wanted: str) -> str | None:
    """The column of that name, or else the first that differs from it in case and outer spaces only."""
    if wanted in header:
        return wanted
    return next((column for column in header if fold_name(column) == fold_name(wanted)), None)


def is_link(text: str) -> bool:
    """Is this an address, or a list of them one a line, and nothing else?"""
    if not text[:100].lstrip().lower().startswith(("http://", "https://")):
        return False
    lines = filter(None, map(str.strip, text.splitlines()))
    return all(line.lower().startswith(("http://", "https://")) and len(line.split(None, 1)) == 1 for line in lines)


def fold_name(name: str) -> str:
    return name.strip().casefold()


def list_columns(header: list[str]) -> str:
    return quoted([show(column)[1:-1] for column in header])
