"""Sentences about shared text: the whole sentence is tested."""

import numpy as np
import pandas as pd
import pytest

from analysis import describe_reused


def make_reused(rows):
    return pd.DataFrame(rows, columns=["a", "b", "share"])


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("A", "A", np.nan)], "There are no two outlets to compare."),
        ([("A", "B", 0.0), ("B", "A", 0.0)], "No passage stands in two of them."),
        ([("A", "B", 0.004)], "Of the words of B, less than 1 % stand in passages that A prints too."),
        (
            [("A", "B", 0.2), ("B", "A", 0.1), ("B", "C", 0.2)],
            "Of the words of B, 20 % stand in passages that A prints too: no other pair shares more of either’s words.",
        ),
    ],
)
def test_the_largest_share_is_named(rows, sentence):
    assert describe_reused(make_reused(rows)) == sentence
