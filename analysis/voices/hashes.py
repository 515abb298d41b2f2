"""Words and runs of words as 64-bit numbers that are the same in every process, partition and version of Python."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..corpus.tokens import fold_word, tokenize

# Characters of text taken at once: the offsets of ten million characters' words stay under 100 MB.
_BLOCK = 10_000_000
# Odd, with well-mixed bits: the golden ratio in 64 bits, and the constants of splitmix64 (Steele, Lea, Flood 2014).
_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


class Words(NamedTuple):
    """Every word of a corpus: its hash, where it stands, and which stretch between two artefacts it belongs to."""

    hashes: np.ndarray  # uint64, of the folded word
    starts: np.ndarray  # int32, code points in the article's text
    ends: np.ndarray
    stretches: np.ndarray  # int32, never falling; no run of words leaves its stretch
    rows: np.ndarray  # for each stretch the position of its article


def hash_strings(strings: Iterable[str]) -> np.ndarray:
    """A 64-bit number for each string (uint64), always the same one; Python's own `hash` changes between processes."""
    digests = [hashlib.blake2b(string.encode("utf-8", "surrogatepass"), digest_size=8).digest() for string in strings]
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64)


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
    count = max(len(hashes) - n + 1, 0)
    runs = np.zeros(count if at is None else len(at), dtype=np.uint64)
    for place in range(n):
        runs *= _STEP
        runs += hashes[place : place + count] if at is None else hashes[at + place]
    return mix(runs)


def hash_groups(numbers: np.ndarray, firsts: np.ndarray) -> np.ndarray:
    """The hash of each group of neighbouring numbers, in their order; `firsts` are where the groups begin."""
    if not len(firsts):
        return np.zeros(0, dtype=np.uint64)
    sizes = np.diff(firsts, append=len(numbers))
    powers = np.full(sizes.max(), _STEP, dtype=np.uint64)
    powers[0] = 1
    np.cumprod(powers, out=powers)
    places = np.arange(len(numbers)) - np.repeat(firsts, sizes)
    # One more for each place, so that a number of 0 counts as well.
    return mix(np.add.reduceat((numbers + np.uint64(1)) * powers[places], firsts) + sizes.astype(np.uint64))


def read_words(articles: pd.DataFrame, artefacts: pd.DataFrame) -> Words:
    """The hashed words of all articles, in order, without those that touch an artefact."""
    texts = articles["text"].fillna("")
    left_out = place_spans(artefacts, articles)
    known, rows, done = {}, [np.zeros(0, np.int64)], 0
    parts = [(np.zeros(0, np.uint64), *[np.zeros(0, np.int32)] * 3)]
    for first, last in blocks_of(texts):
        words = tokenize(texts.iloc[first:last].to_frame("text"))
        row, start, end = (words[column].to_numpy() for column in ("row", "start", "end"))
        row = row + first
        cuts = _count_cuts(row, start, end, left_out)
        keep = np.diff(cuts, prepend=0) == 0
        row, start, end, cuts, hashes = (array[keep] for array in (row, start, end, cuts, _hash(words["word"], known)))
        opens = changes(row) | changes(cuts)
        rows.append(row[opens])
        stretches = np.cumsum(opens) + (done - 1)
        done += len(rows[-1])
        parts.append((hashes, start.astype(np.int32), end.astype(np.int32), stretches.astype(np.int32)))
    return Words(*(np.concatenate(part) for part in zip(*parts, strict=True)), rows=np.concatenate(rows))


def blocks_of(texts: pd.Series) -> list[tuple[int, int]]:
    """first and last (exclusive) of neighbouring texts of about `_BLOCK` characters together."""
    block = np.cumsum(texts.str.len().to_numpy(dtype=np.int64)) // _BLOCK
    edges = np.append(np.flatnonzero(changes(block)), len(block))
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))


def place_spans(spans: pd.DataFrame, articles: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Where spans start and end, as places in the whole corpus (see `place`), sorted; spans of other articles are left
    out."""
    rows = pd.Index(articles["article"]).get_indexer(spans["article"])
    here = rows >= 0
    starts, ends = (place(rows[here], spans[edge].to_numpy(dtype=np.int64)[here]) for edge in ("start", "end"))
    order = np.argsort(starts, kind="stable")
    return starts[order], ends[order]


def place(rows: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """One number for an article's position and an offset in its text, in the order of both."""
    return (rows.astype(np.int64) << 32) | offsets


def changes(values: np.ndarray) -> np.ndarray:
    """Where a value differs from the one before it; the first always does."""
    found = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=found[1:])
    return found


def expand(firsts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """first, first + 1, … for each first, as many as its size."""
    return np.arange(sizes.sum()) + np.repeat(firsts - (np.cumsum(sizes) - sizes), sizes)


def _count_cuts(row: np.ndarray, start: np.ndarray, end: np.ndarray, left_out: tuple) -> np.ndarray:
    """For each word how many words up to and with it touch a span that is left out."""
    starts, ends = left_out
    if not len(starts) or not len(row):
        return np.zeros(len(row), dtype=np.int64)
    here = slice(*np.searchsorted(starts, [place(row[:1], 0)[0], place(row[-1:] + 1, 0)[0]]))
    firsts = np.searchsorted(place(row, end), starts[here], side="right")
    lasts = np.maximum(np.searchsorted(place(row, start), ends[here], side="left"), firsts)
    depth = np.bincount(firsts, minlength=len(row) + 1) - np.bincount(lasts, minlength=len(row) + 1)
    return np.cumsum(np.cumsum(depth[:-1]) > 0)


def _hash(words: pd.Series, known: dict[str, int]) -> np.ndarray:
    """The hash of each word as it is counted; `known` are those of the blocks before."""
    printed = words.cat.categories.tolist()
    new = [word for word in printed if word not in known]
    known.update(zip(new, hash_strings(map(fold_word, new)).tolist(), strict=True))
    return np.array([known[word] for word in printed], dtype=np.uint64)[words.cat.codes.to_numpy()]
