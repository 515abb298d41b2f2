"""Words and short phrases: how often each group prints them, and how that sets it apart from the others."""

import numbers
from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..tables import COUNTS, InputError, by_columns, need, quoted
from .keyness import ALPHA, Z, bound_log_ratio, log_odds, log_ratio, signed_g2
from .tallies import finish_counts, group_rows, tally_terms

_AGAINST_OTHERS = ("log_odds", "z", "g2", "log_ratio", "low", "high", "log_odds_low", "log_odds_high")


def count_terms(
    spans: pd.DataFrame, *, by: str | Sequence[str] = "outlet", ngrams: int = 1, fold: bool = True
) -> pd.DataFrame:
    """How often does each outlet print each word?

    Counts the words of the rows it is given, and nothing else: select a voice, or text nobody copied, beforehand.
    `ngrams=2` counts pairs of neighbouring words too, `ngrams=3` also triples; none crosses from one row to the next.
    With `fold` printings of one word are counted as one (see `fold_word`). A count says what was printed, not what was
    meant, and a rate from one article says nothing of the outlet.

    Columns: those of `by`; term; n (at least 1); rate (per 1,000 words of the group, for phrases too); articles (of the
    group, that have the term); articles_total (of the group, that have a word); dispersion (deviation of proportions
    over the group's articles, 0 to 1: 0 if the term is spread as the words are, near 1 if it stands in one short
    article; always 0 in a group of one article); stop_word (the word, or the first or last of a phrase, is a function
    word such as *the*). Sorted by group, n from high to low, and term. Raises `InputError` if a column is missing or
    `ngrams` is not 1, 2 or 3. Dispersion: Gries (2008), International Journal of Corpus Linguistics 13(4).

    >>> spans = pd.DataFrame({"outlet": ["A", "B"], "article": ["1", "2"], "text": ["A deal. The deal!", "Kim's deal"]})
    >>> count_terms(spans)
      outlet  term  n   rate  articles  articles_total  dispersion  stop_word
    0      A  deal  2  500.0         1               1         0.0      False
    1      A     a  1  250.0         1               1         0.0       True
    2      A   the  1  250.0         1               1         0.0       True
    3      B  deal  1  500.0         1               1         0.0      False
    4      B   kim  1  500.0         1               1         0.0      False
    """
    by = by_columns(by)
    need(spans, *by, "article", "text", verb="count_terms")
    if isinstance(ngrams, bool) or ngrams not in (1, 2, 3):
        raise InputError(f"ngrams is {ngrams!r}, but must be 1, 2 or 3: the longest phrase to count, in words")

    return finish_counts(tally_terms(spans, by, ngrams, fold), by)


