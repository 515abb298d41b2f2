"""The hashed words of a corpus, in the stretches between artefacts that no shared run leaves."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import pandas as pd

from ...corpus.places import changes, expand, place, place_spans
from ...corpus.tokens import Chunk


class Words(NamedTuple):
    """Every word of a corpus: its hash, where it stands, and which stretch between two artefacts it belongs to."""

    hashes: np.ndarray  # uint64, of the folded word
    starts: np.ndarray  # int32, code points in the article's text
    ends: np.ndarray
    stretches: np.ndarray  # int32, never falling; no run of words leaves its stretch
    rows: np.ndarray  # for each stretch the position of its article


def read_words(articles: pd.DataFrame, chunks: Iterable[Chunk], artefacts: pd.DataFrame) -> Words:
    """The hashed words of all articles, in order, without those that touch an artefact; `chunks` are all of them."""
    left_out = place_spans(artefacts, articles)
    nothing = (*(np.zeros(0, kind) for kind in (np.uint64, np.int32, np.int32, bool, np.int64)),)
    with ThreadPoolExecutor(2) as pool:  # NumPy lets go of the interpreter
        parts = [nothing, *pool.map(lambda chunk: _leave_out(chunk, left_out), chunks)]
        hashes, starts, ends, opens, rows = pool.map(np.concatenate, zip(*parts, strict=True))
    return Words(hashes, starts, ends, np.cumsum(opens, dtype=np.int32) - np.int32(1), rows)


def _leave_out(chunk: Chunk, left_out: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, ...]:
    """Hashes, starts and ends of the words that touch nothing left out, which open a stretch, and in which article."""
    row = np.repeat(np.arange(chunk.first, chunk.first + len(chunk.counts)), chunk.counts)
    keep = _outside(row, chunk.starts, chunk.ends, left_out)
    opens = (changes(row) | np.append(True, ~keep[:-1]))[keep] if len(row) else keep
    return chunk.words[keep], chunk.starts[keep], chunk.ends[keep], opens, row[keep][opens]


def _outside(row: np.ndarray, start: np.ndarray, end: np.ndarray, left_out: tuple) -> np.ndarray:
    """Whether each word touches no span that is left out."""
    starts, ends = left_out
    keep = np.ones(len(row), dtype=bool)
    if not len(starts) or not len(row):
        return keep
    here = slice(*np.searchsorted(starts, [place(row[:1], 0)[0], place(row[-1:] + 1, 0)[0]]))
    firsts = np.searchsorted(place(row, end), starts[here], side="right")
    lasts = np.maximum(np.searchsorted(place(row, start), ends[here], side="left"), firsts)
    keep[expand(firsts, lasts - firsts)] = False
    return keep
