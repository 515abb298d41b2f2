"""Join the words of a text that a program took apart: `We will not pay a cent , "" he said .`"""

import re

# From so many stops with a space before them on, and from such a share of all stops, a text is tokenised. Printed text
# has none but by a slip, French none before a full stop or a comma.
LEAST, SHARE = 3, 0.5
_STOP = re.compile(r"(?<=[^\s.])(\s?)[.,](?=\s|\Z)")
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
_BRACKET = re.compile("|".join(_BRACKETS))
_TYPED = re.compile(r"``|''|\"\"")
_HYPHEN = re.compile(r" @([-–—/.,:])@ ")
_SHORT = re.compile(r"(?<=\w) ?(['’]) ?(?=(?:s|t|re|ve|ll|d|m)\b)|(?<=\w) (?=n['’]t\b)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=[sS]) (['’])(?= [A-Za-z])")
_CLOSERS = re.compile(r" +(?=[.,;:!?%)\]}”»…](?:\s|[.,;:!?%)\]}”»\"'’…]|\Z))")
_OPENERS = re.compile(r"(?<=[(\[{“„«$£€]) +")
_MARK = re.compile(r' ?(?<!\S)"(?!\S) ?')


def join_tokens(text: str) -> tuple[str, int]:
    """The text with stops and marks joined to their words, and how many stops were; a printed text as it is."""
    spaced = _count_spaced(text)
    return ("\n".join(map(_join_line, text.split("\n"))), spaced) if spaced else (text, 0)


def is_tokenised(text: str) -> bool:
    """Whether a text has spaces before its stops, as programs write it that take it apart into words."""
    return _count_spaced(text) > 0


def _count_spaced(text: str) -> int:
    """How many stops have a space before them, if the text is tokenised; else 0."""
    if " ." not in text and " ," not in text:
        return 0
    spaces = _STOP.findall(text)
    spaced = sum(map(bool, spaces))
    return spaced if spaced >= LEAST and spaced >= SHARE * len(spaces) else 0


def _join_line(line: str) -> str:
    line = _BRACKET.sub(lambda match: _BRACKETS[match[0]], line)
    line = _HYPHEN.sub(r"\1", _TYPED.sub(_as_mark, line))
    line = _SHORT.sub(lambda match: match[1] or "", line)
    line = _POSSESSIVE.sub(r"\1", line)
    return _OPENERS.sub("", _CLOSERS.sub("", _pair_marks(line)))


def _as_mark(match: re.Match) -> str:
    return {"``": "“", "''": "”"}.get(match[0], '"')


def _pair_marks(line: str) -> str:
    """Straight marks that stand alone open and close by turns: nothing else tells them apart."""
    opens = True

    def join(match: re.Match) -> str:
        nonlocal opens
        opens = not opens
        before, after = match[0][0] == " ", match[0][-1] == " "
        return " " * before + '"' if not opens else '"' + " " * after

    return _MARK.sub(join, line)
