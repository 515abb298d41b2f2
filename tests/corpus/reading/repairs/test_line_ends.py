import pytest
from conftest import make_articles

from analysis import find_reuse
from analysis.corpus.reading.repairs.line_ends import join_words


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("It was fin-\nished and fell.", "It was finished\nand fell."),
        ("the next win-\nter. “We", "the next winter.\n“We"),
        ("told report-\r\ners here", "told reporters\nhere"),
        ("the gerryman-\n  dering of it", "the gerrymandering\nof it"),
        ("a soft\u00ad\nly spoken", "a softly\nspoken"),
        ("GOVERN-\nMENT fell", "GOVERNMENT\nfell"),
        ("die Regie-\nrung fiel", "die Regierung\nfiel"),
        # Compounds: found elsewhere, of two words that are none together, before a capital or a number.
        ("well-fed, and well-\nfed again", "well-fed, and well-fed\nagain"),
        ("a well-\nknown man", "a well-known\nman"),
        ("the anti-\nTrump vote", "the anti-Trump\nvote"),
        ("Covid-\n19 came", "Covid-19\ncame"),
        ("a state-of-the-\nart mill", "a state-of-the-art\nmill"),
        ("her mother-in-\nlaw left", "her mother-in-law\nleft"),
        ("face-to-\nface talks", "face-to-face\ntalks"),
        ("day-to-\nday work", "day-to-day\nwork"),
        ("the US-\nled force", "the US-led\nforce"),
        ("the UN-\nbacked plan", "the UN-backed\nplan"),
        ("the US-\nChina talks", "the US-China\ntalks"),
        ("a Saudi-\nled force", "a Saudi-led\nforce"),
        ("he was cancel-\nled", "he was cancelled\n"),
        ("the so-\ncalled pact", "the so-called\npact"),
        ("this so-\ncial pact", "this social\npact"),
        ("an ex-\nminister said", "an ex-minister\nsaid"),
        ("a T-\nshirt shop", "a T-shirt\nshop"),
        ("y a-\nt-il du pain", "y a-t-il\ndu pain"),
    ],
)  # fmt: skip
def test_a_word_is_whole_at_the_end_of_its_first_line(text, joined):
    assert join_words(text) == (joined, 1)


@pytest.mark.parametrize(
    "text",
    [
        "short-\nand long-term", "he left -\nand came", "he left--\nand came", "fin-\n\nished", "12-\n14",
        "- one\n- two", "he said-", "kurz-\noder langfristig",
    ],
)  # fmt: skip
def test_other_hyphens_stay(text):
    assert join_words(text) == (text, 0)


def test_two_printings_are_one_passage():
    words = (
        "The government said on Monday that the mill on the quay was finished and that nobody would be hired to "
        "rebuild it before the next winter, and officials will meet on Friday to decide what comes next for it."
    )
    cut = words.replace("finished", "fin-\nished").replace("winter", "win-\nter").replace("officials", "offi-\ncials")
    passages = find_reuse(make_articles(words, join_words(cut)[0]).assign(outlet=["A", "B"]))
    assert passages["passage"].nunique() == 1
