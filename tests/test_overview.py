"""What was read, in plain tables and aligned text."""

import pandas as pd
import pytest

from analysis import read_articles
from analysis.present.overview import (
    align,
    describe_corpus,
    name_event,
    one_line,
    tabulate_columns,
    tabulate_outlets,
    tabulate_problems,
    tabulate_values,
)
from analysis.tables import ARTICLES


def make_articles(*rows):
    table = pd.DataFrame([dict.fromkeys(ARTICLES) | row for row in rows]).astype("str")
    table["published"] = pd.to_datetime(table["published"])
    table.attrs["problems"] = [{"source": "x.bin", "problem": "no article"}]
    return table


ARTICLES_OF_TWO = make_articles(
    {"outlet": "B", "text": "one two", "published": "2024-06-20", "agency": "Reuters", "language": "en", "event": "1"},
    {"outlet": "A", "text": "one", "language": "de", "event": "1"},
    {"outlet": "B", "text": "one two three", "published": "2024-06-19", "language": "en-GB", "event": "1"},
    {"outlet": "B", "text": "", "published": "2024-06-19", "agency": "AFP", "event": "1"},
)


def test_one_row_per_outlet():
    assert tabulate_outlets(ARTICLES_OF_TWO).to_dict("split")["data"] == [
        ["A", 1, 1, "", "", 1, ""],
        ["B", 3, 5, "2024-06-19", "2024-06-20", 0, "AFP, Reuters"],
    ]


def test_columns_values_and_problems():
    filled = tabulate_columns(ARTICLES_OF_TWO).set_index("column")["filled"]
    assert filled[["outlet", "title", "published", "text"]].to_dict() == {
        "outlet": 4,
        "title": 0,
        "published": 3,
        "text": 3,
    }
    assert tabulate_values(ARTICLES_OF_TWO, "outlet").to_dict("split")["data"] == [["B", 3], ["A", 1]]
    assert tabulate_problems(ARTICLES_OF_TWO).to_dict("records") == [{"source": "x.bin", "problem": "no article"}]


@pytest.mark.parametrize(("events", "name"), [(["1", "1"], ""), (["pact", "pact"], "pact"), (["a", "b"], "")])
def test_the_one_event_is_named(events, name):
    assert name_event(pd.DataFrame({"event": events}).astype("str")) == name


def test_cells_stand_below_each_other_and_numbers_on_the_right():
    assert align([("outlet", "words"), ("A", 1), ("B\x1b[31m", 1200)]) == (
        "  outlet  words\n  A           1\n  B [31m  1,200"
    )
    assert align([]) == ""


@pytest.mark.parametrize(("message", "shown"), [("a\nb", "a b"), ("\x1b]0;x\x07a", "]0;x a"), ("é 😀", "é 😀")])
def test_a_message_is_one_line_a_terminal_does_not_obey(message, shown):
    assert one_line(message) == shown


def test_the_whole_description(tmp_path):
    (tmp_path / "a.txt").write_text("date 2024-06-19 The minister welcomed the deal.\n")
    articles = read_articles(tmp_path)
    articles["language"] = pd.Series(["de"], dtype="str")
    assert (
        describe_corpus(articles)
        == """\
Read
  articles  1
  outlets   1
  words     9
  dates     2024-06-19

Outlets
  outlet  articles  words  first       last        undated  agencies
  A              1      9  2024-06-19  2024-06-19        0

Columns
  article    1 of 1
  outlet     1 of 1
  event      1 of 1
  title      0 of 1
  published  1 of 1
  agency     0 of 1
  language   1 of 1
  source     1 of 1
  text       1 of 1

Events
  all articles, taken as one event

Agencies
  none

Languages
  de  1  not English: the methods are made for English

Not read
  none"""
    )
