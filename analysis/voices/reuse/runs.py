"""Find the runs of words that articles share, and join them into passages; all of it arithmetic on whole arrays."""

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from ...corpus.hashes import hash_groups, hash_runs, mix
from ...corpus.places import changes, expand
from .words import Words

# Runs hashed at once: few enough to stay in the processor's cache.
_PIECE = 1 << 16
_HALF = np.uint64(1 << 63)
# In near mode: two words in a row stand together in any two texts.
SHORTEST = 3
# Articles that share so many words share a text, and a short run that no other article has is part of it.
KIN_WORDS = 100
# After an edit this many words must agree again: one alone is too often "the".
_AGREE_AGAIN = 2


class Passages(NamedTuple):
    """Every occurrence of every shared passage, in the order of the words."""

    firsts: np.ndarray  # position of its first and of its last word
    lasts: np.ndarray
    codes: np.ndarray  # which passage it is, from 0
    ids: np.ndarray  # for each code a hash of the passage's words

    def rows(self, words: Words) -> np.ndarray:
        """The position of the article of each occurrence."""
        return words.rows[words.stretches[self.firsts]]

    def members(self, words: Words) -> tuple[np.ndarray, np.ndarray]:
        """Each passage and article that prints it once: code and article, sorted."""
        rows = self.rows(words)
        base = rows.max(initial=0) + 1
        return np.divmod(np.unique(self.codes * base + rows), base)


def find_passages(words: Words, n: int, edits: int = 0) -> Passages:
    """The passages of at least n words that two or more articles share; over small edits if `edits` is above 0.

    Edited text does not always have n unchanged words in a row. So where articles share much in near passages, shorter
    runs count too that no other article has.
    """
    if not edits:
        return _join_runs(words, n)
    near = _grow(words, n, edits)
    kin = _kin_of(near, words)
    if not len(kin) or n <= SHORTEST:
        return near
    return _close_seams(_add(near, _grow(words, SHORTEST, edits), kin, words), kin, words, edits)


def _grow(words: Words, n: int, edits: int) -> Passages:
    return _extend(_join_near(_join_runs(words, n), words, edits), words, n, edits)


def _kin_of(passages: Passages, words: Words) -> np.ndarray:
    """The sets of articles that share at least `KIN_WORDS` words."""
    if not len(passages.codes):
        return np.zeros(0, dtype=np.uint64)
    longest = np.zeros(len(passages.ids), dtype=np.int64)
    np.maximum.at(longest, passages.codes, passages.lasts - passages.firsts + 1)
    sets, places = np.unique(_sets_of(passages, words), return_inverse=True)
    return sets[np.bincount(places, weights=longest) >= KIN_WORDS]


def _add(passages: Passages, short: Passages, kin: np.ndarray, words: Words) -> Passages:
    """The passages with the short ones that kin alone share and that lie within no other passage somewhere."""
    depth = np.bincount(passages.firsts, minlength=len(words.hashes) + 1)
    depth -= np.bincount(passages.lasts + 1, minlength=len(words.hashes) + 1)
    outside = np.concatenate(([0], np.cumsum(np.cumsum(depth[:-1]) == 0)))
    new = np.bincount(short.codes, weights=outside[short.lasts + 1] - outside[short.firsts]) > 0
    new &= np.isin(_sets_of(short, words), kin)
    is_new = new[short.codes]
    codes = (np.cumsum(new) - 1)[short.codes[is_new]] + len(passages.ids)
    return _in_order(
        np.append(passages.firsts, short.firsts[is_new]),
        np.append(passages.lasts, short.lasts[is_new]),
        np.append(passages.codes, codes),
        np.append(passages.ids, short.ids[new]),
    )


def _close_seams(passages: Passages, kin: np.ndarray, words: Words, edits: int) -> Passages:
    """Give a passage the words, at most `edits`, that lie between it and the next one of the same kin.

    Where a text was reordered, the next one stands elsewhere in the other article, and the words changed at the seam
    would belong to neither.
    """
    of = _sets_of(passages, words)[passages.codes]
    order = np.lexsort((passages.firsts, of))
    before, after = order[:-1], order[1:]
    gaps = passages.firsts[after] - passages.lasts[before] - 1
    close = (of[before] == of[after]) & np.isin(of[before], kin) & (gaps > 0) & (gaps <= edits)
    close &= words.stretches[passages.lasts[before]] == words.stretches[passages.firsts[after]]
    lasts = passages.lasts.copy()
    lasts[before[close]] += gaps[close]
    return passages._replace(lasts=lasts)


def _sets_of(passages: Passages, words: Words) -> np.ndarray:
    """For each passage a number for the set of articles that print it."""
    owners, rows = passages.members(words)
    return np.add.reduceat(mix(rows.astype(np.uint64) + np.uint64(1)), np.flatnonzero(changes(owners)))


