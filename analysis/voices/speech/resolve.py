"""Whose name a printed speaker stands for: the head of `Russian President Vladimir Putin`, the man behind `he`."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from ..names.name_lists import fold_name, name_lists
from .roles import find_holder
from .stops import sentence_ends

# A pronoun is looked up in its own paragraph and the one before; further back only through paragraphs that name nobody.
_PARAGRAPHS = 4
_LONGEST_LOOK = 3_000
_PRONOUNS = {"he": "m", "she": "f"}
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
_LOWER_BEFORE = re.compile(r"\b[a-z][\w’'-]* (?:for|to|of|from|with|at|in|near|against|on|by|inside|within) ")
_HEADS = re.compile(r"(?:,| of | from | \(|$| who\b)")
_OWNER = re.compile(r"[’']s?\s")
_GOVERNED = re.compile(
    r"\b(?:of|for|to|with|by|from|against|about|on|at|in|between|and|than|like|over|upon|into|via|toward|towards|"
    r"told|tells|asked|met|thanked|urged|accused|praised|called|calling|joined|backed|beat|fired|replaced)"
    r" (?:(?:the|a|an|his|her|their|former|then|[A-Z][\w.-]*)[ -]){0,4}$"
)
# "A spokesman said … He said": he is the spokesman, whose name is not told.
_ROLE = re.compile(r"(?:the|a|an|one|another|his|her|their) (?!.*(?:s|media|police|people)$)", re.IGNORECASE)
_EXPLAINED = re.compile(r", (?:the|an?|his|her) [^,.;:!?\n]{3,140} and ")
# "The Fisher case" is nobody who acts.
_THING = re.compile(
    r" (?:administration|campaign|case|team|camp|allies|ally|aides?|supporters?|adviser|family|foundation|era|voters?"
    r"|rally|speech|plan|bill|email|emails|presidency|spokes\w+|official|officials|critics?|fans?|tweet|tweets|lawyer)\b"
)
_PARAGRAPH = re.compile(r"[\r\n\u2028\u2029]\s*")
_LINE = re.compile(r"\n\s*")  # found many times faster
_TOGETHER = re.compile(r"(?: and|,|/)(?: [\w.]+)* ?$")


def resolve_speakers(text: str, mentions: list[tuple], rows: list[tuple]) -> list[tuple[int, str]]:
    """Which rows of `read_speech` have a speaker that the `mentions` of the article name, and what is that name?

    `he` and `she` are the nearest earlier speaker or subject of their gender, in the same paragraph or the one before;
    where a man of no name spoke last, or nobody is near, they stay as printed, as do `they`, `I`, `we` and
    most roles (`the Russian leader` is whom the article names with that nationality and office).
    """
    if not mentions:
        return []
    # In the order of the text; several rows may share one printed speaker.
    spoken = sorted([(row[5][0], at, row[5][1]) for at, row in enumerate(rows) if row[5]])
    return Scene(text, mentions, rows).resolve(spoken)


class Scene:
    """One article: its text, who is named where, what stands in marks, and who has been found to speak where."""

    def __init__(self, text: str, mentions: list[tuple], rows: list[tuple]) -> None:
        self.text, self.rows = text, rows
        self.mentions = sorted(mentions)
        self.mention_starts = [mention[0] for mention in self.mentions]
        self.spoke: list[tuple[int, str, str]] = []  # place, speaker as printed, name or nothing
        self.genders: dict[str, str] = {}

    # What follows only pronouns and some roles ask for.

    @cached_property
    def people(self) -> list[tuple]:
        return [mention for mention in self.mentions if mention[3] == "person"]

    @cached_property
    def people_starts(self) -> list[int]:
        return [mention[0] for mention in self.people]

    @cached_property
    def paragraphs(self) -> list[int]:
        """Where each paragraph but the first begins."""
        breaks = _LINE if all(mark not in self.text for mark in "\r\u2028\u2029") else _PARAGRAPH
        return [match.end() for match in breaks.finditer(self.text)]

    @cached_property
    def marked(self) -> list[tuple[int, int]]:
        """start and end of what stands in marks."""
        return sorted([(row[0], row[1]) for row in self.rows if row[2] != "reported"])

    @cached_property
    def marked_starts(self) -> list[int]:
        return [start for start, _ in self.marked]

    @cached_property
    def named(self) -> dict[str, list[int]]:
        """Where each person is named."""
        named = {}
        for start, _, name, _ in self.people:
            named.setdefault(name, []).append(start)
        return named

    def resolve(self, spoken: list[tuple]) -> list[tuple[int, str]]:
        """The row and the name of every speaker that is told."""
        resolved, last, name = [], -1, ""
        for start, row, end in spoken:
            if start != last:
                printed = self.text[start:end]
                last, name = start, self._name_of(printed, start, end)
                self.spoke.append((start, printed, name))
            if name:
                resolved.append((row, name))
        return resolved

    def _name_of(self, printed: str, start: int, end: int) -> str:
        gender = _PRONOUNS.get(printed.lower())
        if gender:
            return self.find_referent(start, gender)
        name = self._head(start, end)
        # Most speakers without a name are "they", "officials", "the source": no office of a country's.
        if name or " " not in printed or printed.islower():
            return name
        return find_holder(printed, self.text, self.people)

    def _head(self, start: int, end: int) -> str:
        """The name that the words of a speaker are about: not the possessor, nor whom a spokesman speaks for."""
        text = self.text
        if text.startswith(" and ", start - 5) and (explained := self._explained(start)):
            return explained
        at = bisect_left(self.mention_starts, start)
        # Most speakers are a name and no more.
        if at < len(self.mentions) and self.mentions[at][:2] == (start, end):
            return self.mentions[at][2]
        inside = [
            mention for mention in self.mentions[at : bisect_left(self.mention_starts, end, at)] if mention[1] <= end
        ]
        if not inside:
            return ""
        first, last = inside[0], inside[-1]
        opened = first[0] == start or _is_opened_by(text[start : first[0]])
        if opened and (first[1] == end or _HEADS.match(text[first[1] : end][:6])):
            return first[2]
        before, behind = text[start : last[0]], text[last[1] : end].strip(" ,.")
        together = len(inside) > 1 and _TOGETHER.search(text[inside[-2][1] : last[0]])
        if behind or together or _LOWER_BEFORE.search(before):
            return ""
        return last[2]

    def _explained(self, start: int) -> str:
        """Who the second half of `Chang Ho-jin, the adviser and a former ambassador,` is."""
        at = bisect_left(self.people_starts, start) - 1
        if at < 0:
            return ""
        _, end, name, _ = self.people[at]
        near = start - end <= 150 and self.text.startswith(", ", end)
        return name if near and _EXPLAINED.fullmatch(self.text, end, start) else ""

    def find_referent(self, place: int, gender: str) -> str:
        """Whom a pronoun at `place` stands for; empty if it is not clear."""
        end = place
        for start in self._sentence_starts(place):
            name = self._subject(start, end, gender)
            if name is not None:
                return name
            end = start
        return ""

    def _sentence_starts(self, place: int) -> Iterator[int]:
        """Where the sentences before `place` begin, nearest first: read only as far back as somebody asks."""
        end, paragraphs = place, self._paragraph_starts(place)
        for at, begin in enumerate(paragraphs):
            starts = list(sentence_ends(self.text, begin, end))
            yield from (start for start in reversed(starts) if not self.in_marks(start))
            if at + 1 == len(paragraphs) or (at and self._outside(begin, place)):
                yield begin
                return
            if not self.in_marks(begin):
                yield begin
            end = begin

    def _paragraph_starts(self, place: int) -> list[int]:
        """Where the paragraph that holds `place` begins, and those before it, nearest first."""
        begin, last = max(0, place - _LONGEST_LOOK), bisect_right(self.paragraphs, place)
        starts = self.paragraphs[max(bisect_right(self.paragraphs, begin), last - _PARAGRAPHS) : last]
        return [*reversed(starts), *([begin] if len(starts) < _PARAGRAPHS else [])]

    def _subject(self, start: int, end: int, gender: str) -> str | None:
        """Who speaks or acts in a sentence: a name, empty if it is somebody unnamed, None if nobody fits."""
        for at in range(bisect_left(self.spoke, (end,)) - 1, -1, -1):
            place, printed, name = self.spoke[at]
            if place < start:
                break
            if name in self.named and self.fits(name, gender):
                return name
            if not name and _is(printed, gender):
                return ""
            if not name and _ROLE.match(printed):
                return ""
        people = [mention for mention in self._outside(start, end) if self.fits(mention[2], gender)]
        if not people or self._starts_with_pronoun(start, people[0][0], gender):
            return None  # "Though he did not mention Marco Rubio": he is named further back
        for mention in people:
            if not self._is_object(start, mention):
                return mention[2]
        people = [mention for mention in people if not _THING.match(self.text, mention[1])]
        return people[0][2] if len({mention[2] for mention in people}) == 1 else None

    def _is_object(self, start: int, mention: tuple) -> bool:
        before = self.text[max(start, mention[0] - 60) : mention[0]]
        behind = _OWNER.match(self.text, mention[1]) or _THING.match(self.text, mention[1])
        return bool(behind or _GOVERNED.search(before))

    def names_men(self, start: int, end: int) -> int:
        """How many men are named between two places, as far back as a pronoun is looked up."""
        first = bisect_left(self.people_starts, max(start, end - _LONGEST_LOOK))
        near = {name for _, _, name, _ in self.people[first : bisect_left(self.people_starts, end)]}
        return sum(self.fits(name, "m") for name in near)

    def _starts_with_pronoun(self, start: int, end: int, gender: str) -> bool:
        pronouns = (match.start() for match in _PRONOUN.finditer(self.text, start, end) if _is(match[0], gender))
        return any(not self.in_marks(place) for place in pronouns)

    def _outside(self, start: int, end: int) -> list[tuple]:
        """The people named between two places, but not in a quotation."""
        some = self.people[bisect_left(self.people_starts, start) : bisect_left(self.people_starts, end)]
        return [mention for mention in some if not self.in_marks(mention[0])]

    def in_marks(self, place: int) -> bool:
        at = bisect_right(self.marked_starts, place) - 1
        return at >= 0 and self.marked[at][0] < place < self.marked[at][1]

    def fits(self, name: str, gender: str) -> bool:
        if name not in self.genders:
            self.genders[name] = self._gender(name)
        return self.genders[name] in (gender, "b")

    def _gender(self, name: str) -> str:
        """m, f, or b where neither title nor first name tells."""
        words = name_lists().words
        for start in self.named[name]:
            title = self.text[max(0, start - 20) : start].rstrip().rpartition(" ")[2]
            if title in words["title_woman"]:
                return "f"
            if title in words["title_man"]:
                return "m"
        first = name.split(" ", maxsplit=1)[0]
        if " " not in name or first in words["family_first"]:
            return "b"
        first_names = name_lists().first_names
        return first_names.get(first, first_names.get(fold_name(first).split(" ")[0], "b"))


def _is(printed: str, gender: str) -> bool:
    return _PRONOUNS.get(printed.lower()) == gender


def _is_opened_by(before: str) -> bool:
    """Whether only titles and nationalities stand before a name that opens a speaker's words."""
    return all([word[0].isupper() or word.lower() in ("the", "of", "state") for word in before.split()])
