"""Sentences that say which frames were found most, and always how far that can be trusted."""

import pandas as pd

from ...compare.uncertainty import MIN_ARTICLES
from ...display import MOST_NAMED, count_of, shorten
from ...tables import need
from .corpus import name_subject

_NEEDED = (
    "outlet", "voice", "frame", "n", "rate", "low", "high", "total", "per", "articles", "unit",
    "macro_f1", "macro_f1_low", "macro_f1_high",
)  # fmt: skip
_VOICES = {"own": "own", "reported": "reported", "quote": "quoted"}
# Rows labelled at another length than this many times what was counted: the accuracy is that of other texts.
_FAR = 2


def describe_frames(table: pd.DataFrame) -> str:
    """Say which frame each outlet's own words carry most often, and how accurate the method was, or that nobody knows.

    Where a voice `own` is not in the table, its first voice is told of. No difference is called: being the most
    frequent frame of a list or a classifier may be one of its errors. With `attrs["words"]` of `score_frames` it also
    says where what was counted is much shorter or longer than the rows that the accuracy was measured on.

    Needs:
        outlet, voice, frame, n, rate, low, high, total, per, articles, unit, macro_f1, macro_f1_low, macro_f1_high: as
            `score_frames` gives them

    Raises:
        InputError: if a column is missing

    Example:
        >>> from analysis import score_frames
        >>> spans = pd.DataFrame({"outlet": "A", "voice": "own", "article": "1", "sentence": [1, 2],
        ...     "text": ["Costs rose.", "It rained."]})
        >>> print(describe_frames(score_frames(spans, frames={"economic": ["cost*"]})).replace(": ", ":\\n"))
        Most frequent frame in own words:
        economic in 50 % (0–100 %, within one article) of 2 sentences of this article (A). Accuracy not measured:
        lists of words say what is mentioned, and no difference is called.
    """
    need(table, *_NEEDED, verb="describe_frames")
    rows = table.dropna(subset=["outlet", "voice", "frame", "rate"])
    if rows.empty:
        return "There are no frames to describe."
    voice = "own" if (rows["voice"] == "own").any() else rows["voice"].min()
    rows = rows[rows["voice"] == voice]
    rows = rows.sort_values(["outlet", "rate", "frame"], ascending=[True, False, True], kind="stable")
    first = rows.drop_duplicates("outlet")
    parts = [_figure(row) for row in first.head(MOST_NAMED).to_dict("records")]
    more = len(first) - MOST_NAMED
    parts += [f"and {count_of(more, 'more outlet')} in the table"] if more > 0 else []
    text = f"Most frequent frame in {_VOICES.get(voice, shorten(voice))} words: {'; '.join(parts)}. "
    return text + _describe_accuracy(table)


def _figure(row: dict) -> str:
    """economic in 50 % (40–60 %) of 20 sentences of A (12 articles)."""
    counted = f"{count_of(int(row['total']), row['per'])} of {name_subject(row['outlet'], row['articles'])}"
    if row["n"] == 0:
        return f"none in {counted}"
    interval = f"{100 * row['low']:.0f}–{100 * row['high']:.0f} %"
    if row["articles"] > 1 and row["articles"] < MIN_ARTICLES:
        interval = "too few articles for an interval"
    elif pd.isna(row["low"]):
        interval = "too little for an interval"
    elif row["unit"] == "sentence":
        interval += ", within one article"
    return f"{shorten(row['frame'], 60)} in {100 * row['rate']:.0f} % ({interval}) of {counted}"


def _describe_accuracy(table: pd.DataFrame) -> str:
    """What was measured, or that nothing was; always said."""
    known = table.dropna(subset=["macro_f1"])
    if known.empty:
        return "Accuracy not measured: lists of words say what is mentioned, and no difference is called."
    value, low, high = known.iloc[0][["macro_f1", "macro_f1_low", "macro_f1_high"]]
    text = (
        f"The classifier's macro-F1, cross-validated on the labelled rows, is {value:.2f} ({low:.2f}–{high:.2f}): "
        "it errs, elsewhere perhaps more often, and no difference is called."
    )
    words = table.attrs.get("words", {})
    counted, labelled = words.get("counted"), words.get("labelled")
    if pd.notna(counted) and pd.notna(labelled) and not labelled / _FAR <= counted <= labelled * _FAR:
        text += (
            f" The labelled rows have {labelled:.0f} words (median) and what was counted {counted:.0f}: "
            "at that length the accuracy is not known."
        )
    return text
