"""Which outlets belong together by the text they share."""

import numpy as np
import pandas as pd

from ..tables import need

JOINS = ("a", "b", "share", "outlets")
# A share in parts per thousand million: of two that differ by less, the outlets' names decide and not a rounding.
_DECIMALS = 9
_GONE = -1.0  # a group that is part of another by now


def group_outlets(reused: pd.DataFrame) -> pd.DataFrame:
    """Which outlets share the most text with each other?

    Two outlets are as near as the mean of the two shares, of a's words in b and of b's in a; two groups as the mean
    over the pairs between them (average linkage). The nearest are joined first, until one group is left. That outlets
    are in one group says that they print the same passages, such as those of an agency; not that one copied the other,
    nor that they agree. Which passages count is decided beforehand: those of kind prose leave out quotations.

    Columns: `a, b` (the groups that are joined, each by the name of its first outlet in the alphabet, a before b),
    `share` (0 to 1; how much they share on average), `outlets` (in the group that is made, which is called a from then
    on). One row a join, one less than there are outlets, in order of falling `share`; outlets that share nothing are
    joined last, at 0. A pair without a row, or without a share, shares nothing. Raises `InputError` if a column is
    missing. Source: average linkage, Sokal and Michener (1958).

    >>> reused = pd.DataFrame({"a": list("ABBCAC"), "b": list("BACBCA"), "share": [0.3, 0.1, 0.0, 0.1, 0.0, 0.05]})
    >>> group_outlets(reused).round(4)
       a  b   share  outlets
    0  A  B  0.2000        2
    1  A  C  0.0375        3
    """
    need(reused, "a", "b", "share", verb="group_outlets")
    rows = reused.dropna(subset=["a", "b"])
    names = sorted({str(name) for name in [*rows["a"], *rows["b"]]})
    place = {name: i for i, name in enumerate(names)}
    shares = np.zeros((len(names), len(names)))
    for a, b, share in zip(rows["a"], rows["b"], rows["share"].fillna(0.0), strict=True):
        shares[place[str(a)], place[str(b)]] = share
    joins = [(names[a], names[b], share, outlets) for a, b, share, outlets in _join((shares + shares.T) / 2)]
    table = pd.DataFrame.from_records(joins, columns=list(JOINS))
    return table.astype({"a": "str", "b": "str", "share": float, "outlets": np.int64})


def _join(shares: np.ndarray) -> list[tuple[int, int, float, int]]:
    """Join the nearest two groups, of several as near those that come first, until one is left."""
    count, joins = len(shares), []
    sums, sizes = shares.copy(), np.ones(count)
    means = np.where(np.triu(np.ones((count, count), dtype=bool), k=1), shares.round(_DECIMALS), _GONE)
    for _ in range(count - 1):
        a, b = map(int, divmod(int(means.argmax()), count))
        share = float(means[a, b])
        means[b], means[:, b] = _GONE, _GONE
        sums[a] += sums[b]
        sums[:, a] += sums[:, b]
        sizes[a] += sizes[b]
        joins.append((a, b, share, int(sizes[a])))
        new = (sums[a] / (sizes[a] * sizes)).round(_DECIMALS)
        means[a, a + 1 :] = np.where(means[a, a + 1 :] == _GONE, _GONE, new[a + 1 :])
        means[:a, a] = np.where(means[:a, a] == _GONE, _GONE, new[:a])
    return joins
