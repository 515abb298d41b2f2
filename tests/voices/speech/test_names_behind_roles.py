"""Whose words they are where the name stands behind the role, or below a post."""

import pandas as pd
import pytest

from analysis import find_quotes


def speakers(text: str) -> list[str | None]:
    quotes = find_quotes(pd.DataFrame({"article": ["a"], "text": [text]}))
    return quotes["speaker"].astype(object).where(quotes["speaker"].notna(), None).tolist()


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The prime minister, Keith Farmer, said: “We will stand by every worker.”", "Keith Farmer"),
        ("The chairman of the bank, Sir Jon Holt, told the BBC: “We will lend what is needed.”", "Jon Holt"),
        ("“We were warned,” the fire chief, Ana Ruiz, said on Monday.", "Ana Ruiz"),
        ("The shadow chancellor, Rhea Reeve, said it was too little.", "Rhea Reeve"),
        ("In a statement, the fire chief, Ana Ruiz, said:\n“We saw smoke at six.”", "Ana Ruiz"),
    ],
)
def test_the_name_behind_a_role_is_the_speaker(sentence, speaker):
    assert speakers(sentence) == [speaker]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The fire chief, who had slept little, said: “We were warned.”", "The fire chief"),
        ("The fire chief said: “Ana Ruiz, the mayor, was warned.”", "The fire chief"),
        ("Ana Ruiz, the fire chief, said: “We were warned.”", "Ana Ruiz"),
    ],
)
def test_a_role_without_a_name_behind_it_is_the_speaker(sentence, speaker):
    assert speakers(sentence) == [speaker]


def test_a_post_is_the_words_of_whoever_signs_it():
    post = "“The owners knew. Everybody knew. #northvale”\n— Tom Odell (@todell) May 1, 2024"
    assert speakers(f"The mill burned, and people were angry.\n{post}") == ["Tom Odell"]
    assert speakers(f"The mill burned, and people were angry.\n{post.replace(' (@todell)', '')}") == [None]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Imogen Reed said she had found the letters in the barn. “Every one of them is signed.”", "Imogen Reed"),
        ("Ollie Sandoval, who has a sore wrist, said that the roof had come off. “I heard it.”", "Ollie Sandoval"),
        ("The ministry noted that the team had left. “A tank is a restaurant.”", "The ministry"),
    ],
)
def test_a_quotation_without_a_tag_is_of_whoever_the_sentence_before_reports(text, speaker):
    reported, quoted = speakers(text)
    assert reported == quoted == speaker


@pytest.mark.parametrize(
    "between",
    [
        " The hall was empty.",  # another sentence stands between
        "\n",  # another paragraph
        " “Nobody knew,” a man in the hall had told Tom Odell.",  # somebody else does
    ],
)
def test_nobody_else_may_stand_between_the_report_and_the_quotation(between):
    text = f"The fire chief noted that the roof had come off.{between} “I heard it.”"
    assert speakers(text)[-1] != "The fire chief"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“Out like a light,”Wendy Ash told us.", "Wendy Ash"),
        ('"I\'ve had the corns done," grinned Ron Gaskell.', "Ron Gaskell"),
        ("“It is remorse,” Ellis Marchetti, an analyst at Pym Brothers Inc., said.", "Ellis Marchetti"),
    ],
)
def test_marks_without_a_space_verbs_of_tabloids_and_stops_in_asides(text, speaker):
    assert speakers(text) == [speaker]
