"""Words in context: each counted occurrence is found once, at its place, between its neighbours."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import InputError, count_terms, find_contexts, split_sentences
from analysis.compare.words.contexts import CONTEXTS


def spans_of(*pieces):
    """Rows of (sentence, voice, text) that follow each other in one article."""
    table = pd.DataFrame(pieces, columns=["sentence", "voice", "text"]).assign(article="a", outlet="A")
    ends = table["text"].str.len().cumsum()
    return table.assign(start=ends - table["text"].str.len(), end=ends)


def shown(table):
    return table[["left", "match", "right"]].to_numpy().tolist()


PACT = spans_of(
    (1, "own", "They signed a "),
    (1, "quote", "“strategic partnership” "),
    (1, "own", "pact, which Putin’s aides hailed. "),
    (2, "own", "The pact?"),
)


def test_the_context_runs_across_the_pieces_of_a_sentence_and_not_beyond_it():
    table = find_contexts(PACT, "pact", words=3)
    assert list(table.columns) == list(CONTEXTS)
    assert shown(table) == [
        ["a “strategic partnership” ", "pact", ", which Putin’s aides"],
        ["The ", "pact", "?"],
    ]
    assert table[["article", "outlet", "voice", "start", "end"]].to_numpy().tolist() == [
        ["a", "A", "own", 38, 42],
        ["a", "A", "own", 76, 80],
    ]


def test_a_context_with_room_for_all_words_has_the_marks_at_its_ends_too():
    table = find_contexts(spans_of((1, "own", "“We all signed it,” he said.")), "signed", words=2)
    assert shown(table) == [["“We all ", "signed", " it,” he"]]
    assert shown(find_contexts(spans_of((1, "own", "“We signed it.”")), "signed", words=1)) == [
        ["“We ", "signed", " it.”"]
    ]
    assert shown(find_contexts(PACT, "partnership", words=0)) == [["", "partnership", ""]]


def test_what_is_not_among_the_rows_is_an_ellipsis():
    assert shown(find_contexts(PACT[PACT["voice"] == "own"], "pact"))[0] == [
        "They signed a … ",
        "pact",
        ", which Putin’s aides hailed. ",
    ]
    stripped = PACT.assign(text=PACT["text"].str.strip())[PACT["voice"] == "own"]
    assert shown(find_contexts(stripped, "pact"))[0][0] == "They signed a … "


@pytest.mark.parametrize("term", ["putin", "Putin’s", "PUTIN", "putin's"])
def test_every_printing_of_the_word_is_found_whichever_is_given(term):
    spans = spans_of((1, "own", "Putin saw PUTIN’S Putin's Putinism"))
    assert find_contexts(spans, term)["match"].tolist() == ["Putin", "PUTIN’S", "Putin's"]


def test_initials_are_not_the_pronoun_and_accents_are_composed():
    spans = spans_of((1, "own", "The US, the U.S. and us; cafe\u0301 and café"))
    assert find_contexts(spans, "us")["match"].tolist() == ["us"]
    for term in ("US", "u.s.", "U.S"):
        assert find_contexts(spans, term)["match"].tolist() == ["US", "U.S"]
    assert find_contexts(spans, "café")["match"].tolist() == ["cafe\u0301", "café"]


def test_without_folding_only_the_printing_given_is_found():
    spans = spans_of((1, "own", "Putin saw PUTIN’S Putin's Putinism"))
    assert find_contexts(spans, "Putin", fold=False)["match"].tolist() == ["Putin"]
    assert len(find_contexts(spans, "putin", fold=False)) == 0


def test_a_phrase_is_found_over_marks_and_not_over_rows():
    spans = spans_of((1, "own", "North-Korea’s, north "), (1, "quote", "Korea north, Korea"))
    assert find_contexts(spans, "North Korea")["match"].tolist() == ["North-Korea’s", "north, Korea"]


def test_occurrences_that_overlap_are_all_found():
    spans = spans_of((1, "own", "ha ha ha"))
    assert find_contexts(spans, "ha ha")[["start", "end"]].to_numpy().tolist() == [[0, 5], [3, 8]]


def test_a_word_whose_folded_form_folds_again_is_found_as_it_is_listed():
    spans = spans_of((1, "own", "Jones's's and Jones's"))
    counts = count_terms(spans)
    assert {"jones's", "jones"} <= set(counts["term"])
    assert find_contexts(spans, "jones's")["match"].tolist() == ["Jones's's"]
    assert find_contexts(spans, "jones")["match"].tolist() == ["Jones's"]


def test_rows_without_a_place_or_a_voice_have_none():
    title = pd.DataFrame({"article": ["a"], "outlet": ["A"], "sentence": [0], "start": pd.array([None], dtype="Int64"),
                          "end": pd.array([None], dtype="Int64"), "text": ["A pact"]})  # fmt: skip
    table = find_contexts(title, "pact")
    assert table[["start", "end"]].isna().to_numpy().tolist() == [[True, True]]
    assert table["voice"].isna().tolist() == [True]
    assert table.dtypes.astype(str).to_dict() == find_contexts(PACT, "pact").dtypes.astype(str).to_dict()


def test_the_same_sentence_number_in_another_article_or_story_is_another_sentence():
    spans = pd.concat([PACT.iloc[3:].assign(article="b"), PACT.iloc[3:]]).assign(story=[1, 1])
    assert shown(find_contexts(spans, "pact")) == [["The ", "pact", "?"]] * 2
    spans = pd.concat([PACT.iloc[3:], PACT.iloc[3:]]).assign(story=[1, 2])
    assert shown(find_contexts(spans, "pact")) == [["The ", "pact", "?"]] * 2


@pytest.mark.parametrize("ngrams", [1, 2, 3])
def test_every_counted_occurrence_in_the_seeds_is_found_once_at_its_place(seeds, spans, ngrams):
    counts = count_terms(spans, ngrams=ngrams)
    totals = counts[counts["term"].str.count(" ") == ngrams - 1].groupby("term")["n"].sum()
    texts = seeds.set_index("article")["text"]
    for term, n in totals.iloc[:: len(totals) // 40].items():
        table = find_contexts(spans, term)
        assert len(table) == n
        assert not table.duplicated(["article", "start"]).any()
        for row in table.itertuples():
            text = texts[row.article]
            assert text[row.start : row.end] == row.match
            assert text[row.start - len(row.left) : row.end + len(row.right)] == row.left + row.match + row.right


WORDS = st.sampled_from(
    ["US", "us", "Kim", "Kim’s", "kim's's", "U.S.", "é", "e\u0301", "the", "😀", "\x00", "…", "“", "1,9"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=6), min_size=1, max_size=4), st.integers(0, 3))
def test_rows_are_as_many_as_the_count_says(sentences, words):
    spans = spans_of(*((i, "own", " ".join(sentence) + " ") for i, sentence in enumerate(sentences)))
    text = "".join(spans["text"])
    for row in count_terms(spans, ngrams=3).itertuples():
        table = find_contexts(spans, row.term, words=words)
        assert len(table) == row.n
        assert table["match"].tolist() == [
            text[start:end] for start, end in zip(table["start"], table["end"], strict=True)
        ]


def test_a_term_that_does_not_occur_gives_an_empty_table_of_the_same_kind():
    for term in ("treaty", "pact pact", "the pact which Putin aides hailed the pact and more of that"):
        empty = find_contexts(PACT, term)
        assert len(empty) == 0
        assert empty.dtypes.astype(str).to_dict() == find_contexts(PACT, "pact").dtypes.astype(str).to_dict()
    assert len(find_contexts(PACT.head(0), "pact")) == 0


def test_a_sentence_that_never_ends_is_read_once_and_not_for_each_match():
    spans = spans_of((1, "own", "pact word " * 20_000))
    assert len(find_contexts(spans, "pact")) == 20_000


def test_the_articles_keep_their_order_and_rows_do_not():
    spans = split_sentences(
        pd.DataFrame({"article": ["b", "a"], "outlet": "A", "event": "1", "text": "A pact. The pact."})
    )
    expected = find_contexts(spans, "pact")
    assert expected["article"].tolist() == ["b", "b", "a", "a"]
    pd.testing.assert_frame_equal(find_contexts(spans.iloc[[1, 0, 3, 2]], "pact"), expected)


@pytest.mark.parametrize(
    ("term", "words", "message"),
    [
        ("", 8, "find_contexts needs a term with a letter or a digit in it, but was given ''"),
        ("“…”", 8, "find_contexts needs a term with a letter or a digit in it, but was given '“…”'"),
        (None, 8, "find_contexts needs a term, a word or a phrase, but was given None"),
        ("pact", -1, "words is -1, but must be a whole number of 0 or more: the words shown on either side"),
        ("pact", 1.5, "words is 1.5, but must be a whole number of 0 or more: the words shown on either side"),
        ("pact", True, "words is True, but must be a whole number of 0 or more: the words shown on either side"),
    ],
)
def test_what_can_not_be_searched_is_named(term, words, message):
    with pytest.raises(InputError) as error:
        find_contexts(PACT, term, words=words)
    assert str(error.value) == message


def test_numpy_whole_numbers_are_whole_numbers():
    assert len(find_contexts(PACT, "pact", words=np.int64(2))) == 2
