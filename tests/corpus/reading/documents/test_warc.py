"""Web archives: which of their records are pages that were there."""

import gzip
import random
import sys

import pytest
from corpus.reading.test_articles import read_with_problems, write

from analysis.corpus.reading.documents.warc import read_warc
from analysis.corpus.reading.log import Log
from analysis.tables import InputError

PAGE = "<html><head><title>Mill burns</title></head><body><article><p>{}</p></article></body></html>"
PROSE = "The paper mill at the edge of the town burned for most of the night. " * 8


def make_record(
    body: bytes, *, kind: str = "response", status: str = "200 OK", form: str = "text/html", url: str = "mill"
):
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {form}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    if kind != "response":
        answer = body
    media = "application/http; msgtype=response" if kind == "response" else form
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://example.org/{url}\r\n"
        "WARC-Date: 2024-06-25T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: {media}\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as error:
        read_warc(data, "a.warc", Log())
    return str(error.value)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_answers_that_are_pages_are_taken_and_others_counted(pack):
    records = [
        make_record(b"<p>One</p>"),
        make_record(b"", status="301 Moved"),
        make_record(b"gone", status="404 Not Found"),
        make_record(b"GIF89a", form="image/gif"),
        make_record(b"<p>Two</p>", kind="resource"),
        make_record(b"format: WARC", kind="warcinfo", form="application/warc-fields"),
    ]
    log = Log()
    pages = read_warc(b"".join(map(pack, records)), "a.warc", log)
    assert [(url, page.decode("utf-8-sig")) for url, page in pages] == [
        ("https://example.org/mill", "<p>One</p>"), ("https://example.org/mill", "<p>Two</p>"),
    ]  # fmt: skip
    note = "of 'a.warc' 2 pages were taken; passed over were errors (1), other files (1), redirects (1)"
    assert log.notes == [{"source": "a.warc", "note": note}]


def test_the_encoding_that_the_answer_states_is_read():
    ((_, page),) = read_warc(make_record(b"Caf\xe9", form="text/html; charset=ISO-8859-1"), "a.warc", Log())
    assert page.decode("utf-8-sig") == "Café"


def test_an_archive_becomes_a_row_for_each_page_and_says_how_many_have_no_article(tmp_path):
    pages = [PAGE.format(PROSE), PAGE.format(PROSE.replace("mill", "school")), "<html><body></body></html>"]
    data = b"".join(make_record(page.encode(), url=str(number)) for number, page in enumerate(pages))
    articles, problems = read_with_problems(write(tmp_path, a__warc=data))
    assert articles["article"].tolist() == ["a:1", "a:2"]
    assert articles["source"].tolist() == ["a.warc page 1", "a.warc page 2"]
    assert articles["url"].tolist() == ["https://example.org/0", "https://example.org/1"]
    assert articles["published"].isna().all()  # the day of the crawl says nothing
    assert problems == [
        "1 of the 3 parts of 'a.warc' gave no article; the first: 'a.warc page 3' has no main text; "
        "expected a page of at most 20 MB with one article"
    ]


def test_an_archive_without_pages_is_refused():
    sentence = "'a.warc' holds no page that was there and is html; expected a web archive of articles"
    assert refusal(make_record(b"GIF89a", form="image/gif")) == sentence


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("cut", [20, 300])
def test_an_archive_that_is_cut_off_is_read_as_far_as_it_goes(pack, cut):
    rare = random.Random(1).randbytes(1_000).hex().encode()
    log = Log()
    pages = read_warc(pack(make_record(b"<p>One</p>")) + pack(make_record(rare))[:-cut], "a.warc", log)
    assert len(pages) == 1
    (problem,) = log.problems
    assert problem["problem"] == (
        "'a.warc' is damaged or cut off behind 1 page, which was read; expected a complete web archive"
    )


def test_without_the_library_the_sentence_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    assert refusal(b"WARC/1.0") == (
        "'a.warc' is a web archive, and reading it needs pip install 'parallax-news[formats]'; "
        "expected that, or its pages as html"
    )
