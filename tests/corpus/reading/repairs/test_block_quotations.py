"""What a page sets apart as a quotation is somebody else's, though a text has no sign of it."""

import lxml.html
import pytest

from analysis import label_voices, read_articles
from analysis.corpus.reading.repairs.block_quotations import mark_blocks

OWN = (
    "<p>The mill on the quay in Northvale burned for two days and two nights, and nobody in the town slept while it "
    "did, for the wind blew the smoke into every street and every house of the old town.</p>"
)
LATER = (
    "<p>Officials will meet on Friday to decide what comes next for the four hundred people who worked there until the "
    "last week of April, most of them for longer than ten years.</p>"
)
QUOTED = (
    "<p>In a statement the fire chief, Ana Ruiz, said:</p><blockquote><p>We saw smoke at six and then the roof fell, "
    "and I am furious.</p><p>They lied to us for years and I want them in court.</p></blockquote>"
)


def page(*blocks: str) -> str:
    body = "".join(blocks)
    return f"<html><head><title>Mill fire</title></head><body><article><h1>Mill fire</h1>{body}</article></body></html>"


def marked(*blocks: str) -> tuple[list[str], int]:
    root = lxml.html.document_fromstring(page(*blocks))
    n = mark_blocks(root)[0]
    return [" ".join(block.text_content().split()) for block in root.iter("blockquote")], n


def test_what_is_set_apart_is_quoted(tmp_path):
    (tmp_path / "a.html").write_text(page(OWN, QUOTED, LATER), encoding="utf-8")
    articles = read_articles(tmp_path)
    lines = articles["text"][0].split("\n")
    assert "“We saw smoke at six and then the roof fell, and I am furious." in lines
    assert "“They lied to us for years and I want them in court.”" in lines
    (said,) = articles.attrs["corrections"]
    assert (said["what"], said["n"]) == ("block quotations", 1)
    assert said["after"].startswith("“We saw smoke")
    spans = label_voices(articles)
    quoted = " ".join(spans.loc[spans["voice"] == "quote", "text"])
    assert quoted.startswith("“We saw smoke")
    assert quoted.endswith("in court.”")


def test_a_text_that_is_not_to_be_mended_is_as_printed(tmp_path):
    (tmp_path / "a.html").write_text(page(OWN, QUOTED, LATER), encoding="utf-8")
    articles = read_articles(tmp_path, repair=False)
    assert "“" not in articles["text"][0]
    assert articles.attrs["corrections"] == []


@pytest.mark.parametrize(
    ("block", "text"),
    [
        ("<blockquote>One <b>two</b></blockquote>", "“One two”"),
        ("<blockquote><p>One</p><footer>Ana Ruiz</footer></blockquote>", "“One”Ana Ruiz"),
        ("<blockquote><p>One</p>— Tom (@tom)</blockquote>", "“One”— Tom (@tom)"),
        ("<blockquote><p>“One”</p></blockquote>", "“One”"),
        ("<blockquote><p>— Tom</p></blockquote>", "— Tom"),
        ("<blockquote><p> </p></blockquote>", ""),
    ],
)  # fmt: skip
def test_where_the_marks_stand(block, text):
    assert marked(OWN, block, LATER)[0] == [text]


def test_a_page_that_indents_with_them_is_left():
    half = "<p>" + "word " * 20 + "</p>"
    assert marked(f"<blockquote>{half}</blockquote>{half}{half}")[1] == 1
    assert marked(f"<blockquote>{half}{half}</blockquote>{half}")[1] == 0