def _join_runs(words: Words, n: int) -> Passages:
    """Runs of n words are joined to the next where every printing of the one, in any article, goes on with the other.

    Then neighbours have the same articles, and each passage is whole wherever a part of it is printed.
    """
    places = _repeated_places(words, n)
    _, kinds = np.unique(hash_runs(words.hashes, n, places), return_inverse=True)
    rows = words.rows[words.stretches[places]]
    low, high = np.full(len(places), rows.max(initial=0)), np.zeros(len(places), dtype=np.int64)
    np.minimum.at(low, kinds, rows)
    np.maximum.at(high, kinds, rows)
    shared = low[kinds] < high[kinds]  # else all printings are in one article
    places, kinds = places[shared], kinds[shared]
    same = words.stretches[places[1:]] == words.stretches[places[:-1]]
    joined = _always_together(kinds, (np.diff(places) == 1) & same)
    heads, tails = chains(joined, len(places))
    _, one, codes = np.unique(kinds[heads], return_index=True, return_inverse=True)
    firsts, lasts = places[heads], places[tails] + (n - 1)
    sizes = (lasts - firsts + 1)[one]
    ids = hash_groups(words.hashes[expand(firsts[one], sizes)], np.cumsum(sizes) - sizes)
    return Passages(firsts, lasts, codes, ids)


def _repeated_places(words: Words, n: int) -> np.ndarray:
    """Where a run of n words begins that stands elsewhere too, and sometimes (once in thousands) one that does not.

    One sort of 64-bit numbers, the upper bits of the run's hash above its position, is several times as fast as
    sorting positions by hash, and takes a third of the memory. Two threads share the work, for NumPy lets go of the
    interpreter: each hashes half of the runs, then sorts the half of all hashes that begin with the same bit.
    """
    count = max(len(words.hashes) - n + 1, 0)
    bits = np.uint64(int(count).bit_length())
    with ThreadPoolExecutor(2) as pool:
        halves = list(pool.map(lambda half: _hash_half(words, n, bits, half), _halve(count)))
        places = np.concatenate(list(pool.map(lambda parts: _find_repeated(parts, bits), zip(*halves, strict=True))))
    places.sort()
    return places


def _halve(count: int) -> tuple[range, range]:
    """Where pieces begin, and where the last ends, in both halves of so many runs."""
    middle = count // 2 // _PIECE * _PIECE
    return range(0, middle), range(middle, count)


def _hash_half(words: Words, n: int, bits: np.uint64, half: range) -> tuple[np.ndarray, np.ndarray]:
    """For each run of some the upper bits of its hash above its position: those that begin with 0, and with 1."""
    low, high = np.empty((2, len(half)), dtype=np.uint64)
    lows = highs = 0
    for first in range(half.start, half.stop, _PIECE):
        last = min(first + _PIECE, half.stop)
        whole = words.stretches[first:last] == words.stretches[first + n - 1 : last + n - 1]
        keys = hash_runs(words.hashes[first : last + n - 1], n) >> bits << bits
        keys |= np.arange(first, last, dtype=np.uint64)
        begins_with_one = keys >= _HALF
        ones = keys[whole & begins_with_one]
        zeros = keys[whole & ~begins_with_one]
        low[lows : lows + len(zeros)], high[highs : highs + len(ones)] = zeros, ones
        lows, highs = lows + len(zeros), highs + len(ones)
    return low[:lows], high[:highs]


def _find_repeated(parts: tuple[np.ndarray, ...], bits: np.uint64) -> np.ndarray:
    """The positions, unsorted, of which several have the same upper bits."""
    keys = np.concatenate(parts)
    keys.sort()
    repeated = np.zeros(len(keys), dtype=bool)
    for first in range(0, len(keys), _PIECE):
        upper = keys[first : first + _PIECE + 1] >> bits
        same = np.flatnonzero(upper[1:] == upper[:-1]) + first
        repeated[same] = repeated[same + 1] = True
    return (keys[repeated] & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)


def _join_near(passages: Passages, words: Words, edits: int) -> Passages:
    """Join passages of the same articles that follow each other, at most `edits` words apart, wherever they stand.

    A passage that more articles share, or fewer, may lie between them: a stock phrase does not cut a copied story.
    """
    firsts, lasts, codes, ids = passages
    if not len(codes):
        return passages
    sets = _sets_of(passages, words)
    order = np.lexsort((firsts, sets[codes]))
    firsts, lasts, codes, of = firsts[order], lasts[order], codes[order], sets[codes][order]
    same = (of[1:] == of[:-1]) & (words.stretches[firsts[1:]] == words.stretches[firsts[:-1]])
    joined = _always_together(codes, same & (firsts[1:] - lasts[:-1] - 1 <= edits))
    heads, tails = chains(joined, len(codes))
    _, one, merged = np.unique(codes[heads], return_index=True, return_inverse=True)
    sizes = (tails - heads + 1)[one]
    offsets = np.cumsum(sizes) - sizes
    joined_ids = hash_groups(ids[codes[expand(heads[one], sizes)]], offsets)
    joined_ids = np.where(sizes > 1, joined_ids, ids[codes[heads[one]]])  # the same passage, the same id in any mode
    return _in_order(firsts[heads], lasts[tails], merged, joined_ids)


