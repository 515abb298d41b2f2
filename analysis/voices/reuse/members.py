"""Who prints a passage in other partitions of the corpus: what its copies and its shares need of them."""

from pathlib import Path

import numpy as np
import pandas as pd

from ...corpus.partitions import Piece, read_table
from .copies import name_copies
from .shares import tally_shared


def name_copies_beside(
    spans: pd.DataFrame, articles: pd.DataFrame, passages: pd.DataFrame, members: list[Path], bits: int
) -> pd.Series:
    """`copied_from` of the spans of a partition, as `name_copies` has it with the passages of all partitions.

    Of the articles of other partitions it needs to know only which passages they print: for the look-up they print
    them nowhere, as if they were set phrases.
    """
    columns = [name for name in ("article", "agency") if name in articles]
    copied = passages.loc[passages["kind"] != "stock", "passage"]
    others = _read_members(copied, articles[columns], members, bits)
    others = others[~others["article"].isin(articles["article"])]
    elsewhere = pd.DataFrame({"passage": [f"{number:016x}" for number in others["id"].tolist()], "start": 0, "end": 0})
    elsewhere = elsewhere.assign(article=others["article"].array, kind="stock").astype({"passage": "str"})
    known = pd.concat([articles[columns], others[columns].drop_duplicates("article")], ignore_index=True)
    here = passages[["passage", "article", "start", "end", "kind"]]
    return name_copies(spans, known, pd.concat([here, elsewhere[list(here)]], ignore_index=True))


def tally_shared_beside(passages: pd.DataFrame, articles: pd.DataFrame, members: list[Path], bits: int) -> pd.DataFrame:
    """What a partition adds to `share_reused` by outlet, counted in passages of kind prose."""
    prose = passages[passages["kind"] == "prose"]
    printed = _read_members(prose["passage"], articles[["outlet"]].assign(quoted=False), members, bits)
    printed = printed.loc[~printed["quoted"].astype(bool), ["id", "outlet"]].drop_duplicates(ignore_index=True)
    names = pd.array([f"{number:016x}" for number in printed["id"].tolist()], dtype="str")
    return tally_shared(prose, articles, printed.assign(passage=names))


def _read_members(passages: pd.Series, like: pd.DataFrame, members: list[Path], bits: int) -> pd.DataFrame:
    """Who prints these passages in any partition: id and the columns of `like`."""
    ids = np.sort(np.array([int(passage, 16) for passage in passages.unique()], dtype=np.uint64))
    found = [like.iloc[:0].assign(id=ids[:0])]
    for file in members:
        for bucket in np.unique(ids >> np.uint64(64 - bits)).tolist():
            printed = read_table(Piece(file, bucket), ["id", *like.columns])
            found.append(printed[look_up(ids, printed["id"].to_numpy()) >= 0])
    return pd.concat(found, ignore_index=True)


def look_up(known: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The position of each wanted hash among the known, which are sorted; −1 where it is not there."""
    if not len(known):
        return np.full(len(wanted), -1)
    places = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[places] == wanted, places, -1)
