"""Each sentence and target is read once, kept when it is stopped, and gone on from."""

import numpy as np
import pandas as pd
import pytest

from analysis import find_targets, label_voices, score_sentiment, score_targets
from analysis.compare.tone import scores
from analysis.compare.tone.scores import (
    SCORES,
    TIMED,
    gather_scores,
    hash_model,
    key_of,
    recall_mentions,
    recall_texts,
    score_once,
)
from analysis.export.tables import make_tables, write_tables


def make_spans(count: int) -> pd.DataFrame:
    return pd.DataFrame({"text": [f"Sentence number {number} is here." for number in range(count)]})


def make_mentions(*rows) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["text", "target_start", "target_end"])


@pytest.fixture
def read(monkeypatch) -> list:
    """What the encoder is given, text by text; it says of each what a function of the text says."""
    given = []

    def score_texts(texts):
        given.extend(texts)
        return np.array([len(text) % 100 / 100 for text in texts])

    def score_mentions(texts, starts, ends):
        given.extend(zip(texts, starts, ends, strict=True))
        negative, neutral = (np.array(ends_) % 50 / 100 for ends_ in (starts, ends))
        return np.stack([negative, neutral, 1 - negative - neutral], axis=1)

    monkeypatch.setattr(scores, "score_texts", score_texts)
    monkeypatch.setattr(scores, "score_mentions", score_mentions)
    return given


@pytest.fixture
def few(monkeypatch):
    """Blocks of three sentences, after two that are timed."""
    monkeypatch.setattr(scores, "TIMED", 2)
    monkeypatch.setattr(scores, "_BLOCK", 3)


def stop_at(monkeypatch, count: int) -> None:
    """Ctrl-C before the sentence of this number."""
    score_texts, seen = scores.score_texts, []

    def interrupted(texts):
        if len(seen) + len(texts) > count:
            raise KeyboardInterrupt
        seen.extend(texts)
        return score_texts(texts)

    monkeypatch.setattr(scores, "score_texts", interrupted)


def test_each_text_and_each_target_is_read_once(read):
    spans = pd.DataFrame({"text": ["Kim won.", "Kim won.", None, "…", "Putin lost."]})
    mentions = make_mentions(("Kim won.", 0, 3), ("Kim won.", 0, 3), ("Putin lost.", 0, 5))
    table = score_once(spans, mentions)
    assert sorted(map(str, read)) == ["('Kim won.', 0, 3)", "('Putin lost.', 0, 5)", "Kim won.", "Putin lost."]
    assert list(table.columns) == list(SCORES)
    assert table["key"].tolist() == [
        key_of("Kim won.", -1, -1),
        key_of("Putin lost.", -1, -1),
        key_of("Kim won.", 0, 3),
        key_of("Putin lost.", 0, 5),
    ]
    assert table["valence"].tolist()[:2] == [0.08, 0.11] and table["valence"][2:].isna().all()
    assert table[["negative", "neutral", "positive"]].iloc[3].tolist() == pytest.approx([0, 0.05, 0.95])


def test_what_is_known_is_taken_as_it_is_and_not_read_again(read):
    known = score_once(make_spans(3), None).assign(valence=[-0.5, 0.25, 0.75])
    read.clear()
    table = score_once(make_spans(4), None, known=known)
    assert read == ["Sentence number 3 is here."]
    assert table["valence"].tolist() == [-0.5, 0.25, 0.75, 0.26]


def test_where_all_is_known_nothing_is_loaded_announced_or_kept(read, monkeypatch):
    known = score_once(make_spans(3), None)
    monkeypatch.setattr(scores, "load", lambda: pytest.fail("loaded"))
    said, kept = [], []
    score_once(make_spans(2), None, known=known, announce=lambda *told: said.append(told), keep=kept.append)
    assert (said, kept) == ([], [])


def test_another_network_knows_nothing_of_it(read, monkeypatch):
    known = score_once(make_spans(1), None)
    read.clear()
    monkeypatch.setattr(scores, "hash_model", lambda: hash_model()[::-1])
    score_once(make_spans(1), None, known=known)
    assert len(read) == 1


