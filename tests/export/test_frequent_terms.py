"""The table of terms, no larger than the text."""

import numpy as np
import pandas as pd
import pytest

from analysis import compare_terms
from analysis.export.frequent_terms import keep_frequent, make_terms


def count(outlets, terms, n):
    words = pd.Series(n).groupby(list(outlets)).transform("sum").to_numpy()
    columns = {"outlet": list(outlets), "term": list(terms), "n": n, "rate": 1000 * np.array(n) / words}
    return pd.DataFrame(columns).assign(articles=1, articles_total=1)


COUNTS = count("ABABAB", "aabbcd", [5, 1, 1, 3, 2, 2])  # a 6 times, b 4, c and d twice: 14 words in 6 rows


@pytest.mark.parametrize(("cells", "kept"), [(8, "abcd"), (7, "ab"), (6, "ab"), (4, "ab"), (3, "a"), (1, "")])
def test_terms_of_hundreds_of_outlets_did_not_fit_into_memory(monkeypatch, cells, kept):
    monkeypatch.setattr("analysis.export.frequent_terms.MOST_TERM_CELLS", cells)
    pd.testing.assert_frame_equal(keep_frequent(COUNTS), COUNTS[COUNTS["term"].isin(list(kept))])


@pytest.mark.parametrize(
    ("least", "words", "kept"),
    [(6, 40, "abcd"), (5, 40, "ab"), (4, 40, "ab"), (3, 40, "a"), (1, 40, ""), (1, 2.33, "abcd"), (1, 2.4, "ab")],
)
def test_the_table_of_terms_was_larger_than_the_text(monkeypatch, least, words, kept):
    monkeypatch.setattr("analysis.export.frequent_terms.LEAST_TERM_ROWS", least)
    monkeypatch.setattr("analysis.export.frequent_terms.WORDS_A_ROW", words)
    pd.testing.assert_frame_equal(keep_frequent(COUNTS), COUNTS[COUNTS["term"].isin(list(kept))])


def test_terms_had_a_row_for_every_word_that_an_outlet_does_not_print():
    whole, made = compare_terms(COUNTS), make_terms(COUNTS)
    assert len(whole) == 8
    assert len(made) == 6
    pd.testing.assert_frame_equal(made, whole[whole["n"] > 0].reset_index(drop=True))
