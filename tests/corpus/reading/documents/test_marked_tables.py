"""Tables in markup that only call themselves a workbook."""

from corpus.reading.documents.test_sheets import choose

from analysis.corpus.reading.documents.marked_tables import read_html_table, read_xml_workbook
from analysis.corpus.reading.log import Log


def test_the_table_of_a_page_is_read_with_a_line_for_each_paragraph_of_a_cell():
    page = (
        "<html><body><table><tr><td>menu</td></tr></table><table><tr><th>Title</th><th>Text</th></tr>"
        "<tr><td>One</td><td><p>First <b>words</b></p><p>and more</p>the&nbsp;end<br>here</td></tr></table>"
    )
    log = Log()
    records = read_html_table("a.xls", page.encode(), choose, log)
    assert records == [(2, {"title": "One", "text": "First words\nand more\nthe end\nhere"})]
    assert not log.problems


def test_a_table_within_a_cell_is_no_row_of_the_outer_one():
    page = "<table><tr><td>text</td></tr><tr><td>First <table><tr><td>inner</td></tr></table> words</td></tr></table>"
    assert [number for number, _ in read_html_table("a.xls", page.encode(), choose, Log())] == [2]


def test_the_xml_of_excel_2003_is_read():
    book = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="A"><Table>'
        '<Row><Cell><Data ss:Type="String">date</Data></Cell>'
        '<Cell ss:Index="3"><Data ss:Type="String">text</Data></Cell></Row>'
        '<Row><Cell><Data ss:Type="DateTime">2024-06-19T00:00:00.000</Data></Cell>'
        '<Cell ss:Index="3"><Data ss:Type="String">Words</Data></Cell></Row></Table></Worksheet></Workbook>'
    )
    assert read_xml_workbook("a.xls", book.encode(), choose, Log()) == [
        (2, {"text": "Words", "published": "2024-06-19T00:00:00.000"})
    ]
