"""Who speaks, with which verbs: counted on tables a reader can check by eye."""

import pandas as pd
import pytest

from analysis import InputError, tabulate_speakers, tabulate_verbs


def make_spans(rows):
    return pd.DataFrame(rows, columns=["article", "outlet", "voice", "speaker", "text"])


SPANS = make_spans(
    [
        ("a", "A", "own", None, "one two three"),
        ("a", "A", "quote", "Kim", '"four"'),
        ("a", "A", "reported", "Kim", "five six"),
        ("a", "A", "quote", None, '"seven"'),
        ("b", "A", "quote", "Kim", '"eight nine ten"'),
        ("c", "B", "reported", "Putin", "one"),
    ]
)


def test_words_are_counted_by_speaker_and_voice_most_words_first():
    table = tabulate_speakers(SPANS)
    assert table[["outlet", "speaker", "voice", "words", "articles"]].fillna("–").values.tolist() == [
        ["A", "Kim", "quote", 4, 2],
        ["A", "Kim", "reported", 2, 1],
        ["A", "–", "quote", 1, 1],
        ["B", "Putin", "reported", 1, 1],
    ]
    assert table["share"].tolist() == [0.4, 0.2, 0.1, 1.0]


def test_shares_of_speakers_and_of_own_words_make_one():
    own = 3 / 10
    assert tabulate_speakers(SPANS).query("outlet == 'A'")["share"].sum() == pytest.approx(1 - own)


def test_a_pronoun_that_is_not_clear_names_nobody():
    spans = make_spans([("a", "A", "quote", who, "two words") for who in ("She", "she", None, "Kim")])
    assert tabulate_speakers(spans)[["speaker", "words"]].fillna("–").values.tolist() == [["–", 6], ["Kim", 2]]


def test_by_article_and_no_rows():
    assert tabulate_speakers(SPANS, by="article")["article"].tolist() == ["a", "a", "a", "b", "c"]
    empty = tabulate_speakers(SPANS.head(0))
    assert list(empty.columns) == ["outlet", "speaker", "voice", "words", "share", "articles"] and empty.empty
    assert tabulate_verbs(QUOTES.head(0)).empty


QUOTES = pd.DataFrame(
    {
        "article": ["a", "a", "a", "a", "b"],
        "outlet": "A",
        "verb": ["said", "says", "Says", None, "According to"],
        "content_start": [0, 10, 10, 30, 0],
        "content_end": [5, 20, 20, 40, 9],
    }
)


def test_forms_of_a_verb_are_one_and_an_interrupted_quotation_counts_once():
    table = tabulate_verbs(QUOTES, by="outlet")
    assert table.values.tolist() == [["A", "say", 2, 2 / 3, 1], ["A", "according to", 1, 1 / 3, 1]]
    assert tabulate_verbs(QUOTES)["article"].tolist() == ["a", "b"]


@pytest.mark.parametrize(
    ("tabulate", "table", "by", "message"),
    [
        (tabulate_speakers, SPANS, "voice", "tabulate_speakers counts by voice already; expected other columns in by"),
        (
            tabulate_speakers,
            SPANS,
            "speaker",
            "tabulate_speakers counts by speaker already; expected other columns in by",
        ),
        (tabulate_verbs, QUOTES, "verb", "tabulate_verbs counts by verb already; expected other columns in by"),
        (
            tabulate_verbs,
            QUOTES,
            "event",
            "tabulate_verbs needs the column 'event'; the table has 'article', 'outlet', 'verb', 'content_start', "
            "'content_end'",
        ),
    ],
)
def test_what_can_not_be_counted_by_is_said(tabulate, table, by, message):
    with pytest.raises(InputError) as error:
        tabulate(table, by=by)
    assert str(error.value) == message
