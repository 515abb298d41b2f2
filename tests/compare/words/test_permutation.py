"""The permutation test against plain loops over every assignment, and against SciPy's."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from scipy import sparse, stats

from analysis import InputError
from analysis.compare.words import permutation
from analysis.compare.words.permutation import (
    HIGHEST_FLOOR,
    MOST_ASSIGNMENTS,
    find_nulls,
    permute_groups,
    score_sums,
)
from analysis.corpus.events.of_article import set_apart

WORDS = ["tax", "war", "vote", "plan", "law", "court", "bill"]


def make_values(articles, terms=6, seed=1):
    rng = np.random.default_rng(seed)
    return rng.poisson(1.2, (articles, terms)).astype(float)


def make_spans(outlets, *, words=12, seed=0, **columns):
    rng = np.random.default_rng(seed)
    texts = [" ".join(rng.choice(WORDS, words)) for _ in outlets]
    names = [f"a{i:03}" for i in range(len(texts))]
    return pd.DataFrame({"outlet": list(outlets), "article": names, "text": texts, **columns})


def every_order(labels, strata):
    """All distinct labellings within strata, by trying all orders."""
    found = {order for order in permutations(range(len(labels))) if all(strata[list(order)] == strata)}
    return np.unique([labels[list(order)] for order in found], axis=0)


def sums_of(values, labels, groups):
    return np.array([values[labels == group].sum(axis=0) for group in range(groups)])


CASES = [
    (np.array([0, 0, 0, 1, 1, 1]), np.zeros(6, dtype=int)),
    (np.array([0, 0, 1, 1, 2, 2, 0]), np.zeros(7, dtype=int)),
    (np.array([0, 1, 0, 1, 0, 1, 1]), np.array([0, 0, 1, 1, 2, 2, 2])),
    (np.array([0, 1, 1, 0, 0, 1, 0]), np.array([0, 0, 0, 1, 1, 1, 2])),
]


@pytest.mark.parametrize(("labels", "strata"), CASES)
def test_p_and_q_are_those_of_every_assignment(labels, strata, monkeypatch):
    monkeypatch.setattr(permutation, "HIGHEST_FLOOR", 1.0)
    groups, values = labels.max() + 1, make_values(len(labels))
    p, q, floors = permute_groups(sparse.csr_array(values), labels, strata, groups, seed=0)
    orders = every_order(labels, strata)
    nulls = find_nulls(sparse.csr_array(values), labels, strata, groups)
    sums = np.array([sums_of(values, order, groups) for order in orders])
    scores = np.array([score_sums(each, nulls) for each in sums])
    observed = score_sums(sums_of(values, labels, groups), nulls)
    np.testing.assert_allclose(p, (sums >= sums_of(values, labels, groups) - 1e-9).mean(axis=0))
    # Westfall and Young's algorithm 4.1, one cell after another from the highest down.
    cells = sorted(np.ndindex(observed.shape), key=lambda cell: -observed[cell])
    highest = 0.0
    for i, cell in enumerate(cells):
        below = np.array([max(score[other] for other in cells[i:]) for score in scores])
        highest = max(highest, (below >= observed[cell] - 1e-9).mean())
        assert q[cell] == pytest.approx(highest), cell
    for group in range(groups):
        ways = len(np.unique(orders == group, axis=0))
        assert floors[group] == pytest.approx(1 / ways)


@pytest.mark.parametrize(("labels", "strata"), CASES)
def test_the_moments_are_those_of_every_assignment(labels, strata):
    groups, values = labels.max() + 1, make_values(len(labels), seed=2)
    nulls = find_nulls(sparse.csr_array(values), labels, strata, groups)
    sums = np.array([sums_of(values, order, groups) for order in every_order(labels, strata)])
    np.testing.assert_allclose(nulls.mean, sums.mean(axis=0))
    moving = sums.std(axis=0) > 1e-9
    np.testing.assert_allclose(nulls.deviation[moving], sums.std(axis=0)[moving])
    assert np.isinf(nulls.deviation[~moving]).all()
    np.testing.assert_allclose(nulls.skewness[moving], stats.skew(sums, axis=0)[moving], atol=1e-9)


def test_p_is_scipys():
    spans = make_spans("AAAABBBB")
    table = permutation.test_terms(spans).set_index(["outlet", "term"])
    rates = np.array([np.sqrt(1000 * text.split().count("tax") / 12) for text in spans["text"]])
    expected = stats.permutation_test(
        (rates[:4], rates[4:]), lambda a, b, axis: a.mean(axis=axis) - b.mean(axis=axis), vectorized=True,
        alternative="greater", n_resamples=np.inf,
    )  # fmt: skip
    assert table.loc[("A", "tax"), "p"] == pytest.approx(expected.pvalue)
    assert expected.pvalue * 70 == pytest.approx(round(expected.pvalue * 70))


def test_many_articles_are_permuted_at_random_and_alike_each_time():
    spans = make_spans("AB" * 10)
    spans["text"] = np.where(spans["outlet"] == "A", spans["text"] + " pact", spans["text"])
    table = permutation.test_terms(spans, seed=3)
    pd.testing.assert_frame_equal(table, permutation.test_terms(spans.sample(frac=1, random_state=1), seed=3))
    assert not table.equals(permutation.test_terms(spans, seed=4))
    first = table.set_index(["outlet", "term"]).loc[("A", "pact")]
    # None of 999 is as high: compatible with up to scipy.stats.beta.ppf(0.95, 1, 999).
    assert first.tolist() == pytest.approx([0.001, 0.0029942393, 0.001])
    np.testing.assert_allclose(table["p"] * 1000, (table["p"] * 1000).round())
    assert (table["q"] >= table["p"]).all()


@pytest.mark.parametrize("outlets", ["00112233", "00001122", "00012345", "00123456"])
def test_eight_articles_are_tried_in_all_ways(outlets):
    owner = np.array(list(outlets), dtype=int)
    ways = permutation._count_ways(owner, np.zeros(8, dtype=int), owner.max() + 1)
    labels = np.where(ways[owner] >= 1 / HIGHEST_FLOOR, owner, 9)
    assert permutation._count_orders(labels) <= MOST_ASSIGNMENTS


def test_a_floor_above_five_per_cent_gives_no_p():
    below, above = permutation.test_terms(make_spans("AAABBB")), permutation.test_terms(make_spans("AAABB"))
    assert set(below["floor"]) == {0.05}
    assert below[["p", "q"]].notna().all(axis=None)
    assert set(above["floor"]) == {0.1}
    assert above[["p", "q"]].isna().all(axis=None)


def test_one_group_may_have_a_p_and_another_none():
    table = permutation.test_terms(make_spans("AAABBBC")).groupby("outlet")
    assert table["floor"].first().round(4).to_dict() == {"A": 0.0286, "B": 0.0286, "C": 0.1429}
    assert table["p"].count().gt(0).to_dict() == {"A": True, "B": True, "C": False}


def test_the_seeds_have_no_p(spans):
    table = permutation.test_terms(spans)
    assert set(table["floor"]) == {0.2}
    assert table[["p", "q"]].isna().all(axis=None)
    assert len(table) > 500


def test_articles_change_places_within_their_event_only():
    # A tells event 1 four times in five, B event 2: "war" is the event's word, not the outlet's.
    spans = pd.DataFrame({"outlet": list("AAAABBBBBA"), "event": list("1111122222"), "article": range(10)})
    spans["text"] = np.where(spans["event"] == "1", "war talks", "peace talks")
    spans = pd.concat([spans, spans.assign(article=spans["article"] + 10)])
    within, across = (permutation.test_terms(table).set_index(["outlet", "term"]) for table in
                      (spans, spans.assign(event="")))  # fmt: skip
    assert across.loc[("A", "war"), "p"] < 0.05
    assert within.loc[("A", "war"), "p"] == 1


def test_an_article_without_an_event_or_alone_with_it_stays():
    assert set_apart(np.array([-1, -1, -1])).tolist() == [0, 0, 0]
    assert set_apart(np.array([4, -1, 4, 2, -1])).tolist() == [1, 2, 1, 0, 3]
    spans = make_spans("AAABBB", event=["1", "2", "3", "4", "5", None])
    assert set(permutation.test_terms(spans)["floor"]) == {1.0}


def test_shuffled_labels_give_few_discoveries():
    # 100 tables under the null: with a chance of 5 % each, more than 11 have a chance of 0.4 %.
    values, strata = sparse.csr_array(make_values(20, 15, seed=8)), np.zeros(20, dtype=int)
    rng, found = np.random.default_rng(4), 0
    for draw in range(100):
        labels = rng.permutation(np.repeat(np.arange(4), 5))
        found += (permute_groups(values, labels, strata, 4, seed=draw)[1] <= 0.05).any()
    assert found <= 11


def test_an_article_in_two_groups_is_refused():
    spans = make_spans("AB").assign(article=["same", "same"])
    with pytest.raises(InputError) as error:
        permutation.test_terms(spans)
    assert str(error.value) == (
        "test_terms needs every article in one group; the article 'same' stands in more than one"
    )


def test_a_single_group_has_no_row():
    assert len(permutation.test_terms(make_spans("AAAA"))) == 0
    assert permutation.test_terms(make_spans("AAAA")).dtypes.astype(str).to_dict() == {
        "outlet": "str", "term": "str", "p": "float64", "q": "float64", "floor": "float64",
    }  # fmt: skip


def test_q_is_the_upper_end_of_its_simulation_error():
    found = np.array([0, 1, 38, 999])
    # stats.binomtest(k, 999).proportion_ci(0.9).high, whose ends leave 5 % on either side
    expected = [stats.binomtest(int(k), 999).proportion_ci(0.9).high for k in found]
    np.testing.assert_allclose(permutation.bound_share(found, 999), expected, rtol=1e-9)
    assert expected[2] < 0.05 < stats.binomtest(39, 999).proportion_ci(0.9).high
