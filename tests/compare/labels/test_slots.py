"""Suggested labels: what shares slots and neighbours stands first, and what is too rare not at all."""

import re

import pandas as pd
import pytest

from analysis import InputError, label_voices, suggest_labels
from analysis.compare.labels.slots import SUGGESTIONS
from analysis.compare.words.vocabulary import fold_term


def make_spans(*texts):
    return pd.DataFrame(
        {"article": "a", "sentence": range(len(texts)), "start": 0, "end": [len(text) for text in texts], "text": texts}
    )


def test_other_names_of_the_pact_come_first_on_the_seeds(spans):
    assert suggest_labels(spans, "pact", most=3)["label"].tolist() == ["agreement", "partnership", "deal"]
    assert suggest_labels(spans, "agreement", most=3)["label"].tolist() == ["pact", "partnership", "deal"]


def test_the_example_holds_the_label_in_its_slot(spans, seeds):
    ranked = suggest_labels(spans, "pact")
    assert tuple(ranked.columns) == SUGGESTIONS
    texts = seeds.set_index("article")["text"]
    for row in ranked.itertuples():
        assert texts[row.article][row.start : row.end] == row.text
        assert row.label in {fold_term(word) for word in re.findall(r"\w+", row.text)}
    assert ranked["score"].is_monotonic_decreasing and ranked["score"].between(0, 1, inclusive="right").all()
    assert "pact" not in set(ranked["label"]) and "the" not in set(ranked["label"])
    assert ranked.loc[ranked["label"] == "agreement", ["n", "articles"]].to_numpy().tolist() == [[14, 5]]


def test_words_in_the_same_places_score_1_and_others_less():
    same = ["They signed a pact.", "They signed a deal.", "We like the pact.", "We like the deal.", "I like the sea."]
    ranked = suggest_labels(make_spans(*same, "Every sea."), "pact")
    assert ranked["label"].tolist() == ["deal", "sea"]
    assert ranked["score"].iloc[0] == pytest.approx(1)
    assert 0 < ranked["score"].iloc[1] < 0.8
    assert ranked["slot"].tolist() == ["signed a ___", "like the ___"]


def test_a_word_seen_once_and_one_in_a_single_slot_are_left_out():
    seen_twice = ["He read the pact aloud.", "He read the deal aloud.", "She read the deal aloud."]
    assert suggest_labels(make_spans(*seen_twice), "pact")["label"].tolist() == ["deal"]
    assert suggest_labels(make_spans(*seen_twice[:2]), "pact").empty
    one_slot = ["That pact we sign.", "That deal they broke.", "Whose deal is it?"]
    assert suggest_labels(make_spans(*one_slot), "pact").empty


def test_a_and_an_are_one_slot_and_no_slot_crosses_a_sentence():
    texts = ["He signed a pact now.", "He signed an accord now.", "An accord."]
    ranked = suggest_labels(make_spans(*texts), "pact")
    assert ranked[["label", "slot"]].to_numpy().tolist() == [["accord", "signed a ___"]]
    across = ["signed", "pact", "signed", "deal", "signed", "deal"]
    assert suggest_labels(make_spans(*across), "pact").empty


def test_a_sentence_is_read_through_its_voices_whatever_the_order_of_the_rows(spans):
    pd.testing.assert_frame_equal(
        suggest_labels(spans.sample(frac=1, random_state=1), "pact"), suggest_labels(spans, "pact")
    )
    whole = make_spans("He signed a pact now.", "He signed a deal now.", "He signed a deal now.")
    cut = pd.concat([whole.assign(text="He signed a ", end=12), whole.assign(start=12, text=whole["text"].str[12:])])
    keep = ["label", "score", "n", "slot"]
    pd.testing.assert_frame_equal(suggest_labels(cut, "pact")[keep], suggest_labels(whole, "pact")[keep])


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("dael", "label is 'dael', but must be a word of these texts, and it is not there"),
        ("special operation", "label is 'special operation', but must be one word"),
        ("", "label is '', but must be one word"),
        (7, "label is 7, but must be one word"),
    ],
)
def test_what_is_no_word_of_the_texts_is_refused(spans, label, message):
    with pytest.raises(InputError) as error:
        suggest_labels(spans, label)
    assert str(error.value) == message


def test_most_and_columns_are_checked(spans):
    for most in (0, True, 1.5):
        with pytest.raises(InputError) as error:
            suggest_labels(spans, "pact", most=most)
        assert str(error.value) == f"most is {most!r}, but must be a whole number from 1 on"
    with pytest.raises(InputError) as error:
        suggest_labels(spans.drop(columns="sentence"), "pact")
    assert str(error.value).startswith("suggest_labels needs the column 'sentence'; the table has ")
    with pytest.raises(InputError) as error:
        suggest_labels(spans.iloc[:0], "pact")
    assert str(error.value) == "label is 'pact', but must be a word of these texts, and it is not there"


def test_one_word_alone_and_no_word_beside_it():
    assert suggest_labels(make_spans("Pact"), "pact").empty
    empty, full = (
        suggest_labels(make_spans("Pact"), "pact"),
        suggest_labels(make_spans("a pact b", "a deal b", "a deal b"), "pact"),
    )
    assert empty.dtypes.astype(str).to_dict() == full.dtypes.astype(str).to_dict()


def test_the_input_stays(seeds):
    spans = label_voices(seeds.iloc[:1])
    before = spans.copy(deep=True)
    suggest_labels(spans, "pact")
    pd.testing.assert_frame_equal(spans, before)
