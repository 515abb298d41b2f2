"""The sentences are tested whole: each word of them is a claim."""

import itertools

import numpy as np
import pandas as pd
import pytest

from analysis import InputError, describe_articles, describe_sentiment, describe_voices, read_articles
from analysis.compare.uncertainty import MIN_ARTICLES
from analysis.display import MOST_NAMED
from analysis.present.sentences.accuracy import accuracy
from analysis.present.sentences.corpus import describe_corpus

ORDER = accuracy("stances", "order_accuracy", model="vader")
CHANCE = (
    f"which of two outlets is the more negative about the same person VADER has right in {100 * ORDER['value']:.0f} % "
    f"({100 * ORDER['low']:.0f}–{100 * ORDER['high']:.0f} %) of {ORDER['n']} pairs of human-coded articles, where a "
    "coin has 50 %, and for a single event no difference is called."
)
COMPARISONS = ("than", "higher", "lower", "significant", "p =", "p <", "biased", "tone")


def make_articles(outlets="ABC", **columns):
    n = len(outlets)
    table = {
        "article": [f"{i}.txt" for i in range(n)], "outlet": list(outlets), "event": "pact", "title": "Pact",
        "published": pd.to_datetime(["2024-06-20", "2024-06-19"][:n] + [None] * (n - 2)), "agency": pd.NA,
        "language": "en", "source": [f"{i}.txt" for i in range(n)], "text": "They signed.",
    }  # fmt: skip
    return pd.DataFrame({**table, **columns})


def make_voices(quote, *, reported=None, articles=1):
    rows = [(outlet, "quote", 1, share, articles) for outlet, share in quote.items()]
    rows += [(outlet, "reported", 1, share, articles) for outlet, share in (reported or {}).items()]
    rows += [(outlet, "own", 1, 1 - share, articles) for outlet, share in quote.items()]
    return pd.DataFrame(rows, columns=["outlet", "voice", "words", "share", "articles"])


def make_summary(outlets="AB", *, articles=1):
    rows = [
        (outlet, voice, articles, 9, mean, mean - 0.1, mean + 0.1, "sentence" if articles == 1 else "article")
        for outlet, (voice, mean) in itertools.product(outlets, [("own", 0.0), ("quote", 0.25), ("reported", 0.9)])
    ]
    return pd.DataFrame(rows, columns=["outlet", "voice", "articles", "n", "mean", "low", "high", "unit"])


def test_articles_one_of_each_outlet():
    assert describe_articles(make_articles()) == (
        "3 articles of 3 outlets (A, B and C); one article each, so that every figure is that of this article and not "
        "of its outlet; dated 2024-06-19 to 2024-06-20, 1 without a date (C)."
    )


def test_articles_below_at_and_above_the_floor():
    below = make_articles("A" * MIN_ARTICLES + "B" * (MIN_ARTICLES - 1))
    assert describe_articles(below.assign(published=below["published"].iloc[0])) == (
        "9 articles of 2 outlets (A and B); fewer than 5 articles for 1 of them, too few to speak of the outlet; "
        "dated 2024-06-20."
    )
    enough = make_articles("A" * MIN_ARTICLES, published=pd.NaT)
    assert describe_articles(enough) == "5 articles of 1 outlet (A); none of them dated."


def test_agencies_languages_and_problems_are_named_with_their_files():
    table = make_articles(
        agency=["AFP", "Reuters", "Reuters"], language=["fr", np.nan, "xx"], published=pd.Timestamp("2024-06-19")
    )
    table.attrs["problems"] = [
        {"source": "x.pdf", "problem": "'x.pdf' is no text."},
        {"source": "y.csv", "problem": "row 3 has no text"},
        {"source": "z.txt", "problem": "is empty"},
        {"source": "w.txt", "problem": "is empty"},
    ]
    assert describe_articles(table) == (
        "3 articles of 3 outlets (A, B and C); one article each, so that every figure is that of this article and not "
        "of its outlet; dated 2024-06-19; signed by an agency: Reuters (2) and AFP (1). "
        "Flagged, since words and lexicons here are English: French in 0.txt and language xx in 2.txt. "
        "The language of 1 article was not recognised. "
        "Reading met 4 problems ('x.pdf' is no text; y.csv: row 3 has no text; z.txt: is empty; and 1 more)."
    )


