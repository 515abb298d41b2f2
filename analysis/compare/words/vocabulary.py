"""Which printings count as one word, and which words are stop words."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from ...corpus.stop_words import stop_words
from ...corpus.tokens import encode, fold_word, unify
from ...shipped import read_lines
from ...tables import InputError, quoted

FOLDS = ("case", "spelling", "plural")


class Folded(NamedTuple):
    """The word that a printing is counted as, and what made it so."""

    term: str
    kinds: tuple[str, ...]


def code_words(texts: pd.Series, fold: bool | Sequence[str]) -> tuple[np.ndarray, np.ndarray, pa.Array]:
    """The words of all texts as places in a vocabulary (sorted), how many of them each text has, and the vocabulary."""
    codes, counts, printed = code_printings(texts)
    vocabulary, folded = fold_vocabulary(printed, fold)
    return folded[codes], counts, vocabulary


def code_printings(texts: pd.Series) -> tuple[np.ndarray, np.ndarray, pa.Array]:
    """The same of words as printed, in the order of their first appearance."""
    counts, words = [np.zeros(0, dtype=np.int64)], []
    for chunk in encode(texts.fillna("").tolist()):
        counts.append(chunk.counts)
        words.append(chunk.words)
    codes, printed = unify(words)
    return codes, np.concatenate(counts), printed


def fold_vocabulary(printed: pa.Array, fold: bool | Sequence[str]) -> tuple[pa.Array, np.ndarray]:
    """The words to be counted, sorted, and for every printed word the place of its own among them."""
    kinds = check_fold(fold)
    printed = printed.to_pylist()
    folded = pd.array([fold_term(word, kinds) for word in printed] if kinds else printed, dtype="str")
    codes, vocabulary = pd.factorize(folded, sort=True)
    return pa.array(vocabulary, type=pa.large_string()), codes


def check_fold(fold: bool | Sequence[str]) -> tuple[str, ...]:
    """The kinds of folds that are meant, in their order."""
    if isinstance(fold, bool):
        return FOLDS if fold else ()
    kinds = [fold] if isinstance(fold, str) else list(fold)
    if not set(kinds) <= set(FOLDS):
        raise InputError(f"fold is {fold!r}, but must be True, False or some of {quoted(FOLDS)}")
    return tuple(kind for kind in FOLDS if kind in kinds or (kind == "case" and kinds))


def fold_term(word: str, kinds: Sequence[str] = FOLDS) -> str:
    """The word that a printed word is counted as: a function of the printing alone, so that partitions add up.

    As `fold_word`; then one spelling (`spellings.txt`: the American, but where American news print the British one);
    then the singular (`plurals.txt`), unless the printing has a capital and is a name with one (`plural_names.txt`).

    >>> [fold_term(word) for word in ("Defence", "sanctions", "Sanctions", "gates", "Gates", "news", "U.S")]
    ['defense', 'sanction', 'sanction', 'gate', 'gates', 'news', 'u.s.']
    """
    term = fold_word(word)
    if "spelling" in kinds:
        term = _spellings().get(term, term)
    if "plural" in kinds and term in _plurals() and not (word[0].isupper() and term in _plural_names()):
        term = _plurals()[term]
    return term


def explain_fold(word: str, kinds: Sequence[str]) -> Folded:
    """What `fold_term` makes of a word, and which folds it took: possessive, spelling, plural, or else case."""
    if not kinds:
        return Folded(word, ())
    term = fold_term(word, kinds)
    plain = fold_word(word)
    spelt = fold_term(word, [kind for kind in kinds if kind != "plural"])
    steps = {
        "possessive": word[-2:].lower() in ("'s", "’s", "ʼs"),
        "spelling": spelt != plain,
        "plural": term != spelt,
    }
    return Folded(term, tuple(kind for kind, taken in steps.items() if taken) or ("case",) * (term != word))


def find_stop_words(vocabulary: pa.Array) -> np.ndarray:
    listed = stop_words()
    words = vocabulary.to_pylist()
    return np.fromiter((fold_word(word) in listed for word in words), dtype=bool, count=len(words))


@cache
def _spellings() -> dict[str, str]:
    return dict(line.split() for line in read_lines("spellings.txt"))


@cache
def _plurals() -> dict[str, str]:
    return dict(line.split() for line in read_lines("plurals.txt"))


@cache
def _plural_names() -> frozenset[str]:
    return frozenset(read_lines("plural_names.txt"))
