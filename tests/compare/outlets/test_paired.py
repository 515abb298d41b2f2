"""Outlets compared on the events that both tell: by hand, and against scipy's paired interval."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis import InputError, compare_outlets
from analysis.compare.uncertainty import MIN_ARTICLES


def scores_of(*rows, columns=("event", "outlet", "article", "score")):
    return pd.DataFrame(rows, columns=list(columns))


def paired(a, b):
    """One article of each outlet in each event."""
    rows = [
        (event, outlet, f"{outlet}{event}", x)
        for event, two in enumerate(zip(a, b, strict=True))
        for outlet, x in zip("AB", two, strict=True)
    ]
    return scores_of(*rows)


def test_articles_and_events_weigh_equally():
    scores = scores_of(
        (1, "A", "a1", 0.0), (1, "A", "a1", 1.0), (1, "A", "a2", 0.1),  # articles .5 and .1, the outlet .3
        (1, "B", "b1", 0.1),
        (2, "A", "a3", 0.5), (2, "B", "b2", 0.1), (2, "B", "b2", 0.3),
        (3, "A", "a4", 9.0),  # told by A alone
    )  # fmt: skip
    (row,) = compare_outlets(scores).to_dict("records")
    assert row["difference"] == pytest.approx((0.2 + 0.3) / 2)
    assert (row["a"], row["b"], row["events"], row["a_events"], row["b_events"], row["unit"]) == (
        "A",
        "B",
        2,
        3,
        2,
        "event",
    )


def test_what_differs_between_events_cancels_out():
    rng = np.random.default_rng(2)
    event, noise = rng.normal(0, 5, 60), rng.normal(0, 0.1, 60)
    (row,) = compare_outlets(paired(event + 0.2 + noise, event)).to_dict("records")
    expected = stats.ttest_1samp(0.2 + noise, 0).confidence_interval()
    assert row["difference"] == pytest.approx((0.2 + noise).mean())
    assert (row["low"], row["high"]) == pytest.approx((expected.low, expected.high), abs=0.005)
    assert row["low"] > 0


def test_the_interval_is_never_narrower_than_students():
    rng = np.random.default_rng(3)
    difference = rng.laplace(size=30) * (rng.random(30) < 0.3)
    (row,) = compare_outlets(paired(difference, np.zeros(30))).to_dict("records")
    expected = stats.ttest_1samp(difference, 0).confidence_interval()
    assert row["low"] <= expected.low + 1e-12 and row["high"] >= expected.high - 1e-12


@pytest.mark.parametrize("events", [1, 4, 5])
def test_under_five_shared_events_there_is_no_interval(events):
    table = compare_outlets(paired(np.linspace(0, 1, events), np.zeros(events)))
    assert table["events"].tolist() == [events]
    assert table[["low", "high"]].notna().all(axis=None) == (events >= MIN_ARTICLES == 5)


def test_outlets_that_share_no_event_have_no_row():
    table = compare_outlets(scores_of((1, "A", "a", 0.5), (1, "B", "b", 0.1), (2, "C", "c", 0.3)))
    assert table[["a", "b", "events"]].to_numpy().tolist() == [["A", "B", 1]]


def test_each_pair_is_compared_on_the_events_that_both_tell():
    rng = np.random.default_rng(4)
    told = {(event, outlet): rng.normal() for event in range(40) for outlet in "ABCDE" if rng.random() < 0.5}
    scores = scores_of(*((event, outlet, f"{outlet}{event}", x) for (event, outlet), x in told.items()))
    expected = {}
    for a, b in ("AB", "AC", "AD", "AE", "BC", "BD", "BE", "CD", "CE", "DE"):
        gaps = [told[event, a] - told[event, b] for event in range(40) if {(event, a), (event, b)} <= told.keys()]
        tells = [sum(outlet == one for _, outlet in told) for one in (a, b)]
        expected[a, b] = (len(gaps), pytest.approx(np.mean(gaps)), *tells)
    table = compare_outlets(scores).set_index(["a", "b"])[["events", "difference", "a_events", "b_events"]]
    assert {pair: tuple(row) for pair, row in zip(table.index, table.to_numpy().tolist(), strict=True)} == expected


def test_rows_without_event_or_value_do_not_enter():
    scores = scores_of(
        (1, "A", "a", 0.5), (1, "B", "b", 0.1), (None, "A", "x", 9.0), ("", "B", "y", 9.0), (1, "B", "z", np.nan)
    )
    (row,) = compare_outlets(scores).to_dict("records")
    assert row["difference"] == pytest.approx(0.4)
    assert (row["a_events"], row["b_events"]) == (1, 1)


def test_selection_and_wording_add_up():
    columns = ("event", "outlet", "article", "score", "statement")
    scores = scores_of(
        (1, "A", "a", -0.6, "strike"), (1, "A", "a", 0.2, "visit"),
        (1, "B", "b", -0.2, "strike"), (1, "B", "b", 0.4, None),
        columns=columns,
    )  # fmt: skip
    (row,) = compare_outlets(scores).to_dict("records")
    assert row["difference"] == pytest.approx(-0.2 - 0.1)
    assert row["wording"] == pytest.approx((-0.6 + 0.2) * 0.5)  # half of each article's rows tell of the strike
    assert row["selection"] == pytest.approx(row["difference"] - row["wording"])


def test_without_statements_the_parts_are_missing():
    assert compare_outlets(paired([0.1, 0.2], [0.0, 0.0]))[["selection", "wording"]].isna().all(axis=None)


def test_where_both_tell_all_alike_nothing_is_wording_and_where_nothing_is_shared_all_is_selection():
    columns = ("event", "outlet", "article", "score", "statement")
    same = scores_of((1, "A", "a", 0.3, "x"), (1, "B", "b", 0.3, "x"), (1, "B", "b", 0.9, "y"), columns=columns)
    (row,) = compare_outlets(same).to_dict("records")
    assert (row["wording"], row["selection"]) == pytest.approx((0, -0.3))
    apart = scores_of((1, "A", "a", 0.3, "x"), (1, "B", "b", 0.9, "y"), columns=columns)
    (row,) = compare_outlets(apart).to_dict("records")
    assert (row["wording"], row["selection"]) == pytest.approx((0, -0.6))


def test_strata_are_kept_apart():
    scores = paired([0.1, 0.2, 0.3, 0.4], [0.0] * 4).assign(genre=list("nnnnoooo"))
    table = compare_outlets(scores, by="genre")
    assert table[["genre", "events"]].to_numpy().tolist() == [["n", 2], ["o", 2]]
    assert table["difference"].tolist() == pytest.approx([0.15, 0.35])


def test_the_order_of_rows_changes_nothing():
    scores = paired(np.linspace(-1, 1, 40) ** 3, np.linspace(1, -0.3, 40)).assign(statement=list("xy") * 40)
    shuffled = scores.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(compare_outlets(shuffled), compare_outlets(scores), check_exact=True)


def test_no_rows_give_an_empty_table_of_the_same_types():
    scores = paired([0.1, 0.2], [0.0, 0.0])
    pd.testing.assert_series_equal(compare_outlets(scores.head(0)).dtypes, compare_outlets(scores).dtypes)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"score": list("abcd")}, "compare_outlets needs numbers in the column 'score', but it holds str"),
        (None, "seed is -1, but must be a whole number from 0 on"),
    ],
)
def test_what_can_not_be_compared_is_said(change, message):
    scores = paired([0.1, 0.2], [0.0, 0.0])
    with pytest.raises(InputError) as error:
        compare_outlets(scores.assign(**change) if change else scores, seed=0 if change else -1)
    assert str(error.value) == message
