"""Sentences that say which words make two outlets differ."""

import numpy as np
import pandas as pd

from ..tables import need
from .describe import name_subject
from .shorten import shorten

TERMS = 3


def describe_shift(shift: pd.DataFrame) -> str:
    """Say how far two outlets' words are apart, and which add most to it on either side.

    Any two texts differ, short ones the more: the number is no sign of a different view, and of one article each it
    is that of the articles.

    Needs a, b, term, n_a, n_b, rate_a, rate_b, contribution, a_articles and b_articles, as `tabulate_shift` gives them.
    """
    need(
        shift, "a", "b", "term", "n_a", "n_b", "rate_a", "rate_b", "contribution", "a_articles", "b_articles",
        verb="describe_shift",
    )  # fmt: skip
    shift = shift.dropna(subset=["a", "b", "term"])
    if shift.empty:
        return "There are no words to compare."
    first = shift.iloc[0]
    a, b = (name_subject(first[side], first[f"{side}_articles"]) for side in "ab")
    whole = float(shift["contribution"].sum())
    shift = shift[shift["contribution"] != 0]
    order = np.lexsort((shift["term"].argsort().argsort(), -shift["contribution"].abs().round(12)))
    shift = shift.iloc[order]
    if "score" in shift.columns:
        return _describe_scores(shift, a, b, whole)
    more_b = shift["rate_b"] > shift["rate_a"]
    return (
        f"The words of {a} and {b} are {whole:.2f} bits apart (Jensen–Shannon divergence, 0 to 1); any two texts are, "
        f"short ones the more. What adds most, with the counts in the two: {_list(shift[~more_b])} at a higher rate in "
        f"the first, {_list(shift[more_b])} in the second."
    )


def _describe_scores(shift: pd.DataFrame, a: str, b: str, whole: float) -> str:
    up = shift["contribution"] > 0
    return (
        f"The mean score of the words of {b} less that of {a} is {whole:+.2f}".replace("-", "−")
        + f". Raised most by, with their counts in the two: {_list(shift[up])}; lowered most by: {_list(shift[~up])}. "
        "The scores are of words out of context, whoever says them: that is no tone of an outlet."
    )


def _list(rows: pd.DataFrame) -> str:
    terms = [
        f"{shorten(row.term, 30)} ({row.n_a:,} and {row.n_b:,})" for row in rows.head(TERMS).itertuples(index=False)
    ]
    return ", ".join(terms) or "no word"
