"""Read which words a user takes as labels of one thing, and make them into patterns that find them."""

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from ...tables import InputError, quoted

OF_CONCEPT = ("labels", "not_in", "near", "not_near")
OF_LABEL = ("forms", "not_in", "near", "not_near")
_EXAMPLE = 'a table for each concept, such as [pact] with labels = ["pact", "deal"]'
# Words of a phrase stand apart by a space, a hyphen or a line's end. Two marks of speech between them are two voices.
_BETWEEN = r"[\s\-‐‑]{1,3}"
_WORDS = re.compile(r"[^\s\-‐‑]+")
_HAS_WORD = re.compile(r"[^\W_]")


class Concept(NamedTuple):
    """A concept ready to be looked for: group i + 1 of `pattern` is `phrases[i]`, which is label `label_of[i]`.

    A phrase of `not_in` has `counts[i]` False: it is found like a form of the label that stands in it, and not counted.
    """

    name: str
    labels: list[str]
    pattern: re.Pattern
    loose: str  # matches whatever `pattern` does and more, in Arrow's dialect
    phrases: list[str]
    label_of: list[int]
    counts: list[bool]
    near: list[list[re.Pattern]]  # for each label: of each pattern one match must stand in the sentence
    not_near: list[re.Pattern | None]


def read_concepts(path: str | os.PathLike) -> dict[str, dict]:
    """Which words does this file take as labels of which thing?

    A TOML file with a table for each concept, the thing that is labelled:

        [treaty]
        labels = ["treaty", "accord", "deal"]   # all words that name it, in the order of the tables and charts
        not_in = ["peace treaty"]               # optional: a label within one of these phrases is not counted
        near = ["Moscow"]                       # optional: one of these must stand in the same sentence
        not_near = ["Cold War"]                 # optional: none of these may

        [treaty.accord]                         # optional: what holds for one label only
        forms = ["accords", "entente"]          # printings that count as this label; plurals do not by themselves

    `not_in`, `near` and `not_near` may stand under one label too; what stands above holds for all. Case is ignored,
    words may be apart by a space or a hyphen, and of two labels in one place the longer counts. It gives the file's
    tables as dicts, and says nothing of whether the words mean the thing.

    Raises:
        InputError: for a file that can't be read, a key that is not known, an empty or repeated label, a rule for a
            label that is not listed, or a phrase of `not_in` without a label in it

    Example:
        >>> list(read_concepts("seeds/concepts.toml"))
        ['pact', 'war']
    """
    if not isinstance(path, (str, os.PathLike)):
        raise InputError(f"read_concepts needs the path of a TOML file, but was given a {type(path).__name__}")
    name = Path(path).name
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
        concepts = tomllib.loads(text.replace("\r\n", "\n"))
    except OSError as error:
        reason = "does not exist" if isinstance(error, FileNotFoundError) else f"can't be opened ({error.strerror})"
        raise InputError(f"'{path}' {reason}; expected a TOML file with {_EXAMPLE}") from None
    except UnicodeDecodeError:
        raise InputError(f"'{name}' is not in UTF-8; expected a TOML file with {_EXAMPLE}") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "too deep"
        raise InputError(f"'{name}' can't be read as TOML ({reason}); expected {_EXAMPLE}") from None
    make_concepts(concepts, where=f"'{name}'")
    return concepts


def make_concepts(concepts: Mapping | str | os.PathLike, *, verb: str = "", where: str = "concepts") -> list[Concept]:
    """The concepts of a file, or of the dict read from it, checked and ready to be looked for."""
    if isinstance(concepts, (str, os.PathLike)):
        where, concepts = f"'{Path(concepts).name}'", read_concepts(concepts)
    if not isinstance(concepts, Mapping):
        given = type(concepts).__name__
        raise InputError(f"{verb} needs the path of a TOML file or the dict read from it, but was given a {given}")
    if not concepts and where != "concepts":  # a file that holds none is a mistake, no concepts in a script are none
        raise InputError(f"{where} names no concept; expected {_EXAMPLE}")
    return [_make_concept(str(name), table, f"{where}, concept '{name}'") for name, table in concepts.items()]


