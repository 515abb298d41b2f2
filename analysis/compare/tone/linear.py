"""The linear model: how a news sentence treats the one it mentions, from weights of words that a file brings along."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp

from ...shipped import MODELS
from .linear_features import (
    FIRST,
    Vocabulary,
    Words,
    list_features,
    make_vocabulary,
    place_words,
    read_words,
    sum_valences,
)

PATH = MODELS / "linear.npz"
FORMAT = 1
# Texts whose features are held at once: a few hundred megabytes at the very worst, where all are as long as is read.
_BATCH = 5_000


class Weights(NamedTuple):
    """What each feature counts for each class, or for the valence."""

    keys: np.ndarray  # of words and runs of words, ascending
    features: np.ndarray  # by key
    words: np.ndarray  # by word, region after region
    sums: np.ndarray  # of valences
    intercept: np.ndarray


class LinearModel(NamedTuple):
    vocabulary: Vocabulary
    mentions: Weights  # three classes, divided by the temperature
    texts: Weights  # one column


def score_mentions(texts: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> np.ndarray:
    """How likely is each sentence negative, neutral or positive about the one it mentions?

    The mention is `text[start:end]`, in code points. One row per text, three probabilities that add up to 1: negative,
    neutral, positive, as readers of NewsMTSC would say. They tell how this sentence presents its target, not what the
    outlet thinks; three in ten are wrong (`linear.md` beside the model's file has the figures). Who is mentioned plays
    no part: neither the mention's words nor other names are read. Of a long text the 2,000 characters on either side
    of the mention are read. Source: logistic regression on NewsMTSC, Hamborg and Donnay (2021), EACL.

    >>> score_mentions(["Kim praised Lee.", "Kim attacked Lee."], [12, 0], [15, 3]).argmax(axis=1)
    array([2, 0])
    """
    model = read_linear()
    texts, starts, ends = list(texts), list(starts), list(ends)
    scores = []
    for part in _split(len(texts)):
        words = read_words(model.vocabulary, texts[part], starts[part], ends[part])
        scores.append(_weigh(words, model.mentions, model.vocabulary, mentions=True))
    logits = np.concatenate(scores) if scores else np.zeros((0, 3))
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


def score_texts(texts: Sequence[str]) -> np.ndarray:
    """How negative or positive are the words of each sentence?

    From −1 to 1, a quarter of the mean rating that twenty readers would give it from −4 to 4; 0 for a text without a
    word. It is the valence of what is told, whoever tells it: war is negative in every outlet. Of a long text the first
    2,000 characters are read. Source: ridge regression on the sentences of New York Times editorials of Hutto and
    Gilbert (2014), ICWSM.

    >>> score_texts(["A wonderful gift.", "A terrible war.", ""]).round(1) + 0.0
    array([ 0.3, -0.4,  0. ])
    """
    model = read_linear()
    texts, scores = list(texts), []
    for part in _split(len(texts)):
        words = read_words(model.vocabulary, texts[part])
        scores.append(
            np.where(words.counts > 0, _weigh(words, model.texts, model.vocabulary, mentions=False)[:, 0], 0.0)
        )
    return np.clip(np.concatenate(scores), -1, 1) if scores else np.zeros(0)


@cache
def read_linear() -> LinearModel:
    return open_linear(PATH)


def open_linear(path: Path) -> LinearModel:
    with np.load(path, allow_pickle=False) as file:
        if (found := int(file["format"])) != FORMAT:
            raise ValueError(f"{path.name} must be of format {FORMAT}, but is of format {found}")
        words = file["words"].tobytes().decode("utf-8").split("\n")
        vocabulary = make_vocabulary(words, file["valence"].astype(float))
        weights = []
        for name in ("mentions", "texts"):
            classes = len(file[f"{name}.intercept"])
            # Only words that have a vector have a row in the file.
            table = np.zeros((FIRST + len(words), file[f"{name}.words"].shape[1]), np.float32)
            table[file[f"{name}.rows"]] = file[f"{name}.words"]
            weights.append(
                Weights(
                    keys=np.cumsum(file[f"{name}.keys"]),  # the file has the steps between them
                    features=file[f"{name}.features"].reshape(-1, classes),
                    words=table.reshape(len(table), -1, classes),
                    sums=file[f"{name}.sums"],
                    intercept=file[f"{name}.intercept"],
                )
            )
    return LinearModel(vocabulary, *weights)


def _split(count: int) -> Iterator[slice]:
    return (slice(first, first + _BATCH) for first in range(0, count, _BATCH))


def _weigh(words: Words, weights: Weights, vocabulary: Vocabulary, *, mentions: bool) -> np.ndarray:
    """The sums of the weights of all features of each text."""
    size = len(words.counts)
    rows, keys, values = list_features(words, vocabulary, mentions=mentions)
    places = np.searchsorted(weights.keys, keys)
    known = weights.keys.take(places, mode="clip") == keys
    features = sp.csr_matrix((values[known], (rows[known], places[known])), shape=(size, len(weights.keys)))
    totals = features @ weights.features + sum_valences(words, vocabulary) @ weights.sums + weights.intercept
    for region, (places, shares) in enumerate(place_words(words, mentions=mentions)):
        inside = sp.csr_matrix((shares, (words.row[places], words.word[places])), shape=(size, len(weights.words)))
        totals += inside @ weights.words[:, region]
    return totals
