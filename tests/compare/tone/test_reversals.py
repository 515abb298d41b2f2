"""Where VADER says the opposite, and the words it counted."""

import pandas as pd
import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis import tabulate_reversals
from analysis.compare.vader.rules import explain_vader, score_vader


def make_scored(*rows):
    table = pd.DataFrame(list(rows), columns=["text", "score"])
    return table.assign(article="a", outlet="A", entity="Kim", voice="own", speaker=None)


def test_only_opposites_beyond_the_bound_are_listed_furthest_apart_first():
    united = "The United Nations spoke of Kim."
    scored = make_scored((united, -0.1), (united, 0.1), ("Kim spoke.", -0.9), ("Kim won.", 0.9), ("A war.", 0.5))
    found = tabulate_reversals(scored)
    assert found["text"].tolist() == ["A war.", united]
    assert found["vader"].tolist() == [-0.5994, 0.4215]
    assert found["words"].tolist() == ["war −2.9", "United +1.8"]


@pytest.mark.parametrize(("score", "rows"), [(-0.05, 1), (-0.049, 0)])
def test_a_neutral_score_is_no_opposite(score, rows):
    assert len(tabulate_reversals(make_scored(("The United Nations.", score)))) == rows


def test_a_sentence_has_one_row_that_of_the_mention_furthest_apart():
    scored = make_scored(("United Nations.", -0.2), ("United Nations.", -0.8), ("United Nations.", None))
    assert tabulate_reversals(scored)["score"].tolist() == [-0.8]


def test_the_words_come_with_what_they_add_the_strongest_first():
    found = tabulate_reversals(make_scored(("Well-known Kim is a very good friend, not a foe.", -0.5)))
    assert found["words"].tolist() == ["friend +2.5, good +2.2, foe +1.4"]


@pytest.mark.parametrize(
    "text", ["A very GOOD friend!", "Not good, but great.", "war 😁 war", "isn’t a “friend”", "kind of bad", "", "…"]
)
def test_the_words_of_a_text_add_up_to_its_score(text):
    total = explain_vader(["good", text]).query("row == 1")["valence"].sum()
    total += (total > 0) * 0.292 * text.count("!")
    assert total / (total * total + 15) ** 0.5 == pytest.approx(score_vader([text])[0], abs=1e-4)
    assert score_vader([text])[0] == SentimentIntensityAnalyzer().polarity_scores(text)["compound"]


def test_marks_at_a_word_are_left_out_and_emoticons_kept():
    assert explain_vader(['"(friend)," :) war.', "half \ud800 good"])["word"].tolist() == [
        "friend",
        ":)",
        "war",
        "good",
    ]


def test_no_texts_have_no_words():
    assert explain_vader([]).empty
    assert list(tabulate_reversals(make_scored()).columns) == list(
        tabulate_reversals(make_scored(("war", 1.0))).columns
    )
