"""The versions of one quotation, read back off the Axes."""

import matplotlib

matplotlib.use("Agg")

import itertools

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.text import Text

from analysis import InputError, plot_quotations
from analysis.present.charts.style import text_width
from analysis.present.charts.versions import LONGEST, MOST_VERSIONS


@pytest.fixture(autouse=True)
def _clean_slate():
    yield
    plt.close("all")


def drawn(ax, gid):
    return [artist.get_text() for artist in ax.findobj(Text) if artist.get_gid() == gid]


def make_versions(rows, **columns):
    table = pd.DataFrame(rows, columns=["outlet", "wording", "version"])
    return table.assign(
        **{"quotation": 1, "article": table["outlet"], "speaker": "Kim", "verb": "said", "words": 9, **columns}
    )


WHOLE = ("A", "We will sign a new pact today,", "whole")


def test_missing_words_are_struck_through_and_added_ones_bold():
    ax = plot_quotations(make_versions([WHOLE, ("B", "[-We will-] sign [-a new-] {+the+} pact [-today,-]", "changed")]))
    assert drawn(ax, "missing") == ["We", "will", "a", "new", "today,"]
    assert drawn(ax, "added") == ["the"]
    assert [text.get_weight() for text in ax.findobj(Text) if text.get_gid() == "added"] == ["bold"]
    assert len([line for line in ax.lines if line.get_gid() == "struck"]) == 5
    assert drawn(ax, "heading") == ["A", "B"]
    assert drawn(ax, "aside") == ["whole · Kim said", "changed · Kim said"]


def test_the_fullest_comes_first_and_a_paraphrase_last():
    ax = plot_quotations(
        make_versions(
            [("C", "that they would sign", "paraphrased"), ("B", "[-We will sign a-] new pact", "cut"), WHOLE]
        )
    )
    assert drawn(ax, "heading") == ["A", "B", "C"]


def test_a_word_that_is_partly_missing_stays_together():
    ax = plot_quotations(make_versions([("A", "[-multi--]polar {+world+}", "changed")]))
    (missing,) = [text for text in ax.findobj(Text) if text.get_gid() == "missing"]
    rest, added = next(text for text in ax.texts if text.get_text() == "polar"), ax.texts[-1]
    assert drawn(ax, "missing") == ["multi-"]
    assert rest.get_position()[0] - missing.get_position()[0] == pytest.approx(text_width("multi-"))
    assert added.get_position()[0] - rest.get_position()[0] > text_width("polar") + 1


def test_marks_in_the_text_itself_are_drawn_as_text():
    ax = plot_quotations(make_versions([("A", r"\[-not left out-\] C:\\ {+{\+}+}", "changed")]))
    assert not drawn(ax, "missing")
    assert drawn(ax, "same") == ["[-not", "left", "out-]", "C:\\"]
    assert drawn(ax, "added") == ["{+}"]


def test_a_table_without_the_wordings_is_refused():
    with pytest.raises(InputError) as error:
        plot_quotations(make_versions([WHOLE]).drop(columns="wording"))
    assert str(error.value) == (
        "plot_quotations needs the column 'wording'; the table has 'outlet', 'version', 'quotation', 'article', "
        "'speaker', 'verb', 'words'"
    )


def test_a_long_version_is_cut():
    ax = plot_quotations(make_versions([("A", "[-" + "word " * LONGEST + "-] end", "cut")]))
    assert len(drawn(ax, "missing")) == LONGEST // 5
    assert drawn(ax, "missing")[-1] == "word…"
    assert not drawn(ax, "same")


def test_another_quotation_is_drawn_on_request_and_an_unknown_one_named():
    table = pd.concat([make_versions([WHOLE]), make_versions([("B", "no", "whole")], quotation=2)])
    assert drawn(plot_quotations(table, quotation=2), "heading") == ["B"]
    with pytest.raises(InputError) as error:
        plot_quotations(table, quotation=3)
    assert str(error.value) == "quotation 3 is not in this table; it has 1 to 2"


def test_many_versions_are_counted():
    rows = [WHOLE, *((f"{i:02}", "new pact", "cut") for i in range(MOST_VERSIONS))]
    ax = plot_quotations(make_versions(rows))
    assert len(drawn(ax, "heading")) == MOST_VERSIONS
    assert f"The first {MOST_VERSIONS} of {MOST_VERSIONS + 1} versions." in drawn(ax, "note")[0].replace("\n", " ")


def test_no_word_meets_another_or_leaves_the_picture():
    long = " ".join(["unprecedented", "x" * 300, "$\\frac{", "朝鲜\x1b[31m", "<b>bold</b>"] * 5)
    figure = plot_quotations(
        make_versions(
            [
                ("The International Herald of North Shields", long, "whole"),
                ("B", f"[-{long}-]bold {{+words+}}", "changed"),
            ]
        )
    ).figure
    figure.canvas.draw()
    width, height = figure.canvas.get_width_height()
    boxes = [(t.get_text(), t.get_window_extent()) for t in figure.findobj(Text) if t.get_text() and t.get_visible()]
    for text, box in boxes:
        assert box.x0 >= 0 and box.x1 <= width and box.y0 >= 0 and box.y1 <= height, text
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        across, along = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert across <= 0.5 or along <= 4, (one, other)


def test_no_quotations_give_a_sentence():
    ax = plot_quotations(make_versions([WHOLE]).head(0))
    assert [text.get_text() for text in ax.texts] == ["no rows to draw"]
