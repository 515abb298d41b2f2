"""The chart of labels, read back off the Axes. What holds for every chart is in test_charts."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from conftest import drawn

from analysis import InputError, plot_labels
from analysis.present.charts.labels import MOST_LABELS


@pytest.fixture(autouse=True)
def _clean_slate():
    yield
    plt.close("all")


def make_labels(n, outlets="AB", voices=("own", "reported", "quote"), concept="pact", articles=1):
    """From n[label][outlet] = one count a voice."""
    rows = [
        (concept, outlet, voice, label, count, np.nan, 1, articles)
        for label, of in n.items()
        for outlet, counts in zip(outlets, of, strict=True)
        for voice, count in zip(voices, counts, strict=True)
    ]
    columns = ["concept", "outlet", "voice", "label", "n", "share", "articles", "articles_total"]
    return pd.DataFrame(rows, columns=columns)


def numbers(ax):
    return [text.get_text() for text in ax.texts if text.get_text().isdigit() or text.get_text() == "–"]


def note_of(ax):
    return " ".join(drawn(ax, "note")[0].get_text().split())


PACT = {"pact": [(1, 0, 0), (0, 0, 2)], "deal": [(3, 0, 1), (0, 0, 0)], "accord": [(0, 0, 0), (0, 0, 0)]}


def test_every_voice_has_a_row_and_its_count_zero_and_dash_apart():
    ax = plot_labels(make_labels(PACT))
    assert [text.get_text() for text in drawn(ax, "label")] == ["deal", "pact"]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["own words", "reported", "quoted"] * 2
    assert numbers(ax) == ["3", "–", "–", "–", "1", "0", "1", "–", "–", "–", "0", "2"]
    assert [text.get_text() for text in drawn(ax, "heading")] == ["A", "B"]


def test_a_cell_is_as_dark_as_its_share_of_all_mentions_of_its_outlet():
    ax = plot_labels(make_labels({"pact": [(1, 0, 0), (1, 0, 3)], "deal": [(1, 0, 0), (0, 0, 0)]}))
    cells = [sum(cell.get_facecolor()[:3]) for cell in drawn(ax, "cell")]
    pact_own_a, pact_own_b, pact_quote_b, deal_own_a, zero = cells[0], cells[1], cells[5], cells[6], cells[2]
    assert pact_quote_b < pact_own_a == deal_own_a < pact_own_b < zero  # 3/4, 1/2, 1/2, 1/4, 0


def test_the_note_says_what_the_chart_leaves_out():
    assert note_of(plot_labels(make_labels(PACT))) == (
        "One article per outlet: how it is worded, not how the outlet words. The darker, the larger the share of the "
        "outlet’s mentions. A dash: not named in this voice. Found nowhere: accord."
    )
    full = make_labels({"pact": [(1, 1, 1), (1, 1, 1)]}, articles=2)
    assert note_of(plot_labels(full)) == "The darker, the larger the share of the outlet’s mentions."


def test_the_first_concept_unless_another_is_named():
    table = pd.concat([make_labels(PACT), make_labels({"war": [(1, 0, 0), (0, 0, 0)]}, concept="the war")])
    assert plot_labels(table).get_title() == "Labels of “pact”"
    ax = plot_labels(table, concept="the war")
    assert (ax.get_title(), numbers(ax)) == ("Labels of “the war”", ["1", "–", "–", "–", "–", "–"])
    with pytest.raises(InputError) as error:
        plot_labels(table, concept="peace")
    assert str(error.value) == "concept 'peace' is not in this table; it has 'pact', 'the war'"


def test_twenty_outlets_keep_their_numbers_where_initials_name_the_voices():
    outlets = [f"Outlet {letter} News" for letter in "ABCDEFGHIJKLMNOPQRST"]
    ax = plot_labels(make_labels({"deal": [(12, 3, 0)] * 20}, outlets))
    assert len(drawn(ax, "heading")) == 20
    assert numbers(ax) == ["12"] * 20 + ["3"] * 20 + ["–"] * 20
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["o", "r", "q"]
    assert "o: own words, r: reported, q: quoted." in note_of(ax)
    ax = plot_labels(make_labels({"deal": [(12, 3, 0)] * 5}, outlets[:5]))
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["own words", "reported", "quoted"]


def test_numbers_without_room_stand_in_the_table_and_outlets_without_room_are_counted():
    outlets = [f"Outlet {i:02}" for i in range(40)]
    ax = plot_labels(make_labels({"deal": [(1234, 3, 0)] * 40}, outlets))
    shown = len(drawn(ax, "heading"))
    assert shown < 30 and numbers(ax) == []
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["own words", "reported", "quoted"]
    note = note_of(ax)
    assert f"The first {shown} of 30 columns. The first 30 of 40 outlets. The numbers stand in the table." in note


def test_only_the_most_printed_labels_are_drawn():
    ax = plot_labels(make_labels({f"label {i}": [(i + 1, 0, 0), (0, 0, 0)] for i in range(MOST_LABELS + 1)}))
    labels = [text.get_text() for text in drawn(ax, "label")]
    assert len(labels) == MOST_LABELS and labels[0] == f"label {MOST_LABELS}" and "label 0" not in labels
    assert f"The first {MOST_LABELS} of {MOST_LABELS + 1} labels." in note_of(ax)


def test_a_table_of_one_voice_has_one_row_a_label():
    ax = plot_labels(make_labels({"pact": [(1,), (0,)]}, voices=["own"]))
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["own words"]
