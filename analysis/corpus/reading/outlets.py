"""Say which outlet printed an article, from what the user, the table or the folder says, and never from its text."""

import math
import os
import re
from collections.abc import Iterator, Mapping
from itertools import chain, count, product
from pathlib import Path, PurePosixPath
from string import ascii_uppercase

from ...tables import InputError, quoted
from .columns import fold_name, list_columns
from .files import SIDECAR
from .formats import File, add_problem, read_csv, show
from .rows import fill_dates, read_word

# From so many rows on a table without an outlet is one whose outlet has another name; of two articles one may say so.
LEAST_UNNAMED = 3
# So many outlets with an article each may be those of one event, unless what names them is no name; more are not.
LEAST_OWN, MOST_OWN, NAME_WORDS = 3, 40, 6
_WORD, _NUMBER = re.compile(r"[^\W\d_]"), re.compile(r"\d{3}")
_FILLED = ("event", "title", "published", "agency")


def read_outlets(outlets: object, top: Path, problems: list[dict]) -> list[list[dict]]:
    """Who printed which file: the rows of the argument `outlets`, then those of the folder's own `outlets.csv`."""
    sidecar = top / SIDECAR
    if outlets is None or isinstance(outlets, Mapping):
        given = _read_mapping(outlets or {})
    elif not isinstance(outlets, (str, os.PathLike)):
        sentence = "outlets needs a mapping from files to outlets, or the path of a csv"
        raise InputError(f"{sentence}, but was given a {type(outlets).__name__}")
    elif not Path(outlets).is_file():
        raise InputError(f"'{outlets}' does not exist; expected a csv with the columns 'file' and 'outlet'")
    else:
        given = _read_sidecar(Path(outlets).name, Path(outlets), problems)
        if os.path.realpath(outlets) == os.path.realpath(sidecar):
            return [given]
    if not top.is_dir() or not os.path.lexists(sidecar):
        return [given]
    return [given, *read_sidecar(SIDECAR, sidecar, problems)]


def read_sidecar(name: str, path: File, problems: list[dict]) -> list[list[dict]]:
    """The rows of a sidecar that lies in the corpus, in a list; an empty one and a problem if it can't be read."""
    try:
        return [_read_sidecar(name, path, problems)]
    except InputError as error:
        add_problem(problems, name, str(error))
    except OSError as error:
        add_problem(problems, name, f"'{name}' can't be opened ({error.strerror or type(error).__name__})")
    return []


def name_outlets(
    rows: list[dict], sidecars: list[tuple[str, list[dict]]], insides: Mapping[str, str], problems: list[dict]
) -> None:
    """Fill the outlet of every row: the argument before the table, then the folder's sidecar, the sub-folder, a label.

    Each sidecar comes with the folder whose files it is about ('' for all), and `insides` says where each file would be
    if archives were folders. What else a sidecar says (event, title, published, agency) fills only what the table does
    not say.
    """
    given, *beside = [_match(sidecar, folder, rows, insides, problems) for folder, sidecar in sidecars]
    for row in rows:
        said = [sidecar.get(row["article"]) or sidecar.get(row["file"]) or {} for sidecar in (given, *beside)]
        inside = insides[row["file"]]
        folder = PurePosixPath(inside).parts[0] if "/" in inside else None
        candidates = (said[0].get("outlet"), row.get("outlet"), *(one.get("outlet") for one in said[1:]), folder)
        candidates += (row.get("site"), row.get("host"))  # what the front matter of a text names
        by_table, row["outlet"] = row.get("outlet"), next(filter(None, candidates), None)
        row["by_table"] = by_table is not None and by_table == row["outlet"]
        for column in _FILLED:
            row[column] = next(filter(None, (row.get(column), *(one.get(column) for one in said))), None)
    used = {row["outlet"] for row in rows}
    labels = (label for label in _each_label() if label not in used)
    for row in rows:
        row["labelled"] = not row["outlet"]
        row["outlet"] = row["outlet"] or next(labels)


