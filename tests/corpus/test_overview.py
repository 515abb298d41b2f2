"""What was read, in plain tables and aligned text."""

import pandas as pd
import pytest

from analysis.corpus.overview import (
    align,
    is_english,
    name_event,
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
        "  outlet  words\n  A           1\n  B[31m   1,200"
    )
    assert align([]) == ""


def test_rows_beyond_the_limit_are_counted():
    rows = [("a",), ("b",), ("c",)]
    assert align(rows, most=3) == "  a\n  b\n  c"
    assert align(rows, most=2) == "  a\n  b\n  … and 1 more"


@pytest.mark.parametrize(("language", "english"), [("en", True), ("en-GB", True), ("de", False), ("x", False)])
def test_one_rule_says_what_is_english(language, english):
    assert is_english(language) == english
