"""The figures that come with the package, and the sentences made of them."""

import re

import pandas as pd
import pytest
from conftest import ROOT

from analysis import InputError, describe_accuracy
from analysis.present.accuracy import accuracy, read_accuracy, show_accuracy
from analysis.present.validate import COLUMNS, METHODS

ROW = {"method": "voices", "set": "mine", "measure": "own_attributed", "value": 0.2, "low": 0.15, "high": 0.26}
TABLE = pd.DataFrame([ROW | {"split": "", "n": 900, "articles": 9, "note": ""}])[list(COLUMNS)]


def test_every_method_has_figures_and_no_text():
    table = read_accuracy()
    assert list(table.columns) == [*COLUMNS, "measured", "version"]
    assert table["method"].unique().tolist() == list(METHODS)
    assert not table.duplicated(["method", "set", "split", "measure", "note"]).any()
    assert (table["low"] <= table["value"]).all() and (table["value"] <= table["high"]).all()
    assert table["value"].between(0, 1).all() and (table["n"] > 0).all()
    assert set(table["split"]) <= {"dev", ""}
    assert table["measured"].str.fullmatch(r"\d{4}-\d\d-\d\d").all()


@pytest.mark.parametrize("method", METHODS)
def test_the_sentence_prints_the_figures_of_the_table(method):
    text = describe_accuracy(method)
    figures = re.findall(r"(\d[\d.]*)( %)? \((\d[\d.]*)–(\d[\d.]*)(?: %)?\)", text)
    table = read_accuracy().query("method == @method and note == ''")
    assert len(figures) >= 2
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


def test_a_figure_that_was_not_measured_is_refused():
    with pytest.raises(InputError) as error:
        accuracy("reuse", "f1")
    assert str(error.value) == "no 'f1' of 'reuse' was measured; there is 'precision', 'recall'"


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
        "no accuracy of 'tone' is measured; expected one of quotes, speakers, reported, voices, reuse"
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
        "  method  set   split  measure         value  95 % interval     n  articles  note",
        "  voices  mine  –      own_attributed  0.200  0.150 to 0.260  900         9",
        "  voices  mine  dev    own_attributed  0.200  –               900         9  a[31m",
    ]


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
