"""Sentences about shared text: the whole sentence is tested."""

import numpy as np
import pandas as pd
import pytest

from analysis import describe_quotations, describe_reused


def make_reused(rows):
    return pd.DataFrame(rows, columns=["a", "b", "share"]).assign(a_articles=3, b_articles=12)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("A", "A", np.nan)], "There are no two outlets to compare."),
        ([("A", "B", 0.0), ("B", "A", 0.0)], "No passage stands in two of them."),
        (
            [("A", "B", 0.004)],
            "Of the words of B (12 articles), less than 1 % stand in passages that these 3 articles of A print too.",
        ),
        (
            [("A", "B", 0.2), ("B", "A", 0.1), ("B", "C", 0.2)],
            "Of the words of B (12 articles), 20 % stand in passages that these 3 articles of A print too: no "
            "other pair shares more.",
        ),
    ],
)
def test_the_largest_share_is_named(rows, sentence):
    assert describe_reused(make_reused(rows)) == sentence


def make_quotations(rows):
    return pd.DataFrame(rows, columns=["quotation", "article", "outlet", "text", "speaker", "version"])


def test_the_most_printed_quotation_is_told_with_its_versions():
    rows = [
        (1, "a", "A", "“We agree.”", "Kim", "whole"),
        (1, "b", "B", "“agree”", "Kim", "cut"),
        (1, "c", "C", "“we never agree”", "Kim", "changed"),
        (2, "a", "A", "“x”", None, "whole"),
        (2, "b", "B", "x", None, "paraphrased"),
    ]
    assert describe_quotations(make_quotations(rows)) == (
        "2 quotations found in two or more articles; the most printed, “We agree.” (Kim), in 3 articles: whole in this "
        "article (A); cut in this article (B); changed in this article (C)."
    )
    assert describe_quotations(make_quotations([])) == "No quotation was found in two articles."
