"""VADER's word lists as tables, and the words of whole columns of text as numbers in them."""

import re
from collections.abc import Sequence
from functools import cache
from string import punctuation
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

# The first numbers: no word at all (beyond an end of the sentence), a word that no rule names, and one that no rule
# names but for its "n't".
OUTSIDE, _OTHER, _NOT, _FIRST = range(4)
_SURROGATE = re.compile("[\ud800-\udfff]")


class Rules(NamedTuple):
    """The package's lists: numbers for the words that a rule names, and tables by that number."""

    words: pa.Array  # by number; the first three are no words
    numbers: dict[str, int]
    emojis: dict[str, str]
    valence: np.ndarray
    booster: np.ndarray
    known: np.ndarray  # in the lexicon
    scored: np.ndarray  # in the lexicon, and no booster
    passed_over: np.ndarray  # as a word before another: in the lexicon, or outside
    negates: np.ndarray
    cases: list[tuple[tuple[int, ...], float]]  # phrases, as numbers of words, that set a valence
    boosters: list[tuple[tuple[int, ...], float]]  # and those that add to it
    caps: float
    negation: float
    rare: str  # a regular expression: an emoji, or a space that ASCII does not know as one


@cache
def read_rules() -> Rules:
    import vaderSentiment.vaderSentiment as package

    analyser = package.SentimentIntensityAnalyzer()
    lexicon, boosters = analyser.lexicon, package.BOOSTER_DICT
    phrases = {**package.SPECIAL_CASES, **boosters}
    words = {*lexicon, *package.NEGATE, *"least so this never without doubt but kind of at very or nor no".split()}
    words |= {word for phrase in phrases for word in phrase.split()}
    numbers = {word: number for number, word in enumerate(sorted(words), start=_FIRST)}

    named = [" ", "  ", " n't ", *numbers]  # no word has a space in it
    known = np.array([word in lexicon for word in named])
    booster = np.array([boosters.get(word, 0.0) for word in named])
    # Multi-word emoji never match, for the package looks them up one character at a time.
    rare = {mark for mark in analyser.emojis if len(mark) == 1}
    rare |= {mark for mark in map(chr, range(0x3001)) if mark.isspace() and mark not in " \t\n\v\f\r"}

    def phrases_of(table: dict[str, float]) -> list[tuple[tuple[int, ...], float]]:
        parted = [(phrase.split(" "), value) for phrase, value in table.items()]
        return [(tuple(numbers[word] for word in parts), value) for parts, value in parted if len(parts) > 1]

    return Rules(
        words=pa.array(named, pa.large_string()),
        numbers=numbers,
        emojis=analyser.emojis,
        valence=np.array([lexicon.get(word, 0.0) for word in named]),
        booster=np.where(known, 0.0, booster),
        known=known,
        scored=known & (booster == 0),
        passed_over=known | (np.arange(len(named)) == OUTSIDE),
        negates=np.array([package.negated([word]) for word in named]),
        cases=phrases_of(package.SPECIAL_CASES),
        boosters=phrases_of(boosters),
        caps=package.C_INCR,
        negation=package.N_SCALAR,
        rare=f"[{''.join(map(re.escape, sorted(rare)))}]",
    )


def open_texts(texts: Sequence[str] | pd.Series) -> pa.Array:
    """The texts as one column of Arrow's; those of a table are no more than looked at."""
    try:
        column = pa.array(texts, pa.large_string())
    except UnicodeEncodeError:  # half a character: to the rules a character like any other, but Arrow has no such thing
        column = pa.array([_SURROGATE.sub("\ufffd", text) for text in texts], pa.large_string())
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def read_column(column: pa.Array) -> pa.Array:
    """The texts with each emoji replaced by its description, as the package does it, and every space by a plain one."""
    rare = pc.match_substring_regex(column, read_rules().rare)
    if pc.any(rare).as_py():
        replaced = [_describe_emoji(text) for text in column.filter(rare).to_pylist()]
        column = pc.replace_with_mask(column, rare, pa.array(replaced, pa.large_string()))
    return column


def _describe_emoji(text: str) -> str:
    emojis, pieces, before = read_rules().emojis, [], " "
    for mark in text:
        if mark in emojis:
            pieces.append(emojis[mark] if before == " " else " " + emojis[mark])
        else:
            pieces.append(" " if mark.isspace() else mark)
        before = mark
    return "".join(pieces)


def read_words(column: pa.Array) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each word its number and whether it is in capitals, and where the words of each text start and end.

    Words stand between white space. An empty text has one word, which is empty.
    """
    rules = read_rules()
    lists = split_words(column)
    tokens = lists.flatten()
    words = pc.ascii_trim(tokens, punctuation)
    numbers = pc.index_in(pc.ascii_lower(words), rules.words).fill_null(_OTHER).to_numpy().copy()
    loud = pc.ascii_is_upper(words).to_numpy(zero_copy_only=False)

    # Read one by one what Arrow may read otherwise than Python (letters beyond ASCII), what may hold "n't", and what
    # marks were stripped off that may have been an emoticon.
    starts, octets = open_column(tokens)
    left = np.diff(open_column(words)[0])
    odd = (left <= 2) & (left < np.diff(starts))
    marks = np.flatnonzero(octets == ord("'"))
    marks = marks[octets.take(marks + 1, mode="clip") | 32 == ord("t")]
    odd[row_of(np.concatenate([marks, np.flatnonzero(octets > 127)]), starts)] = True
    encoded = tokens.filter(pa.array(odd)).dictionary_encode()
    read = np.array([_read_word(token) for token in encoded.dictionary.to_pylist()], np.int32).reshape(-1, 2)
    numbers[odd], loud[odd] = read[encoded.indices.to_numpy()].T
    return numbers, loud, lists.offsets.to_numpy()


def split_words(column: pa.Array) -> pa.Array:
    """The words of each text, between white space, with the marks that stand at them."""
    return pc.ascii_split_whitespace(pc.ascii_trim_whitespace(column))


def _read_word(token: str) -> tuple[int, bool]:
    stripped = token.strip(punctuation)
    word = stripped if len(stripped) > 2 else token  # what is left of ":-)" is too short to be the word
    lower = word.lower()
    return read_rules().numbers.get(lower, _NOT if "n't" in lower else _OTHER), word.isupper()


def open_column(column: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Where each text of a column starts and ends among its octets, and these."""
    _, offsets, data = column.buffers()
    starts = np.frombuffer(offsets, np.int64)[column.offset : column.offset + len(column) + 1]
    return starts, np.frombuffer(data or b"", np.uint8)[: starts[-1]]


def row_of(places: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """In which of the stretches that begin at `starts` each place is."""
    return np.searchsorted(starts, places, side="right") - 1
