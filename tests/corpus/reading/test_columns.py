"""Which column is which, and the sentence for a table that has links in the place of texts."""

import json

import pytest
from corpus.reading.test_articles import TEXT_NAMES, read_with_problems, write

from analysis import read_articles
from analysis.corpus.reading.columns import is_address, is_link, list_candidates

NO_TEXT = "no column with the articles' text; Parallax reads full texts and downloads nothing"


@pytest.mark.parametrize(
    ("name", "content", "holds"),
    [
        ("gdelt.csv", "DATE,DocumentIdentifier,V2Tone\n20240619,https://example.org/a,-1.5\n",
         "holds links (column 'DocumentIdentifier')"),
        ("gdelt.tsv", "20240619\texample.org\thttps://example.org/a\n20240619\texample.org\thttps://example.org/b\n",
         "has no header and holds links ('https://example.org/a')"),
        ("mediacloud.csv", "stories_id,publish_date,title,url,media_name\n1,2024-06-19,Pact,https://example.org/a,BBC\n",
         "holds links (column 'url')"),
        ("gdelt.json", json.dumps({"articles": [{"url": "https://example.org/a", "seendate": "20240619T100000Z"}]}),
         "holds links (column 'url')"),
        ("own.csv", "Link,Wortlaut\nhttps://example.org/a,Words\n", "holds links (column 'Link')"),
    ],
)  # fmt: skip
def test_a_table_of_links_says_so(tmp_path, name, content, holds):
    write(tmp_path, a__txt="Words")
    (tmp_path / name).write_text(content, encoding="utf-8")
    articles, (problem,) = read_with_problems(tmp_path)
    assert problem.startswith(f"'{name}' {holds} and {NO_TEXT}: it has '")
    assert problem.endswith(f"', expected {TEXT_NAMES}")
    assert articles["article"].tolist() == ["a"]


def test_the_whole_sentence(tmp_path):
    write(tmp_path, a__txt="Words", gdelt__csv="date,url\n2024-06-19,https://example.org/a\n")
    assert read_with_problems(tmp_path)[1] == [
        f"'gdelt.csv' holds links (column 'url') and {NO_TEXT}: it has 'date', 'url', expected {TEXT_NAMES}"
    ]


def test_a_table_of_links_and_texts_is_read(tmp_path):
    table = "stories_id,url,media_name,text\n1,https://example.org/a,BBC,Words\n"
    assert read_articles(write(tmp_path, a__csv=table))["outlet"].tolist() == ["BBC"]


def test_a_column_of_links_can_be_mapped_away(tmp_path):
    folder = write(tmp_path, a__csv="url,Artikeltext\nhttps://example.org/a,Words\n")
    assert read_articles(folder, columns={"Artikeltext": "text"})["text"].tolist() == ["Words"]


def test_a_text_file_of_links(tmp_path):
    folder = write(
        tmp_path, a__txt="\nhttps://example.org/a\r\nHTTP://example.org/b\n\n", b__txt="https://x.org/ is ours"
    )
    articles, problems = read_with_problems(folder)
    assert problems == ["'a.txt' holds links and no text, and Parallax downloads nothing; expected the article's text"]
    assert articles["article"].tolist() == ["b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org", True), (" http://a.org \n\n https://b.org\n", True),
        ("https://example.org says", False), ("See https://example.org", False), ("https://a.org\nWords", False),
        ("", False), ("httpx", False),
    ],
)  # fmt: skip
def test_is_link(text, expected):
    assert is_link(text) is expected


@pytest.mark.parametrize(
    ("header", "ours"),
    [
        ("Full Text", "text"), ("Article text", "text"), ("full-text", "text"), ("FullText", "text"),
        ("Artikeltext", "text"), ("Volltext", "text"), ("texto", "text"), ("texte", "text"), ("testo", "text"),
        ("tekst", "text"),
        ("domain", "outlet"), ("hostname", "outlet"), ("media_outlet", "outlet"), ("publication_title", "outlet"),
        ("site_name", "outlet"), ("sitename", "outlet"), ("Zeitung", "outlet"), ("Medium", "outlet"),
        ("Quelle", "outlet"), ("journal", "outlet"), ("medio", "outlet"), ("Média", "outlet"), ("krant", "outlet"),
        ("testata", "outlet"),
        ("publishing_date", "published"), ("Datum", "published"), ("fecha", "published"),
        ("Date de publication", "published"), ("Veröffentlicht am", "published"),
        ("Titel", "title"), ("Überschrift", "title"), ("titulo", "title"),
        ("título", "title"), ("titre", "title"), ("Autor", "byline"), ("authors", "byline"), ("auteur", "byline"),
        ("Link", "url"), ("Article URL", "url"), ("Sprache", "language"), ("doc_id", "article"),
    ],
)  # fmt: skip
def test_names_of_columns(header, ours):
    assert list_candidates([header], {}) == {ours: [header]}


def test_the_record_of_an_interface_is_no_source():
    assert list_candidates(["_source", "text"], {}) == {"text": ["text"]}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://a.org", True), ("www.a.org", True), ("//a.org/b", True), ("a.org/b", True), ("/b/c", True),
        ("a.org", False), ("BBC", False), ("AP/Reuters", False), ("The Post, www.a.org", False), ("", False),
    ],
)  # fmt: skip
def test_is_address(value, expected):
    assert is_address(value) is expected
