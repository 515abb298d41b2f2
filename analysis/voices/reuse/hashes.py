"""Runs of words as 64-bit numbers that are the same in every process, partition and version of Python."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import pandas as pd

from ...corpus.tokens import Chunk
from ..places import changes, expand, place, place_spans

# Odd, with well-mixed bits: the golden ratio in 64 bits, and the constants of splitmix64 (Steele, Lea, Flood 2014).
STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


class Words(NamedTuple):
    """Every word of a corpus: its hash, where it stands, and which stretch between two artefacts it belongs to."""

    hashes: np.ndarray  # uint64, of the folded word
    starts: np.ndarray  # int32, code points in the article's text
    ends: np.ndarray
    stretches: np.ndarray  # int32, never falling; no run of words leaves its stretch
    rows: np.ndarray  # for each stretch the position of its article


def mix(numbers: np.ndarray) -> np.ndarray:
    """Spread each number over all 64 bits, one to one, so that sums and high bits of near numbers are unrelated."""
    numbers = numbers ^ (numbers >> np.uint64(30))
    numbers *= _MIX[0]
    numbers ^= numbers >> np.uint64(27)
    numbers *= _MIX[1]
    numbers ^= numbers >> np.uint64(31)
    return numbers


def hash_runs(hashes: np.ndarray, n: int, at: np.ndarray | None = None) -> np.ndarray:
    """The hash of the n words from each place on; of those `at` these places only."""
    if at is not None:
        runs = np.zeros(len(at), dtype=np.uint64)
        for place in range(n):
            runs *= STEP
            runs += hashes[at + place]
        return mix(runs)
    runs, length = hashes[: len(hashes) if len(hashes) >= n else 0], 1
    for bit in f"{n:b}"[1:]:  # two runs side by side are one of twice the length, and one word more where n is odd
        runs = _put_behind(runs, runs, length, length)
        length *= 2
        if bit == "1":
            runs = _put_behind(runs, hashes, length, 1)
            length += 1
    return mix(runs)


def _put_behind(runs: np.ndarray, others: np.ndarray, length: int, more: int) -> np.ndarray:
    """Each run of this length together with the `more` words of the other that begins behind it."""
    count = max(len(runs) - more, 0)
    joined = runs[:count] * np.uint64(pow(int(STEP), more, 2**64))
    joined += others[length : length + count]
    return joined


def hash_groups(numbers: np.ndarray, firsts: np.ndarray) -> np.ndarray:
    """The hash of each group of neighbouring numbers, in their order; `firsts` are where the groups begin."""
    if not len(firsts):
        return np.zeros(0, dtype=np.uint64)
    sizes = np.diff(firsts, append=len(numbers))
    powers = np.full(sizes.max(), STEP, dtype=np.uint64)
    powers[0] = 1
    np.cumprod(powers, out=powers)
    places = np.arange(len(numbers)) - np.repeat(firsts, sizes)
    # One more for each place, so that a number of 0 counts as well.
    return mix(np.add.reduceat((numbers + np.uint64(1)) * powers[places], firsts) + sizes.astype(np.uint64))


def read_words(articles: pd.DataFrame, chunks: Iterable[Chunk], artefacts: pd.DataFrame) -> Words:
    """The hashed words of all articles, in order, without those that touch an artefact; `chunks` are all of them."""
    left_out = place_spans(artefacts, articles)
    nothing = (*(np.zeros(0, kind) for kind in (np.uint64, np.int32, np.int32, bool, np.int64)),)
    with ThreadPoolExecutor(2) as pool:  # NumPy lets go of the interpreter
        parts = [nothing, *pool.map(lambda chunk: _leave_out(chunk, left_out), chunks)]
        hashes, starts, ends, opens, rows = pool.map(np.concatenate, zip(*parts, strict=True))
    return Words(hashes, starts, ends, np.cumsum(opens, dtype=np.int32) - np.int32(1), rows)


def _leave_out(chunk: Chunk, left_out: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, ...]:
    """Hashes, starts and ends of the words that touch nothing left out, which open a stretch, and in which article."""
    row = np.repeat(np.arange(chunk.first, chunk.first + len(chunk.counts)), chunk.counts)
    keep = _outside(row, chunk.starts, chunk.ends, left_out)
    opens = (changes(row) | np.append(True, ~keep[:-1]))[keep] if len(row) else keep
    return chunk.words[keep], chunk.starts[keep], chunk.ends[keep], opens, row[keep][opens]


def _outside(row: np.ndarray, start: np.ndarray, end: np.ndarray, left_out: tuple) -> np.ndarray:
    """Whether each word touches no span that is left out."""
    starts, ends = left_out
    keep = np.ones(len(row), dtype=bool)
    if not len(starts) or not len(row):
        return keep
    here = slice(*np.searchsorted(starts, [place(row[:1], 0)[0], place(row[-1:] + 1, 0)[0]]))
    firsts = np.searchsorted(place(row, end), starts[here], side="right")
    lasts = np.maximum(np.searchsorted(place(row, start), ends[here], side="left"), firsts)
    keep[expand(firsts, lasts - firsts)] = False
    return keep
