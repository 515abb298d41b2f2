"""Factiva: pages with and without field codes, RTF and text, XML, in several languages of the interface."""

import lxml.etree
import pytest

from analysis import read_articles
from analysis.corpus.reading.bundles.factiva import LEAD, cut_page, cut_text, cut_xml
from analysis.corpus.reading.dates import read_dates
from analysis.corpus.reading.pages import open_page

BODY = [
    "The mill on the quay burned for two days and two nights, and nobody in the town slept while it did.",
    "The fire chief, Ana Ruiz, said that nobody had been hurt.",
]
HEADER = ["News", "HEADLINE", "By Tom Odell", "60 words", "1 May 2024", "Northvale Post", "NPOST", "English"]


def make_article(
    number: int, *, header=HEADER, body=BODY, language="en", headline="Mill burns", ending="Document"
) -> str:
    lines = "".join(
        f'<div id="hd"><span class="{language}Headline">{headline}</span></div>'
        if line == "HEADLINE"
        else f"<div>{line}</div>"
        for line in header
    )
    paragraphs = "".join(f'<p class="articleParagraph {language}articleParagraph">{line}</p>' for line in body)
    called = f"NPOST000202405{number:02}ek510000{number}"
    return (
        f'<div id="article-{called}" class="article"><div class="article {language}Article">'
        f"<p></p>{lines}<p></p>{paragraphs}<p>A picture of the mill.</p><p>Northvale Press Ltd</p>"
        f"<p>{ending} {called}</p></div></div><br>"
    )


def cut(*articles: str):
    page = f"<html><head><title>Factiva</title></head><body><form>{''.join(articles)}</form></body></html>"
    return cut_page(open_page(page.encode(), "a.html"))


def test_a_page_is_as_many_articles_as_it_has():
    bundle = cut(*(make_article(number, headline=f"Report {number}") for number in (1, 2, 3)))
    assert bundle.kind == "Factiva"
    assert [article["number"] for article in bundle.articles] == [1, 2, 3]
    assert [article["title"] for article in bundle.articles] == ["Report 1", "Report 2", "Report 3"]
    assert bundle.stated is None
    assert not bundle.problems
    assert bundle.articles[0] == {
        "text": "\n".join(BODY),
        "title": "Report 1",
        "byline": "By Tom Odell",
        "outlet": "Northvale Post",
        "published": "1 May 2024",
        "language": "en",
        "number": 1,
    }


@pytest.mark.parametrize("classes", ["newsArticle", "article mainArticle", "enArticle"])
def test_a_newspapers_own_page_is_none(classes):
    page = f'<div class="{classes}"><h1 class="articleHeadline">Mill burns</h1><p>It burned.</p></div>'
    assert cut_page(open_page(f"<body>{page}</body>".encode(), "a.html")) is None


def test_captions_are_left_out_and_counted():
    caption = " ".join(["The roof of the mill in Northvale fell in, as a picture of the quay shows, early on"] * 2)
    assert cut(make_article(1), make_article(2)).notes == []
    page = make_article(1).replace("A picture of the mill.", caption)
    assert cut(page, page).notes == ["72 words below pictures, which Factiva prints beside the text, were not read"]


def test_a_saved_page_is_no_single_article_called_factiva(tmp_path):
    page = "".join(make_article(number, headline=f"Report {number}") for number in (1, 2, 3))
    (tmp_path / "factiva.html").write_text(f"<title>Factiva</title><form>{page}</form>", encoding="utf-8")
    articles = read_articles(tmp_path)
    assert articles["title"].tolist() == ["Report 1", "Report 2", "Report 3"]
    assert articles["outlet"].tolist() == ["Northvale Post"] * 3
    assert articles["published"].astype(str).tolist() == ["2024-05-01"] * 3
    assert articles["source"].tolist() == [f"factiva.html document {number}" for number in (1, 2, 3)]
    assert articles.attrs["problems"] == []


@pytest.mark.parametrize(
    ("language", "header", "ending"),
    [
        ("de", ["HEADLINE", "1,285 Wörter", "3 März 2024", "Nordtaler Bote", "NTBOTE", "Deutsch"], "Dokument"),
        ("fr", ["Monde", "HEADLINE", "285 mots", "3 mars 2024", "Nordtaler Bote", "NTBOTE", "2"], "Document"),
        ("es", ["HEADLINE", "285 palabras", "3 marzo 2024", "10:15", "Nordtaler Bote", "NTBOTE"], "Documento"),
        ("zh", ["HEADLINE", "1,285 字", "2024 年 3 月 3 日", "Nordtaler Bote", "NTBOTE", "中文"], "文件"),
        ("ja", ["HEADLINE", "285 語", "2024年3月3日", "Nordtaler Bote", "NTBOTE", "日本語"], "文書"),
        ("ko", ["HEADLINE", "285 단어", "2024년 3월 3일", "Nordtaler Bote", "NTBOTE", "한국어"], "문서"),
        ("ru", ["HEADLINE", "285 слов", "3 марта 2024", "Nordtaler Bote", "NTBOTE", "Русский"], "Документ"),
    ],
)
def test_an_interface_of_another_language_has_the_same_header(language, header, ending):
    (article,) = cut(make_article(1, language=language, header=header, ending=ending)).articles
    assert article["outlet"] == "Nordtaler Bote"
    assert str(read_dates([article["published"]])[0][0])[:10] == "2024-03-03"
    assert article["language"] == language
    assert article["text"] == "\n".join(BODY)
    assert article["byline"] is None


