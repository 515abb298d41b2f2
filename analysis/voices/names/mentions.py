"""Read one run of capitalised words: which names stand in it, of what kind, behind which title."""

from dataclasses import dataclass
from functools import lru_cache

from .kinds import (
    JOINS,
    LONGEST_NAME,
    PARTICLES,
    find_roles,
    is_odd,
    is_person,
    kind_of_body,
    kind_of_body_of,
    listed_within,
    misleading,
    person_key,
)
from .name_lists import fold_name, name_lists

_LONGEST_RUN = 40
_ENDS_NO_NAME = JOINS | PARTICLES


@dataclass(slots=True)  # fields of slots are read four times as fast as those of a named tuple
class Mention:
    """One name within a run (`start:end` of it). `kind` is empty where the words alone do not tell it.

    Articles share them: a changed one is a new one, by `dataclasses.replace`.
    """

    start: int
    end: int
    name: str
    kind: str
    key: str  # what two printings of one name share
    word: str = ""  # a name of one word, folded
    titled: bool = False
    governs: bool = False
    acronym: bool = False


_Token = tuple[str, int, int]  # a word with its place: a plain tuple, for most runs are read but once


@lru_cache(maxsize=1 << 17)  # most runs stand in many articles
def read_run(run: str) -> tuple[Mention, ...]:
    """The names in a run of capitalised words, in order, without their titles.

    >>> [(mention.name, mention.kind) for mention in read_run("North Korean Foreign Minister Choe Son Hui")]
    [('Choe Son Hui', 'person')]
    """
    words, lists = run.split(" "), name_lists()
    if "-" not in run and lists.special.isdisjoint(words) and JOINS.isdisjoint(words):
        if (
            len(words) == 2 and words[0] in lists.first_names and len(words[1]) > 3
        ):  # the most, so the first to be asked
            return (Mention(0, len(run), run, "person", fold_name(run)),)
        return _read_plain(run, words)
    tokens, at = [], 0
    for word in words:
        tokens += _split_hyphen(word, at) if "-" in word else [(word, at, at + len(word))]
        at += len(word) + 1
    # Lists of headings run on for thousands of words; no name does.
    if len(tokens) <= _LONGEST_RUN:
        return tuple(_read(tokens))
    parts = (tokens[at : at + _LONGEST_RUN] for at in range(0, len(tokens), _LONGEST_RUN))
    return tuple(mention for part in parts for mention in _read(part))


def _read_plain(run: str, words: list[str]) -> tuple[Mention, ...]:
    """The name in words of which none is listed: a person's, or one that the article must tell."""
    if words[-1] in PARTICLES or words[0] in PARTICLES or len(words) > LONGEST_NAME:
        return ()
    if len(words) == 1:
        if len(run.rstrip(".")) < 2:
            return ()
        key = fold_name(run)
        return (Mention(0, len(run), run, "", key, key, acronym=run.isupper() and len(run) <= 6),)
    if is_person(words):
        start = sum(len(word) + 1 for word in words[: misleading(words)])
        return (Mention(start, len(run), run[start:], "person", person_key(run[start:])),)
    return () if is_odd(words) else (Mention(0, len(run), run, "", fold_name(run)),)


def _split_hyphen(word: str, at: int) -> list[_Token]:
    """`U.S.-Russia` as two words, `Russia-backed` as one; a hyphen within a name stays (`Ho-jin`, `Jean-Claude`)."""
    left, hyphen, right = word.partition("-")
    if hyphen and right:
        lists = name_lists()
        if right in lists.words["participle"]:
            return [(left, at, at + len(left))]
        if (left in lists.listed or left in lists.demonyms) and word not in lists.listed and right[0].isupper():
            return [(left, at, at + len(left)), *_split_hyphen(right, at + len(left) + 1)]
    return [(word, at, at + len(word))]


def _read(tokens: list[_Token]) -> list[Mention]:
    """Cut at titles: what stands behind one is a person, what stands before it anything."""
    texts, words = [text for text, _, _ in tokens], name_lists().words
    if words["title"].isdisjoint(texts) and words["title_part"].isdisjoint(texts):
        return _read_segment(tokens, titled=False)
    roles = find_roles(texts)
    found, begin, at, titled = [], 0, 0, False
    while at < len(tokens):
        if not roles[at]:
            at += 1
            continue
        end = at
        while end < len(tokens) and roles[end]:
            end += 1
        if begin < at:
            found += _read_segment(tokens[begin:at], titled=titled)
        begin, at, titled = end, end, True
    return found + _read_segment(tokens[begin:], titled=titled) if begin < at else found


