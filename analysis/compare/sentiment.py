"""The tone of sentences, as the valence of their words."""

import re
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from ..corpus.parallel import map_articles
from ..tables import InputError, need
from .vader import score_vader

_WORDED = re.compile(r"[^\W_]").search
# Characters: VADER's rules take 3 seconds for so many, as long as it takes to start workers.
_ENOUGH = 100_000_000


def score_sentiment(
    spans: pd.DataFrame, *, model: str | Callable[[list[str]], Sequence[float]] = "vader"
) -> pd.DataFrame:
    """How positive or negative are the words of each span?

    The score is the valence of the words, whoever says them and whatever they are about. It is never to be read as an
    outlet's tone: which of two outlets is the more negative about the same person in the same story VADER gets right in
    50.9 % of 886 pairs, where chance is 50.0 ± 3.3 % (SEESAW), and on news sentences with a named target its macro-F1
    of three classes is .51 and .48 (NewsMTSC, rw and mt test). It scores sentences or parts of them; a whole article
    drives VADER to its end of the scale.

    `model` is "vader", or a function that takes a list of texts and returns as many numbers from −1 to 1. Each distinct
    text is scored once. Columns: those of `spans`, and score (−1 to 1; NA for a text without a letter or a digit).
    Raises `InputError` if a column is missing (a table of articles has no `sentence`), or if the model is not known or
    returns something else. Source: the compound score of Hutto and Gilbert (2014), VADER, ICWSM, as in vaderSentiment.

    >>> spans = pd.DataFrame({"article": "a", "sentence": [1, 2, 3], "text": ["A good deal.", "A horrible war.", "…"]})
    >>> score_sentiment(spans)
      article  sentence             text   score
    0       a         1     A good deal.  0.4404
    1       a         2  A horrible war. -0.8126
    2       a         3                …     NaN
    """
    try:
        need(spans, "article", "sentence", "text", verb="score_sentiment")
    except InputError as error:
        raise InputError(f"{error}; it scores spans of sentences, never a whole article") from None
    if model != "vader" and not callable(model):
        raise InputError(f"model {model!r} is not known; it has 'vader', or a function from texts to scores")

    if model == "vader":
        rows = spans[["text"]].reset_index(drop=True)
        if rows["text"].dtype != "str":  # a column of nothing but missing texts is one of numbers
            rows = rows.astype(object).fillna("")
        return spans.assign(score=map_articles(_score_rows, rows, enough=_ENOUGH)["score"].to_numpy())
    codes, texts = pd.factorize(spans["text"])
    # A last place for missing texts, whose code is -1.
    scores = np.full(len(texts) + 1, np.nan)
    texts = texts.tolist()
    worded = [place for place, text in enumerate(texts) if _WORDED(text)]
    if worded:
        scores[worded] = _check(model([texts[place] for place in worded]), len(worded))
    return spans.assign(score=scores[codes])


def _score_rows(spans: pd.DataFrame) -> pd.DataFrame:
    """VADER's score of each row: for so few repeated texts as there are, telling them apart takes longer."""
    worded = spans["text"].str.contains("[A-Za-z0-9]", na=False).to_numpy(dtype=bool, copy=True)
    worded[~worded] = [isinstance(text, str) and bool(_WORDED(text)) for text in spans.loc[~worded, "text"].tolist()]
    scores = np.full(len(spans), np.nan)
    scores[worded] = score_vader(spans.loc[worded, "text"])
    return pd.DataFrame({"score": scores})


def _check(scores: Sequence[float], texts: int) -> np.ndarray:
    """The scores as numbers, or an error that names the first that is none of what it should be."""
    try:
        numbers = np.asarray(scores, dtype=float)
    except (TypeError, ValueError):
        raise InputError(f"the model must return numbers from -1 to 1, but returned {scores!r:.60}") from None
    if numbers.shape != (texts,):
        given = "a single one" if numbers.ndim == 0 else len(numbers) if numbers.ndim == 1 else f"{numbers.shape}"
        raise InputError(f"the model must return one number for each of {texts} texts, but returned {given}")
    wrong = ~(np.abs(numbers) <= 1)
    if wrong.any():
        raise InputError(f"the model must return numbers from -1 to 1, but returned {numbers[wrong][0]:g}")
    return numbers
