"""Outlets set against each other two at a time, and the words that all of them share."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from compare.words.test_terms import F8, counts_of, spans_of

from analysis import InputError, compare_terms, count_terms, tabulate_shared_terms

MEASURES = ["log_odds", "log_odds_low", "log_odds_high", "z", "g2", "log_ratio", "log_ratio_low", "log_ratio_high"]
THREE = counts_of(a=Counter("aaabbccccccdefghh"), b=Counter("aabccddddefh"), c=Counter("abbbbccddeeeeeffgh"))


def test_of_two_outlets_the_other_is_the_rest():
    pairs, rest = compare_terms(F8, against="each"), compare_terms(F8)
    pd.testing.assert_frame_equal(pairs.drop(columns="against"), rest.drop(columns="against"), check_exact=True)
    assert pairs["against"].tolist() == ["d2"] * 8 + ["d1"] * 8
    assert rest["against"].eq("rest").all()


def test_a_pair_knows_nothing_of_a_third_but_through_the_prior():
    pairs = compare_terms(THREE, against="each", prior=0.5).query("outlet == 'a' and against == 'b'")
    alone = compare_terms(THREE[THREE["outlet"] != "c"], prior=0.5).query("outlet == 'a'")
    columns = ["term", "n", "n_against", "rate", "rate_against", *MEASURES]
    pd.testing.assert_frame_equal(pairs[columns].reset_index(drop=True), alone[columns].reset_index(drop=True))
    pooled = compare_terms(THREE, against="each").query("outlet == 'a' and against == 'b'")
    assert (pooled["log_ratio"].to_numpy() == pairs["log_ratio"].to_numpy()).all()
    assert not np.isclose(pooled["z"], pairs["z"]).all()


def test_what_is_of_the_group_alone_is_the_same_whomever_it_is_set_against():
    of_group = ["outlet", "term", "n", "rate", "articles", "articles_total", "tf_idf", "dispersion", "c_tf_idf"]
    rest = compare_terms(THREE)[of_group].set_index(["outlet", "term"])
    pairs = compare_terms(THREE, against="each")[of_group].set_index(["outlet", "term"])
    pd.testing.assert_frame_equal(pairs, rest.loc[pairs.index])


def test_each_ordered_pair_has_a_row_and_its_mirror():
    pairs = compare_terms(THREE, against="each")
    assert pairs.drop_duplicates(["outlet", "against"])[["outlet", "against"]].to_numpy().tolist() == [
        ["a", "b"], ["a", "c"], ["b", "a"], ["b", "c"], ["c", "a"], ["c", "b"],
    ]  # fmt: skip
    mirror = pairs.merge(pairs, left_on=["outlet", "against", "term"], right_on=["against", "outlet", "term"])
    assert len(mirror) == len(pairs)
    np.testing.assert_allclose(mirror["log_odds_x"], -mirror["log_odds_y"], atol=1e-12)
    np.testing.assert_allclose(mirror["log_ratio_low_x"], -mirror["log_ratio_high_y"], atol=1e-9)
    assert (mirror["n_x"] == mirror["n_against_y"]).all()
    np.testing.assert_allclose(mirror["rate_x"], mirror["rate_against_y"], rtol=1e-12)


def test_only_terms_of_the_two_have_rows():
    counts = counts_of(a={"x": 2}, b={"y": 1}, c={"z": 5})
    pairs = compare_terms(counts, against="each")
    assert pairs[(pairs["outlet"] == "a") & (pairs["against"] == "b")]["term"].tolist() == ["x", "y"]
    assert len(pairs) == 6 * 2


def test_against_one_outlet():
    whole = compare_terms(THREE, against="each")
    chosen = compare_terms(THREE, against="b")
    pd.testing.assert_frame_equal(chosen, whole[whole["against"] == "b"].reset_index(drop=True))
    assert chosen["outlet"].unique().tolist() == ["a", "c"]


def test_columns_are_the_same_whatever_it_is_set_against_and_in_an_empty_table():
    counts = count_terms(spans_of(("A", "1", "a pact"), ("B", "2", "deal")))
    full = compare_terms(counts)
    for against in ("each", "A"):
        pd.testing.assert_series_equal(compare_terms(counts, against=against).dtypes, full.dtypes)
    for few, against in ((counts.head(0), "each"), (counts.head(0), "rest"), (counts[counts["outlet"] == "A"], "each")):
        empty = compare_terms(few, against=against)
        assert empty.empty
        pd.testing.assert_series_equal(empty.dtypes, full.dtypes)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"against": "d"},
            "against is 'd', but must be 'rest', 'each' or one of the column 'outlet', which has 'a', 'b', 'c'",
        ),
        (
            {"against": None},
            "against is None, but must be 'rest', 'each' or one of the column 'outlet', which has 'a', 'b', 'c'",
        ),
        (
            {"by": ["outlet", "articles"], "against": "each"},
            "by is ['outlet', 'articles'], but must be one column for against='each': a pair names its other group in "
            "one",
        ),
        ({"prior": -1}, "prior is -1, but must be 'pooled' or a number above 0, which each term is given"),
    ],
)
def test_what_cannot_be_paired_is_named(options, message):
    with pytest.raises(InputError) as error:
        compare_terms(THREE, **{"against": "each", **options})
    assert str(error.value) == message


# -------------------------------------------------------------------------------------------- tabulate_shared_terms


def test_shared_terms_are_those_of_all_and_the_most_alike_and_frequent_come_first():
    counts = counts_of(
        a={"the": 300, "pact": 30, "war": 30, "odd": 1, "only": 639},
        b={"the": 300, "pact": 31, "war": 90, "odd": 1, "rest": 578},
        c={"the": 310, "pact": 30, "war": 60, "odd": 1, "rest": 599},
    )
    table = tabulate_shared_terms(counts)
    assert table["term"].tolist() == ["the", "pact", "war", "odd"]  # a word seen once is alike by chance
    war = table.set_index("term").loc["war"]
    assert war[["n", "groups", "lowest", "highest", "lowest_in", "highest_in", "ratio"]].tolist() == [
        180, 3, 30.0, 90.0, "a", "b", 3.0,
    ]  # fmt: skip
    assert war["ratio_high"] == pytest.approx(3 * np.exp(1.959963984540054 * np.sqrt(1 / 30 + 1 / 90)))
    assert table.set_index("term").loc["odd", "ratio"] == 1


def test_shared_terms_of_counts_and_of_compared_terms_are_the_same():
    counts = count_terms(spans_of(("A", "1", "the pact the deal"), ("B", "2", "the pact"), ("C", "3", "the war")))
    table = tabulate_shared_terms(counts)
    assert table[["term", "stop_word"]].to_numpy().tolist() == [["the", True]]
    pd.testing.assert_frame_equal(tabulate_shared_terms(compare_terms(counts)), table)


def test_several_columns_name_a_group_together():
    spans = spans_of(
        ("A", "own", "1", "pact"), ("A", "quote", "1", "pact pact"), columns=("outlet", "voice", "article", "text")
    )
    by = ["outlet", "voice"]
    assert tabulate_shared_terms(count_terms(spans, by=by), by=by)["lowest_in"].tolist() == ["A · own"]


def test_nothing_shared_gives_an_empty_table_with_the_same_types():
    full = tabulate_shared_terms(counts_of(a={"x": 1}, b={"x": 1}))
    for counts in (counts_of(a={"x": 1}, b={"y": 1}), F8.head(0)):
        empty = tabulate_shared_terms(counts)
        assert empty.empty
        pd.testing.assert_series_equal(empty.dtypes, full.dtypes)
