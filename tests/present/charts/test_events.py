"""Charts over many events, read back off the Axes. What holds for every chart is in test_charts."""

import itertools

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from conftest import drawn, ticks

from analysis import group_outlets, plot_events, plot_groups, plot_outlets, plot_volume
from analysis.compare.outlets.paired import MIN_EVENTS
from analysis.present.charts.events import MOST_EVENTS, MOST_ROWS

NOTE = "Invented: nobody here exists."


@pytest.fixture(autouse=True)
def _clean_slate():
    yield
    plt.close("all")


def note_of(ax):
    return " ".join(drawn(ax, "note")[0].get_text().split())


def make_events(count, outlets="AB"):
    rows = [(f"e{i:03}", len(outlets), outlet, 1) for i in range(count) for outlet in outlets]
    return pd.DataFrame(rows, columns=["event", "outlets", "outlet", "articles"])


def make_pairs(rows):
    return pd.DataFrame(rows, columns=["a", "b", "events", "difference", "low", "high"])


def test_a_cell_holds_the_articles_and_is_empty_where_there_are_none():
    events = pd.DataFrame(
        [("2", None, 2, "A", 1), ("2", None, 2, "B", 3), ("1", "The fair", 1, "B", 1)],
        columns=["event", "title", "outlets", "outlet", "articles"],
    )
    ax = plot_events(events, note=NOTE)
    assert ticks(ax) == ["2", "The fair"]  # in the order of the table; without a title the event's own name
    assert [text.get_text() for text in ax.texts if text.get_text() in ("", "1", "3")] == ["1", "3", "", "1"]
    assert note_of(ax) == f"Number of articles; empty: none in this corpus. {NOTE}"


@pytest.mark.parametrize("more", [0, 1])
def test_sixty_events_are_drawn_and_the_rest_counted(more):
    events = make_events(MOST_EVENTS + more - 1)
    alone = pd.DataFrame({"event": ["aaa"], "outlets": [1], "outlet": ["A"], "articles": [9]})
    ax = plot_events(pd.concat([alone, events], ignore_index=True))
    assert len(ticks(ax)) == MOST_EVENTS
    assert ("aaa" in ticks(ax)) == (not more)  # told by one outlet only, it goes first
    assert ("60 of 61 events, those that most outlets tell." in note_of(ax)) == bool(more)


def test_bars_are_as_high_as_the_articles_on_one_scale_for_all():
    weeks = pd.date_range("2031-03-03", periods=2, freq="7D")
    rows = [
        ("A", weeks[0], "week", 4),
        ("A", weeks[1], "week", 0),
        ("B", weeks[0], "week", 1),
        ("B", weeks[1], "week", 2),
    ]
    ax = plot_volume(pd.DataFrame(rows, columns=["outlet", "period", "unit", "articles"]), note=NOTE)
    heights = np.array([bar.get_height() for bar in drawn(ax, "bar")])
    assert heights / heights[0] == pytest.approx([1, 0, 0.25, 0.5])
    first, second, *_ = drawn(ax, "bar")
    assert second.get_x() - first.get_x() == 7
    assert note_of(ax) == f"2 weeks, from 3 March 2031 to that of 10 March 2031. {NOTE}"
    assert (ax.get_title(), ax.get_xlabel()) == ("Articles a week", "first day of the week")


def test_months_are_named_with_their_year():
    rows = [("A", month, "month", 1) for month in pd.date_range("2029-11-01", periods=40, freq="MS")]
    ax = plot_volume(pd.DataFrame(rows, columns=["outlet", "period", "unit", "articles"]))
    labels = [label.get_text() for label in ax.get_xticklabels()]
    assert labels[0] == "Nov 2029" and len(labels) > 2
    assert note_of(ax) == "40 months, from 1 November 2029 to that of 1 February 2033."


