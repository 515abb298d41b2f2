"""What the encoder read, each sentence and each target once: a table that can be kept, looked up and gone on from."""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

import numpy as np
import pandas as pd

from .encoder import FOLDER, load, score_mentions, score_texts
from .sentiment import is_worded

SCORES = ("key", "negative", "neutral", "positive", "valence")
# Sentences that are timed before it is said how long all of them take.
TIMED = 128
# Sentences between two steps of the bar, which are lost when it is stopped there: a second or two on two cores.
_BLOCK = 256
_SHORT = 5  # seconds of work that need no bar
_KEPT_EVERY = 60  # seconds of work that a killed process loses at most

Row = tuple[str, int, int]
_NO_TARGET = (-1, -1)


def score_once(
    spans: pd.DataFrame,
    mentions: pd.DataFrame | None,
    *,
    known: pd.DataFrame | None = None,
    announce: Callable[[int, float], object] | None = None,
    keep: Callable[[pd.DataFrame], object] | None = None,
) -> pd.DataFrame:
    """What model "tone" reads in the texts of `spans` and about the targets of `mentions`, each of them once.

    Columns: `key` (of the network, text and target, see `key_of`), `negative, neutral, positive` (NA for a text without
    target), `valence` (NA for a target). Rows of `known` are taken as they are, whatever processor made them.
    `announce` is told how many there are to be read and the seconds that one takes, once the first hundred are read.
    `keep` is given all that is known so far every minute, and when it ends or is interrupted.
    """
    rows = _list_rows(spans, mentions)
    keys = [key_of(*row) for row in rows]
    table = pd.DataFrame(columns=list(SCORES)) if known is None else known
    found = dict(zip(table["key"], table[list(SCORES[1:])].itertuples(index=False, name=None), strict=True))
    missing = _spread([(key, row) for key, row in zip(keys, rows, strict=True) if key not in found])
    if missing:
        load()

    kept = started = time.monotonic()
    try:
        for done, block in _with_bar(_blocks(missing), len(missing)):
            found.update(_read(block))
            now = time.monotonic()
            if announce and done == 0:
                announce(len(missing), (now - started) / len(block))
            if keep and now - kept > _KEPT_EVERY:
                keep(_tabulate(found, found))
                kept = now
    finally:
        if keep and missing:
            keep(_tabulate(found, found))
    return _tabulate(found, keys)


def key_of(text: str, start: int, end: int) -> str:
    """What a score is kept under: a hash of the network, the target's place and the text."""
    named = f"{hash_model()} {start} {end} {text}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(named, digest_size=16).hexdigest()


@cache
def hash_model() -> str:
    """A hash of the files that the encoder is made of."""
    files = (FOLDER / name for name in ("tone.onnx", "tone_words.txt"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def gather_scores(*scored: pd.DataFrame) -> pd.DataFrame:
    """The scores that tables of `score_sentiment` and `score_targets` by model "tone" hold."""
    found = {}
    for table in scored:
        if "target_start" in table:
            rows = zip(table["text"], table["target_start"].tolist(), table["target_end"].tolist(), strict=True)
            chances = table[list(SCORES[1:4])].itertuples(index=False, name=None)
            found |= {key_of(*row): (*each, np.nan) for row, each in zip(rows, chances, strict=True)}
        else:
            known = table.dropna(subset=["text", "score"])
            values = zip(known["text"], known["score"].tolist(), strict=True)
            found |= {key_of(text, *_NO_TARGET): (np.nan, np.nan, np.nan, value) for text, value in values}
    return _tabulate(found, found)


def recall_texts(scores: pd.DataFrame) -> Callable[[Sequence[str]], np.ndarray]:
    """A model for `score_sentiment` that looks the valence of each text up."""
    valence = dict(zip(scores["key"], scores["valence"], strict=True))
    return lambda texts: np.array([valence[key_of(text, *_NO_TARGET)] for text in texts], dtype=float)


def recall_mentions(scores: pd.DataFrame) -> Callable[[Sequence[str], Sequence[int], Sequence[int]], np.ndarray]:
    """A model for `score_targets` that looks the probabilities of each mention up."""
    chances = scores[list(SCORES[1:4])].to_numpy(dtype=float)
    place = {key: at for at, key in enumerate(scores["key"])}
    return lambda *rows: chances[[place[key_of(*row)] for row in zip(*rows, strict=True)]].reshape(-1, 3)


def _tabulate(found: dict[str, tuple[float, ...]], keys: Iterable[str]) -> pd.DataFrame:
    rows = [(key, *found[key]) for key in keys]
    table = pd.DataFrame.from_records(rows, columns=list(SCORES))
    return table.astype({"key": "str", **dict.fromkeys(SCORES[1:], float)})


def _list_rows(spans: pd.DataFrame, mentions: pd.DataFrame | None) -> list[Row]:
    texts = [(text, *_NO_TARGET) for text in spans["text"].dropna().unique() if is_worded(text)]
    if mentions is None:
        return texts
    distinct = mentions[["text", "target_start", "target_end"]].drop_duplicates()
    return texts + list(distinct.itertuples(index=False, name=None))


def _spread(rows: list) -> list:
    """The rows, but first a hundred from all parts of them, so that these take as long as any others."""
    first = set(range(0, len(rows), max(1, len(rows) // TIMED)))
    return [rows[at] for at in sorted(first)] + [row for at, row in enumerate(rows) if at not in first]


def _blocks(missing: list[tuple[str, Row]]) -> Iterator[tuple[int, list[tuple[str, Row]]]]:
    """The rows in blocks, with how many come before: first those that are timed."""
    first = 0
    while first < len(missing):
        size = _BLOCK if first else TIMED
        yield first, missing[first : first + size]
        first += size


def _read(block: list[tuple[str, Row]]) -> Iterator[tuple[str, tuple[float, ...]]]:
    texts = [(key, row[0]) for key, row in block if row[1:] == _NO_TARGET]
    targets = [(key, row) for key, row in block if row[1:] != _NO_TARGET]
    if texts:
        keys, given = zip(*texts, strict=True)
        values = score_texts(given).tolist()
        yield from ((key, (np.nan, np.nan, np.nan, value)) for key, value in zip(keys, values, strict=True))
    if targets:
        keys, rows = zip(*targets, strict=True)
        chances = score_mentions(*zip(*rows, strict=True)).tolist()
        yield from ((key, (*row, np.nan)) for key, row in zip(keys, chances, strict=True))


def _with_bar(blocks: Iterator[tuple[int, list]], total: int) -> Iterator[tuple[int, list]]:
    """The same blocks, with a bar of progress where it takes long and somebody looks."""
    from tqdm import tqdm

    with tqdm(total=total, desc="tone", unit="sentence", disable=None, delay=_SHORT, leave=False) as bar:
        for done, block in blocks:
            yield done, block
            bar.update(len(block))
