"""Rank bands, read back off the Axes. What holds for every chart is in test_charts."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from conftest import drawn, ticks

from analysis import plot_ranks
from analysis.present.charts.terms import MOST_ROWS


@pytest.fixture(autouse=True)
def _clean_slate():
    yield
    plt.close("all")


def note_of(ax):
    return " ".join(drawn(ax, "note")[0].get_text().split())


def make_ranks(*rows):
    columns = ["outlet", "term", "rank", "rank_low", "rank_high", "unit", "prior_dependent", "n", "articles"]
    return pd.DataFrame(rows, columns=columns)


RANKS = make_ranks(
    ("A", "tax", 1, 1, 3, "article", False, 12, 5),
    ("A", "cut", 2, 2, 40, "article", True, 7, 1),
    ("B", "war", 1, 1, 2000, "sentence", False, 3, 1),
)


def test_dots_and_bands_stand_at_their_ranks():
    ax = plot_ranks(RANKS)
    assert ticks(ax) == ["tax", "cut*", "war"]
    assert [dot.get_xdata()[0] for dot in drawn(ax, "dot")] == [1, 2, 1]
    assert [list(band.get_xdata()) for band in drawn(ax, "interval")] == [[1, 3], [2, 40], [1, 1000]]
    assert [dot.get_markerfacecolor() == "white" for dot in drawn(ax, "dot")] == [False, True, True]
    assert [band.get_linestyle() for band in drawn(ax, "interval")] == ["-", "-", "--"]
    assert ax.get_xscale() == "log"
    texts = [text.get_text() for text in ax.texts]
    assert [text for text in texts if "–" in text] == ["1–3", "2–40", "1–1,000+"]


def test_the_note_explains_what_is_drawn_and_no_more():
    assert note_of(plot_ranks(RANKS)) == (
        "Line: 95 % band over resampled articles. Dashed: 95 % band within one article, not for the outlet. Hollow: "
        "found in one article only. * depends on the prior: not always among the first ten. Bands end at rank 1,000."
    )
    assert note_of(plot_ranks(RANKS.head(1))) == "Line: 95 % band over resampled articles."
    assert note_of(plot_ranks(RANKS.head(1).assign(unit="event"))) == "Line: 95 % band over resampled events."
    assert note_of(plot_ranks(RANKS.tail(1).assign(rank_high=999))) == (
        "Dashed: 95 % band within one article, not for the outlet. Hollow: found in one article only."
    )


def test_only_the_first_terms_are_drawn():
    many = make_ranks(*[("A", f"t{i:02}", i, i, i + 1, "article", False, 9, 9) for i in range(1, 15)])
    ax = plot_ranks(many.iloc[::-1], terms=3)
    assert ticks(ax) == ["t01", "t02", "t03"]
    assert note_of(ax).endswith("Line: 95 % band over resampled articles.")
    outlets = pd.concat([many.assign(outlet=f"{i:02}") for i in range(20)])
    ax = plot_ranks(outlets)
    assert len(ticks(ax)) + 20 <= MOST_ROWS
    assert note_of(ax).endswith("The first 2 of each outlet.")


def test_without_counts_and_articles_it_draws_bands_only():
    ax = plot_ranks(RANKS.drop(columns=["n", "articles"]))
    assert all(dot.get_markerfacecolor() != "white" for dot in drawn(ax, "dot"))
    assert "n" not in [text.get_text() for text in ax.texts]
