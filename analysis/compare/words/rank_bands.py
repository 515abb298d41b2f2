"""How far would other articles have moved a term's rank? A bootstrap of whole articles, all outlets at once."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy import sparse

# Replicates drawn and weighed together, and values held at once by each thread: 256 MB.
_TOGETHER, _MOST_VALUES = 50, 2**26
# Neighbouring terms whose arrays of replicates stay in the processor's cache.
_STEP = 1024
_THREADS = 2
# Stands in for the prior of a term that a replicate lacks altogether: its z is 0, and not 0/0.
_NO_PRIOR = np.float32(1e-20)


def resample_ranks(
    units: Sequence[sparse.csr_array],
    words: Sequence[np.ndarray],
    kinds: np.ndarray,
    listed: Sequence[np.ndarray],
    *,
    seeds: Sequence[Sequence[int]],
    replicates: int,
    prior_size: float,
) -> list[tuple[np.ndarray, np.ndarray]]:
    """For each group the best and the worst rank (replicates × terms listed) that a replicate gives each of its terms.

    `units` holds what is resampled: for each group a matrix of units × terms; `words` how many words, pairs and
    triples each unit has; `kinds` which of these three each term is; `listed` the places of each group's terms. Every
    group draws by its own seed as many units as it has, with replacement. Terms of one z share their ranks: best and
    worst differ.
    """
    weights = [_draw(len(part), replicates, seed) for part, seed in zip(words, seeds, strict=True)]
    transposed = [part.T.tocsr() for part in units]
    size = max(1, min(_TOGETHER, _MOST_VALUES // max(1, len(units) * len(kinds))))

    def weigh(first: int) -> list[tuple[np.ndarray, np.ndarray]]:
        drawn = [part[first : first + size] for part in weights]
        counts = [part @ weight.T.astype(np.float32) for part, weight in zip(transposed, drawn, strict=True)]
        lengths = [(weight.astype(float) @ part).T for part, weight in zip(words, drawn, strict=True)]
        total, total_words = sum(counts), sum(lengths)
        return [
            _rank(_weigh(own, total, own_words, total_words, kinds=kinds, prior_size=prior_size), places)
            for own, own_words, places in zip(counts, lengths, listed, strict=True)
        ]

    with ThreadPoolExecutor(_THREADS) as pool:
        batches = list(pool.map(weigh, range(0, replicates, size)))
    return [tuple(map(np.concatenate, zip(*group, strict=True))) for group in zip(*batches, strict=True)]


def _draw(count: int, replicates: int, seed: Sequence[int]) -> np.ndarray:
    """How often each unit is drawn in each replicate (uint8: more than 255 times does not happen)."""
    rng = np.random.default_rng(seed)
    drawn = np.empty((replicates, count), dtype=np.uint8)
    for row in drawn:
        row[:] = np.bincount(rng.integers(count, size=count), minlength=count)
    return drawn


def _weigh(
    own: np.ndarray,
    total: np.ndarray,
    own_words: np.ndarray,
    total_words: np.ndarray,
    *,
    kinds: np.ndarray,
    prior_size: float,
) -> np.ndarray:
    """z of the log-odds under the pooled prior (`keyness.log_odds`), terms × replicates, in single precision.

    With p = used · other of either side, δ = ln(p₁/other₁² · other₂²/p₂) needs one logarithm, and the variance is the
    sum of words/p, as 1/a + 1/b = (a + b)/ab.
    """
    z = np.empty_like(own)
    share = (prior_size / np.maximum(total_words, 1)).astype(np.float32)  # lengths × replicates
    here, there = (own_words + prior_size).astype(np.float32), (total_words - own_words + prior_size).astype(np.float32)
    for first in range(0, len(own), _STEP):
        kind = kinds[first : first + _STEP]
        y, all_of_it, out = own[first : first + _STEP], total[first : first + _STEP], z[first : first + _STEP]
        prior = np.maximum(all_of_it * share[kind], _NO_PRIOR)
        words_here, words_there = here[kind], there[kind]
        used_here = y + prior
        used_there = all_of_it - y + prior
        other_here, other_there = words_here - used_here, words_there - used_there
        with np.errstate(divide="ignore", invalid="ignore"):
            np.divide(used_here * other_there, used_there * other_here, out=out)
            np.log(out, out=out)
            words_here /= used_here * other_here
            words_there /= used_there * other_there
            words_here += words_there
            out /= np.sqrt(words_here, out=words_here)
    if np.isnan(z.sum()):  # a draw that holds one word over and over: it sets nobody apart
        np.nan_to_num(z, copy=False)
    return z


def _rank(z: np.ndarray, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The best and the worst rank of the terms in `places` among all, replicates × places."""
    values = z[places]
    best, worst = np.empty((2, z.shape[1], len(places)), dtype=np.int32)
    if not len(places):
        return best, worst
    # Only terms as high as the lowest of these matter: mostly few.
    lowest = values.min(axis=0)
    for replicate, row in enumerate(np.ascontiguousarray(z.T)):
        higher = np.sort(row[row >= lowest[replicate]])
        own = values[:, replicate]
        best[replicate] = len(higher) - np.searchsorted(higher, own, side="right") + 1
        worst[replicate] = len(higher) - np.searchsorted(higher, own, side="left")
    return best, worst