def test_a_line_marked_as_the_author_is_the_byline_and_a_credit_is_not():
    page = make_article(1).replace("<div>By Tom Odell</div>", '<div class="author">By Ana Ruiz</div><div>Special</div>')
    assert cut(page).articles[0]["byline"] == "By Ana Ruiz"


def test_a_headline_in_one_line_with_other_words_is_no_less_one():
    page = (
        make_article(1).replace("Mill burns</span></div>", "Mill burns</span> (Update)</div>").replace(' id="hd"', "")
    )
    assert cut(page).articles[0]["title"] == "Mill burns"


def test_counted_headlines_tell_the_number_and_how_many_there_are():
    bundle = cut(*(make_article(number, headline=f"{number + 100}) Mill <b>burns</b>") for number in (1, 2, 4)))
    assert [(article["number"], article["title"]) for article in bundle.articles] == [
        (101, "Mill burns"),
        (102, "Mill burns"),
        (104, "Mill burns"),
    ]
    assert bundle.stated == 4
    # A headline that begins so among others that do not is left as it is.
    assert cut(make_article(1, headline="1) Run"), make_article(2)).articles[0]["title"] == "1) Run"


def test_an_article_without_a_body_is_a_problem():
    bundle = cut(make_article(1), make_article(2, body=[]))
    assert len(bundle.articles) == 1
    assert bundle.problems == ["document 2 has no text"]


def test_a_table_with_field_codes_is_read_by_them():
    fields = {
        "SE": "News",
        "HD": '<span class="enHeadline">Mill burns</span>',
        "BY": "Tom Odell",
        "WC": "60 words",
        "PD": "1 May 2024",
        "ET": "16:37",
        "SN": "Northvale Post",
        "SC": "NPOST",
        "LA": "English",
        "CY": "(c) 2024 Northvale Post",
        "LP": f'<p class="articleParagraph enarticleParagraph">{BODY[0]}</p>',
        "TD": f'<p class="articleParagraph enarticleParagraph">{BODY[1]}</p>',
        "ART": "A picture of the mill.",
        "NS": "gdis : Disasters",
        "AN": "Document NPOST00020240501ek5100001",
    }
    rows = "".join(
        f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>{value}</td></tr>' for code, value in fields.items()
    )
    (article,) = cut(f'<div class="article enArticle"><table>{rows}</table></div>').articles
    assert article == {
        "text": "\n".join(BODY),
        "title": "Mill burns",
        "outlet": "Northvale Post",
        "published": "1 May 2024 16:37",
        "byline": "Tom Odell",
        "language": "en",
        "number": 1,
    }


def test_another_page_is_none():
    assert cut('<div class="article"><h1>Mill burns</h1><p>The mill burned.</p></div>') is None
    assert cut('<div class="article enArticle"><p>The mill burned.</p></div>') is None


CODED = "\n".join(
    (
        "SE\tNews",
        "HD\tMill burns",
        "WC\t60 words",
        "PD\t1 May 2024",
        "SN\tNorthvale Post",
        "LA\tEnglish",
        "LP",
        BODY[0],
        "TD\t" + BODY[1],
        "IN it the owners saw an enemy.",
        "",
        "NS\tgdis : Disasters",
        "AN\tDocument NPOST00020240501ek5100001",
    )
)


@pytest.mark.parametrize("between", ["\t", "  ", "|"])
def test_a_text_with_field_codes_is_read_by_them(between):
    text = CODED.replace("\t", between)
    bundle = cut_text(
        text + "\n\n" + text.replace("1 May", "2 May").replace("100001", "100002") + "\n\nSearch Summary\nNews"
    )
    assert [article["published"] for article in bundle.articles] == ["1 May 2024", "2 May 2024"]
    assert not bundle.problems
    # A word in capitals begins no field.
    assert bundle.articles[0]["text"] == "\n".join([*BODY, "IN it the owners saw an enemy."])
    assert (bundle.articles[1]["title"], bundle.articles[1]["outlet"]) == ("Mill burns", "Northvale Post")


def test_one_space_behind_all_codes_parts_them_too():
    text = CODED.replace("IN it", "in it").replace("\t", " ")
    assert cut_text(text) == cut_text(CODED.replace("IN it", "in it"))
    # A word in capitals alone is none.
    line = "IN it the owners saw an enemy."
    assert cut_text(PLAIN.replace(BODY[1], line)).articles[0]["text"] == f"{BODY[0]}\n{line}"


