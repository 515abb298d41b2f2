"""Two outlets at a time: the words that set them apart; and all of them: the words that they share."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ...tables import COUNTS, InputError, by_columns, need, quoted
from .cells import spread_counts
from .keyness import Z

EACH = "each"


def pair_groups(keys: pd.DataFrame, against: object) -> tuple[np.ndarray, np.ndarray]:
    """The rows of `keys` in pairs: each group, and each other that it is set against, or the one named."""
    if keys.shape[1] != 1:
        raise InputError(
            f"by is {list(keys.columns)!r}, but must be one column for against={against!r}: a pair names its other "
            "group in one"
        )
    groups, chosen = keys.iloc[:, 0], np.arange(len(keys))
    if against != EACH:
        chosen = np.flatnonzero(groups == against)
        if not len(chosen):
            raise InputError(
                f"against is {against!r}, but must be 'rest', 'each' or one of the column '{groups.name}', which has "
                f"{quoted(groups)}"
            )
    one, other = np.meshgrid(np.arange(len(groups)), chosen, indexing="ij")
    return one[one != other], other[one != other]


def tabulate_shared_terms(counts: pd.DataFrame, *, by: str | Sequence[str] = "outlet") -> pd.DataFrame:
    """Which words do all outlets share at like rates?

    These are what tf-idf and keyness cannot show: the words in which the outlets agree. A like rate does not say that
    they mean the same, or say it of the same. A ratio of rare words is near 1 by chance as well as far from it, so the
    table is sorted by the upper end of its interval (and by term): what is both alike and frequent comes first. The
    interval treats words as independent draws, which those of one article are not: it is for sorting, and no test.

    Columns:
        term: that all groups print
        n: of all groups together
        groups: how many there are
        lowest: lowest rate, per 1,000 words
        highest: highest rate, per 1,000 words
        lowest_in: the group that has it; the first, where several are
        highest_in: the group that has it; likewise
        ratio: highest / lowest, at least 1
        ratio_high: ratio × e^(1.96 √(1/n + 1/n)) of these two groups
        stop_word: as counted; only with a column `stop_word`

    Raises:
        InputError: where `compare_terms` does

    Example:
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
