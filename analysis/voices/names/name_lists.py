"""What is known of names before an article is read: countries, places, organisations, first names, titles."""

import unicodedata
from functools import cache
from typing import NamedTuple

from ...shipped import read_lines


class Listed(NamedTuple):
    """A listed name: its kind, the name that all its spellings stand for, and whether it may stand for a government."""

    kind: str
    name: str
    governs: bool = False


class Lists(NamedTuple):
    listed: dict[str, Listed]
    demonyms: frozenset[str]
    first_names: dict[str, str]
    surnames: frozenset[str]
    words: dict[str, frozenset[str]]
    parts: frozenset[str]  # the words of listed names
    cuts: frozenset[str]  # the words of nationalities, and those that are in no name
    special: frozenset[str]  # every word of all these: a name without one is a person's or nobody's
    longest: int  # of a listed name, in words


@cache
def name_lists() -> Lists:
    """The lists of `analysis/data`, read once. A word in `words` is a title, an organisation's last word, and so on."""
    words = {}
    for line in _lines("name_words"):
        kind, _, rest = line.partition(": ")
        words[kind] = frozenset(rest.split())
    listed, demonyms = {}, set()
    for place in [*_lines("dateline_places"), *_lines("places")]:
        listed[place] = Listed("place", place)
    for line in _lines("countries"):
        spellings, capitals, people = (part.strip() for part in line.split(";"))
        country = spellings.split(", ")[0]
        for capital in filter(None, capitals.split(", ")):
            listed[capital] = Listed("place", capitals.split(", ")[0], True)
        for spelling in spellings.split(", "):
            listed[spelling] = Listed("place", country, True)
        demonyms.update(name.replace("-", " ") for name in people.split())
    for line in _lines("organisations"):
        for spelling in line.split(", "):
            listed[spelling] = Listed("organisation", line.split(", ")[0])
    # Initials are printed with points and without.
    listed = {".".join(name) + ".": one for name, one in listed.items() if name.isupper() and name.isalpha()} | listed
    parts = frozenset(word for name in listed for word in name.split())
    cuts = words["no_name"].union(word for name in demonyms for word in name.split())
    special = {*parts, *cuts}
    special.update(word for kind, some in words.items() if kind not in ("family_first", "participle") for word in some)
    first_names = dict(line.split() for line in _lines("first_names"))
    first_names |= {fold_name(name): gender for name, gender in first_names.items()}
    surnames = frozenset(_lines("surnames"))
    longest = max(name.count(" ") + 1 for name in listed)
    return Lists(listed, frozenset(demonyms), first_names, surnames, words, parts, cuts, frozenset(special), longest)


def fold_name(name: str) -> str:
    """The form under which two spellings of a name are one: no accents, hyphens or points, lower case.

    >>> [fold_name(name) for name in ("Kim Jong-un", "Zoë", "U.S.")]
    ['kim jong un', 'zoe', 'us']
    """
    name = name.replace("-", " ").replace(".", "")
    if not name.isascii():
        name = unicodedata.normalize("NFD", name.replace("’", "'"))
        name = "".join([c for c in name if not unicodedata.combining(c)])
    return name.lower()


def _lines(name: str) -> list[str]:
    return read_lines(f"{name}.txt")