def _read_segment(tokens: list[_Token], *, titled: bool) -> list[Mention]:
    """The names in words without titles: cut at nationalities, days and other words that are in no name."""
    tokens = _trimmed(tokens)
    if not tokens:
        return []
    lists, texts = name_lists(), [text for text, _, _ in tokens]
    listed = lists.listed.get(" ".join(texts))
    if listed is not None and (listed.governs or not titled):
        return [_listed(tokens)]
    if not JOINS.isdisjoint(texts):
        at = next(at for at, text in enumerate(texts) if text in JOINS)
        if kind := kind_of_body_of(texts[:at]):
            return [_mention(tokens, kind)]
        return _read_segment(tokens[:at], titled=titled) + _read_segment(tokens[at + 1 :], titled=False)
    if kind := kind_of_body(texts):
        return [_mention(tokens, kind)]
    if is_person(texts):
        return [_person(tokens[misleading(texts) :], titled=titled)]
    if len(texts) > 1 and texts[-1] in lists.words["no_name"]:
        return []  # "Iraq War", "Paris Agreement"
    for at, text in enumerate(texts if not lists.cuts.isdisjoint(texts) else ()):
        width = 2 if " ".join(texts[at : at + 2]) in lists.demonyms else 1
        if width == 2 or text in lists.demonyms or text in lists.words["no_name"]:
            rest = _read_segment(tokens[at + width :], titled=titled and at == 0)
            return _read_segment(tokens[:at], titled=titled) + rest
    if titled:
        return [_person(tokens, titled=True)] if len(tokens) <= LONGEST_NAME else []
    return _read_unknown(tokens)


def _trimmed(tokens: list[_Token]) -> list[_Token]:
    lists = name_lists()
    begin, end = 0, len(tokens)
    while begin < end and (tokens[begin][0] in lists.words["opener"] or tokens[begin][0] in JOINS):
        if " ".join([text for text, _, _ in tokens[begin : begin + 2]]) in lists.listed:  # "New York", "Far East"
            break
        begin += 1
    while begin < end and tokens[end - 1][0] in _ENDS_NO_NAME:
        end -= 1
    return tokens[begin:end] if end - begin < len(tokens) else tokens


def _read_unknown(tokens: list[_Token]) -> list[Mention]:
    """One word or several that no list knows; a listed name beside a person's is cut off."""
    texts = [text for text, _, _ in tokens]
    words = name_lists().words
    if len(texts) == 1:
        text = texts[0]
        small = len(text.rstrip(".")) < 2 or text in words["opener"] or text in words["title"]
        if small or text in words["title_part"] or text in words["place"] or text in words["organisation"]:
            return []
        return [_mention(tokens, "", acronym=text.isupper() and len(text) <= 6)]
    within = listed_within(texts)
    if within:  # "North Korea Kim Jong Un", "U.S.-Russia"; of "Trump Russia Dossier" nothing is told
        found, done = [], 0
        for start, end in [*within, (len(texts), len(texts))]:
            if start > done:
                if not is_person(texts[done:start]):
                    return []
                found.append(_person(tokens[done:start]))
            found += [_listed(tokens[start:end])] if end > start else []
            done = end
        return found
    return [_mention(tokens, "")] if len(tokens) <= LONGEST_NAME and not is_odd(texts) else []


def _listed(tokens: list[_Token]) -> Mention:
    text = " ".join([text for text, _, _ in tokens])
    listed = name_lists().listed[text]
    # Every spelling of a country is its listed name; a body is called what the article calls it.
    name = listed.name if listed.kind == "place" else text
    key = f"{listed.kind}:{listed.name}"
    word = "" if len(tokens) > 1 or text.isupper() else fold_name(text)
    return Mention(tokens[0][1], tokens[-1][2], name, listed.kind, key, word, governs=listed.governs)


def _mention(tokens: list[_Token], kind: str, *, acronym: bool = False) -> Mention:
    name = " ".join([text for text, _, _ in tokens])
    key = fold_name(name)
    return Mention(tokens[0][1], tokens[-1][2], name, kind, key, key if len(tokens) == 1 else "", acronym=acronym)


def _person(tokens: list[_Token], *, titled: bool = False) -> Mention:
    name = " ".join([text for text, _, _ in tokens])
    word = fold_name(name) if len(tokens) == 1 else ""
    return Mention(tokens[0][1], tokens[-1][2], name, "person", person_key(name), word, titled)
