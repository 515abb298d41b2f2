"""Scores that were read when a run was stopped are kept beside what it was to write, and gone on from."""

import os

import numpy as np
import pandas as pd
import pytest

from analysis import InputError, write_report, write_tables
from analysis.compare.tone import scores
from analysis.export.unfinished import Unfinished, find_unfinished, work_beside

WORDS = "rain snow wind hail fog frost heat storm flood drought cloud sun".split()


@pytest.fixture
def corpus(tmp_path):
    """Four articles of three sentences each, no two of them the same."""
    sentences = [f"There was {word} in the north on Monday." for word in WORDS]
    texts = [" ".join(sentences[first : first + 3]) for first in range(0, 12, 3)]
    articles = pd.DataFrame({"article": list("abcd"), "outlet": list("ABAB"), "event": "1", "text": texts})
    articles.to_csv(tmp_path / "news.csv", index=False)
    return tmp_path / "news.csv"


@pytest.fixture
def read(monkeypatch):
    """What the encoder read; it is stopped before the sentence of the number in `stop`."""
    monkeypatch.setattr(scores, "TIMED", 1)
    monkeypatch.setattr(scores, "_BLOCK", 1)
    read = Read()

    def score_texts(texts):
        if len(read.texts) == read.stop:
            raise KeyboardInterrupt
        read.texts.extend(texts)
        return np.array([len(text) % 10 / 10 for text in texts])

    monkeypatch.setattr(scores, "score_texts", score_texts)
    return read


class Read:
    def __init__(self):
        self.texts, self.stop = [], None


@pytest.mark.parametrize("first", [None, 2])
@pytest.mark.parametrize("then", [None, 2])
def test_a_stopped_run_goes_on_with_partitions_and_without(tmp_path, corpus, read, first, then):
    out, announced = tmp_path / "tables", []
    read.stop = 8
    with pytest.raises(KeyboardInterrupt):
        write_tables(corpus, out=out, partitions=first)
    assert find_unfinished(out) == tmp_path / "tables.unfinished"
    assert sorted(os.listdir(tmp_path)) == ["news.csv", "tables.unfinished"]
    read.stop = None
    write_tables(corpus, out=out, partitions=then, announce=announced.append)
    again = [text for text in set(read.texts) if read.texts.count(text) > 1]
    if first and not then:  # another command: what it can't use is left to the one that can
        assert len(again) == 6
        assert (tmp_path / "tables.unfinished" / "partitions.json").exists()
    else:
        assert (again, len(read.texts)) == ([], 12)
        assert sorted(os.listdir(tmp_path)) == ["news.csv", "tables"]
    sentiment = out / ("sentiment" if then else "sentiment.parquet")
    kept = pd.read_parquet(sentiment)
    read.texts.clear()
    write_tables(corpus, out=tmp_path / "whole")
    pd.testing.assert_frame_equal(kept, pd.read_parquet(tmp_path / "whole" / "sentiment.parquet"))


def test_an_option_that_is_wrong_leaves_what_is_kept(tmp_path, corpus, read):
    read.stop = 5
    with pytest.raises(KeyboardInterrupt):
        write_tables(corpus, out=tmp_path / "tables")
    for partitions in (None, 2):
        with pytest.raises(InputError, match=r"^event 'x' is not in this corpus"):
            write_tables(corpus, out=tmp_path / "tables", event="x", partitions=partitions)
    assert os.listdir(tmp_path / "tables.unfinished") == ["scores.parquet"]


def test_where_nothing_was_kept_nothing_is_left(tmp_path):
    out = tmp_path / "report"
    with pytest.raises(KeyboardInterrupt), Unfinished(out):
        raise KeyboardInterrupt
    assert find_unfinished(out) is None
    assert os.listdir(tmp_path) == []


def test_what_is_kept_is_known_until_a_run_ends_well(tmp_path):
    out = tmp_path / "report"
    table = pd.DataFrame({"key": ["k"], "negative": 0.1, "neutral": 0.2, "positive": 0.7, "valence": np.nan})
    with pytest.raises(KeyboardInterrupt), Unfinished(out) as unfinished:
        assert unfinished.go_on(None)["known"].empty
        unfinished.go_on(None)["keep"](table)
        raise KeyboardInterrupt
    with Unfinished(out) as unfinished:
        pd.testing.assert_frame_equal(unfinished.go_on(None)["known"], table)
    assert not work_beside(out).exists()


def test_a_report_that_was_stopped_keeps_what_was_read(tmp_path, corpus, read):
    read.stop = 5
    with pytest.raises(KeyboardInterrupt):
        write_report(corpus, out=tmp_path / "report")
    assert sorted(os.listdir(tmp_path)) == ["news.csv", "report.unfinished"]
    assert len(pd.read_parquet(tmp_path / "report.unfinished" / "scores.parquet")) == 5
