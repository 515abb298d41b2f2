"""How long will the tone of a corpus take? Said before it starts, where that is minutes."""

from collections.abc import Callable

import pandas as pd

from ..compare.tone.encoder import PER_SECOND
from ..compare.tone.sentiment import MODELS
from ..corpus.parallel import count_jobs
from ..display import count_of
from ..tables import InputError

# Of 2.1 million sentences of news from twenty outlets, white space included.
CHARACTERS = 107
_WORTH_SAYING = 60  # seconds


def estimate_tone(characters: int, model: str) -> str:
    """One sentence that says how long `model` takes for a corpus of so many characters; "" where that is soon done."""
    sentences = characters // CHARACTERS
    seconds = sentences / (PER_SECOND * count_jobs())
    if model != "tone" or seconds < _WORTH_SAYING:
        return ""
    minutes = seconds / 60
    took = count_of(round(minutes), "minute") if minutes < 100 else f"{minutes / 60:.0f} hours"
    return (
        f"tone: about {float(f'{sentences:.2g}'):,.0f} sentences will take about {took}; "
        "--model linear is less accurate and takes a small part of that"
    )


def count_characters(articles: pd.DataFrame) -> int:
    """The characters of all texts together."""
    return int(articles["text"].fillna("").str.len().sum())


def check_named(model: object) -> None:
    """Raise `InputError` unless it is a model that comes with the package: a file's options can't name a function."""
    if model not in MODELS:
        raise InputError(f"model {model!r} is not known; there are {', '.join(repr(name) for name in MODELS)}")


def tell(announce: Callable[[str], object] | None, sentence: str) -> None:
    """Pass on what there is to say, to whoever listens."""
    if announce is not None and sentence:
        announce(sentence)
