"""Join words that a printer's hyphen cut at the end of a line, and leave a compound its own."""

import re
from functools import cache

from ....shipped import read_lines

# A letter, a hyphen (typed, soft or U+2010) and the next line at once: a dash or a blank line between is no cut word.
_CUT = re.compile(
    r"(?<![^\W_])(?P<left>[^\W\d_]{1,40}(?:['’-][^\W\d_]{1,40}){0,5})(?P<hyphen>[-\u00ad\u2010])[ \t]?\r?\n[ \t]*"
    r"(?P<right>[^\W_]{1,40}(?:['’-][^\W_]{1,40}){0,5})(?P<behind>[^\s]*)[ \t]?"
)
# "short- and long-term": what follows a hyphen that stands for the rest of a word.
_AND = frozenset("and or to und oder bis sowie et ou y e o en of a".split())
# Never a word of a compound, whatever a list of words says.
_ENDINGS = frozenset(
    "ing ings ed er ers est ly al ally ment ments tion tions sion sions ness less ful able ible ity ities ish ism ist "
    "ists ous ive ves ies ate ated ates ary ery ory ance ence ant ent ents ture tures ter ters der ders ger gers ness "
    "tive sive cal cial tial tic tics ern ren ning ting ding ring ling king sing cing ping med ted ded red".split()
)
# The shortest parts of a compound that are believed to be words: "co", "ter" and "win" stand in lists of words too.
_SHORTEST = 3
# Shorter ones that open a compound more often than a word: "so-called", "ex-minister", "by-election", "no-fly".
_OPENING = frozenset("so ex by no".split())
# What stands in the middle of a compound of three: "mother-in-law", "face-to-face", "c'est-à-dire".
_MIDDLE = frozenset("in of to on at by up a an as for and de du la le les à en sur".split())


def join_words(text: str) -> tuple[str, int]:
    """The text with each cut word whole at the end of its first line, and how many there were.

    A hyphen stays where the text prints the compound elsewhere, before a capital or a number, behind capitals
    ("US-led"), beside a single letter, which no printer cuts off, and where its parts are words and the whole is none;
    else it goes.
    """
    if "-\n" not in text and "-\r" not in text and "- \n" not in text and "\u00ad" not in text and "\u2010" not in text:
        return text, 0
    elsewhere: set[str] | None = None

    def join(match: re.Match) -> str:
        nonlocal elsewhere
        left, right = match["left"], match["right"]
        if right.casefold() in _AND:
            return match[0]
        if elsewhere is None:
            elsewhere = set(re.findall(r"[^\W_]+(?:-[^\W_]+)*", _CUT.sub(" ", text).casefold()))
        hyphen = "-" if match["hyphen"] != "\u00ad" and _is_compound(left, right, elsewhere) else ""
        return f"{left}{hyphen}{right}{match['behind']}\n"

    joined = _CUT.sub(join, text)
    return joined, text.count("\n") and sum(match["right"].casefold() not in _AND for match in _CUT.finditer(text))


def _is_compound(left: str, right: str, elsewhere: set[str]) -> bool:
    parts = (left.rsplit("-", 1)[-1], right.split("-", 1)[0])
    in_capitals = [part.isupper() for part in parts]
    if not right[0].isalpha() or min(map(len, parts)) == 1 or (right[0].isupper() and not in_capitals[0]):
        return True
    if in_capitals == [True, False]:
        return True
    left, right, *parts = (part.casefold() for part in (left, right, *parts))
    if f"{left}-{right}" in elsewhere or (parts[0] != left and parts[0] in _MIDDLE):
        return True
    whole = parts[0] + right
    if whole in elsewhere or whole in _words():
        return False
    if parts[1] in _ENDINGS or len(parts[1]) < _SHORTEST or (len(parts[0]) < _SHORTEST and parts[0] not in _OPENING):
        return False
    return all(part in elsewhere or part in _words() for part in parts)


@cache
def _words() -> frozenset[str]:
    """The vocabulary that the encoder of tone was trained with, frequent words of English, and their plurals."""
    words = {line for line in read_lines("models/tone_words.txt") if line.isalpha()}
    for name in ("plurals.txt", "spellings.txt"):
        for line in read_lines(name):
            words.update(word for word in line.split() if word.isalpha())
    return frozenset(words)
