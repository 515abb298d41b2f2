"""Which outlets belong together by the text they share."""

import numpy as np
import pandas as pd

from ...tables import need

JOINS = ("a", "b", "share", "outlets")
# A share in parts per thousand million: of two that differ by less, the outlets' names decide and not a rounding.
_DECIMALS, _LESS = 9, 1e-10


def group_outlets(reused: pd.DataFrame) -> pd.DataFrame:
    """Which outlets share the most text with each other?

    Two outlets are as near as the mean of the two shares, of a's words in b and of b's in a; two groups as the mean
    over the pairs between them (average linkage, drawn as a dendrogram). The nearest are joined first, until one group
    is left. That outlets are in one group says that they print the same passages, such as those of an agency; not that
    one copied the other, nor that they agree. Which passages count is decided beforehand: those of kind prose leave out
    quotations. A pair without a row, or without a share, shares nothing. One row a join, one less than there are
    outlets, in order of falling `share`; outlets that share nothing are joined last, at 0.

    Columns:
        a: a group that is joined, by the name of its first outlet in the alphabet
        b: the other, behind a in the alphabet
        share: 0 to 1, how much they share on average
        outlets: in the group that is made, which is called a from then on

    Raises:
        InputError: if a column is missing

    Source: average linkage, Sokal and Michener (1958)

    Example:
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
    count = len(shares)
    if count < 2:
        return []
    from scipy.cluster.hierarchy import linkage

    apart = 1 - shares[np.triu_indices(count, k=1)].round(_DECIMALS)
    apart += np.linspace(0, _LESS, len(apart))  # a pair that comes first is nearer by less than is counted
    first_of, joins = list(range(count)), []
    for one, other, distance, outlets in linkage(apart, method="average"):
        a, b = sorted((first_of[int(one)], first_of[int(other)]))
        first_of.append(a)
        joins.append((a, b, max(round(1 - float(distance), _DECIMALS), 0.0), int(outlets)))
    return joins
