"""The invented corpus is what its script makes, is read without a problem, and holds what its README says."""

import importlib.util

import pytest
from conftest import ROOT

from analysis import (
    compare_outlets,
    find_quotes,
    find_reuse,
    group_outlets,
    label_voices,
    read_articles,
    score_sentiment,
    share_reused,
    tabulate_events,
)
from analysis.compare.outlets.paired import MIN_EVENTS
from analysis.shipped import INVENTED


@pytest.fixture(scope="module")
def articles():
    return read_articles(INVENTED)


@pytest.fixture(scope="module")
def passages(articles):
    return find_reuse(articles, quotes=find_quotes(articles))


def test_the_script_makes_the_same_bytes():
    spec = importlib.util.spec_from_file_location("invent", ROOT / "benchmarks" / "invent.py")
    invent = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(invent)
    assert invent.TARGET == INVENTED
    assert invent.make_corpus().encode() == INVENTED.read_bytes()


def test_it_is_small_and_read_without_a_problem(articles):
    assert INVENTED.stat().st_size < 300_000
    assert articles.attrs["problems"] == []
    assert len(articles) == 133 and articles["event"].nunique() == 40
    assert articles.groupby("outlet").size().to_dict() == {
        "Osmer Bellman": 36, "Quill Lantern": 36, "Tashel Courant": 36, "Yarrow Harbinger": 25,
    }  # fmt: skip
    assert articles[["event", "title", "published", "language", "text"]].notna().all(axis=None)
    assert articles["text"].str.split().str.len().between(60, 120).all()
    assert articles["published"].dt.year.unique().tolist() == [2031]
    assert not articles["text"].str.contains(r"[{}]").any()


def test_its_readme_says_so_too(articles):
    readme = " ".join((INVENTED.parent / "README.md").read_text(encoding="utf-8").split())
    assert "133 short articles on forty events, told by four outlets" in readme
    assert "Yarrow Harbinger tells 25 of the forty events, the others 36 each" in readme
    assert "Four events are told by one outlet alone" in readme
    assert (tabulate_events(articles)["outlets"] == 1).sum() == 4
    assert all(outlet in readme for outlet in articles["outlet"].unique())


def test_the_planted_difference_is_found_and_none_where_none_was_planted(articles, passages):
    spans = label_voices(articles, passages=passages)
    scores = score_sentiment(spans, model="vader")
    pairs = compare_outlets(scores[scores["voice"] == "own"]).set_index(["a", "b"])
    assert pairs["low"]["Osmer Bellman", "Quill Lantern"] > 0 > pairs["high"]["Quill Lantern", "Tashel Courant"]
    for pair in (
        ("Osmer Bellman", "Tashel Courant"),
        ("Osmer Bellman", "Yarrow Harbinger"),
        ("Tashel Courant", "Yarrow Harbinger"),
    ):
        assert pairs["low"][pair] < 0 < pairs["high"][pair]
    assert (pairs["events"] >= MIN_EVENTS).sum() == 3  # all but those with Yarrow Harbinger


def test_outlets_group_by_the_agency_they_print(articles, passages):
    reused = share_reused(passages[passages["kind"] == "prose"], articles, by="outlet")
    joins = group_outlets(reused)
    assert joins[["a", "b"]].to_numpy().tolist() == [
        ["Osmer Bellman", "Tashel Courant"],
        ["Osmer Bellman", "Yarrow Harbinger"],
        ["Osmer Bellman", "Quill Lantern"],
    ]
    assert joins["share"][0] > 0.2
    assert 0.05 > joins["share"][1] > joins["share"][2] == 0
