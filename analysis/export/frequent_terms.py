"""The table of terms: compared over all outlets, and no larger than the text it is made of."""

import numpy as np
import pandas as pd

from ..compare.words.terms import compare_terms

# Terms are compared in a matrix of outlets × terms; hundreds of outlets and all of their words would be a hundred
# million cells, in a dozen matrices.
MOST_TERM_CELLS = 1_000_000
# A row of `terms` is as long as forty-five words of text: a large corpus has no more rows, so that the table is no
# larger than the text. The small ones that a spreadsheet is for keep all of their words.
WORDS_A_ROW = 45
LEAST_TERM_ROWS = 75_000


def make_terms(counts: pd.DataFrame) -> pd.DataFrame:
    """The table `terms` of the counts of all words: compared over all outlets, written of those that print the word."""
    compared = compare_terms(keep_frequent(counts))
    return compared[compared["n"] > 0].reset_index(drop=True)


def keep_frequent(counts: pd.DataFrame) -> pd.DataFrame:
    """The rows of the most frequent terms: as many terms as the comparison and the table have room for.

    Of terms that are as frequent as the first that has no room, none is kept.
    """
    words = (1000 * counts["n"] / counts["rate"]).groupby(counts["outlet"], dropna=False).max().sum()
    terms = counts.groupby("term", sort=False)["n"].agg(["sum", "size"]).sort_values("sum", ascending=False)
    room = max(LEAST_TERM_ROWS, words / WORDS_A_ROW)
    most = MOST_TERM_CELLS // max(counts["outlet"].nunique(dropna=False), 1)
    left = terms["sum"][(terms["size"].cumsum() > room) | (np.arange(len(terms)) >= most)]
    if left.empty:
        return counts
    return counts[counts["term"].map(terms["sum"]) > left.iloc[0]].reset_index(drop=True)
