"""RTF: letters of all code pages, and which of the groups in it are text."""

import time

import pytest

from analysis.corpus.reading.documents import rtf
from analysis.corpus.reading.documents.rtf import read_rtf
from analysis.corpus.reading.log import Log
from analysis.tables import InputError

HEAD = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset204 Times;}{\f2\fcharset128 Gothic;}}"
)


def read(body: bytes, head: bytes = HEAD) -> str:
    log = Log()
    text = read_rtf(head + body + b"}", "a.rtf", log)
    assert not log.problems
    return text


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as error:
        read_rtf(data, "a.rtf", Log())
    return str(error.value)


def test_a_paragraph_is_a_line_however_its_source_is_broken():
    assert read(b"\\pard The mill \r\nburned.\\par\r\n\\par Nobody {\\b was} hurt.") == (
        "The mill burned.\n\nNobody was hurt."
    )


@pytest.mark.parametrize(
    "body, text",
    [
        (rb"Caf\'e9 \u8220?hi\u8221?", "Café “hi”"),
        (rb"{\f1 \'cc\'e8\'f0} \'e9", "Мир é"),
        (rb"{\f2 \'93\'fa\'96\'7b}", "日本"),
        (rb"{\f2 \'83A}", "ア"),  # of two codes the second is a plain letter
        (rb"\u-10179?\u-8704?", "😀"),
        (rb"{\uc2 \u8212\'81\'5c}\u8212-x", "——x"),
        (rb"{\uc0 \u233}t\u233?", "été"),
        (rb"a\~b\_c\-d\{e\}\\ \emdash\endash\ldblquote x\rdblquote", "a\xa0b-cd{e}\\ —–“x”"),
    ],
)
def test_letters(body, text):
    assert read(body) == text


def test_the_code_page_of_the_document_holds_where_the_font_has_none():
    assert read(rb"\'e1\'f8", head=rb"{\rtf1\ansi\ansicpg1250 ") == "ář"
    assert read(rb"\'8a", head=rb"{\rtf1\mac ") == "ä"


@pytest.mark.parametrize(
    "group",
    [
        rb"{\info{\title A title}{\author Somebody}}",
        rb"{\stylesheet{\s1 heading 1;}}",
        rb"{\colortbl;\red0\green0\blue0;}",
        rb"{\*\generator Word;}",
        rb"{\header Daily Echo\par}",
        rb"{\footer Page 1}",
        rb"{\footnote See there.}",
        rb"{\pict\pngblip 89504e470d0a}",
        rb"{\*\shppict{\pict\wmetafile8 0100}}{\nonshppict{\pict 0100}}",
        rb"{\pict\bin6 }}}{{{}",
        rb"{\listtext 1.\tab}",
        rb"{\v hidden}",
        rb"{\deleted gone}",
        rb"{\*\unknown{\b bold}}",
    ],
)
def test_what_is_no_text(group):
    assert read(b"Before " + group + b"after.") == "Before after."


def test_the_result_of_a_field_is_read_and_not_its_code():
    assert read(rb'{\field{\*\fldinst HYPERLINK "https://example.org"}{\fldrslt {\ul a link}}}.') == "a link."


def test_cells_and_text_boxes_are_lines_of_their_own():
    assert read(rb"\intbl left\cell right\cell\row after").split("\n") == ["left", "right", "after"]
    box = rb"{\shp{\*\shpinst{\sp{\sn name}{\sv 1}}{\shptxt In the box.\par}}}"
    assert read(rb"Before\par " + box + b"after.").split() == ["Before", "In", "the", "box.", "after."]


def test_what_stands_behind_the_last_brace_is_no_text():
    assert read_rtf(rb"{\rtf1 Words.}" + b"\0\0rubbish", "a.rtf", Log()) == "Words."


def test_a_document_that_is_cut_off_is_read_and_said():
    log = Log()
    assert read_rtf(rb"{\rtf1 Words {\b and", "a.rtf", log) == "Words and"
    sentence = (
        "'a.rtf' ends before its last brace closes, and was read as far as it goes; expected a complete RTF document"
    )
    assert log.problems == [{"source": "a.rtf", "problem": sentence}]


def test_what_is_no_rtf_is_refused():
    assert refusal(b"Words") == r"'a.rtf' is no RTF; expected a document that begins with '{\rtf'"


def test_a_document_that_is_too_large_is_refused(monkeypatch):
    data = rb"{\rtf1 Words.}"
    monkeypatch.setattr(rtf, "RTF_BYTES", len(data))
    assert read_rtf(data, "a.rtf", Log()) == "Words."
    monkeypatch.setattr(rtf, "RTF_BYTES", len(data) - 1)
    assert "expected RTF of at most" in refusal(data)


@pytest.mark.parametrize("body", [b"{" * 300_000, b"\\" * 300_001, b"\\'" * 150_000, rb"\u1" * 100_000])
def test_rubbish_takes_no_longer_than_text(body):
    start = time.perf_counter()
    read_rtf(rb"{\rtf1 " + body, "a.rtf", Log())
    assert time.perf_counter() - start < 5
