"""How long will the tone of a corpus take? Said once the first sentences are read, where that is minutes."""

from collections.abc import Callable

from ..compare.tone.sentiment import MODELS
from ..display import count_of
from ..tables import InputError

_WORTH_SAYING = 30  # seconds


def estimate_tone(sentences: int, seconds: float) -> str:
    """One sentence that says how long so many sentences take, at so many seconds each; "" where that is soon done."""
    whole = sentences * seconds
    if whole < _WORTH_SAYING:
        return ""
    minutes = whole / 60
    if minutes < 3:  # whole minutes would be wrong by a third
        took = f"{10 * round(whole / 10)} seconds"
    else:
        took = count_of(round(minutes), "minute") if minutes < 100 else f"{minutes / 60:.0f} hours"
    return (
        f"tone: about {float(f'{sentences:.2g}'):,.0f} sentences will take about {took}; "
        "--model linear is less accurate and takes a small part of that"
    )


def check_named(model: object) -> None:
    """Raise `InputError` unless it is a model that comes with the package: a file's options can't name a function."""
    if model not in MODELS:
        raise InputError(f"model {model!r} is not known; there are {', '.join(repr(name) for name in MODELS)}")


def tell(announce: Callable[[str], object] | None, sentence: str) -> None:
    """Pass on what there is to say, to whoever listens."""
    if announce is not None and sentence:
        announce(sentence)
