"""What is said of articles that repeat another."""

import pandas as pd
import pytest

from analysis.present.sentences.duplicates import describe_duplicates, list_duplicates


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        ([], ""),
        (["update"], "1 article repeats another of the same outlet and is taken once: 1 with an updated text"),
        (
            ["update", "same address", "same text", "same text"],
            "4 articles repeat another of the same outlet and are taken once: 2 with the same text, 1 with an "
            "updated text and 1 at the same address",
        ),
    ],
)
def test_how_many_repeat_and_how(kinds, sentence):
    assert describe_duplicates(pd.DataFrame({"kind": pd.Series(kinds, dtype="str")})) == sentence


def test_the_first_of_them_are_lines():
    rows = [(f"a{number}", "A", "z", "update") for number in range(22)]
    lines = list_duplicates(pd.DataFrame(rows, columns=["article", "outlet", "of", "kind"])).splitlines()
    assert lines[1].split() == ["article", "outlet", "repeats", "kind"]
    assert lines[2].split() == ["a0", "A", "z", "update"]
    assert (len(lines), lines[-1]) == (23, "  … and 2 more")