def _extend(passages: Passages, words: Words, n: int, edits: int) -> Passages:
    """Carry each end on over at most `edits` changed words, while more than half of its occurrences agree again.

    What lies between an edit and the end of a copied stretch may be shorter than n words. Word stands against word
    here: one put in or left out ends the passage.
    """
    right = _reach(passages, words, passages.lasts, 1, n=n, edits=edits)
    left = _reach(passages, words, passages.firsts, -1, n=n, edits=edits)
    return _in_order(passages.firsts - left, passages.lasts + right, passages.codes, passages.ids)


def _reach(passages: Passages, words: Words, edges: np.ndarray, direction: int, *, n: int, edits: int) -> np.ndarray:
    """How many words beyond its edge each occurrence agrees with the others of its passage."""
    codes, rows = passages.codes, passages.rows(words)
    needed = np.bincount(codes) / 2
    reach, streak, missed = np.zeros((3, len(codes)), dtype=np.int64)
    going, step = np.arange(len(codes)), 0
    while len(going):
        step += 1
        places = edges[going] + direction * step
        inside = (places >= 0) & (places < len(words.hashes))
        inside[inside] = words.stretches[places[inside]] == words.stretches[edges[going[inside]]]
        going, places = going[inside], places[inside]
        same = _agree(words.hashes[places], codes[going], rows[going], needed)
        if step == 1:  # where the very next word agrees, another passage of fewer articles goes on already
            going, same = going[~same], same[~same]
        streak[going] = np.where(same, streak[going] + 1, 0)
        missed[going] += ~same
        regained = going[same & ((missed[going] == 0) | (streak[going] >= _AGREE_AGAIN))]
        reach[regained], missed[regained] = step, 0
        # n words that agree are a passage of their own, which goes on from there.
        going = going[(missed[going] <= edits) & (streak[going] < n)]
    return reach


def _agree(hashes: np.ndarray, codes: np.ndarray, rows: np.ndarray, needed: np.ndarray) -> np.ndarray:
    """Whether each word is that of more than half the occurrences of its passage, in two articles at least."""
    if not len(codes):
        return np.zeros(0, dtype=bool)
    order = np.lexsort((hashes, codes))
    hashes, codes, rows = hashes[order], codes[order], rows[order]
    heads = np.flatnonzero(changes(codes))
    sizes = np.diff(heads, append=len(order))
    # A word that more than half of a sorted group have stands in its middle.
    same = hashes == np.repeat(hashes[heads + sizes // 2], sizes)
    enough = np.add.reduceat(same, heads, dtype=np.int64) > needed[codes[heads]]
    low = np.minimum.reduceat(np.where(same, rows, rows.max() + 1), heads)
    high = np.maximum.reduceat(np.where(same, rows, -1), heads)
    agreed = np.empty(len(order), dtype=bool)
    agreed[order] = same & np.repeat(enough & (low < high), sizes)
    return agreed


def _always_together(kinds: np.ndarray, adjacent: np.ndarray) -> np.ndarray:
    """Where a kind and the next are neighbours not only here but wherever either of them stands."""
    if not len(kinds):
        return np.zeros(0, dtype=bool)
    after, before = neighbours(kinds, adjacent, -1)
    return adjacent & _is_constant(after, kinds)[:-1] & _is_constant(before, kinds)[1:]


def neighbours(kinds: np.ndarray, adjacent: np.ndarray, none: int | np.uint64) -> tuple[np.ndarray, np.ndarray]:
    """For each place the kind of the place after it and of the one before it; `none` where that is not adjacent."""
    after, before = np.full((2, len(kinds)), none, dtype=kinds.dtype)
    after[:-1][adjacent] = kinds[1:][adjacent]
    before[1:][adjacent] = kinds[:-1][adjacent]
    return after, before


def _is_constant(values: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """Whether all places of the same kind have the same value."""
    of_kind = np.empty(kinds.max() + 1, dtype=values.dtype)
    of_kind[kinds] = values
    constant = np.ones(len(of_kind), dtype=bool)
    constant[kinds[values != of_kind[kinds]]] = False
    return constant[kinds]


def chains(joined: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """First and last position of each chain, of one or more."""
    if not count:
        return np.zeros((2, 0), dtype=np.int64)
    return np.flatnonzero(np.append(True, ~joined)), np.flatnonzero(np.append(~joined, True))


def _in_order(firsts: np.ndarray, lasts: np.ndarray, codes: np.ndarray, ids: np.ndarray) -> Passages:
    order = np.lexsort((ids[codes], firsts))
    return Passages(firsts[order], lasts[order], codes[order], ids)
