"""Counts by article against `count_terms` of each article by itself."""

import numpy as np
import pandas as pd
import pytest

from analysis import count_terms, label_voices
from analysis.compare.words.matrices import count_by_article, default_least


def spans_of(*rows):
    table = pd.DataFrame(rows, columns=["outlet", "article", "sentence", "text"])
    return table.astype({"outlet": "str", "article": "str", "text": "str"})


SPANS = spans_of(
    ("A", "1", 1, "The north pact of the north pact."),
    ("A", "2", 1, "A north pact, north?"),
    ("B", "3", 1, "North pact"),
    ("B", "3", 2, "signed pact signed"),
)


def dense(counted):
    return pd.DataFrame(counted.counts.toarray().astype(int), columns=list(counted.terms))


def test_stop_words_are_counted_among_the_words_only():
    counted = count_by_article(SPANS, ["outlet"], ngrams=2)
    assert list(counted.terms) == [
        "north", "north pact", "pact", "pact north", "pact signed", "signed", "signed pact",
    ]  # fmt: skip
    assert dense(counted)["north pact"].tolist() == [2, 1, 1]
    assert dense(counted)["pact north"].tolist() == [0, 1, 0]
    assert counted.words.tolist() == [[7, 6], [4, 3], [5, 3]]
    assert counted.lengths.tolist() == [1, 2, 1, 2, 2, 1, 2]
    assert counted.owner.tolist() == [0, 0, 1]


@pytest.mark.parametrize("ngrams", [1, 2, 3])
def test_every_article_has_the_counts_of_count_terms(seeds, ngrams):
    spans = label_voices(seeds)
    counted = count_by_article(spans, ["outlet"], ngrams=ngrams)
    expected = count_terms(spans, by="article", ngrams=ngrams).query("not stop_word")
    expected = expected.pivot(index="article", columns="term", values="n").fillna(0)
    assert list(counted.terms) == list(expected.columns)
    np.testing.assert_array_equal(counted.counts.toarray(), expected.to_numpy())


@pytest.mark.parametrize(
    ("least", "kept"), [(1, ["north", "north pact", "pact"]), (3, ["north", "north pact", "pact"])]
)
def test_terms_in_too_few_articles_are_left_out(least, kept):
    counted = count_by_article(SPANS, ["outlet"], ngrams=2, least_articles=least)
    assert set(kept) <= set(counted.terms)
    assert ("signed" in set(counted.terms)) == (least == 1)
    assert counted.words.tolist() == [[7, 6], [4, 3], [5, 3]]


def test_a_phrase_is_left_out_by_its_own_articles_and_not_by_its_stop_words():
    spans = spans_of(*[("A", str(i), 1, "ministry of defence") for i in range(2)], ("B", "9", 1, "ministry, defence"))
    assert list(count_by_article(spans, ["outlet"], ngrams=3, least_articles=2).terms) == [
        "defense", "ministry", "ministry of defense",
    ]  # fmt: skip
    assert list(count_by_article(spans, ["outlet"], ngrams=3, least_articles=3).terms) == ["defense", "ministry"]


def test_only_a_lone_article_is_counted_by_sentence():
    counted = count_by_article(SPANS, ["outlet"], sentences=True)
    assert counted.owner.tolist() == [0, 0, 1, 1]
    assert counted.articles.tolist() == [0, 1, 2, 2]
    assert dense(counted)["signed"].tolist() == [0, 0, 0, 2]
    # In one article each, whichever sentences they stand in.
    assert "signed" not in set(count_by_article(SPANS, ["outlet"], sentences=True, least_articles=2).terms)


def test_the_order_of_rows_is_of_no_account():
    spans = SPANS.assign(event=["x", None, "", "y"])
    one, other = (count_by_article(table, ["outlet"], ngrams=2) for table in (spans, spans.iloc[::-1]))
    assert (one.counts != other.counts).nnz == 0
    assert one.events.tolist() == other.events.tolist() == [0, -1, 1]
    assert list(one.terms) == list(other.terms)


def test_hostile_texts_are_counted():
    spans = spans_of(("A", "1", 1, ""), ("A", "2", 1, "\x00\u202e𝔘 ’’ ..."), ("B", "3", 1, None))
    counted = count_by_article(spans, ["outlet"], ngrams=3)
    assert counted.counts.shape == (3, 1)
    assert count_by_article(spans.iloc[:0], ["outlet"], ngrams=3, sentences=True).counts.shape == (0, 0)


def test_how_many_articles_a_term_needs():
    assert [default_least(articles) for articles in (0, 1, 39, 40, 399, 400)] == [1, 1, 1, 2, 19, 20]
