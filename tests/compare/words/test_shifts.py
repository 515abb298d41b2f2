"""Word shift: against the numbers of other programs, and by hand."""

import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import jensenshannon

from analysis import InputError, compare_terms, count_terms, describe_shift, tabulate_shift
from analysis.compare.words.shifts import SHIFT, divergence, shift
from analysis.tables import COUNTS


def counts_of(**groups):
    rows = [
        (outlet, term, n, 1000 * n / sum(counts.values()), 1, 1)
        for outlet, counts in groups.items()
        for term, n in counts.items()
    ]
    return pd.DataFrame(rows, columns=list(COUNTS)).astype({"n": "int64", "rate": "float64"})


# The two-group fixture of the oracles: the difference of entropies and both divergences, and the shares of their words
# in the sum without signs, as Gallagher et al. (2021) draw them. The Jensen-Shannon divergence is scipy's, squared.
F2 = counts_of(d1={"b": 7, "a": 3}, d2={"a": 7, "b": 2})
P1, P2 = np.array([0.3, 0.7]), np.array([7 / 9, 2 / 9])  # a, b


def test_the_divergence_and_its_parts_are_those_of_the_oracles_and_of_scipy():
    table = tabulate_shift(F2, "d1", "d2").set_index("term")
    assert table["contribution"].sum() == pytest.approx(0.1728841796, abs=5e-11)
    assert table["contribution"].sum() == pytest.approx(jensenshannon(P1, P2, base=2) ** 2, abs=1e-14)
    assert table["share"].to_dict() == pytest.approx({"a": 0.4576033403, "b": 0.5423966597}, abs=5e-11)


def test_the_difference_of_entropies_is_a_shift_of_surprise():
    parts = shift(P1, P2, -np.log2(P1), -np.log2(P2))
    assert parts.sum() == pytest.approx(-0.1170863927, abs=5e-11)
    assert parts / np.abs(parts).sum() == pytest.approx([-0.662126826, 0.337873174], abs=5e-10)


def test_the_kullback_leibler_divergence_is_a_shift_too():
    parts = shift(P2, P2, -np.log2(P2), -np.log2(P1))
    assert parts.sum() == pytest.approx(0.7011183274, abs=5e-11)


def test_the_reference_moves_the_parts_and_never_their_sum():
    scores = np.array([2.0, -1.0])
    sums = [shift(P1, P2, scores, scores, reference=reference).sum() for reference in (0, 5)]
    assert sums == pytest.approx([P2 @ scores - P1 @ scores] * 2)


def test_a_word_of_one_side_only_adds_half_its_part():
    parts = divergence([0.5, 0.5, 0.0], [0.5, 0.0, 0.5])
    assert parts.tolist() == [0.0, 0.25, 0.25]
    assert shift([0.5, 0.5], [1.0, 0.0], 1.0, np.array([1.0, np.inf])).tolist() == [0.5, -0.5]


def test_nothing_in_common_is_one_bit_and_the_same_words_none():
    table = tabulate_shift(counts_of(A={"x": 1}, B={"y": 3}), "A", "B")
    assert table["contribution"].sum() == 1.0
    table = tabulate_shift(counts_of(A={"x": 1, "y": 2}, B={"x": 2, "y": 4}), "A", "B")
    assert table[["contribution", "share"]].to_numpy().tolist() == [[0, 0], [0, 0]]


def test_columns_rates_and_order_by_hand():
    table = tabulate_shift(counts_of(A={"x": 3, "y": 1}, B={"x": 3, "z": 1}, C={"q": 9}), "A", "B")
    assert list(table.columns) == list(SHIFT)
    assert table[["a", "b", "term", "n_a", "n_b", "rate_a", "rate_b"]].to_numpy().tolist() == [
        ["A", "B", "y", 1, 0, 250.0, 0.0],
        ["A", "B", "z", 0, 1, 0.0, 250.0],
        ["A", "B", "x", 3, 3, 750.0, 750.0],
    ]
    assert table[["a_articles", "b_articles"]].to_numpy().tolist() == [[1, 1]] * 3


def test_a_words_part_is_its_change_times_its_distance_from_the_mean_of_a():
    counts = counts_of(A={"good": 2, "bad": 2, "grey": 9}, B={"good": 1, "bad": 3, "grey": 1})
    table = tabulate_shift(counts, "A", "B", scores={"good": 2.0, "bad": -1.0})
    # a's mean is .5; b has a quarter of good instead of a half.
    assert table[["term", "contribution", "share", "score", "component"]].to_numpy().tolist() == [
        ["bad", 0.25 * -1.5, -0.5, -1.0, "more, lower"],
        ["good", -0.25 * 1.5, -0.5, 2.0, "less, higher"],
    ]
    assert table["contribution"].sum() == pytest.approx((2 - 3) / 4 - (4 - 2) / 4)
    assert table["rate_a"].tolist() == [500, 500]


