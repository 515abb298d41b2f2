"""The valence of sentences, by one of three models or a user's own."""

import re
from collections.abc import Callable, Sequence
from importlib import import_module
from types import ModuleType

import numpy as np
import pandas as pd

from ...corpus.parallel import map_articles
from ...tables import InputError, need
from ..vader.rules import score_vader

MODELS = ("tone", "linear", "vader")
_WORDED = re.compile(r"[^\W_]").search
# Characters: VADER's rules take 3 seconds for so many, as long as it takes to start workers.
_ENOUGH = 100_000_000


def score_sentiment(
    spans: pd.DataFrame, *, model: str | Callable[[list[str]], Sequence[float]] = "tone"
) -> pd.DataFrame:
    """How pleasant or unpleasant is what each span tells?

    The score is the valence of a sentence, whoever says it and whatever it is about: war is negative whoever writes of
    it. It is never to be read as an outlet's tone, and compared only between outlets that tell the same events; what is
    said about somebody is what `score_targets` scores. Sentences or parts of them are scored, never a whole article.
    Each distinct text is scored once.

    `model` is "tone", an encoder trained on sentences that twenty readers rated from −4 to 4 (its score is a quarter of
    that rating; it is right about as often as one of these readers, but reads some 200 sentences a second on one core);
    "linear", whose words have weights learnt from the same sentences, some fifty times as fast; "vader", the lexicon's
    rules as published; or a function that takes a list of texts and returns as many numbers from −1 to 1. How right
    each is `parallax validate` measures and `describe_accuracy("sentiment")` says. Scores of different models are on
    different scales.

    Columns:
        those of `spans`: the same rows in the same order
        score: −1 (unpleasant) to 1; NA for a text without a letter or a digit

    Raises:
        InputError: if a column is missing (a table of articles has no `sentence`), or if the model is not known or
            returns something else

    Source: `tone.md` and `linear.md` beside the models; Hutto and Gilbert (2014), VADER, ICWSM, as in vaderSentiment

    Example:
        >>> spans = {"article": "a", "sentence": [1, 2, 3], "text": ["A good deal.", "A horrible war.", "…"]}
        >>> score_sentiment(pd.DataFrame(spans), model="vader")
          article  sentence             text   score
        0       a         1     A good deal.  0.4404
        1       a         2  A horrible war. -0.8126
        2       a         3                …     NaN
    """
    try:
        need(spans, "article", "sentence", "text", verb="score_sentiment")
    except InputError as error:
        raise InputError(f"{error}; it scores spans of sentences, never a whole article") from None
    check_model(model, "a function from texts to scores")

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
        given = [texts[place] for place in worded]
        scores[worded] = _check(model(given), len(worded)) if callable(model) else load_model(model).score_texts(given)
    return spans.assign(score=scores[codes])


def check_model(model: object, function: str) -> None:
    """Raise `InputError` unless the model is one of `MODELS` or callable; `function` says what is called."""
    if not callable(model) and model not in MODELS:
        named = ", ".join(f"'{name}'" for name in MODELS)
        raise InputError(f"model {model!r} is not known; there are {named}, or {function}")


def load_model(name: str) -> ModuleType:
    """The module of "tone" or "linear", with its `score_texts` and `score_mentions`."""
    return import_module({"tone": ".encoder", "linear": ".linear"}[name], __package__)


def is_worded(text: str) -> bool:
    """Whether the text has a letter or a digit, without which nothing is said."""
    return bool(_WORDED(text))


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
