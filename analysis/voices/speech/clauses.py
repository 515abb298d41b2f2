"""Clauses that somebody is said to have said, thought or wanted: where they begin and end, and whose they are."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from ..verbs import RELAYS, any_of, reporting_verbs, speech_cues
from .channels import channel_after, channel_before
from .sources import find_after, find_subject
from .stops import HOLE, LONGEST_REACH, sentence_ends, trim_stop

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
# When, where and to whom something was said may stand between the verb and what was said.
_WHEN = (
    rf"(?: (?:early |late |last )?{_DAY}(?: (?:morning|afternoon|evening|night))?| (?:last|this) (?:week|month|year))"
)
_ADJUNCT = rf"(?: (?:in|on|at|during|to|via|through|of|from|with|by|for) [^,.;:{HOLE}]{{1,70}}?)"
_BEFORE_THAT = re.compile(rf"(?:{_WHEN}|{_ADJUNCT}){{0,2}},?(?= that )")
_FAR_THAT = 200  # two adjuncts are shorter
_TIME = re.compile(rf"(?:{_WHEN}| on {_DAY}){{0,2}}")
_TIME_BEGINS = "eltoMTWFS"
_ADDRESSEE = re.compile(
    r" (?:(?:the|a|an|his|her|their|its) )?(?:[\w’'.-]+ )??(?!following )[\w’'.-]+"
    r"(?: (?:of|the|and|at|[A-Z][\w’'.-]*))*"
    rf"(?:{_WHEN}| on {_DAY})?"
    r"(?= (?:that|he|she|it|they|we|I|you|to|how|why|what|whether|if|there|the|his|her|a|about|in|on)\b|,|:)"
)
_ADDRESSED = frozenset(
    "told tell tells telling reminded assured informed warned asked asks urged begged advised".split()
)
_NEXT_WORD = re.compile(r"\s(\w+)")
_PREPOSITIONS = frozenset(
    "for on of about as out against with in at by from during after before over into up off following upon".split()
)
_FOLLOWERS = {word: word for word in ("that", "to", *_PREPOSITIONS)} | dict.fromkeys(
    "whether how what why if who when".split(), "wh"
)
_FINAL = re.compile(
    rf"(?:{_WHEN}|{_ADJUNCT}| (?:reporters|[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)*)| (?:when|after) [^,]{{1,80}}){{0,3}}"
    rf"(?=[,.;!?—–{HOLE}]|$| -)"
)
_FINITE_NEXT = (
    r"(?:he|she|it|they|we|I|Mr\.|Mrs\.|Ms\.|[A-Z][\w’'.-]*)(?: [A-Z][\w’'.-]*)*(?: \w+ly| also| later| then)? (?:%s)\b"
)


# Only what stands directly behind a hole may be a cue, and each space is a place to look for one.
_LONG_HOLE, _LONG_MARK = HOLE * 16, "." * 15 + " "
# Behind these a word that brings in speech is a noun or an adjective: `a known thief`, `1,000 calls an hour`; but not
# in `France 24 reported` or `a friend of his claimed`, and some words are verbs wherever they stand.
_BEFORE_NOUN = re.compile(
    r"(?:The|An?|No|Any|Its|His|Her|Their|his|her|[\d,.]+)$"
    r"|(?:.*\s)?(?:the|an?|no|any|its|their|(?:from|in|on|by|about|and|[Dd]espite)\s(?:his|her)"
    r"|(?:than|over|about|only|some|the|or)\s[\d,.]+)$",
    re.DOTALL,
)
_VERBS_ONLY = frozenset("said says say told tells wrote writes added adds asked asks replied explained argued".split())
# Alone these are no speaker: `the claim that`, `there is concern that`; and of these nothing is said: `That suggests`.
_NOBODY = re.compile(r"(?:the|an?|no|any|there|[\d,.]+|(?P<pointing>this|that))$", re.IGNORECASE)
# Pictures show, but say nothing.
_SHOWING, _PICTURE = ("show", "shows", "showed", "showing"), re.compile("(?:photo|picture|image|photograph)s?$")
_SAYS = re.compile(rf"[^\W_]|{HOLE}")
_MARKED_THEN = re.compile(rf"{HOLE}+(?= and [a-z]+ed\b| and left\b)")


# A word that brings in speech, as printed, and where it stands: a plain tuple, for there are dozens in an article.
Cue = tuple[str, int, int]


class Clause(NamedTuple):
    """What was said (`start:end`), by whom (-1 where nobody is named), with which word, and who passed it on."""

    start: int
    end: int
    speaker_start: int
    speaker_end: int
    verb: str
    channel: str | None = None


def find_cues(outside: str) -> list[Cue]:
    """Every word in a text that may bring in speech, in order."""
    outside = outside.replace(_LONG_HOLE, _LONG_MARK)
    for mark in ("\n", "\xa0", "(", "—", "–", HOLE):
        if mark in outside:
            outside = outside.replace(mark, " ")
    # A pattern that begins with a space finds its places many times faster than one that looks behind.
    return [(match[1], match.start(), match.end() - 1) for match in _cue_pattern().finditer(" " + outside)]


def find_clauses(outside: str, start: int, end: int, cues: Sequence[Cue]) -> list[Clause]:
    """The clauses that the cues of the paragraph `start:end` bring in, by their start; one may stand within another.

    `outside` is the text with holes for its quotations, so that no verb inside one is taken for the article's.
    """
    edges = sentence_ends(outside, start, end)
    sentence, following = start, next(edges, end)
    found = []
    for cue in cues:
        _, cue_start, cue_end = cue
        while following <= cue_start:
            sentence, following = following, next(edges, end)
        begin = sentence if sentence > cue_start - LONGEST_REACH else cue_start - LONGEST_REACH
        limit = following if following < cue_end + LONGEST_REACH else cue_end + LONGEST_REACH
        clause = _read(outside, begin, trim_stop(outside, begin, limit), cue)
        if clause is not None and _SAYS.search(outside, clause.start, clause.end):
            found.append(clause)
    return _told_apart(outside, found) if len(found) > 1 else found


def _told_apart(text: str, found: list[Clause]) -> list[Clause]:
    """The clauses in order, each content once; `Putin said …, media reported` is Putin's, through the media."""
    relays = [clause for clause in found if clause.verb in RELAYS and clause.speaker_start >= 0]
    for relay in relays:
        for at, clause in enumerate(found):
            own = clause.speaker_start >= 0 and relay.start < clause.start < relay.end and clause.verb not in RELAYS
            if own and text[relay.start : clause.speaker_start].strip() in ("", "that"):
                channel = text[relay.speaker_start : relay.speaker_end]
                found[at] = clause._replace(end=min(clause.end, relay.end), channel=channel)
                found.remove(relay)
                break
    once = {}
    for clause in found:
        place = (clause.start, -clause.end)
        if place not in once or _weight(clause) > _weight(once[place]):
            once[place] = clause
    return [once[place] for place in sorted(once)]


