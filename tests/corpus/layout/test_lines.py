import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.layout.lines import ends_prose, fold_line, lines_of

WRAPPED = "The ministers of both countries signed the new pact\n" * 4


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []), (" \n\t\r\n", []), ("One\n\n Two \r\nThree", ["One", "Two", "Three"]),
        ("One\u2028Two\u2029Three\rFour", ["One", "Two", "Three", "Four"]),
    ],
)  # fmt: skip
def test_every_line_that_is_not_blank(text, lines):
    assert [text[start:end] for start, end in lines_of(text)] == lines


@pytest.mark.parametrize(("times", "count"), [(3, 3), (4, 1)])
def test_lines_wrapped_at_a_width_are_one_paragraph(times, count):
    """Three of them must be cut within a sentence; the last line has none to go on with."""
    assert len(lines_of(WRAPPED[: len(WRAPPED) // 4 * times])) == count


@given(st.text("a. \n\r\u2028\u00a0“", max_size=40))
def test_lines_hold_all_that_is_not_space(text):
    spans = lines_of(text)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)


@pytest.mark.parametrize(
    ("line", "ends"),
    [("He left.", True), ('He left."', True), ("He left.”’)", True), ("He left.”’)]", False), ("He left", False),
     ("", False), ("…", True)],
)  # fmt: skip
def test_a_line_that_ends_like_a_sentence(line, ends):
    assert ends_prose(line) is ends


def test_case_and_spaces_are_folded():
    assert fold_line(" Leaders \u00a0 MEET\n") == "leaders meet"
    assert fold_line("Leaders  MEET") == fold_line("Leaders\u00a0MEET") == fold_line("Leaders MEET") == "leaders meet"
