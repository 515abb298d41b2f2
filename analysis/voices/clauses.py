"""Clauses that somebody is said to have said, thought or wanted: where they begin and end, and whose they are."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .sources import find_after, find_subject
from .speakers import HOLE

# Sentences end at a stop, but not after a title, an initial or a shortened month.
_STOP = re.compile(rf"[.!?…]+[\"”’')\]{HOLE}]*(?:\s+|$)|[:;] ?(?=$)")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Sen|Sens|Rep|Reps|Gov|Govs|Gen|Col|Lt|Sgt|Prof|Rev|Jr|Sr|vs|Jan|Feb|Aug|Sept|Oct|Nov"
    r"|Dec|No|Calif|Fla|Pa|Va|Mass|Ariz|Wis|Ill|Minn|Mich|Conn)|\b[A-Z])$"
)
# No clause reaches further from its verb: longer "sentences" are lists and tables, and must not be read again for each
# verb in them.
LONGEST_REACH = 800
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
# When, where and to whom something was said may stand between the verb and what was said.
_WHEN = (
    rf"(?: (?:early |late |last )?{_DAY}(?: (?:morning|afternoon|evening|night))?| (?:last|this) (?:week|month|year))"
)
_ADJUNCT = rf"(?: (?:in|on|at|during|to|via|through|of|from|with|by|for) [^,.;:{HOLE}]{{1,70}}?)"
_BEFORE_THAT = re.compile(rf"(?:{_WHEN}|{_ADJUNCT}){{0,2}},?(?= that )")
_TIME = re.compile(rf"(?:{_WHEN}| on {_DAY}){{0,2}}")
_ADDRESSEE = re.compile(
    r" (?:(?:the|a|an|his|her|their|its) )?(?:[\w’'.-]+ )??[\w’'.-]+(?: (?:of|the|and|at|[A-Z][\w’'.-]*))*"
    rf"(?:{_WHEN}| on {_DAY})?"
    r"(?= (?:that|he|she|it|they|we|I|you|to|how|why|what|whether|if|there|the|his|her|a|about|in|on)\b|,|:)"
)
_ADDRESSED = re.compile(r"(?:told|tells?|telling|reminded|assured|informed|warned|asked|asks|urged|begged|advised)$")
_FOLLOWER = re.compile(
    r"\s(?:(?P<that>that)|(?P<wh>whether|how|what|why|if|who|when)|(?P<to>to)"
    r"|(?P<preposition>for|on|of|about|as|out|against|with|in|at|by|from|during|after|before|when|over|into|up|off))\b"
)
_FINAL = re.compile(
    rf"(?:{_WHEN}|{_ADJUNCT}| (?:reporters|[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)*)| (?:when|after) [^,]{{1,80}}){{0,3}}"
    rf"(?=[,.;!?—–{HOLE}]|$| -)"
)
_FINITE_NEXT = (
    r"(?:he|she|it|they|we|I|Mr\.|Mrs\.|Ms\.|[A-Z][\w’'.-]*)(?: [A-Z][\w’'.-]*)*(?: \w+ly| also| later| then)? (?:%s)\b"
)


_MARKED_THEN = re.compile(rf"{HOLE}+(?= and [a-z]+ed\b| and left\b)")


class Clause(NamedTuple):
    """What was said (`start:end`), by whom (-1 where nobody is named) and with which word, in one paragraph."""

    start: int
    end: int
    speaker_start: int
    speaker_end: int
    verb: str


@cache
def speech_cues() -> dict[str, frozenset[str]]:
    """Each word that brings in somebody's speech or view, and what must follow it to do so.

    `that`, `wh` (whether, how …), `to` and prepositions stand for themselves, `plain` for a clause or an object, `stop`
    for the end of the clause (`…, he said.`).
    """
    lines = (Path(__file__).parents[1] / "data" / "speech_cues.txt").read_text(encoding="utf-8").splitlines()
    return {line.split(":")[0]: frozenset(line.split(":")[1].split()) for line in lines}


def find_clauses(outside: str) -> list[Clause]:
    """The reported clauses of one paragraph, in order of their start; one may stand within another.

    `outside` is the paragraph with holes for its quotations, so that no verb inside one is taken for the article's.
    """
    cues = list(_cue_pattern().finditer(outside))
    if not cues:
        return []
    edges = _sentence_edges(outside)
    found = []
    for cue in cues:
        at = bisect_right(edges, cue.start()) - 1
        begin = max(edges[at], cue.start() - LONGEST_REACH)
        end = min(edges[at + 1] if at + 1 < len(edges) else len(outside), cue.end() + LONGEST_REACH)
        clause = _read(outside, begin, _trimmed(outside, begin, end), cue)
        if clause is not None and any(c.isalnum() or c == HOLE for c in outside[clause.start : clause.end]):
            found.append(clause)
    return sorted(set(found), key=lambda clause: (clause.start, -clause.end))


def count_sentences(text: str) -> int:
    """How many sentences end in a stretch of text, without counting `Rep.` and `Mr.` as ends."""
    return len(_sentence_edges(text)) - 1


def sentence_end(text: str, at: int) -> int:
    """Where the sentence that goes on at `at` ends, without its stop; no further than a clause may reach."""
    near = text[at : at + LONGEST_REACH]
    edges = _sentence_edges(near)
    end = edges[1] if len(edges) > 1 else len(near)
    return at + max(0, _trimmed(near, 0, end))


def _read(text: str, begin: int, end: int, cue: re.Match) -> Clause | None:
    word, verb_end = cue.group().lower(), cue.end()
    if word == "according to":
        return _read_according(text, begin, end, cue)
    kinds = speech_cues()[word]
    start = verb_end
    if _ADDRESSED.match(word):
        match = _ADDRESSEE.match(text, verb_end, end)
        if match is None and word.startswith(("told", "tell")):
            return _read_final(text, begin, end, cue)
        start = match.end() if match else start
    if "that" in kinds and (match := _BEFORE_THAT.match(text, start, end)):
        start = match.end()
    elif match := _TIME.match(text, start, end):
        start = match.end()
    following = text[start : start + 1]
    if start >= end or following in ",.;:!?—–" or text.startswith(" -", start):
        return _read_final(text, begin, end, cue) if "stop" in kinds else None
    match = _FOLLOWER.match(text, start, end)
    kind = "plain" if match is None else match.lastgroup if match.lastgroup != "preposition" else match["preposition"]
    if kind not in kinds:
        return _read_final(text, begin, end, cue) if "stop" in kinds else None
    subject = find_subject(text, begin, cue.start(), word)
    if (
        kind == "plain"
        and "stop" in kinds
        and subject is None
        and text[begin : cue.start()].rstrip()[-1:] in (",", HOLE)
    ):
        return _read_final(text, begin, end, cue)
    if match is not None and kind not in ("that", "wh", "to"):
        start = match.end()
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return _clause(text, start, _content_end(text, start, end, kind), subject, cue.group())


def _read_final(text: str, begin: int, end: int, cue: re.Match) -> Clause | None:
    """`…, Putin said.`, `…, said Putin.` and `…, he said, …`: what was said stands before, or on both sides."""
    subject = find_subject(text, begin, cue.start(), cue.group().lower())
    edge = subject[0] if subject else cue.start()
    before = text[begin:edge].rstrip()
    if before[-1:] not in (",", HOLE):
        return None
    if subject is None:
        subject = find_after(text, cue.end(), end)
        if subject is None:
            return None
    after = max(cue.end(), subject[1])
    if text.startswith(":", after):
        return None
    if match := _FINAL.match(text, after, end):
        after = match.end()
    content_end = begin + len(before.rstrip(","))
    if (
        text[after : after + 2] == ", "
        and HOLE not in before
        and (len(text[after:end].split()) > 1 or HOLE in text[after:end])
    ):
        rest = text[after + 2 : end]
        if not re.match(r"(?:who|which|where|while|but|a|an|the|citing|referring|\w+ing)\b", rest):
            content_end = end
    return _clause(text, begin, content_end, subject, cue.group())


def _read_according(text: str, begin: int, end: int, cue: re.Match) -> Clause | None:
    who = find_after(text, cue.end(), end)
    before = text[begin : cue.start()].strip(" ,")
    if before:
        return _clause(text, begin, begin + len(text[begin : cue.start()].rstrip(" ,—–-")), who, "according to")
    comma = text.find(",", who[1] if who else cue.end(), end)
    if comma < 0:
        return None
    return _clause(text, comma + 2, end, who, "according to")


def _clause(text: str, start: int, end: int, subject: tuple[int, int] | None, verb: str) -> Clause | None:
    end = start + len(text[start:end].rstrip(" ,;:"))
    if end <= start:
        return None
    return Clause(start, end, *(subject or (-1, -1)), verb)


def _content_end(text: str, start: int, end: int, kind: str) -> int:
    """Where the clause that begins at `start` ends: with the sentence, or where another verb of saying takes over."""
    if match := _MARKED_THEN.match(text, start, end):
        return match.end()  # `He said "no" and left`
    match = _breaks().search(text, start + 1, end)
    return match.start() if match else end


@cache
def _breaks() -> re.Pattern:
    participles = _trie(form for form in speech_cues() if form.endswith("ing"))
    finite = _trie(form for form in speech_cues() if re.search("(?:ed|said|told|wrote)$", form))
    return re.compile(
        rf"(?:,|(?<={HOLE}))? (?:and|but) (?:also |then |later |has |have |had )?(?:{finite})\b"
        rf"|(?:,|(?<={HOLE})) (?:and )?(?:{participles})\b| - - | -- | — | – "
        rf"|(?:,|(?<={HOLE})) (?:and|but|as|while) {_FINITE_NEXT % finite}"
        rf"|, (?:{_FINITE_NEXT % finite})"
        rf"|, according to|, (?:but|while|though|although|even as|even though|which|who|where)\b"
    )


@cache
def _cue_pattern() -> re.Pattern:
    return re.compile(rf"(?<![\w’'-])(?:[Aa]ccording to|{_trie(speech_cues())})(?![\w’'-])")


def _trie(words: Iterable[str]) -> str:
    """A pattern for any of `words` that reads each letter once, however many words there are."""
    branches: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        branches.setdefault(word[:1], []).append(word[1:])
    parts = [letter + _trie(rest) if rest != [""] else letter for letter, rest in branches.items() if letter]
    pattern = "|".join(parts)
    if "" in branches:
        return f"(?:{pattern})?" if parts else ""
    return f"(?:{pattern})" if len(parts) > 1 else pattern


def _sentence_edges(text: str) -> list[int]:
    edges = [0]
    for match in _STOP.finditer(text):
        follows = text[match.end() : match.end() + 1]
        if match.end() < len(text) and (
            follows.islower() or _SHORT.search(text[max(0, match.start() - 6) : match.start()])
        ):
            continue
        edges.append(match.end())
    return edges


def _trimmed(text: str, begin: int, end: int) -> int:
    """The end of a sentence without its stop, but with the closing mark of a quotation."""
    sentence = text[begin:end].rstrip()
    return begin + len(sentence.rstrip(".!?… ")) if sentence[-1:] != HOLE else begin + len(sentence)
