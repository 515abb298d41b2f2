"""Saved pages: their text, title and date, their encodings, and pages made to break a reader."""

import json
import os
import socket
import subprocess
import sys

import pandas as pd
import pytest
from corpus.reading.test_articles import dates_of, read_with_problems, write

from analysis import read_articles
from analysis.corpus.reading import pages
from analysis.tables import InputError

LEAD = (
    "Russia and North Korea signed a pact in Pyongyang on Wednesday, the leaders of both countries said after a summit "
    "that lasted for several hours and ended with a banquet."
)
SECOND = (
    "It obliges each side to help the other “without delay”, which analysts in Seoul and in Washington called the "
    "strongest promise that the two have made since the end of the Cold War."
)
BODY = f"<article><p>{LEAD}</p><p>{SECOND}</p></article>"
EXPECTED = "expected a page of at most 20 MB with one article"


def make_page(body: str = BODY, head: str = "") -> str:
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'


def read_page(data: bytes, name: str) -> dict:
    return pages.read_page(pages.open_page(data, name), name)


def refusal(page: str) -> str:
    with pytest.raises(InputError) as caught:
        read_page(page.encode(), "a.html")
    return str(caught.value)


def test_a_page_is_one_article_with_the_title_and_date_that_it_states(tmp_path):
    head = (
        '<title>Pact signed - BBC News</title><meta property="og:title" content="Pact signed">'
        '<meta property="og:site_name" content="BBC News"><script>var text = "Never read";</script>'
        '<meta property="article:published_time" content="2024-06-19T10:00:00+09:00">'
    )
    body = (
        f"<nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav>{BODY}"
        "<div id='comments'><p>Great article, I agree with everything that you said here today!</p></div>"
        "<footer>© BBC 2024</footer>"
    )
    articles = read_articles(write(tmp_path, a__html=make_page(body, head)))
    assert articles.iloc[0].drop(["published", "event", "byline", "url"]).fillna("missing").to_dict() == {
        "article": "a", "outlet": "A", "title": "Pact signed", "agency": "missing", "language": "en",
        "source": "a.html", "text": f"{LEAD}\n{SECOND}",
    }  # fmt: skip
    assert dates_of(articles) == ["2024-06-19 01:00:00"]
    assert articles.attrs["problems"] == []


def test_the_outlet_of_a_page_is_its_folder_and_never_its_site_name(tmp_path):
    page = make_page(head='<meta property="og:site_name" content="CNN">')
    assert read_articles(write(tmp_path, bbc___a__HTM=page))["outlet"].tolist() == ["bbc"]


def test_paragraphs_headings_and_breaks_are_lines_and_tables_are_left_out():
    body = (
        f"<article><p>{LEAD}</p><h2>What it says</h2><p>{SECOND}<br>A <b>second</b> line &amp; more.</p>"
        f"<table><tr><td>Year</td><td>Trade in millions</td></tr></table><p>{LEAD}</p></article>"
    )
    assert read_page(make_page(body).encode(), "a.html")["text"].split("\n") == [
        LEAD, "What it says", SECOND, "A second line & more.", LEAD,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ('<meta name="twitter:title" content=" Pact "><title>Other</title>', "", "Pact"),
        ("<title>Pact | Site</title>", "<h1>Pact\n <i>signed</i></h1>", "Pact signed"),
        ("<title>Pact |\n Site</title>", "<h1>Site</h1><h1>Pact</h1>", "Pact | Site"),
        ("", "", None),
    ],
)
def test_title(head, body, title):
    assert read_page(make_page(body + BODY, head).encode(), "a.html")["title"] == title


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        ('<meta itemprop="datePublished" content="2024-06-19">', "", "2024-06-19"),
        ('<meta name="Date" content="2024-06-18"><meta property="article:published_time" content="2024-06-19">', "",
         "2024-06-19"),
        ('<script type="application/ld+json">{"@graph": [{"@type": "X"}, {"datePublished": "2024-06-19"}]}</script>',
         "", "2024-06-19"),
        ('<script type="application/ld+json">[{"datePublished": 5}, {"datePublished": "2024-06-19"}]</script>', "",
         "2024-06-19"),
        ('<script type="application/ld+json">{broken</script>', '<time itemprop="datePublished" datetime="2024-06-19">x'
         "</time>", "2024-06-19"),
        ("", '<time datetime="2024-06-19">x</time>', None),  # of whatever it may be the time
        ('<meta property="article:modified_time" content="2024-06-19">', "", None),
    ],
)  # fmt: skip
def test_date(head, body, published):
    assert read_page(make_page(body + BODY, head).encode(), "a.html")["published"] == published