@pytest.mark.parametrize("language", ["en", "en-US", "English", "eng"])
def test_english_by_another_name_was_flagged(language):
    table = make_articles(language=language)
    assert "Flagged" not in describe_articles(table)
    assert "not English" not in describe_corpus(table)


def test_no_articles_but_problems():
    table = make_articles().head(0)
    assert describe_articles(table) == "There are no articles to describe."
    table.attrs["problems"] = [{"source": "x.pdf", "problem": "is no text"}]
    assert describe_articles(table) == ("There are no articles to describe. Reading met 1 problem (x.pdf: is no text).")


def test_the_whole_description_of_a_corpus(tmp_path):
    (tmp_path / "a.txt").write_text("date 2024-06-19 The minister welcomed the deal.\n")
    articles = read_articles(tmp_path)
    articles["language"] = pd.Series(["de"], dtype="str")
    assert (
        describe_corpus(articles)
        == """\
Read
  articles  1
  outlets   1
  words     9
  dates     2024-06-19

Files
  file   form  articles  words  undated  outlets  problems
  a.txt  txt          1      9        0        1         0

Outlets
  outlet  articles  words  first       last        undated  agencies
  A              1      9  2024-06-19  2024-06-19        0

Columns
  article    1 of 1
  outlet     1 of 1
  event      0 of 1
  title      0 of 1
  published  1 of 1
  byline     0 of 1
  agency     0 of 1
  language   1 of 1
  source     1 of 1
  url        0 of 1
  text       1 of 1

Repeated
  none

Events
  taken as one event: none is named, and by their words the articles do not fall into several

Agencies
  none

Languages
  de  1  not English: the methods are made for English

Notes
  none

Not read
  none"""
    )


def test_voices_of_one_article_each():
    table = make_voices({"A": 0.14, "D": 0.37, "E": 0.08}, reported={"A": 0.2, "D": 0.1})
    assert describe_voices(table) == (
        "In quotation marks: 14 % of the words of this article (A), 37 % of this article (D), 8 % of this article (E). "
        "Reported without quotation marks: 20 % of the words of this article (A), 10 % of this article (D), 0 % of "
        "this article (E)."
    )


def test_voices_of_a_few_and_of_many_articles():
    few = make_voices({"A": 0.1, "B": 0.3}, articles=MIN_ARTICLES - 1)
    assert describe_voices(few) == (
        "In quotation marks: 10 % of the words of these 4 articles of A, 30 % of these 4 articles of B."
    )
    many = make_voices({"A": 0.1, "B": 0.3}, articles=MIN_ARTICLES)
    assert describe_voices(many) == "In quotation marks: 10 % of the words of A (5 articles), 30 % of B (5 articles)."


def test_voices_without_quotes():
    table = make_voices({"A": 0.3})
    assert describe_voices(table[table["voice"] == "own"]) == "No words are quoted or reported in this table."


def test_sentiment_of_one_article_each():
    table = make_summary()
    table.loc[0, ["mean", "low", "high"]] = [-0.001, np.nan, np.nan]
    assert describe_sentiment(table, model="vader") == (
        "Mean valence of the words by the VADER lexicon, from −1 to 1, each interval a 95 % one within this article, "
        "not for its outlet: this article (A) own 0.00 (too little for an interval) and quoted 0.25 (0.15 to 0.35); "
        "this article (B) own 0.00 (−0.10 to 0.10) and quoted 0.25 (0.15 to 0.35). "
        f"That is not the stance of this article or its outlet: {CHANCE}"
    )


def test_another_model_was_called_vader():
    table = make_summary("A", articles=6)
    assert describe_sentiment(table, model="mine") == (
        "Mean valence of the words by the model given, whose accuracy is not known here, from −1 to 1, each with its "
        "95 % interval: A (6 articles) own 0.00 (−0.10 to 0.10) and quoted 0.25 (0.15 to 0.35). That is not the stance "
        "of an outlet, and for a single event no difference is called."
    )
    assert describe_sentiment(table, model="tone") == describe_sentiment(table)
    assert "VADER" not in describe_sentiment(make_summary("A"), model=len)


