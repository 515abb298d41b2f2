"""Word diffs in plain text: what is written is read again, whatever brackets the text itself holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.voices.versions.marked import Piece, mark_words, read_marked

KINDS = st.sampled_from(["same", "missing", "added"])
TEXTS = st.text(alphabet="[]{}+-\\\\a ", min_size=1, max_size=8).map(lambda text: " ".join(text.split())).filter(bool)


@given(st.lists(st.builds(Piece, KINDS, TEXTS, st.booleans()), max_size=6))
def test_what_is_written_is_read_again(pieces):
    pieces = [
        piece._replace(apart=True) if piece.kind == after.kind == "same" or after is piece else piece
        for piece, after in zip(pieces, [*pieces[1:], *pieces[-1:]], strict=True)
    ]
    assert spell(read_marked(mark_words(pieces))) == spell(pieces)


def spell(pieces: list[Piece]) -> list[tuple[str, str]]:
    """Kind and text, neighbours that are both the same joined, for nothing tells where one ends."""
    joined = []
    for kind, text, apart in pieces:
        if joined and joined[-1][0] == kind == "same":
            text = joined.pop()[1] + text  # noqa: PLW2901
        joined.append((kind, text + " " * apart))
    return joined


def test_text_without_marks_is_printed_as_it_is():
    text = "He [Kim] said {sic} 3-4 + 5 – no"
    assert mark_words([Piece("same", text, True)]) == text


@pytest.mark.parametrize("text", ["[-never closed", "closed-] only", "{+", "\\", ""])
def test_half_a_mark_is_text(text):
    assert "".join(piece.text for piece in read_marked(text)) == text
