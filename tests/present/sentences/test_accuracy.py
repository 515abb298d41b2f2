"""The figures that come with the package, and the sentences made of them."""

import re

import pandas as pd
import pytest
from conftest import ROOT

from analysis import InputError, describe_accuracy
from analysis.present.sentences.accuracy import accuracy, read_accuracy, show_accuracy
from analysis.validate.validate import COLUMNS, METHODS

ROW = {
    "method": "voices",
    "model": "",
    "set": "mine",
    "measure": "own_attributed",
    "value": 0.2,
    "low": 0.15,
    "high": 0.26,
}
TABLE = pd.DataFrame([ROW | {"split": "", "n": 900, "articles": 9, "note": ""}])[list(COLUMNS)]


def test_every_method_has_figures_and_no_text():
    table = read_accuracy()
    assert list(table.columns) == [*COLUMNS, "measured", "version"]
    assert table["method"].unique().tolist() == list(METHODS)
    assert not table.duplicated(["method", "model", "set", "split", "measure", "note"]).any()
    unsure = table["low"].isna()
    few = {"called_within_right"}  # of one or two pairs
    assert set(table.loc[unsure, "measure"]) <= {"calibration_error", "calibration_error_if_perfect"} | few
    assert (unsure | (table["low"] <= table["value"])).all() and (unsure | (table["value"] <= table["high"])).all()
    signed = table["measure"].isin(["correlation", "rank_correlation", "log_loss_gain"])
    assert (signed | table["value"].between(0, 1)).all() and (table["n"] > 0).all()
    assert set(table.loc[table["note"] == "", "split"]) <= {"dev", ""}
    assert table["measured"].str.fullmatch(r"\d{4}-\d\d-\d\d").all()


@pytest.mark.parametrize("method", METHODS)
def test_the_sentence_prints_the_figures_of_the_table(method):
    text = describe_accuracy(method)
    figures = re.findall(r"(\d[\d.]*)( %)? \((\d[\d.]*)–(\d[\d.]*)(?: %)?\)", text)
    table = read_accuracy().query("method == @method and note == ''")
    assert len(figures) >= (1 if method == "sentiment" else 2)
    for value, percent, low, high in figures:
        digits = len(value.partition(".")[2])
        scale = 100 if percent else 1
        shown = {tuple(f"{scale * x:.{digits}f}" for x in row) for row in table[["value", "low", "high"]].to_numpy()}
        assert (value, low, high) in shown
    assert text.endswith(" Measured elsewhere: code a sample of your own to know it for this corpus.")


def test_the_share_of_own_words_that_are_attributed_comes_first():
    row = accuracy("voices", "own_attributed")
    assert row["set"] == "polnear" and row["note"] == ""
    assert describe_accuracy("voices").startswith(
        f"On US news labelled by hand (PolNeAR, {row['articles']} articles), {100 * row['value']:.0f} % "
        f"({100 * row['low']:.0f}–{100 * row['high']:.0f} %) of the words called own are really attributed to somebody"
    )


def make_tone(method, *rows):
    """model, measure, value, low, high of a set of 20 articles."""
    table = pd.DataFrame(rows, columns=["model", "measure", "value", "low", "high"])
    return table.assign(method=method, set="mine", split="", n=40, articles=20, note="")


def test_tone_is_said_by_model_and_with_its_certainty():
    table = make_tone(
        "targets",
        ("vader", "macro_f1", 0.5, 0.4, 0.6),
        ("vader", "accuracy", 0.55, 0.5, 0.6),
        ("tone", "macro_f1", 0.8, 0.7, 0.9),
        ("tone", "accuracy", 0.81, 0.7, 0.9),
        ("tone", "calibration_error", 0.04, None, None),
        ("tone", "calibration_error_if_perfect", 0.036, None, 0.05),
    )
    assert describe_accuracy("targets", table) == (
        "On labelled articles (mine, 20 articles), macro-F1 of negative, neutral and positive is 0.50 (0.40–0.60) for "
        "vader and 0.80 (0.70–0.90) for tone; the class is right in 55 % (50–60 %) for vader and 81 % (70–90 %) for "
        "tone; the certainty of tone is 0.040 from how often it is right, where one that knows its own doubt shows "
        "0.036 (in 19 of 20 draws at most 0.050)."
    )
    assert describe_accuracy("sentiment", make_tone("sentiment", ("tone", "correlation", 0.7, 0.65, 0.75))) == (
        "On labelled articles (mine, 20 articles), the correlation with the readers' ratings is 0.70 (0.65–0.75) for "
        "tone."
    )


