"""Articles in XML: what the forms that people have call a title, a text and an outlet."""

import pytest
from corpus.reading.documents.test_sheets import choose

from analysis.corpus.reading.documents.marked_texts import read_list, read_tree
from analysis.corpus.reading.documents.trees import parse_xml
from analysis.corpus.reading.log import Log
from analysis.tables import InputError


def read(document: str) -> list[dict]:
    root = parse_xml(document.encode(), "a.xml")
    records = read_tree(root, "a.xml", Log())
    return [record for _, record in (read_list(root, "a.xml", choose) if records is None else records)]


def test_tei():
    (record,) = read(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Mill burns</title>'
        "<author>Jane Doe</author></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><biblFull>"
        "<publicationStmt><publisher>Daily Echo</publisher><ptr target='https://example.org/mill'/>"
        "<date when='2024-06-19'>19 June</date></publicationStmt></biblFull></sourceDesc></fileDesc></teiHeader>"
        "<text xml:lang='en'><body><div><head>Mill burns</head><p>The <hi>paper</hi> mill\n "
        "burned.<note>See p. 2</note></p>"
        "<p>Nobody<lb/>was hurt.</p></div></body></text></TEI>"
    )
    assert record == {
        "title": "Mill burns",
        "text": "Mill burns\nThe paper mill burned.\nNobody\nwas hurt.",
        "byline": "Jane Doe",
        "published": "2024-06-19",
        "outlet": "Daily Echo",
        "url": "https://example.org/mill",
        "language": "en",
    }


def test_a_corpus_of_tei_is_as_many_articles():
    one = "<TEI><teiHeader/><text><body><p>Words {}.</p></body></text></TEI>"
    records = read(f"<teiCorpus><teiHeader/>{one.format(1)}{one.format(2)}</teiCorpus>")
    assert [record["text"] for record in records] == ["Words 1.", "Words 2."]


def test_what_trafilatura_writes_is_read():
    from trafilatura import extract

    page = (
        '<html><head><title>Mill burns</title><meta property="og:site_name" content="Daily Echo">'
        '<meta property="article:published_time" content="2024-06-19"></head><body><article><h1>Mill burns</h1>'
        f"<p>{'The paper mill burned for most of the night. ' * 5}</p><p>{'Nobody was hurt there. ' * 8}</p>"
        f"</article></body></html>"
    )
    for form in ("xml", "xmltei"):
        written = extract(page, output_format=form, with_metadata=True, url="https://example.org/mill")
        (record,) = read(written)
        assert record["text"].count("Nobody was hurt there.") == 8
        assert (record["title"], record["published"]) == ("Mill burns", "2024-06-19")
        assert record["outlet"] == "Daily Echo"
        assert record["url"] == "https://example.org/mill"


def test_nitf():
    (record,) = read(
        '<nitf><head><docdata><date.issue norm="20240619T101500Z"/></docdata><pubdata name="Daily Echo"/></head><body>'
        "<body.head><hedline><hl1>Mill burns</hl1></hedline><byline>By Jane Doe</byline></body.head><body.content>"
        "<p>The mill burned.</p><media><caption>A mill</caption></media><p>Nobody was hurt.</p></body.content>"
        "</body></nitf>"
    )
    assert (record["title"], record["outlet"], record["byline"]) == ("Mill burns", "Daily Echo", "By Jane Doe")
    assert record["published"] == "20240619T101500Z"
    assert record["text"] == "The mill burned.\nNobody was hurt."


def test_newsml():
    (record,) = read(
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta><provider literal="Agency"/>'
        "<versionCreated>2024-06-20T00:00:00Z</versionCreated></itemMeta><contentMeta>"
        "<contentCreated>2024-06-19</contentCreated>"
        "<headline>Mill burns</headline><by>Jane Doe</by></contentMeta><contentSet><inlineXML>"
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>The mill burned.</p>'
        "</body></html>"
        "</inlineXML></contentSet></newsItem>"
    )
    assert record["text"] == "The mill burned."
    assert (record["title"], record["published"], record["outlet"]) == ("Mill burns", "2024-06-19", "Agency")


def test_a_list_of_records_is_a_table():
    records = read(
        "<export><articles><article id='7'><headline>Mill burns</headline><body><p>The mill burned.</p>"
        "<p>Nobody hurt.</p>"
        "</body></article><article id='8'><headline>Rain</headline><body>It rained.</body></article></articles>"
        "</export>"
    )
    assert records == [
        {"article": "7", "title": "Mill burns", "text": "The mill burned.\nNobody hurt."},
        {"article": "8", "title": "Rain", "text": "It rained."},
    ]


def test_an_unknown_form_is_refused():
    with pytest.raises(InputError) as error:
        read("<svg><path d='x'/><path d='y'/></svg>")
    assert str(error.value) == (
        "'a.xml' is XML of a form that is not known (its first element is 'svg'); expected RSS, Atom, TEI, NITF, "
        "NewsML, "
        "trafilatura's XML, an export of Factiva, or a list of records with a text each"
    )
