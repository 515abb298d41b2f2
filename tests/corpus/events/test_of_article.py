"""What the event and the date of an article are, and that every verb takes a missing one for the same."""

import numpy as np
import pandas as pd
import pytest

from analysis import compare_outlets, find_quotes, find_reuse, tabulate_events, tabulate_quotations, test_terms
from analysis.compare.tone.entities import choose_entities, name_entities
from analysis.compare.uncertainty import summarise
from analysis.corpus.events.of_article import (
    are_events_named,
    has_event,
    number_events,
    read_dates,
    read_days,
    set_apart,
)

MISSING = [None, np.nan, pd.NA, pd.NaT, "", " \t\n"]
PACT = "The two leaders signed a far-reaching mutual defence pact in the northern capital on a rainy Wednesday."


def articles_of(*events) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article": [f"a{place}" for place in range(len(events))],
            "outlet": ["A", "B"] * (len(events) // 2) + ["A"] * (len(events) % 2),
            "event": pd.Series(list(events), dtype="object"),
            "text": PACT,
        }
    )


@pytest.mark.parametrize("missing", MISSING)
def test_what_is_missing_or_blank_is_no_event(missing):
    numbers, names = number_events(articles_of("x", missing, "x", 1, "1"))
    assert numbers.tolist() == [1, -1, 1, 0, 0]
    assert names == ["1", "x"]
    assert has_event(articles_of("x", missing)).tolist() == [True, False]


def test_a_table_without_events_and_an_empty_one_know_of_none():
    for table in (articles_of("x", "y").drop(columns="event"), articles_of()):
        numbers, names = number_events(table)
        assert (numbers == -1).all()
        assert len(numbers) == len(table)
        assert names == []
        assert not are_events_named(table)
        assert set_apart(numbers).tolist() == [0] * len(table)


@pytest.mark.parametrize(
    ("events", "named"),
    [
        (["1", "1"], False),  # what read_articles writes
        ([1, 1], False),
        ([None, ""], False),
        (["1", None], True),  # it never leaves one out
        (["1", "2"], True),
        (["x", "x"], True),
    ],
)
def test_a_corpus_whose_only_event_is_1_names_none(events, named):
    assert are_events_named(articles_of(*events)) is named


def test_an_article_without_an_event_is_alone_and_without_any_all_are_one():
    assert set_apart(np.array([-1, -1, -1])).tolist() == [0, 0, 0]
    assert set_apart(np.array([4, -1, 4, 2, -1])).tolist() == [1, 2, 1, 0, 3]
    rows = pd.Series(["a", "b", "b", "c"])
    assert set_apart(np.array([0, -1, -1, -1]), articles=rows).tolist() == [0, 1, 1, 2]


def share_a_quotation(articles: pd.DataFrame) -> bool:
    quoting = articles.assign(text='"We will sign a new pact with our neighbours on Monday," Kim said.')
    return len(tabulate_quotations(find_quotes(quoting), quoting)) > 0


def share_prose(articles: pd.DataFrame) -> bool:
    """A passage that stands in several events is a set phrase, whatever its length."""
    return find_reuse(articles)["kind"].eq("prose").any()


def choose_targets(articles: pd.DataFrame) -> bool:
    return len(choose_entities(articles.assign(name="Kim Jong Un", kind="person"))) > 0


def give_surnames(articles: pd.DataFrame) -> bool:
    """A surname is the one's whom most articles of the event name in full: here two of three."""
    people = ["Ann Lee", "Ann Lee", "Bo Lee", "Lee"][-len(articles) :] if len(articles) > 2 else ["Ann Lee", "Lee"]
    return name_entities(articles.assign(name=people, kind="person")).iloc[-1] == "Ann Lee"


@pytest.mark.parametrize("together", [share_a_quotation, share_prose, choose_targets])
def test_every_verb_takes_a_missing_event_for_the_same(together):
    assert together(articles_of("x", "x"))
    assert not together(articles_of("x", "y"))
    for missing in MISSING[:2] + MISSING[4:]:
        assert together(articles_of(missing, missing))
        assert not together(articles_of("x", missing))
        assert not together(articles_of("x", missing, missing).iloc[1:].assign(event=["x", missing]))


def test_a_surname_was_given_by_another_rule_where_events_were_missing_than_where_all_were_1():
    for event in ("1", None, ""):
        assert give_surnames(articles_of(*[event] * 4))
    assert give_surnames(articles_of(*"1111").drop(columns="event"))


def test_articles_change_places_within_their_event_only():
    spans = pd.DataFrame({"article": range(10), "outlet": list("AAAAABBBBB"), "voice": "own", "sentence": 1})
    spans["text"] = ["war"] * 5 + ["tax"] * 5
    assert test_terms(spans.assign(event="x"))["p"].min() < 0.05
    assert test_terms(spans.assign(event=""))["p"].min() < 0.05
    assert set(test_terms(spans.assign(event=["x", *[None] * 9]))["floor"]) == {1.0}


def test_what_is_counted_over_events_leaves_out_articles_without_one():
    for missing in MISSING:
        articles = articles_of("x", "x", missing, missing)
        assert tabulate_events(articles)["event"].tolist() == ["x", "x"]
        pairs = compare_outlets(articles.assign(score=[0.1, 0.3, 0.9, 0.9]))
        assert pairs["events"].tolist() == [1]


def test_articles_without_an_event_are_resampled_by_themselves():
    scores = articles_of(*["x"] * 10).assign(outlet="A", voice="own", sentence=1, score=np.linspace(-1, 1, 10))
    assert summarise(scores)["unit"].tolist() == ["article"]
    some = scores.assign(event=["x", "x", "y", "y", "z", "z", "w", "w", None, ""])
    assert summarise(some)["unit"].tolist() == ["event"]  # four, and two articles of their own
    assert summarise(some.iloc[:8])["unit"].tolist() == ["article"]  # four events are too few to draw from


def test_dates_are_read_once_for_all():
    articles = pd.DataFrame({"published": ["2024-06-19T23:30:00-02:00", "2024-06-19", "yesterday", None]})
    assert read_dates(articles).astype("str").tolist()[:2] == ["2024-06-20 01:30:00", "2024-06-19 00:00:00"]
    assert read_dates(articles).isna().tolist() == [False, False, True, True]
    days = read_days(articles)
    assert days[0] - days[1] == 1
    assert np.isnan(days[2:]).all()
    assert read_dates(articles.drop(columns="published")).isna().all()