@pytest.mark.parametrize(("count", "apart"), [(TIMED - 1, 1), (TIMED, 1), (10 * TIMED, 10), (10 * TIMED + 7, 10)])
def test_the_first_that_are_read_come_from_all_parts(read, count, apart):
    spans = make_spans(count)
    score_once(spans, None)
    places = [spans["text"].tolist().index(text) for text in read]
    assert places[:TIMED] == [apart * at for at in range(min(TIMED, count))]
    assert sorted(places) == list(range(count))


def test_it_is_said_once_how_many_there_are_and_what_one_takes(read, few, monkeypatch):
    clock = iter([100.0, 103.0, *range(200, 300)])
    monkeypatch.setattr(scores.time, "monotonic", lambda: next(clock))
    said = []
    score_once(make_spans(9), None, announce=lambda *told: said.append(told))
    assert said == [(9, 1.5)]


def test_all_that_is_known_is_kept_every_minute_and_at_the_end(read, few, monkeypatch):
    known = score_once(make_spans(20).tail(1), None)
    clock = iter([0.0, 1.0, 61.0, 62.0, 121.0])
    monkeypatch.setattr(scores.time, "monotonic", lambda: next(clock))
    kept = []
    score_once(make_spans(11), None, known=known, keep=kept.append)
    assert [len(table) for table in kept] == [1 + 5, 1 + 11]


def test_all_that_is_known_is_kept_when_it_is_stopped(read, few, monkeypatch):
    known = score_once(make_spans(20).tail(1), None)
    stop_at(monkeypatch, 6)
    kept = []
    with pytest.raises(KeyboardInterrupt):
        score_once(make_spans(11), None, known=known, keep=kept.append)
    (table,) = kept
    assert len(table) == 1 + 5  # the block of two and one of three; the next was stopped
    assert known["key"].item() in set(table["key"])


def test_a_stopped_run_goes_on_to_the_same_table(read, few, monkeypatch):
    mentions = make_mentions(("Kim won.", 0, 3), ("Putin lost.", 0, 5))
    whole = score_once(make_spans(11), mentions)
    read.clear()
    kept = []
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        stop_at(patch, 6)
        score_once(make_spans(11), mentions, keep=kept.append)
    assert 0 < len(read) < 13
    pd.testing.assert_frame_equal(score_once(make_spans(11), mentions, known=kept[-1]), whole)
    assert len(read) == len(set(map(str, read))) == 13


@pytest.fixture(scope="module")
def scored(seeds):
    """What the encoder says of one article of the seeds, as tables and as kept."""
    articles = seeds.head(1)
    spans = label_voices(articles)
    mentions = find_targets(articles, spans=spans, entities=["Putin", "Kim Jong Un"])
    return spans, mentions, score_once(spans, mentions)


def test_the_encoder_itself_says_what_is_looked_up(scored):
    spans, mentions, table = scored
    pd.testing.assert_frame_equal(score_sentiment(spans, model=recall_texts(table)), score_sentiment(spans))
    pd.testing.assert_frame_equal(score_targets(mentions, model=recall_mentions(table)), score_targets(mentions))


def test_scores_are_gathered_from_the_tables_that_they_made(scored):
    spans, mentions, table = scored
    gathered = gather_scores(
        score_sentiment(spans, model=recall_texts(table)), score_targets(mentions, model=recall_mentions(table))
    )
    order = gathered.set_index("key").loc[table["key"]].reset_index()
    pd.testing.assert_frame_equal(order, table)


def test_partitions_give_the_same_scores(tmp_path, seeds, read):
    # Of sentences that two articles print, each partition reads its own.
    write_tables(seeds, out=tmp_path / "parted", partitions=3)
    parts = [pd.read_parquet(path) for path in sorted((tmp_path / "parted" / "sentiment").glob("*.parquet"))]
    whole = make_tables(seeds, only=["sentiment"])["sentiment"]
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), whole)
