"""Whose verb it is: the subject before a word of saying, or the name behind it."""

import re

from .speakers import MEDIA, NAME, WHO
from .stops import HOLE

_TOKEN = re.compile(rf"[\w$%&][\w’'.&-]*|[^\w\s{HOLE}]|{HOLE}+")
# A subject stands close to its verb: no further back than this is read.
_LOOK_BACK = 240
# Words of a subject: "a senior adviser to the campaign of the former governor of Ohio" has twelve.
_LONGEST = 14
_SKIPPED = frozenset(
    "has have had having was were is are am be been being also then later often not never once still now again "
    "recently earlier would will could should might may can did does do didn’t didn't doesn’t doesn't don’t don't to "
    "just even always already previously first both all went on hasn't haven't wasn't isn't instead long who "
    "which quoted cited as far so".split()
)
_ENDS = frozenset(
    "that but because as when while if after before since where what how why though although or so than whether "
    "until unless whom for with by said says say is was are were has had quoted cited".split()
)
_BEFORE_SUBJECT = frozenset(
    "and And But In On As For which who After Before While When Although Though Because If Since Once Until Yet So"
    " Still However Meanwhile".split()
)
_RELATIVE = frozenset(("who", "which"))
_PLAIN_ENDS = _ENDS | {"and"}
# A word that is one token, and what is a token of its own behind one.
_WORD = re.compile(r"[^\W_][\w’'.&-]*")
_MARKS = frozenset(',:;?!"”()—–' + HOLE)
_HOLE_BEFORE = HOLE + " "
_POSSESSIVE = frozenset("its his her their other some many".split())
_IN_NAMES = frozenset("of the and".split())
# After a comma these are passive: `the deal, described as a "…"`.
_PASSIVE = frozenset("described called dubbed termed labelled labeled known branded billed hailed".split())
# Behind these a noun of saying has the same subject: `expressed concern`, `issued a warning`.
_SUPPORTING = frozenset("expressed expresses expressing voiced voicing issued raised reiterated sounded made".split())
_COORDINATED = frozenset(("and", "but", "or", "then"))
_FIRST = re.compile(
    rf"(?:[A-Z][a-z]+ (?:[\w’'-]+ ){{0,8}}[\w’'-]+, )?(?P<who>{MEDIA}|(?!It |He |She |This )[A-Z][a-z]+ [a-z]+s\b"
    rf"|(?:The )?{NAME}(?: and (?:its|his|her|their) [a-z]+)?|{WHO})"
)
# `Chang Ho-jin, the National Security Adviser and a former ambassador warned`
_APPOSITIVE = re.compile(rf"(?P<who>{NAME}), (?:the|an?) [^,.;:{HOLE}]{{1,100}} and (?:the|an?) [^,.;:{HOLE}]{{1,80}}$")
_TITLED = "|".join(rf"(?<={short})" for short in ("Mr", "Mrs", "Ms", "Dr", "Sen", "Rep", "Gov", r"\b[A-Z]"))
_IN_NAME = rf"[^,.;:!?{HOLE}—–()]"
_AFTER = re.compile(rf"\s*(?P<who>(?:[Tt]he |[Aa]n? |his |her |their )?{_IN_NAME}(?:{_IN_NAME}++|(?:{_TITLED})\.)*)")


