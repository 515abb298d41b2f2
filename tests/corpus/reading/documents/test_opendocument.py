"""OpenDocument texts and spreadsheets."""

import io
import zipfile

import pytest
from corpus.reading.documents.test_sheets import choose

from analysis.corpus.reading.documents.opendocument import REPEATED, read_ods, read_odt
from analysis.corpus.reading.log import Log
from analysis.tables import InputError

SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
    for short, full in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"))
)


def make_document(kind: str, body: str, manifest: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        package.writestr("content.xml", make_content(kind, body))
        package.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
    return buffer.getvalue()


def make_content(kind: str, body: str) -> str:
    inner = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    return f'<?xml version="1.0"?><office:document-content {SPACES}>{inner}</office:document-content>'


def read_text(body: str) -> str:
    return read_odt(make_document("text", body), "a.odt", Log())


def make_cell(text: str, attributes: str = 'office:value-type="string"') -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def make_table(*rows: str, name: str = "Sheet1") -> bytes:
    made = "".join(
        row if row.startswith("<table:table-row") else f"<table:table-row>{row}</table:table-row>" for row in rows
    )
    return make_document("spreadsheet", f'<table:table table:name="{name}">{made}</table:table>')


def refusal(read, *arguments) -> str:
    with pytest.raises(InputError) as error:
        read(*arguments)
    return str(error.value)


def test_paragraphs_headings_lists_and_tables_are_lines():
    body = (
        "<text:h>Mill burns</text:h><text:p>The <text:span>paper</text:span> mill.</text:p><text:p/>"
        "<text:list><text:list-item><text:p>first</text:p></text:list-item></text:list>"
        f"<table:table><table:table-row>{make_cell('cell')}</table:table-row></table:table>"
    )
    assert read_text(body).split("\n") == ["Mill burns", "The paper mill.", "", "first", "cell"]


def test_spaces_tabs_and_breaks_are_letters():
    assert read_text('<text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d</text:p>') == "a  b\tc\nd"


def test_deleted_words_notes_and_comments_are_no_text():
    body = (
        "<text:tracked-changes><text:changed-region><text:p>gone</text:p></text:changed-region></text:tracked-changes>"
        "<text:p>Words<text:note><text:note-body><text:p>note</text:p></text:note-body></text:note> and"
        "<office:annotation><text:p>comment</text:p></office:annotation> more.</text:p>"
    )
    assert read_text(body) == "Words and more."


def test_a_text_box_stands_beside_its_paragraph():
    box = "<draw:frame><draw:text-box><text:p>in the box</text:p></draw:text-box></draw:frame>"
    assert read_text(f"<text:p>half {box}and half</text:p>").split("\n") == ["in the box", "half and half"]


def test_a_document_in_one_piece_of_xml_is_read():
    assert read_odt(make_content("text", "<text:p>Words.</text:p>").encode(), "a.fodt", Log()) == "Words."


def test_a_locked_document_is_refused():
    data = make_document("text", "<text:p>x</text:p>", manifest="<encryption-data/>")
    sentence = "'a.odt' is locked with a password; expected it saved without one"
    assert refusal(read_odt, data, "a.odt", Log()) == sentence


def test_a_damaged_document_is_refused():
    sentence = "'a.odt' is damaged or cut off; expected a complete OpenDocument text"
    assert refusal(read_odt, make_document("text", "<text:p>x</text:p>")[:-40], "a.odt", Log()) == sentence
    assert refusal(read_odt, b"rubbish", "a.odt", Log()) == sentence


def test_a_spreadsheet_is_read_by_its_rows():
    date = make_cell("19.06.", 'office:value-type="date" office:date-value="2024-06-19"')
    number = make_cell("7,0", 'office:value-type="float" office:value="7"')
    two_paragraphs = make_cell("First words</text:p><text:p>and more")
    data = make_table(
        make_cell("date") + make_cell("text") + make_cell("event"),
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>',
        date + two_paragraphs + number,
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>',
    )
    assert read_ods("a.ods", data, choose, Log()) == [
        (4, {"text": "First words\nand more", "published": "2024-06-19", "event": 7.0})
    ]


def test_cells_that_repeat_are_as_many_and_a_table_of_nothing_else_is_refused():
    head = make_cell("title") + make_cell("text")
    repeated = 'office:value-type="string" table:number-columns-repeated="{}"'
    records = read_ods("a.ods", make_table(head, make_cell("Same", repeated.format(2))), choose, Log())
    assert records == [(2, {"title": "Same", "text": "Same"})]
    read_ods("a.ods", make_table(head, make_cell("Same", repeated.format(REPEATED))), choose, Log())
    data = make_table(head, make_cell("Same", repeated.format(REPEATED + 1)))
    sentence = "'a.ods' repeats a cell 1,001 times; expected a table of articles"
    assert refusal(read_ods, "a.ods", data, choose, Log()) == sentence
    row = f'<table:table-row table:number-rows-repeated="{REPEATED + 1}">{make_cell("Same")}</table:table-row>'
    sentence = "'a.ods' repeats a row 1,001 times; expected a table of articles"
    assert refusal(read_ods, "a.ods", make_table(head, row), choose, Log()) == sentence
