"""Which mentions in one article are of one and the same, and of what kind are those that their words do not tell."""

import re
from dataclasses import replace
from functools import cache

from ..verbs import any_of, reporting_verbs
from .kinds import person_key
from .mentions import Mention
from .name_lists import fold_name, name_lists

_ADVERBS = r"(?:has |have |had |also |then |later |again |reportedly |repeatedly |\w++(?<=\wly) |is |was ){0,2}"
_SAID_BEFORE = ("said ", "says ", "according to ", "told ", "added ", "wrote ")
_SAID_ENDS = frozenset(said[-2:] for said in _SAID_BEFORE)
# Behind a name stands who it is: ", the head of", ", 45,".
_APPOSITION = re.compile(
    r", (?:\d\d,|(?:an?|the|who|whose|his|her|one|former|head|chief|president|professor|executive|author|senior"
    r"|co-\w+|spokes\w+|chair\w*|(?:[\w-]+ )?director) )"
)
# "Kim Il Sung square"
_PLACES = "square airport stadium hospital avenue street university bridge palace".split()
_PLACE = re.compile(rf" (?:{'|'.join(_PLACES)})\b")
_PLACE_OPENS = frozenset(f" {word[:2]}" for word in _PLACES)
_ALSO_NAMED = re.compile(r" and (?:the )?[A-Z]\w+(?: [A-Z]\w+)?")
# "An ambassador to Russia warned" is no warning of Russia's.
_GOVERNED = re.compile(r"\b(?:to|in|of|with|from|at|for|against|on|near|by|over|about) (?:the )?$")
_OPENING = " \t\"'“‘«([—–-*•·"
_ENDS = ".!?:;…\n\r\u2028\u2029”’\"'"


# Plain tuples, for there are hundreds in an article: a mention and every place in the article where it stands; what is
# printed, the name that it is folded to, its kind, and where it stands.
Spots = tuple[Mention, list[int]]
Named = tuple[str, str, str, list[int]]


class _Person:
    """Somebody's full name, and how often and where first it is printed."""

    def __init__(self) -> None:
        self.start, self.count, self.name = -1, 0, ""

    def add(self, name: str, starts: list[int]) -> None:
        first = starts[0]  # they are in the order of the text
        if not self.count:
            self.start, self.name = first, name
        else:
            if (name.count(" "), len(name)) > (self.name.count(" "), len(self.name)):
                self.name = name
            self.start = min(first, self.start)
        self.count += len(starts)


def fold_mentions(text: str, found: list[Spots]) -> list[Named]:
    """What each mention in one article is folded to; those that nothing tells to be names are left out."""
    single, known = set(), set()
    for mention, _ in found:
        word, kind = mention.word, mention.kind
        if word:
            if not kind or mention.titled:
                single.add(word)
        elif kind == "person":
            known.add(mention.key.rpartition(" ")[2])
    told, people = [], {}
    for mention, starts in found:
        if not mention.word and (kind := mention.kind) in ("", "person"):
            if not kind:
                mention, starts = _read_unknown(text, mention, starts, single, known)  # noqa: PLW2901
            else:
                places, starts = _read_place(text, mention, starts)  # noqa: PLW2901
                told += places
            if mention.kind == "person" and starts:
                if (key := mention.key) not in people:
                    people[key] = _Person()
                people[key].add(mention.name, starts)
        told.append((mention, starts))
    by_word, bodies = _by_word(people), _bodies(told)
    named = []
    for mention, starts in told:
        word, kind = mention.word, mention.kind
        if kind == "person" and not word:
            if starts:
                named.append((mention.name, people[mention.key].name, kind, starts))
        elif word in by_word and not mention.acronym:
            named += _name_single(text, mention, starts, by_word[word][0], bodies)
        elif kind and kind != "person":
            named += _name_listed(text, mention, starts, bodies)
        elif mention.acronym and not mention.titled:
            if word and mention.name in bodies:
                named.append((mention.name, bodies[mention.name], "organisation", starts))
        elif word and (mention.titled or _is_somebody(text, mention.name, starts)):
            named.append((mention.name, mention.name, "person", starts))
    return named


def _name_listed(text: str, mention: Mention, starts: list[int], bodies: dict[str, str]) -> list[Named]:
    """A place or body; a country or capital is a government where it acts."""
    name, kind = mention.name, mention.kind
    printed = text[starts[0] : starts[0] + mention.end - mention.start]
    if mention.governs:
        length = len(printed)
        acting = [
            start for start in starts if text.startswith(" ", start + length) and _acts(text, start, start + length)
        ]
        if acting:
            others = set(starts).difference(acting)
            rest = [start for start in starts if start in others]
            return [(printed, name, "government", acting), (printed, name, kind, rest)]
    return [(printed, bodies.get(mention.key, name) if kind == "organisation" else name, kind, starts)]


