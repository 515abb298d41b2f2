"""Rank each group's words, with a band for what other articles would have done and a mark for what the prior does."""

import numbers
from collections.abc import Sequence
from zlib import crc32

import numpy as np
import pandas as pd

from ...corpus.events.of_article import set_apart
from ...tables import InputError, by_columns, need
from ..uncertainty import MIN_ARTICLES
from .keyness import ALPHA, bound_log_ratio, log_odds, signed_g2
from .matrices import TermCounts, count_by_article
from .rank_bands import resample_ranks

# The list an outlet is known by; a term that is in it under one prior and not under another depends on the prior.
TOP = 10
# Ranks further down are not listed: nobody reads them, and their bands span hundreds of ranks.
MOST_RANKS = 100
# As `compare_terms`: a tenth to a quarter of an article.
PRIOR_SIZE = 100
PRIOR_SIZES = (10, 31.6, 100, 316, 1000)
RANKS = ("term", "rank", "rank_low", "rank_high", "unit", "prior_dependent", "n", "articles", "log_odds", "z",
         "agreement", "articles_total")  # fmt: skip


def rank_terms(
    spans: pd.DataFrame,
    *,
    by: str | Sequence[str] = "outlet",
    ngrams: int = 1,
    least_articles: int | None = None,
    replicates: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Which words set each outlet apart most, and how sure is their order?

    Words are ranked by z, the log-odds against all other groups under a pooled prior of 100 words (shrinkage: it draws
    rare words towards 0) over its standard deviation, as `compare_terms` has it for the words of the same rows; 1 is
    the most distinctive. Words that the group does not use more than the others have no rank. The band holds the rank
    in 95 % of `replicates` resamples of the articles (a bootstrap), drawn anew within every group (best rank where
    several share one, worst likewise), and always the rank itself. As in `summarise`, whole events are resampled where
    a group has five or more and several articles on one; of a group's only article its sentences, and `unit` says so:
    such a band lies within that article and says nothing of the outlet's others. A word that the others print once or
    never has a wide band, for its z rests on that once. A rank is no test, and the first rank is always taken by some
    word.

    Stop words, and phrases that begin or end with one, are left out; so are terms in fewer than `least_articles`
    articles (20, or a twentieth of the articles where there are fewer than 400). At most 100 ranks of a group are
    listed, sorted by group and rank, words of equal z in alphabetical order. With one group there is nothing to
    compare, and no row. The same seed gives the same table, whatever the order of the rows.

    Columns:
        those of `by`: the group
        term: as `count_terms` lists it
        rank: from 1
        rank_low: best rank of the band
        rank_high: worst rank of the band
        unit: what was resampled: event, article or sentence
        prior_dependent: whether it is among the first ten under some, but not all, of the prior sizes 10, 31.6, 100,
            316 and 1,000: no finding, but a choice of the prior's
        n: how often the group prints it
        articles: of the group, that have the term
        log_odds: above 0
        z: log_odds over its standard deviation
        agreement: 0 to 4: of z, log-ratio's lower bound, G² and tf-idf, how many have the term among their first ten
        articles_total: of the group, that have a word

    Raises:
        InputError: if a column is missing, `ngrams` is not 1, 2 or 3, or another number is too small

    Source: `compare_terms`; percentile bootstrap, Efron (1979)

    Example:
        >>> texts = ["tax tax cut", "tax vote", "vote war", "war war plan"]
        >>> spans = pd.DataFrame({"outlet": list("AABB"), "article": list("1234"), "sentence": 1, "text": texts})
        >>> rank_terms(spans)[["outlet", "term", "rank", "rank_low", "rank_high", "unit", "n"]]
          outlet  term  rank  rank_low  rank_high     unit  n
        0      A   tax     1         1          2  article  3
        1      A   cut     2         2          4  article  1
        2      B   war     1         1          2  article  3
        3      B  plan     2         2          4  article  1
    """
    by = by_columns(by)
    need(spans, *by, "article", "sentence", "text", verb="rank_terms")
    check_counting(ngrams, least_articles, seed)
    if not _is_whole(replicates) or replicates < 1:
        raise InputError(f"replicates is {replicates!r}, but must be a whole number from 1 on")

    counted = count_by_article(spans, by, ngrams=ngrams, least_articles=least_articles, sentences=True)
    return rank_counted(counted, replicates=replicates, seed=seed)


def rank_counted(counted: TermCounts, *, replicates: int, seed: int) -> pd.DataFrame:
    """The rows of `rank_terms` from counts by article."""
    groups, kinds = range(len(counted.keys)), counted.lengths - 1
    if len(groups) < 2:
        return _empty(counted.keys)
    rows = [np.flatnonzero(counted.owner == group) for group in groups]
    units = [counted.counts[row] for row in rows]
    words = [counted.words[row] for row in rows]
    n = np.stack([part.sum(axis=0, dtype=float) for part in units])
    sizes = np.stack([part.sum(axis=0) for part in words])
    delta, deviation = _log_odds(n, sizes, kinds, PRIOR_SIZE)
    z = delta / deviation
    orders = {size: _order(_z(n, sizes, kinds, size)) for size in PRIOR_SIZES}
    tops = [orders[size][:, :TOP] for size in PRIOR_SIZES]
    measures = [z, *_other_measures(n, sizes, kinds)]
    agreed = [_order(np.where(z > 0, measure, -np.inf))[:, :TOP] for measure in measures]

    drawn, tables, listed = [], [], []
    for group, row in enumerate(rows):
        order = orders[PRIOR_SIZE][group]
        order = order[order >= 0][:MOST_RANKS]
        unit, resampled = _choose_units(counted, row)
        drawn.append((resampled @ units[group], resampled @ words[group]))
        listed.append(order)
        has = units[group][:, order] > 0
        _, article = np.unique(counted.articles[row], return_inverse=True)
        table = counted.keys.take([group] * len(order)).reset_index(drop=True)
        table["term"] = counted.terms.take(order)
        table["rank"] = np.arange(1, len(order) + 1)
        table["unit"] = pd.array([unit] * len(order), dtype="str")
        inside = sum(np.isin(order, top[group]).astype(int) for top in tops)
        table["prior_dependent"] = (inside > 0) & (inside < len(tops))
        table["n"] = n[group, order].astype(np.int64)
        table["articles"] = (_join(article) @ has > 0).sum(axis=0)
        table["log_odds"], table["z"] = delta[group, order], z[group, order]
        table["agreement"] = sum(np.isin(order, top[group]).astype(int) for top in agreed)
        table["articles_total"] = len(np.unique(counted.articles[row][words[group][:, 0] > 0]))
        tables.append(table)
    seeds = [[seed, crc32("\x1f".join(map(str, key)).encode())] for key in counted.keys.to_numpy()]
    bands = resample_ranks(
        [part for part, _ in drawn], [part for _, part in drawn], kinds, listed,
        seeds=seeds, replicates=replicates, prior_size=PRIOR_SIZE,
    )  # fmt: skip
    for table, (best, worst) in zip(tables, bands, strict=True):
        low = np.quantile(best, ALPHA / 2, axis=0, method="lower")
        high = np.quantile(worst, 1 - ALPHA / 2, axis=0, method="higher")
        table["rank_low"], table["rank_high"] = np.minimum(low, table["rank"]), np.maximum(high, table["rank"])
    table = pd.concat(tables, ignore_index=True)
    return _typed(table[[*counted.keys.columns, *RANKS]])


def check_counting(ngrams: object, least_articles: object, seed: object) -> None:
    if isinstance(ngrams, bool) or ngrams not in (1, 2, 3):
        raise InputError(f"ngrams is {ngrams!r}, but must be 1, 2 or 3: the longest phrase to count, in words")
    if least_articles is not None and (not _is_whole(least_articles) or least_articles < 1):
        raise InputError(f"least_articles is {least_articles!r}, but must be a whole number from 1 on, or None")
    if not _is_whole(seed) or seed < 0:
        raise InputError(f"seed is {seed!r}, but must be a whole number from 0 on")


def _is_whole(value: object) -> bool:
    return isinstance(value, numbers.Integral) and not isinstance(value, bool)


def _choose_units(counted: TermCounts, rows: np.ndarray):
    """What is resampled of a group's rows, and the matrix that adds these rows up to it."""
    articles, events = counted.articles[rows], counted.events[rows]
    units = set_apart(events)
    if len(np.unique(articles)) == 1:
        return "sentence", _join(np.arange(len(rows)))
    if MIN_ARTICLES <= len(np.unique(units)) < len(rows):
        return "event", _join(units)
    return "article", _join(np.arange(len(rows)))


def _join(units: np.ndarray):
    """The matrix that adds up the rows of each unit."""
    from scipy import sparse

    ones = np.ones(len(units), dtype=np.float32)
    return sparse.csr_array((ones, (units, np.arange(len(units)))), shape=(units.max(initial=-1) + 1, len(units)))


def _log_odds(n: np.ndarray, sizes: np.ndarray, kinds: np.ndarray, prior_size: float) -> tuple[np.ndarray, np.ndarray]:
    total, all_sizes = n.sum(axis=0), sizes.sum(axis=0)[kinds]
    sizes = sizes[:, kinds]
    delta, variance = log_odds(
        n, sizes, total - n, all_sizes - sizes, prior=prior_size * total / all_sizes, prior_total=prior_size
    )
    return delta, np.sqrt(variance)


def _z(n: np.ndarray, sizes: np.ndarray, kinds: np.ndarray, prior_size: float) -> np.ndarray:
    delta, deviation = _log_odds(n, sizes, kinds, prior_size)
    return np.where((n > 0) & (delta > 0), delta / deviation, -np.inf)


def _order(measure: np.ndarray) -> np.ndarray:
    """The terms of each group from the highest measure down, −1 for those that are not ranked at all."""
    order = np.argsort(-np.nan_to_num(measure, nan=-np.inf), axis=1, kind="stable")
    return np.where(np.take_along_axis(measure, order, axis=1) > -np.inf, order, -1)


def _other_measures(n: np.ndarray, sizes: np.ndarray, kinds: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """log-ratio's lower bound, G² and tf-idf of each group and term, as `compare_terms` has them for these terms."""
    total, all_sizes, together = n.sum(axis=0), sizes.sum(axis=0)[kinds], np.bincount(kinds, minlength=1)[kinds]
    sizes = sizes[:, kinds]
    # The bound is slow, and who is above the others' rate has been ruled out where it is not.
    over = np.flatnonzero((n * (all_sizes - sizes) > (total - n) * sizes).ravel())
    bound = np.full(n.size, -np.inf)
    f, f1, f2, words, m = (np.broadcast_to(part, n.shape).ravel()[over] for part in
                           (n, sizes, total, all_sizes, together))  # fmt: skip
    bound[over] = bound_log_ratio(f, f1, f2, words, tail=ALPHA / 2 / m)[0]
    documents = np.log((1 + len(n)) / (1 + (n > 0).sum(axis=0))) + 1
    return bound.reshape(n.shape), signed_g2(n, sizes, total, all_sizes), n * documents


def _empty(keys: pd.DataFrame) -> pd.DataFrame:
    table = keys.iloc[:0].reset_index(drop=True)
    for column in RANKS:
        table[column] = np.zeros(0)
    return _typed(table)


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    whole = dict.fromkeys(("rank", "rank_low", "rank_high", "n", "articles", "agreement", "articles_total"), np.int64)
    return table.astype({**whole, "term": "str", "unit": "str", "prior_dependent": bool, "log_odds": float, "z": float})