def compare_terms(
    counts: pd.DataFrame, *, by: str | Sequence[str] = "outlet", prior: str | float = "pooled", prior_size: float = 100
) -> pd.DataFrame:
    """Which words set each outlet apart from all the others together?

    One row for every group and every term of `counts`, so that n = 0 shows what a group does not print. All measures
    are effects of pooled counts: words of one article are no independent draws, and none of them is a test. Totals are
    the sums of the rows given, apart for words, pairs and triples: drop rows, and what is left is compared. The
    table has groups × terms rows, so take rare phrases out of a large corpus first.

    Columns: those of `count_terms` up to articles_total, then
    tf_idf: n × (ln((1 + N)/(1 + df)) + 1) for N groups, df of which have the term, each group scaled to length 1, as
    scikit-learn's `TfidfTransformer` does (so shared words stay above 0);
    log_odds, z: log-odds-ratio under an informative Dirichlet prior, and the same over its standard deviation
    (variance of four terms). Positive: more in this group. `prior="pooled"` adds to each side `prior_size` words
    in the mix of all groups; a number adds that much to each term, whatever its frequency. 100 words are a tenth to a
    quarter of a news article: enough that a word seen once does not lead, too few to drown one article. It is a
    convention, and the order of the words depends on it: with 10 rare words lead, with 1,000 frequent ones;
    g2: log-likelihood ratio of the 2 × 2 table, with the sign of the difference;
    log_ratio: log2 of the ratio of the two rates (1: twice as often), −inf and inf where one side has none; low, high:
    its 95 % interval for all terms of that length at once (Clopper–Pearson at α/2m), which may be infinite too;
    dispersion, as counted (NA where n = 0); log_odds_low, log_odds_high: log_odds ± 1.96 standard deviations;
    stop_word, if counted. Sorted by group, n from high to low, and term. With one group there is nobody to compare it
    with, and every measure but tf_idf is NA. Raises `InputError` for a term that is given twice for a group, or a prior
    that is not above 0.

    Monroe, Colaresi and Quinn (2008), Political Analysis 16(4); Dunning (1993), Computational Linguistics 19(1); Evert,
    Dykes and Peters (2018). The formulas stand in `keyness`.

    >>> counts = pd.DataFrame({"outlet": ["A", "A", "B"], "term": ["deal", "pact", "pact"], "n": [6, 2, 8],
    ...     "rate": [750.0, 250.0, 1000.0], "articles": 1, "articles_total": 1})
    >>> compare_terms(counts)[["outlet", "term", "n", "tf_idf", "log_odds", "g2", "log_ratio"]].round(2)
      outlet  term  n  tf_idf  log_odds     g2  log_ratio
    0      A  deal  6    0.97      0.24  12.17        inf
    1      A  pact  2    0.23     -0.24 -12.17       -2.0
    2      B  pact  8    1.00      0.24  12.17        2.0
    3      B  deal  0    0.00     -0.24 -12.17       -inf
    """
    by = by_columns(by)
    need(counts, *by, *COUNTS[1:], verb="compare_terms")
    _check_prior(prior, prior_size)
    optional = [column for column in ("stop_word",) if column in counts.columns]
    for row in np.flatnonzero(counts["term"].isna())[:1]:
        raise InputError(
            f"compare_terms needs a term in every row; row {row} has none (was the word 'null' read as NA?)"
        )
    counts = counts[counts["n"] > 0]
    groups, keys = group_rows(counts, by)
    terms, names = pd.factorize(counts["term"], sort=True)
    _check_groups(counts, by, groups * max(len(names), 1) + terms)

    def spread(column: str, blank: float) -> np.ndarray:
        matrix = np.full((len(keys), len(names)), blank, dtype=float)
        if column in counts.columns:
            matrix[groups, terms] = counts[column]
        return matrix

    n = spread("n", 0)
    f, f1, f2, total, together = _signatures(n, names.str.count(" ").to_numpy())
    if prior == "pooled":
        weight, prior_total = prior_size * f2 / total, prior_size
    else:
        weight, prior_total = float(prior), float(prior) * together
    delta, variance = log_odds(f, f1, f2 - f, total - f1, prior=weight, prior_total=prior_total)
    deviation = np.sqrt(variance)
    low, high = bound_log_ratio(f, f1, f2, total, tail=ALPHA / 2 / together)
    articles_total = counts["articles_total"].groupby(groups).max().to_numpy()
    columns = {
        "n": n.astype(np.int64),
        "rate": spread("rate", 0),
        "articles": spread("articles", 0).astype(np.int64),
        "articles_total": np.broadcast_to(articles_total.astype(np.int64)[:, None], n.shape),
        "tf_idf": _tf_idf(n),
        "log_odds": delta,
        "z": delta / deviation,
        "g2": signed_g2(f, f1, f2, total),
        "log_ratio": log_ratio(f, f1, f2, total),
        "low": low,
        "high": high,
        "dispersion": spread("dispersion", np.nan),
        "log_odds_low": delta - Z * deviation,
        "log_odds_high": delta + Z * deviation,
    }
    if len(keys) == 1:  # not compared is NA, not 0
        columns |= dict.fromkeys(_AGAINST_OTHERS, np.full(n.shape, np.nan))
    if optional:
        stopped = np.zeros(len(names), dtype=bool)
        stopped[terms[counts["stop_word"].to_numpy(dtype=bool)]] = True
        columns["stop_word"] = np.broadcast_to(stopped, n.shape)

    group, term = np.indices(n.shape).reshape(2, -1)
    order = np.lexsort((term, -n.ravel(), group))
    table = keys.take(group[order]).reset_index(drop=True)
    table["term"] = names.take(term[order])
    for column, values in columns.items():
        table[column] = values.ravel()[order]
    return table


def _check_prior(prior: str | float, prior_size: float) -> None:
    if prior != "pooled" and not _is_size(prior):
        raise InputError(f"prior is {prior!r}, but must be 'pooled' or a number above 0, which each term is given")
    if not _is_size(prior_size):
        raise InputError(f"prior_size is {prior_size!r}, but must be a number of words above 0")


def _is_size(value: object) -> bool:
    return isinstance(value, numbers.Real) and not isinstance(value, bool) and 0 < value < np.inf


def _check_groups(counts: pd.DataFrame, by: list[str], cells: np.ndarray) -> None:
    repeated = pd.Series(cells).duplicated().to_numpy()
    if repeated.any():
        row = counts.loc[repeated].iloc[0]
        raise InputError(
            f"compare_terms needs one row for each group and term; the term '{row['term']}' is given twice for "
            f"{quoted(row[by])}: count with the same by"
        )


def _signatures(n: np.ndarray, lengths: np.ndarray) -> tuple[np.ndarray, ...]:
    """f, f1, f2 and total of each group and term (see `keyness`), and how many terms have that length."""
    _, kind = np.unique(lengths, return_inverse=True)
    together = np.bincount(kind)
    sizes = np.stack([n[:, kind == k].sum(axis=1) for k in range(len(together))], axis=1) if len(together) else n
    return n, sizes[:, kind], n.sum(axis=0), sizes.sum(axis=0)[kind], together[kind]


def _tf_idf(n: np.ndarray) -> np.ndarray:
    if not n.size:
        return n
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfTransformer

    return TfidfTransformer().fit_transform(csr_matrix(n)).toarray()
