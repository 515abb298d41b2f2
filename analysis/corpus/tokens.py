"""The one word tokenizer: texts become integer word codes with character offsets, without a loop over words."""

import re
import unicodedata
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from itertools import chain, islice, starmap
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from ..tables import need

# Characters of text taken at once: large enough for array arithmetic, small enough that the arrays stay under 100 MB.
_CHUNK = 1_000_000
# More threads than this gain nothing: half of the work holds the interpreter.
_THREADS = 2
_LETTER, _DIGIT, _APOSTROPHE, _POINT, _COMMA, _MARK = 1, 2, 4, 8, 16, 32
_APOSTROPHES = "'’ʼ"
# Soft hyphens and zero-width joiners stand inside words of web pages without being seen.
_INVISIBLE = "\u00ad\u200c\u200d\u2060"
# An address is no words: "https://t.co/9DUQqzORBp" would be five.
_LINK_OPENINGS, _PROTOCOLS = ("http", "www.", "pic.twitter.com/"), ("http://", "https://")
_LINK = re.compile(r"[^\s<>\"“”()\[\]]+")
# Written with and without points, and another word without: "us", Kim Jong Un.
_INITIALISMS = {"US": "u.s.", "USA": "u.s.", "U.S.A": "u.s.", "UN": "u.n.", "UK": "u.k."}


class Chunk(NamedTuple):
    """The words of some neighbouring texts, in order."""

    first: int  # position of the first of these texts
    counts: np.ndarray  # int64, for each text how many of the words are its own
    starts: np.ndarray  # int32, code points in that text
    ends: np.ndarray
    words: pa.DictionaryArray | np.ndarray  # as printed, or their hashes


def tokenize(spans: pd.DataFrame) -> pd.DataFrame:
    """Which words stand in each text, and where?

    A word is a run of letters and digits. An apostrophe between letters (`Putin's`), a point or comma between digits
    (`1,961`) and the points inside an initialism (`U.S.`, read as `U.S`) belong to it; a hyphen does not, so that `Kim
    Jong-un` and `Kim Jong Un` are the same three words. A link (`https://…`) holds no words. Nothing is folded here, so
    that two printings of one word are two words.

    Columns:
        row: position of the text in `spans`, from 0
        start: its first code point in that text, from 0
        end: the one behind its last
        word: as printed; categorical, in order of first appearance

    Raises:
        InputError: if `spans` has no column `text`

    Example:
        >>> tokenize(pd.DataFrame({"text": ["Putin's U.S.-led visit"]}))
           row  start  end     word
        0    0      0    7  Putin's
        1    0      8   11      U.S
        2    0     13   16      led
        3    0     17   22    visit
    """
    need(spans, "text", verb="tokenize")
    chunks = list(encode(spans["text"].fillna("").tolist()))
    codes, vocabulary = unify(chunk.words for chunk in chunks)
    counts = _concatenate([chunk.counts for chunk in chunks])
    categories = pd.Index(vocabulary.to_pylist(), dtype="str")
    return pd.DataFrame(
        {
            "row": np.repeat(np.arange(len(counts)), counts),
            "start": _concatenate([chunk.starts for chunk in chunks]),
            "end": _concatenate([chunk.ends for chunk in chunks]),
            "word": pd.Categorical.from_codes(codes, categories=categories, validate=False),
        },
        copy=False,  # of forty million words, the offsets alone take 900 MB
    )


def encode(texts: list[str]) -> Iterator[Chunk]:
    """The words of all texts, chunk by chunk, in arrays of half the size of those of `tokenize`."""
    return read_chunks(_encode, texts)


def read_chunks(read: Callable, texts: list[str], *, alone: bool = True) -> Iterator[Chunk]:
    """Chunks whose `words` are what `read` makes of a text and its words' edges, in bytes (UTF-8) and in characters.

    Not `alone`: other work fills the cores meanwhile, and a second thread would only take from it.
    """
    step = partial(_read_chunk, read)
    return _map_chunks(step, texts) if alone else starmap(step, _chunks(texts))


def _read_chunk(read: Callable, first: int, texts: list[str]) -> Chunk:
    first, text, counts, offsets, edges, byte_edges = _read(first, texts)
    base = np.repeat(offsets, counts)
    starts, ends = ((edges[side::2] - base).astype(np.int32) for side in (0, 1))
    return Chunk(first, counts, starts, ends, read(text, byte_edges, edges))


