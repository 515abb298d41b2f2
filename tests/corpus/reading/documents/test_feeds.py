"""Feeds: which field of an entry is its text, and whose it is."""

import pytest

from analysis.corpus.reading.documents.feeds import TEASER_WORDS, read_feed
from analysis.corpus.reading.documents.trees import parse_xml
from analysis.corpus.reading.log import Log

SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/"'
)
LONG = "word " * (TEASER_WORDS + 1)


def read(feed: str) -> tuple[list[dict], list[str]]:
    log = Log()
    records = read_feed(parse_xml(feed.encode(), "a.rss"), "a.rss", log)
    assert [number for number, _ in records] == list(range(1, len(records) + 1))
    return [record for _, record in records], [problem["problem"] for problem in log.problems]


def make_rss(*items: str) -> str:
    entries = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0" {SPACES}><channel><title>Daily Echo</title>{entries}</channel></rss>'


def test_an_entry_of_rss_is_an_article_of_its_channel():
    item = (
        "<title>Mill burns</title><link>https://example.org/mill</link><pubDate>Wed, 19 Jun "
        "2024 10:15:00 +0200</pubDate>"
        f"<dc:creator>Jane Doe</dc:creator><description>Short.</description><content:encoded><![CDATA[<p>{LONG}</p>]]>"
        "</content:encoded>"
    )
    (record,), problems = read(make_rss(item))
    assert record == {
        "title": "Mill burns",
        "text": f"<p>{LONG}</p>",
        "url": "https://example.org/mill",
        "published": "Wed, 19 Jun 2024 10:15:00 +0200",
        "outlet": "Daily Echo",
        "byline": "Jane Doe",
    }
    assert not problems


def test_an_entry_that_names_its_source_is_by_that():
    (record,), _ = read(make_rss(f'<source url="https://ft.example">The FT</source><description>{LONG}</description>'))
    assert record["outlet"] == "The FT"


@pytest.mark.parametrize("words, problems", [(TEASER_WORDS + 1, 0), (TEASER_WORDS, 1)])
def test_entries_that_are_teasers_are_read_and_said(words, problems):
    records, said = read(make_rss(f"<description>{'word ' * words}</description>"))
    assert len(records) == 1
    assert len(said) == problems


def test_the_sentence_about_teasers():
    assert read(make_rss("<description>Short.</description>", "<description>Short, too.</description>"))[1] == [
        "2 entries of the feed 'a.rss' have no more than a teaser of at most 100 words; expected whole articles, which "
        "few feeds hold"
    ]


def test_an_entry_of_atom_is_read_by_its_own_address_and_content():
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Daily Echo</title><entry>'
        '<title type="html">Mill burns</title>'
        '<link rel="replies" href="https://example.org/comments"/><link href="https://example.org/mill"/>'
        "<published>2024-06-19T10:15:00Z</published><updated>2024-06-20T10:15:00Z</updated>"
        "<author><name>Jane Doe</name></author><summary>Short.</summary>"
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>First {LONG}</p><p>Last</p></div>'
        f"</content>"
        "</entry></feed>"
    )
    (record,), problems = read(feed)
    assert (record["title"], record["url"], record["byline"]) == ("Mill burns", "https://example.org/mill", "Jane Doe")
    assert record["published"] == "2024-06-19T10:15:00Z"
    assert "<p>Last</p></div>" in record["text"].replace("html:", "")
    assert not problems


def test_the_entries_of_rss_1_stand_beside_its_channel():
    feed = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Daily Echo</title></channel>'
        f"<item><title>Mill burns</title><description>{LONG}</description><dc:date>2024-06-19</dc:date></item>"
        f"</rdf:RDF>"
    )
    (record,), _ = read(feed)
    assert (record["outlet"], record["published"]) == ("Daily Echo", "2024-06-19")


def test_the_names_of_letters_that_a_document_type_would_explain_are_letters():
    feed = make_rss(f"<title>Caf&eacute;</title><description>{LONG}</description>")
    doctype = (
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
    )
    (record,), _ = read(doctype + feed)
    assert record["title"] == "Café"
