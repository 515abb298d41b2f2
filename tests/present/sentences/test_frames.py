"""Sentences about frames: the whole sentence is tested, and the accuracy is always in it."""

import numpy as np
import pandas as pd
import pytest

from analysis import describe_frames

UNMEASURED = "Accuracy not measured: lists of words say what is mentioned, and no difference is called."


def make_table(*rows, **changes):
    columns = ["outlet", "voice", "frame", "n", "rate", "low", "high", "total", "articles", "unit"]
    unknown = dict.fromkeys(("f1", "macro_f1", "macro_f1_low", "macro_f1_high"), np.nan)
    return pd.DataFrame(rows, columns=columns).assign(per="sentence", **(unknown | changes))


def one(**changes):
    row = {
        "outlet": "A", "voice": "own", "frame": "economic", "n": 3, "rate": 0.25, "low": 0.1, "high": 0.4, "total": 12,
        "articles": 5, "unit": "article",
    }  # fmt: skip
    return tuple((row | changes).values())


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([one()], "own words: economic in 25 % (10–40 %) of 12 sentences of A (5 articles)"),
        (
            [one(articles=4)],
            "own words: economic in 25 % (too few articles for an interval) of 12 sentences of these 4 articles of A",
        ),
        (
            [one(articles=1, unit="sentence")],
            "own words: economic in 25 % (10–40 %, within one article) of 12 sentences of this article (A)",
        ),
        (
            [one(articles=1, unit="sentence", low=np.nan, high=np.nan, total=1)],
            "own words: economic in 25 % (too little for an interval) of 1 sentence of this article (A)",
        ),
        ([one(n=0, rate=0.0)], "own words: none in 12 sentences of A (5 articles)"),
        (
            [one(frame="b"), one(frame="a"), one(frame="c", rate=0.1), one(outlet="B", frame="c", rate=0.1)],
            "own words: a in 25 % (10–40 %) of 12 sentences of A (5 articles); c in 10 % (10–40 %) of 12 sentences of "
            "B (5 articles)",
        ),
        (
            [one(), one(voice="quote", frame="law", rate=0.9)],
            "own words: economic in 25 % (10–40 %) of 12 sentences of A (5 articles)",
        ),
        (
            [one(voice="quote", frame="law")],
            "quoted words: law in 25 % (10–40 %) of 12 sentences of A (5 articles)",
        ),
    ],
)
def test_the_most_frequent_frame_is_told(rows, said):
    assert describe_frames(make_table(*rows)) == f"Most frequent frame in {said}. {UNMEASURED}"


def test_only_twelve_outlets_are_named():
    text = describe_frames(make_table(*[one(outlet=f"o{number:02}") for number in range(13)]))
    assert f"sentences of o11 (5 articles); and 1 more outlet in the table. {UNMEASURED}" in text
    assert "o12" not in text


MEASURED = {"macro_f1": 0.651, "macro_f1_low": 0.6, "macro_f1_high": 0.694}
KNOWN = (
    "The classifier's macro-F1, cross-validated on the labelled rows, is 0.65 (0.60–0.69): it errs, elsewhere perhaps "
    "more often, and no difference is called."
)


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ({}, ""),
        ({"counted": 30.0, "labelled": 60.0}, ""),
        ({"counted": 120.0, "labelled": 60.0}, ""),
        (
            {"counted": 29.0, "labelled": 60.0},
            " The labelled rows have 60 words (median) and what was counted 29: at that length the accuracy is not "
            "known.",
        ),
        (
            {"counted": 121.0, "labelled": 60.0},
            " The labelled rows have 60 words (median) and what was counted 121: at that length the accuracy is not "
            "known.",
        ),
    ],
)
def test_the_accuracy_of_a_classifier_is_always_said(words, more):
    table = make_table(one(), **MEASURED)
    table.attrs["words"] = words
    first = "Most frequent frame in own words: economic in 25 % (10–40 %) of 12 sentences of A (5 articles). "
    assert describe_frames(table) == first + KNOWN + more


def test_a_table_without_rows():
    assert describe_frames(make_table()) == "There are no frames to describe."
