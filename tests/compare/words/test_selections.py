"""Lists of words with and without what is not the outlet's own, on the seeds and by hand."""

import numpy as np
import pandas as pd
import pytest
from conftest import make_articles

from analysis import InputError, compare_terms, count_terms, find_artefacts, label_voices, tabulate_selections
from analysis.compare.words.selections import COLUMNS, SELECTIONS


@pytest.fixture(scope="module")
def table(seeds, spans):
    return tabulate_selections(seeds, spans=spans, terms=["support", "defence", "defense"])


def of(table, outlet, term, column):
    rows = table[(table["outlet"] == outlet) & (table["term"] == term)]
    assert rows["selection"].tolist() == list(SELECTIONS)
    return rows[column].tolist()


def test_columns_and_order(table):
    assert list(table.columns) == list(COLUMNS)
    assert table["selection"].cat.categories.tolist() == list(SELECTIONS)
    assert len(table) == len(SELECTIONS) * len(table.drop_duplicates(["outlet", "term"]))
    first = table[table["rank"].notna()].groupby(["outlet", "term"], sort=False)["rank"].first()
    for _, ranks in first.groupby(level="outlet"):
        assert ranks.is_monotonic_increasing


def test_support_falls_in_c_without_artefacts_and_quotes(table):
    # Counted in the file: 'UNCONDITIONAL AND UNWAVERING SUPPORT' is a subhead, five stand in what Putin and Kim say.
    assert of(table, "C", "support", "n")[:3] == [7, 6, 1]
    with_all, prose, unquoted = of(table, "C", "support", "rank")[:3]
    assert with_all < prose < unquoted
    assert with_all <= 40 and unquoted >= 200
    assert of(table, "A", "support", "rank")[2] <= 3


def test_the_body_of_e_has_neither_spelling_of_defence(table):
    # Its three are one headline's, printed three times. One word or two, by what count_terms folds.
    rows = table[(table["outlet"] == "E") & table["term"].isin(["defence", "defense"])]
    assert rows.groupby("selection", observed=True)["n"].sum().tolist() == [3, 0, 0, 0, 0]
    assert of(table, "E", "defense", "n") == [3, 0, 0, 0, 0]
    assert of(table, "E", "defense", "leaves")[2:] == [False] * 3
    assert of(table, "E", "defense", "rank")[1:] == [pd.NA] * 4


def test_credits_leave_with_the_artefacts(table):
    assert of(table, "A", "reuters", "n") == [2, 0, 0, 0, 0]
    assert of(table, "D", "kremlin", "leaves") == [False, True, False, False, False]


def test_ranks_are_those_of_compare_terms(table, spans):
    own = spans[(spans["voice"] == "own") & spans["copied_from"].isna()]
    compared = compare_terms(count_terms(own)).query("outlet == 'C' and n > 0 and not stop_word")
    order = compared.sort_values(["z", "term"], ascending=[False, True])["term"].tolist()
    rows = table.query("outlet == 'C' and selection == 'without copied' and rank.notna()")
    assert [order[rank - 1] for rank in rows["rank"]] == rows["term"].tolist()
    assert rows[rows["listed"]]["rank"].sort_values().tolist() == list(range(1, 11))


def test_all_words_are_those_of_prose_and_artefacts(table, seeds, spans):
    artefacts = find_artefacts(seeds)
    counts = count_terms(pd.concat([spans, artefacts])).set_index(["outlet", "term"])["n"]
    rows = table[(table["selection"] == "all") & (table["n"] > 0)]
    assert rows["n"].tolist() == [counts[key] for key in zip(rows["outlet"], rows["term"], strict=True)]


def test_what_enters_and_leaves_follows_from_what_is_listed(table):
    for (_, _), rows in table.groupby(["outlet", "term"]):
        listed = rows["listed"].tolist()
        assert rows["enters"].tolist() == [
            False,
            *(now and not then for then, now in zip(listed, listed[1:], strict=False)),
        ]
        assert rows["leaves"].tolist() == [
            False,
            *(then and not now for then, now in zip(listed, listed[1:], strict=False)),
        ]
    listed = table[table["listed"]].groupby(["outlet", "selection"], observed=True).size()
    assert listed.max() == 10


COPIED = "They signed a secret pact here and then the two leaders left for the airport in one black limousine."


def test_each_selection_leaves_out_one_thing_more():
    text = f"{COPIED}\n\nKim said the treaty was strong. “A great alliance,” he said.\n\nHe smiled. — AFP"
    articles = make_articles(text, COPIED)
    spans = label_voices(articles)
    words = ["afp", "alliance", "treaty", "pact", "smiled"]
    table = tabulate_selections(articles, spans=spans, terms=words, top=1)
    assert [of(table, "A", word, "n") for word in words] == [
        [1, 0, 0, 0, 0],
        [1, 1, 0, 0, 0],
        [1, 1, 1, 0, 0],
        [1, 1, 1, 1, 0],
        [1, 1, 1, 1, 1],
    ]
    assert of(table, "B", "pact", "articles_total") == [1, 1, 1, 1, 0]
    pd.testing.assert_frame_equal(tabulate_selections(articles, terms=words, top=1), table)


def test_the_size_of_the_list_and_words_to_follow(seeds, spans):
    table = tabulate_selections(seeds, spans=spans, top=1)
    assert set(table.query("outlet == 'A' and selection == 'all' and listed")["term"]) == {"limousine"}
    assert set(table[table["listed"]]["rank"]) == {1}
    followed = tabulate_selections(seeds, spans=spans, top=1, terms="Putin’s")
    assert set(followed["term"]) == set(table["term"]) | {"putin"}


def test_a_stop_word_that_is_followed_has_counts_and_no_rank(seeds, spans):
    rows = tabulate_selections(seeds, spans=spans, terms=["the"]).query("term == 'the'")
    assert rows["n"].min() > 0 and rows["rank"].isna().all() and not rows["listed"].any()


def test_one_outlet_has_nobody_to_be_ranked_against(seeds):
    table = tabulate_selections(seeds.head(1), terms=["pact"])
    assert table["term"].unique().tolist() == ["pact"] and table["rank"].isna().all()
    assert len(tabulate_selections(seeds.head(1))) == 0


def test_rows_in_another_order_give_the_same_table(seeds, spans, table):
    shuffled = tabulate_selections(
        seeds.iloc[::-1], spans=spans.sample(frac=1, random_state=1), terms=["support", "defence", "defense"]
    )
    pd.testing.assert_frame_equal(shuffled, table)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"top": 0}, "top is 0, but must be a whole number above 0: how many words a list has"),
        ({"top": True}, "top is True, but must be a whole number above 0: how many words a list has"),
        ({"terms": ["war", "no pact"]}, "terms must be single words of these articles; 'no pact' is none"),
        ({"terms": ["zebra"]}, "terms must be single words of these articles; 'zebra' is none"),
        ({"terms": ["…"]}, "terms must be single words of these articles; '…' is none"),
    ],
)
def test_what_can_not_be_listed_is_named(options, message, seeds, spans):
    with pytest.raises(InputError) as error:
        tabulate_selections(seeds, spans=spans, **options)
    assert str(error.value) == message


def test_spans_of_other_articles_are_refused(seeds, spans):
    with pytest.raises(InputError) as error:
        tabulate_selections(seeds.head(4), spans=spans)
    assert str(error.value) == (
        "tabulate_selections needs the spans of the articles given; '004_29d9f418612c8c5a' is not among them"
    )


def test_numpy_whole_numbers_are_whole_numbers(seeds, spans):
    assert tabulate_selections(seeds, spans=spans, top=np.int64(1))["rank"].min() == 1
