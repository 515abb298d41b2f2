import pandas as pd
import pytest

from analysis import InputError, label_genres


def genre_of(title: str | None, text: str = "Kim signed the pact.") -> str:
    return label_genres(pd.DataFrame({"article": ["a"], "title": [title], "text": [text]}))["genre"].iloc[0]


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("OPINION: Why we fight", "opinion"),
        ("Why we fight | Editorial", "opinion"),
        ("How teens become terrorists: Column", "opinion"),
        ("Opinions differ on the pact", "news"),
        ("NYT editorial board endorses Warren", "news"),
        ("A column of smoke: what we know", "news"),
        ("Pact signed – live updates", "live"),
        ("Hurricane Irma live updates: ‘Way bigger’", "live"),
        ("LIVE: Putin lands", "live"),
        ("The summit as it happened", "live"),
        ("CNN cuts live coverage of the briefing", "news"),
        ("CNN cut its live coverage", "news"),
        ("Hearing: live coverage", "live"),
        ("War shapes public-opinion", "news"),
        ("We live in Seoul", "news"),
        (None, "news"),
    ],
)
def test_a_title_says_what_a_page_is(title, genre):
    assert genre_of(title) == genre


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("ANALYSIS/OPINION:\n\nThey fight.", "opinion"),
        ("COMMENTARY\n\nThey fight.", "opinion"),
        ("Commentary on the pact was rare.", "news"),
        ("They fight.\n\nThe views expressed by contributors are their own.", "opinion"),
        ("They fight. The views expressed in the poll were mixed.", "news"),
        ("Live blog: Siege in Paris\n\nIt ended.", "live"),
        ("The briefing lost its live coverage, and nobody minded.", "news"),
        ("", "news"),
        (None, "news"),
    ],
)
def test_the_text_says_what_a_page_is(text, genre):
    assert genre_of(None, text) == genre


def test_a_disclaimer_far_from_either_end_is_somebody_elses():
    disclaimer = "\n\nThe views expressed are the author's own.\n\n"
    assert genre_of(None, "x " * 500 + disclaimer + "x " * 500) == "news"


def test_a_genre_that_is_given_is_kept():
    articles = pd.DataFrame({"article": ["a", "b"], "genre": ["review", None], "text": ["x", "OPINION\n\nx"]})
    assert label_genres(articles)["genre"].tolist() == ["review", "opinion"]


def test_no_column_title_is_needed_and_a_missing_text_is_named():
    assert label_genres(pd.DataFrame({"article": ["a"], "text": ["x"]}))["genre"].tolist() == ["news"]
    with pytest.raises(InputError, match=r"^label_genres needs the column 'text'; the table has 'article'$"):
        label_genres(pd.DataFrame({"article": ["a"]}))
