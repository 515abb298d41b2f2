"""Sentences that say which words make two outlets differ, and which are in a list for what is not the outlet's own."""

import numpy as np
import pandas as pd

from ...compare.words.selections import SELECTIONS
from ...display import MOST_NAMED, count_of, shorten
from ...tables import need
from .corpus import name_subject

TERMS = 3


def describe_shift(shift: pd.DataFrame) -> str:
    """Say how far two outlets' words are apart, and which add most to it on either side.

    Any two texts differ, short ones the more: the number is no sign of a different view, and of one article each it is
    that of the articles.

    Needs:
        a, b, term, n_a, n_b, rate_a, rate_b, contribution, a_articles, b_articles: as `tabulate_shift` gives them

    Raises:
        InputError: if a column is missing
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
    if first["a"] == first["b"]:
        return f"There is nothing to compare the words of {a} with."
    whole = float(shift["contribution"].sum())
    shift = shift[shift["contribution"] != 0]
    order = np.lexsort((shift["term"].argsort().argsort(), -shift["contribution"].abs().round(12)))
    shift = shift.iloc[order]
    if "score" in shift.columns:
        return _describe_scores(shift, a, b, whole)
    more_b = shift["rate_b"] > shift["rate_a"]
    return (
        f"The words of {a} and {b} are {whole:.2f} bits apart (Jensen–Shannon divergence, 0 to 1); any two texts are, "
        f"short ones the more; what adds most, with the counts in the two: {_list(shift[~more_b])} at a higher rate in "
        f"the first, {_list(shift[more_b])} in the second."
    )


def describe_selections(selections: pd.DataFrame) -> str:
    """Say how many words of each outlet's list over all its text are no longer in that of its own, uncopied words.

    Ranks are relative: a word can leave because others rise. No word is named, for which are listed can depend on the
    size of the prior (`rank_terms` says of which).

    Needs:
        outlet, term, selection, n, articles_total, rank, listed: as `tabulate_selections` gives them

    Raises:
        InputError: if a column is missing
    """
    need(selections, "outlet", "term", "selection", "n", "articles_total", "rank", "listed", verb="describe_selections")
    table = selections.dropna(subset=["outlet", "term"])
    first, last = (table[table["selection"] == name] for name in (SELECTIONS[0], SELECTIONS[-1]))
    listed = first[first["listed"]].sort_values(["outlet", "rank", "term"], kind="stable")
    if listed.empty:
        return "There are no lists of words to compare."
    last = last.set_index(["outlet", "term"])
    articles = first.groupby("outlet", sort=True)["articles_total"].max()
    parts = []
    for outlet, total in articles.head(MOST_NAMED).items():
        terms = listed.loc[listed["outlet"] == outlet, "term"]
        left = [term for term in terms if not last["listed"].get((outlet, term), False)]
        parts.append(f"{len(left)} of the first {len(terms)} in {name_subject(outlet, total)}")
    if len(articles) > MOST_NAMED:
        parts.append(f"and {count_of(len(articles) - MOST_NAMED, 'more outlet')} in the table")
    return (
        f"Gone from the list once artefacts, quotes, reported speech and copied text are left out: {'; '.join(parts)}; "
        "a rank is relative, and a word can leave because others rise."
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
