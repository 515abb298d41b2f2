"""Average linkage on shares, worked out by hand."""

import itertools

import numpy as np
import pandas as pd
import pytest

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


def join_slowly(names, shares):
    """As the docstring says it: the two groups with the highest mean over the pairs between them, again and again."""
    groups, joins = [[name] for name in names], []
    while len(groups) > 1:
        near = {
            (i, j): np.mean([shares[min(a, b), max(a, b)] for a in groups[i] for b in groups[j]])
            for i, j in itertools.combinations(range(len(groups)), 2)
        }
        i, j = max(near, key=near.get)
        groups[i] += groups.pop(j)
        joins.append((groups[i][0], near[i, j], len(groups[i])))
    return joins


@pytest.mark.parametrize("seed", range(5))
def test_the_same_as_by_hand_where_no_two_are_as_near(seed):
    names = [f"{i:02}" for i in range(25)]
    draws = np.random.default_rng(seed).random(300)
    shares = dict(zip(itertools.combinations(names, 2), draws, strict=True))
    table, expected = group_outlets(make_reused(shares)), join_slowly(names, shares)
    assert table["a"].tolist() == [first for first, _, _ in expected]
    assert table["share"].tolist() == pytest.approx([share for _, share, _ in expected], abs=1e-8)
    assert table["outlets"].tolist() == [outlets for _, _, outlets in expected]


def test_of_shares_that_are_equal_the_names_decide_whatever_the_order_of_the_rows():
    reused = make_reused(dict.fromkeys(itertools.combinations("ABCDE", 2), 0.1 + 0.2))
    shuffled = reused.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(group_outlets(reused), group_outlets(shuffled))
    assert group_outlets(reused).iloc[0][["a", "b"]].tolist() == ["A", "B"]


@pytest.mark.parametrize("seed", range(5))
def test_of_shares_as_near_as_a_rounding_the_names_decide(seed):
    """Shares of a few sizes, so that most joins are ties, and each off by what an addition may be off."""
    draws = np.random.default_rng(seed)
    pairs = list(itertools.combinations("ABCDEFGHI", 2))
    shares = draws.integers(0, 3, len(pairs)) / 10
    exact = group_outlets(make_reused(dict(zip(pairs, shares, strict=True))))
    off = (shares + draws.uniform(-1e-13, 1e-13, len(pairs))).clip(0)
    shuffled = make_reused(dict(zip(pairs, off, strict=True))).sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(group_outlets(shuffled), exact, check_exact=True)
    assert exact["share"].is_monotonic_decreasing
    assert (exact["a"] < exact["b"]).all()


def test_of_two_pairs_that_are_as_near_the_first_in_the_alphabet_is_joined_first():
    table = group_outlets(make_reused({("C", "D"): 0.3, ("A", "B"): 0.1 + 0.2, ("A", "C"): 0.3 - 2e-9}))
    assert table[["a", "b"]].to_numpy().tolist() == [["A", "B"], ["C", "D"], ["A", "C"]]
    table = group_outlets(make_reused({("C", "D"): 0.3 + 2e-9, ("A", "B"): 0.3}))
    assert table["a"].tolist() == ["C", "A", "A"]
