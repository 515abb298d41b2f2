"""Sentences about labels: the whole text is tested."""

import pytest
from conftest import SEEDS
from present.charts.test_labels import PACT, make_labels

from analysis import describe_labels, tabulate_labels


def test_own_words_others_words_and_no_words_are_told_apart(spans):
    assert describe_labels(tabulate_labels(spans, SEEDS / "concepts.toml")) == (
        "“pact” is named 36 times; in own words in this article (A): pact (1), deal (1); in this article (B): deal "
        "(1); in this article (C): agreement (1); in this article (D): pact (2); in this article (E): deal (1), "
        "partnership (1); in nobody's own words: treaty and alliance; these are counts, and no preference is called. "
        "“war” is named 14 times; in own words in this article (C): invasion (1); in this article (D): war (1); in "
        "this article (E): war (2); quoted or reported only in this article (B); by none of its labels in this article "
        "(A); in nobody's own words: special military operation; these are counts, and no preference is called."
    )


@pytest.mark.parametrize(
    ("n", "articles", "sentence"),
    [
        (
            PACT,
            3,
            "“pact” is named 7 times; in own words in these 3 articles of A: deal (3), pact (1); quoted or reported "
            "only in these 3 articles of B; these are counts, and no preference is called.",
        ),
        (
            {"pact": [(0, 0, 1), (0, 0, 0)]},
            12,
            "“pact” is named 1 time; quoted or reported only in A (12 articles); by none of its labels in B (12 "
            "articles); in nobody's own words: pact; these are counts, and no preference is called.",
        ),
        ({"pact": [(0, 0, 0), (0, 0, 0)]}, 12, "No label of “pact” is found in 2 outlets."),
    ],
)
def test_what_is_named_by_whom(n, articles, sentence):
    assert describe_labels(make_labels(n, articles=articles)) == sentence


def test_many_outlets_and_labels_are_counted():
    outlets = [f"o{i:02}" for i in range(14)]
    table = make_labels({f"l{i}": [(9 - i, 0, 0)] * 14 for i in range(5)}, outlets, articles=5)
    text = describe_labels(table)
    assert text.startswith(
        "“pact” is named 490 times; in own words in o00 (5 articles): l0 (9), l1 (8), l2 (7); in o01"
    )
    assert text.endswith(
        "in o11 (5 articles): l0 (9), l1 (8), l2 (7); and 2 more outlets; these are counts, and no preference is "
        "called."
    )
    assert describe_labels(table.iloc[:0]) == "There are no labels to describe."


def test_a_table_without_own_words():
    table = make_labels({"pact": [(1,), (0,)]}, voices=["quote"])
    assert describe_labels(table) == (
        "“pact” is named 1 time; in this article (A); by none of its labels in this article (B); these are counts, and "
        "no preference is called."
    )
