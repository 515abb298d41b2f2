import nupunkt
import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import InputError, find_artefacts, split_sentences
from analysis.corpus import sentences
from analysis.tables import ARTEFACTS, make_table

NO_ARTEFACTS = make_table(ARTEFACTS, [])


def sentences_of(text: str) -> list[str]:
    return split_sentences(make_articles(text))["text"].tolist()


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He met Mr. Kim in the U.S. on Monday. He left.", ["He met Mr. Kim in the U.S. on Monday.", "He left."]),
        ("as a gift.The Aurus is a car.", ["as a gift.", "The Aurus is a car."]),
        ("“We agree.” He left.", ["“We agree.”", "He left."]),
        ("See Booking.com. He left.", ["See Booking.com.", "He left."]),
        ("  Zoë came. \r\n\r\n Renée left.  ", ["Zoë came.", "Renée left."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text, sentences):
    assert sentences_of(text) == sentences


def test_the_second_story_of_a_file_is_kept_apart(seeds):
    first = split_sentences(seeds.query("outlet == 'A'"))
    assert first.groupby("story").size().to_dict() == {1: 11, 2: 2}
    assert first.query("story == 2")["text"].iloc[1].startswith("The Aurus Senat")
    assert first["sentence"].tolist() == list(range(1, 14))


def test_an_empty_table_of_artefacts_keeps_everything(seeds):
    texts = split_sentences(seeds, artefacts=NO_ARTEFACTS)["text"]
    assert texts.str.contains("Image Credit: AFP").any()


def test_an_artefact_over_several_lines_leaves_what_follows():
    artefacts = make_table(ARTEFACTS, [("a", 0, 14, "caption", "One two.\nThree")])
    assert split_sentences(make_articles("One two.\nThree four."), artefacts=artefacts)["text"].tolist() == ["four."]


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("aB. \n\r\"'é—!?T:1"), max_size=80))
def test_every_character_is_in_one_sentence_or_artefact(text):
    articles = make_articles(text)
    artefacts = find_artefacts(articles)
    sentences = split_sentences(articles, artefacts=artefacts)
    covered = [0] * len(text)
    for table in (artefacts, sentences):
        for start, end, part in zip(table["start"], table["end"], table["text"], strict=True):
            assert part == text[start:end]
            for at in range(start, end):
                covered[at] += 1
    assert max(covered, default=0) <= 1
    assert all(covered[at] or text[at].isspace() for at in range(len(text)))
    assert sentences["start"].is_monotonic_increasing


def test_a_missing_column_is_named():
    with pytest.raises(InputError) as error:
        split_sentences(make_articles("x").drop(columns="event"))
    assert str(error.value) == "split_sentences needs the column 'event'; the table has 'article', 'outlet', 'text'"


def test_a_missing_text_has_no_sentences():
    assert split_sentences(make_articles("x").assign(text=pd.Series([None], dtype="str"))).empty


def ends_of_nupunkt(prose: str) -> list[int]:
    lost = [match.end() for match in sentences._LOST.finditer(prose)]
    return sorted({*lost, *(end for _, end in nupunkt.sent_spans(prose)[:-1])} - {len(prose)})


_WORDS = st.sampled_from(
    "He said the talks ended. agreed. Mr. Kim Gov. U.S. D.C. Jan. 5 2019. Civil. I. A. (a). No. 1. e.g. p.m. gov’t."
    " mid-Jan."
    ' “We agree.” "Yes," "No." " ” ’ \' he? What?! Ha! … ... . ! — -- end.) (See it.) well.Then Booking.COM word.’'
    " will."
    ' "A "-- x."Next 5.” U.S.-led Inc., St. J. K. Rowling. Ph.D. No! ! ?”'.split()
)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.tuples(_WORDS, st.sampled_from([" "] * 12 + ["  ", "\n", "\t", "\u00a0", ""])), max_size=14))
def test_sentences_end_where_nupunkt_ends_them(drawn):
    prose = "".join(word + gap for word, gap in drawn)
    assert sentences._find_ends(prose) == ends_of_nupunkt(prose)


def test_of_words_that_stand_together_nupunkt_knows_initials_and_numbers_only():
    """What lets a plain word end its sentence whatever follows."""
    firsts = {first for first, _ in nupunkt.load("default")._params.collocations}
    assert {first for first in firsts if len(first) > 1} == {"##number##"}


@pytest.mark.parametrize(("length", "asked"), [(20_000, 1), (20_001, 2)])
def test_a_paragraph_longer_than_any_of_prose_is_cut(length, asked, monkeypatch):
    calls, ask = [], sentences._ask_of_all
    monkeypatch.setattr(sentences, "_ask_of_all", lambda prose: calls.append(prose) or ask(prose))
    text = ("He left ... then. " * 2_000)[:length]
    assert sentences._find_ends(text) and len(calls) == asked
