"""Which mentions in one article are of one and the same, and of what kind are those that their words do not tell."""

import re
from functools import cache
from typing import NamedTuple

from .capitals import trie
from .kinds import person_key
from .mentions import Mention
from .name_lists import fold_name, name_lists
from .speakers import reporting_verbs

_ADVERBS = r"(?:has |have |had |also |then |later |again |reportedly |repeatedly |\w+ly |is |was ){0,2}"
_SAID_BEFORE = re.compile(r"(?:said|says|according to|told|added|wrote) $")
# Behind a name stands who it is: ", the head of", ", 45,".
_APPOSITION = re.compile(
    r", (?:\d\d,|(?:an?|the|who|whose|his|her|one|former|head|chief|president|professor|executive|author|senior"
    r"|co-\w+|spokes\w+|chair\w*|(?:[\w-]+ )?director) )"
)
# "Kim Il Sung square"
_PLACE = re.compile(r" (?:square|airport|stadium|hospital|avenue|street|university|bridge|palace)\b")
_ALSO_NAMED = re.compile(r" and (?:the )?[A-Z]\w+(?: [A-Z]\w+)?")
# "An ambassador to Russia warned" is no warning of Russia's.
_GOVERNED = re.compile(r"\b(?:to|in|of|with|from|at|for|against|on|near|by|over|about) (?:the )?$")
_OPENING = " \t\"'“‘«([—–-*•·"
_ENDS = ".!?:;…\n\r\u2028\u2029”’\"'"


class Spots(NamedTuple):
    """A mention and every place in the article where it stands."""

    mention: Mention
    starts: list[int]


class Named(NamedTuple):
    """What a mention is folded to, and where it stands."""

    text: str
    name: str
    kind: str
    starts: list[int]


class _Person:
    """Somebody's full name, and how often and where first it is printed."""

    def __init__(self) -> None:
        self.start, self.count, self.name = -1, 0, ""

    def add(self, name: str, starts: list[int]) -> None:
        first = min(starts)
        longer = (name.count(" "), len(name)) > (self.name.count(" "), len(self.name))
        if not self.count or longer:
            self.name = name
        self.start = min(first, self.start) if self.count else first
        self.count += len(starts)


def fold_mentions(text: str, found: list[Spots]) -> list[Named]:
    """What each mention in one article is folded to; those that nothing tells to be names are left out."""
    single = {mention.word for mention, _ in found if mention.word and (not mention.kind or mention.titled)}
    known = {mention.key.rpartition(" ")[2] for mention, _ in found if mention.kind == "person" and not mention.word}
    told, people = [], {}
    for each in found:
        mention = each.mention
        if not mention.word and mention.kind in ("", "person"):
            if not mention.kind:
                each = _read_unknown(text, each, single, known)  # noqa: PLW2901
            else:
                places, each = _read_place(text, each)  # noqa: PLW2901
                told += places
            if each.mention.kind == "person" and each.starts:
                people.setdefault(each.mention.key, _Person()).add(each.mention.name, each.starts)
        told.append(each)
    by_word, bodies = _by_word(people), _bodies(told)
    named = []
    for each in told:
        mention, starts = each
        if mention.kind == "person" and not mention.word:
            named += [Named(mention.name, people[mention.key].name, "person", starts)] if starts else []
        elif mention.word in by_word and not mention.acronym:
            named += _name_single(text, each, by_word[mention.word][0], bodies)
        else:
            named += _name(text, each, bodies)
    return named


def _name(text: str, each: Spots, bodies: dict[str, str]) -> list[Named]:
    """A mention that belongs to nobody's full name."""
    mention, starts = each
    name, kind = mention.name, mention.kind
    if mention.word and (not kind or kind == "person"):
        if mention.acronym and not mention.titled:
            return [Named(name, bodies[name], "organisation", starts)] if name in bodies else []
        return [Named(name, name, "person", starts)] if mention.titled or _is_somebody(text, each) else []
    if not kind:
        return []
    printed = text[starts[0] : starts[0] + mention.end - mention.start]
    if mention.governs:
        acting = [start for start in starts if _acts(text, start, start + len(printed))]
        if acting:
            rest = [start for start in starts if start not in set(acting)]
            return [Named(printed, name, "government", acting), Named(printed, name, kind, rest)]
    return [Named(printed, bodies.get(mention.key, name) if kind == "organisation" else name, kind, starts)]


