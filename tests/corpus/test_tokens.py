import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import InputError, tokenize
from analysis.corpus import tokens
from analysis.corpus.tokens import count_words, fold_word


def words_of(text: str) -> list[str]:
    return tokenize(pd.DataFrame({"text": [text]}))["word"].tolist()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Putin's first visit", ["Putin's", "first", "visit"]),
        ("the leaders’ pact", ["the", "leaders", "pact"]),
        ("Kim Jong-un, F-16", ["Kim", "Jong", "un", "F", "16"]),
        ("U.S.-led D.C. e.g. a.m.", ["U.S", "led", "D.C", "e.g", "a.m"]),
        ("as a gift.The Aurus", ["as", "a", "gift", "The", "Aurus"]),
        ("1,961 tanks, 3.5 % in 2024.", ["1,961", "tanks", "3.5", "in", "2024"]),
        ("‘don’t’ snake_case", ["don’t", "snake", "case"]),
        ("cafe\u0301 co\u00adoperate", ["cafe\u0301", "co\u00adoperate"]),
        ("love ❤️ and 👨‍👩‍👧 \u200d \u0301", ["love", "and"]),
        ("北京 привет", ["北京", "привет"]),
        ("see https://t.co/9DUQ?x=é, www.bbc.co.uk and (http://a.b/c) or bbc.com", ["see", "and", "or", "bbc", "com"]),
        ("é https://www.a.b pic.twitter.com/x1\nend", ["é", "end"]),
        ("… — \x00 !", []),
        ("", []),
    ],
)
def test_words(text, words):
    assert words_of(text) == words


def is_word_character(text: str, at: int) -> bool:
    """The definition in the docstring, one character at a time."""

    def kind(position: int) -> str:
        if not 0 <= position < len(text):
            return ""
        character = text[position]
        category = unicodedata.category(character)
        if category[0] == "M" or character in "\u00ad\u200c\u200d\u2060":
            return "mark"
        if category[0] == "L" or category in ("Nl", "No"):
            return "letter"
        return "digit" if category == "Nd" else ""

    if kind(at):
        return True
    before, after = kind(at - 1), kind(at + 1)
    if text[at] in "'’ʼ":
        return {before, after} <= {"letter", "mark"}
    if text[at] in ".," and before == after == "digit":
        return True
    return text[at] == "." and before == after == "letter" and not kind(at - 2) and not kind(at + 2)


@given(st.lists(st.text(st.sampled_from("ab1é’'.,-_ \n\u0301\U0001f600U"), max_size=30), max_size=5))
def test_offsets_and_boundaries_agree_with_the_definition(texts):
    found = tokenize(pd.DataFrame({"text": pd.Series(texts, dtype="str")}))
    expected = []
    for row, text in enumerate(texts):
        inside = [is_word_character(text, at) for at in range(len(text))] + [False]
        start = None
        for at, word in enumerate(inside):
            if word and start is None:
                start = at
            elif not word and start is not None:
                if any(letter.isalnum() for letter in text[start:at]):
                    expected.append((row, start, at, text[start:at]))
                start = None
    assert list(found.itertuples(index=False, name=None)) == expected
    counts = pd.Series([row for row, *_ in expected]).value_counts()
    assert count_words(pd.Series(texts, dtype="str")).tolist() == [counts.get(row, 0) for row in range(len(texts))]


def test_chunks_change_nothing(monkeypatch, seeds):
    whole = tokenize(seeds)
    monkeypatch.setattr(tokens, "_CHUNK", 10)
    pd.testing.assert_frame_equal(tokenize(seeds), whole)


def test_a_missing_text_has_no_words():
    assert tokenize(pd.DataFrame({"text": [None, "one"]}))["row"].tolist() == [1]


def test_no_texts():
    empty = tokenize(pd.DataFrame({"text": pd.Series([], dtype="str")}))
    assert empty.empty
    assert list(empty.columns) == ["row", "start", "end", "word"]


def test_a_table_without_text_is_named():
    with pytest.raises(InputError) as error:
        tokenize(pd.DataFrame({"body": ["x"]}))
    assert str(error.value) == "tokenize needs the column 'text'; the table has 'body'"


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("Putin’s", "putin"), ("PUTIN'S", "putin"), ("don’t", "don't"), ("US", "u.s."), ("U.S", "u.s."), ("us", "us"),
        ("USA", "u.s."), ("UN", "u.n."), ("U.N", "u.n."), ("Un", "un"), ("D.C", "d.c."), ("cafe\u0301", "café"),
        ("co\u00adoperate", "cooperate"), ("2,000", "2,000"),
    ],
)  # fmt: skip
def test_fold_word(printed, folded):
    assert fold_word(printed) == folded
