"""Who passed it on: the agency or medium through which somebody's words came to the outlet."""

import re

from .sources import find_after, find_subject
from .speakers import Speaker
from .stops import HOLE

# `Putin was quoted as saying by TASS`, `Putin said in remarks carried by TASS`.
_BY = re.compile(
    r"(?: as saying| to say| to have said)? by "
    rf"|[^.!?;:{HOLE}]{{0,60}}? (?:carried|published|reported|cited|quoted|broadcast|relayed|released) by "
)
# `"…," Putin said on Monday, according to TASS`, `"…," Putin said, TASS reported`
_THEN = re.compile(
    rf"[^.!?;:,{HOLE}]{{0,60}}, (?:(?P<according>according to )|(?P<who>[^.!?;:,{HOLE}]{{1,60}}) reported\b)"
)
_QUOTED = re.compile(r" (?P<verb>quoted|cited) [^,.;:]{1,60} as $")
_ENDS = re.compile(
    r" (?:on|in|that|at|during|after|before|as|when|while|to|from|and|but|early|late|last|this"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)


def channel_after(text: str, verb_end: int, end: int) -> str | None:
    """The channel named behind the verb, in the same sentence; None where there is none."""
    near = text[verb_end : min(verb_end + 160, end)]
    if " by " in near and (match := _BY.match(text, verb_end, end)):
        return _name(text, match.end(), end)
    match = _THEN.match(text, verb_end, end) if "reported" in near or "according to" in near else None
    if match is None:
        return None
    return match["who"].strip() if match["who"] else _name(text, match.end(), end)


def channel_before(text: str, begin: int, verb: int) -> str | None:
    """The subject of `quoted` in `TASS quoted Putin as saying`."""
    match = _QUOTED.search(text, max(begin, verb - 90), verb)
    subject = match and find_subject(text, begin, match.start("verb"), match["verb"])
    return text[slice(*subject)] if subject else None


def _name(text: str, start: int, end: int) -> str | None:
    span = find_after(text, start, end)
    if span is None:
        return None
    name = text[slice(*span)]
    cut = _ENDS.search(name)
    return name[: cut.start()] if cut else name


def through(text: str, speaker: Speaker, begin: int, end: int) -> Speaker:
    """The speaker with the channel that stands around the verb, if one does."""
    if speaker.channel is not None:
        return speaker
    verb = text.find(speaker.verb, min(speaker.end, end))
    channel = channel_after(text, verb + len(speaker.verb), end) if 0 <= verb < end else None
    return speaker if channel is None else speaker._replace(channel=channel)