def _name_single(text: str, mention: Mention, starts: list[int], person: _Person, bodies: dict) -> list[Named]:
    """A single word that a full name begins or ends with; a country or town of that name stays one before it."""
    if mention.kind in ("", "person"):
        return [(mention.name, person.name, "person", starts)]
    if mention.governs:
        return _name_listed(text, mention, starts, bodies)
    after = [start for start in starts if start > person.start and text[start - 3 : start] != "in "]
    earlier = set(starts).difference(after)
    before = [start for start in starts if start in earlier]
    rest = _name_listed(text, mention, before, bodies) if before else []
    return [(mention.name, person.name, "person", after), *rest]


def _read_unknown(text: str, mention: Mention, starts: list[int], single: set[str], known: set[str]) -> Spots:
    """Words that no list knows are a person's name if their last also stands alone, if they speak, or are explained."""
    words = mention.name.split(" ")
    last = fold_name(words[-2] if words[-1] in ("Jr", "Jr.") else words[-1])
    if last in known and all(_opens(text, start) for start in starts):  # “Welcome Putin”
        shift = len(mention.name) - len(words[-1])
        return replace(mention, name=words[-1], key=last, word=last), [start + shift for start in starts]
    length = mention.end - mention.start
    told = last in single or _speaks(text, starts, length)
    if told or any(_APPOSITION.match(text, start + length) for start in starts):
        return replace(mention, kind="person", key=person_key(mention.name)), starts
    return mention, starts


def _read_place(text: str, mention: Mention, starts: list[int]) -> tuple[list[Spots], list[int]]:
    """The places that are called after a person, and where the person is meant."""
    length = mention.end - mention.start
    for start in starts:
        if text[start + length : start + length + 3] in _PLACE_OPENS:  # behind few names
            break
    else:
        return [], starts
    after = {start: match for start in starts if (match := _PLACE.match(text, start + length))}
    places = []
    for start, match in after.items():
        name = text[start : match.end()]
        place = replace(mention, name=name, kind="place", key=fold_name(name), end=mention.start + len(name))
        places.append((place, [start]))
    return places, [start for start in starts if start not in after]


def _is_somebody(text: str, name: str, starts: list[int]) -> bool:
    """Whether a single word names somebody: it is a first name or a surname, or it says something.

    Where only its place may have given it a capital, somebody must own something: "Zoë's".
    """
    lists, length = name_lists(), len(name)
    if name not in lists.surnames and name not in lists.first_names and not _speaks(text, starts, length):
        return False
    return any(not _opens(text, start) or text.startswith(("'s", "’s"), start + length) for start in starts)


def _opens(text: str, start: int) -> bool:
    """Whether a sentence may begin here, so that a capital letter says nothing."""
    before = text[max(0, start - 3) : start]
    bare = before.rstrip(_OPENING)
    return not bare or bare[-1] in _ENDS or len(bare) < len(before.rstrip(" "))


def _speaks(text: str, starts: list[int], length: int) -> bool:
    """Whether the name says something at any of its places."""
    said, _ = _verbs()
    for start in starts:
        # Two characters tell most often that no verb stands before it.
        if text[start - 2 : start] in _SAID_ENDS and text.endswith(_SAID_BEFORE, 0, start):
            return True
        if said.match(text, start + length):
            return True
    return False


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
    return re.compile(rf" {_ADVERBS}{any_of(said)}\b"), re.compile(rf" {_ADVERBS}{any_of(acts)}\b")


def _by_word(people: dict[str, _Person]) -> dict[str, list[_Person]]:
    """For each word that a full name begins or ends with, whose it may be: named in full most often, or first."""
    by_word = {}
    for key, person in people.items():
        words = key.removesuffix(" jr").split(" ")
        by_word.setdefault(words[0], []).append(person)
        if words[-1] != words[0]:
            by_word.setdefault(words[-1], []).append(person)
    for some in by_word.values():
        if len(some) > 1:
            some.sort(key=lambda person: (-person.count, person.start))
    return by_word


def _bodies(told: list[Spots]) -> dict[str, str]:
    """The fullest printing of each body in the article, by its key and by its initials."""
    fullest = {}
    for mention, _ in told:
        if mention.kind == "organisation":
            key, name = mention.key, mention.name
            if key not in fullest or len(name) > len(fullest[key]):
                fullest[key] = name
    for name in list(fullest.values()):
        if name.count(" ") > 1:
            fullest.setdefault("".join([word[0] for word in name.split() if word[0].isupper()]), name)
    return fullest
