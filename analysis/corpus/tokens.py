"""The one word tokenizer: texts become integer word codes with character offsets, without a loop over words."""

import unicodedata
from collections.abc import Iterator
from functools import cache

import numpy as np
import pandas as pd
import pyarrow as pa

from ..tables import need

# Characters of text taken at once: large enough for array arithmetic, small enough that the arrays stay under 100 MB.
_CHUNK = 4_000_000
_LETTER, _DIGIT, _APOSTROPHE, _POINT, _COMMA, _MARK = 1, 2, 4, 8, 16, 32
_APOSTROPHES = "'’ʼ"
# Soft hyphens and zero-width joiners stand inside words of web pages without being seen.
_INVISIBLE = "\u00ad\u200c\u200d\u2060"
# Written with and without points, and another word without: "us", Kim Jong Un.
_INITIALISMS = {"US": "u.s.", "USA": "u.s.", "U.S.A": "u.s.", "UN": "u.n.", "UK": "u.k."}


def tokenize(spans: pd.DataFrame) -> pd.DataFrame:
    """Which words stand in each text, and where?

    A word is a run of letters and digits. An apostrophe between letters (`Putin's`), a point or comma between digits
    (`1,961`) and the points inside an initialism (`U.S.`, read as `U.S`) belong to it; a hyphen does not, so that
    `Kim Jong-un` and `Kim Jong Un` are the same three words. Nothing is folded here: `word` is as printed.

    Columns: `row` (position of the text in `spans`, from 0), `start`, `end` (code points in that text), `word`
    (categorical, in order of first appearance). Raises `InputError` if `spans` has no column `text`.

    >>> tokenize(pd.DataFrame({"text": ["Putin's U.S.-led visit"]}))
       row  start  end     word
    0    0      0    7  Putin's
    1    0      8   11      U.S
    2    0     13   16      led
    3    0     17   22    visit
    """
    need(spans, "text", verb="tokenize")
    texts = spans["text"].fillna("").tolist()
    rows, starts, ends, words = [], [], [], []
    for first, chunk in _chunks(texts):
        joined = "\n".join(chunk)
        edges = _word_edges(joined)
        lengths = np.fromiter(map(len, chunk), dtype=np.int64, count=len(chunk))
        offsets = np.concatenate(([0], np.cumsum(lengths + 1)[:-1]))  # + 1: the line break that joins two texts
        inside = np.searchsorted(offsets, edges[::2], side="right") - 1
        rows.append(inside + first)
        starts.append(edges[::2] - offsets[inside])
        ends.append(edges[1::2] - offsets[inside])
        words.append(_encode(joined, edges))
    return pd.DataFrame(
        {
            "row": _concatenate(rows),
            "start": _concatenate(starts),
            "end": _concatenate(ends),
            "word": _categorical(words),
        },
        copy=False,  # of forty million words, the offsets alone take 900 MB
    )


def count_words(texts: pd.Series) -> np.ndarray:
    """How many words each text has (int64, in the order given)."""
    counts = np.zeros(len(texts), dtype=np.int64)
    for first, chunk in _chunks(texts.fillna("").tolist()):
        joined = "\n".join(chunk)
        offsets = np.cumsum([len(text) + 1 for text in chunk])
        inside = np.searchsorted(offsets, _word_edges(joined)[::2], side="right")
        counts[first : first + len(chunk)] = np.bincount(inside, minlength=len(chunk))
    return counts


def fold_word(word: str) -> str:
    """The form under which two printings of a word are counted as one.

    Lower case, composed accents, a straight apostrophe, no possessive `'s`, no invisible characters. `US`, `USA` and
    `U.S` become `u.s.`, `UN` becomes `u.n.`, lest they be counted with *us* and Kim Jong *Un*. Spelling (`defence`,
    `defense`) and plurals are left as they are.

    >>> [fold_word(word) for word in ("Putin’s", "US", "us", "U.S", "UN", "Un")]
    ['putin', 'u.s.', 'us', 'u.s.', 'u.n.', 'un']
    """
    for character in _INVISIBLE:
        word = word.replace(character, "")
    word = unicodedata.normalize("NFC", word)
    for character in _APOSTROPHES[1:]:
        word = word.replace(character, "'")
    if word[-2:] in ("'s", "'S"):
        word = word[:-2]
    if word in _INITIALISMS:
        return _INITIALISMS[word]
    initialism = len(word) > 1 and word[1] == "." and word[0].isalpha()
    return word.lower().rstrip(".") + ("." if initialism else "")


