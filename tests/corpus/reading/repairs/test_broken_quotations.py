"""Texts that print one sentence a line, as corpora made for machines do."""

import pytest
from conftest import make_articles

from analysis import find_quotes
from analysis.corpus.reading.repairs.broken_quotations import FARTHEST, LINES, join_quotations

TEXT = "The town slept.\nAna Ruiz was furious.\n“We saw smoke.\nThe roof fell.\nThey lied to us,” she said.\nShe left."
JOINED = "The town slept.\nAna Ruiz was furious.\n“We saw smoke. The roof fell. They lied to us,” she said.\nShe left."


@pytest.mark.parametrize("marks", ["“”", '""', "„“", "«»", "»«"])
def test_a_quotation_is_in_one_line(marks):
    other = str.maketrans("“”", marks)
    assert join_quotations(TEXT.translate(other)) == (JOINED.translate(other), 1)


def test_its_speaker_says_all_of_it():
    quotes = find_quotes(make_articles(join_quotations(TEXT)[0]))
    (whole,) = quotes[quotes["kind"] == "direct"].to_dict("records")
    assert whole["closed"]
    assert whole["text"] == "“We saw smoke. The roof fell. They lied to us,”"


def test_blank_lines_inside_a_quotation_are_nothing_either():
    assert join_quotations(TEXT.replace("\nThe roof", "\n\n \n\nThe roof"))[0] == JOINED


@pytest.mark.parametrize(
    "text",
    [
        # A quotation that goes on in the next paragraph opens again there: news in short paragraphs.
        TEXT.replace("\nThe roof", "\n“The roof").replace("\nThey lied", "\n“They lied"),
        TEXT.replace("us,”", "us,"),  # it never closes
        "The town slept. Nobody knew. " + TEXT,  # paragraphs: one of six lines, a sixth, holds several sentences
        "They met.\nThey left.\n“No,” she said.\nThey slept.",
        "The mill\non the quay\n“burned for\ntwo days” and\nfell down",  # wrapped lines, or verse
        "Der Rat kam.\n»Wir zahlen nicht«, sagte sie.\nDie Stadt schlief.\nSie sagte: »Nie.«\nSie ging.",
        "Le conseil vint.\n« Jamais », dit-elle.\nLa ville dormait.\nL’« erreur » reste.\nElle partit.",
        "“We saw.\nIt fell,” she said.\nShe left.",  # three lines are too few to tell
    ],
)  # fmt: skip
def test_other_texts_stay(text):
    assert join_quotations(text) == (text, 0)


def test_so_many_lines_tell():
    text = "“We saw.\nIt fell,” she said." + "\nShe left." * (LINES - 2)
    assert join_quotations(text)[1] == 1
    assert join_quotations(text.rsplit("\n", 1)[0])[1] == 0


def test_so_far_a_quotation_runs():
    inside = "It fell.\n" * (FARTHEST - 2)
    assert join_quotations(f"“We saw.\n{inside}They lied,” she said.\nShe left.")[1] == 1
    assert join_quotations(f"“We saw.\nIt fell.\n{inside}They lied,” she said.\nShe left.")[1] == 0