def _weight(clause: Clause) -> tuple[bool, bool]:
    """A verb tells more surely than a noun who spoke (`said in an interview that`), and somebody more than nobody."""
    return clause.speaker_start >= 0, clause.verb.lower() in reporting_verbs()


def _read(text: str, begin: int, end: int, cue: Cue) -> Clause | None:
    printed, cue_start, verb_end = cue
    word = printed.lower()
    if word == "according to":
        return _read_according(text, begin, end, cue)
    kinds = speech_cues()[word]
    start = verb_end
    if word in _ADDRESSED:
        match = _ADDRESSEE.match(text, verb_end, end)
        if match is None and word.startswith(("told", "tell")):
            return _read_final(text, begin, end, cue)
        start = match.end() if match else start
    match = None
    if "that" in kinds and 0 <= text.find(" that ", start, start + _FAR_THAT) < end:
        match = _BEFORE_THAT.match(text, start, end)
    if match is not None:
        start = match.end()
    elif text[start + 1 : start + 2] in _TIME_BEGINS:
        start = _TIME.match(text, start, end).end()
    following = text[start : start + 1]
    if start >= end or following in ",.;:!?—–" or text.startswith(" -", start):
        return _read_final(text, begin, end, cue) if "stop" in kinds else None
    match = _NEXT_WORD.match(text, start, end)
    kind = _FOLLOWERS.get(match[1], "plain") if match else "plain"
    if kind not in kinds:
        return _read_final(text, begin, end, cue) if "stop" in kinds else None
    subject = find_subject(text, begin, cue_start, word)
    if subject and word in _SHOWING and _PICTURE.search(text, *subject):
        return None
    quoted = text.find(HOLE, start, end) >= 0  # whatever it is, somebody else says it
    noun = kind == "plain" and not quoted and word not in _VERBS_ONLY
    if subject and noun and _BEFORE_NOUN.match(text, *subject):
        return None
    if subject and (nobody := _NOBODY.match(text, *subject)):
        if noun or (nobody["pointing"] and not quoted):
            return None
        subject = None
    if kind == "plain" and "stop" in kinds and subject is None and text[begin:cue_start].rstrip()[-1:] in (",", HOLE):
        return _read_final(text, begin, end, cue)
    if kind in _PREPOSITIONS:
        start = match.end()
    start = _skip_space(text, start, end)
    clause = _clause(text, start, _content_end(text, start, end), subject, printed)
    if clause is not None and word in ("saying", "say", "said"):
        channel = channel_after(text, verb_end, start) or channel_before(text, begin, cue_start)
        clause = clause._replace(channel=channel) if channel else clause
    return clause


