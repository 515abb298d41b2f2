"""Read a corpus: one row per article, with the outlet that printed it, and a sentence for whatever was not read."""

import os
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from ...tables import ARTICLES, InputError, UnreadWarning, need, quoted
from ..events.of_article import NOT_GIVEN, number_events, takes_all
from ..layout.artefacts import find_agency, find_header_date, find_headline
from ..parallel import map_articles
from .columns import column_names, find_column
from .contents import read_file
from .files import SIDECAR, list_files, name_articles, open_archives
from .formats import File
from .kinds import SUFFIXES
from .languages import find_language_code, read_languages
from .log import Log
from .outlets import name_outlets, read_outlets, read_sidecar, say_unnamed
from .rows import fill_dates


def read_articles(
    path: str | os.PathLike,
    *,
    outlets: Mapping[str, str] | str | os.PathLike | None = None,
    columns: Mapping[str, str] | None = None,
    repair: bool = True,
) -> pd.DataFrame:
    """Which articles does this folder, or this file, hold?

    A text file is one article, as is a saved web page, and a row of a csv, tsv, json, jsonl or parquet table; a zipped
    folder is read like the folder. An outlet is never guessed from what an article or its page says: it is taken from
    `outlets` (a mapping from a file, a source or an article to its outlet, or a csv with the columns `file` and
    `outlet`), else the table's column, the folder's own `outlets.csv`, the sub-folder's name; what is still unnamed is
    labelled A, B, C … in the order of the files, and such a label says only that the outlet is not known. `columns`
    maps a table's own names to these (`{"their name": "text"}`). What could not be read stands in `attrs["problems"]`,
    a list of `{"source": …, "problem": …}`, and one `UnreadWarning` counts it.

    A text that met with something on its way here is mended: HTML and its entities, mojibake, front matter, words that
    were taken apart or cut at line ends, quotations cut into a line for each sentence. Each kind of repair of an
    article is a row of `attrs["corrections"]` (article, what, n: how often, before, after); `repair=False` leaves all
    texts as they are.

    Columns:
        article: its id, no other article's
        outlet: as named, else a letter
        event: as named; missing where it is not, and '1' for all where none is
        title: as given, else the headline that the text begins with; missing without one
        published: date, in UTC where a zone was given, else as printed; NaT where it is not known
        byline: who wrote it, as printed; missing where the file does not say so apart from the text
        agency: the news agency that signs the text, which is no outlet; missing where none does
        language: ISO 639-1; missing where there is too little prose to tell
        source: the file, or the file and its row or document
        url: the address that it was published at; missing where the file does not say it
        text: as decoded and mended; of a page its main text with a line each paragraph

    Raises:
        InputError: if nothing could be read, or an option can't be used

    Example:
        >>> articles = read_articles("seeds")
        >>> articles[["outlet", "published", "agency", "language"]]
          outlet  published   agency language
        0      A 2024-06-20  Reuters       en
        1      B 2024-06-19      NaN       en
        2      C 2024-06-19      NaN       en
        3      D 2024-06-19      NaN       en
        4      E        NaT      NaN       en
    """
    columns = _check_columns(columns)
    if not isinstance(path, (str, os.PathLike)):
        raise InputError(f"read_articles needs a folder or a file, but was given {_kind(path)}")
    if not os.fspath(path):
        raise InputError("read_articles was given an empty path; expected a folder of articles or a file of them")
    top, log = Path(path), Log()
    problems = log.problems
    if not top.exists():
        raise InputError(f"'{path}' does not exist; expected a folder of articles, or a file of {SUFFIXES}")
    sidecars = [("", rows) for rows in read_outlets(outlets, top, problems)]
    if top.is_dir():
        passed_over = {
            os.path.abspath(file) for file in (top / SIDECAR, outlets) if isinstance(file, (str, os.PathLike))
        }
        files = list_files(top, passed_over, problems)
    else:
        files = [(top.name, top)]
    found, insides, zipped = open_archives(files, alone=not top.is_dir(), problems=problems)
    for folder, sidecar in zipped:
        sidecars += [(folder, rows) for rows in read_sidecar(sidecar.name, sidecar, problems)]
    headers: dict[str, list[str]] = {}
    rows = _read_rows(top, found, insides, columns=columns, repair=repair, headers=headers, log=log)
    log.say_missing()
    if not found and not problems:
        raise InputError(f"'{path}' holds no file that can be read as articles; expected {SUFFIXES}")
    if not rows:
        said = [entry["problem"] for entry in problems] or [entry["note"] for entry in log.notes]
        raise InputError(f"no article of '{path}' could be read: {said[0]}", problems)
    name_outlets(rows, sidecars, insides, problems)
    say_unnamed(rows, headers, problems)
    _fill_from_texts(rows, problems)
    log.count_files(rows)
    if not any(row.get("event") for row in rows):
        for row in rows:
            row["event"] = NOT_GIVEN
    if problems:
        what = "1 problem" if len(problems) == 1 else f"{len(problems)} problems, the first"
        sentence = f"reading '{path}' met {what}: {problems[0]['problem']} (all are in articles.attrs['problems'])"
        warnings.warn(sentence, UnreadWarning, stacklevel=2)
    return _make_articles(rows, log)


