"""Which column is which where several names say the same: their values tell."""

import json

import pytest
from corpus.reading.test_articles import TEXT_NAMES, refusal, write

from analysis import read_articles
from analysis.corpus.reading.choices import LONGER, PROSE

PRINTED = 'The mayor disagreed. "We will not pay a cent," he said. He left, and nobody followed.'
TAKEN_APART = 'The mayor disagreed . " We will not pay a cent , " he said . He left , and nobody followed .'


def table(tmp_path, *records: dict):
    return write(tmp_path, a__json=json.dumps(list(records))) / "a.json"


def notes(articles) -> list[str]:
    return [note["note"] for note in articles.attrs["notes"]]


def test_of_two_columns_with_texts_the_untokenised_one_is_read(tmp_path):
    rows = [{"outlet": name, "content": TAKEN_APART, "content_original": PRINTED} for name in "AB"]
    articles = read_articles(table(tmp_path, *rows))
    assert articles["text"].tolist() == [PRINTED] * 2
    assert articles.attrs["corrections"] == []
    assert notes(articles)[0] == (
        "'a.json': of two columns with texts 'content_original' is read, for 'content' is tokenised"
    )


def test_where_all_are_tokenised_the_likeliest_is_read(tmp_path):
    articles = read_articles(table(tmp_path, {"outlet": "A", "content": TAKEN_APART, "body": TAKEN_APART + " Yes ."}))
    assert articles["text"].tolist() == [PRINTED]
    assert articles.attrs["corrections"][0]["what"] == "tokenised text"


def test_a_teaser_is_not_taken_for_the_text(tmp_path):
    short, much = "They met. ", int(LONGER)
    rows = {"outlet": "A", "text": short, "full_text": short * much}
    assert read_articles(table(tmp_path, rows))["text"].tolist() == [short]
    articles = read_articles(table(tmp_path, rows | {"full_text": short * much + "."}))
    assert articles["text"].tolist() == [short * much + "."]
    assert notes(articles)[0] == "'a.json': of two columns with texts 'full_text' is read, for 'text' is shorter"


LONG = "word " * PROSE


@pytest.mark.parametrize("text", [PRINTED, LONG[: PROSE - 1] + "s"])
def test_a_column_called_article_may_hold_the_text(tmp_path, text):
    articles = read_articles(table(tmp_path, {"id": "x", "outlet": "A", "article": text}))
    assert articles.loc[0, ["article", "text"]].tolist() == ["x", text]


@pytest.mark.parametrize("identifier", ["mill-burns-2024", "Mill burns for two days", LONG[: PROSE - 2] + "s"])
def test_or_only_say_which_article_it_is(tmp_path, identifier):
    path = table(tmp_path, {"outlet": "A", "article": identifier})
    assert f"has no column with the articles' text; it has 'outlet', 'article', expected {TEXT_NAMES}" in refusal(path)
    articles = read_articles(table(tmp_path, {"outlet": "A", "article": "mill-1", "text": PRINTED}))
    assert articles.loc[0, ["article", "text"]].tolist() == ["mill-1", PRINTED]


def test_an_address_is_no_outlet_and_its_host_may_be(tmp_path):
    rows = [{"source": f"https://www.post.example/2024/mill-{n}", "text": PRINTED} for n in range(3)]
    articles = read_articles(table(tmp_path, *rows))
    assert articles["outlet"].tolist() == ["post.example"] * 3
    assert articles["url"].tolist() == [row["source"] for row in rows]
    assert notes(articles) == ["'a.json': 'source' holds addresses, which name no outlet; the outlets are their hosts"]


def test_a_scraper_says_of_which_site_a_page_is(tmp_path):
    row = {"url": "https://cdn.example/mill-1", "source_url": "https://www.post.example", "text": PRINTED}
    articles = read_articles(table(tmp_path, row))
    assert articles.loc[0, ["outlet", "url"]].tolist() == ["post.example", row["url"]]


def test_a_column_of_names_comes_before_one_of_addresses(tmp_path):
    row = {"source": "https://post.example/mill", "hostname": "post.example", "text": PRINTED}
    assert read_articles(table(tmp_path, row))["outlet"].tolist() == ["post.example"]
    articles = read_articles(table(tmp_path, row | {"source-hostname": "Northvale Post"}))
    assert articles["outlet"].tolist() == ["Northvale Post"]
    assert notes(articles)[0] == (
        "'a.json': 'source' holds addresses, which name no outlet; the outlets are those of 'source-hostname'"
    )


@pytest.mark.parametrize(
    ("value", "outlet"),
    [
        ("https://www.post.example/a", "post.example"), ("http://Post.Example", "post.example"),
        ("www.post.example", "post.example"), ("//post.example/a", "post.example"),
        ("post.example/2024/a", "post.example"), ("post.example", "post.example"), ("BBC", "BBC"),
        ("Yahoo! News", "Yahoo! News"), ("AP/Reuters", "AP/Reuters"), ("/2024/a", "A"),
        ("St. Louis Post", "St. Louis Post"),
    ],
)  # fmt: skip
def test_what_is_the_outlet_of_a_value(tmp_path, value, outlet):
    assert read_articles(table(tmp_path, {"source": value, "text": PRINTED}))["outlet"].tolist() == [outlet]


def test_data_is_a_date_only_if_it_is_one(tmp_path):
    dated = read_articles(table(tmp_path, {"testata": "A", "data": "2024-05-01", "testo": PRINTED}))
    assert str(dated["published"][0]) == "2024-05-01 00:00:00"
    articles = read_articles(table(tmp_path, {"outlet": "A", "data": "raw", "text": PRINTED}))
    assert notes(articles) == ["'a.json': columns that are not used: 'data'"]


def test_columns_that_are_not_used_are_said_once_for_all_files(tmp_path):
    for name in "abc":
        (tmp_path / f"{name}.csv").write_text("outlet,topic,bias,text\nA,fire,left,They met.\n")
    (tmp_path / "d.csv").write_text("outlet,text\nA,They met.\n")
    assert notes(read_articles(tmp_path)) == ["'a.csv' and 2 more: columns that are not used: 'topic', 'bias'"]


def test_the_first_twelve_of_many(tmp_path):
    many = {f"x{number}": "1" for number in range(14)}
    (note,) = notes(read_articles(table(tmp_path, {"outlet": "A", "text": PRINTED} | many)))
    assert note.endswith("'x10', 'x11' and 2 more")
