"""Sentences as somebody reads them who does not know whom they are about."""

import pandas as pd

from analysis import find_names
from analysis.tables import ARTEFACTS, make_table
from analysis.validate.hidden_names import hide_names

TEXT = "It rained. President Anna Berg met Carl Lund, CNN said. Berg thanked Mr. Lund, and she left with Berg."


def make_mentions(*rows):
    """at (where to look from), part, entity and kind of each mention in the last two sentences."""
    table = pd.DataFrame(rows, columns=["at", "part", "entity", "mention"]).assign(article="a")
    table["start"] = [TEXT.index(part, at) for at, part in zip(table.pop("at"), table["part"], strict=True)]
    table["end"] = table["start"] + table.pop("part").str.len()
    first, second = TEXT.index("President"), TEXT.index("Berg thanked")
    begins = [second if start >= second else first for start in table["start"]]
    table["text"] = [TEXT[second:] if begin == second else TEXT[first : second - 1] for begin in begins]
    return table.assign(target_start=table["start"] - begins, target_end=table["end"] - begins)


MENTIONS = make_mentions(
    (0, "Anna Berg", "Anna Berg", "name"),
    (0, "Carl Lund", "Carl Lund", "name"),
    (50, "Berg", "Anna Berg", "name"),
    (0, "she", "Anna Berg", "pronoun"),
    (90, "Berg", "Anna Berg", "name"),
)
NAMES = find_names(pd.DataFrame({"article": ["a"], "text": [TEXT]}), artefacts=make_table(ARTEFACTS, []))


def marked(table):
    return [
        f"{text[:start]}[{text[start:end]}]{text[end:]}"
        for text, start, end in zip(table["text"], table["target_start"], table["target_end"], strict=True)
    ]


def test_the_target_and_everybody_else_are_hidden():
    before = MENTIONS.copy(deep=True)
    hidden = hide_names(MENTIONS, NAMES[NAMES["kind"] == "person"], ["CNN (Online News)", "Reason"])
    assert marked(hidden) == [
        "President [Smith] met Jones, the newspaper said.",
        "President Jones met [Smith], the newspaper said.",
        "[Smith] thanked Mr. Jones, and she left with Smith.",
        "Smith thanked Mr. Jones, and [she] left with Smith.",
        "Smith thanked Mr. Jones, and she left with [Smith].",
    ]
    assert marked(hide_names(MENTIONS, NAMES, []))[0] == "President [Smith] met Jones, Jones said."
    pd.testing.assert_frame_equal(MENTIONS, before)
    assert hidden.drop(columns=["text", "target_start", "target_end"]).equals(
        before.drop(columns=["text", "target_start", "target_end"])
    )


def test_a_name_that_only_the_labels_know_is_hidden_too():
    hidden = hide_names(MENTIONS, NAMES.iloc[:0], [])
    assert marked(hidden)[0] == "President [Smith] met Jones, CNN said."
    only = hide_names(MENTIONS.iloc[[0]], NAMES.iloc[:0], [])
    assert marked(only) == ["President [Smith] met Carl Lund, CNN said."]


def test_nothing_to_hide():
    assert hide_names(MENTIONS.iloc[:0], NAMES, ["CNN"]).empty
