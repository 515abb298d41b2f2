"""Read one run of capitalised words: which names stand in it, of what kind, behind which title."""

from functools import cache, lru_cache
from typing import NamedTuple

from .name_lists import fold_name, name_lists

_PARTICLES = frozenset("de da del der di du la van von bin al ibn den".split())
_JOINS = frozenset(("of", "for", "on", "the", "and"))
_SUFFIXES = frozenset(("Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"))
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
_LONGEST_NAME = 5  # words of a person's name
_LONGEST_RUN = 40


class Mention(NamedTuple):
    """One name within a run (`start:end` of it). `kind` is empty where the words alone do not tell it."""

    start: int
    end: int
    name: str
    kind: str
    key: str  # what two printings of one name share
    word: str = ""  # a name of one word, folded
    titled: bool = False
    governs: bool = False
    acronym: bool = False


class _Token(NamedTuple):
    text: str
    start: int
    end: int


@lru_cache(maxsize=1 << 16)  # most runs stand in many articles
def read_run(run: str) -> tuple[Mention, ...]:
    """The names in a run of capitalised words, in order, without their titles.

    >>> [(mention.name, mention.kind) for mention in read_run("North Korean Foreign Minister Choe Son Hui")]
    [('Choe Son Hui', 'person')]
    """
    words, lists = run.split(" "), name_lists()
    if "-" not in run and lists.special.isdisjoint(words) and _JOINS.isdisjoint(words):
        if (
            len(words) == 2 and words[0] in lists.first_names and len(words[1]) > 3
        ):  # the most, so the first to be asked
            return (Mention(0, len(run), run, "person", fold_name(run)),)
        return _read_plain(run, words)
    tokens, at = [], 0
    for word in words:
        tokens += _split_hyphen(word, at) if "-" in word else [_Token(word, at, at + len(word))]
        at += len(word) + 1
    # Lists of headings run on for thousands of words; no name does.
    parts = (tokens[at : at + _LONGEST_RUN] for at in range(0, len(tokens), _LONGEST_RUN))
    return tuple(mention for part in parts for mention in _read(part))


def _read_plain(run: str, words: list[str]) -> tuple[Mention, ...]:
    """The name in words of which none is listed: a person's, or one that the article must tell."""
    if words[-1] in _PARTICLES or words[0] in _PARTICLES or len(words) > _LONGEST_NAME:
        return ()
    if len(words) == 1:
        small = len(run.rstrip(".")) < 2
        return () if small else (_mention([_Token(run, 0, len(run))], "", acronym=run.isupper() and len(run) <= 6),)
    if _is_person(words):
        start = sum(len(word) + 1 for word in words[: _misleading(words)])
        return (Mention(start, len(run), run[start:], "person", person_key(run[start:])),)
    return () if _odd(words) else (Mention(0, len(run), run, "", fold_name(run)),)


def _split_hyphen(word: str, at: int) -> list[_Token]:
    """`U.S.-Russia` as two words, `Russia-backed` as one; a hyphen within a name stays (`Ho-jin`, `Jean-Claude`)."""
    left, hyphen, right = word.partition("-")
    if hyphen and right:
        lists = name_lists()
        if right in lists.words["participle"]:
            return [_Token(left, at, at + len(left))]
        if (left in lists.listed or left in lists.demonyms) and word not in lists.listed and right[0].isupper():
            return [_Token(left, at, at + len(left)), *_split_hyphen(right, at + len(left) + 1)]
    return [_Token(word, at, at + len(word))]


def _read(tokens: list[_Token]) -> list[Mention]:
    """Cut at titles: what stands behind one is a person, what stands before it anything."""
    texts, words = [token.text for token in tokens], name_lists().words
    if words["title"].isdisjoint(texts) and words["title_part"].isdisjoint(texts):
        return _read_segment(tokens, titled=False)
    roles = _find_roles(texts)
    found, begin, at, titled = [], 0, 0, False
    while at < len(tokens):
        if not roles[at]:
            at += 1
            continue
        end = at
        while end < len(tokens) and roles[end]:
            end += 1
        found += _read_segment(tokens[begin:at], titled=titled)
        begin, at, titled = end, end, True
    return found + _read_segment(tokens[begin:], titled=titled)


