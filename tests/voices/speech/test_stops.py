"""The one place that says where a sentence ends, for whoever looks for a speaker."""

from time import process_time

import pytest

from analysis.voices.speech.marks import find_marked
from analysis.voices.speech.stops import HOLE, count_sentences, sentence_end, sentence_ends, sentence_start


def cut(text):
    edges = [0, *sentence_ends(text, 0, len(text))]
    return [text[begin:end].strip() for begin, end in zip(edges, edges[1:], strict=False)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("They met. He left.", ["They met.", "He left."]),
        ("Is it so? “Yes!” He left.", ["Is it so?", "“Yes!”", "He left."]),
        ("Sen. Smith of the U.S. Congress left on Nov. 5.", ["Sen. Smith of the U.S. Congress left on Nov. 5."]),
        ("Wait... what is it? So.", ["Wait... what is it?", "So."]),
        ("It grew by 2.5 points. So did we.", ["It grew by 2.5 points.", "So did we."]),
        (f"He said {HOLE}.{HOLE} They left.", [f"He said {HOLE}.{HOLE}", "They left."]),
    ],
)  # fmt: skip
def test_a_sentence_ends_at_a_stop_but_not_after_a_title_or_an_initial(text, sentences):
    assert cut(text) == sentences


def test_the_sentence_before_a_quotation_does_not_begin_behind_a_title():
    text = "They met. Even former Rep. Jane Harman called it "
    assert text[sentence_start(text, 0, len(text)) :] == "Even former Rep. Jane Harman called it "
    assert sentence_start("no stop here", 3, 12) == 3


def test_what_brings_in_a_quotation_counts_as_a_sentence():
    assert [count_sentences(text, 2) for text in (" he said. ", " he said. He added: ", " he said", "")] == [1, 2, 0, 0]
    assert count_sentences("One. Two. Three.", 2) == 2


def test_a_sentence_is_followed_no_further_than_a_clause_reaches():
    text = "a" * 900 + "."
    assert sentence_end(text, 0, len(text)) == 800
    assert sentence_end("He left. They stayed.", 0, 21) == len("He left")


def test_a_quotation_that_is_never_closed_ends_at_a_stop_or_comma_but_not_behind_a_title():
    for text, content in (
        ("“We met Sen. Smith. Then she left “again”.", "We met Sen. Smith."),
        ("“We will, he said “again”.", "We will,"),
    ):
        first = find_marked(text)[0]
        assert (text[first.content_start : first.content_end], first.closed) == (content, False)


def test_a_long_row_of_stops_is_read_once():
    text = "." * 100_000 + "x"
    start = process_time()
    assert list(sentence_ends(text, 0, len(text))) == []
    assert process_time() - start < 1
