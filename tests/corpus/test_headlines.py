"""Headlines: whose they are, where they stand, and that each is counted once."""

import pandas as pd
import pytest
from conftest import make_articles

from analysis import InputError, count_terms, find_artefacts, find_contexts, split_headlines, split_sentences
from analysis.tables import SENTENCES


def shown(table):
    return [
        (row.article, row.story, None if pd.isna(row.start) else (row.start, row.end), row.text)
        for row in table.itertuples()
    ]


TWICE = "Leaders sign pact\n\nLeaders sign pact\n\nThey met on Monday, they said."


def test_the_headlines_of_the_seeds(seeds):
    # Read in the files: A has none of its own but a second story's, B, C and D have none, E prints its own three times.
    table = split_headlines(seeds)
    assert list(table.columns) == list(SENTENCES)
    assert [(row.outlet, row.story, row.text) for row in table.itertuples()] == [
        ("A", 2, "Putin drives Kim in Russian-built limousine"),
        ("E", 1, "Russia and North Korea mutual defense deal"),
    ]
    assert table[["start", "end"]].to_numpy().tolist() == [[2038, 2081], [0, 42]]
    texts = seeds.set_index("article")["text"]
    assert [texts[row.article][row.start : row.end] for row in table.itertuples()] == table["text"].tolist()
    assert split_sentences(seeds).query("outlet == 'A'")["story"].max() == 2


def test_words_of_headlines_are_counted_and_found_like_any_others(seeds):
    table = split_headlines(seeds)
    counts = count_terms(table).set_index(["outlet", "term"])["n"]
    assert (counts["E", "defense"], counts["E", "deal"], counts["A", "limousine"]) == (1, 1, 1)
    assert find_contexts(table, "defense")[["left", "match", "right"]].to_numpy().tolist() == [
        ["Russia and North Korea mutual ", "defense", " deal"]
    ]


def test_a_title_that_stands_apart_has_no_place():
    articles = make_articles("They met on Monday, they said.").assign(title=[" Leaders sign\tpact "])
    assert shown(split_headlines(articles)) == [("a", 1, None, "Leaders sign\tpact")]


def test_a_title_in_the_text_has_the_place_of_its_first_printing_and_is_as_printed_there():
    articles = make_articles(TWICE).assign(title=["LEADERS  SIGN PACT"])
    assert shown(split_headlines(articles)) == [("a", 1, (0, 17), "Leaders sign pact")]


@pytest.mark.parametrize("title", [None, "", "  "])
def test_without_a_title_the_first_headline_of_the_page_is_the_articles(title):
    page = "Leaders sign pact\n\nA deck of several words\n\nThey met on Monday, they said."
    assert find_artefacts(make_articles(page))["kind"].tolist() == ["headline", "headline"]
    assert shown(split_headlines(make_articles(page).assign(title=[title]))) == [("a", 1, (0, 17), "Leaders sign pact")]


def test_another_headline_than_the_title_before_the_prose_is_not_a_second_one():
    articles = make_articles("Leaders sign pact\n\nThey met on Monday, they said.").assign(title=["A pact"])
    assert shown(split_headlines(articles)) == [("a", 1, None, "A pact")]


def test_each_further_story_has_its_own_and_its_number():
    text = "One\n\nThey met.\n\nTwo\n\nThey left.\n\nOne\n\nThree\n\nThey slept."
    places = [(text.index("One"), "One"), (text.index("Two"), "Two"), (text.rindex("One"), "One")]
    places.append((text.index("Three"), "Three"))
    artefacts = pd.DataFrame(
        [("a", start, start + len(line), "headline", line) for start, line in places],
        columns=["article", "start", "end", "kind", "text"],
    )
    articles = make_articles(text)
    table = split_headlines(articles, artefacts=artefacts)
    assert [(story, line) for _, story, _, line in shown(table)] == [(1, "One"), (2, "Two"), (4, "Three")]
    stories = split_sentences(articles, artefacts=artefacts).set_index("text")["story"]
    assert stories.to_dict() == {"They met.": 1, "They left.": 2, "They slept.": 4}


def test_without_artefacts_only_titles_are_headlines():
    articles = make_articles(TWICE, "They met.").assign(title=[None, "A pact"])
    nothing = find_artefacts(articles).head(0)
    assert shown(split_headlines(articles, artefacts=nothing)) == [("b", 1, None, "A pact")]


def test_tables_with_and_without_rows_are_of_one_kind(seeds):
    empty = split_headlines(make_articles("", "They met."))
    assert len(empty) == 0
    assert empty.dtypes.astype(str).to_dict() == split_headlines(seeds).dtypes.astype(str).to_dict()
    assert str(empty["start"].dtype) == "Int64"


def test_two_articles_of_one_name_are_refused():
    with pytest.raises(InputError) as error:
        split_headlines(pd.concat([make_articles("a"), make_articles("b")]))
    assert str(error.value) == "split_headlines needs one row per article; the article 'a' stands there more than once"
