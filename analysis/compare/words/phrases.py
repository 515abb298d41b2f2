"""Phrases that are counted as one term: where they stand among the words of all texts, as codes."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ...corpus.tokens import tokenize
from .vocabulary import check_fold, fold_term


def spell_out(phrases: Sequence[str], vocabulary: pa.Array, fold: bool | Sequence[str]) -> list[tuple[int, ...]]:
    """The words of each phrase as places in the vocabulary; a phrase with a word that nobody prints is left out.

    A phrase is read as given and as folded, so that the phrases of a table (`gates foundation`) and what a reader
    types (`Special Military Operations`) both find their words.
    """
    kinds = check_fold(fold)
    printed = tokenize(pd.DataFrame({"text": pd.Series(list(phrases), dtype="str")}))
    typed = printed["word"].astype("str").groupby(printed["row"]).agg(list)
    variants = {tuple(phrase.split()) for phrase in phrases}
    variants |= {tuple(fold_term(word, kinds) if kinds else word for word in words) for words in typed}
    listed = sorted(words for words in variants if len(words) > 1)
    flat = pa.array([word for words in listed for word in words], type=pa.large_string())
    places = iter(pc.index_in(flat, vocabulary).to_pylist())
    found = [tuple(next(places) for _ in words) for words in listed]
    return [phrase for phrase in found if None not in phrase]


def join_phrases(vocabulary: pa.Array, phrases: list[tuple[int, ...]]) -> pa.Array:
    """The vocabulary with the phrases behind its words."""
    words = vocabulary.to_pylist()
    return pa.array(
        [*words, *(" ".join(words[place] for place in phrase) for phrase in phrases)], type=pa.large_string()
    )


def merge_phrases(
    codes: np.ndarray, rows: np.ndarray, phrases: list[tuple[int, ...]], words: int
) -> tuple[np.ndarray, np.ndarray]:
    """Codes and rows in which each occurrence of a phrase is one code, `words` + its place among the phrases.

    From left to right the longest phrase that begins at a word is taken, and none crosses from one row to the next.
    """
    starts, lengths, numbers = _find_longest(codes, rows, phrases, words)
    kept = _keep_first(starts, lengths)
    starts, lengths, numbers = starts[kept], lengths[kept], numbers[kept]
    codes = codes.astype(np.int64)
    codes[starts] = words + numbers
    inside = np.zeros(len(codes) + 1, dtype=np.int8)  # phrases do not overlap, so +1 and −1 mark their other words
    inside[starts + 1] += 1
    inside[starts + lengths] -= 1
    whole = np.cumsum(inside[:-1], dtype=np.int8) == 0
    return codes[whole], rows[whole]


def _find_longest(
    codes: np.ndarray, rows: np.ndarray, phrases: list[tuple[int, ...]], words: int
) -> tuple[np.ndarray, ...]:
    """Start, length and number of the longest phrase at each word where one begins.

    All places go down the tree of the phrases' beginnings together, one word at a step: each step looks at the places
    that are still on a branch only.
    """
    numbers = {phrase: number for number, phrase in enumerate(phrases)}
    lengths, found = np.zeros(len(codes), dtype=np.int16), np.zeros(len(codes), dtype=np.int32)
    places, branch = np.arange(len(codes)), np.zeros(len(codes), dtype=np.int64)
    known = {(): 0}
    for depth in range(1, max(map(len, phrases), default=0) + 1):
        beginnings = sorted({phrase[:depth] for phrase in phrases if len(phrase) >= depth})
        steps = np.array([known[phrase[:-1]] * words + phrase[-1] for phrase in beginnings])
        order = np.argsort(steps)
        inside = places + depth - 1 < len(codes)
        places, branch = places[inside], branch[inside]
        inside = rows[places] == rows[places + depth - 1]
        places, branch = places[inside], branch[inside]
        step = branch * words + codes[places + depth - 1]
        at = np.minimum(np.searchsorted(steps, step, sorter=order), len(steps) - 1)
        inside = steps[order[at]] == step
        places, branch = places[inside], order[at[inside]]
        number = np.array([numbers.get(phrase, -1) for phrase in beginnings])[branch]
        lengths[places[number >= 0]] = depth
        found[places[number >= 0]] = number[number >= 0]
        known = {phrase: place for place, phrase in enumerate(beginnings)}
    starts = np.flatnonzero(lengths)
    return starts, lengths[starts], found[starts]


def _keep_first(starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Which stretches remain when from left to right each that begins inside one that remains is left out."""
    ends = starts + lengths
    kept = np.ones(len(starts), dtype=bool)
    # Only stretches that touch an earlier one can be left out, and they are few: the loop is over them.
    free = -1
    for number in np.flatnonzero(starts[1:] < np.maximum.accumulate(ends)[:-1]) + 1:
        if kept[number - 1]:
            free = ends[number - 1]
        kept[number] = starts[number] >= free
    return kept
