"""Sentences about words: the whole sentence is tested."""

import pandas as pd
import pytest

from analysis import InputError, describe_selections, describe_shift

SHIFT = pd.DataFrame(
    [
        ("A", "E", "russia", 5, 0, 50.0, 0.0, 0.25),
        ("A", "E", "state", 1, 1_200, 10.0, 30.0, 0.125),
        ("A", "E", "pact", 1, 1, 10.0, 10.0, 0.0),
    ],
    columns=["a", "b", "term", "n_a", "n_b", "rate_a", "rate_b", "contribution"],
).assign(a_articles=1, b_articles=12)


def test_a_divergence_names_the_words_of_either_side():
    assert describe_shift(SHIFT.iloc[::-1]) == (
        "The words of this article (A) and E (12 articles) are 0.38 bits apart (Jensen–Shannon divergence, 0 to 1); "
        "any two texts are, short ones the more; what adds most, with the counts in the two: russia (5 and 0) at a "
        "higher rate in the first, state (1 and 1,200) in the second."
    )


def test_a_difference_of_scores_names_what_raises_and_what_lowers_it():
    scored = SHIFT.assign(contribution=[-0.25, 0.125, -0.5], score=1.0, a_articles=3)
    assert describe_shift(scored) == (
        "The mean score of the words of E (12 articles) less that of these 3 articles of A is −0.62. Raised most by, "
        "with their counts in the two: state (1 and 1,200); lowered most by: pact (1 and 1), russia (5 and 0). The "
        "scores are of words out of context, whoever says them: that is no tone of an outlet."
    )


def test_the_same_words_and_none():
    assert "what adds most, with the counts in the two: no word at a higher rate" in describe_shift(SHIFT.tail(1))
    assert describe_shift(SHIFT.head(0)) == "There are no words to compare."


def test_a_missing_column_is_named():
    with pytest.raises(InputError) as error:
        describe_shift(SHIFT[["a", "b", "term", "n_a"]])
    assert str(error.value) == (
        "describe_shift needs the columns 'n_b', 'rate_a', 'rate_b', 'contribution', 'a_articles', 'b_articles'; the "
        "table has 'a', 'b', 'term', 'n_a'"
    )


def make_selections(*rows, articles=1):
    table = pd.DataFrame(rows, columns=["outlet", "term", "selection", "n", "rank", "listed"])
    return table.assign(articles_total=articles).astype({"rank": "Int64"})


def selections_of(outlet, term, before, after):
    return [(outlet, term, "all", *before), (outlet, term, "without copied", *after)]


def test_the_words_that_leave_are_counted():
    table = make_selections(
        *selections_of("A", "luxury", (3, 1, True), (2, 2, True)),
        *selections_of("A", "reuters", (2, 3, True), (0, None, False)),
        *selections_of("A", "country", (4, 2, True), (1, 40, False)),
        *selections_of("A", "soviet", (4, 12, False), (4, 1, True)),
        *selections_of("B", "war", (4, 1, True), (4, 1, True)),
    )
    assert describe_selections(table) == (
        "Gone from the list once artefacts, quotes, reported speech and copied text are left out: 2 of the first 3 in "
        "this article (A); 0 of the first 1 in this article (B); a rank is "
        "relative, and a word can leave because others rise."
    )


def test_many_outlets_are_counted():
    rows = [row for i in range(14) for row in selections_of(f"{i:02}", "war", (4, 1, True), (4, 1, True))]
    assert "; 0 of the first 1 in 11 (20 articles); and 2 more outlets in the table; a rank" in describe_selections(
        make_selections(*rows, articles=20)
    )


def test_no_list_no_sentence_about_one():
    table = make_selections(*selections_of("A", "war", (4, None, False), (4, None, False)))
    assert describe_selections(table) == describe_selections(table.head(0)) == "There are no lists of words to compare."


def test_a_table_of_counts_is_refused():
    with pytest.raises(InputError) as error:
        describe_selections(pd.DataFrame({"outlet": ["A"], "term": ["war"], "n": [1]}))
    assert str(error.value) == (
        "describe_selections needs the columns 'selection', 'articles_total', 'rank', 'listed'; the table has "
        "'outlet', 'term', 'n'"
    )
