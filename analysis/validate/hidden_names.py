"""Hide who is spoken of, and where it was printed, from what learns: else a model may know the answer by heart."""

import re
from bisect import bisect_left
from collections.abc import Iterable

import numpy as np
import pandas as pd

# What stands for the one whom a sentence is about, for anybody else who is named, and for an outlet.
TARGET, OTHER, OUTLET = "Smith", "Jones", "the newspaper"

_HIDDEN = ("person", "organisation")


def hide_names(mentions: pd.DataFrame, names: pd.DataFrame, outlets: Iterable[str]) -> pd.DataFrame:
    """What would be read of a sentence if nobody knew who it is about?

    In `text` the target is "Smith", as is every other mention of it in that sentence, other people and organisations
    are "Jones", and outlets "the newspaper"; a target that is a pronoun stays. `target_start` and `target_end` follow.
    `mentions` are rows of `find_targets`, with every entity that must not be read; `names` those of `find_names`.
    Parties' adjectives, places and offices stay, so a reader who knows the story may still guess.
    """
    named = names[names["kind"].isin(_HIDDEN)]
    spots: dict[str, list[tuple[int, int, str]]] = {}
    for table, entities in ((named, None), (mentions[mentions["mention"] != "pronoun"], mentions["entity"])):
        who = [""] * len(table) if entities is None else table["entity"].tolist()
        for article, start, end, entity in zip(table["article"], table["start"], table["end"], who, strict=True):
            spots.setdefault(article, []).append((int(start), int(end), entity))
    spots = {article: _without_overlaps(some) for article, some in spots.items()}
    starts = {article: [start for start, _, _ in some] for article, some in spots.items()}
    papers = _outlet_pattern(outlets)
    rows = []
    columns = ("article", "start", "entity", "mention", "text", "target_start", "target_end")
    for article, start, entity, kind, text, left, right in zip(*(mentions[name] for name in columns), strict=True):
        first = start - left  # of the sentence, in the article
        some = spots.get(article, [])
        inside = []
        for begin, end, who in some[bisect_left(starts.get(article, []), first) :]:
            if begin >= first + len(text):
                break
            begin, end = begin - first, end - first  # noqa: PLW2901
            if end <= len(text) and (end <= left or begin >= right):
                inside.append((begin, end, TARGET if who == entity else OTHER))
        inside.append((left, right, text[left:right] if kind == "pronoun" else TARGET))
        inside.sort()
        rows.append(_replace(text, inside, (left, right), papers))
    texts, begins, ends = zip(*rows, strict=True) if rows else ((), (), ())
    return mentions.assign(
        text=pd.array(texts, dtype="str"),
        target_start=np.array(begins, dtype=np.int64),
        target_end=np.array(ends, dtype=np.int64),
    )


def _without_overlaps(spots: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The spots in order; of those that overlap the one of a labelled entity, else the longest."""
    kept: list[tuple[int, int, str]] = []
    for spot in sorted(set(spots), key=lambda spot: (spot[0], spot[2] == "", -spot[1], spot[2])):
        if kept and spot[0] < kept[-1][1]:
            if spot[2] and not kept[-1][2]:
                kept[-1] = spot
            continue
        kept.append(spot)
    return kept


def _replace(
    text: str, spots: list[tuple[int, int, str]], target: tuple[int, int], papers: re.Pattern | None
) -> tuple[str, int, int]:
    """The text with each spot replaced, outlets too, and where the target stands in it."""
    pieces, done, length, place = [], 0, 0, (0, 0)
    for start, end, word in spots:
        before = text[done:start]
        before = papers.sub(OUTLET, before) if papers else before
        length += len(before)
        if (start, end) == target:
            place = (length, length + len(word))
        pieces += [before, word]
        length += len(word)
        done = end
    rest = papers.sub(OUTLET, text[done:]) if papers else text[done:]
    return "".join([*pieces, rest]), *place


def _outlet_pattern(outlets: Iterable[str]) -> re.Pattern | None:
    """Outlets by name, without what stands in brackets ("CNN (Online News)")."""
    names = {re.sub(r"\s*\(.*\)$|^The\s+", "", outlet).strip() for outlet in outlets}
    names = sorted((name for name in names if len(name) > 1), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)") if names else None
