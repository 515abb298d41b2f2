"""Turns of a transcript are the words of whoever speaks, never the outlet's."""

import pandas as pd

from analysis import find_quotes, label_voices
from analysis.voices.speech.turns import find_turns

TRANSCRIPT = """A transcript of Monday's programme.

LENA OAKES, HOST: The post office has one customer. Marcus Pruett has the story.

MARCUS PRUETT, BYLINE: Fay Dunmore raises the flag at eight. She said, quote, "it is quiet."

Nobody else does.

(BEGIN AUDIO CLIP)

FAY DUNMORE: I sort the mail, and then I wait for it.

LENA OAKES: Is that all?

FAY DUNMORE: That is all."""


def read(text: str) -> pd.DataFrame:
    return find_quotes(pd.DataFrame({"article": ["a"], "text": [text]}))


def test_each_paragraph_of_a_turn_is_of_its_speaker():
    quotes = read(TRANSCRIPT)
    assert list(zip(quotes["speaker"], quotes["text"].str[:14], strict=True)) == [
        ("LENA OAKES", "The post offic"),
        ("MARCUS PRUETT", "Fay Dunmore ra"),
        ("MARCUS PRUETT", "Nobody else do"),
        ("FAY DUNMORE", "I sort the mai"),
        ("LENA OAKES", "Is that all?"),
        ("FAY DUNMORE", "That is all."),
    ]
    assert (quotes["kind"] == "direct").all()


def test_of_a_transcript_only_what_stands_above_the_turns_is_the_outlets():
    columns = {"article": ["a"], "outlet": ["A"], "event": ["1"], "text": [TRANSCRIPT]}
    spans = label_voices(pd.DataFrame(columns))
    own = " ".join(spans.loc[spans["voice"] == "own", "text"])
    assert "A transcript of Monday's programme." in own
    assert not any(word in own for word in ("customer", "flag", "Nobody", "wait"))


def test_an_article_has_no_turns():
    text = "Note: it rained.\n\nThe mill burned. “We saw smoke,” Ana Ruiz said.\n\nEchoes: none.\n\nAll went home."
    assert find_turns(text, [(0, len(text))]) == []
    assert read(text)["speaker"].tolist() == ["Ana Ruiz"]


def test_a_label_at_the_very_start_is_one_too():
    quotes = read(TRANSCRIPT.split("\n\n", 1)[1])
    assert quotes["speaker"].iloc[0] == "LENA OAKES"
    assert quotes["text"].iloc[0] == "The post office has one customer. Marcus Pruett has the story."
