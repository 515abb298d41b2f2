"""The text of a page's element: its paragraphs, and nothing that a reader does not see."""

from analysis.corpus.reading.bundles.lines import classes_of, read_lines
from analysis.corpus.reading.pages import open_page


def body_of(page: str):
    return open_page(f"<html><body>{page}</body></html>".encode(), "a.html").body


def test_a_paragraph_is_a_line_whatever_is_in_bold_within():
    body = body_of("<p>The <b>mill</b>\n burned</p>for two days<br>and <i>two</i> nights<div>Nobody<p>slept.</p></div>")
    assert read_lines(body) == ["The mill burned", "for two days", "and two nights", "Nobody", "slept."]


def test_what_is_not_shown_is_no_line():
    assert read_lines(
        body_of("<script>x = 1</script><style>p {}</style><!-- no --><p>A mill.</p><button>OK</button>")
    ) == ["A mill."]


def test_an_element_can_be_left_out_with_what_is_in_it_and_not_what_is_behind_it():
    body = body_of("<p>A mill<span class='x'>, a <b>big</b> one,</span> burned.</p>")
    assert read_lines(body, without=lambda element: "x" in classes_of(element)) == ["A mill burned."]


def test_a_line_can_be_put_before_an_element():
    body = body_of("one<a name='here'></a>two")
    assert read_lines(body, mark=lambda element: "--" if element.get("name") else None) == ["one", "--", "two"]


def test_a_page_nested_deeper_than_pythons_stack_is_read():
    assert read_lines(body_of("<b>" * 200 + "deep" + "</b>" * 200)) == ["deep"]