def select_articles(
    articles: pd.DataFrame, *, event: str | None = None, outlets: str | Iterable[str] | None = None
) -> pd.DataFrame:
    """Which of the articles tell this event, and are by these outlets?

    Without `event` it is the one with the most articles, the earlier in the table of two that have as many; articles of
    no known event are then left out. Where no event is named, "all" is all articles (see `find_events`). Without
    `outlets` it is all of them. That an outlet has no article here means that this corpus holds none, not that it
    printed none.

    Columns:
        those of `articles`: some of the rows, in the same order

    Raises:
        InputError: if a column is missing, or for an event or an outlet that is not there

    Example:
        >>> select_articles(read_articles("seeds"), outlets=["B", "E"])[["article", "outlet", "event"]]
                        article outlet event
        0  001_00a8331d03b26ba5      B     1
        1  004_29d9f418612c8c5a      E     1
    """
    need(articles, "event", "outlet", verb="select_articles")
    numbers, events = number_events(articles)
    known = numbers[numbers >= 0]
    in_order = [events[number] for number in dict.fromkeys(known.tolist())]
    if takes_all(articles, event):
        event = None
    if event is not None:
        event = _find_known("event", event, in_order)
    elif events:
        event = max(in_order, key=dict(zip(events, np.bincount(known), strict=True)).get)
    selected = articles if event is None else articles[numbers == events.index(event)]
    if outlets is not None:
        named = articles["outlet"].dropna().unique().tolist()
        names = [_find_known("outlet", name, named) for name in _check_names(outlets)]
        there = selected["outlet"].dropna().unique()
        selected = selected[selected["outlet"].isin(names)]
        if selected.empty:
            raise InputError(f"event '{event}' has no article by {_listed(names)}; it has articles by {_listed(there)}")
    return selected.reset_index(drop=True)


def _find_known(column: str, name: object, there: list) -> object:
    """The one of these values of a column that a name means: 1 is the event "1", whatever white space is in it."""
    known = next((value for value in there if str(value) == str(name)), None)
    if known is None:  # as a terminal shows it
        known = next((value for value in there if str(value).split() == str(name).split()), None)
    if known is None:
        raise InputError(f"{column} '{name}' is not in this corpus; it has {_listed(there)}")
    return known