@pytest.mark.parametrize("model", ["tone", "linear"])
def test_valence_of_sentences_is_no_tone_of_an_outlet_whatever_the_model(model):
    assert describe_sentiment(make_summary("A", articles=6), model=model) == (
        f"Mean valence of the sentences by the package's own model “{model}”, from −1 to 1, each with its 95 % "
        "interval: A (6 articles) own 0.00 (−0.10 to 0.10) and quoted 0.25 (0.15 to 0.35). That is not the stance of "
        "an outlet: a sentence about a war is sad news whoever writes it, and for a single event no difference is "
        "called."
    )
    text = describe_sentiment(make_summary(), model=model)
    for sentence in text.rstrip(".").split(". "):
        assert "this article" in sentence
    assert not [word for word in COMPARISONS if f" {word} " in text]


def test_sentiment_of_several_articles():
    table = make_summary(articles=6)
    table.loc[table["outlet"] == "B", ["articles", "unit"]] = [1, "sentence"]
    table = table[(table["outlet"] == "A") | (table["voice"] == "quote")]
    assert describe_sentiment(table, model="vader") == (
        "Mean valence of the words by the VADER lexicon, from −1 to 1, each with its 95 % interval: A (6 articles) own "
        "0.00 (−0.10 to 0.10) and quoted 0.25 (0.15 to 0.35); this article (B) quoted 0.25 (0.15 to 0.35, within one "
        f"article). That is not the stance of an outlet: {CHANCE}"
    )


def test_with_one_article_per_outlet_every_sentence_says_this_article_and_none_compares():
    texts = [
        describe_articles(make_articles()),
        describe_voices(make_voices({"A": 0.1, "B": 0.3}, reported={"A": 0.2, "B": 0.1})),
        describe_sentiment(make_summary()),
    ]
    for text in texts:
        for sentence in text.rstrip(".").split(". "):
            assert "this article" in sentence
        assert not [word for word in COMPARISONS if f" {word} " in text]


def test_many_outlets_are_counted_not_named():
    names = [f"{i:02}" for i in range(MOST_NAMED + 2)]
    assert "(00, 01, 02, 03, 04, 05, 06, 07, 08, 09, 10, 11 and 2 more)" in describe_articles(make_articles(names))
    assert ", and 2 more outlets in the table." in describe_voices(make_voices(dict.fromkeys(names, 0.1)))
    assert "; and 2 more outlets in the table." in describe_sentiment(make_summary(names))


def test_names_from_articles_are_shortened_and_cleaned():
    hostile = ["\x1b[31mRed\u202e\n", "N" * 500]
    for text in (
        describe_articles(make_articles(hostile)),
        describe_voices(make_voices(dict.fromkeys(hostile, 0.5))),
        describe_sentiment(make_summary(hostile)),
    ):
        assert text.isprintable() and len(text) < 900
        assert "[31mRed" in text and "N…N" in text


@pytest.mark.parametrize(
    ("describe", "table", "sentence"),
    [
        (describe_voices, make_voices({}), "There are no words to describe by voice."),
        (describe_sentiment, make_summary(""), "There are no scores to describe."),
    ],
)
def test_an_empty_table_gives_a_sentence(describe, table, sentence):
    assert describe(table) == sentence


@pytest.mark.parametrize("describe", [describe_articles, describe_voices, describe_sentiment])
def test_a_missing_column_is_named_and_a_list_is_no_table(describe):
    with pytest.raises(InputError) as error:
        describe([1])
    assert str(error.value) == f"{describe.__name__} needs a DataFrame, but was given a list"
    with pytest.raises(InputError) as error:
        describe(pd.DataFrame({"word": ["a"]}))
    assert str(error.value).startswith(f"{describe.__name__} needs the columns '")
    assert str(error.value).endswith("; the table has 'word'")


def test_the_input_stays_as_it_was():
    for describe, table in (
        (describe_articles, make_articles()),
        (describe_voices, make_voices({"A": 0.5})),
        (describe_sentiment, make_summary()),
    ):
        before = table.copy()
        describe(table)
        pd.testing.assert_frame_equal(table, before)