def find_subject(text: str, begin: int, verb: int, word: str) -> tuple[int, int] | None:
    """Where the subject of the verb at `verb` stands in the sentence from `begin`, or None."""
    if text.endswith(_HOLE_BEFORE, begin, verb):
        return None  # `"…" said`
    earliest = max(begin, verb - _LOOK_BACK)
    subject = _find_plain(text, earliest, verb)
    if subject is not None:
        return subject
    tokens = _TOKEN.findall(text, earliest, verb)
    at = len(tokens) - 1
    if word.endswith("ing") and (at < 0 or tokens[at] in (",", "—", "–", "-", "and")):
        return _first(text, begin, verb)
    if at >= 0 and tokens[at] in _SUPPORTING:
        at -= 1
    while at >= 0 and (tokens[at].lower() in _SKIPPED or tokens[at].endswith("ly")):
        at -= 1
    if at < 0:
        return None
    if tokens[at] == "," and at > 0 and tokens[at + 1 : at + 2] and tokens[at + 1] in _RELATIVE:
        at -= 1  # `Seoul and Washington, which have expressed`
    if tokens[at].lower() in _COORDINATED:
        return _first(text, begin, verb)
    if tokens[at] in (",", ")", "—", "–"):
        opening = {",": ",", ")": "(", "—": "—", "–": "–"}[tokens[at]]
        before = next((i for i in range(at - 1, -1, -1) if tokens[i] == opening), None)
        if before is None or before == 0:
            alone = at == len(tokens) - 1 and (word in _INVERTING or word in _PASSIVE)
            return None if alone else _first(text, begin, verb)
        at = before - 1
    last = at
    while at >= 0 and last - at < _LONGEST:
        token = tokens[at]
        if not (token[0].isalnum() or token[0] in "$%&") or token in _ENDS:
            break
        if token == "and" and not _joins(tokens, at, last):
            if tokens[min(at + 1, last)] in ("the", "a", "an") and (
                appositive := _APPOSITIVE.search(text, earliest, verb)
            ):
                return appositive.span("who")
            break
        at -= 1
    at += 1
    while at < last and tokens[at] in _BEFORE_SUBJECT:
        at += 1
    return _place(text, tokens, at, last, verb) if at <= last else None


def _find_plain(text: str, earliest: int, verb: int) -> tuple[int, int] | None:
    """The subject as `find_subject` finds it, where it is a few whole words behind a mark or a word that ends it.

    Most are, and the last words are split off many times faster than all tokens are found. None where it may be not.
    """
    words = text[earliest:verb].rsplit(None, 8)  # the first may be all that is left
    last = len(words) - 1
    if last >= 0 and words[last] in _SUPPORTING:
        last -= 1
    while last >= 0 and ((word := words[last]).lower() in _SKIPPED or (word.endswith("ly") and word.isalnum())):
        last -= 1
    if last < 0 or word.lower() in _COORDINATED or word.endswith("ly"):
        return None
    at = last
    while at >= 0 and ((word := words[at]).isalnum() or _WORD.fullmatch(word)) and word not in _PLAIN_ENDS:
        at -= 1
    if at == last or (at >= 0 and word not in _ENDS and word[-1] not in _MARKS):
        return None
    at += 1
    while at < last and words[at] in _BEFORE_SUBJECT:
        at += 1
    return _place(text, words, at, last, verb)


def _joins(tokens: list[str], at: int, last: int) -> bool:
    """Whether the `and` at `at` joins two names, or a name and its own: `the United States and its allies`."""
    following = tokens[min(at + 1, last)]
    if not tokens[at - 1][:1].isupper() or at == 0:
        return False
    if following[:1].isupper():
        return True
    first = at - 1
    while first >= 0 and (tokens[first][:1].isupper() or tokens[first] in _IN_NAMES):
        first -= 1
    return following in _POSSESSIVE and (first < 0 or not tokens[first][:1].isalnum() or tokens[first] in _ENDS)


def _place(text: str, tokens: list[str], first: int, last: int, end: int) -> tuple[int, int]:
    """Where the tokens from `first` to `last` stand; they are the last ones before `end`, with nothing but white space
    between them."""
    for token in reversed(tokens[last + 1 :]):
        end = text.rfind(token, 0, end)
    start = stop = text.rfind(tokens[last], 0, end) + len(tokens[last])
    start -= len(subject := " ".join(tokens[first : last + 1]))
    if start < 0 or not text.startswith(subject, start):  # wider white space
        start = stop
        for token in reversed(tokens[first : last + 1]):
            start = text.rfind(token, 0, start)
    return start, stop


_INVERTING = frozenset("said says wrote writes added asked replied explained tweeted argued".split())


def find_after(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The name, role or body that stands behind `said` or `according to`."""
    match = _AFTER.match(text, start, end)
    return (match.start("who"), start + len(text[start : match.end("who")].rstrip())) if match else None


def _first(text: str, begin: int, end: int) -> tuple[int, int] | None:
    """The subject of the sentence, for a verb that shares it: `Kim praised him, saying …`, `Kim left and said …`."""
    match = _FIRST.match(text, begin, end)
    return match.span("who") if match else None