def _find_roles(texts: list[str]) -> list[bool]:
    """Which words belong to a title: `Secretary of State`, but not `National Security Agency`."""
    words = name_lists().words
    role = [text in words["title"] or text in words["title_part"] for text in texts]
    if len(texts) == 1:
        return [texts[0] in words["title"]]
    for start, end in _listed_within(texts):  # "White House Press Secretary"
        if end - start > 1:
            role[start:end] = [False] * (end - start)
    for at in range(1, len(texts) - 1):
        if texts[at] in _JOINS and role[at - 1] and (role[at + 1] or texts[at + 1] in _JOINS):
            role[at] = True
    at = 0
    while at < len(texts):
        end = at
        while end < len(texts) and role[end]:
            end += 1
        block = texts[at:end]
        if block:
            known = any(text in words["title"] for text in block)
            before = texts[at - 1] if at else block[0]
            forename = before in name_lists().first_names or (len(before) == 2 and before[1] == ".")
            surname = len(block) == 1 and block[0] in _TITLES_OR_NAMES and forename
            head = end == len(texts) and _is_head(block[-1])
            of_body = end < len(texts) and any(_is_head(text) for text in texts[end : end + 2]) and not known
            if not known or surname or head or of_body or (end < len(texts) and _ends_as_body(texts[at:])):
                role[at:end] = [False] * len(block)
        at = end + 1
    return role


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


def _listed_within(texts: list[str]) -> list[tuple[int, int]]:
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


def _read_segment(tokens: list[_Token], *, titled: bool) -> list[Mention]:
    """The names in words without titles: cut at nationalities, days and other words that are in no name."""
    tokens = _trimmed(tokens)
    if not tokens:
        return []
    lists, texts = name_lists(), [token.text for token in tokens]
    listed = lists.listed.get(" ".join(texts))
    if listed is not None and (listed.governs or not titled):
        return [_listed(tokens)]
    if not _JOINS.isdisjoint(texts):
        at = next(at for at, text in enumerate(texts) if text in _JOINS)
        if kind := _kind_of_body_of(texts[:at]):
            return [_mention(tokens, kind)]
        return _read_segment(tokens[:at], titled=titled) + _read_segment(tokens[at + 1 :], titled=False)
    if kind := _kind_of_body(texts):
        return [_mention(tokens, kind)]
    if _is_person(texts):
        return [_person(tokens[_misleading(texts) :], titled=titled)]
    if len(texts) > 1 and texts[-1] in lists.words["no_name"]:
        return []  # "Iraq War", "Paris Agreement"
    for at, text in enumerate(texts if not lists.cuts.isdisjoint(texts) else ()):
        width = 2 if " ".join(texts[at : at + 2]) in lists.demonyms else 1
        if width == 2 or text in lists.demonyms or text in lists.words["no_name"]:
            rest = _read_segment(tokens[at + width :], titled=titled and at == 0)
            return _read_segment(tokens[:at], titled=titled) + rest
    if titled:
        return [_person(tokens, titled=True)] if len(tokens) <= _LONGEST_NAME else []
    return _read_unknown(tokens)


def _trimmed(tokens: list[_Token]) -> list[_Token]:
    lists = name_lists()
    begin, end = 0, len(tokens)
    while begin < end and (tokens[begin].text in lists.words["opener"] or tokens[begin].text in _JOINS):
        if " ".join(token.text for token in tokens[begin : begin + 2]) in lists.listed:  # "New York", "Far East"
            break
        begin += 1
    while begin < end and tokens[end - 1].text in (_JOINS | _PARTICLES):
        end -= 1
    return tokens[begin:end]


