"""Every word of a text as a 64-bit number, without looking at words one by one.

Words that are folded to one form have one number, whichever way it is reached: most words hold plain letters, whose
form is known from their bytes; the rest is folded by `fold_word`, each printing once.
"""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
import pyarrow as pa

from .hashes import STEP, mix
from .tokens import Chunk, fold_word, read_chunks

# A longer word is hashed by itself, so that a gigabyte without a space takes no array of numbers as long.
_LONGEST = 64
# Bytes whose numbers are summed at once: few enough to stay in the processor's cache.
_PIECE = 1 << 16
_POINT, _S, _U, _STRAIGHT = b".sU'"
_CURLY = "’".encode()


def hash_words(texts: list[str], *, alone: bool = True) -> Iterator[Chunk]:
    """The words of all texts, chunk by chunk, as `encode` has them, but as hashes (uint64) of their folded forms."""
    return read_chunks(_hash_chunk, texts, alone=alone)


def hash_strings(strings: Iterable[str]) -> np.ndarray:
    """A 64-bit number for each string (uint64), always the same one; Python's own `hash` changes between processes."""
    strings = [string.encode("utf-8", "surrogatepass") for string in strings]
    sizes = np.fromiter(map(len, strings), dtype=np.int64, count=len(strings))
    long = sizes > _LONGEST
    ends = np.cumsum(sizes)
    hashes = _hash_bytes(b"".join(strings), ends - sizes, np.where(long, ends - sizes, ends))
    for at in np.flatnonzero(long):
        hashes[at] = int.from_bytes(hashlib.blake2b(strings[at], digest_size=8).digest(), "little")
    return hashes


def _hash_chunk(text: str, edges: np.ndarray, character_edges: np.ndarray) -> np.ndarray:
    data = text.encode("utf-8", "surrogatepass")
    printed = np.frombuffer(data, dtype=np.uint8)
    starts, ends = edges[::2], edges[1::2]
    sizes = ends - starts
    wide = sizes - (character_edges[1::2] - character_edges[::2])  # bytes more than characters
    # A possessive: an apostrophe is always behind a letter, so that such a word has three bytes or more.
    last = np.flatnonzero((printed[ends - 1] | 0x20) == _S)
    last = last[sizes[last] > len("'s")]
    before = printed[ends[last] - 2]
    sizes[last[before == _STRAIGHT]] -= len("'s")
    last = last[before == _CURLY[-1]]
    last = last[np.all([printed[ends[last] - 4 + at] == byte for at, byte in enumerate(_CURLY)], axis=0)]
    sizes[last] -= len(_CURLY) + 1
    wide[last] -= len(_CURLY) - 1
    odd = _find_odd(printed, starts, sizes, wide)
    hashes = _hash_bytes(data.lower(), starts, starts + np.where(odd, 0, sizes))
    if odd.any():
        hashes[odd] = _hash_odd(data, starts[odd], ends[odd])
    return hashes


def _find_odd(printed: np.ndarray, starts: np.ndarray, sizes: np.ndarray, wide: np.ndarray) -> np.ndarray:
    """The words whose folded form is not that of their bytes in small letters: `café`, `U.S`, `US`; and the longest."""
    odd = (sizes > _LONGEST) | (wide > 0)
    odd |= (sizes > 1) & (printed[np.minimum(starts + 1, len(printed) - 1)] == _POINT)
    capital = np.flatnonzero(printed[starts] == _U)
    odd[capital[sizes[capital] <= len("USA")]] = True
    return odd


def _hash_odd(data: bytes, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Each word folded on its own, but only once where it is printed again."""
    # Arrow strings lie side by side, so what stands between two words is one too, and then left out.
    offsets = np.stack([starts, ends], axis=1).ravel()
    pieces = pa.LargeBinaryArray.from_buffers(
        pa.large_binary(), len(offsets) - 1, [None, pa.py_buffer(offsets), pa.py_buffer(data)]
    )
    words = pieces.take(pa.array(np.arange(0, len(pieces), 2))).dictionary_encode()
    return hash_strings(map(_fold, words.dictionary.to_pylist()))[words.indices.to_numpy(zero_copy_only=False)]


@lru_cache(1 << 17)
def _fold(word: bytes) -> str:
    return fold_word(word.decode("utf-8", "surrogatepass"))


def _hash_bytes(data: bytes, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """For each stretch of at most `_LONGEST` bytes the sum of its bytes, each times a power for its place in it.

    Such sums are differences of the running sum of all bytes, times a power for the place of the stretch.
    """
    powers, inverses = _powers()
    numbers, hashes = np.frombuffer(data, dtype=np.uint8), np.zeros(len(starts), dtype=np.uint64)
    sums = np.zeros(_PIECE + _LONGEST + 1, dtype=np.uint64)
    pieces = np.searchsorted(starts, np.arange(0, len(data), _PIECE)).tolist()
    for first, last in pairwise([*pieces, len(starts)]):
        if first == last:
            continue
        base = starts[first]
        begins, stops = starts[first:last] - base, ends[first:last] - base
        size = int(stops.max())
        np.cumsum(numbers[base : base + size] * powers[:size], out=sums[1 : size + 1])
        hashes[first:last] = (sums[stops] - sums[begins]) * inverses[begins]
    return mix(hashes)


@cache
def _powers() -> tuple[np.ndarray, np.ndarray]:
    """The powers of an odd number, and those of its inverse, as all numbers here modulo 2^64."""
    factors = int(STEP), pow(int(STEP), -1, 2**64)
    tables = np.empty((2, _PIECE + _LONGEST), dtype=np.uint64)
    for table, factor in zip(tables, factors, strict=True):
        table[:] = factor
        table[0] = 1
        np.cumprod(table, out=table)
    return tables[0], tables[1]
