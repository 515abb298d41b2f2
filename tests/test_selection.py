"""Which part of a corpus is looked at, and what is said of the rest."""

import pandas as pd
import pytest
from conftest import make_articles

from analysis import InputError, select_articles
from analysis.present.selection import describe_selection, read_corpus, select_tables


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