def test_a_date_that_cannot_be_read_is_a_problem(tmp_path):
    page = make_page(head='<meta name="date" content="05/06/2024">')
    articles, problems = read_with_problems(write(tmp_path, a__html=page))
    assert problems == [
        "'a.html' has the date '05/06/2024', which does not tell day and month apart; expected YYYY-MM-DD"
    ]
    assert dates_of(articles) == ["missing"]


def test_what_the_page_calls_today_is_no_date():
    assert (
        read_page(make_page(f"<p>Copyright 2024 | Today is June 19, 2024</p>{BODY}").encode(), "a")["published"] is None
    )


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("windows-1251", "cp1251"), ("KOI8-R", "koi8-r"), ("Shift_JIS", "cp932"), ("gb2312", "gb18030"),
        ("utf-8", "utf-8"), ("", "utf-8"), ("windows-1251", "utf-8"), ("utf-8", "utf-16"),
        ("iso-2022-jp", "iso2022-jp"), ("no-such-code", "utf-8"), ("punycode", "utf-8"),
    ],
)  # fmt: skip
def test_the_declared_encoding_is_used_unless_the_page_is_utf_8(tmp_path, declared, encoding):
    russian = "Россия и Северная Корея подписали договор о стратегическом партнёрстве, сообщили оба лидера. "
    japanese = "ロシアと北朝鮮は水曜日に包括的な戦略的パートナーシップ条約に署名した。両首脳が会談の後に明らかにした。"
    text = japanese if encoding in ("cp932", "gb18030", "iso2022-jp") else russian
    page = make_page(f"<p>{text * 5}</p>", f'<meta charset="{declared}">')
    assert read_articles(write(tmp_path, a__html=page.encode(encoding)))["text"].tolist() == [(text * 5).strip()]


def test_latin_1_is_read_as_windows_1252_as_browsers_do():
    page = make_page(head='<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">')
    assert read_page(page.encode("cp1252"), "a.html")["text"] == f"{LEAD}\n{SECOND}"


def test_a_page_without_an_article_is_a_problem(tmp_path):
    articles, problems = read_with_problems(
        write(tmp_path, a__txt="Words", b__html="", c__html=make_page("<script>alert(1)</script>"), d__html="%PDF-1.7")
    )
    assert problems == [
        f"'b.html' has no main text; {EXPECTED}",
        f"'c.html' has no main text; {EXPECTED}",
        "'d.html' is damaged or can't be read (PdfStreamError); expected a PDF with text in it",
    ]
    assert articles["article"].tolist() == ["a"]


def test_a_page_may_have_20_megabytes_and_no_more(monkeypatch):
    assert pages.PAGE_BYTES == 20_000_000
    page = make_page(f"<p><img src='data:{'x' * 2_000_000}'></p>{BODY}")
    monkeypatch.setattr(pages, "PAGE_BYTES", len(page.encode()))
    assert read_page(page.encode(), "a.html")["text"] == f"{LEAD}\n{SECOND}"
    assert refusal(page + " ") == "'a.html' has 2 MB; expected a page of at most 2 MB with one article"


@pytest.mark.parametrize(
    ("unit", "limit", "most", "sentence"),
    [
        ("<p>One two three.</p>", "ELEMENTS", 48, "has 49 elements; expected an article's page with at most 48"),
        ("<b>One</b> two ", "INLINE", 46, "has 47 links or changes of type in one paragraph; "
         "expected an article's page with at most 46"),
    ],
)  # fmt: skip
def test_a_page_of_too_many_parts(monkeypatch, unit, limit, most, sentence):
    monkeypatch.setattr(pages, limit, most)
    base = 6 if limit == "ELEMENTS" else 0  # html, head, body, article and its two paragraphs
    before, after = ("<p>", "</p>") if limit == "INLINE" else ("", "")
    filled = [make_page(f"{before}{unit * times}{after}{BODY}") for times in (most - base, most + 1 - base)]
    assert read_page(filled[0].encode(), "a.html")["text"]
    assert refusal(filled[1]) == f"'a.html' {sentence}"


def test_a_tag_of_thousands_of_attributes_is_refused():
    for attributes, read in ((1_990, True), (100_000, False)):
        tag = "<p " + " ".join(f"a{number}='x y'" for number in range(attributes)) + ">One</p>"
        if read:
            assert read_page(make_page(tag + BODY).encode(), "a.html")["text"].endswith(SECOND)
        else:
            assert refusal(make_page(tag + BODY)) == f"'a.html' has 100,001 words in one tag; {EXPECTED}"


