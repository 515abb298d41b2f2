"""Who said it: the first speaker and reporting verb beside a quotation."""

import re
from functools import cache
from typing import NamedTuple

from ..verbs import any_of, reporting_verbs
from .stops import HOLE, sentence_start

_NAME_WORD = r"(?:(?:[A-Z]\.)+|[A-Z][a-z]{0,3}\.(?= [A-Z])|[A-Z][\w’'-]*+)"
_JOINS = r"(?:(?:of|the|for|and|de|van|von|bin|al|its|allies|state|news|agency|media) ){0,3}"
NAME = rf"(?!(?:The|An?|In|On|At|As|If|But|And|When|While|After|Before) ){_NAME_WORD}(?: {_JOINS}{_NAME_WORD}){{0,7}}"
_PRONOUN = r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|I|[Ww]e)"
_ROLE = r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Oo]ne|[Aa]nother|[Ss]ome|[Mm]any) (?:[\w’'-]++ ){0,4}?[\w’'-]++"
MEDIA = (
    r"(?:[A-Z][\w’'-]*+ ){0,5}(?:state |news |government |ruling )*"
    r"(?:media|agencies|agency|officials|leaders?|authorities|police|sources)\b(?: [A-Z][\w’'-]*+){0,5}"
)
WHO = rf"(?:{_PRONOUN}\b|{MEDIA}|{NAME}|{_ROLE})"
# How any of those begins: most words are soon passed over.
_WHO_BEGINS = "[A-Z]|h[ei]|s[hto]|the|it|o[nf]|a[ ngu]|we|m[ea]|news|gov|rul|lead|pol"
# `, an analyst at Andara Inc., said`: with a stop that ends no sentence.
_ASIDE = r"(?:, (?:[^,.;]|\.(?=[\w,])){1,80},| \([^()]{1,40}\))?"
_ADVERB = r"(?:(?:also|then|later|further|again|earlier|reportedly|\w+ly|has|had|have|was|were|is|are|been) ){0,3}"

# Forms that are sure only behind a quotation: before one they may be nouns or have other objects.
_TAG_ONLY = (
    "notes|reads?|points? out|pointed out|puts? it|shot back|fired back|went on|calls|claims|reports|promises|states"
    "|jokes|quips|tweets|remarks|comments|agrees|agreed|yelled|exclaimed|recommended|retorted|countered|boasted"
    "|wondered|remembered|charged|barked|echoed|pleaded|responds|replies|begged|sighed|laughed|cried|screamed"
    "|grinned|grins|sobbed|beamed|beams|fumed|fumes|stormed|raged|gushed|gushes|vows|moaned|groaned|giggled|bragged"
)
_ANY_WORD = (
    r"(?!(?:and|but|or|that|to|as|in|on|at|for|with|of|from|by|is|was|are|were|has|had|who|which|when|while) )"
    r"[\w’'.&-]++"
)
_ANY_WORDS = rf"{_ANY_WORD}(?: (?:of |for |and )?{_ANY_WORD}){{0,7}}?"
# Verbs that take a whole clause, within which another reporting verb may stand.
_TAKES_CLAUSE = {"said", "says", "say", "told", "tells", "stated", "added", "claimed", "insisted", "announced"}


# How far from a quotation its speaker is looked for: a long sentence before it, and what follows it.
_LOOK_BACK, _LOOK_AHEAD = 600, 400
_GOES_ON = re.compile(r"\b(?:saying|adding|stating) (?:that )?$")

# `the fire chief, Ana Ruiz, said`: the name stands behind what its bearer is.
_ROLE = re.compile(r"(?:the|an?|his|her|its|their)\b", re.IGNORECASE)
_NAMED_BEHIND = re.compile(rf", (?P<who>{NAME})(?=,[ ,])")


class Speaker(NamedTuple):
    """Where the speaker stands, the verb, and who passed the words on."""

    start: int
    end: int
    verb: str
    channel: str | None = None


class _Patterns(NamedTuple):
    last: re.Pattern  # the last verb of all: soon told, where none of those that look before a quotation can match
    quoted: re.Pattern
    behind: list[re.Pattern]
    behind_tagged: list[re.Pattern]
    finite: re.Pattern
    participle: re.Pattern
    with_whom: re.Pattern
    first: re.Pattern


def find_speaker(
    outside: str, start: int, end: int, paragraph: tuple[int, int], *, ended: bool, tagged: bool = False
) -> Speaker | None:
    """The speaker of the quotation at `start:end` of a text in which all quotations are holes, within its paragraph.

    First the words after it (`," Putin said`, `," said Putin`), unless the quotation `ended` a sentence; then those
    before it in the same sentence (`Kim said: "`, `Kim hailed a "`; with a participle, the subject of the sentence).
    """
    patterns = _patterns()
    if not ended:
        following = outside[end : min(end + _LOOK_AHEAD, paragraph[1])]
        behind = patterns.behind_tagged if tagged else patterns.behind
        if " as saying" in following:
            behind = (patterns.quoted, *behind)
        for pattern in behind if following and not following.isspace() else ():
            if match := pattern.match(following):
                speaker = Speaker(end + match.start("who"), end + match.end("who"), match["verb"])
                if pattern.groupindex.get("channel"):
                    return speaker._replace(channel=match["channel"])
                # `Putin said: "…," Russian media reported`: the words are Putin's.
                first = _find_before(outside, start, paragraph) if match["verb"] in ("reported", "reports") else None
                return first._replace(channel=outside[speaker.start : speaker.end]) if first else speaker
    return _find_before(outside, start, paragraph)


def name_of_role(outside: str, who: tuple[int, int] | None) -> tuple[int, int] | None:
    """Where the speaker's name stands, if it is printed in commas behind what he or she is."""
    if who is None or not _ROLE.match(outside, *who):
        return who
    named = _NAMED_BEHIND.match(outside, who[1])
    return named.span("who") if named else who


def _find_before(outside: str, start: int, paragraph: tuple[int, int]) -> Speaker | None:
    if start == paragraph[0]:
        return None
    patterns = _patterns()
    begin = sentence_start(outside, max(paragraph[0], start - _LOOK_BACK), start)
    if begin == start:
        return None
    leading = outside[begin:start]
    verb = patterns.last.match(leading)
    if verb is None:
        return None
    # Behind the last verb nobody need be looked for; `went as far as to say` goes on.
    last_verb = len(leading) if verb["verb"] == "went" else verb.end()
    finite = _outermost(leading, list(patterns.finite.finditer(leading, 0, last_verb)))
    if finite:
        participles = patterns.participle.findall(leading, finite.end() + 1) if finite.end() < verb.end() else []
        printed = participles[-1] if participles else finite["verb"]
        return Speaker(begin + finite.start("who"), begin + finite.end("who"), printed)
    for match in list(patterns.participle.finditer(leading))[-1:] if "ing" in leading else ():
        subject = patterns.with_whom.search(leading[: match.start()]) or patterns.first.match(leading)
        if subject:
            return Speaker(begin + subject.start("who"), begin + subject.end("who"), match["verb"])
    return None


def _outermost(leading: str, found: list[re.Match]) -> re.Match | None:
    """The last subject and verb before the quotation, or those around them: in `Putin said Kim pledged "`, Putin."""
    for inner in reversed(found):
        before = leading[: inner.start("who")]
        outer = [match for match in found if match.end() <= inner.start("who")]
        if not outer:
            return inner
        if _GOES_ON.search(before):
            continue
        if outer[-1]["verb"] in _TAKES_CLAUSE and not re.search("[,;:]|what ", before[outer[-1].end() :]):
            continue
        return inner
    return None


@cache
def _patterns() -> _Patterns:
    finite = any_of(form for form in reporting_verbs() if not form.endswith("ing"))
    participle = any_of(form for form in reporting_verbs() if form.endswith("ing"))
    lead = r",?\s*"  # some print no space behind a mark
    tag = rf"(?:{finite}|{_TAG_ONLY})"
    said = rf"(?P<who>{WHO}){_ASIDE} {_ADVERB}(?P<verb>{finite}|went (?:as|so) far as to say|went on to say)\b"
    behind = [
        re.compile(rf"{lead}{said}"),
        re.compile(rf"{lead}(?P<verb>{tag}) (?P<who>{WHO})"),
        re.compile(rf"[^.!?{HOLE}]{{0,250}}, {said}[^,.!?{HOLE}]{{0,60}}[.!?](?:\s|$)"),
    ]
    tagged = [
        # Any words between a quotation and a verb of saying, or between the verb and a name, are the speaker's.
        re.compile(rf"{lead}(?P<who>{_ANY_WORDS}){_ASIDE} {_ADVERB}(?P<verb>{tag})\b"),
        re.compile(rf"{lead}(?P<verb>{tag}) (?P<who>(?:{_ANY_WORD} ){{1,6}}?{NAME})"),
    ]
    return _Patterns(
        last=re.compile(rf".*[^\w](?P<verb>{any_of([*reporting_verbs(), 'went'])})\b", re.DOTALL),
        quoted=re.compile(rf"{lead}(?P<channel>{WHO}) (?P<verb>quoted|cited) (?P<who>{NAME}|{_PRONOUN}) as saying"),
        behind=behind,
        behind_tagged=[*behind, *tagged],
        finite=re.compile(rf"\b(?={_WHO_BEGINS}){said}"),
        participle=re.compile(rf"\b(?P<verb>{participle})\b"),
        with_whom=re.compile(rf"\bwith (?P<who>{WHO}) $"),
        first=re.compile(
            rf"(?:[A-Z][a-z]+ (?:[\w’'-]+ ){{0,8}}[\w’'-]+, )?(?P<who>{MEDIA}|[A-Z][a-z]+ [a-z]+s\b|{WHO})"
        ),
    )
