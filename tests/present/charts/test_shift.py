"""The chart of a word shift, read back off the Axes. What holds for every chart is in test_charts."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from conftest import drawn, ticks
from matplotlib.colors import to_hex

from analysis import plot_shift, use_style
from analysis.present.charts.style import PALETTE


@pytest.fixture(autouse=True)
def _clean_slate():
    yield
    plt.close("all")
    with matplotlib.rc_context():
        use_style()


def note_of(ax):
    return " ".join(drawn(ax, "note")[0].get_text().split())


SHIFT = pd.DataFrame(
    [("A", "E", "russia", 5, 0, 50.0, 0.0, 0.25), ("A", "E", "state", 1, 3, 10.0, 30.0, 0.125)],
    columns=["a", "b", "term", "n_a", "n_b", "rate_a", "rate_b", "contribution"],
).assign(a_articles=1, b_articles=1)


def bars(ax):
    return [(bar.get_width(), to_hex(bar.get_facecolor())) for bar in ax.containers[0]]


def test_a_bar_points_to_the_outlet_that_prints_the_word_more_and_has_its_colour():
    ax = plot_shift(SHIFT)
    assert ticks(ax) == ["russia", "state"]
    assert bars(ax) == [(-0.25, PALETTE[0]), (0.125, PALETTE[1])]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["more often in A", "more often in E"]
    assert [text.get_text() for text in ax.texts if text.get_text().isdigit()] == ["5", "1", "0", "3"]
    assert note_of(ax) == (
        "Divergence of all words: 0.375 bits. One article each: the articles differ, not therefore their outlets."
    )


def test_with_scores_a_bar_points_where_the_mean_goes():
    scored = SHIFT.assign(contribution=[-0.25, -0.125], score=1.0, a_articles=2)
    ax = plot_shift(scored)
    assert bars(ax) == [(-0.25, PALETTE[0]), (-0.125, PALETTE[1])]
    assert note_of(ax) == "Mean in E less that in A: −0.375. What raises it stands right."


def test_the_first_words_are_drawn_and_the_chart_says_of_how_many():
    table = pd.concat([SHIFT.assign(term=[f"a{i}", f"b{i}"]) for i in range(15)])
    assert len(ticks(plot_shift(table))) == 20
    assert "The first 20 of 30 words." in note_of(plot_shift(table))
    assert "The first 3 of 30 words." in note_of(plot_shift(table, terms=3))


def test_a_word_that_adds_nothing_is_not_drawn():
    assert ticks(plot_shift(SHIFT.assign(contribution=[0.0, 0.1]))) == ["state"]


def test_outlets_keep_the_colours_they_have_in_the_corpus():
    with matplotlib.rc_context():
        use_style(list("ABCDE"))
        assert [colour for _, colour in bars(plot_shift(SHIFT))] == [PALETTE[0], PALETTE[4]]
