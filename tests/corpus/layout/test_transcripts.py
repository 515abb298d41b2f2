import pytest
from conftest import make_articles
from corpus.reading.test_articles import write

from analysis import label_genres, read_articles
from analysis.corpus.layout.transcripts import TURNS, is_transcript

BROADCAST = (
    "TOM ODELL, ANCHOR: Good evening. Ana, what do you see?\n\nANA RUIZ, FIRE CHIEF: It is a disaster.\n\n"
    "(BEGIN VIDEO CLIP)\n\nUNIDENTIFIED MALE: They knew.\n\n(END VIDEO CLIP)\n\nODELL: Thank you."
)


@pytest.mark.parametrize(
    "text",
    [
        BROADCAST,
        "RACHEL MARTIN, HOST:\n\nGood morning.\n\nMARTIN: We begin.\n\nANA RUIZ: Yes.\n\nMARTIN: Thanks.\n\nRUIZ: Bye.",
        "\n".join(["Tom Odell: What did you see?", "Ana Ruiz: Smoke, and then nothing."] * 4),
    ],
)
def test_a_transcript(text):
    assert is_transcript(text)
    assert label_genres(make_articles(text))["genre"].tolist() == ["transcript"]


@pytest.mark.parametrize(
    "text",
    [
        "The mill burned.\nAna Ruiz: “It fell.”\nThey left.", "",
        "CLAIM: It fell.\nFACT: It stands.\nCLAIM: It burned.\nFACT: It did not.\nCLAIM: So.\nFACT: No.",
        "SECTION: NEWS\nLENGTH: 120 words\nBYLINE: TOM ODELL\nSUBJECT: FIRES\nThe mill burned.",
        "\n".join(f"City {name}: rain" for name in "ABCDEFGHIJ"),
        "The mill: a history\n" + "They met. They left.\n" * 20 + BROADCAST.replace("(", "").replace(")", ""),
    ],
)  # fmt: skip
def test_no_transcript(text):
    assert not is_transcript(text)


def test_so_many_turns():
    turns = "".join(f"{who}: Yes.\n" for who in ["TOM ODELL", "ANA RUIZ", *["ODELL"] * (TURNS - 2)])
    assert is_transcript(turns)
    assert not is_transcript(turns.replace("ODELL: Yes.\n", "", 1).replace("TOM ANA", "ANA"))


def test_reading_says_that_its_voices_are_not_told_apart(tmp_path):
    articles = read_articles(write(tmp_path, a__txt=BROADCAST, b__txt=BROADCAST, c__txt="They met."))
    assert [note["note"] for note in articles.attrs["notes"]] == [
        "'a.txt' and 1 more: holds a transcript; what stands behind a speaker's name is taken for that speaker's words"
    ]
