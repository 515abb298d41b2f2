"""Sentences about words: the whole sentence is tested."""

import pandas as pd
import pytest

from analysis import InputError, describe_shift

SHIFT = pd.DataFrame(
    [
        ("A", "E", "russia", 5, 0, 50.0, 0.0, 0.25),
        ("A", "E", "state", 1, 1_200, 10.0, 30.0, 0.125),
        ("A", "E", "pact", 1, 1, 10.0, 10.0, 0.0),
    ],
    columns=["a", "b", "term", "n_a", "n_b", "rate_a", "rate_b", "contribution"],
).assign(a_articles=1, b_articles=12)


def test_a_divergence_names_the_words_of_either_side():
    assert describe_shift(SHIFT.iloc[::-1]) == (
        "The words of this article (A) and E (12 articles) are 0.38 bits apart (Jensen–Shannon divergence, 0 to 1); "
        "any two texts are, short ones the more. What adds most, with the counts in the two: russia (5 and 0) at a "
        "higher rate in the first, state (1 and 1,200) in the second."
    )


def test_a_difference_of_scores_names_what_raises_and_what_lowers_it():
    scored = SHIFT.assign(contribution=[-0.25, 0.125, -0.5], score=1.0, a_articles=3)
    assert describe_shift(scored) == (
        "The mean score of the words of E (12 articles) less that of these 3 articles of A is −0.62. Raised most by, "
        "with their counts in the two: state (1 and 1,200); lowered most by: pact (1 and 1), russia (5 and 0). The "
        "scores are of words out of context, whoever says them: that is no tone of an outlet."
    )


def test_the_same_words_and_none():
    assert "What adds most, with the counts in the two: no word at a higher rate" in describe_shift(SHIFT.tail(1))
    assert describe_shift(SHIFT.head(0)) == "There are no words to compare."


def test_a_missing_column_is_named():
    with pytest.raises(InputError) as error:
        describe_shift(SHIFT[["a", "b", "term", "n_a"]])
    assert str(error.value) == (
        "describe_shift needs the columns 'n_b', 'rate_a', 'rate_b', 'contribution', 'a_articles', 'b_articles'; the "
        "table has 'a', 'b', 'term', 'n_a'"
    )
