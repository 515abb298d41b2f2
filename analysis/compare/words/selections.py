"""With and without: how an outlet's list of words changes as more and more is left out that is not its own."""

import numbers
from collections.abc import Iterator, Sequence

import pandas as pd

from ...tables import InputError, need, need_articles
from ...voices.voices import label_voices
from .terms import compare_terms, count_terms

# Each leaves out one thing more than the one before it.
SELECTIONS = ("all", "without artefacts", "without quotes", "without reported", "without copied")
COLUMNS = (
    "outlet", "term", "selection", "n", "rate", "articles", "articles_total", "rank", "listed", "enters", "leaves",
)  # fmt: skip


def tabulate_selections(
    articles: pd.DataFrame, *, spans: pd.DataFrame | None = None, terms: Sequence[str] = (), top: int = 10
) -> pd.DataFrame:
    """Which words enter or leave an outlet's list when artefacts, quotes, reported speech and copied text are left out?

    Five selections, each without one thing more: "all" (the whole text of the `articles`), "without artefacts" (all
    `spans`, by default those of `label_voices`), "without quotes", "without reported" (the outlet's own voice) and
    "without copied" (of that, what no other article prints). In each the words that are no stop words are ranked by z
    of the log-odds, as `compare_terms` gives it with its default prior, and the first `top` with z above 0 are the
    list. The table has the words that are in the list of any selection, and those of `terms`, sorted by outlet, then by
    the first rank that the term has, term and selection.

    A rank is relative: a word falls where others rise, here or in the other outlets, and in one article a single
    printing moves it. What leaves was not therefore wrong, and what stays not therefore meant.

    Columns:
        outlet: whose list
        term: as `count_terms` lists it
        selection: one of the five, in the order above
        n: 0 where the selection has none
        rate: per 1,000 of its words
        articles: of the outlet, that have the term in the selection
        articles_total: of the outlet, that have a word in it
        rank: from 1; missing where n is 0, for a stop word, and where there is one outlet only
        listed: whether it is in the list
        enters: whether it is, and was not in that of the selection before
        leaves: whether it is not, and was in that of the selection before

    Raises:
        InputError: if a column is missing, spans are of other articles, a term is in none of them, or `top` is not a
            whole number above 0

    Example:
        >>> articles = pd.DataFrame({"article": ["a", "b"], "outlet": ["A", "B"], "event": "1",
        ...     "text": ["“A pact. A pact. A pact,” said Kim. The deal is a deal.", "Kim left Seoul."]})
        >>> table = tabulate_selections(articles, top=1)
        >>> table[["term", "selection", "n", "rank", "listed", "enters", "leaves"]].head(3)
           term          selection  n  rank  listed  enters  leaves
        0  pact                all  3     1    True   False   False
        1  pact  without artefacts  3     1    True   False   False
        2  pact     without quotes  0  <NA>   False   False    True
    """
    need_articles(articles, "outlet", "event", "text", verb="tabulate_selections")
    if isinstance(top, bool) or not isinstance(top, numbers.Integral) or top < 1:
        raise InputError(f"top is {top!r}, but must be a whole number above 0: how many words a list has")
    spans = label_voices(articles) if spans is None else spans
    need(spans, "article", "outlet", "text", "voice", "copied_from", verb="tabulate_selections")
    for article in spans.loc[~spans["article"].isin(articles["article"]), "article"][:1]:
        raise InputError(f"tabulate_selections needs the spans of the articles given; '{article}' is not among them")

    ranked = [_rank(rows, top) for rows in _select(articles, spans)]
    listed = pd.concat([table[table["listed"]] for table in ranked])[["outlet", "term"]].dropna()
    known = set(ranked[0]["term"]) | set(ranked[1]["term"])
    followed = [_find_term(term, known) for term in ([terms] if isinstance(terms, str) else terms)]
    outlets = sorted(set(articles["outlet"].dropna()))
    pairs = [*listed.itertuples(index=False, name=None), *((outlet, term) for outlet in outlets for term in followed)]
    keys = pd.DataFrame(sorted(set(pairs)), columns=["outlet", "term"], dtype="str")
    steps, before = [], False
    for name, table in zip(SELECTIONS, ranked, strict=True):
        step = keys.assign(selection=name).merge(table, on=["outlet", "term"], how="left")
        totals = table.groupby("outlet")["articles_total"].max()  # of an outlet that has other words there
        step["articles_total"] = step["outlet"].map(totals)
        here = step["listed"].eq(True)
        step = step.assign(listed=here, enters=here & ~before if steps else False, leaves=before & ~here)
        steps.append(step)
        before = here
    table = pd.concat(steps, ignore_index=True)
    table["selection"] = pd.Categorical(table["selection"], categories=SELECTIONS, ordered=True)
    counts = ["n", "articles", "articles_total"]
    table[[*counts, "rate"]] = table[[*counts, "rate"]].fillna(0)
    table = table.astype(dict.fromkeys(counts, "int64"))
    first = table.groupby(["outlet", "term"])["rank"].transform("first").astype("Float64")  # the first that is not NA
    table = table.assign(_first=first).sort_values(["outlet", "_first", "term", "selection"], kind="stable")
    return table[list(COLUMNS)].reset_index(drop=True)


def _select(articles: pd.DataFrame, spans: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The rows of each selection."""
    yield articles
    yield spans
    unquoted = spans[spans["voice"] != "quote"]
    yield unquoted
    own = unquoted[unquoted["voice"] != "reported"]
    yield own
    yield own[own["copied_from"].isna()]


def _rank(rows: pd.DataFrame, top: int) -> pd.DataFrame:
    """Each outlet's words with their rank, missing for stop words, and whether they are in its list."""
    table = compare_terms(count_terms(rows))
    table = table[table["n"] > 0]
    order = table[~table["stop_word"] & table["z"].notna()]
    order = order.sort_values(["outlet", "z", "term"], ascending=[True, False, True], kind="stable")
    rank = order.groupby("outlet", sort=False).cumcount() + 1
    table = table.assign(rank=rank.astype("Int64"))
    table["listed"] = ((table["rank"] <= top) & (table["z"] > 0)).fillna(False).astype(bool)
    return table[["outlet", "term", "n", "rate", "articles", "articles_total", "rank", "listed"]]


def _find_term(term: str, known: set[str]) -> str:
    """The word as `count_terms` lists it."""
    if term not in known:
        listed = count_terms(pd.DataFrame({"outlet": [""], "article": [""], "text": [term]}))["term"].tolist()
        if len(listed) != 1 or listed[0] not in known:
            raise InputError(f"terms must be single words of these articles; {term!r} is none")
        term = listed[0]
    return term