@pytest.mark.parametrize(
    "page",
    [
        "<!doctype html " + "/" * 1_000_000,
        "<html " * 200_000 + " />",
        make_page("<!--" * 300_000),
        make_page("<" * 1_000_000),
        make_page("<div>" * 100_000 + LEAD),
        make_page("<p><b><i>" * 5_000 + LEAD),
        make_page("&amp;" * 200_000),
        make_page(f"{BODY}<p>{' ' * 1_000_000}x{chr(10) * 1_000_000}</p>"),
        make_page(BODY, '<script type="application/ld+json">' + '["@type":[' * 100_000 + "</script>"),
        make_page(BODY, '<script type="application/ld+json">' + "[" * 90_000 + "</script>"),
    ],
    ids=range(10),
)
def test_a_hostile_page_is_read_or_refused_within_seconds(page):
    try:
        assert isinstance(read_page(page.encode(), "a.html")["text"], str)
    except InputError as error:
        assert str(error) == f"'a.html' has no main text; {EXPECTED}"


def test_a_page_that_breaks_the_extractor_is_one_problem(tmp_path, monkeypatch):
    def fail(*_, **__):
        raise KeyError("inside")

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    _, problems = read_with_problems(write(tmp_path, a__txt="Words", b__html=make_page()))
    assert problems == [f"'b.html' can't be read as a page (KeyError); {EXPECTED}"]


def test_nothing_in_a_page_is_fetched_or_printed(tmp_path, monkeypatch, capfd):
    def refuse(*_, **__):
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    head = '<base href="http://example.org/"><link rel="stylesheet" href="a.css"><script src="http://example.org/a.js">'
    page = f'<!DOCTYPE html SYSTEM "http://example.org/a.dtd">{make_page(BODY, head + "</script>")}'
    folder = write(tmp_path, a__html=page.replace("</article>", '<img src="http://example.org/a.png"></article>'))
    assert read_articles(folder)["text"].tolist() == [f"{LEAD}\n{SECOND}"]
    assert capfd.readouterr() == ("", "")


def test_the_extractor_is_loaded_for_pages_only_and_gives_the_same_bytes_each_time(tmp_path):
    write(tmp_path, text___a__txt=LEAD, page___a__html=make_page())
    program = (
        "import sys, analysis; analysis.read_articles('text'); assert not {'trafilatura', 'lxml'} & set(sys.modules); "
        "print(analysis.read_articles('page').to_json())"
    )
    printed = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=tmp_path, env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("0", "1")
    ]  # fmt: skip
    assert printed[0] == printed[1]
    assert json.loads(printed[0])["text"] == {"0": f"{LEAD}\n{SECOND}"}


def test_a_page_and_its_text_are_the_same_article(tmp_path):
    write(tmp_path, page___a__html=make_page(), text___a__txt=f"{LEAD}\n{SECOND}")
    page, text = read_articles(tmp_path / "page"), read_articles(tmp_path / "text")
    pd.testing.assert_frame_equal(page.drop(columns="source"), text.drop(columns="source"))


@pytest.mark.parametrize(
    "source",
    [
        '\n//<![CDATA[\n{"datePublished": "2024-06-19"}\n//]]>\n', '<![CDATA[{"datePublished": "2024-06-19"}]]>',
        '/* <![CDATA[ */ {"datePublished": "2024-06-19"} /* ]]> */', '<!--\n{"datePublished": "2024-06-19"}\n-->',
        '{"description": "two\nlines", "datePublished": "2024-06-19"}',
    ],
)  # fmt: skip
def test_a_description_in_cdata_or_with_line_ends_in_it(tmp_path, source):
    head = f'<script type="application/ld+json">{source}</script>'
    (tmp_path / "a.html").write_text(make_page(BODY, head), encoding="utf-8")
    assert dates_of(read_articles(tmp_path)) == ["2024-06-19"]


def test_what_stands_below_the_end_of_a_page_is_read_as_a_browser_does():
    page = make_page()
    text = read_page(page.encode(), "a.html")["text"]
    assert read_page(page.replace("</p>", "</p></body></html>").encode(), "a.html")["text"] == text
    # Two saved pages may stand in one file.
    twice = pages.open_page((page + "<!doctype html>" + page).encode(), "a.html")
    assert len(twice.findall(".//p")) == 2 * len(pages.open_page(page.encode(), "a.html").findall(".//p"))
