"""Read a corpus in partitions: a folder of Parquet files is one already, anything else is read whole and then cut."""

import hashlib
import os
import warnings
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from ...tables import ARTICLES, InputError, UnreadWarning, make_table
from ..partitions import map_partitions, name_parts, read_table, write_whole
from .articles import read_articles
from .columns import choose_columns, find_column
from .files import list_files
from .rows import read_word

_BLOCK = 1 << 20
# What reading says beside the articles stands in the first partition of those that are cut.
_SAID = ("problems", "notes", "corrections")


def split_articles(
    corpus: str | os.PathLike | pd.DataFrame,
    out: Path,
    *,
    partitions: int,
    columns: Mapping[str, str] | None = None,
    **options,
) -> list[Path]:
    """Write the articles of a corpus to `out`, a file for each partition, and return the files.

    A folder of Parquet files is read file by file and each is a partition, unless something of it can be told only from
    all of them (an outlet that is not named, an identifier that two files give). Any other corpus is read whole, and
    cut into so many `partitions` of neighbouring articles. What could not be read stands in each table's
    `attrs["problems"]`. `options` are those of `map_partitions`. Raises `InputError` if nothing could be read.
    """
    files = None if isinstance(corpus, pd.DataFrame) else _files_of_partitions(Path(corpus), columns)
    if files is None:
        return _cut(corpus, out, partitions, columns)
    events = [file for file, named in files.items() if named]
    # Whole paths: a worker may stand in another folder.
    parts = [(os.path.abspath(file), bool(named) or not events) for file, named in files.items()]
    read = map_partitions(_read_file, parts, out, beside=(columns,), **options)
    if not any(pq.read_metadata(file).num_rows for file in read):
        problems = read_said(read, "problems")
        raise InputError(f"no article of '{corpus}' could be read: {problems[0]['problem']}", problems)
    return read


def count_partitions(
    corpus: str | os.PathLike | pd.DataFrame, partitions: int, *, columns: Mapping[str, str] | None = None
) -> int:
    """How many partitions the corpus is read in, if it is a folder of Parquet files; else as many as asked for."""
    files = None if isinstance(corpus, pd.DataFrame) else _files_of_partitions(Path(corpus), columns)
    return partitions if files is None else len(files)


def read_said(files: list[Path], name: str) -> list[dict]:
    """What reading said beside the articles of these partitions: their `problems`, `notes` or `corrections`."""
    return [row for file in files for row in read_table(file, ["article"]).attrs.get(name, [])]


def hash_corpus(corpus: str | os.PathLike | pd.DataFrame) -> dict[str, str]:
    """A hash of the content of every file of a corpus, by its name in it."""
    if isinstance(corpus, pd.DataFrame):
        digest = hashlib.sha256(repr((list(corpus.columns), corpus.attrs)).encode("utf-8", "surrogatepass"))
        digest.update(pd.util.hash_pandas_object(corpus, index=False).to_numpy().tobytes())
        return {"articles": digest.hexdigest()}
    top, hashes = Path(corpus), {}
    files = [top] if top.is_file() else sorted(path for path in top.rglob("*") if path.is_file())
    for path in files:
        digest = hashlib.sha256()
        try:
            with open(path, "rb") as file:
                while block := file.read(_BLOCK):
                    digest.update(block)
        except OSError as error:  # the reader says so, file by file
            digest.update(str(error.strerror).encode())
        name = path.name if path == top else path.relative_to(top).as_posix()
        hashes[name.encode("utf-8", "replace").decode()] = digest.hexdigest()
    return hashes


def _cut(
    corpus: str | os.PathLike | pd.DataFrame, out: Path, partitions: int, columns: Mapping[str, str] | None
) -> list[Path]:
    files = name_parts(out, partitions)
    if all(file.exists() for file in files):
        return files
    articles = corpus
    if not isinstance(corpus, pd.DataFrame):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UnreadWarning)  # the table of problems says it
            articles = read_articles(corpus, columns=columns)
    said = {name: articles.attrs.get(name, []) for name in _SAID}
    out.mkdir(parents=True, exist_ok=True)
    edges = np.linspace(0, len(articles), partitions + 1).astype(int).tolist()
    for file, first, last in zip(files, edges[:-1], edges[1:], strict=True):
        part = articles.iloc[first:last].reset_index(drop=True)
        part.attrs = said if file == files[0] else {}
        write_whole(part, file)
    return files


def _files_of_partitions(top: Path, columns: Mapping[str, str] | None) -> dict[Path, bool] | None:
    """The files of a folder of Parquet files that can be read one by one, and whether any article of it has an event.

    None for any other corpus, and where a file names no outlet or an identifier stands in two files.
    """
    if not top.is_dir():
        return None
    problems: list[dict] = []
    files = list_files(top, set(), problems)
    if problems or len(files) < 2 or not all(name.endswith(".parquet") and "/" not in name for name, _ in files):
        return None
    named, identifiers, missing = {}, set(), set(columns or {})
    for _, path in files:
        try:
            with pq.ParquetFile(path) as file:
                chosen = choose_columns(file.schema_arrow.names, columns or {})
                missing -= {theirs for theirs in missing if find_column(file.schema_arrow.names, theirs) is not None}
                if "text" not in chosen or "outlet" not in chosen:
                    return None
                wanted = {ours: theirs for ours, theirs in chosen.items() if ours in ("article", "event", "outlet")}
                table = file.read(columns=sorted(set(wanted.values())))
            said = {
                ours: [read_word(value) for value in table.column(theirs).to_pylist()]
                for ours, theirs in wanted.items()
            }
        except (pa.ArrowException, OSError, ValueError, OverflowError):
            named[path] = False  # damaged: read_articles says so
            continue
        given = [identifier for identifier in said.get("article", []) if identifier]
        if not all(said["outlet"]) or len(set(given)) < len(given) or identifiers & set(given):
            return None
        identifiers.update(given)
        named[path] = any(said.get("event", []))
    return None if missing else named  # read whole, a column that no file has is said


def _read_file(path: str, has_events: bool, columns: Mapping[str, str] | None) -> pd.DataFrame:
    """The articles of one file; none, and the problem, where it can't be read."""
    try:
        names = pq.read_schema(path).names if columns else []
    except (pa.ArrowException, OSError):
        names = []
    columns = {theirs: ours for theirs, ours in (columns or {}).items() if find_column(names, theirs) is not None}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UnreadWarning)
            articles = read_articles(path, columns=columns)
    except InputError as error:
        articles = make_table(ARTICLES, []).astype({"published": "datetime64[us]"})
        name = Path(path).name
        articles.attrs["problems"] = error.problems or [{"source": name, "problem": str(error)}]
    if not has_events:  # others of the corpus have, so that this file is not one event
        articles["event"] = pd.Series(None, index=articles.index, dtype="str")
    return articles
