"""Where an article speaks of somebody without the name: `the Russian leader`, `the president`, `he`."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from .resolve import SENTENCE, Scene
from .roles import find_holder, role_pattern

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
_SENTENCE = 300  # as far before `his` as another man is looked for
_BESIDE = re.compile(r"\b(?:former|ex|late|then|vice|Vice|Former|incoming|outgoing|acting|deputy)[ -]$")
_TITLE = 24  # as far before a name as its title is read


def find_references(text: str, mentions: Sequence[tuple], rows: Sequence[tuple]) -> list[tuple[int, int, str, str]]:
    """start, end, name and kind (`role` or `pronoun`) of what stands for somebody whom the article names elsewhere.

    `mentions` are (start, end, name, kind), `rows` those of `read_speech`. A role counts where one person only is named
    in its office: `the Russian leader` after "Russian President Vladimir Putin", `the president` where no other
    president is named. `he` and `she` outside quotation marks are whom `resolve_speakers` would take them for: the
    nearest earlier speaker or subject of that gender, if that is clear. So is `his` where the sentence has named no
    other man yet (in "Putin thanked Kim for his support" it is not clear), and `Her` where a sentence begins.
    """
    people = sorted(mention for mention in mentions if mention[3] == "person")
    if not people:
        return []
    scene = Scene(text, list(mentions), list(rows))
    scene.resolve(sorted((row[5][0], at, row[5][1]) for at, row in enumerate(rows) if row[5]))
    found = _find_roles(text, people)
    for match in _PRONOUN.finditer(text, people[0][1]):  # nobody is named before
        if not scene.in_marks(match.start()):
            name = scene.find_referent(match.start(), _PRONOUNS[match[0].lower()])
            if name and not (match[0] == "his" and _names_another(scene, match.start(), name)):
                found.append((match.start(), match.end(), name, "pronoun"))
    return sorted(found)


def _names_another(scene: Scene, place: int, name: str) -> bool:
    """Whether the sentence names another man before `place`."""
    begin = max(0, place - _SENTENCE)
    breaks = [match.end() for match in SENTENCE.finditer(scene.text, begin, place)]
    begin = max([begin, scene.text.rfind("\n", begin, place), *breaks])
    near = scene.people[bisect_left(scene.people_starts, begin) : bisect_left(scene.people_starts, place)]
    return any(mention[2] != name and scene.fits(mention[2], "m") for mention in near)


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