@pytest.mark.parametrize(("events", "solid"), [(MIN_EVENTS - 1, False), (MIN_EVENTS, True)])
def test_a_line_is_solid_and_a_dot_filled_from_thirty_events_on(events, solid):
    ax = plot_outlets(make_pairs([("A", "B", events, 0.2, 0.1, 0.3)]), note=NOTE)
    (line,), (dot,) = drawn(ax, "interval"), drawn(ax, "dot")
    assert (line.get_linestyle() == "-") == solid
    assert (dot.get_markerfacecolor() != "white") == solid
    assert ("All dashed: fewer than 30 events in common, and no direction is named." in note_of(ax)) != solid
    assert note_of(ax).endswith(NOTE)


def test_the_outlet_above_is_less_the_one_in_the_row():
    ax = plot_outlets(make_pairs([("B", "C", 40, -0.25, -0.3, -0.2), ("A", "C", 12, 0.1, np.nan, np.nan)]), value="x")
    assert [text.get_text() for text in drawn(ax, "heading")] == ["A", "B"]
    assert ticks(ax) == ["less C", "less C"]
    assert [dot.get_xdata()[0] for dot in drawn(ax, "dot")] == [0.1, -0.25]
    assert [list(line.get_xdata()) for line in drawn(ax, "interval")] == [[-0.3, -0.2]]
    assert {"+0.10", "−0.25", "12", "40"} <= {text.get_text() for text in ax.texts}
    assert ax.get_xlabel() == "difference in x"
    assert "Dashed, hollow: fewer than 30 events" in note_of(ax)


def test_of_many_pairs_those_with_the_most_events_are_drawn():
    names = [f"{i:02}" for i in range(14)]
    rows = [(a, b, 100 + i, 0.1, 0.0, 0.2) for i, (a, b) in enumerate(itertools.combinations(names, 2))]
    ax = plot_outlets(make_pairs(rows))
    dots, heads = len(drawn(ax, "dot")), len(drawn(ax, "heading"))
    assert dots + heads <= MOST_ROWS and f"{dots} of 91 pairs, those with the most events in common." in note_of(ax)
    assert "190" in {text.get_text() for text in ax.texts}


def make_joins(shares):
    rows = [(*pair, share) for (a, b), share in shares.items() for pair in ((a, b), (b, a))]
    return group_outlets(pd.DataFrame(rows, columns=["a", "b", "share"]))


def test_outlets_that_are_joined_stand_next_to_each_other_and_meet_at_their_share():
    ax = plot_groups(make_joins({("A", "D"): 0.4, ("B", "C"): 0.2, ("A", "B"): 0.0}), note=NOTE)
    assert [text.get_text() for text in drawn(ax, "heading")] == ["A", "D", "B", "C"]
    assert [line.get_xdata()[0] for line in drawn(ax, "join")] == pytest.approx([0.4, 0.2, 0.0])
    assert [list(line.get_ydata()) for line in drawn(ax, "join")] == [[0, 1], [2, 3], [0.5, 2.5]]
    assert ax.get_xlim()[0] > 0.4 and ax.get_xlim()[1] == 0
    assert note_of(ax).endswith(NOTE)


def test_of_many_outlets_those_that_share_the_most_are_drawn():
    names = [f"{i:02}" for i in range(40)]
    ax = plot_groups(make_joins({(a, b): int(b) / 1000 for a, b in itertools.combinations(names, 2)}))
    shown = [text.get_text() for text in drawn(ax, "heading")]
    assert len(shown) == 30 and "39" in shown and "01" not in shown
    assert "30 of 40 outlets, those that share the most." in note_of(ax)


def test_the_smallest_share_has_its_mark_on_the_axis():
    ax = plot_groups(make_joins({("A", "B"): 0.0005}))
    assert [label.get_text() for label in ax.get_xticklabels()] == ["0", "0.02 %", "0.04 %"]


def test_outlets_that_share_nothing_are_drawn_apart():
    ax = plot_groups(make_joins({("A", "B"): 0.0}))
    assert [text.get_text() for text in drawn(ax, "heading")] == ["A", "B"]
    assert [line.get_xdata()[0] for line in drawn(ax, "join")] == [0.0]
