"""Know which column of a table means what, by the names that data sets, news interfaces and extractors use."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache

from ...shipped import DATA
from ...tables import InputError, quoted
from .formats import show

# As many of the names of a text as an error lists.
_LISTED = 8
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]{1,9}:)?//|www\.|/\S|[\w-]+(?:\.[\w-]+)+[/:?]", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]{1,9}:)?(?://)?(?:[^\s/@]*@)?(?:www\d?\.)?([\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)


def choose_columns(header: list[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Our name for a column to the table's own: those the user mapped, then those that are recognised."""
    chosen = {ours: theirs[0] for ours, theirs in list_candidates(header, columns).items()}
    return chosen | ({"text": chosen.pop("prose")} if "prose" in chosen else {})


def list_candidates(header: list[str], columns: Mapping[str, str]) -> dict[str, list[str]]:
    """Our name for a column to the table's own that may be meant, the likeliest first; of those the user mapped, one.

    A table without a column that is called a text may have one under a name that says no more than "article": these
    are its candidates for `prose`.
    """
    mapped = {ours: found for theirs, ours in columns.items() if (found := find_column(header, theirs)) is not None}
    taken = set(mapped.values())
    theirs = {fold_name(column): column for column in reversed(header) if column not in taken}
    found = {ours: [theirs[name] for name in names if name in theirs] for ours, names in column_names().items()}
    found |= {ours: [column] for ours, column in mapped.items()}
    if found["text"]:
        del found["prose"]
    return {ours: candidates for ours, candidates in found.items() if candidates}


@cache
def column_names() -> dict[str, tuple[str, ...]]:
    """The names of each column as `fold_name` gives them, the likeliest first."""
    return {ours: tuple(dict.fromkeys(map(fold_name, names))) for ours, names in _list_names().items()}


@cache
def _list_names() -> dict[str, list[str]]:
    return tomllib.loads((DATA / "columns.toml").read_text(encoding="utf-8"))


def refuse_without_text(header: list[str], name: str) -> InputError:
    """The error for a table that has no column with texts, which says so where it has links instead of them."""
    known = ", ".join(_list_names()["text"][:_LISTED])
    expected = f"it has {list_columns(header)}, expected one such as {known}; --columns THEIRS=text names another"
    theirs = {fold_name(column): column for column in reversed(header)}
    link = next((theirs[column] for column in column_names()["url"] if column in theirs), None)
    if link is not None:
        holds = f"holds links (column {show(link)})"
    elif (link := next(filter(is_link, header), None)) is not None:  # GDELT's own files have no header
        holds = f"has no header and holds links ({show(link)})"
    else:
        return InputError(f"'{name}' has no column with the articles' text; {expected}")
    reason = "no column with the articles' text; Parallax reads full texts and downloads nothing"
    return InputError(f"'{name}' {holds} and {reason}: {expected}")


def find_column(header: list[str], wanted: str) -> str | None:
    """The column of that name, or else the first that differs from it in case, accents and punctuation only."""
    if wanted in header:
        return wanted
    return next((column for column in header if fold_name(column) == fold_name(wanted)), None)


def is_link(text: str) -> bool:
    """Is this an address, or a list of them one a line, and nothing else?"""
    if not text[:100].lstrip().lower().startswith(("http://", "https://")):
        return False
    lines = filter(None, map(str.strip, text.splitlines()))
    return all(line.lower().startswith(("http://", "https://")) and len(line.split(None, 1)) == 1 for line in lines)


def is_address(value: str) -> bool:
    """Whether a value is the address of a page, no outlet's name: https://…, www.…, post.example/mill, /mill."""
    return bool(_ADDRESS.match(value)) and " " not in value.strip()


def name_host(value: str) -> str | None:
    """A name as it is; of an address its host without "www.", None where it has none."""
    if not is_address(value):
        return value
    host = _HOST.match(value)
    return host[1].lower() if host else None


def fold_name(name: str) -> str:
    """A column's name in small letters without accents, spaces and marks: "Full-Text" is "full_text" is "fulltext"."""
    name = name.strip().casefold()
    plain = "".join(filter(str.isalnum, unicodedata.normalize("NFKD", name)))
    return ("_" if name.startswith("_") else "") + plain or name  # "_source" is an interface's own record


def list_columns(header: list[str]) -> str:
    return quoted([show(column)[1:-1] for column in header])
