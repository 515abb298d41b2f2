"""What a run of capitalised words may be, by its words alone: a title, a person's name, a body or a place."""

from functools import cache

from .name_lists import fold_name, name_lists

PARTICLES = frozenset("de da del der di du la van von bin al ibn den".split())
JOINS = frozenset(("of", "for", "on", "the", "and"))
_SUFFIXES = frozenset(("Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"))
_NOT_COUNTED = PARTICLES | _SUFFIXES
# Titles that are surnames as often: no title behind another name ("Martin Luther King").
_TITLES_OR_NAMES = frozenset(
    "King Dean Bishop Pope Marshal Prince Duke Justice Star Host Count Baron Judge Major Chair Lord Coach Brother "
    "Father Cardinal Lawyer Chief Queen Saint Constable Usher Cornel".split()
)
# Last words of places and bodies that are surnames too: "Anita Hill", but "Ryugyong Hotel".
_HEADS_OR_NAMES = frozenset(
    "Hill Hills Lake Park Lane Marsh Beach Cove Forest Ridge House Port Bay Temple Pass Range Church Post Press Court "
    "Sun Union Guard Bank Front Group Center Street Castle West Day Monday May".split()
)
# Surnames that are words as often; they open a name of three words only.
_FAMILY_OR_WORDS = frozenset("He No So Son Sun An Ye Ma Woo Song Ban Sin Long Im Ho Han Cho Oh Chow Chan Fang".split())
LONGEST_NAME = 5  # words of a person's name


def find_roles(texts: list[str]) -> list[bool]:
    """Which words belong to a title: `Secretary of State`, but not `National Security Agency`."""
    words = name_lists().words
    titles, parts = words["title"], words["title_part"]
    if len(texts) == 1:
        return [texts[0] in titles]
    role = [text in titles or text in parts for text in texts]
    for start, end in listed_within(texts):  # "White House Press Secretary"
        if end - start > 1:
            role[start:end] = [False] * (end - start)
    for at in range(1, len(texts) - 1):
        if texts[at] in JOINS and role[at - 1] and (role[at + 1] or texts[at + 1] in JOINS):
            role[at] = True
    at = 0
    while at < len(texts):
        end = at
        while end < len(texts) and role[end]:
            end += 1
        if end > at:
            block = texts[at:end]
            known = not titles.isdisjoint(block)
            surname = end - at == 1 and block[0] in _TITLES_OR_NAMES and _is_forename(texts[at - 1] if at else block[0])
            as_body = _is_head(block[-1]) if end == len(texts) else _ends_as_body(texts[at:])
            if not known or surname or as_body:
                role[at:end] = [False] * len(block)
        at = end + 1
    return role


def _is_forename(text: str) -> bool:
    return text in name_lists().first_names or (len(text) == 2 and text[1] == ".")


def _ends_as_body(texts: list[str]) -> bool:
    """`Justice Department`, `Prince George County`: no title, for the words are one name of a body or place."""
    return (
        2 <= len(texts) <= 4
        and texts[0] in ("Justice", "Prince", "King", "Attorney", "General", "Princess")
        and (_is_head(texts[-1]) or " ".join(texts) in name_lists().listed)
    )


def _is_head(text: str) -> bool:
    words = name_lists().words
    return (text in words["organisation"] or text in words["place"]) and text not in words["title"]


def listed_within(texts: list[str]) -> list[tuple[int, int]]:
    """Where listed names stand in the words, the longest first at each word."""
    lists, found, at = name_lists(), [], 0
    if lists.parts.isdisjoint(texts):
        return found
    while at < len(texts):
        furthest = at
        while furthest < len(texts) and texts[furthest] in lists.parts:
            furthest += 1
        for end in range(min(furthest, at + lists.longest), at, -1):
            if " ".join(texts[at:end]) in lists.listed:
                found.append((at, end))
                at = end - 1
                break
        at += 1
    return found


def kind_of_body(texts: list[str]) -> str:
    """`organisation` or `place` where the last word, or the first, tells it."""
    if len(texts) < 2 or not JOINS.isdisjoint(texts):
        return ""
    lists = name_lists()
    last = texts[-1]
    if last in _HEADS_OR_NAMES and len(texts) <= 3 and texts[0] in lists.first_names:
        return ""
    if last in lists.words["place"]:
        return "place"
    if last in lists.words["organisation"]:
        return "organisation"
    if texts[0] in lists.words["place_first"] and len(texts) == 2 and last not in lists.words["no_name"]:
        return "place" if " ".join(texts) not in lists.demonyms and last not in lists.demonyms else ""
    return ""


def kind_of_body_of(before: list[str]) -> str:
    """The kind of `before of …`: `University`, `Ministry`, `Gulf`."""
    words = name_lists().words
    if not before:
        return ""
    if before[-1] in words["organisation_of"]:
        return "organisation"
    return "place" if before[-1] in words["place_of"] else ""


def is_person(texts: list[str]) -> bool:
    if len(texts) < 2 or texts[0] in PARTICLES:
        return False
    lists = name_lists()
    names = [text for text in texts if text not in _NOT_COUNTED]
    if not 2 <= len(names) <= LONGEST_NAME - 1:
        return False
    for text in names:
        if text.isupper() and len(text) > 3 and "." not in text:
            return False
    first = names[0]
    if first in lists.first_names or fold_name(first).split(" ")[0] in lists.first_names:
        return True
    if len(first) == 2 and first[1] == ".":  # J. K. Rowling
        return True
    if names[-1] in lists.surnames and len(names) < 4 and first not in lists.special:
        return True
    if first in lists.words["family_first"]:
        return len(names) == 3 or "-" in names[-1] or first not in _FAMILY_OR_WORDS
    return False


def misleading(texts: list[str]) -> int:
    """1 if a name of three words has its first name in the middle: "Entrusting Donald Trump"."""
    lists = name_lists()
    first = texts[0] in lists.first_names or texts[0] in lists.words["family_first"] or "." in texts[0]
    return int(len(texts) > 2 and not first and texts[1] in lists.first_names and texts[2] not in PARTICLES)


def is_odd(texts: list[str]) -> bool:
    return sum(text.isupper() and len(text) > 2 for text in texts) > 0 or texts[-1] in name_lists().words["opener"]


@cache
def person_key(name: str) -> str:
    """What the full printings of one person's name share: first and last word; `Jr.` is another person.

    >>> person_key("Donald J. Trump"), person_key("Donald Trump Jr."), person_key("Kim Jong-un")
    ('donald trump', 'donald trump jr', 'kim jong un')
    """
    words = [word for word in fold_name(name).split() if word not in ("ii", "iii", "iv")]
    junior = words[-1:] == ["jr"] and len(words) > 2
    words = [word for word in words if word not in ("jr", "sr")] or words
    if len(words) > 2 and words[0] not in _families():
        words = [words[0], words[-1]]
    return " ".join(words) + (" jr" if junior else "")


@cache
def _families() -> frozenset[str]:
    return frozenset(name.lower() for name in name_lists().words["family_first"])
