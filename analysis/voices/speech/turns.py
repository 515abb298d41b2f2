"""Turns of a transcript: what stands behind a speaker's name and a colon is that speaker's, never the outlet's."""

import re

from ...corpus.layout.transcripts import is_transcript

# `LENA OAKES, HOST: Good evening.`, `TALIA VOORHEES (on camera): They have`, `Dr Ames: Moths have`.
_LABEL = re.compile(
    r"(?P<who>[^\W\d_][\w.'’-]{0,30}(?: [\w.'’-]{1,30}){0,4})(?:, [^:\n.!?]{1,80})?(?: \([^)\n]{1,40}\))?:\s+(?=\S)"
)
# What the transcript says of itself: `(BEGIN VIDEO CLIP)`, `[CROSSTALK]`.
_STAGE = re.compile(r"[(\[][^)\]\n]{1,80}[)\]]\s*\Z")


def find_turns(text: str, paragraphs: list[tuple[int, int]]) -> list[tuple[int, int, tuple[int, int]]]:
    """start and end of each paragraph of a turn, and where its speaker is named; none of an article.

    A paragraph without a name goes on with the turn above it. What stands above the first turn is in none.
    """
    if not is_transcript(text):
        return []
    turns, who = [], None
    for start, end in paragraphs:
        # A name in capitals at the start of a text looks like a dateline, and is cut off as one.
        label = _LABEL.match(text, text.rfind("\n", 0, start) + 1, end)
        if label and label.end() >= start:
            who, start = label.span("who"), label.end()  # noqa: PLW2901
        if who is not None and not _STAGE.match(text[start:end]):
            turns.append((start, end, who))
    return turns
