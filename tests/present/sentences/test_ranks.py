"""Sentences about ranks: the whole sentence is tested."""

import pandas as pd

from analysis import describe_ranks


def make_ranks(*rows):
    columns = ["outlet", "term", "rank", "rank_low", "rank_high", "unit", "prior_dependent", "articles_total"]
    return pd.DataFrame(rows, columns=columns)


def test_terms_that_hang_on_the_prior_are_not_quoted_nor_is_the_eleventh():
    ranks = make_ranks(
        ("A", "late", 11, 5, 20, "article", False, 30),
        ("A", "tenth", 10, 2, 2000, "article", False, 30),
        ("A", "fickle", 1, 1, 1, "article", True, 30),
        ("B", "fickle", 1, 1, 1, "event", True, 3),
    )
    assert describe_ranks(ranks) == (
        "First under every prior tried, with 95 % bands over resampled articles, in A (30 articles): tenth (rank 2 to "
        "2,000); in these 3 articles of B: none. Every list has a first word, and no difference is called here."
    )


def test_of_one_article_it_says_that_the_band_lies_within():
    ranks = make_ranks(("A", "pact", 1, 1, 40, "sentence", False, 1), ("B", "deal", 2, 1, 9, "sentence", False, 1))
    assert describe_ranks(ranks) == (
        "First under every prior tried, with 95 % bands over the sentences of each article, in this article (A): pact "
        "(rank 1 to 40); in this article (B): deal (rank 1 to 9). Each band lies within this article and says nothing "
        "of its outlet: no difference is called."
    )
    ranks.loc[1, ["unit", "articles_total"]] = ["article", 8]
    assert describe_ranks(ranks) == (
        "First under every prior tried, with 95 % bands over resampled articles, in this article (A): pact (rank 1 to "
        "40); in B (8 articles): deal (rank 1 to 9). The band of a single article lies within it. Every list has a "
        "first word, and no difference is called here."
    )


def test_three_terms_and_twelve_outlets_at_most():
    rows = [(f"{i:02}", f"t{j}", j, j, j, "article", False, 5) for i in range(14) for j in range(1, 6)]
    sentence = describe_ranks(make_ranks(*rows))
    assert "; in 11 (5 articles): t1 (rank 1 to 1), t2 (rank 2 to 2), t3 (rank 3 to 3); and 2 more" in sentence
    assert "t4" not in sentence


def test_an_empty_table():
    assert describe_ranks(make_ranks()) == "There are no ranks to describe."
