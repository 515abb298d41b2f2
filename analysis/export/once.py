"""Take each article once: those that repeat another of the same outlet are listed, and left out of all that follows."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from ..corpus.corrections import tabulate_corrections
from ..corpus.duplicates import (
    find_duplicates,
    leave_out,
    mark_articles,
    plan_comparisons,
    read_words_of,
    settle_duplicates,
)
from ..corpus.partitions import map_partitions, read_tables
from ..tables import SOURCE, InputError, add_source

# What may be asked for: that each article is taken once, or that all are.
ONCE, KEEP = "once", "keep"


def check_duplicates(duplicates: object) -> None:
    """Raise `InputError` unless it is known what is to become of repeats."""
    if duplicates not in (ONCE, KEEP):
        raise InputError(f"duplicates is {duplicates!r}, but must be '{ONCE}' (each article is taken once) or '{KEEP}'")


def find_repeats(read: pd.DataFrame, duplicates: str) -> pd.DataFrame:
    """The articles that are to be left out."""
    return find_duplicates(read if duplicates == ONCE else read.iloc[:0])


def take_once(files: list[Path], out: Path, duplicates: str, **options) -> tuple[list[Path], pd.DataFrame]:
    """`find_repeats` for a corpus in partitions: what is left of each, and the articles left out.

    Marks of all articles and the words of those that may repeat another are all that is held at once.
    """
    everything = read_tables(files, ["article", *SOURCE])
    if duplicates == KEEP:
        return files, find_repeats(everything.assign(text=""), KEEP)
    parts = [(file,) for file in files]
    plan = plan_comparisons(read_tables(map_partitions(mark_articles, parts, out / "marks", **options)))
    beside = (plan.list_suspects(),)
    words = map_partitions(read_words_of, parts, out / "suspects", beside=beside, **options)
    repeats = add_source(settle_duplicates(plan, read_tables(words)), everything)
    if repeats.empty:
        return files, repeats
    left_out = (set(repeats["article"]),)
    return map_partitions(leave_out, parts, out / "once", beside=left_out, **options), repeats


def list_changes(repeats: pd.DataFrame, repairs: Sequence[dict], articles: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables `duplicates` and `corrections`; `articles` are those taken, with the events that were found.

    An article that is left out is of the event of that which it repeats.
    """
    taken = articles[["article", *SOURCE]].astype("str")
    events = taken.set_index("article")["event"]
    repeats = repeats.assign(event=events.reindex(repeats["of"]).array)
    everything = pd.concat([taken, repeats[list(taken)]], ignore_index=True)
    return {"duplicates": repeats, "corrections": tabulate_corrections(repairs, repeats, everything)}
