"""The map of words: where dots stand, which are named, and that no name stands on another."""

import itertools

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from conftest import drawn
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_hex

from analysis import InputError, compare_terms, count_terms, plot_term_map, use_style
from analysis.present.charts.style import PALETTE, mix
from analysis.present.charts.term_map import place_labels


@pytest.fixture(autouse=True)
def _clean_slate():
    yield
    plt.close("all")
    with matplotlib.rc_context():
        use_style()


def names(ax):
    return [text.get_text() for text in drawn(ax, "label")]


def note_of(ax):
    return " ".join(drawn(ax, "note")[0].get_text().split())


def table_of(*rows):
    columns = ["outlet", "term", "n", "rate", "z", "articles"]
    return pd.DataFrame(rows, columns=columns).assign(articles_total=9)


WORDS = table_of(
    ("A", "deal", 4, 40.0, 2.0, 3), ("A", "pact", 2, 4.0, -1.0, 1), ("A", "gone", 0, 0.0, -3.0, 0),
    ("B", "deal", 1, 10.0, -2.0, 1),
)  # fmt: skip


def test_dots_stand_at_rate_and_z_and_are_hollow_in_one_article():
    ax = plot_term_map(WORDS)
    (dots,) = drawn(ax, "dots")
    assert sorted(map(tuple, dots.get_offsets().tolist())) == [(4.0, -1.0), (40.0, 2.0)]
    faces = dict(zip(dots.get_offsets()[:, 0].tolist(), map(to_hex, dots.get_facecolors()), strict=True))
    assert faces == {4.0: "#ffffff", 40.0: PALETTE[0]}
    assert ax.get_xscale() == "log"
    assert names(ax) == ["deal", "pact"]
    assert note_of(ax) == "Hollow: found in one article only. Named where there is room, furthest from 0 by z first."


def test_an_outlet_is_chosen_and_keeps_its_colour():
    ax = plot_term_map(WORDS, outlet="B")
    assert [text.get_text() for text in drawn(ax, "heading")] == ["B"]
    assert to_hex(drawn(ax, "dots")[0].get_edgecolors()[0]) == PALETTE[1]
    with pytest.raises(InputError) as error:
        plot_term_map(WORDS, outlet="F")
    assert str(error.value) == "outlet 'F' is not in this table; it has 'A', 'B'"


def test_the_outlet_with_the_most_words_is_drawn():
    rows = [("A", "x", 2), ("B", "x", 2), ("B", "y", 1), ("C", "y", 3)]
    ax = plot_term_map(table_of(*((*row, 4.0, 1.0, 1) for row in rows)))
    assert [text.get_text() for text in drawn(ax, "heading")] == ["B"]  # of two with as many the first


def test_words_at_one_place_share_a_dot_and_its_name():
    ax = plot_term_map(table_of(*(("A", term, 2, 4.0, 1.0, 1) for term in ["2019", "red", "blue", "grey"])))
    assert len(drawn(ax, "dots")[0].get_offsets()) == 1
    assert names(ax) == ["blue, grey +2"]
    assert "+3: three more words at that place." in note_of(ax)


def test_a_dot_without_a_name_is_pale():
    ax = plot_term_map(WORDS, terms=1)
    assert names(ax) == ["deal"]
    assert {to_hex(colour) for colour in drawn(ax, "dots")[0].get_edgecolors()} == {
        PALETTE[0],
        mix(PALETTE[0], "#ffffff", 0.6),
    }
    assert names(plot_term_map(WORDS, terms=0)) == []


def test_stop_words_are_left_out():
    ax = plot_term_map(WORDS.assign(stop_word=WORDS["term"] == "deal"))
    assert names(ax) == ["pact"] and note_of(ax).endswith("Stop words left out.")


def overlapping(ax):
    ax.figure.canvas.draw()
    boxes = [(text.get_text(), text.get_window_extent()) for text in drawn(ax, "label")]
    return [(one, other) for (one, a), (other, b) in itertools.combinations(boxes, 2) if a.overlaps(b)]


@pytest.mark.parametrize("outlet", list("ABCDE"))
@pytest.mark.parametrize("size", [None, (3.2, 3), (7, 5)])
def test_no_two_names_of_the_seeds_meet(spans, outlet, size):
    compared = compare_terms(count_terms(spans))
    ax = plt.subplots(figsize=size)[1] if size else None
    ax = plot_term_map(compared, outlet=outlet, terms=60, ax=ax)
    assert len(names(ax)) >= 8
    assert overlapping(ax) == []
    inside = ax.get_window_extent()
    for text in drawn(ax, "label"):
        box = text.get_window_extent()
        assert inside.x0 <= box.x0 and box.x1 <= inside.x1 and inside.y0 <= box.y0 and box.y1 <= inside.y1


def test_no_two_names_of_a_crowd_meet():
    rng = np.random.default_rng(5)
    rows = [
        ("A", f"word{i}", 9, float(rate), float(z), 2) for i, (rate, z) in enumerate(rng.normal(size=(400, 2)) ** 2)
    ]
    ax = plot_term_map(table_of(*rows), terms=200)
    assert len(names(ax)) > 20
    assert overlapping(ax) == []


@pytest.mark.parametrize("rates", [[3.0], [3.0, 3.1], [0.001, 900.0], [1e-6, 1e5], [2.0, 40.0]])
def test_the_axis_of_rates_has_numbers_and_not_too_many(rates):
    ax = plot_term_map(table_of(*(("A", f"w{rate}", 3, rate, 1.0, 2) for rate in rates)))
    low, high = ax.get_xlim()
    assert 1 <= sum(low <= tick <= high for tick in ax.get_xticks()) <= 9


POINTS = st.tuples(st.floats(0, 200), st.floats(0, 200))


@given(st.lists(POINTS, min_size=1, max_size=12), st.lists(st.tuples(st.floats(1, 90), st.floats(1, 20)), max_size=12))
def test_placed_labels_never_overlap_or_leave_the_area(points, sizes):
    sizes = sizes[: len(points)]
    placed = place_labels(points, sizes, (200.0, 200.0))
    for (x0, y0, x1, y1), (left, low, right, high) in itertools.combinations(placed.values(), 2):
        assert x0 >= right or left >= x1 or y0 >= high or low >= y1
    for i, (x0, y0, x1, y1) in placed.items():
        assert x0 >= 0 and y0 >= 0 and x1 <= 200 and y1 <= 200
        assert (x1 - x0, y1 - y0) == pytest.approx(sizes[i])


def test_a_label_without_room_is_left_out():
    assert place_labels([(50, 50)], [(99, 10)], (100, 100)) == {0: (0.5, 55.0, 99.5, 65.0)}
    assert place_labels([(50, 50)], [(101, 10)], (100, 100)) == {}
