"""Say which outlet printed an article, from what the user, the table or the folder says, and never from its text."""

import math
import os
from collections.abc import Iterator, Mapping
from itertools import chain, count, product
from pathlib import Path, PurePosixPath
from string import ascii_uppercase

from ...tables import InputError, quoted
from .columns import fold_name, list_columns
from .files import SIDECAR
from .formats import File, add_problem, read_csv
from .rows import fill_dates, read_word

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
        row["outlet"] = next(filter(None, candidates), None)
        for column in _FILLED:
            row[column] = next(filter(None, (row.get(column), *(one.get(column) for one in said))), None)
    used = {row["outlet"] for row in rows}
    labels = (label for label in _each_label() if label not in used)
    for row in rows:
        row["outlet"] = row["outlet"] or next(labels)


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
    fill_dates(rows, name, problems)
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
