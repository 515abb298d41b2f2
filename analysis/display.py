"""Words taken from articles, made safe and short enough to stand in a chart, a sentence, a page or a terminal."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

ELLIPSIS = "…"
LONGEST = 400  # nothing longer is ever shown, so that measuring a word of a megabyte costs no more than this
NOTHING = "Nothing to show."  # instead of a table that has no rows
MOST_NAMED = 12  # outlets, files or agencies that one sentence names; the tables have them all
MOST_LISTED = 20  # lines of what was not read that a terminal or the page shows; problems.csv has them all

# Joiners are letters' business in Persian and Indic scripts; every other format or control character can hide,
# reverse or break what stands around it, and a lone surrogate can't be written to a file.
_KEPT = {"\u200c", "\u200d"}
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def drop_controls(text: object) -> str:
    """The text, tabs and line ends too, without control characters: no reader sees them, and some programs trip."""
    return _CONTROL.sub("", str(text))


def one_line(text: object, *, longest: int | None = None) -> str:
    """The text on one line without any character that a terminal obeys or that turns others round.

    >>> one_line("north\\n\\x1b[31m\\u202ekorea ")
    'north [31mkorea'
    """
    text = str(text)[: longest and 4 * longest]
    text = re.sub(r"\s+", " ", text)
    kept = (c for c in text if c in _KEPT or unicodedata.category(c) not in _UNPRINTABLE)
    return re.sub(r" +", " ", "".join(kept)).strip()[:longest]


def shorten(text: object, limit: float = 40, *, width: Callable[[str], float] = len, middle: bool = False) -> str:
    """The text on one line, cut with an ellipsis where it is wider than `limit`.

    `width` measures a string: characters unless told. `middle` keeps both ends, for names that differ in the last word.

    >>> shorten("comprehensive strategic partnership", 16)
    'comprehensive s…'
    >>> shorten("The Evening Post of Wellington", 16, middle=True)
    'The Even…lington'
    """
    text = one_line(text, longest=LONGEST)
    if width(text) <= limit:
        return text
    fits, too_long = 0, len(text)
    while too_long - fits > 1:
        half = (fits + too_long) // 2
        fits, too_long = (half, too_long) if width(_cut(text, half, middle)) <= limit else (fits, half)
    return _cut(text, fits, middle)


def _cut(text: str, length: int, middle: bool) -> str:
    end = length // 2 if middle else 0
    return text[: length - end].rstrip() + ELLIPSIS + text[len(text) - end :].lstrip()


def shorten_names(
    texts: Mapping[str, str], limit: float = 40, *, width: Callable[[str], float] = len
) -> dict[str, str]:
    """The short form of each name's text; two names never get the same one.

    >>> shorten_names({"a": "Radio One", "b": "Radio\\tOne"})
    {'a': 'Radio One 1', 'b': 'Radio One 2'}
    """
    shown = {name: shorten(text, limit, width=width, middle=True) for name, text in texts.items()}
    labels = list(shown.values())
    taken = set(labels)
    for name, label in shown.items():
        if labels.count(label) > 1:
            number = 1
            while shown[name] in taken:
                end = f" {number}"
                shown[name] = shorten(texts[name], limit - width(end), width=width, middle=True) + end
                number += 1
            taken.add(shown[name])
    return shown


def list_names(names: Sequence[str]) -> str:
    """The names in a row, at most `MOST_NAMED` of them, and how many more there are.

    >>> list_names(["A", "B", "C"])
    'A, B and C'
    """
    if len(names) > MOST_NAMED:
        return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED:,} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def count_of(n: int, noun: str) -> str:
    """The number with its noun.

    >>> count_of(1, "article"), count_of(2000, "article")
    ('1 article', '2,000 articles')
    """
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
