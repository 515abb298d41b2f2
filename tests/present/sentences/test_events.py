"""Sentences over many events: the whole sentence is tested, and the thresholds on both sides."""

import pandas as pd
import pytest

from analysis import describe_events, describe_outlets

CHANCE = "Of twenty such intervals one leaves out zero by chance where nothing differs."
STANCE = "Valence is how pleasant a sentence is, not anybody’s stance."


def make_events(told):
    """Events by the outlets that tell each."""
    rows = [(f"e{i}", len(outlets), outlet) for i, outlets in enumerate(told) for outlet in outlets]
    return pd.DataFrame(rows, columns=["event", "outlets", "outlet"])


def make_pairs(*rows):
    columns = ["a", "b", "events", "difference", "low", "high", "a_events", "b_events"]
    return pd.DataFrame(list(rows), columns=columns)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ([], "There are no events to describe."),
        (
            ["ABC"],
            "1 event that two outlets tell: one event cannot show how outlets differ, since what it shows is that of "
            "this article or that one.",
        ),
        (
            ["A", "B"],
            "No event that two outlets tell, of 2: events that one outlet tells cannot show how outlets differ, since "
            "what it shows is that of this article or that one.",
        ),
        (
            ["AB", "AB", "A", "A"],
            "2 of 4 events are told by two or more of 2 outlets. Only those can be compared: 50 % of the 4 of A, 100 % "
            "of the 2 of B.",
        ),
    ],
)
def test_what_enters_a_comparison(told, sentence):
    assert describe_events(make_events(told)) == sentence


def test_twelve_outlets_are_named_and_the_others_counted():
    sentence = describe_events(make_events(["ABCDEFGHIJKLMN", "BCDEFGHIJKLN"]))
    assert "1 of A" not in sentence and "compared: 100 % of the 2 of B, " in sentence
    assert sentence.endswith("100 % of the 2 of N, and 2 more outlets in the table.")


def test_no_direction_under_thirty_events_however_clear_the_interval():
    assert describe_outlets(make_pairs(("A", "B", 29, 0.5, 0.4, 0.6, 40, 50), ("A", "C", 7, 0.5, 0.4, 0.6, 40, 9))) == (
        "No two outlets have 30 events in common that could be compared, so no direction is named; A and B have the "
        "most, 29."
    )


@pytest.mark.parametrize(
    ("difference", "low", "high", "names", "shares"),
    [
        (0.2, 0.1, 0.31, "B than in A", "75 % of those of B and 60 % of those of A"),
        (-0.2, -0.31, -0.1, "A than in B", "60 % of those of A and 75 % of those of B"),
    ],
)
def test_the_direction_from_thirty_events_on(difference, low, high, names, shares):
    assert describe_outlets(make_pairs(("A", "B", 30, difference, low, high, 50, 40)), value="x") == (
        f"1 of 1 pair of outlets has 30 events or more in common. On those events the mean x is lower in {names} by "
        f"0.20 (0.10 to 0.31), on 30 events, {shares}. {CHANCE} {STANCE}"
    )


@pytest.mark.parametrize(("low", "high"), [(0.0, 0.4), (-0.4, 0.0), (-0.1, 0.1)])
def test_no_direction_where_the_interval_reaches_zero(low, high):
    assert describe_outlets(make_pairs(("A", "B", 30, (low + high) / 2, low, high, 50, 40))) == (
        "1 of 1 pair of outlets has 30 events or more in common. In none of them does the interval of the difference "
        f"in valence of words leave out zero. {STANCE}"
    )


def test_the_largest_difference_comes_first_and_the_others_are_counted():
    sentence = describe_outlets(
        make_pairs(
            ("A", "B", 30, 0.1, 0.05, 0.2, 50, 40),
            ("A", "C", 31, 0.3, 0.2, 0.4, 50, 62),
            ("B", "C", 29, 0.3, 0.2, 0.4, 50, 62),
        )
    )
    assert sentence.startswith("2 of 3 pairs of outlets have 30 events or more in common. ")
    assert sentence.index("lower in C than in A") < sentence.index("lower in B than in A")
    assert "lower in C than in B" not in sentence
    assert sentence.endswith(f"For the other 1 pair no direction is named. {CHANCE} {STANCE}")


def test_nothing_to_compare():
    assert describe_outlets(make_pairs()) == "There is no event on which two outlets could be compared."
