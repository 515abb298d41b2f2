"""Charts of speakers, verbs and shared text, read back off the Axes. What holds for every chart is in test_charts."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from conftest import drawn, ticks

from analysis import plot_reused, plot_speakers, plot_verbs
from analysis.present.charts.voices import MOST_ROWS


@pytest.fixture(autouse=True)
def _clean_slate():
    yield
    plt.close("all")


SPEAKERS = pd.DataFrame(
    [("A", "Kim", "quote", 3), ("A", "Kim", "reported", 4), ("A", None, "quote", 9), ("B", "Putin", "reported", 2)],
    columns=["outlet", "speaker", "voice", "words"],
)


def test_bars_are_as_long_as_the_words_and_most_words_come_first():
    ax = plot_speakers(SPEAKERS)
    assert ticks(ax) == ["nobody named", "Kim", "Putin"]
    assert [bar.get_width() for bar in ax.containers[0]] == [9, 3, 0]
    assert [(bar.get_x(), bar.get_width()) for bar in ax.containers[1]] == [(9, 0), (3, 4), (0, 2)]


def test_only_the_first_speakers_are_drawn_and_the_chart_says_so():
    many = pd.DataFrame({"outlet": "A", "speaker": list("abcdefg"), "voice": "quote", "words": range(1, 8)})
    ax = plot_speakers(many, most=5)
    assert ticks(ax) == list("gfedc")
    assert drawn(ax, "note")[0].get_text() == "The first 5 of each outlet."
    assert not drawn(plot_speakers(many, most=7), "note")


@pytest.mark.parametrize("outlets", [2, 12, 30])
def test_speakers_take_sixty_rows_at_most(outlets):
    rows = [(f"{i:02}", f"s{j}", "quote", 9 - j) for i in range(outlets) for j in range(8)]
    ax = plot_speakers(pd.DataFrame(rows, columns=["outlet", "speaker", "voice", "words"]))
    assert len(ticks(ax)) + outlets <= MOST_ROWS


def test_cells_hold_the_counts_and_are_the_darker_the_larger_the_share():
    verbs = pd.DataFrame(
        [("A", "say", 8, 0.8), ("A", "warn", 2, 0.2), ("B", "say", 1, 1.0)], columns=["outlet", "verb", "n", "share"]
    )
    ax = plot_verbs(verbs)
    assert ticks(ax) == ["say", "warn"]
    assert [text.get_text() for text in ax.texts if text.get_text().isdigit()] == ["8", "1", "2"]
    say_a, say_b, warn_a, warn_b = (sum(cell.get_facecolor()[:3]) for cell in drawn(ax, "cell"))
    assert say_b < say_a < warn_a < warn_b


def test_a_column_holds_the_share_of_its_own_words_and_the_diagonal_is_empty():
    reused = pd.DataFrame(
        [("A", "A", np.nan), ("A", "B", 0.5), ("B", "A", 0.004), ("B", "B", np.nan)], columns=["a", "b", "share"]
    )
    ax = plot_reused(reused)
    cells = [text.get_text() for text in ax.texts if text.get_text() in ("–", "50 %", "<1 %")]
    assert cells == ["–", "50 %", "<1 %", "–"]


def test_one_outlet_shares_with_nobody():
    ax = plot_reused(pd.DataFrame({"a": ["A"], "b": ["A"], "share": [np.nan]}))
    assert [text.get_text() for text in ax.texts] == ["no rows to draw"]


def test_columns_without_room_are_counted():
    names = [f"{i:02}" for i in range(30)]
    verbs = pd.DataFrame({"outlet": names, "verb": "say", "n": 1, "share": 1.0})
    ax = plot_verbs(verbs)
    shown = len(drawn(ax, "heading"))
    assert shown < 30
    assert f"The first {shown} of 30 columns." in " ".join(drawn(ax, "note")[0].get_text().split())
