"""Where does a sentence end? Read in place, for whoever looks for a speaker; `split_sentences` asks nupunkt."""

import re
from collections.abc import Iterator
from itertools import islice

# A quotation's place in the paragraph while its neighbours are read: nothing inside it may be taken for a speaker.
HOLE = "\ufffc"
# Sentences end at a stop, but not after a title, an initial or a shortened month. A row of stops is read once, however
# long, for only its first begins a match (looked for second: a pattern that begins with a set is found faster).
_STOP = re.compile(rf"[.!?…](?<![.!?…]{{2}})[.!?…]*+[\"”’')\]{HOLE}]*+(?:\s+|$)")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Sen|Sens|Rep|Reps|Gov|Govs|Gen|Col|Lt|Sgt|Prof|Rev|Jr|Sr|vs|Jan|Feb|Aug|Sept|Oct|Nov"
    r"|Dec|No|Calif|Fla|Pa|Va|Mass|Ariz|Wis|Ill|Minn|Mich|Conn)|\b[A-Z])$"
)
# No clause reaches further from its verb: longer "sentences" are lists and tables, and must not be read again for each
# verb in them.
LONGEST_REACH = 800


def sentence_ends(text: str, start: int, end: int) -> Iterator[int]:
    """Behind each stop and the space that follows it, not behind `Rep.` or `Mr.`"""
    for match in _STOP.finditer(text, start, end):
        at, stop = match.end(), match.start()
        if at < end:
            if text[at].islower():
                continue
            near = text[max(start, stop - 6) : stop]
            if not (near.islower() and near[-2:] != "vs") and _SHORT.search(near):
                continue
        yield at


def trim_stop(text: str, begin: int, end: int) -> int:
    """The end of a sentence without its stop, but with the closing mark of a quotation."""
    while end > begin and text[end - 1].isspace():
        end -= 1
    while end > begin and text[end - 1] in ".!?… ":
        end -= 1
    return end


def count_sentences(text: str, most: int) -> int:
    """How many sentences end in a stretch of text, `most` or fewer; what brings in a quotation (`He added:`) is one."""
    leads_in = text.endswith((":", ";", ": ", "; "))
    return min(most, sum(1 for _ in islice(sentence_ends(text, 0, len(text)), most)) + leads_in)


def sentence_end(text: str, at: int, limit: int) -> int:
    """Where the sentence that goes on at `at` ends, without its stop; no further than a clause may reach."""
    limit = min(limit, at + LONGEST_REACH)
    return max(at, trim_stop(text, at, next(sentence_ends(text, at, limit), limit)))


def sentence_start(text: str, begin: int, before: int) -> int:
    """Where the sentence that leads up to `before` begins, or `begin` where no other ends behind it."""
    return max(sentence_ends(text, begin, before), default=begin)