def _make_concept(name: str, table: object, where: str) -> Concept:
    if not isinstance(table, Mapping):
        raise InputError(f"{where}: {table!r} is no table; expected {_EXAMPLE}")
    if "labels" not in table:
        for key in table:
            if key not in OF_CONCEPT:
                raise InputError(f"{where}: the key '{key}' is not known; {_nearest(key, OF_CONCEPT)}")
        raise InputError(f"{where}: there are no labels; expected {_EXAMPLE}")
    labels = _read_phrases(table, "labels", where)
    if not labels:
        raise InputError(f"{where}: labels is empty; expected {_EXAMPLE}")
    for key, value in table.items():
        if key not in OF_CONCEPT and key not in labels:
            known = labels if isinstance(value, Mapping) else OF_CONCEPT
            what = "is not among its labels" if isinstance(value, Mapping) else "is not known"
            raise InputError(f"{where}: the key '{key}' {what}; {_nearest(key, known)}")
    rules = {label: _read_rules(table.get(label, {}), f"{where}, label '{label}'") for label in labels}

    phrases = [(label, i) for i, label in enumerate(labels)]
    phrases += [(form, i) for i, label in enumerate(labels) for form in rules[label]["forms"]]
    forms = {}
    for phrase, label in phrases:
        if _spell(phrase) in forms:
            first = labels[forms[_spell(phrase)]]
            raise InputError(f"{where}: '{phrase}' stands under '{first}' already; expected each label and form once")
        forms[_spell(phrase)] = label
    outer = [(phrase, where) for phrase in _read_phrases(table, "not_in", where)]
    outer += [(phrase, f"{where}, label '{label}'") for label in labels for phrase in rules[label]["not_in"]]
    inside = _compile([phrase for phrase, _ in phrases])
    counted = len(phrases)
    for phrase, place in outer:
        found = inside.search(" ".join(_WORDS.findall(phrase)))
        if not found or _spell(phrase) in forms:
            what = "is itself one" if found else "holds none"
            raise InputError(f"{place}: not_in has '{phrase}', but needs phrases with a label in them, and this {what}")
        phrases.append((phrase, phrases[found.lastindex - 1][1]))

    order = sorted(range(len(phrases)), key=lambda i: -len(phrases[i][0]))  # of two at one place the longer is found
    common = {key: _read_phrases(table, key, where) for key in ("near", "not_near")}
    near = [[_compile(words) for words in (common["near"], rules[label]["near"]) if words] for label in labels]
    not_near = [common["not_near"] + rules[label]["not_near"] for label in labels]
    return Concept(
        name=name,
        labels=labels,
        pattern=_compile([phrases[i][0] for i in order]),
        loose="|".join("(?s:.{1,3})".join(map(_escape, _WORDS.findall(phrase))) for phrase, _ in phrases),
        phrases=[phrases[i][0] for i in order],
        label_of=[phrases[i][1] for i in order],
        counts=[i < counted for i in order],
        near=near,
        not_near=[_compile(words) if words else None for words in not_near],
    )


def _read_rules(table: object, where: str) -> dict[str, list[str]]:
    if not isinstance(table, Mapping):
        raise InputError(f"{where}: {table!r} is no table; expected one with keys of {quoted(OF_LABEL)}")
    for key in table:
        if key not in OF_LABEL:
            raise InputError(f"{where}: the key '{key}' is not known; {_nearest(key, OF_LABEL)}")
    return {key: _read_phrases(table, key, where) for key in OF_LABEL}


def _read_phrases(table: Mapping, key: str, where: str) -> list[str]:
    phrases = table.get(key, [])
    if not isinstance(phrases, (list, tuple)):
        raise InputError(f"{where}: {key} is {phrases!r}, but must be a list of words or phrases")
    for phrase in phrases:
        if not isinstance(phrase, str) or not _HAS_WORD.search(phrase):
            raise InputError(f"{where}: {key} has {phrase!r}, but must be a list of words or phrases")
    return list(phrases)


def _nearest(key: str, known: Sequence[str]) -> str:
    close = get_close_matches(key.lower(), known, n=1, cutoff=0.5)
    return f"did you mean '{close[0]}'?" if close else f"expected one of {quoted(known)}"


def _spell(phrase: str) -> str:
    """The one spelling of all printings that a phrase matches."""
    return " ".join(_WORDS.findall(phrase)).casefold().replace("’", "'")


def _compile(phrases: Sequence[str]) -> re.Pattern:
    """A pattern with a group for each phrase, which must begin and end with a word."""
    parts = [_BETWEEN.join(map(_escape, _WORDS.findall(phrase))) for phrase in phrases]
    return re.compile(rf"(?<!\w)(?:{'|'.join(f'({part})' for part in parts)})(?!\w)", re.IGNORECASE)


def _escape(word: str) -> str:
    return re.sub("['’]", "['’]", re.escape(word))
