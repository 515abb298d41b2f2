"""Two outlets at a time: the words that set them apart; and all of them: the words that they share."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ...tables import COUNTS, InputError, by_columns, need, quoted
from .cells import check_prior, spread_counts
from .keyness import Z


def compare_pairs(
    counts: pd.DataFrame,
    *,
    by: str = "outlet",
    against: str | None = None,
    prior: str | float = "pooled",
    prior_size: float = 100,
) -> pd.DataFrame:
    """Which words set two outlets apart, pair by pair?

    `compare_terms` sets each group against all others together; this sets it against each of them, or against the one
    that `against` names. The prior is the mix of all groups, the same for every pair, so that pairs can be compared.
    The measures are those of `compare_terms` and as little a test; of a pair (a, b) and (b, a) one is the other's
    negative. The table has groups² × terms rows: leave out rare terms first.

    Columns: that of `by`; other (the group it is set against); term; n, n_other; rate, rate_other (per 1,000 words);
    log_odds, z, g2, log_ratio, low, high, log_odds_low, log_odds_high; stop_word, if counted. A row for each term that
    one of the two prints, sorted by the pair, n from high to low, and term. Raises `InputError` for an `against` that
    is no group, and where `compare_terms` does.

    >>> counts = pd.DataFrame({"outlet": ["A", "A", "B"], "term": ["deal", "pact", "pact"], "n": [6, 2, 8],
    ...     "rate": [750.0, 250.0, 1000.0], "articles": 1, "articles_total": 1})
    >>> compare_pairs(counts, against="B")[["outlet", "other", "term", "n", "n_other", "g2", "log_ratio"]].round(2)
      outlet other  term  n  n_other     g2  log_ratio
    0      A     B  deal  6        0  12.17        inf
    1      A     B  pact  2        8 -12.17       -2.0
    """
    if not isinstance(by, str):
        raise InputError(f"by is {by!r}, but must be one column: compare_pairs names the other group in one")
    need(counts, by, *COUNTS[1:], verb="compare_pairs")
    check_prior(prior, prior_size)
    cells = spread_counts(counts, [by], verb="compare_pairs")
    groups = cells.keys[by]
    chosen = np.arange(len(groups))
    if against is not None:
        chosen = np.flatnonzero(groups == against)
        if not len(chosen):
            raise InputError(f"{by} '{against}' is not in these counts; they have {quoted(groups)}")
    one, other = np.meshgrid(np.arange(len(groups)), chosen, indexing="ij")
    one, other = one[one != other], other[one != other]
    n, words, rate = cells.values["n"], cells.words[:, None], cells.values["rate"]
    both, total = n[one] + n[other], words[one] + words[other]
    columns = {
        "n": n[one].astype(np.int64),
        "n_other": n[other].astype(np.int64),
        "rate": rate[one],
        "rate_other": rate[other],
        **cells.measure(n[one], words[one], both, total, cells.weigh(prior, prior_size)),
    }
    if cells.stop_words is not None:
        columns["stop_word"] = np.broadcast_to(cells.stop_words, both.shape)
    pair, term = np.nonzero(both)
    order = np.lexsort((term, -n[one[pair], term], pair))
    pair, term = pair[order], term[order]
    table = cells.keys.take(one[pair]).reset_index(drop=True)
    table["other"] = groups.take(other[pair]).reset_index(drop=True)
    table["term"] = cells.names.take(term)
    for column, values in columns.items():
        table[column] = values[pair, term]
    return table


def tabulate_shared_terms(counts: pd.DataFrame, *, by: str | Sequence[str] = "outlet") -> pd.DataFrame:
    """Which words do all outlets share at like rates?

    These are what tf-idf and keyness cannot show: the words in which the outlets agree. A like rate does not say that
    they mean the same, or say it of the same. A ratio of rare words is near 1 by chance as well as far from it, so the
    table is sorted by the upper end of its interval: what is both alike and frequent comes first. The interval treats
    words as independent draws, which those of one article are not: it is for sorting, and no test.

    Columns: term; n (of all groups together); groups (how many there are: all print the term); lowest, highest (rates
    per 1,000 words); lowest_in, highest_in (those groups; the first, where several are); ratio (highest / lowest, at
    least 1); ratio_high (ratio × e^(1.96 √(1/n + 1/n)) of these two groups); stop_word, if counted. Sorted by
    ratio_high, and term. Raises `InputError` where `compare_terms` does.

    >>> counts = pd.DataFrame({"outlet": ["A", "A", "B", "B"], "term": ["deal", "pact", "pact", "deal"],
    ...     "n": [4, 4, 4, 1], "rate": [500.0, 500.0, 800.0, 200.0], "articles": 1, "articles_total": 1})
    >>> tabulate_shared_terms(counts)[["term", "n", "lowest", "highest", "lowest_in", "ratio"]]
       term  n  lowest  highest lowest_in  ratio
    0  pact  8   500.0    800.0         A    1.6
    1  deal  5   200.0    500.0         B    2.5
    """
    by = by_columns(by)
    need(counts, *by, *COUNTS[1:], verb="tabulate_shared_terms")
    cells = spread_counts(counts, by, verb="tabulate_shared_terms")
    n, rate = cells.values["n"], cells.values["rate"]
    names = [" · ".join(map(str, row)) for row in cells.keys.itertuples(index=False)]
    if names:
        shared = np.flatnonzero((n > 0).all(axis=0))
        low, high = rate[:, shared].argmin(axis=0), rate[:, shared].argmax(axis=0)
    else:
        shared = low = high = np.zeros(0, dtype=np.int64)
    least, most = rate[low, shared], rate[high, shared]
    spread = np.sqrt(1 / n[low, shared] + 1 / n[high, shared])
    table = pd.DataFrame(
        {
            "term": cells.names.take(shared),
            "n": n[:, shared].sum(axis=0).astype(np.int64),
            "groups": len(names),
            "lowest": least,
            "highest": most,
            "lowest_in": pd.array([names[group] for group in low], dtype="str"),
            "highest_in": pd.array([names[group] for group in high], dtype="str"),
            "ratio": most / least,
            "ratio_high": most / least * np.exp(Z * spread),
        }
    )
    if cells.stop_words is not None:
        table["stop_word"] = cells.stop_words[shared]
    return table.sort_values(["ratio_high", "term"], kind="stable", ignore_index=True)
