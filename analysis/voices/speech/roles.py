"""Who holds a country's office in an article: whom `the Russian leader` stands for."""

import re
from collections.abc import Sequence
from functools import cache

from ..names.name_lists import name_lists

# Offices whose holders are called a country's leader, as `Russian President Vladimir Putin` is.
_LEADERS = (
    "president",
    "prime minister",
    "premier",
    "chancellor",
    "supreme leader",
    "leader",
    "king",
    "queen",
    "ruler",
)
_OTHERS = ("foreign minister", "defence minister", "defense minister", "finance minister", "ambassador")
# A nationality and an office are read this far before a name.
_LOOK_BACK = 60


def find_holder(printed: str, text: str, people: Sequence[tuple]) -> str:
    """The one person whom the text names with the nationality and office of `printed`; empty if none or several.

    `people` are mentions (start, end, name, kind). `the Russian leader` is whoever is named as `Russian President
    Vladimir Putin`, or with another office of a leader; `the Russian president` takes the office itself.
    """
    role = _printed().fullmatch(printed)
    if not role:
        return ""
    offices = _LEADERS if role["office"].lower() == "leader" else (role["office"].lower(),)
    holders = set()
    for start, _, name, _ in people:
        before = text[max(0, start - _LOOK_BACK) : start].rstrip()
        held = _at_end().search(before)
        if held and held["nation"] == role["nation"] and held["office"].lower() in offices:
            holders.add(name)
    return holders.pop() if len(holders) == 1 else ""


@cache
def _pattern() -> str:
    nations = "|".join(sorted(map(re.escape, name_lists().demonyms), key=len, reverse=True))
    offices = "|".join(sorted((*_LEADERS, *_OTHERS), key=len, reverse=True))
    return rf"(?P<nation>{nations}) (?P<office>(?i:{offices}))"


@cache
def _printed() -> re.Pattern:
    return re.compile(rf"(?:[Tt]he )?{_pattern()}")


@cache
def role_pattern() -> re.Pattern:
    """Where a text speaks of `the Russian leader`."""
    return re.compile(rf"\b[Tt]he {_pattern()}\b")


@cache
def _at_end() -> re.Pattern:
    return re.compile(rf"\b{_pattern()}$")
