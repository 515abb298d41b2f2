"""A wording with its differences marked as word diffs mark them, `[-left out-]` and `{+added+}`: written and read."""

import re
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from .wordings import Run, Words

_MARKS = {"missing": ("[-", "-]"), "added": ("{+", "+}"), "same": ("", "")}
# What could be taken for one of the marks, where it stands in the text itself: a backslash before it says so. At the
# edge of a piece a bracket alone could, with what stands beyond.
_LIKE_A_MARK = re.compile(r"\\|\[(?=-|\Z)|\{(?=\+|\Z)|(?:(?<=-)|\A)\]|(?:(?<=\+)|\A)\}")
_PIECE = re.compile(
    r"""\[-(?P<missing>(?:\\.|(?!-\])[^\\])*)-\]
      | \{\+(?P<added>(?:\\.|(?!\+\})[^\\])*)\+\}
      | (?P<same>(?:\\.|(?!\[-|\{\+)[^\\])+)
      | (?P<stray>.)  # half a mark, as a hand may leave it: text""",
    re.DOTALL | re.VERBOSE,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Piece(NamedTuple):
    """Words that a version shares with the fullest (`same`), that it lacks (`missing`) or that it adds (`added`)."""

    kind: str
    text: str
    apart: bool  # whether a space follows, and not the rest of the same word: `military-` and `technical`


class Printed(NamedTuple):
    """One of the utterances that `words` holds, and the text of its article."""

    words: Words
    inside: np.ndarray  # for each part of a quotation from where to where it is inside its marks
    utterance: int
    text: str


def mark_runs(runs: Iterable[Run], fullest: Printed, other: Printed) -> str:
    """The wording of a version, as these runs of words compare it with the fullest."""
    pieces = []
    for run in runs:
        if run.kind == "missing":
            pieces += _cut_pieces(fullest, run.first, run.kind)
        else:
            pieces += _cut_pieces(other, run.second, run.kind)
    return mark_words(pieces)


def mark_words(pieces: Iterable[Piece]) -> str:
    """The pieces in one line of text, those that are not the same in marks.

    >>> mark_words([Piece("missing", "We will", True), Piece("same", "sign [it]", True), Piece("added", "now", True)])
    '[-We will-] sign [it] {+now+}'
    """
    marked = []
    for kind, text, apart in pieces:
        opening, closing = _MARKS[kind]
        marked += [opening, _LIKE_A_MARK.sub(r"\\\g<0>", text), closing, " " if apart else ""]
    return "".join(marked).rstrip()


def read_marked(text: str) -> list[Piece]:
    """The pieces that `mark_words` put together.

    >>> read_marked("[-military--]technical {+aid+}")
    [Piece(kind='missing', text='military-', apart=False), Piece(kind='same', text='technical', apart=True), \
Piece(kind='added', text='aid', apart=True)]
    """
    pieces = []
    for found in _PIECE.finditer(text):
        kind = found.lastgroup if found.lastgroup in _MARKS else "same"
        inside = found[found.lastgroup]
        words = _ESCAPED.sub(r"\1", inside).strip()
        if pieces and inside[:1].isspace():
            pieces[-1] = pieces[-1]._replace(apart=True)
        if words:
            pieces.append(Piece(kind, words, inside[-1:].isspace() or found.end() == len(text)))
    return pieces


def _cut_pieces(printed: Printed, run: slice, kind: str) -> list[Piece]:
    """A run of words as printed, with the punctuation that stands at them, a piece for each part of the quotation.

    What stands between two words goes with the first of them up to the last space there, with the second from there on.
    """
    firsts, parts = printed.words.firsts, printed.words.parts
    first, stop = firsts[printed.utterance] + run.start, firsts[printed.utterance] + run.stop
    pieces = []
    for part in np.unique(parts[first:stop]).tolist():
        of_part = first + np.flatnonzero(parts[first:stop] == part)
        start, _ = _edge(printed, of_part[0], part)
        end, apart = _edge(printed, of_part[-1] + 1, part)
        pieces.append(Piece(kind, " ".join(printed.text[start:end].split()), apart))
    return pieces


def _edge(printed: Printed, word: int, part: int) -> tuple[int, bool]:
    """Where the words of a part up to this one end and it begins, and whether there is a space."""
    words, inside, _, text = printed
    if word == len(words.parts) or words.parts[word] != part:
        return inside[part, 1], True
    if word == 0 or words.parts[word - 1] != part:
        return inside[part, 0], True
    between = text[words.ends[word - 1] : words.starts[word]]
    spaced = any(map(str.isspace, between))
    opening = between.split()[-1] if spaced and not between[-1].isspace() else ""
    return words.starts[word] - len(opening), spaced
