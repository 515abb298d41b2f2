"""Where an article speaks of somebody without the name: `the Russian leader`, `the president`, `he`."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from .resolve import Scene
from .roles import find_holder, role_pattern
from .stops import sentence_ends

# Offices that an article may name without their country, with the titles under which it names the holder.
_OFFICES = {
    "president": ("President",),
    "vice president": ("Vice President", "Vice-President"),
    "prime minister": ("Prime Minister",),
    "premier": ("Premier",),
    "chancellor": ("Chancellor",),
    "secretary of state": ("Secretary of State",),
    "attorney general": ("Attorney General",),
    "senator": ("Sen.", "Senator"),
    "congressman": ("Rep.", "Congressman"),
    "congresswoman": ("Rep.", "Congresswoman"),
    "governor": ("Gov.", "Governor"),
    "mayor": ("Mayor",),
    "king": ("King",),
    "queen": ("Queen",),
    "pope": ("Pope",),
}
_PRONOUNS = {"he": "m", "his": "m", "she": "f", "her": "f"}
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|Her)\b(?!/)")
_LINE = re.compile(r"[\r\n\u2028\u2029]")
_BESIDE = re.compile(r"\b(?:former|ex|late|then|vice|Vice|Former|incoming|outgoing|acting|deputy)[ -]$")
_TITLE = 24  # as far before a name as its title is read


def find_references(text: str, mentions: Sequence[tuple], rows: Sequence[tuple]) -> list[tuple[int, int, str, str]]:
    """start, end, name and kind (`role` or `pronoun`) of what stands for somebody whom the article names elsewhere.

    `mentions` are (start, end, name, kind), `rows` those of `read_speech`. A role counts where one person only is named
    in its office: `the Russian leader` after "Russian President Vladimir Putin", `the president` where no other
    president is named. `he` and `she` outside quotation marks are whom `resolve_speakers` would take them for: the
    nearest earlier speaker or subject of that gender, if that is clear. So is `his` where the sentence has not named
    two men yet (in "Putin thanked Kim for his support" it is not clear), and `Her` where a sentence begins. Of several
    pronouns of one gender the first in each sentence counts.
    """
    people = sorted(mention for mention in mentions if mention[3] == "person")
    if not people:
        return []
    scene = Scene(text, list(mentions), list(rows))
    scene.resolve(sorted((row[5][0], at, row[5][1]) for at, row in enumerate(rows) if row[5]))
    found = _find_roles(text, people)
    edges = sorted([*sentence_ends(text, 0, len(text)), *(match.end() for match in _LINE.finditer(text))])
    done = set()
    for match in _PRONOUN.finditer(text, people[0][1]):  # nobody is named before
        sentence, gender = bisect_right(edges, match.start()), _PRONOUNS[match[0].lower()]
        if (sentence, gender) in done or scene.in_marks(match.start()):
            continue
        begin = edges[sentence - 1] if sentence else 0
        if match[0] == "his" and scene.names_men(begin, match.start()) > 1:
            continue
        done.add((sentence, gender))
        if name := scene.find_referent(match.start(), gender):
            found.append((match.start(), match.end(), name, "pronoun"))
    return sorted(found)


def _find_roles(text: str, people: Sequence[tuple]) -> list[tuple[int, int, str, str]]:
    starts, found, holders = {mention[0] for mention in people}, [], {}
    for match in role_pattern().finditer(text):
        if match.end() + 1 not in starts:  # else it is the title of whom it names
            if match[0] not in holders:
                holders[match[0]] = find_holder(match[0], text, people)
            found.append((*match.span(), holders[match[0]]))
    named = _named_in_office(text, people)
    for match in _role().finditer(text) if named else ():
        office = match["office"].lower()
        if len(named[office]) == 1 and match.end() + 1 not in starts:
            found.append((*match.span(), next(iter(named[office]))))
    return [(start, end, name, "role") for start, end, name in found if name]


def _named_in_office(text: str, people: Sequence[tuple]) -> dict[str, set[str]]:
    """Whom the article names with the title of each office, but not as its former holder."""
    named = defaultdict(set)
    for start, _, name, _ in people:
        before = text[max(0, start - _TITLE) : start].rstrip()
        if title := _title().search(before):
            if not _BESIDE.search(before, 0, title.start()):
                for office in _offices_of()[title[0]]:
                    named[office].add(name)
    return named


@cache
def _offices_of() -> dict[str, list[str]]:
    offices = defaultdict(list)
    for office, titles in _OFFICES.items():
        for title in titles:
            offices[title].append(office)
    return offices


@cache
def _title() -> re.Pattern:
    titles = sorted(map(re.escape, _offices_of()), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(titles)})$")


@cache
def _role() -> re.Pattern:
    """`the president`, but not `the president of France`, `the president-elect`, `the president and chief …`."""
    offices = "|".join(sorted(_OFFICES, key=len, reverse=True))
    return re.compile(rf"\b[Tt]he (?P<office>{offices})\b(?!-| of | and chief| pro tem|’s? of )", re.IGNORECASE)
