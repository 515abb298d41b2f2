"""Sentences that say which quotations articles have in common, and how much of their text."""

import pandas as pd

from ...compare.uncertainty import MIN_ARTICLES
from ...display import count_of, list_names, shorten
from ...tables import need
from .corpus import name_subject


def describe_reused(reused: pd.DataFrame) -> str:
    """Say how much of its words the outlet with the largest shared share has in common with another.

    A shared word was not therefore copied: most often both quote the same speech.

    Needs:
        a, b, share, a_articles, b_articles: as `share_reused(passages, articles, by="outlet")` gives them

    Raises:
        InputError: if a column is missing

    Example:
        >>> table = {"a": ["A", "B"], "b": ["B", "A"], "share": [0.1, 0.05], "a_articles": 1, "b_articles": 1}
        >>> print(describe_reused(pd.DataFrame(table)).replace(" (A) ", " (A)\\n"))
        Of the words of this article (B), 10 % stand in passages that this article (A)
        prints too: no other pair shares more.
    """
    need(reused, "a", "b", "share", "a_articles", "b_articles", verb="describe_reused")
    pairs = reused.dropna(subset=["a", "b", "share"])
    pairs = pairs[pairs["a"] != pairs["b"]]
    if pairs.empty:
        return "There are no two outlets to compare."
    if not pairs["share"].max() > 0:
        return "No passage stands in two of them."
    first = pairs.sort_values(["share", "b", "a"], ascending=[False, True, True], kind="stable").iloc[0]
    a, b = (name_subject(first[name], first[f"{name}_articles"]) for name in ("a", "b"))
    share = f"{100 * first['share']:.0f} %" if first["share"] >= 0.005 else "less than 1 %"
    # "this article prints", "these 3 articles of B print"
    prints = "print" if 1 < first["a_articles"] < MIN_ARTICLES else "prints"
    text = f"Of the words of {b}, {share} stand in passages that {a} {prints} too"
    return text + (": no other pair shares more." if len(pairs) > 1 else ".")


def describe_quotations(quotations: pd.DataFrame) -> str:
    """Say how many quotations stand in two or more articles, and in which versions the most printed one does.

    The fullest version is the longest that these articles print, and not therefore what was said.

    Needs:
        quotation, article, text, speaker, version: as `tabulate_quotations` gives them

    Raises:
        InputError: if a column is missing
    """
    need(quotations, "quotation", "article", "text", "speaker", "version", verb="describe_quotations")
    if quotations.empty:
        return "No quotation was found in two articles."
    total = quotations["quotation"].nunique()
    rows = quotations[quotations["quotation"] == quotations["quotation"].min()]
    whole = rows[rows["version"] == "whole"].iloc[0]
    name = "outlet" if "outlet" in rows else "article"
    speaker = f" ({shorten(whole['speaker'], 60)})" if pd.notna(whole["speaker"]) else ""
    words = shorten(whole["text"].strip(' “”"'), 120)
    parts = []
    for version in ("whole", "cut", "changed", "paraphrased"):
        printed = list(dict.fromkeys(rows.loc[rows["version"] == version, name]))
        if printed:
            which = "this article" if len(printed) == 1 else "these articles"
            parts.append(f"{version} in {which} ({list_names([shorten(each, 60, middle=True) for each in printed])})")
    return (
        f"{count_of(total, 'quotation')} found in two or more articles; the most printed, “{words}”{speaker}, in "
        f"{count_of(rows['article'].nunique(), 'article')}: {'; '.join(parts)}."
    )
