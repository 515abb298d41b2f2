"""Parts of a notebook that have nothing to show stand in one list at the end of the page."""

import re
from html import unescape

import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from present.report.test_page import PNG, check_page, make_notebook, make_page, show

from analysis.present.report.failures import RESTS
from analysis.present.report.parts import render_parts

ROWS = show({"text/html": pd.DataFrame({"a": [1]}).to_html(), "text/plain": "a"})
NO_ROWS = show({"text/html": pd.DataFrame({"a": []}, index=pd.Index([], name="b")).to_html(), "text/plain": "Empty"})
NO_COLUMNS = show({"text/html": pd.DataFrame(index=["A"]).to_html(), "text/plain": "Empty"})
CHART = show({"image/png": PNG, "text/plain": "<Figure>"})
SAID = new_output("stream", name="stdout", text="Nobody is quoted.\n")
FAILED = new_output("error", ename="KeyError", evalue="'a'", traceback=["KeyError: 'a'"])
LIMITS = new_markdown_cell("## What this does not show\n\n- All else.")


def part(title, *cells):
    return [new_markdown_cell(f"## {title}\n\nProse."), *[new_code_cell("code()", outputs=[*cell]) for cell in cells]]


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ([[ROWS]], "shown"),
        ([[CHART]], "shown"),
        ([[SAID]], "shown"),  # a part of sentences only
        ([[SAID, NO_ROWS], [ROWS]], "shown"),
        ([[], [ROWS]], "shown"),
        ([[FAILED], []], "shown"),
        ([[NO_ROWS]], "empty"),
        ([[NO_COLUMNS]], "empty"),
        ([[]], "empty"),  # a chart of no rows
        ([[SAID, NO_ROWS], [], [SAID]], "empty"),
        ([], "prose"),
    ],
)
def test_what_a_part_shows(cells, state):
    found = render_parts(make_notebook(*part("Who?", *cells)), {})
    assert [each.state for each in found] == ["prose", state]
    assert "<table>" in found[1].html if [ROWS] in cells else "<table>" not in found[1].html


def test_what_rests_on_a_failed_cell_is_not_called_empty():
    resting = [new_code_cell("x", metadata={"tags": [RESTS]}) for _ in range(2)]
    notebook = make_notebook(*part("Who?", [FAILED]), new_markdown_cell("## Where?"), *resting, LIMITS)
    assert [each.state for each in render_parts(notebook, {})] == ["prose", "shown", "left out", "prose"]
    html = make_page({"a": notebook})
    assert "Where?" not in html and "without anything to show" not in html
    assert unescape(html).count("Failed with KeyError: 'a'") == 1 + 1  # its place, and the answer at the top


def test_fifteen_empty_sections_are_one_list():
    cells = [*part("Who?", [SAID, NO_ROWS], []), *part("`Where`?", []), *part("When?", [ROWS]), LIMITS]
    html = make_page({"01_corpus": make_notebook(*cells), "02_voices": make_notebook(*part("How?", [ROWS]))})
    page = check_page(html)
    assert ("a", {"href": "#nothing"}) in page.elements
    body, _, rest = html.partition('<h2 id="nothing">Parts without anything to show</h2>')
    items = re.findall(r"<li>(.*?)</li>", rest.partition("</section>")[0], re.DOTALL)
    texts = [" ".join(re.sub(r"<[^>]+>", " ", item).split()) for item in items]
    assert texts == ["Who? in “What?” Nobody is quoted.", "Where? in “What?”"]
    assert "<h3>Who?</h3>" not in body and "<h3>When?</h3>" in body and "What this does not show" in body


def test_a_notebook_without_anything_to_show_says_so_once():
    answer = new_code_cell("print()", outputs=[new_output("stream", name="stdout", text="One event.\n")])
    html = make_page({"a": make_notebook(answer, *part("Who?", [NO_ROWS]), *part("When?", []), LIMITS)})
    check_page(html)
    body, _, rest = html.partition('<h2 id="nothing">')
    assert re.findall(r"<li>(\w+\?)", rest) == ["What?"]
    assert "Who?" not in html and "What this does not show" not in html
    assert body.count("One event.") == 2  # at the top, and in its section


def test_an_empty_table_beside_one_with_rows_is_a_sentence():
    html = render_parts(make_notebook(*part("Who?", [ROWS], [NO_ROWS])), {})[1].html
    assert html.count("<table>") == 1
    assert html.endswith('<p class="note">Nothing to show.</p>\n')


def test_without_empty_parts_the_page_has_no_list_of_them():
    assert 'id="nothing"' not in make_page({"a": make_notebook(*part("Who?", [ROWS]))})
