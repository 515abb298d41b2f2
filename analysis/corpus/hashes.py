"""Runs of words as 64-bit numbers that are the same in every process, partition and version of Python."""

import numpy as np

# Odd, with well-mixed bits: the golden ratio in 64 bits, and the constants of splitmix64 (Steele, Lea, Flood 2014).
STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


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
