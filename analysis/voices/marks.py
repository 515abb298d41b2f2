"""Pair quotation marks, straight and curly, mixed and unclosed, without ever giving up on a text."""

import re
from typing import NamedTuple

_MARKS = re.compile("[\"“”„«»'‘’]")
_OPENING, _CLOSING, _SINGLE = "“„«", "”»", "'‘’"
_BEFORE_OPENING = "([{—–-/\"“‘'…"
_SENTENCE_ENDS = re.compile(r"[.!?…,][\"”’')\]]*(?=\s)")


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
    found, opened = [], None  # opened: position of the open outer mark
    nested = False
    skip_to = 0
    for match in _MARKS.finditer(text):
        at, mark = match.start(), match.group()
        if at < skip_to:
            continue
        opens, closes = _can_open(text, at), _can_close(text, at)
        if mark in _SINGLE:
            if opened is None and opens and (end := _find_single_end(text, at)) is not None:
                found.append(Quotation(at, end + 1, at + 1, end, True))
                skip_to = end + 1
        elif opened is None:
            if mark in _OPENING or opens:
                opened, nested = at, False
        elif mark == '"' and text[opened] in _OPENING and opens and not closes and '"' in text[at + 1 :]:
            nested = True  # straight marks inside curly ones
        elif nested and mark == '"' and closes:
            nested = False
        elif mark in _OPENING or (opens and not closes):
            found.append(_unclosed(text, opened, at))
            opened, nested = at, False
        else:
            found.append(Quotation(opened, at + 1, opened + 1, at, True))
            opened = None
    if opened is not None:
        goes_on = continued.lstrip()[:1] == text[opened]
        found.append(_unclosed(text, opened, len(text))._replace(closed=goes_on))
    return [quotation for quotation in found if text[quotation.content_start : quotation.content_end].strip()]


def _can_open(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(after) and not after.isspace() and (not before or before.isspace() or before in _BEFORE_OPENING)


def _can_close(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(before) and not before.isspace() and not after.isalnum()


def _find_single_end(text: str, at: int) -> int | None:
    """Where a quotation in single marks closes; None if the mark is an apostrophe ('90s, 'em, rock 'n' roll)."""
    if (
        text[at] == "’"
        or not (text[at + 1].isalnum() or text[at + 1] in "[(…$£€")
        or re.match(r"\d\ds", text[at + 1 :])
    ):
        return None
    ends = []
    for match in re.finditer("['’]", text[at + 1 :]):
        end = at + 1 + match.start()
        if ends and _can_open(text, end) and not _can_close(text, end):
            break
        if _can_close(text, end):
            ends.append(end)
            if text[end - 1] != "s":  # else it may be a possessive, and the quotation close further on
                break
    ends = [end for end in ends if end - at > 2]
    return ends[-1] if ends else None


def _unclosed(text: str, start: int, limit: int) -> Quotation:
    """A quotation without a closing mark: to the end of the paragraph, or to the last stop before the next opening."""
    end = limit
    if limit < len(text):
        stops = [match.end() for match in _SENTENCE_ENDS.finditer(text, start + 1, limit)]
        end = stops[-1] if stops else limit
    end = start + len(text[start:end].rstrip())
    content_end = end - (end > start + 1 and text[end - 1] in _SINGLE and not text[end - 2].isalnum())
    return Quotation(start, end, start + 1, content_end, False)
