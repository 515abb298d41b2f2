"""A sentence on which words come first whatever the prior, and how far their ranks would move."""

import pandas as pd

from ...compare.words.ranks import TOP
from ...display import MOST_NAMED, shorten
from ...tables import need
from .corpus import name_subject
from .words import TERMS


def describe_ranks(ranks: pd.DataFrame) -> str:
    """Say which words come first in each outlet's list whatever the prior, with the bands of their ranks.

    Only words among the first ten are named, and only where they stay there with a prior of 10 to 1,000 words. Every
    list has a first word, whatever the texts are: a narrow band says that these articles agree, not why they do.

    Needs:
        outlet, term, rank, rank_low, rank_high, unit, prior_dependent, articles_total: as `rank_terms` gives them

    Raises:
        InputError: if a column is missing

    Example:
        >>> ranks = pd.DataFrame({"outlet": "A", "term": ["tax", "cut"], "rank": [1, 2], "rank_low": 1,
        ...     "rank_high": [2, 9], "unit": "article", "prior_dependent": [False, True], "articles_total": 30})
        >>> print(describe_ranks(ranks).replace(". ", ".\\n"))
        First under every prior tried, with 95 % bands over resampled articles, in A (30 articles): tax (rank 1 to 2).
        Every list has a first word, and no difference is called here.
    """
    columns = ("outlet", "term", "rank", "rank_low", "rank_high", "unit", "prior_dependent", "articles_total")
    need(ranks, *columns, verb="describe_ranks")
    ranks = ranks.dropna(subset=["outlet", "term", "rank"]).sort_values(["outlet", "rank", "term"], kind="stable")
    if ranks.empty:
        return "There are no ranks to describe."
    quoted = ranks[(ranks["rank"] <= TOP) & ~ranks["prior_dependent"].fillna(True).astype(bool)]
    totals = ranks.groupby("outlet", sort=True)["articles_total"].max()
    parts = []
    for outlet, total in totals.head(MOST_NAMED).items():
        rows = quoted[quoted["outlet"] == outlet].head(TERMS)
        terms = [
            f"{shorten(row['term'], 30)} (rank {row['rank_low']:,} to {row['rank_high']:,})"
            for row in rows.to_dict("records")
        ]
        parts.append(f"{name_subject(outlet, total)}: {', '.join(terms) or 'none'}")
    more = [f"and {len(totals) - MOST_NAMED} more in the table"] if len(totals) > MOST_NAMED else []
    within = ranks["unit"] == "sentence"
    over = "the sentences of each article" if within.all() else "resampled articles"
    text = f"First under every prior tried, with 95 % bands over {over}, in {'; in '.join(parts)}"
    text = "; ".join([text, *more]) + "."
    if within.all():
        return f"{text} Each band lies within this article and says nothing of its outlet: no difference is called."
    if within.any():
        text += " The band of a single article lies within it."
    return f"{text} Every list has a first word, and no difference is called here."
