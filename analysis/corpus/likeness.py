"""How alike two articles are by their words, and which pairs are alike enough to look at; never all pairs."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from .tokens import fold_word, tokenize

# News says what happened first. A word counts half as much after so many words, and none after so many characters.
HALVED_AFTER = 500
LEAD_CHARACTERS = 6_000
# A headline's word counts like three that open the text.
TITLE_WEIGHT = 3.0
# No other article can share a word of one article alone. Left out, two articles would be alike for having little in
# common but that; counted in full, the longer article would be like none.
UNSHARED_WEIGHT = 0.3
# The weightiest words of an article; the rest is what it has in common with the news of any day.
WORDS = 120
# Without a date, articles are compared if words that stand in at most so many articles make them alike by so much.
RARE, RARE_LIKENESS = 400, 0.03

# Characters of text taken at once: the offsets of ten million characters' words stay under 100 MB.
_BLOCK = 10_000_000
_ROWS = 128
_PAIRS = 100_000
_PLURAL = re.compile(r"(?<=[a-z][a-z])(?:(ie)s|(?<![sui])s)")


def weigh_words(articles: pd.DataFrame):
    """For each article (row) the weights of its words (columns), a sparse matrix with rows of length 1.

    The weight of a word is log(1 + n) · log((articles + 1) / articles with the word): n counts each occurrence by its
    place, and a headline's three times. Stop words and single letters are left out, plurals folded. An article without
    words has an empty row. The product of two rows is how alike they are, from 0 to 1.
    """
    from scipy import sparse

    texts = articles["text"].fillna("").str.slice(0, LEAD_CHARACTERS)
    titles = articles["title"].fillna("").str.slice(0, LEAD_CHARACTERS) if "title" in articles else None
    known, parts = {}, []
    for first, last in _blocks_of(texts):
        counts = [_count(texts.iloc[first:last], known)]
        if titles is not None:
            row, code, _ = _count(titles.iloc[first:last], known)
            counts.append((row, code, np.full(len(row), TITLE_WEIGHT)))
        row, code, n = map(np.concatenate, zip(*counts, strict=True))
        parts.append(sparse.coo_array((n, (row, code)), shape=(last - first, len(known))).tocsr())
    for part in parts:
        part.resize(part.shape[0], len(known))
    weights = sparse.vstack(parts, format="csr") if parts else sparse.csr_array((0, 0))
    articles_with = np.bincount(weights.indices, minlength=len(known))
    rarity = np.log((len(articles) + 1) / np.maximum(articles_with, 1))
    rarity[articles_with == 1] *= UNSHARED_WEIGHT
    weights.data = np.log1p(weights.data) * rarity[weights.indices]
    _drop(weights, weights.data < np.repeat(_least_kept(weights), np.diff(weights.indptr)))
    lengths = np.sqrt(np.add.reduceat(np.append(weights.data**2, 0.0), weights.indptr[:-1]) if parts else [])
    weights.data /= np.repeat(lengths, np.diff(weights.indptr))
    _drop(weights, articles_with[weights.indices] == 1)  # weighed in the length, and shared with no article
    return weights


def find_pairs(weights, days: np.ndarray, window: int, floor: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of articles at most `window` days apart and alike by at least `floor`: first, second and likeness.

    An article without a date (NaN in `days`) is compared with all that share some of its rare words.
    """
    order = np.argsort(days, kind="stable")  # NaN last
    weights, days = weights[order], days[order]
    dated = int(np.isfinite(days).sum())
    rare = weights.copy()
    _drop(rare, np.bincount(weights.indices, minlength=weights.shape[1])[weights.indices] > RARE)
    found = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))]
    for start in range(0, dated, _ROWS):
        end = min(start + _ROWS, dated)
        lowest = int(np.searchsorted(days[:dated], days[start] - window))
        a, b, alike = _multiply(weights, start, end, lowest)
        keep = (alike >= floor) & (days[a] - days[b] <= window)
        found.append((a[keep], b[keep], alike[keep]))
    for start in range(dated, len(days), _ROWS):
        a, b, alike = _multiply(rare, start, min(start + _ROWS, len(days)), 0)
        likely = alike >= RARE_LIKENESS
        a, b = a[likely], b[likely]
        alike = np.zeros(len(a))
        for at in range(0, len(a), _PAIRS):
            part = slice(at, at + _PAIRS)
            alike[part] = weights[a[part]].multiply(weights[b[part]]).sum(axis=1)
        keep = alike >= floor
        found.append((a[keep], b[keep], alike[keep]))
    first, second, alike = map(np.concatenate, zip(*found, strict=True))
    return order[first], order[second], alike


def _multiply(weights, start: int, end: int, lowest: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each of the rows from start to end with each row from lowest on that stands before it, where both share words."""
    products = (weights[start:end] @ weights[lowest:end].T).tocoo()
    a, b = products.row.astype(np.int64) + start, products.col.astype(np.int64) + lowest
    before = b < a
    return a[before], b[before], products.data[before]


def _count(texts: pd.Series, known: dict[str, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each word that counts: its text, its number in `known`, and how much it counts at its place."""
    words = tokenize(texts.to_frame("text"))
    row = words["row"].to_numpy()
    numbers = [known.setdefault(form, len(known)) if form else -1 for form in map(_fold, words["word"].cat.categories)]
    code = np.array(numbers, dtype=np.int64)[words["word"].cat.codes.to_numpy()]
    place = np.arange(len(row)) - np.searchsorted(row, row)
    keep = code >= 0
    return row[keep], code[keep], 1 / (1 + place[keep] / HALVED_AFTER)


def _fold(word: str) -> str:
    """The form under which a word is compared, without a plural's s; nothing for a stop word or a single letter."""
    word = fold_word(word)
    if len(word) < 2 or word in _stop_words():
        return ""
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "siu'":
        return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    return word


@cache
def _stop_words() -> frozenset[str]:
    listed = (Path(__file__).parents[1] / "data" / "stop_words.txt").read_text(encoding="utf-8")
    return frozenset(map(fold_word, listed.split()))


def _blocks_of(texts: pd.Series) -> Iterator[tuple[int, int]]:
    """first and last (exclusive) of neighbouring texts of about `_BLOCK` characters together."""
    block = np.cumsum(texts.str.len().to_numpy(dtype=np.int64)) // _BLOCK
    edges = np.flatnonzero(np.diff(block, prepend=-1, append=np.inf))
    return zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)


def _least_kept(weights) -> np.ndarray:
    """For each row the weight of its `WORDS`th word, 0 if it has fewer: of words that weigh the same, all or none."""
    least = np.zeros(weights.shape[0])
    for row in np.flatnonzero(np.diff(weights.indptr) > WORDS).tolist():
        least[row] = np.partition(weights.data[weights.indptr[row] : weights.indptr[row + 1]], -WORDS)[-WORDS]
    return least


def _drop(weights, unwanted: np.ndarray) -> None:
    weights.data[unwanted] = 0
    weights.eliminate_zeros()