def locate(texts: list[str]) -> Iterator[Chunk]:
    """Where words stand, without reading them: chunks whose `words` are missing."""
    for chunk in _chunks(texts):
        first, _, counts, offsets, edges, _ = _read(*chunk)
        base = np.repeat(offsets, counts)
        yield Chunk(first, counts, *((edges[side::2] - base).astype(np.int32) for side in (0, 1)), None)


def unify(words: Iterable[pa.DictionaryArray]) -> tuple[np.ndarray, pa.Array]:
    """One code (int32) for each word of all chunks, and the words in the order of their codes, that of appearance."""
    words = list(words)
    if not words:
        return np.zeros(0, dtype=np.int32), pa.array([], type=pa.large_string())
    unified = pa.chunked_array(words).unify_dictionaries()
    codes = [chunk.indices.to_numpy(zero_copy_only=False) for chunk in unified.chunks]
    return np.concatenate(codes).astype(np.int32, copy=False), unified.chunk(0).dictionary


def count_words(texts: pd.Series) -> np.ndarray:
    """How many words each text has (int64, in the order given)."""
    return _concatenate([_read(*chunk)[2] for chunk in _chunks(texts.fillna("").tolist())])


def fold_word(word: str) -> str:
    """The form under which two printings of a word are counted as one.

    Lower case, composed accents, a straight apostrophe, no possessive `'s`, no invisible characters. `US`, `USA` and
    `U.S` become `u.s.`, `UN` becomes `u.n.`, lest they be counted with *us* and Kim Jong *Un*. Spelling (`defence`,
    `defense`) and plurals are left as they are; `count_terms` goes on to fold them.

    >>> [fold_word(word) for word in ("Putin’s", "US", "us", "U.S", "UN", "Un")]
    ['putin', 'u.s.', 'us', 'u.s.', 'u.n.', 'un']
    """
    if not word.isascii():
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
    of_category = defaultdict(int, dict.fromkeys(("Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "No"), _LETTER), Nd=_DIGIT)
    of_category |= dict.fromkeys(("Mn", "Mc", "Me"), _MARK)
    categories = map(unicodedata.category, map(chr, range(0x110000)))
    kinds = np.array(bytearray(map(of_category.__getitem__, categories)))
    for characters, kind in ((_INVISIBLE, _MARK), (_APOSTROPHES, _APOSTROPHE), (".", _POINT), (",", _COMMA)):
        for character in characters:
            kinds[ord(character)] = kind
    return kinds


def _map_chunks(step: Callable[..., Chunk], texts: list[str]) -> Iterator[Chunk]:
    """What `step` makes of each chunk, in order. NumPy and Arrow let go of the interpreter, so threads share the work.

    Only as many chunks are ahead as there are threads: memory is bounded by them, not by the corpus.
    """
    chunks = _chunks(texts)
    ahead = [*islice(chunks, 2)]
    if len(ahead) < 2:
        yield from (step(*chunk) for chunk in ahead)
        return
    with ThreadPoolExecutor(_THREADS) as pool:
        waiting = deque(pool.submit(step, *chunk) for chunk in chain(ahead, islice(chunks, max(0, _THREADS - 2))))
        while waiting:
            yield waiting.popleft().result()
            waiting.extend(pool.submit(step, *chunk) for chunk in islice(chunks, 1))


def _read(first: int, texts: list[str]) -> tuple:
    """Position of the chunk's first text, joined texts, words in each text, where each begins, word edges."""
    text = _blank_links("\n".join(texts))
    edges, byte_edges = _word_edges(text)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    offsets = np.cumsum(lengths + 1) - (lengths + 1)  # + 1: the line break that joins two texts
    counts = np.diff(np.searchsorted(edges[::2], offsets), append=len(edges) // 2)
    return first, text, counts, offsets, edges, byte_edges


def _blank_links(text: str) -> str:
    """The text with spaces for its links, at the same length."""
    links = []
    for opening in _LINK_OPENINGS:  # a search for plain words is ten times as fast as one expression for them all
        start = text.find(opening)
        while start >= 0:
            end = start + len(opening)
            if opening != "http" or text.startswith(_PROTOCOLS, start):
                end = _LINK.match(text, start).end()
                links.append((start, end))
            start = text.find(opening, end)
    pieces, done = [], 0
    for start, end in sorted(links):
        if end > done:
            pieces += [text[done : max(start, done)], " " * (end - max(start, done))]
            done = end
    return "".join(pieces) + text[done:] if links else text


def _word_edges(text: str) -> tuple[np.ndarray, np.ndarray]:
    """start, end, start, end, … of every word of a text, in code points, and the same in bytes of UTF-8."""
    # One byte for each character; what is beyond Latin-1 becomes "?" and is looked up apart, as it is rare.
    latin = text.encode("latin-1", "replace")
    kinds = np.frombuffer(b"\0\0" + latin.translate(_latin_kinds()) + b"\0\0", dtype=np.uint8)
    wide = _find_wide(text, latin)  # two blanks on either side, so that neighbours always exist
    if len(wide[0]):
        kinds = kinds.copy()
        kinds[wide[0] + 2] = _character_kinds()[wide[1]]
    inside = (kinds & (_LETTER | _DIGIT | _MARK)) > 0
    special = np.flatnonzero(kinds >= _APOSTROPHE)  # of all characters a twentieth, looked for once
    special_kinds = kinds[special]
    for kind, part in ((_APOSTROPHE, _LETTER | _MARK), (_POINT | _COMMA, _DIGIT)):
        places = special[special_kinds & kind > 0]
        joins = places[(kinds[places - 1] & part > 0) & (kinds[places + 1] & part > 0)]
        inside[joins] = True
    points = special[special_kinds == _POINT]
    letters = (kinds[points - 1] == _LETTER) & (kinds[points + 1] == _LETTER)
    points = points[letters]
    part = _LETTER | _DIGIT | _MARK
    single = (kinds[points - 2] & part == 0) & (kinds[points + 2] & part == 0)
    inside[points[single]] = True
    edges = np.flatnonzero(inside[1:] != inside[:-1]) - 1
    marks = special[special_kinds == _MARK]
    if len(marks):  # accents and joiners without a letter, as in emoji, are no word
        marked = np.unique(np.searchsorted(edges[::2], marks - 2, side="right") - 1)
        bounds = np.stack([edges[::2][marked], edges[1::2][marked]], axis=1).ravel() + 2
        lettered = np.logical_or.reduceat((kinds & (_LETTER | _DIGIT)) > 0, bounds)[::2]
        words = np.ones(len(edges) // 2, dtype=bool)
        words[marked] = lettered
        edges = edges[np.repeat(words, 2)]
    return edges, _in_bytes(edges, *wide)


def _find_wide(text: str, latin: bytes) -> tuple[np.ndarray, np.ndarray]:
    """Place and code point of all characters that are not ASCII, and of question marks."""
    if text.isascii():
        return np.zeros((2, 0), dtype=np.int64)
    narrow = np.frombuffer(latin, dtype=np.uint8)
    places = np.flatnonzero((narrow >= 0x80) | (narrow == ord("?")))
    return places, np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)[places]


def _in_bytes(edges: np.ndarray, places: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """Arrow's offsets are bytes, ours are characters: the one place where they are converted."""
    if not len(places):
        return edges
    more = (codes >= 0x80).astype(np.int64) + (codes >= 0x800) + (codes >= 0x10000)
    sizes = np.diff(np.searchsorted(edges, places, side="right"), prepend=0, append=len(edges))
    return edges + np.repeat(np.append(0, np.cumsum(more)), sizes)


@cache
def _latin_kinds() -> bytes:
    return _character_kinds()[:256].tobytes()


def _encode(text: str, edges: np.ndarray, _: np.ndarray) -> pa.DictionaryArray:
    """The words between `edges` (in bytes) as Arrow dictionary codes; the hashing runs in Arrow, over bytes."""
    # Arrow strings lie side by side, so what stands between two words is encoded too, and then left out.
    data, offsets = text.encode("utf-8", "surrogatepass"), np.concatenate((edges[:1], edges))
    pieces = pa.LargeStringArray.from_buffers(len(edges), pa.py_buffer(offsets), pa.py_buffer(data))
    encoded = pieces.dictionary_encode()
    codes = encoded.indices.to_numpy(zero_copy_only=False)[1::2]
    used = np.zeros(len(encoded.dictionary), dtype=bool)
    used[codes] = True
    renumbered = np.cumsum(used, dtype=np.int32) - np.int32(1)
    return pa.DictionaryArray.from_arrays(
        pa.array(renumbered[codes]), encoded.dictionary.take(pa.array(np.flatnonzero(used)))
    )


def _concatenate(arrays: list[np.ndarray]) -> np.ndarray:
    return np.concatenate(arrays).astype(np.int64, copy=False) if arrays else np.zeros(0, dtype=np.int64)