def _chunks(texts: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Neighbouring texts of about `_CHUNK` characters together, with the position of the first."""
    first, size = 0, 0
    for position, text in enumerate(texts):
        if size and size + len(text) > _CHUNK:
            yield first, texts[first:position]
            first, size = position, 0
        size += len(text)
    if texts:
        yield first, texts[first:]


@cache
def _character_kinds() -> np.ndarray:
    """For every code point what it is: letter, digit, mark on a letter, apostrophe, point, comma, or nothing."""
    kinds = np.zeros(0x110000 + 2, dtype=np.uint8)
    for code in range(0x110000):
        category = unicodedata.category(chr(code))
        if category[0] == "L" or category in ("Nl", "No"):
            kinds[code] = _LETTER
        elif category[0] == "M":
            kinds[code] = _MARK
        elif category == "Nd":
            kinds[code] = _DIGIT
    for characters, kind in ((_INVISIBLE, _MARK), (_APOSTROPHES, _APOSTROPHE), (".", _POINT), (",", _COMMA)):
        for character in characters:
            kinds[ord(character)] = kind
    return kinds


def _word_edges(text: str) -> np.ndarray:
    """start, end, start, end, … of every word of a text, in code points."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = np.zeros(len(codes) + 4, dtype=np.uint8)  # two blanks on either side, so that neighbours always exist
    np.take(_character_kinds(), codes, out=kinds[2:-2])
    inside = (kinds & (_LETTER | _DIGIT | _MARK)) > 0
    for kind, part in ((_APOSTROPHE, _LETTER | _MARK), (_POINT | _COMMA, _DIGIT)):
        places = np.flatnonzero(kinds & kind)
        joins = places[(kinds[places - 1] & part > 0) & (kinds[places + 1] & part > 0)]
        inside[joins] = True
    points = np.flatnonzero(kinds == _POINT)
    letters = (kinds[points - 1] == _LETTER) & (kinds[points + 1] == _LETTER)
    points = points[letters]
    single = (kinds[points - 2] & (_LETTER | _DIGIT) == 0) & (kinds[points + 2] & (_LETTER | _DIGIT) == 0)
    inside[points[single]] = True
    edges = np.flatnonzero(inside[1:] != inside[:-1]) - 1
    if (kinds & _MARK).any():  # accents and joiners without a letter, as in emoji, are no word
        letters = np.concatenate(([0], np.cumsum((kinds[2:-2] & (_LETTER | _DIGIT)) > 0)))
        words = letters[edges[1::2]] > letters[edges[::2]]
        edges = edges[np.repeat(words, 2)]
    return edges


def _encode(text: str, edges: np.ndarray) -> pa.DictionaryArray:
    """The words between `edges` as Arrow dictionary codes; the hashing runs in Arrow, over bytes."""
    data = text.encode("utf-8", "surrogatepass")
    if len(data) > len(text):  # Arrow's offsets are bytes, ours are characters: the one place where they are converted
        first_bytes = (np.frombuffer(data, dtype=np.uint8) & 0xC0) != 0x80
        edges = np.append(np.flatnonzero(first_bytes), len(data))[edges]
    # Arrow strings lie side by side, so what stands between two words is encoded too, and then left out.
    offsets = np.concatenate((edges[:1], edges)).astype(np.int64)
    pieces = pa.LargeStringArray.from_buffers(len(edges), pa.py_buffer(offsets), pa.py_buffer(data))
    encoded = pieces.dictionary_encode()
    codes = encoded.indices.to_numpy(zero_copy_only=False)[1::2]
    used = np.flatnonzero(np.bincount(codes, minlength=len(encoded.dictionary)))
    renumbered = np.zeros(len(encoded.dictionary), dtype=np.int32)
    renumbered[used] = np.arange(len(used), dtype=np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(renumbered[codes]), encoded.dictionary.take(pa.array(used)))


def _categorical(words: list[pa.DictionaryArray]) -> pd.Categorical:
    if not words:
        return pd.Categorical.from_codes([], categories=pd.Index([], dtype="str"))
    unified = pa.chunked_array(words).unify_dictionaries()
    codes = np.concatenate([chunk.indices.to_numpy(zero_copy_only=False) for chunk in unified.chunks])
    return pd.Categorical.from_codes(codes, categories=pd.Index(unified.chunk(0).dictionary.to_pylist(), dtype="str"))


def _concatenate(arrays: list[np.ndarray]) -> np.ndarray:
    return np.concatenate(arrays).astype(np.int64, copy=False) if arrays else np.zeros(0, dtype=np.int64)