def _read_rows(
    top: Path,
    files: Mapping[str, File],
    insides: Mapping[str, str],
    *,
    columns: Mapping[str, str],
    repair: bool,
    headers: dict[str, list[str]],
    log: Log,
) -> list[dict]:
    """The rows of all files, and the headers of tables; of two rows with the same identifier the first."""
    rows: dict[str, dict] = {}
    stems = name_articles(insides)
    for name, file in files.items():
        try:
            stem = stems[name]
            found = read_file(name, file, stem=stem, columns=columns, headers=headers, repair=repair, log=log)
        except InputError as error:
            log.problem(name, str(error))
            continue
        except OSError as error:
            log.problem(name, f"'{name}' can't be opened ({error.strerror or type(error).__name__})")
            continue
        for row in found:
            first = rows.setdefault(row["article"], row)
            if first is not row:
                same = f"{row['where']} has the same identifier '{row['article']}' as {first['where']}, which is kept"
                log.problem(row["source"], f"{same}; expected one for each article")
    if columns and rows and not headers:  # where nothing at all was read, that is said first
        named = next(iter(columns))
        raise InputError(f"columns names '{named}', but '{top}' holds no table; expected a table with that column")
    for theirs in columns:
        if headers and not any(find_column(header, theirs) is not None for header in headers.values()):
            there = list(dict.fromkeys(column for header in headers.values() for column in header))
            holder = f"'{top.name}' does not have" if list(files) == [top.name] else f"no table in '{top}' has"
            raise InputError(f"columns names '{theirs}', which {holder}; there is {quoted(there)}")
    return list(rows.values())


def _fill_from_texts(rows: list[dict], problems: list[dict]) -> None:
    """What the articles themselves print: date, headline, the agency that signs, and the language they are in."""
    for row in rows:
        row["language"] = find_language_code(row.get("language") or "") or None
    columns = ("text", "published", "title", "agency", "language")
    given = pd.DataFrame({name: [row[name] if name == "text" else bool(row[name]) for row in rows] for name in columns})
    found = map_articles(_read_texts, given)
    for row, *printed in zip(rows, *(found[name].tolist() for name in columns[1:]), strict=True):
        dated = row["published"]
        row.update((name, row[name] or value) for name, value in zip(columns[1:], printed, strict=True))
        if not dated:
            fill_dates([row], problems)


def _read_texts(given: pd.DataFrame) -> pd.DataFrame:
    """What each text prints of the columns that are not given."""
    readers = {"published": find_header_date, "title": find_headline, "agency": find_agency}
    rows = []
    for text, *known in given[["text", *readers]].itertuples(index=False, name=None):
        rows.append([None if there else read(text) for there, read in zip(known, readers.values(), strict=True)])
    found = pd.DataFrame(rows, columns=list(readers), dtype=object)
    return found.assign(language=pd.Series(read_languages(given), dtype=object))


def _make_articles(rows: list[dict], log: Log) -> pd.DataFrame:
    table = {}
    for column in ARTICLES:
        values = [row.get(column) for row in rows]
        table[column] = pd.Series(values, dtype="datetime64[us]" if column == "published" else "str")
    articles = pd.DataFrame(table)
    articles.attrs |= {name: said for name, said in vars(log).items() if not name.startswith("_")}
    return articles


def _check_columns(columns: object) -> Mapping[str, str]:
    if columns is None:
        return {}
    if not isinstance(columns, Mapping):
        raise InputError(f"columns needs a mapping from a table's names to ours, but was given {_kind(columns)}")
    ours = [column for column in ARTICLES if column in column_names()]
    for theirs, target in columns.items():
        if not isinstance(theirs, str) or target not in ours:
            raise InputError(f"columns maps {theirs!r} to {target!r}; expected one of {quoted(ours)}")
    twice = [target for target in columns.values() if list(columns.values()).count(target) > 1]
    if twice:
        raise InputError(f"columns maps more than one column to '{twice[0]}'; expected one")
    return columns


def _check_names(outlets: object) -> list[str]:
    names = [outlets] if isinstance(outlets, str) else outlets
    if not isinstance(names, Iterable):
        raise InputError(f"outlets needs the name of an outlet or a list of names, but was given {_kind(outlets)}")
    names = list(names)
    if not names:
        raise InputError("outlets needs the name of an outlet or a list of names, but was given an empty list")
    return names


def _kind(value: object) -> str:
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _listed(names: Iterable[object]) -> str:
    names = [str(name) for name in names]
    return (", ".join(names[:12]) or "none") + (f" and {len(names) - 12} more" if len(names) > 12 else "")