PLAIN = "\n".join(
    (
        "News",
        "Mill burns for two days",
        "By Tom Odell",
        "60 words",
        "1 May 2024",
        "16:37",
        "Northvale Post",
        "NPOST",
        "Final",
        "1",
        "English",
        "(c) 2024 Northvale Post",
        "",
        *BODY,
        "Northvale Press Ltd",
        "",
        "Document NPOST00020240501ek5100001",
        "",
        "Page 1 of 2 © 2024 Factiva, Inc. All rights reserved.",
        "",
    )
)


def test_a_text_without_field_codes_is_read_by_the_shape_of_its_headers():
    bundle = cut_text(PLAIN + PLAIN.replace("Mill burns for two days", "Owners face an inquiry") + "Search Summary\n")
    assert bundle.articles[0] == {
        "text": "\n".join(BODY),
        "title": "Mill burns for two days",
        "byline": "By Tom Odell",
        "outlet": "Northvale Post",
        "published": "1 May 2024 16:37",
        "language": None,
        "number": 1,
    }
    assert bundle.articles[1]["title"] == "Owners face an inquiry"
    assert len(bundle.articles) == 2


def test_without_a_copyright_the_text_begins_at_its_first_sentence():
    assert cut_text(PLAIN.replace("(c) 2024 Northvale Post\n", "")).articles[0]["text"] == "\n".join(BODY)


def test_a_last_sentence_is_no_publisher():
    text = PLAIN.replace("Northvale Press Ltd", "Nobody slept.")
    assert cut_text(text).articles[0]["text"] == "\n".join([*BODY, "Nobody slept."])
    assert cut_text(PLAIN.replace("Press Ltd", "Press, Inc.")).articles[0]["text"] == "\n".join(BODY)


def test_a_text_cut_off_within_its_last_article_is_read_to_there():
    bundle = cut_text(PLAIN + PLAIN[: PLAIN.index(BODY[1])])
    assert [article["text"] for article in bundle.articles] == ["\n".join(BODY), BODY[0]]
    said = ["document 2 lacks what stands below all others: the file may be cut off there"]
    assert bundle.problems == said
    last = make_article(2)
    assert cut(make_article(1), last[: last.index(BODY[1])]).problems == said


def test_a_document_without_a_header_is_a_problem():
    assert cut_text(PLAIN + "A line.\nDocument NPOST00020240501ek5100002\n" + PLAIN).problems == [
        "document 2 has no text"
    ]


def test_a_text_that_names_a_document_is_no_bundle():
    assert cut_text("\n".join(BODY)) is None
    assert cut_text("\n".join([*BODY, "Document NPOST00020240501ek5100001"])) is None


def test_a_number_is_looked_for_near_the_beginning_and_the_end():
    front = "x" * (LEAD - len(PLAIN)) + "\n"
    assert cut_text(front[1:] + PLAIN).articles
    assert cut_text("x\n" * LEAD + PLAIN).articles
    assert cut_text("x\n" * LEAD + PLAIN + "x\n" * LEAD) is None


XML = """<PPSResponse><ppsArticleResponse{namespace}><ppsarticleResultSet count="3"><ppsarticle><article>
<accessionNo>NPOST00020240501ek5100001</accessionNo><baseLanguage>FR</baseLanguage>
<byline><paragraph>Tom Odell</paragraph></byline>
<headline><paragraph><hlt>Mill</hlt> burns</paragraph></headline>
<leadParagraph><paragraph>The mill <hlt>burned</hlt>.</paragraph></leadParagraph>
<publicationDate><date>2024-05-01</date></publicationDate><publicationTime><time>16:37:00</time></publicationTime>
<sourceName>Northvale Post</sourceName>
<tailParagraphs><paragraph>Nobody\nslept.</paragraph><paragraph/></tailParagraphs>
<newsSubject code="gdis"><name>Disasters</name></newsSubject></article></ppsarticle>
<ppsarticle><article><headline><paragraph>Empty</paragraph></headline></article></ppsarticle>
</ppsarticleResultSet></ppsArticleResponse></PPSResponse>"""


@pytest.mark.parametrize("namespace", ["", ' xmlns="http://global.factiva.com/pps/2.0"'])
def test_an_xml_response_states_how_many_articles_it_has(namespace):
    bundle = cut_xml(lxml.etree.fromstring(XML.replace("{namespace}", namespace)))
    assert bundle.articles == [
        {
            "text": "The mill burned.\nNobody slept.",
            "title": "Mill burns",
            "outlet": "Northvale Post",
            "published": "2024-05-01 16:37:00",
            "byline": "Tom Odell",
            "language": "fr",
            "number": 1,
        }
    ]
    assert bundle.stated == 3
    assert bundle.problems == ["document 2 has no text"]
    assert cut_xml(lxml.etree.fromstring("<TEI><text>The mill burned.</text></TEI>")) is None


def test_a_time_within_the_date_is_not_said_twice():
    xml = XML.replace("{namespace}", "").replace("<date>2024-05-01</date>", "<dateTime>2024-05-01T16:37:00Z</dateTime>")
    assert cut_xml(lxml.etree.fromstring(xml)).articles[0]["published"] == "2024-05-01T16:37:00Z"