def _read_final(text: str, begin: int, end: int, cue: Cue) -> Clause | None:
    """`…, Putin said.`, `…, said Putin.` and `…, he said, …`: what was said stands before, or on both sides."""
    printed, cue_start, cue_end = cue
    if text.find(",", begin, cue_start) < 0 and text.find(HOLE, begin, cue_start) < 0:
        return None
    subject = find_subject(text, begin, cue_start, printed.lower())
    if subject and printed.lower() not in _VERBS_ONLY and _BEFORE_NOUN.match(text, *subject):
        return None
    edge = subject[0] if subject else cue_start
    before = text[begin:edge].rstrip()
    if before[-1:] not in (",", HOLE):
        return None
    if subject is None:
        subject = find_after(text, cue_end, end)
        if subject is None:
            return None
    after = max(cue_end, subject[1])
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
    return _clause(text, begin, content_end, subject, printed)


def _read_according(text: str, begin: int, end: int, cue: Cue) -> Clause | None:
    _, cue_start, cue_end = cue
    who = find_after(text, cue_end, end)
    before = text[begin:cue_start].strip(" ,")
    if before:
        return _clause(text, begin, begin + len(text[begin:cue_start].rstrip(" ,—–-")), who, "according to")
    comma = text.find(",", who[1] if who else cue_end, end)
    if comma < 0:
        return None
    return _clause(text, comma + 2, end, who, "according to")


def _clause(text: str, start: int, end: int, subject: tuple[int, int] | None, verb: str) -> Clause | None:
    while end > start and text[end - 1] in " ,;:":
        end -= 1
    return Clause(_skip_space(text, start, end), end, *(subject or (-1, -1)), verb) if end > start else None


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _content_end(text: str, start: int, end: int) -> int:
    """Where the clause that begins at `start` ends: with the sentence, or where another verb of saying takes over."""
    if match := _MARKED_THEN.match(text, start, end):
        return match.end()  # `He said "no" and left`
    match = _breaks().search(text, start + 1, end)
    return match.start() if match else end


@cache
def _breaks() -> re.Pattern:
    participles = any_of(form for form in speech_cues() if form.endswith("ing"))
    finite = any_of(form for form in speech_cues() if re.search("(?:ed|said|told|wrote|says)$", form))
    after_mark = (  # what only a comma or a quotation may stand before
        rf"(?:and )?(?:{participles})\b|(?:and|but|as|while) {_FINITE_NEXT % finite}"
    )
    after_comma = (
        rf"{after_mark}|{_FINITE_NEXT % finite}|according to"
        r"|(?:but|while|though|although|even as|even though|which|who|where)\b"
    )
    anywhere = rf"(?:and|but) (?:also |then |later |has |have |had )?(?:{finite})\b"
    return re.compile(
        rf", (?:{anywhere}|{after_comma})"
        rf"| (?:{anywhere}|- - |-- |— |– |- (?:{participles})\b|(?<={HOLE} )(?:{after_mark}))"
    )


@cache
def _cue_pattern() -> re.Pattern:
    return re.compile(rf" ({any_of([*speech_cues(), 'according to', 'According to'])})(?![\w’'-])")
