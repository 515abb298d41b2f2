"""Turn files into rows: bytes into text, tables into the columns they mean, and every part not read into a sentence."""

import math
import os
import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

from ...tables import InputError
from .archives import Member, find_root, list_members
from .columns import choose_columns, is_link, refuse_without_text
from .dates import read_dates
from .decoding import decode
from .formats import RECORDS, File, add_problem, clean, kind_of, show
from .pages import read_page

FORMATS = ("txt", "html", "htm", *RECORDS, "zip")
SIDECAR = "outlets.csv"
CONCEPTS = "concepts.toml"  # which words label what: a corpus may bring its own
# What news interfaces put in the place of a text that they do not give, or of its end.
_WITHHELD = ("[removed]", "only available in paid plans")
_CUT_OFF = re.compile(r"\[\+?\d{1,9} chars\]\s*\Z")

_EXPECTED = "expected the article's text"
_WORD = re.compile(r"[^\W_]")


def name_articles(insides: Mapping[str, str]) -> dict[str, str]:
    """What the articles of each file are called: the file's name without its suffix, or with it where two share one.

    `insides` says where each file would be if archives were folders.
    """
    stems = {name: str(PurePosixPath(inside).with_suffix("")) for name, inside in insides.items()}
    shared, alike = Counter(stems.values()), Counter(insides.values())
    whole = {name: name if alike[inside] > 1 else inside for name, inside in insides.items()}
    return {name: whole[name] if shared[stem] > 1 else stem for name, stem in stems.items()}


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


def open_archives(
    files: list[tuple[str, Path]], *, alone: bool, problems: list[dict]
) -> tuple[dict[str, File], dict[str, str], list[tuple[str, Member]]]:
    """The files by name, those in archives too; where each would be if archives were folders; the archives' sidecars.

    `news.zip` with `bbc/a.txt` in it is the file `news.zip/bbc/a.txt`, which would be `news/bbc/a.txt`: or, if the
    corpus is that archive `alone`, `bbc/a.txt`. A sidecar comes with the folder whose files it is about.
    """
    found: dict[str, File] = {}
    insides, sidecars = {}, []
    open_archive = lru_cache(maxsize=1)(ZipFile)  # one at a time: a folder may hold thousands
    for name, path in files:
        if PurePosixPath(name).suffix.lower() != ".zip" or not path.is_file():
            found[name], insides[name] = path, name
            continue
        try:
            members = list_members(name, path, open_archive, problems)
        except InputError as error:
            add_problem(problems, name, str(error))
            continue
        except OSError as error:
            add_problem(problems, name, f"'{name}' can't be opened ({error.strerror or type(error).__name__})")
            continue
        stem = str(PurePosixPath(name).with_suffix(""))
        root = find_root(PurePosixPath(stem).name, [inner for inner, _ in members], SIDECAR)
        folder = "" if alone else f"{stem}/"
        for inner, member in members:
            inside = folder + inner.removeprefix(root)
            if inside == folder + SIDECAR:
                sidecars.append((folder, member))
            elif not _is_passed_over(PurePosixPath(inner).name):
                found[member.name], insides[member.name] = member, inside
        if not members and not any(problem["source"].startswith(name) for problem in problems):
            add_problem(problems, name, f"'{name}' holds no file; expected a zipped folder of articles")
    return found, insides, sidecars


def read_file(
    name: str, path: File, *, stem: str, columns: Mapping[str, str], headers: dict, problems: list[dict]
) -> list[dict]:
    """One row per article of a file, called after `stem`; raises `InputError` where nothing of it can be read."""
    suffix = PurePosixPath(name).suffix[1:].lower()
    if suffix not in FORMATS:
        raise InputError(f"'{name}' can't be read by its suffix; expected one of {', '.join(FORMATS)}")
    if not path.is_file():  # a link to nowhere, or a pipe that would never end
        raise InputError(f"'{name}' can't be opened; expected a file")
    whole = {"article": stem, "source": name, "where": f"'{name}'", "file": name}
    if suffix == "txt":
        text = decode(path.read_bytes(), name)
        if not _WORD.search(text):
            raise InputError(f"'{name}' has no words; {_EXPECTED}")
        if is_link(text):
            raise InputError(f"'{name}' holds links and no text, and Parallax downloads nothing; {_EXPECTED}")
        return [whole | {"text": text}]
    if suffix in ("html", "htm"):
        rows = [whole | read_page(path.read_bytes(), name)]
        fill_dates(rows, name, problems)
        return rows

    def choose(header: list[str]) -> dict[str, str]:
        headers[name] = header
        chosen = choose_columns(header, columns)
        if "text" not in chosen:
            raise refuse_without_text(header, name)
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
    _say_cut_off(rows, name, problems)
    return rows


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


def _say_cut_off(rows: list[dict], name: str, problems: list[dict]) -> None:
    """Say how many texts end where their source cut them: such an article tells less than was printed."""
    cut = [(row, end) for row in rows if (end := _CUT_OFF.search(row["text"][-40:]))]
    if cut:
        row, end = cut[0]
        count = f"{len(cut)} of {len(rows)} article{'s' * (len(rows) > 1)} of '{name}'"
        verb = "is cut off by its source" if len(cut) == 1 else "are cut off by their source"
        first = row["source"].removeprefix(name).strip()
        add_problem(problems, name, f"{count} {verb} ({show(end[0])} in {first}); expected whole texts")


def _make_row(record: dict, *, name: str, line: str, problems: list[dict]) -> dict | None:
    source, where = f"{name} {line}", f"{line} of '{name}'"
    text = record.get("text")
    if text is not None and not isinstance(text, str):
        add_problem(problems, source, f"{where} has {kind_of(text)} for its text; {_EXPECTED}")
        return None
    if not text or not _WORD.search(text):
        add_problem(problems, source, f"{where} has no words; {_EXPECTED}")
        return None
    if len(text) < 100 and text.strip().lower() in _WITHHELD:
        add_problem(problems, source, f"{where} has {show(text)} for its text; {_EXPECTED}")
        return None
    if is_link(text):
        add_problem(problems, source, f"{where} has a link for its text, and Parallax downloads nothing; {_EXPECTED}")
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
        value = value.get("name") or value.get("title")
    if value is None or isinstance(value, (list, dict, bytes)) or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, float) and value.is_integer():  # a column of numbers with a gap: 3.0 is the event 3
        value = int(value)
    return clean(str(value)).strip() or None


def _is_passed_over(name: str) -> bool:
    stem = name.partition(".")[0]
    return (
        name.startswith((".", "README", "LICENSE"))
        or name == CONCEPTS
        or stem.lower() in ("readme", "license", "licence")
    )
