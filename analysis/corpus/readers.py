"""Turn files into rows: bytes into text, tables into the columns they mean, and every part not read into a sentence."""

import math
import os
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from ..tables import InputError, quoted
from .dates import read_dates
from .formats import RECORDS, add_problem, clean, decode, kind_of, show

FORMATS = ("txt", *RECORDS)
# The names that data sets, news interfaces and extractors use, the likeliest first.
NAMES = {
    "article": ("article", "id", "article_id", "uid"),
    "outlet": ("outlet", "source", "publisher", "publication", "newspaper", "source_name", "media"),
    "published": (
        "published", "published_at", "publishedat", "publish_date", "pub_date", "date", "datetime", "timestamp",
    ),
    "title": ("title", "headline"),
    "agency": ("agency", "wire"),
    "event": ("event", "event_id", "story", "story_id"),
    "language": ("language", "lang"),
    "text": ("text", "content", "body", "article_text", "full_text", "fulltext", "maintext"),
}  # fmt: skip

_WORD = re.compile(r"[^\W_]")


def name_articles(names: list[str]) -> dict[str, str]:
    """What the articles of each file are called: the file's name without its suffix, or with it where two share one."""
    stems = {name: str(PurePosixPath(name).with_suffix("")) if PurePosixPath(name).suffix else name for name in names}
    shared = Counter(stems.values())
    return {name: name if shared[stem] > 1 else stem for name, stem in stems.items()}


def list_files(folder: Path, passed_over: set[str], problems: list[dict]) -> list[tuple[str, Path]]:
    """Relative name and path of every file that may hold articles, in the order of the names.

    `passed_over` are the absolute paths of files that say something about articles.
    """

    def note(error: OSError) -> None:
        name = clean(Path(error.filename).relative_to(folder).as_posix())
        add_problem(problems, name, f"the folder '{name}' can't be opened ({error.strerror})")

    files = []
    for here, folders, names in os.walk(folder, onerror=note):
        path = Path(here)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if (path / name).is_symlink():  # os.walk does not follow it, so a loop of links ends here
                link = clean((path / name).relative_to(folder).as_posix())
                add_problem(problems, link, f"'{link}' is a link to a folder and was not followed; expected a folder")
        for name in names:
            if not _is_passed_over(name) and os.path.abspath(path / name) not in passed_over:
                files.append(((path / name).relative_to(folder).as_posix(), path / name))
    return [(clean(name), path) for name, path in sorted(files)]


def read_file(
    name: str, path: Path, *, stem: str, columns: Mapping[str, str], headers: dict, problems: list[dict]
) -> list[dict]:
    """One row per article of a file, called after `stem`; raises `InputError` where nothing of it can be read."""
    suffix = PurePosixPath(name).suffix[1:].lower()
    if suffix not in FORMATS:
        raise InputError(f"'{name}' can't be read by its suffix; expected one of {', '.join(FORMATS)}")
    if not path.is_file():  # a link to nowhere, or a pipe that would never end
        raise InputError(f"'{name}' can't be opened; expected a file")
    if suffix == "txt":
        text = decode(path.read_bytes(), name)
        if not _WORD.search(text):
            raise InputError(f"'{name}' has no words; expected the article's text")
        return [{"article": stem, "source": name, "where": f"'{name}'", "file": name, "text": text}]

    def choose(header: list[str]) -> dict[str, str]:
        headers[name] = header
        chosen = choose_columns(header, columns)
        if "text" not in chosen:
            expected = ", ".join(NAMES["text"])
            sentence = f"'{name}' has no column with the articles' text; it has {list_columns(header)}"
            raise InputError(f"{sentence}, expected one of {expected}")
        return chosen

    already = len(problems)
    records = RECORDS[suffix](name, path, choose, problems)
    if not records and len(problems) == already:
        raise InputError(f"'{name}' holds no article; expected at least one row")
    unit = "line" if suffix == "jsonl" else "row"
    rows = []
    for number, record in records:
        row = _make_row(record, name=name, line=f"{unit} {number}", problems=problems)
        if row:
            rows.append(row | {"article": row.get("article") or f"{stem}:{number}"})
    fill_dates(rows, name, problems)
    return rows


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


def find_column(header: list[str], wanted: str) -> str | None:
    """The column of that name, or else the first that differs from it in case and outer spaces only."""
    if wanted in header:
        return wanted
    return next((column for column in header if fold_name(column) == fold_name(wanted)), None)


def fill_dates(rows: list[dict], name: str, problems: list[dict]) -> None:
    """Turn `published` of the rows of one file into dates, and say which could not be."""
    values = [row.get("published") for row in rows]
    dates, unreadable, ambiguous = read_dates(values)
    for row, found in zip(rows, dates, strict=True):
        row["published"] = found
    for position in unreadable:
        row = rows[position]
        sentence = f"{row['where']} has the date {show(values[position])}; expected YYYY-MM-DD"
        add_problem(problems, row["source"], sentence)
    if ambiguous:  # one sentence for the file, which may have thousands of them
        row, more = rows[ambiguous[0]], len(ambiguous) - 1
        others = f" (nor do {more} more)" if more > 1 else " (nor does 1 more)" if more else ""
        given = f"{row['where']} has the date {show(values[ambiguous[0]])}"
        sentence = f"{given}, which does not tell day and month apart{others}; expected YYYY-MM-DD"
        add_problem(problems, row["source"], sentence)


def _make_row(record: dict, *, name: str, line: str, problems: list[dict]) -> dict | None:
    source, where = f"{name} {line}", f"{line} of '{name}'"
    text = record.get("text")
    if text is not None and not isinstance(text, str):
        add_problem(problems, source, f"{where} has {kind_of(text)} for its text; expected the article's text")
        return None
    if not text or not _WORD.search(text):
        add_problem(problems, source, f"{where} has no words; expected the article's text")
        return None
    row = {"source": source, "where": where, "file": name, "text": clean(text)}
    for column, value in record.items():
        if column not in ("text", "published"):
            row[column] = read_word(value)
            if row[column] is None and isinstance(value, (list, dict)) and value:
                add_problem(problems, source, f"{where} has {kind_of(value)} for its {column}; expected a word")
    published = record.get("published")
    row["published"] = published if hasattr(published, "year") else read_word(published)
    return row


def read_word(value: object) -> str | None:
    """A table's value as a word: trimmed, and None where there is nothing."""
    if isinstance(value, dict):  # a news interface's source: {"id": "bbc-news", "name": "BBC News"}
        value = value.get("name")
    if value is None or isinstance(value, (list, dict, bytes)) or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, float) and value.is_integer():  # a column of numbers with a gap: 3.0 is the event 3
        value = int(value)
    return clean(str(value)).strip() or None


def _is_passed_over(name: str) -> bool:
    stem = name.partition(".")[0]
    return name.startswith((".", "README", "LICENSE")) or stem.lower() in ("readme", "license", "licence")


def fold_name(name: str) -> str:
    return name.strip().casefold()


def list_columns(header: list[str]) -> str:
    return quoted([show(column)[1:-1] for column in header])
