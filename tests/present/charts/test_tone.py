"""Charts of tone, read back off the Axes. What holds for every chart is in test_charts."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from conftest import drawn, ticks
from matplotlib.colors import to_hex

from analysis import InputError, plot_sayings, plot_target, plot_targets
from analysis.compare.uncertainty import MIN_ARTICLES
from analysis.present.charts.terms import MOST_ROWS


@pytest.fixture(autouse=True)
def _clean_slate():
    yield
    plt.close("all")


COLUMNS = ["event", "entity", "outlet", "voice", "n", "articles", "balance", "low", "high", "unit"]
TONES = pd.DataFrame(
    [
        ("1", "Putin", "A", "own", 3, 1, -2.0, -3.0, -1.0, "sentence"),
        ("1", "Putin", "A", "quote", 1, 1, 0.5, np.nan, np.nan, "sentence"),
        ("1", "Putin", "A", "all", 4, 1, -1.5, -3.0, 0.5, "sentence"),
        ("1", "Putin", "B", "all", 2, 1, 1.0, 0.2, 1.8, "sentence"),
        ("1", "Kim", "A", "all", 9, 1, 3.0, 2.0, 4.0, "sentence"),
        ("1", "Xi", "B", "all", 1, 1, 0.02, np.nan, np.nan, "sentence"),
    ],
    columns=COLUMNS,
)


def texts(ax, gid):
    return [text.get_text() for text in drawn(ax, gid)]


def note_of(ax):
    return " ".join(texts(ax, "note")[0].split())


def numbers(ax):
    return [text.get_text() for text in ax.texts if text.get_text()[-1:].isdigit() and text.get_gid() is None]


def test_targets_that_most_outlets_name_come_first_then_those_in_most_sentences():
    ax = plot_targets(TONES)
    assert texts(ax, "heading") == ["Putin", "Kim", "Xi"]
    assert ticks(ax) == ["A", "B", "A", "B"]
    assert [dot.get_xdata()[0] for dot in drawn(ax, "dot")] == [-1.5, 1.0, 3.0, 0.02]
    assert numbers(ax) == ["−1.5", "+1.0", "+3.0", "0.0", "4", "2", "9", "1"]


def test_within_one_article_intervals_are_dashed_and_a_single_sentence_is_hollow():
    ax = plot_targets(TONES)
    lines = drawn(ax, "interval")
    assert [list(line.get_xdata()) for line in lines] == [[-3.0, 0.5], [0.2, 1.8], [2.0, 4.0]]
    assert all(line.is_dashed() for line in lines)
    assert [dot.get_markerfacecolor() == "white" for dot in drawn(ax, "dot")] == [False, False, False, True]
    assert note_of(ax) == (
        "Dashed: 95 % interval within one article, not for the outlet. Hollow: a single sentence. n: sentences. A sum: "
        "the more sentences, the further it can reach."
    )


@pytest.mark.parametrize(("articles", "lines"), [(MIN_ARTICLES - 1, 0), (MIN_ARTICLES, 3)])
def test_an_interval_over_articles_from_five_on(articles, lines):
    ax = plot_targets(TONES.assign(articles=articles, unit="article"))
    assert [line.is_dashed() for line in drawn(ax, "interval")] == [False] * lines
    said = "Line: 95 % interval over articles." if lines else "No interval under 5 articles: it would be too narrow."
    assert note_of(ax).startswith(said)


def test_one_voice_alone():
    ax = plot_targets(TONES, voice="quote")
    assert ax.get_title() == "Tone by target, quoted"
    assert numbers(ax) == ["+0.5", "1"]
    with pytest.raises(InputError) as error:
        plot_targets(TONES, voice="inner")
    assert str(error.value) == "voice 'inner' is not in this table; it has 'all', 'own', 'quote'"


def test_of_several_events_the_one_with_most_sentences_is_drawn_and_named():
    other = TONES.assign(event="2", n=TONES["n"] + 1, balance=9.0)
    both = pd.concat([TONES, other])
    assert {dot.get_xdata()[0] for dot in drawn(plot_targets(both), "dot")} == {9.0}
    assert "Event 2, the one with most sentences of 2." in note_of(plot_targets(both))
    ax = plot_targets(both, event="1")
    assert "Event 1, the one given of 2." in note_of(ax)
    assert numbers(ax)[0] == "−1.5"
    with pytest.raises(InputError) as error:
        plot_target(both, event="3")
    assert str(error.value) == "event '3' is not in this table; it has '1', '2'"


@pytest.mark.parametrize(("outlets", "shown"), [(1, 12), (5, 9), (12, 4), (30, 1)])
def test_at_most_twelve_targets_and_sixty_rows_and_the_chart_says_so(outlets, shown):
    rows = [
        ("1", f"t{i:02}", f"{j:02}", "all", 40 - i, 1, 0.0, np.nan, np.nan, "sentence")
        for i in range(20)
        for j in range(outlets)
    ]
    ax = plot_targets(pd.DataFrame(rows, columns=COLUMNS))
    assert texts(ax, "heading") == [f"t{i:02}" for i in range(shown)]
    assert len(ticks(ax)) + shown <= MOST_ROWS
    assert f"The {shown} of 20 targets that most outlets name, then by sentences." in note_of(ax)


def test_the_voices_of_each_outlet_about_one():
    ax = plot_target(TONES)
    assert ax.get_title() == "Tone about Putin, by voice"
    assert ticks(ax) == ["own words", "quoted", "all voices", "all voices"]
    assert texts(ax, "heading") == ["A", "B"]
    assert [dot.get_marker() for dot in drawn(ax, "dot")] == ["o", "D", "^", "^"]
    assert plot_target(TONES, entity="Kim").get_title() == "Tone about Kim, by voice"
    with pytest.raises(InputError) as error:
        plot_target(TONES, entity="Obama")
    assert str(error.value) == "entity 'Obama' is not in this table; it has 'Kim', 'Putin', 'Xi'"


SAYINGS = pd.DataFrame(
    [
        ("B", "own", "Putin", 9, 0.0),
        ("A", "own", "Putin", 9, -0.5),
        ("Kim", "all", "Putin", 3, 0.9),
        ("Kim", "quote", "Putin", 2, 0.8),
        (None, "all", "Putin", 2, -1.0),
        ("Kim", "all", "Moscow", 1, 0.2),
        ("Xi", "all", "Moscow", 1, 0.1),
    ],
    columns=["speaker", "voice", "entity", "n", "mean"],
)


def test_outlets_come_first_then_who_says_most():
    ax = plot_sayings(SAYINGS)
    assert ticks(ax) == ["A", "B", "Kim", "nobody named", "Xi"]
    assert texts(ax, "group") == ["own words of", "quoted or reported"]
    assert texts(ax, "target") == ["Putin", "Moscow"]
    cells = [(cell.get_x(), to_hex(cell.get_facecolor())) for cell in drawn(ax, "cell")]
    assert sorted(x for x, _ in cells) == [0, 0, 0, 0, 1, 1]
    assert dict(zip(numbers(ax)[::2], (colour for _, colour in cells), strict=True)) == {
        "0.00": "#f4f4f4", "−0.50": "#c0a27f", "+0.90": "#19746d", "−1.00": "#8c510a", "+0.20": "#c3d8d6",
        "+0.10": "#dce6e5",
    }  # fmt: skip
    assert numbers(ax)[1::2] == ["n 9", "n 9", "n 3", "n 2", "n 1", "n 1"]


def test_speakers_and_targets_left_out_are_counted():
    ax = plot_sayings(SAYINGS, most=1, targets=1)
    assert ticks(ax) == ["A", "B", "Kim"]
    assert note_of(ax).endswith("The 1 of 2 targets in most sentences. The 1 of 2 speakers with most of them.")


def test_without_anybody_quoted_there_is_one_group():
    ax = plot_sayings(SAYINGS[SAYINGS["voice"] == "own"])
    assert texts(ax, "group") == ["own words of"]
