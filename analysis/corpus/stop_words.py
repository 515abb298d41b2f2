"""The words that are in every text whatever it is about, and so say nothing of what it tells."""

from functools import cache

from ..shipped import DATA
from .tokens import fold_word


@cache
def stop_words() -> frozenset[str]:
    """The listed words as `fold_word` makes them: fold a word before it is looked up here."""
    path = DATA / "stop_words.txt"
    return frozenset(map(fold_word, path.read_text(encoding="utf-8").split()))