@pytest.mark.parametrize(
    ("bounds", "verdict"),
    [
        ((0.001, 0.02), "0.010 (0.001 to 0.020) nats a pair, more than nothing"),
        ((-0.001, 0.02), "0.010 (−0.001 to 0.020) nats a pair, which may be nothing"),
        ((-0.02, -0.001), "0.010 (−0.020 to −0.001) nats a pair, less than nothing"),
        ((None, None), "0.010 nats a pair, which may be nothing"),
    ],
)
def test_what_a_model_adds_to_a_guess_without_the_text_is_said_as_it_is(bounds, verdict):
    table = make_tone(
        "stances",
        ("chance", "order_accuracy", 0.5, 0.45, 0.55),
        ("length", "order_accuracy", 0.54, 0.5, 0.58),
        ("length", "rank_correlation", 0.03, 0.0, 0.05),
        ("lean", "order_accuracy", 0.6, 0.55, 0.65),
        ("no text", "order_accuracy", 0.61, 0.56, 0.66),
        ("tone", "order_accuracy", 0.58, 0.5, 0.66),
        ("tone", "rank_correlation", 0.3, 0.2, 0.4),
        ("tone", "ties_called_within", 0.2, 0.1, 0.3),
        ("tone", "ties_called", 0.0, 0.0, 0.0),
        ("no text + tone", "order_accuracy", 0.62, 0.57, 0.67),
        ("no text + tone", "log_loss_gain", 0.01, *bounds),
    )
    assert describe_accuracy("stances", table) == (
        "On labelled articles (mine, 20 articles), which of two outlets is the more negative about the same entity is "
        "right in 58 % (50–66 %) for tone; without reading a sentence in 60 % (55–65 %) by the outlet's lean "
        "elsewhere, 54 % (50–58 %) by the article's length, 61 % (56–66 %) by all three together and 50 % (45–55 %) by "
        "chance; the rank correlation with the labels is 0.30 (0.20–0.40) for tone; what tone adds to all three "
        f"together is {verdict}; where readers saw no difference, tone's interval within the articles calls one in "
        "20 % (10–30 %), the package in 0 % (0–0 %)."
    )


def test_a_figure_that_was_not_measured_is_refused():
    with pytest.raises(InputError) as error:
        accuracy("reuse", "f1")
    assert str(error.value) == "no 'f1' of 'reuse' was measured; there is 'precision', 'recall'"
    with pytest.raises(InputError) as error:
        accuracy("sentiment", "f1", model="vader")
    assert str(error.value) == "no 'f1' of 'sentiment' with 'vader' was measured; there is 'correlation'"
    assert accuracy("sentiment", "correlation", model="vader")["set"] == "nyt_editorials"


def test_the_readers_own_figures_replace_ours():
    before = TABLE.copy(deep=True)
    sentence = "20 % (15–26 %) of the words called own are really attributed to somebody."
    assert describe_accuracy("voices", TABLE) == f"On labelled articles (mine, 9 articles), {sentence}"
    pd.testing.assert_frame_equal(TABLE, before)
    other = TABLE.assign(note="'' taken for marks", value=0.9)
    assert describe_accuracy("voices", pd.concat([TABLE, other])) == describe_accuracy("voices", TABLE)
    both = describe_accuracy("voices", pd.concat([TABLE, TABLE.assign(set="polnear", articles=84)]))
    assert both == (
        f"On labelled articles (mine, 9 articles), {sentence} "
        f"On US news labelled by hand (PolNeAR, 84 articles), {sentence}"
    )


