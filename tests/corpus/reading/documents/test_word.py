"""Word documents: which of the words in them stand on the page, and documents made to break a reader."""

import io
import zipfile

import pytest

from analysis.corpus.reading.documents import packages, trees
from analysis.corpus.reading.documents.word import read_docx
from analysis.corpus.reading.log import Log
from analysis.tables import InputError

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def make_docx(body: str, *, words: str = WORDS, part: str = "word/document.xml", method=zipfile.ZIP_DEFLATED) -> bytes:
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{words}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        f'xmlns:v="urn:schemas-microsoft-com:vml"><w:body>{body}</w:body></w:document>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="http://x/officeDocument" Target="/{part}"/></Relationships>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as package:
        package.writestr("_rels/.rels", relations)
        package.writestr(part, document)
        package.writestr("word/header1.xml", f'<w:hdr xmlns:w="{words}"><w:p><w:r><w:t>HEAD</w:t></w:r></w:p></w:hdr>')
    return buffer.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties and f"<w:rPr>{properties}</w:rPr>"}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(run(text) if '<' not in text else text for text in runs)}</w:p>"


def read(body: str, **options) -> str:
    log = Log()
    text = read_docx(make_docx(body, **options), "a.docx", log)
    assert not log.problems
    return text


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as error:
        read_docx(data, "a.docx", Log())
    return str(error.value)


def test_a_paragraph_is_a_line_however_many_runs_it_has():
    assert read(paragraph("The mill ", "bur", "ned.") + paragraph() + paragraph("Nobody was hurt.")) == (
        "The mill burned.\n\nNobody was hurt."
    )


@pytest.mark.parametrize("words", [WORDS, STRICT])
def test_both_forms_of_the_format_are_read(words):
    assert read(paragraph("Words."), words=words) == "Words."


def test_the_text_is_found_where_the_package_says_it_is():
    assert read(paragraph("Words."), part="word/document2.xml") == "Words."


def test_tables_and_content_controls_are_read_in_order():
    cells = "".join(f"<w:tc>{paragraph(word)}</w:tc>" for word in ("left", "right"))
    control = f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{paragraph('inside')}</w:sdtContent></w:sdt>"
    body = paragraph("before") + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>" + control + paragraph("after")
    assert read(body).split("\n") == ["before", "left", "right", "inside", "after"]


def test_a_text_box_stands_once_and_beside_its_paragraph():
    content = f"<w:txbxContent>{paragraph('in the box')}</w:txbxContent>"
    drawing = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert read(paragraph("half ", drawing, "and half")).split("\n") == ["in the box", "half and half"]


def test_breaks_tabs_and_hyphens_are_letters():
    between = (
        "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/></w:r>"
    )
    assert read(paragraph(between)) == "a\nb\tc-d"


def test_deleted_words_are_left_out_and_inserted_ones_kept():
    deleted = '<w:del w:id="1"><w:r><w:delText>gone</w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="2">{run("elsewhere")}</w:moveFrom>'
    inserted = f'<w:ins w:id="3">{run("new")}</w:ins>'
    assert read(paragraph("old ", deleted, moved, inserted)) == "old new"


def test_a_deleted_end_of_a_paragraph_joins_it_to_the_next():
    first = f'<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{run("one, ")}</w:p>'
    assert read(first + paragraph("two")) == "one, two"


def test_the_result_of_a_field_is_read_and_not_its_code():
    def step(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = '<w:r><w:instrText> HYPERLINK "http://example.org" </w:instrText></w:r>'
    nested = step("begin") + run("in the code") + step("separate") + run("of the code") + step("end")
    field = step("begin") + code + nested + step("separate") + run("a link") + step("end")
    assert read(paragraph("See ", field, ".")) == "See a link."


def test_hidden_text_footnotes_and_heads_are_no_text():
    hidden = run("hidden", "<w:vanish/>") + run("seen", '<w:vanish w:val="0"/>')
    assert read(paragraph(hidden, '<w:r><w:footnoteReference w:id="2"/></w:r>')) == "seen"


def test_a_symbol_is_a_letter_if_it_is_one_outside_its_font():
    symbols = '<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:font="Arial" w:char="2013"/></w:r>'
    assert read(paragraph("a ", symbols, " b")) == "a – b"


def test_an_embedded_file_that_is_not_read_is_said():
    log = Log()
    assert read_docx(make_docx(paragraph("Words.") + "<w:altChunk/>"), "a.docx", log) == "Words."
    sentence = "'a.docx' has text in 1 embedded file, which was not read; expected the document saved anew by Word"
    assert log.problems == [{"source": "a.docx", "problem": sentence}]


def test_a_damaged_document_is_refused():
    whole = make_docx(paragraph("Words. " * 500), method=zipfile.ZIP_STORED)
    sentence = "'a.docx' is damaged or cut off; expected a complete Word document"
    assert refusal(whole[:-30]) == sentence
    assert refusal(whole.replace(b"Words. ", b"Sword. ", 1)) == sentence  # its checksum is wrong
    assert refusal(make_docx("<w:p>")) == sentence


def test_entities_are_neither_fetched_nor_expanded(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")

    def make(declared: str, used: str) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            document = f'<!DOCTYPE w [{declared}]><w:document xmlns:w="{WORDS}"><w:body>'
            package.writestr("word/document.xml", document + paragraph(used) + "</w:body></w:document>")
        return buffer.getvalue()

    sentence = "'a.docx' defines entities of its own, which are not expanded; expected plain XML without them"
    assert refusal(make(f'<!ENTITY x SYSTEM "{secret.as_uri()}">', "&x;")) == sentence
    laughs = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    assert refusal(make(laughs, "&a11;")) == sentence


def test_a_document_that_unpacks_to_far_too_much_is_not_opened(monkeypatch):
    monkeypatch.setattr(packages, "HARMLESS", 100_000)
    bomb = make_docx(paragraph("a" * 1_000_000))
    assert len(bomb) * packages.DOCUMENT_RATIO < 1_000_000
    assert "would unpack from 0.0 MB to 1.0 MB, and is not opened; expected a Word document" in refusal(bomb)


def test_a_document_with_too_much_xml_is_refused(monkeypatch):
    data = make_docx(paragraph("Words."))
    size = len(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    monkeypatch.setattr(trees, "XML_BYTES", size)
    assert read_docx(data, "a.docx", Log()) == "Words."
    monkeypatch.setattr(trees, "XML_BYTES", size - 1)
    assert "MB of XML; expected at most" in refusal(data)


def test_macros_beside_the_text_are_not_touched():
    data = io.BytesIO(make_docx(paragraph("Words.")))
    with zipfile.ZipFile(data, "a") as package:
        package.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0 Sub AutoOpen()")
    assert read_docx(data.getvalue(), "a.docm", Log()) == "Words."
