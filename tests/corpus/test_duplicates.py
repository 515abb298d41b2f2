"""An article that stands twice in an outlet is found, two articles that only share words are not."""

import time

import numpy as np
import pandas as pd
import pytest

from analysis import InputError
from analysis.corpus.duplicates import DAYS, MANY_TEXTS, MOST_AT_ADDRESS, SHORT, find_duplicates


def words(first, count):
    """Words that no other call with another first has."""
    return " ".join(f"word{first}x{number}" for number in range(count))


def make(*rows, **columns):
    """Articles a, b, c … of one outlet."""
    articles = pd.DataFrame({"article": list("abcdefghijklmnop"[: len(rows)]), "outlet": "A", "text": list(rows)})
    return articles.assign(**columns)


def pairs(found):
    return [" ".join(row) for row in found[["article", "of", "kind"]].itertuples(index=False)]


TEXT = words(1, 100)


def test_the_same_words_are_the_same_text_whatever_their_case_and_marks():
    found = find_duplicates(make("Ann Lee: “It’s  over.”\n\nThe End", "Ann lee 'IT'S OVER' — the end."))
    assert pairs(found) == ["b a same text"]
    assert found["share"].tolist() == [1.0]
    assert found.loc[0, ["outlet"]].tolist() == ["A"]


def test_the_same_text_in_another_outlet_event_or_none_is_not_repeated():
    assert find_duplicates(make(TEXT, TEXT, outlet=["A", "B"])).empty
    assert find_duplicates(make(TEXT, TEXT, event=["x", "y"])).empty
    assert find_duplicates(make(TEXT, TEXT, outlet=[None, None])).empty
    assert len(find_duplicates(make(TEXT, TEXT, event=["x", "x"]))) == 1


def test_texts_without_words_repeat_nothing():
    found = find_duplicates(make("", "", "…", "…", None))
    assert found.empty
    assert list(found.columns) == ["article", "outlet", "event", "of", "kind", "share"]


@pytest.mark.parametrize(("count", "repeated"), [(SHORT - 1, 0), (SHORT, 1)])
def test_a_stub_under_another_title_is_another_article(count, repeated):
    stub = words(1, count)
    assert len(find_duplicates(make(stub, stub, title=["A vote", "A flood"]))) == repeated
    assert len(find_duplicates(make(stub, stub, title=["A vote", "a vote"]))) == 1


@pytest.mark.parametrize(("common", "repeated"), [(79, []), (80, ["a b update"])])
def test_of_an_update_most_of_the_words_stand_in_the_other(common, repeated):
    one, other = words(1, common), words(9, 200)
    found = find_duplicates(make(f"{one} {words(2, 100 - common)}", f"{one} {other}"))
    assert pairs(found) == repeated
    assert found["share"].tolist() == [0.8] * len(repeated)


def test_words_in_common_that_stand_in_shorter_runs_are_no_update():
    one = TEXT.split()
    assert find_duplicates(make(TEXT, " ".join(reversed(one)))).empty
    assert find_duplicates(make(TEXT, " and ".join(" ".join(one[at : at + 7]) for at in range(0, 100, 7)))).empty


def test_a_correction_appended_is_an_update_of_the_same_article():
    articles = make(TEXT, TEXT + " Correction: an earlier version named another town.", published=["2024-06-20", None])
    assert pairs(find_duplicates(articles)) == ["b a update"]
    articles["published"] = ["2024-06-20", "2024-08-01"]
    assert pairs(find_duplicates(articles)) == ["a b update"]


@pytest.mark.parametrize(("days", "repeated"), [(DAYS, 1), (DAYS + 1, 0)])
def test_what_is_mostly_the_same_a_week_later_is_another_article(days, repeated):
    published = pd.to_datetime(["2024-06-01", f"2024-06-{1 + days:02}"])
    update = f"{words(1, 90)} {words(2, 60)}"
    assert len(find_duplicates(make(TEXT, update, published=published))) == repeated
    nearly_all = f"{words(1, 95)} {words(2, 60)}"
    assert len(find_duplicates(make(TEXT, nearly_all, published=published))) == 1


def test_two_stories_of_a_saga_that_share_a_background_are_none():
    background = words(0, 70)
    stories = [f"{words(number, 60)} {background}" for number in range(1, 5)]
    assert find_duplicates(make(*stories)).empty


@pytest.mark.parametrize(("texts", "repeated"), [(MANY_TEXTS, MANY_TEXTS - 1), (MANY_TEXTS + 1, 0)])
def test_what_a_paywall_leaves_of_many_articles_makes_them_none(texts, repeated):
    wall = words(0, 100)
    assert len(find_duplicates(make(*(f"{words(number, 15)} {wall}" for number in range(1, texts + 1))))) == repeated