def test_the_lexicon_that_comes_with_the_package_scores_words():
    table = tabulate_shift(counts_of(A={"war": 1, "united": 1, "the": 5}, B={"united": 2}), "A", "B", scores="vader")
    # vader_lexicon.txt of vaderSentiment 3.3.2: united 1.8, war -2.9
    assert table.set_index("term")["score"].to_dict() == {"united": 1.8, "war": -2.9}


def test_rows_of_zero_and_of_finer_groups_change_nothing(spans):
    counts = count_terms(spans)
    expected = tabulate_shift(counts, "C", "D")
    pd.testing.assert_frame_equal(tabulate_shift(compare_terms(counts), "C", "D"), expected)
    finer = tabulate_shift(count_terms(spans, by=["outlet", "voice"]), "C", "D")
    pd.testing.assert_frame_equal(finer, expected)


def test_the_order_of_rows_changes_nothing_and_the_input_stays(spans):
    counts = count_terms(spans)
    before = counts.copy(deep=True)
    table = tabulate_shift(counts, "A", "E", scores="vader")
    pd.testing.assert_frame_equal(
        tabulate_shift(counts.sample(frac=1, random_state=3), "A", "E", scores="vader"), table
    )
    pd.testing.assert_frame_equal(counts, before)


def test_swapping_the_two_turns_a_tone_round_and_leaves_a_divergence(spans):
    counts = count_terms(spans)
    there, back = (tabulate_shift(counts, *pair) for pair in (("A", "C"), ("C", "A")))
    assert there["term"].tolist() == back["term"].tolist()
    np.testing.assert_allclose(there["contribution"], back["contribution"], rtol=0, atol=1e-15)
    there, back = (tabulate_shift(counts, *pair, scores="vader")["contribution"].sum() for pair in ("AC", "CA"))
    assert there == pytest.approx(-back)


def test_by_default_the_two_with_the_most_words_are_compared():
    counts = counts_of(A={"x": 1}, B={"x": 2, "y": 4}, C={"x": 2, "z": 2})
    pd.testing.assert_frame_equal(tabulate_shift(counts), tabulate_shift(counts, "B", "C"))
    tied = counts_of(B={"x": 1}, A={"y": 1})
    pd.testing.assert_frame_equal(tabulate_shift(tied), tabulate_shift(tied, "A", "B"))


@pytest.mark.parametrize("counts", [counts_of(A={"x": 1}), counts_of(A={"x": 1}).head(0)])
@pytest.mark.parametrize("scores", [None, {"x": 1.0}])
def test_one_outlet_stopped_the_notebook_on_words(counts, scores):
    table = tabulate_shift(counts, scores=scores)
    full = tabulate_shift(F2, "d1", "d2", scores=scores and {"a": 1.0, "b": 2.0})
    assert len(table) == 0
    pd.testing.assert_series_equal(table.dtypes, full.dtypes)
    assert describe_shift(table) == "There are no words to compare."


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"b": None},
            "tabulate_shift needs two of outlet, or none for the two with most words, but was given one",
        ),
        ({"b": "F"}, "outlet 'F' is not in these counts; they have 'd1', 'd2'"),
        ({"by": ["outlet"]}, "by is ['outlet'], but must be one column: tabulate_shift compares two groups of it"),
        ({"scores": {"z": 1.0}}, "none of the words of outlet 'd1' has a score"),
        ({"scores": "tone"}, "scores 'tone' is not known; it has 'vader', or a mapping from words to numbers"),
        ({"scores": {"a": np.inf}}, "scores must be finite numbers, but that of 'a' is inf"),
        ({"scores": {"a": "high"}}, "scores must be finite numbers, but that of 'a' is 'high'"),
        (
            {"by": "voice"},
            "tabulate_shift needs the column 'voice'; the table has 'outlet', 'term', 'n', 'rate', 'articles', "
            "'articles_total'",
        ),
    ],
)
def test_what_can_not_be_shifted_is_named(change, message):
    with pytest.raises(InputError) as error:
        tabulate_shift(F2, **{"a": "d1", "b": "d2", **change})
    assert str(error.value) == message


def test_something_else_than_a_table_is_refused():
    with pytest.raises(InputError) as error:
        tabulate_shift([1], "A", "B")
    assert str(error.value) == "tabulate_shift needs a DataFrame, but was given a list"


def test_a_group_is_at_no_distance_from_itself():
    table = tabulate_shift(F2, "d1", "d1")
    assert table["contribution"].tolist() == [0.0] * len(table)
