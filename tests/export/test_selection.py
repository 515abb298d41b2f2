"""Which part of a corpus is looked at, and what is said of the rest."""

import pandas as pd
import pytest
from conftest import make_articles

from analysis import InputError, select_articles
from analysis.export.selection import (
    describe_found,
    describe_part,
    describe_selection,
    describe_tie,
    find_main_event,
    holds_no_main_event,
    read_corpus,
    select_tables,
)


def make_corpus(*events, outlets):
    corpus = make_articles(*["They signed."] * len(events), outlets=outlets)
    return corpus.assign(event=pd.Series(events, dtype="str"))


CORPUS = make_corpus("x", "x", "y", None, outlets="ABAB")


@pytest.mark.parametrize(
    ("options", "kept"),
    [({}, "abcd"), ({"outlets": "A"}, "ac"), ({"outlets": ["B", "A"]}, "abcd"), ({"event": "y"}, "c")],
)
def test_tables_take_every_event_unless_one_is_named(options, kept):
    selected = select_tables(CORPUS, **{"event": None, "outlets": None} | options)
    assert "".join(selected["article"]) == kept
    assert list(selected.columns) == list(CORPUS.columns)
    assert list(selected.index) == list(range(len(selected)))


def test_an_outlet_that_is_not_there_is_an_error():
    with pytest.raises(InputError) as error:
        select_tables(CORPUS, event=None, outlets=["F"])
    assert str(error.value) == "outlet 'F' is not in this corpus; it has A, B"


@pytest.mark.parametrize(
    ("corpus", "options", "sentence"),
    [
        (CORPUS, {}, "Event x: 2 of 4 articles; 1 other event and 1 article of no known event are left aside."),
        (
            CORPUS,
            {"outlets": "A"},
            "Event x: 1 of 4 articles; 1 other event, 1 article of no known event and 1 article by other outlets are "
            "left aside.",
        ),
        (make_corpus("x", "x", "y", "y", "z", outlets="ABABA"), {"event": "z"}, "Event z: 1 of 5 articles; 2 other "
         "events are left aside."),
        (make_corpus("x", "x", "y", outlets="ABA"), {}, "Event x: 2 of 3 articles; 1 other event is left aside."),
        (make_corpus("1", "1", outlets="AB"), {"outlets": "A"}, "1 of 2 articles; 1 article by other outlets is left "
         "aside."),
        (make_corpus("1", "1", outlets="AB"), {}, ""),
        (make_corpus("x", "x", outlets="AB"), {}, ""),
        (make_corpus(None, None, outlets="AB"), {}, ""),
        (
            make_corpus("\x1b[31m" + "x" * 99, "y", outlets="AB"),
            {},
            "Event [31m" + "x" * 26 + "…" + "x" * 29 + ": 1 of 2 articles; 1 other event is left aside.",
        ),
    ],
)  # fmt: skip
def test_what_is_left_aside_is_said(corpus, options, sentence):
    assert describe_selection(corpus, select_articles(corpus, **options)) == sentence


def test_a_table_that_is_given_is_taken_as_it_is():
    assert read_corpus(CORPUS, out="x") is CORPUS


@pytest.mark.parametrize(
    ("events", "many"),
    [("xxxxx", False), ("xxxyy", False), ("xxyy", True), ("xxyyz", True), (["x", "x", None, None], False), ("x", False),
     (["x", "y", None], True), ([None, None], False)],
)  # fmt: skip
def test_a_corpus_is_one_of_many_events_where_none_holds_more_than_half(events, many):
    assert holds_no_main_event(make_corpus(*events, outlets="A" * len(events))) is many


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        ("yyxxz", "2 events are as large, of 2 articles each; shown is the first in the corpus, y."),
        ("xyz", "3 events are as large, of 1 article; shown is the first in the corpus, x."),
        ("xxy", ""),
        ("xx", ""),
        ([None, None], ""),
    ],
)
def test_a_tie_between_events_was_decided_silently(events, sentence):
    corpus = make_corpus(*events, outlets="A" * len(events))
    assert describe_tie(corpus, select_articles(corpus)) == sentence


def test_the_main_event_is_one_that_several_outlets_tell():
    assert find_main_event(make_corpus(*"xxxyyz", outlets="AAAABB")) == "y"
    assert find_main_event(make_corpus(*"xxxyyz", outlets="AAAAAB")) == "x"
    assert find_main_event(make_corpus(*"zyyxxz", outlets="ABABAB")) == "z"
    assert find_main_event(make_corpus(None, None, outlets="AB")) is None


def test_events_that_were_found_are_never_called_named():
    unnamed, found = make_corpus("1", "1", "1", outlets="ABC"), make_corpus("x", "x", "y", outlets="ABC")
    sentence = "The corpus names no events; 2 were found by the words that articles share: an estimate."
    assert describe_found(unnamed, found) == sentence
    assert describe_found(found, found) == describe_found(unnamed, unnamed) == ""


def test_the_page_says_which_part_it_shows_and_why():
    unnamed, found = make_corpus(*"11111", outlets="ABABA"), make_corpus(*"xxyyz", outlets="ABABA")
    assert describe_part(unnamed, found, select_articles(found)) == (
        "The corpus names no events; 3 were found by the words that articles share: an estimate. "
        "No event holds most of the articles: what is said over all events stands first, the rest is about one of "
        "them. 2 events are as large, of 2 articles each; shown is the first in the corpus, x. "
        "Event x: 2 of 5 articles; 2 other events are left aside."
    )
    asked = describe_part(found, found, select_articles(found, event="y"), event="y")
    assert asked == "Event y: 2 of 5 articles; 2 other events are left aside."
    assert describe_part(unnamed, unnamed, select_articles(unnamed, event="all"), event="all") == ""
