"""Which printings count as one word, and which words are stop words."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from ..corpus.tokens import fold_word


def fold_vocabulary(printed: pa.Array, fold: bool) -> tuple[pa.Array, np.ndarray]:
    """The words to be counted, sorted, and for every printed word the place of its own among them."""
    printed = printed.to_pylist()
    folded = pd.array([fold_word(word) for word in printed] if fold else printed, dtype="str")
    codes, vocabulary = pd.factorize(folded, sort=True)
    return pa.array(vocabulary, type=pa.large_string()), codes


def find_stop_words(vocabulary: pa.Array) -> np.ndarray:
    listed = _listed_stop_words()
    words = vocabulary.to_pylist()
    return np.fromiter((fold_word(word) in listed for word in words), dtype=bool, count=len(words))


@cache
def _listed_stop_words() -> frozenset[str]:
    listed = (Path(__file__).parents[1] / "data" / "stop_words.txt").read_text(encoding="utf-8")
    return frozenset(map(fold_word, listed.split()))
