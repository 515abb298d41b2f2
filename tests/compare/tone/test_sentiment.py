"""Sentiment: the numbers are the package's own, and what is no sentence is refused."""

import joblib
import numpy as np
import pandas as pd
import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis import InputError, score_sentiment
from analysis.compare.tone import sentiment
from analysis.corpus import parallel

# nltk/test/unit/test_vader.py (Apache-2.0).
NLTK = {
    "The food is great": 0.6249,
    "The service is horrible": -0.5423,
    "The food is really great": 0.659,
    "The service is really horrible": -0.5849,
    "The food is great!": 0.6588,
    "The food is great, and the service is horrible": 0.1531,
    "The food is great, but the service is horrible": -0.4939,
    "The food is great, but the service is horrible but": -0.4939,
}
# README.rst of github.com/cjhutto/vaderSentiment (MIT), "Output for the above example code".
README = {
    "VADER is smart, handsome, and funny.": 0.8316,
    "VADER is smart, handsome, and funny!": 0.8439,
    "VADER is VERY SMART, handsome, and FUNNY!!!": 0.9342,
    "VADER is not smart, handsome, nor funny.": -0.7424,
    "Make sure you :) or :D today!": 0.8633,
    "Not bad at all": 0.431,
}
AWKWARD = [
    "“Dearest friend of the Korean people,” Kim said — in Pyongyang's main square.",
    "The UNITED Nations Security Council, the party and the defence treaty",
    "least of all a no-good, very bad war; kind of horrible",
    "naïve café, Søren: 100% 😁 wonderful\u00a0day",
    "WAR",
    "2,000",
    "\twell\nbroken  lines are awful \n",
]


def spans_of(texts):
    return pd.DataFrame({"article": "a", "sentence": range(1, len(texts) + 1), "text": list(texts)})


@pytest.mark.parametrize("published", [NLTK, README], ids=["nltk", "readme"])
def test_vader_gives_the_published_numbers(published):
    assert score_sentiment(spans_of(published), model="vader")["score"].tolist() == list(published.values())


def test_vader_is_the_package_on_awkward_sentences():
    analyser = SentimentIntensityAnalyzer()
    expected = [analyser.polarity_scores(text)["compound"] for text in AWKWARD]
    assert score_sentiment(spans_of(AWKWARD), model="vader")["score"].tolist() == expected


def test_same_rows_and_columns_and_the_table_given_is_unchanged():
    spans = spans_of(["Good.", "Bad.", "Good."]).set_index(pd.Index([7, 3, 7]))
    spans["voice"] = "own"
    before = spans.copy()
    scored = score_sentiment(spans, model="vader")
    pd.testing.assert_frame_equal(spans, before)
    pd.testing.assert_frame_equal(scored.drop(columns="score"), before)
    assert scored.columns[-1] == "score"


def test_each_distinct_text_is_scored_once_and_scores_return_to_their_rows():
    seen = []

    def lengths(texts):
        seen.extend(texts)
        return [len(text) / 10 for text in texts]

    scored = score_sentiment(spans_of(["abc", "a", "abc", "—", "a"]), model=lengths)
    assert seen == ["abc", "a"]
    np.testing.assert_array_equal(scored["score"], [0.3, 0.1, 0.3, np.nan, 0.1])


def test_a_text_without_letter_or_digit_has_no_score():
    scores = score_sentiment(spans_of(["…", "", "!!!", None, "🙂", "7"]), model="vader")["score"]
    assert scores.isna().tolist() == [True, True, True, True, True, False]


@pytest.mark.parametrize("missing", [[np.nan, np.nan], [None, None], []])
def test_texts_that_are_all_missing_have_no_score(missing):
    spans = pd.DataFrame({"article": ["a"] * len(missing), "sentence": range(len(missing)), "text": missing})
    for texts in (spans, spans.astype({"text": "str"}), spans.astype({"text": object})):
        assert score_sentiment(texts, model="vader")["score"].isna().tolist() == [True] * len(missing)


def test_no_score_depends_on_the_number_of_jobs(monkeypatch):
    texts = pd.Series([*NLTK, None, "…", *AWKWARD, "Good.", "Good.", "half a \ud83d good"], dtype=object)
    spans = spans_of([""] * len(texts)).assign(text=texts)
    whole = score_sentiment(spans, model="vader")
    monkeypatch.setattr(parallel, "BLOCK", 100)
    monkeypatch.setattr(sentiment, "_ENOUGH", 1)
    for jobs in (1, 2):
        with joblib.parallel_config(n_jobs=jobs):
            pd.testing.assert_frame_equal(score_sentiment(spans, model="vader"), whole, check_exact=True)


def test_no_rows_give_no_rows():
    empty = score_sentiment(spans_of([]).astype({"text": "str"}), model="vader")
    assert len(empty) == 0
    assert empty["score"].dtype == float


def test_a_table_of_articles_is_refused():
    articles = pd.DataFrame({"article": ["a"], "outlet": ["A"], "text": ["A whole article. It is good."]})
    with pytest.raises(InputError) as error:
        score_sentiment(articles)
    assert str(error.value) == (
        "score_sentiment needs the column 'sentence'; the table has 'article', 'outlet', 'text'; "
        "it scores spans of sentences, never a whole article"
    )


@pytest.mark.parametrize(
    ("model", "message"),
    [
        ("x", "model 'x' is not known; there are 'tone', 'linear', 'vader', or a function from texts to scores"),
        (lambda texts: [0.5], "the model must return one number for each of 2 texts, but returned 1"),
        (lambda texts: 0.5, "the model must return one number for each of 2 texts, but returned a single one"),
        (lambda texts: [0.5, 1.5], "the model must return numbers from -1 to 1, but returned 1.5"),
        (lambda texts: [np.nan, 0], "the model must return numbers from -1 to 1, but returned nan"),
        (lambda texts: ["good", "bad"], "the model must return numbers from -1 to 1, but returned ['good', 'bad']"),
    ],
)
def test_a_model_that_cannot_be_used_is_named(model, message):
    with pytest.raises(InputError) as error:
        score_sentiment(spans_of(["Good.", "Bad."]), model=model)
    assert str(error.value) == message


def test_the_ends_of_the_scale_are_allowed():
    assert score_sentiment(spans_of(["Good.", "Bad."]), model=lambda texts: [1, -1])["score"].tolist() == [1.0, -1.0]
