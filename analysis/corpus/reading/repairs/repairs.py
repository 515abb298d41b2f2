"""Mend what a text met with on its way here, and say what was mended, how often, and how it stood before."""

import re
from typing import NamedTuple

from ..log import Log
from .broken_quotations import join_quotations
from .front_matter import take_front_matter
from .line_ends import join_words
from .markup import take_markup
from .mojibake import mend_mojibake
from .tokenised import join_tokens

SHOWN = 60  # characters of an example
_LEAD = 15  # of them before the place


class Repair(NamedTuple):
    """One kind of thing that was mended in a text."""

    what: str
    n: int
    before: str
    after: str


# In this order: what stands in marks of markup may be mojibake, and only words that are whole can be joined to lines.
_STEPS = (
    ("markup", take_markup),
    ("mojibake", mend_mojibake),
    ("tokenised text", join_tokens),
    ("words cut at line ends", join_words),
    ("quotations cut at line ends", join_quotations),
)
_OF_TITLES = _STEPS[:2]


def repair_text(text: str) -> tuple[str, list[Repair], dict[str, str]]:
    """The text as it was printed, what was mended in it, and what its front matter says of it.

    A text that nothing happened to comes back as it is. No step reads meaning, and none changes a word that it is not
    sure of: a text that speaks of `<b>`, or that is French, is no markup and no mojibake.
    """
    repairs = []
    facts, rest = take_front_matter(text)
    if rest != text:
        repairs.append(Repair("front matter", 1, _cut(text.lstrip()), _cut(rest)))
        text = rest
    for what, mend in _STEPS:
        mended, n = mend(text)
        if n and mended != text:
            repairs.append(Repair(what, n, *show_change(text, mended)))
            text = mended
    return text, repairs, facts


def mend_rows(rows: list[dict], log: Log) -> None:
    """Mend the text and the title of each row, take what its front matter says, and put down what was mended."""
    for row in rows:
        row["text"], repairs, facts = repair_text(row["text"])
        for name, value in facts.items():
            row[name] = row.get(name) or value
        for repair in (*row.pop("mended", ()), *repairs):  # a page is mended before it is a text
            log.correct(row["article"], *repair)
        if title := row.get("title"):
            for what, mend in _OF_TITLES:
                mended, n = mend(title)
                if n and mended != title:
                    log.correct(row["article"], f"{what} in the title", n, *show_change(title, mended))
                    title = mended
            row["title"] = title


def show_change(before: str, after: str) -> tuple[str, str]:
    """The first place where two texts differ, as each has it, in a line of at most 60 characters."""
    same, differ = 0, min(len(before), len(after)) + 1
    while differ - same > 1:  # all that stands before is compared at once: a loop over characters takes seconds
        middle = (same + differ) // 2
        same, differ = (middle, differ) if before[:middle] == after[:middle] else (same, middle)
    start = max(0, same - _LEAD)
    if start and (space := re.compile(r"\s").search(before, start, same)):
        start = space.end()
    return _cut(before[start:]), _cut(after[start:])


def _cut(text: str) -> str:
    line = " ¶ ".join(filter(None, (" ".join(line.split()) for line in text[: 4 * SHOWN].split("\n"))))
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
