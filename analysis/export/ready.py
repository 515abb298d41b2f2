"""Tables and scores that an earlier run made of the same corpus, and that need not be made again."""

import hashlib
import json
import os
import warnings
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ..corpus.reading.split import hash_corpus
from ..shipped import PACKAGE
from ..tables import InputError
from .folders import MANIFEST, write_manifest
from .recipe import PARTED, TABLES

SCORES = "scores"
# Tables that a model of tone made.
_SCORED = frozenset(("scores", "sentiment", "summary", "outlets", "targets", "target_summary"))


class Ready(NamedTuple):
    """What lies ready: tables by name, and scores of sentences."""

    tables: dict[str, Path]
    scores: pd.DataFrame | None = None


def find_ready(
    folder: str | os.PathLike | None,
    corpus: object,
    *,
    event: str | None,
    outlets: list[str] | None,
    model: str,
    duplicates: str,
    columns: Mapping[str, str] | None = None,
) -> Ready:
    """What of a folder that `write_tables` or `write_scores` wrote can be taken for this corpus and these options.

    What was made of other files, of other outlets, or by another state of this package is passed over with a warning.
    Raises `InputError` where the folder is none of ours.
    """
    if folder is None:
        return Ready({})
    folder = Path(folder)
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        made_from, kind = manifest["made_from"], manifest["kind"]
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(
            f"'{folder}' holds no tables that parallax wrote; expected a folder written by 'parallax tables'"
        ) from None
    same = made_from["content"] == hash_content(corpus)
    if kind == SCORES:
        return Ready({}, scores=pd.read_csv(folder / "scores.csv") if same else None)
    if not same:
        return _pass_over(folder, "are of another corpus")
    if made_from["code"] != hash_code():
        return _pass_over(folder, "were made by another version of parallax")
    if made_from["outlets"] != outlets:
        return _pass_over(folder, "are of other outlets")
    if made_from["duplicates"] != duplicates:
        what = {"once": "hold each article once", "keep": "hold articles that repeat another"}[made_from["duplicates"]]
        return _pass_over(folder, what)
    if made_from["columns"] != columns:
        return _pass_over(folder, "were made with other columns")
    if made_from["event"] not in (None, event):
        return _pass_over(folder, "are of another event")
    # With partitions a table is a folder of files.
    places = [(name, folder / place) for name in (*TABLES, *PARTED, "corpus") for place in (f"{name}.parquet", name)]
    paths = {name: place for name, place in places if place.exists()}
    if made_from["model"] != model:
        paths = {name: path for name, path in paths.items() if name not in _SCORED}
    return Ready(paths)


def describe_source(
    corpus: object,
    *,
    event: str | None,
    outlets: list[str] | None,
    model: str,
    duplicates: str,
    columns: Mapping[str, str] | None = None,
) -> dict[str, object]:
    """What tables were made from, as the manifest says it: `find_ready` takes them for nothing else."""
    said = {"event": event, "outlets": outlets, "model": model, "duplicates": duplicates}
    made_from = {"content": hash_content(corpus), "code": hash_code()}
    return made_from | said | {"columns": None if columns is None else dict(columns)}


def write_ready(made: dict[str, object], folder: Path, source: dict[str, object]) -> None:
    """Write the tables of a corpus for notebooks that are about to run on it."""
    folder.mkdir()
    for name in {*TABLES, *PARTED, "corpus"} - {"read"}:
        if isinstance(made.get(name), pd.DataFrame):
            made[name].to_parquet(folder / f"{name}.parquet", index=False)
    write_manifest(folder, kind="tables", options={}, made_from=source)


def write_scores(scores: pd.DataFrame, corpus: object, folder: Path) -> None:
    """Write what the encoder read in a corpus, to be taken for it on any machine."""
    folder.mkdir(exist_ok=True)
    # Six decimals are far below what processors differ by.
    text = scores.sort_values("key").to_csv(index=False, float_format="%.6f", lineterminator="\n")
    (folder / "scores.csv").write_text(text, encoding="utf-8", newline="\n")
    write_manifest(folder, kind=SCORES, options={}, made_from={"content": hash_content(corpus)})


def hash_content(corpus: object) -> str:
    """A hash of all that the files of a corpus, or a table of articles, hold."""
    return _hash(hash_corpus(corpus))


@cache
def hash_code() -> str:
    """A hash of this package: no table is to hold rows that two states of it made."""
    files = hash_corpus(PACKAGE)
    return _hash({name: digest for name, digest in files.items() if "__pycache__" not in name})


def _hash(value: dict) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _pass_over(folder: Path, why: str) -> Ready:
    warnings.warn(f"the tables in '{folder}' {why}, and are made anew", stacklevel=4)
    return Ready({})