def _name_single(text: str, each: Spots, person: _Person, bodies: dict) -> list[Named]:
    """A single word that a full name begins or ends with; a country or town of that name stays one before it."""
    mention, starts = each
    if mention.kind in ("", "person"):
        return [Named(mention.name, person.name, "person", starts)]
    if mention.governs:
        return _name(text, each, bodies)
    after = [start for start in starts if start > person.start and text[start - 3 : start] != "in "]
    before = [start for start in starts if start not in set(after)]
    rest = _name(text, Spots(mention, before), bodies) if before else []
    return [Named(mention.name, person.name, "person", after), *rest]


def _read_unknown(text: str, each: Spots, single: set[str], known: set[str]) -> Spots:
    """Words that no list knows are a person's name if their last also stands alone, if they speak, or are explained."""
    mention, starts = each
    words = mention.name.split(" ")
    last = fold_name(words[-2] if words[-1] in ("Jr", "Jr.") else words[-1])
    if last in known and all(_opens(text, start) for start in starts):  # “Welcome Putin”
        shift = len(mention.name) - len(words[-1])
        return Spots(mention._replace(name=words[-1], key=last, word=last), [start + shift for start in starts])
    length = mention.end - mention.start
    if last in single or any(
        _speaks(text, start, start + length) or _APPOSITION.match(text, start + length) for start in starts
    ):
        return Spots(mention._replace(kind="person", key=person_key(mention.name)), starts)
    return each


def _read_place(text: str, each: Spots) -> tuple[list[Spots], Spots]:
    """The places that are called after a person, and where the person is meant."""
    mention, starts = each
    length = mention.end - mention.start
    after = {start: match for start in starts if (match := _PLACE.match(text, start + length))}
    places = []
    for start, match in after.items():
        name = text[start : match.end()]
        place = mention._replace(name=name, kind="place", key=fold_name(name), end=mention.start + len(name))
        places.append(Spots(place, [start]))
    return places, Spots(mention, [start for start in starts if start not in after]) if after else each


def _is_somebody(text: str, each: Spots) -> bool:
    """Whether a single word names somebody: it is a first name or a surname, or it says something.

    Where only its place may have given it a capital, somebody must own something: "Zoë's".
    """
    name, length = each.mention.name, len(each.mention.name)
    lists = name_lists()
    told = name in lists.surnames or name in lists.first_names
    told = told or any(_speaks(text, start, start + length) for start in each.starts)
    return told and any(
        not _opens(text, start) or text[start + length : start + length + 2] in ("'s", "’s") for start in each.starts
    )


def _opens(text: str, start: int) -> bool:
    """Whether a sentence may begin here, so that a capital letter says nothing."""
    before = text[max(0, start - 3) : start]
    bare = before.rstrip(_OPENING)
    return not bare or bare[-1] in _ENDS or len(bare) < len(before.rstrip(" "))


def _speaks(text: str, start: int, end: int) -> bool:
    said, _ = _verbs()
    return bool(said.match(text, end) or _SAID_BEFORE.search(text, max(0, start - 13), start))


def _acts(text: str, start: int, end: int) -> bool:
    """Whether a country or capital is the subject of a verb of saying or acting, as only a government can be."""
    _, acts = _verbs()
    acting = acts.match(text, end)
    if not acting and text.startswith(" and ", end) and (other := _ALSO_NAMED.match(text, end)):
        acting = acts.match(text, other.end())
    return bool(acting) and not _GOVERNED.search(text, max(0, start - 14), start)


@cache
def _verbs() -> tuple[re.Pattern, re.Pattern]:
    said = sorted(form for form in reporting_verbs() if not form.endswith("ing"))
    acts = sorted({*said, *name_lists().words["acts"]})
    return re.compile(rf" {_ADVERBS}{trie(said)}\b"), re.compile(rf" {_ADVERBS}{trie(acts)}\b")


def _by_word(people: dict[str, _Person]) -> dict[str, list[_Person]]:
    """For each word that a full name begins or ends with, whose it may be: named in full most often, or first."""
    by_word = {}
    for key, person in people.items():
        words = key.removesuffix(" jr").split(" ")
        for word in {words[0], words[-1]}:
            by_word.setdefault(word, []).append(person)
    for some in by_word.values():
        if len(some) > 1:
            some.sort(key=lambda person: (-person.count, person.start))
    return by_word


def _bodies(told: list[Spots]) -> dict[str, str]:
    """The fullest printing of each body in the article, by its key and by its initials."""
    fullest = {}
    for mention, _ in told:
        if mention.kind == "organisation" and len(mention.name) > len(fullest.get(mention.key, "")):
            fullest[mention.key] = mention.name
    for name in list(fullest.values()):
        if name.count(" ") > 1:
            fullest.setdefault("".join(word[0] for word in name.split() if word[0].isupper()), name)
    return fullest
