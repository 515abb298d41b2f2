"""Frames as lists of words, from TOML or a dict: looked up by array arithmetic, never as regular expressions."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from ...corpus.tokens import encode, fold_word, tokenize, unify
from ...shipped import DATA
from ...tables import InputError

# The dictionary that comes with the package: exploratory, chosen by hand, its accuracy not measured.
OWN_FRAMES = DATA / "frames.toml"


class Part(NamedTuple):
    """A word of a listed word or phrase, folded, and whether any ending may follow it."""

    word: str
    open: bool


def read_frame_words(frames: str | Path | Mapping) -> dict[str, list[list[Part]]]:
    """The listed words and phrases of each frame, in the order of the file, each as its parts.

    Raises `InputError` if the file can't be read, is not what is expected, or a word holds anything but letters,
    digits, apostrophes, hyphens, spaces and a * at the end of a word.
    """
    where = "frames" if isinstance(frames, Mapping) else f"'{Path(frames).name}'"
    tables = frames if isinstance(frames, Mapping) else _read(Path(frames), where)
    if not tables:
        raise InputError(f"{where} holds no frame; expected [name] with words = ['cost*', 'stock market', …]")
    listed = {}
    for frame, table in tables.items():
        words = table.get("words") if isinstance(table, Mapping) else table
        if not isinstance(words, list | tuple) or not words or not all(isinstance(word, str) for word in words):
            raise InputError(f"the frame '{frame}' of {where} needs words = ['cost*', 'stock market', …]")
        listed[str(frame)] = _split(words, str(frame), where)
    return listed


def _read(path: Path, where: str) -> dict:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:  # errors of TOML and of UTF-8 are ValueErrors
        raise InputError(f"{where} can't be read as TOML ({str(error).splitlines()[0]:.120})") from None


def _split(words: list[str], frame: str, where: str) -> list[list[Part]]:
    """The parts of each word or phrase, cut as the texts are."""
    found = tokenize(pd.DataFrame({"text": pd.Series(words, dtype="str")}))
    parts: list[list[Part]] = [[] for _ in words]
    rest = [list(word) for word in words]  # what is left of each when its words are taken out
    for row, start, end, printed in zip(found["row"], found["start"], found["end"], found["word"], strict=True):
        text = words[row]
        following = text[end + 1 : end + 2]
        is_open = text[end : end + 1] == "*" and (following in ("", "-") or following.isspace())
        parts[row].append(Part(fold_word(printed), is_open))
        rest[row][start : end + is_open] = [" "] * (end + is_open - start)
    for word, left, some in zip(words, rest, parts, strict=True):
        wrong = "".join(left).replace("-", " ").replace(".", " ").split()
        if wrong or not some:
            what = f"'{wrong[0][0]}'" if wrong else "no letter or digit"
            raise InputError(
                f"the word '{word:.60}' of the frame '{frame}' of {where} holds {what}; expected letters, digits, "
                "apostrophes, hyphens and spaces, and a * only at the end of a word"
            )
    return parts


def find_frame_words(texts: list[str], listed: dict[str, list[list[Part]]]) -> np.ndarray:
    """Whether each text (row) holds a word or phrase of each frame (column)."""
    counts, words = [np.zeros(0, dtype=np.int64)], []
    for chunk in encode(texts):
        counts.append(chunk.counts)
        words.append(chunk.words)
    codes, printed = unify(words)
    rows = np.repeat(np.arange(len(texts)), np.concatenate(counts))
    codes, vocabulary = _fold(codes, printed.to_pylist())
    found = np.zeros((len(texts), len(listed)), dtype=bool)
    for column, phrases in enumerate(listed.values()):
        # All single words of a frame at once: most listed words are.
        single = np.zeros(len(vocabulary), dtype=bool)
        for phrase in phrases:
            masks = [_match(vocabulary, part) for part in phrase]
            if len(phrase) == 1:
                single |= masks[0]
                continue
            last = len(phrase) - 1
            starts = np.flatnonzero(masks[0][codes[: max(0, len(codes) - last)]])
            for step, mask in enumerate(masks[1:], start=1):
                starts = starts[mask[codes[starts + step]]]
            found[rows[starts[rows[starts] == rows[starts + last]]], column] = True
        found[rows[single[codes]], column] = True
    return found


def _fold(codes: np.ndarray, printed: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """The code of each word among the folded ones, sorted, and these."""
    folded = np.array([fold_word(word) for word in printed], dtype=object)
    vocabulary, place = np.unique(folded, return_inverse=True)
    return place[codes] if len(codes) else codes, vocabulary


def _match(vocabulary: np.ndarray, part: Part) -> np.ndarray:
    """Which words of the sorted vocabulary a part stands for: one, or all that begin so, which are neighbours."""
    mask = np.zeros(len(vocabulary), dtype=bool)
    first = np.searchsorted(vocabulary, part.word)
    # No word holds the last code point of all, so that this is behind every word that begins so.
    behind = np.searchsorted(vocabulary, part.word + "\U0010ffff", side="right") if part.open else first + 1
    mask[first:behind] = True if part.open else vocabulary[first:behind] == part.word
    return mask