def test_many_states_of_one_article_are_one():
    states = [words(1, 100 + 10 * number) for number in range(12)]
    assert pairs(find_duplicates(make(*states))) == [f"{article} l update" for article in "abcdefghijk"]


@pytest.mark.parametrize(
    ("columns", "kept"),
    [
        ({"published": ["2024-06-20", "2024-06-19"]}, "a"),
        ({"published": ["2024-06-19", "2024-06-20"]}, "b"),
        ({"published": ["2024-06-19", None]}, "a"),
        ({"published": [None, None]}, "b"),
        ({}, "b"),
    ],
)
def test_the_newest_is_kept_of_as_new_ones_the_longest(columns, kept):
    found = find_duplicates(make(TEXT, TEXT + " ", **columns))
    assert (found["of"].tolist(), found["article"].tolist()) == ([kept], ["b" if kept == "a" else "a"])


@pytest.mark.parametrize(("count", "kept"), [(49, "a"), (50, "b")])
def test_an_excerpt_is_not_kept_for_the_whole_be_it_the_newer(count, kept):
    found = find_duplicates(make(TEXT, words(1, count), published=["2024-06-19", "2024-06-20"]))
    assert found["of"].tolist() == [kept]


def test_a_chain_of_updates_has_one_that_is_kept():
    parts = [words(number, 20) for number in range(9)]
    states = [" ".join(parts[at : at + 6]) for at in range(3)]  # the first and the last share 67 %
    found = find_duplicates(make(*states, published=["2024-06-19", "2024-06-20", "2024-06-21"]))
    assert pairs(found) == ["a c update", "b c update"]
    assert found["share"].round(2).tolist() == [0.67, 0.83]


def test_the_same_address_is_the_same_article_in_another_text():
    url = ["https://www.example.org/pact?utm_source=x", "http://example.org/pact/#top", "https://example.org/other"]
    found = find_duplicates(make(TEXT, words(2, 90), words(3, 90), url=url))
    assert pairs(found) == ["b a same address"]
    assert found["share"].tolist() == [0.0]
    assert pairs(find_duplicates(make(TEXT, f"{TEXT} {words(2, 9)}", url=url[:2]))) == ["a b update"]
    assert find_duplicates(make(TEXT, words(2, 90), url=["https://example.org/"] * 2)).empty


@pytest.mark.parametrize(
    ("texts", "repeated"), [(MOST_AT_ADDRESS, MOST_AT_ADDRESS - 1), (MOST_AT_ADDRESS + 1, 0)]
)  # fmt: skip
def test_an_address_with_many_different_texts_is_no_articles(texts, repeated):
    different = [words(number, 90) for number in range(texts)]
    assert len(find_duplicates(make(*different, url="https://example.org/world"))) == repeated
    states = [words(1, 100 + 10 * number) for number in range(8)]
    assert len(find_duplicates(make(*states, url="https://example.org/world"))) == 7


def test_the_order_of_the_rows_changes_nothing():
    rng = np.random.default_rng(7)
    texts = [f"{words(number % 5, 60 + number)} {words(100 + number, number)}" for number in range(16)]
    days = pd.to_datetime("2024-06-01") + pd.to_timedelta(rng.integers(0, 3, 16), unit="D")
    articles = make(*texts, outlet=list("AABB" * 4), published=days)
    expected = find_duplicates(articles)
    assert len(expected) > 3
    assert not set(expected["of"]) & set(expected["article"])
    for _ in range(5):
        pd.testing.assert_frame_equal(find_duplicates(articles.sample(frac=1, random_state=rng)), expected)


def test_a_line_that_thousands_print_costs_no_more_than_thousands():
    rng = np.random.default_rng(3)
    foot, vocabulary = words(0, 40), np.array([f"word{number}" for number in range(5_000)])
    texts = [" ".join(rng.choice(vocabulary, 120)) + " " + foot for _ in range(4_000)]
    articles = pd.DataFrame({"article": range(4_000), "outlet": "A", "text": texts})
    begun = time.perf_counter()
    assert find_duplicates(articles).empty
    assert time.perf_counter() - begun < 20


def test_what_is_needed_is_said():
    with pytest.raises(InputError) as error:
        find_duplicates(pd.DataFrame({"article": ["a"], "text": ["x"]}))
    assert str(error.value) == "find_duplicates needs the column 'outlet'; the table has 'article', 'text'"
