"""Average linkage on shares, worked out by hand."""

import itertools

import numpy as np
import pandas as pd
import pytest
from scipy.cluster.hierarchy import linkage

from analysis import group_outlets


def make_reused(shares):
    """Both directions of each pair have the same share."""
    rows = [(*pair, share) for (a, b), share in shares.items() for pair in ((a, b), (b, a))]
    return pd.DataFrame(rows, columns=["a", "b", "share"])


def test_the_nearest_are_joined_first_and_groups_by_the_mean_over_their_pairs():
    shares = {("A", "B"): 0.1, ("A", "C"): 0.5, ("A", "D"): 0.0, ("B", "C"): 0.3, ("B", "D"): 0.4, ("C", "D"): 0.0}
    table = group_outlets(make_reused(shares))
    # A and C at .5; B and D at .4; the two groups at (.1 + .3 + 0 + 0) / 4.
    assert table[["a", "b", "outlets"]].to_numpy().tolist() == [["A", "C", 2], ["B", "D", 2], ["A", "B", 4]]
    assert table["share"].tolist() == pytest.approx([0.5, 0.4, 0.1])


def test_a_pair_shares_the_mean_of_both_directions():
    table = group_outlets(pd.DataFrame({"a": ["A", "B"], "b": ["B", "A"], "share": [0.6, 0.2]}))
    assert table["share"].tolist() == pytest.approx([0.4])


def test_outlets_that_share_nothing_are_joined_last_at_zero():
    rows = [*make_reused({("A", "C"): 0.2}).to_numpy().tolist(), ["B", "B", np.nan], ["D", "D", np.nan]]
    table = group_outlets(pd.DataFrame(rows, columns=["a", "b", "share"]))
    assert table["share"].tolist() == [0.2, 0, 0]
    assert table["outlets"].tolist()[-1] == 4


def test_one_outlet_has_no_other_to_be_joined_with():
    assert group_outlets(pd.DataFrame({"a": ["A"], "b": ["A"], "share": [np.nan]})).empty


@pytest.mark.parametrize("seed", range(5))
def test_the_same_as_scipy_where_no_two_are_as_near(seed):
    names = [f"{i:02}" for i in range(25)]
    draws = np.random.default_rng(seed).random(300)
    table = group_outlets(make_reused(dict(zip(itertools.combinations(names, 2), draws, strict=True))))
    expected = linkage(1 - draws, method="average")
    assert (1 - table["share"]).tolist() == pytest.approx(expected[:, 2].tolist(), abs=1e-8)
    assert table["outlets"].tolist() == expected[:, 3].astype(int).tolist()


def test_of_shares_that_are_equal_the_names_decide_whatever_the_order_of_the_rows():
    reused = make_reused(dict.fromkeys(itertools.combinations("ABCDE", 2), 0.1 + 0.2))
    shuffled = reused.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(group_outlets(reused), group_outlets(shuffled))
    assert group_outlets(reused).iloc[0][["a", "b"]].tolist() == ["A", "B"]