@pytest.mark.parametrize(("articles", "bounded"), [(5, True), (4, False)])
def test_too_few_articles_have_no_interval(articles, bounded):
    sentence = describe_accuracy("voices", TABLE.assign(articles=articles))
    assert ("(15–26 %)" in sentence) == bounded
    assert sentence.endswith("to somebody; too few articles for an interval.") != bounded


@pytest.mark.parametrize(("value", "shown"), [(0.9949, "99 %"), (0.9950, "99.5 %"), (1.0, "100 %")])
def test_nearly_all_is_not_all(value, shown):
    table = TABLE.assign(value=value, low=None, high=None)
    assert f"), {shown} of the words" in describe_accuracy("voices", table)


def test_what_was_not_measured_is_said():
    none = "How often reuse are right is not known"
    assert describe_accuracy("voices", TABLE.iloc[:0]) == (
        "How often voices are right is not known: no labelled articles to measure them on were given."
    )
    assert not describe_accuracy("reuse").startswith(none)


def test_a_method_or_column_that_is_missing_is_named():
    with pytest.raises(InputError) as error:
        describe_accuracy("tone")
    assert str(error.value) == (
        "no accuracy of 'tone' is measured; expected one of quotes, speakers, reported, voices, reuse, targets, "
        "sentiment, stances"
    )
    with pytest.raises(InputError) as error:
        describe_accuracy("voices", TABLE.drop(columns="note"))
    assert str(error.value).startswith("describe_accuracy needs the column 'note'; the table has 'method', ")
    with pytest.raises(InputError) as error:
        describe_accuracy("voices", [1])
    assert str(error.value) == "describe_accuracy needs a DataFrame, but was given a list"


def test_the_table_in_a_terminal():
    shown = show_accuracy(pd.concat([TABLE, TABLE.assign(low=None, high=None, split="dev", note="a\x1b[31m")]))
    assert shown.splitlines() == [
        "  method  model  set   split  measure         value  95 % interval     n  articles  note",
        "  voices  –      mine  –      own_attributed  0.200  0.150 to 0.260  900         9",
        "  voices  –      mine  dev    own_attributed  0.200  –               900         9  a[31m",
    ]


def test_a_bound_on_one_side_is_shown_as_such():
    shown = show_accuracy(TABLE.assign(low=None, high=0.3)).splitlines()[1]
    assert shown.split() == "voices – mine – own_attributed 0.200 up to 0.300 900 9".split()


def test_the_readme_prints_the_shipped_figures():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for method, measure, text in (
        ("voices", "own_attributed", "{:.0f} % of the words called own lie inside an attribution"),
        ("voices", "reported_precision", "{:.0f} % of the words called reported are, and "),
        ("voices", "reported_recall", " and {:.0f} % of those that are reported are found"),
    ):
        assert text.format(100 * accuracy(method, measure)["value"]) in readme
    for method, least, text in (
        ("quotes", 0.3, "F1 {} at"),
        ("quotes", 0.8, "{} at .8"),
        ("reported", 0.3, "F1 of clauses {} at"),
    ):
        value = accuracy(method, f"f1_at_{least}")["value"]
        assert text.format(f"{value:.2f}".removeprefix("0")) in readme
    assert f"the right speaker in {100 * accuracy('speakers', 'speaker')['value']:.0f} % of the matches" in readme


def test_only_one_model_of_tone_is_said_beside_the_guesses_that_read_nothing():
    text = describe_accuracy("stances", model="tone")
    assert "for tone" in text and "what tone adds to all three together" in text
    assert "linear" not in text and "vader" not in text
    assert "by the outlet's lean elsewhere" in text and "by chance" in text
    assert describe_accuracy("voices", model="tone") == describe_accuracy("voices")
    assert "for linear" in describe_accuracy("targets")
