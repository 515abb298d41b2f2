"""Pair quotation marks, straight and curly, mixed and unclosed, without ever giving up on a text."""

import re
from typing import NamedTuple

from .stops import sentence_ends

# Every double mark, and single ones where a quotation can open: most apostrophes are passed over at once.
_MARKS = re.compile("[\"“”„«»'‘](?:(?<!['‘])|(?<![^\\s([{—–/:\"“‘'…-]['‘])(?=\\S))")
_OPENING, _CLOSING, _FRENCH, _SINGLE = "“„«", "”»", "«»", "'‘’"
_ANY = "\"“”„«»‘`'"  # the apostrophe last: it is the only one that needs a second look
_BEFORE_OPENING = "([{—–-/:\"“‘'…"
# Speech is broken off at a comma too, for whoever says it: `“We will,” he said`.
_COMMAS = re.compile(r",[\"”’')\]]*(?=\s)")
_TYPED = re.compile("(?<!['`])(?:''|``)(?!['`])")
_SINGLE_CLOSING = re.compile("['’]")
# Words that begin with an apostrophe of their own.
_SHORTENED = re.compile(r"(?:\d\ds|em|tis|twas|til|cause|bout|round|n)\b", re.IGNORECASE)
# A quotation in single marks is looked for no further than this: longer ones stand in double marks, and the search
# must not read a long paragraph again for every apostrophe.
_LONGEST_SINGLE = 1_000


class Quotation(NamedTuple):
    """One quotation: its extent with its marks, its content between them, and whether its closing mark was found."""

    start: int
    end: int
    content_start: int
    content_end: int
    closed: bool


def find_marked(text: str, continued: str = "") -> list[Quotation]:
    """The outermost quotations of one paragraph, in order, never overlapping.

    A mark opens or closes by what stands around it, so a quotation may open curly and close straight. One that meets
    the end of the paragraph, or the opening of the next quotation, before its closing mark is kept with `closed` False,
    unless `continued` (the next paragraph) opens with a mark again: by convention such a quotation goes on there.
    Single marks that find no partner are apostrophes.
    """
    typed = text
    if ("'" in text and "''" in text) or ("`" in text and "``" in text):  # one character is found sooner than two
        text = _TYPED.sub(_as_mark, text)
    found, opened, nested, skip_to = [], None, 0, 0  # opened: where the open outer mark stands
    closing_left = None
    for number, match in enumerate(_MARKS.finditer(text)):
        at, mark = match.start(), match[0]
        if at < skip_to:
            continue
        if mark in _SINGLE:
            if opened is None and _can_open(text, at) and (end := _find_single_end(text, at)) is not None:
                found.append(Quotation(at, end + 1, at + 1, end, True))
                skip_to = end + 1
        elif opened is None:
            if _opens(text, at, mark):
                opened, nested = at, 0
        elif mark not in _CLOSING and _opens(text, at, mark) and (mark != '"' or not _can_close(text, at)):
            # Within marks of another kind, or where enough closing marks follow for both, it opens an inner quotation.
            inner = mark == '"' and text[opened] in _OPENING and text.find('"', at + 1) >= 0
            if mark == text[opened] == "“" and closing_left is None:
                closing_left = _count_ahead(text)
            if inner or (mark == text[opened] == "“" and closing_left[number] > nested + 1):
                nested += 1
            else:
                found.append(_unclosed(text, opened, at))
                opened, nested = at, 0
        elif nested:
            nested -= 1
        else:
            found.append(Quotation(opened, at + 1, opened + 1, at, True))
            opened = None
    if opened is not None:
        goes_on = continued.lstrip()[:1] == text[opened]
        found.append(_unclosed(text, opened, len(text))._replace(closed=goes_on))
    found = [quotation for quotation in found if text[quotation.content_start : quotation.content_end].strip()]
    return found if typed == text else [_widened(quotation, typed) for quotation in found]


def marks_in(text: str) -> list[str]:
    """Which marks an article has at all: two or three of the nine, so that no other is looked for in its parts."""
    return [mark for mark in _ANY if mark in text]


def has_marks(text: str, marks: list[str]) -> bool:
    """Whether `find_marked` may find anything in part of an article with these `marks`: most paragraphs have none."""
    for mark in marks:
        if mark in text and (mark != "'" or _MARKS.search(text) or "''" in text):
            return True
    return False


def _as_mark(match: re.Match) -> str:
    """A double mark and a space, on the outside: two apostrophes typed for one mark, as agencies' wires do."""
    before = match.string[match.start() - 1 : match.start()]
    return ' "' if not before or before.isspace() or before in _BEFORE_OPENING else '" '


def _widened(quotation: Quotation, typed: str) -> Quotation:
    """The quotation with both apostrophes of its marks."""
    start, end = quotation.start, quotation.end
    start -= start > 0 and typed[start - 1 : start + 1] in ("''", "``")
    end += typed[end - 1 : end + 1] == "''"
    return quotation._replace(start=start, end=end)


def _count_ahead(text: str) -> list[int]:
    """For each mark, how many ” follow before marks of opening outnumber them again."""
    left, counts = 0, []
    for mark in reversed(_MARKS.findall(text)):
        counts.append(max(left, 0))
        left += (mark == "”") - (mark == "“")
        left = max(left, 0)
    return counts[::-1]


def _opens(text: str, at: int, mark: str) -> bool:
    """Whether a double mark opens a quotation where none is open."""
    if mark in _FRENCH:  # French puts spaces inside them, so their shape decides
        return mark == "«"
    return _can_open(text, at) or (mark in _OPENING and not _can_close(text, at))


def _can_open(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(after) and not after.isspace() and (not before or before.isspace() or before in _BEFORE_OPENING)


def _can_close(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(before) and not before.isspace() and not after.isalnum()


def _find_single_end(text: str, at: int) -> int | None:
    """Where a quotation in single marks closes; None if the mark is an apostrophe ('90s, 'em, rock 'n' roll)."""
    if text[at] == "’" or not (text[at + 1].isalnum() or text[at + 1] in "[(…$£€") or _SHORTENED.match(text, at + 1):
        return None
    possessive = None
    for match in _SINGLE_CLOSING.finditer(text, at + 3, at + _LONGEST_SINGLE):
        end = match.start()
        if not _can_close(text, end):
            if possessive is not None and _can_open(text, end):
                break
            continue
        if text[end - 1] not in "sS":
            return end
        # It may be a possessive, and the quotation close further on, but not in another sentence.
        if possessive is not None and _last_stop(text, possessive, end):
            break
        possessive = possessive or end
    return possessive


def _unclosed(text: str, start: int, limit: int) -> Quotation:
    """A quotation without a closing mark: to the end of the paragraph, or to the last stop before the next opening."""
    end = limit
    if limit < len(text):
        end = _last_stop(text, start + 1, limit) or limit
    end = start + len(text[start:end].rstrip())
    content_end = end - (end > start + 1 and text[end - 1] in _SINGLE and not text[end - 2].isalnum())
    return Quotation(start, end, start + 1, content_end, False)


def _last_stop(text: str, start: int, end: int) -> int:
    """Where the last sentence or stretch of speech that ends between two places ends; 0 where none does."""
    commas = (match.end() for match in _COMMAS.finditer(text, start, end))
    return max([*sentence_ends(text, start, end), *commas], default=0)