def _kind_of_body(texts: list[str]) -> str:
    """`organisation` or `place` where the last word, or the first, tells it."""
    lists = name_lists()
    last = texts[-1]
    if len(texts) < 2 or any(text in _JOINS for text in texts):
        return ""
    if last in _HEADS_OR_NAMES and len(texts) <= 3 and texts[0] in lists.first_names:
        return ""
    if last in lists.words["place"]:
        return "place"
    if last in lists.words["organisation"]:
        return "organisation"
    if texts[0] in lists.words["place_first"] and len(texts) == 2 and last not in lists.words["no_name"]:
        return "place" if " ".join(texts) not in lists.demonyms and last not in lists.demonyms else ""
    return ""


def _kind_of_body_of(before: list[str]) -> str:
    """The kind of `before of …`: `University`, `Ministry`, `Gulf`."""
    words = name_lists().words
    if not before:
        return ""
    if before[-1] in words["organisation_of"]:
        return "organisation"
    return "place" if before[-1] in words["place_of"] else ""


def _is_person(texts: list[str]) -> bool:
    lists = name_lists()
    names = [text for text in texts if text not in _PARTICLES and text not in _SUFFIXES]
    if not 2 <= len(names) <= _LONGEST_NAME - 1 or texts[0] in _PARTICLES:
        return False
    if any(text.isupper() and len(text) > 3 and "." not in text for text in names):
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


def _misleading(texts: list[str]) -> int:
    """1 if a name of three words has its first name in the middle: "Entrusting Donald Trump"."""
    lists = name_lists()
    first = texts[0] in lists.first_names or texts[0] in lists.words["family_first"] or "." in texts[0]
    return int(len(texts) > 2 and not first and texts[1] in lists.first_names and texts[2] not in _PARTICLES)


def _read_unknown(tokens: list[_Token]) -> list[Mention]:
    """One word or several that no list knows; a listed name beside a person's is cut off."""
    texts = [token.text for token in tokens]
    words = name_lists().words
    if len(texts) == 1:
        text = texts[0]
        small = len(text.rstrip(".")) < 2 or text in words["opener"] or text in words["title"]
        if small or text in words["title_part"] or text in words["place"] or text in words["organisation"]:
            return []
        return [_mention(tokens, "", acronym=text.isupper() and len(text) <= 6)]
    within = _listed_within(texts)
    if within:  # "North Korea Kim Jong Un", "U.S.-Russia"; of "Trump Russia Dossier" nothing is told
        found, done = [], 0
        for start, end in [*within, (len(texts), len(texts))]:
            if start > done:
                if not _is_person(texts[done:start]):
                    return []
                found.append(_person(tokens[done:start]))
            found += [_listed(tokens[start:end])] if end > start else []
            done = end
        return found
    return [_mention(tokens, "")] if len(tokens) <= _LONGEST_NAME and not _odd(texts) else []


def _odd(texts: list[str]) -> bool:
    return sum(text.isupper() and len(text) > 2 for text in texts) > 0 or texts[-1] in name_lists().words["opener"]


def _listed(tokens: list[_Token]) -> Mention:
    text = " ".join(token.text for token in tokens)
    listed = name_lists().listed[text]
    # Every spelling of a country is its listed name; a body is called what the article calls it.
    name = listed.name if listed.kind == "place" else text
    key = f"{listed.kind}:{listed.name}"
    word = "" if len(tokens) > 1 or text.isupper() else fold_name(text)
    return Mention(tokens[0].start, tokens[-1].end, name, listed.kind, key, word, governs=listed.governs)


def _mention(tokens: list[_Token], kind: str, *, acronym: bool = False) -> Mention:
    name = " ".join(token.text for token in tokens)
    key = fold_name(name)
    return Mention(tokens[0].start, tokens[-1].end, name, kind, key, key if len(tokens) == 1 else "", acronym=acronym)


def _person(tokens: list[_Token], *, titled: bool = False) -> Mention:
    return _mention(tokens, "person")._replace(key=person_key(" ".join(t.text for t in tokens)), titled=titled)


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