def say_unnamed(rows: list[dict], headers: Mapping[str, list[str]], problems: list[dict]) -> None:
    """Say which tables (`headers` by name) name no outlet, or a value of each row's own in its place."""
    of_tables: dict[str, list[dict]] = {}
    for row in rows:
        if row["file"] in headers:
            of_tables.setdefault(row["file"], []).append(row)
    for name, articles in of_tables.items():
        labels = [row["outlet"] for row in articles if row["labelled"]]
        named = [row["outlet"] for row in articles if row["by_table"]]
        there = f"it has the columns {list_columns(headers[name])}, and --columns THEIRS=outlet says which names it"
        if len(labels) >= LEAST_UNNAMED and len(labels) == len(articles):
            said = f"'{name}' names no outlet, so that its {len(labels):,} articles are each taken for one of their own"
            add_problem(problems, name, f"{said} ({labels[0]} to {labels[-1]}); {there}")
        elif len(set(named)) == len(articles) >= LEAST_OWN and (len(named) >= MOST_OWN or _are_odd(named)):
            said = f"'{name}' has another outlet for each of its {len(named):,} articles, such as {show(named[0])}"
            add_problem(problems, name, f"{said}; {there}")


def _are_odd(names: list[str]) -> bool:
    """Whether most of these are no names: numbers, identifiers, titles."""
    odd = sum(len(name.split()) > NAME_WORDS or not _WORD.search(name) or bool(_NUMBER.search(name)) for name in names)
    return 2 * odd > len(names)


def _read_mapping(outlets: Mapping) -> list[dict]:
    rows = []
    for file, outlet in outlets.items():
        blank = outlet is None or (isinstance(outlet, float) and math.isnan(outlet))
        if not isinstance(file, str) or not (blank or isinstance(outlet, str)):
            raise InputError(f"outlets needs the names of files and of outlets, but was given {file!r}: {outlet!r}")
        rows.append({"file": file, "outlet": read_word(outlet), "source": "outlets", "where": "outlets"})
    return rows


def _read_sidecar(name: str, path: File, problems: list[dict]) -> list[dict]:
    rows = []
    if not path.is_file():
        raise InputError(f"'{name}' can't be opened; expected a csv with the columns 'file' and 'outlet'")

    def choose(header: list[str]) -> dict[str, str]:
        theirs = {fold_name(column): column for column in reversed(header)}
        if not {"file", "outlet"} <= set(theirs):
            raise InputError(f"'{name}' needs the columns 'file' and 'outlet'; it has {list_columns(header)}")
        return {column: theirs[column] for column in ("file", "outlet", *_FILLED) if column in theirs}

    for number, record in read_csv(name, path, choose, problems):
        row = {column: read_word(value) for column, value in record.items()}
        rows.append(row | {"source": f"{name} row {number}", "where": f"row {number} of '{name}'"})
    fill_dates(rows, problems)
    return rows


def _match(
    sidecar: list[dict], folder: str, rows: list[dict], insides: Mapping[str, str], problems: list[dict]
) -> dict[str, dict]:
    """The sidecar's rows by the article or the file that each names; in a zipped folder, by its name in there."""
    names = {name: inside.removeprefix(folder) for name, inside in insides.items() if inside.startswith(folder)}
    here = [(row, names[row["file"]] + row["source"].removeprefix(row["file"])) for row in rows if row["file"] in names]
    articles = {source: row["article"] for row, inside in here for source in (row["source"], inside)}
    articles |= {row["article"].removeprefix(folder): row["article"] for row, _ in here}
    articles |= {row["article"]: row["article"] for row, _ in here}
    called: dict[str, list[str]] = {}
    for name in names:
        called.setdefault(PurePosixPath(name).name, []).append(name)
    files = {inside: name for name, inside in names.items()} | {name: name for name in names}
    matched = {}
    for row in sidecar:
        key = row["file"]
        found = files.get(key) or articles.get(key) or called.get(key)
        if isinstance(found, list) and len(found) > 1:
            reason = f"as {len(found)} files are called; expected one of {quoted(found)}"
        elif not found:
            known = quoted(list(names.values())[:3]) + (" …" if len(names) > 3 else "")
            reason = f"which is not here; expected a file or an article, such as {known}"
        elif (found := found if isinstance(found, str) else found[0]) in matched:
            reason = "which an earlier row names; expected each once"
        else:
            matched[found] = row
            continue
        subject = "no file" if key is None else f"'{key}'"
        add_problem(problems, row["source"], f"{row['where']} names {subject}, {reason}")
    return matched


def _each_label() -> Iterator[str]:
    """A, B … Z, AA, AB …"""
    for letters in chain.from_iterable(product(ascii_uppercase, repeat=length) for length in count(1)):
        yield "".join(letters)
