"""What the linear model sees of a sentence: its words, their place around the mention, negation. Never a name."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

# Characters read on either side of a mention, or of a text without one: a text without a full stop may be a gigabyte.
LONGEST = 2_000
# The first numbers of words: outside the vocabulary, the mention, any other name, any number.
UNKNOWN, TARGET, NAME, NUMBER, FIRST = range(5)
# How many words a negation reaches, and how many on either side count as near the mention.
REACH = NEAR = 5
# Letters that words of one stem share, mostly: "criti" is criticised and critics.
STEM = 5
FAMILIES = ("word", "pair", "triple", "near", "place", "stem")
# Regions of a sentence that are summed apart: all of it, and before and after the mention, near or not.
REGIONS = ("all", "before", "after", "near_before", "near_after")
# Distances to the mention, up to which valences are summed apart.
STEPS = (1, 2, 4, 8, 16)
SUMS = 2 * 2 * (len(STEPS) + 1) + 4 + 4 + 8
TOKEN = re.compile(r"['’][sS]\b|[^\W_]+(?:[.'’](?![sS]\b)[^\W_]+)*|[^\w\s]")
_OPENS = frozenset(".!?:\"“”'‘’")
_BREAKS = frozenset([*".,;:!?()—–-", "but"])
_PARTS = frozenset(
    [*',;:.!?()—–-"“”', *"and but while although though because after before who which that when as if".split()]
)
_NEGATES = frozenset(
    "not no never neither nor nobody none nothing without cannot hardly barely rarely fails failed lack lacks "
    "dont wont cant".split()
)
_MENTION = " "  # no token can be a space
_BITS = 18


class Vocabulary(NamedTuple):
    """The words that have a number, from `FIRST` on, and tables by that number."""

    numbers: dict[str, int]
    stems: np.ndarray  # the number of a stem, 0 for none
    valence: np.ndarray


class Words(NamedTuple):
    """The words of all texts, text after text, and the mention as one of them."""

    row: np.ndarray
    word: np.ndarray
    negated: np.ndarray  # within reach of a negation
    away: np.ndarray  # words from the mention: below 0 before it, 0 without a mention
    quoted: np.ndarray
    part: np.ndarray  # of the sentence, counted from its start: clauses, roughly
    counts: np.ndarray  # words of each text


def make_vocabulary(words: Sequence[str], valence: Sequence[float]) -> Vocabulary:
    stems = [word[:STEM] if len(word) > 3 and word.isalpha() else "" for word in words]
    number = {stem: place for place, stem in enumerate(sorted({"", *stems}))}  # "" sorts first
    nothing = [0] * FIRST
    return Vocabulary(
        numbers={word: place for place, word in enumerate(words, start=FIRST)},
        stems=np.array(nothing + [number[stem] for stem in stems]),
        valence=np.concatenate([nothing, valence]),
    )


def read_words(
    vocabulary: Vocabulary,
    texts: Sequence[str],
    starts: Sequence[int] | None = None,
    ends: Sequence[int] | None = None,
) -> Words:
    """The words of the texts as numbers; with offsets, those of the mention are one placeholder, whatever they are.

    Capitals that begin no sentence are a name; neighbouring ones are one. In a line mostly of capitals, and at the
    start of a sentence, words are read as if they had none, and what then is no known word is a name.
    """
    find = TOKEN.findall
    tokens, counts = [], []
    if starts is None:
        for text in texts:
            tokens += (found := find(text[:LONGEST]))
            counts.append(len(found))
    else:
        for text, start, end in zip(texts, starts, ends, strict=True):
            before, after = find(text[max(0, start - LONGEST) : start]), find(text[end : end + LONGEST])
            tokens += before
            tokens.append(_MENTION)
            tokens += after
            counts.append(len(before) + 1 + len(after))
    codes, distinct = pd.factorize(np.array(tokens, dtype=object))
    table = np.array([_read_token(token, vocabulary) for token in distinct], np.int64).reshape(-1, 8).T
    word, capital, long, opens, breaks, parts, negates, mark = table[:, codes]
    row = np.repeat(np.arange(len(counts)), counts)

    capitals = np.bincount(row, weights=capital * long, minlength=len(counts))
    shouting = (capitals >= 3) & (2 * capitals > np.bincount(row, weights=long, minlength=len(counts)))
    first = np.diff(row, prepend=-1) > 0
    initial = first | shouting[row] | np.concatenate([[False], opens[:-1] > 0])[: len(row)]
    word = np.where((capital > 0) & (~initial | (word == UNKNOWN)), NAME, word)
    kept = ~((word == NAME) & np.concatenate([[False], word[:-1] == NAME])[: len(row)] & ~first)
    row, word, breaks, parts, negates, mark = (array[kept] for array in (row, word, breaks, parts, negates, mark))
    counts = np.bincount(row, minlength=len(counts))
    begins = (np.cumsum(counts) - counts)[row]

    place = np.arange(len(row))
    last = np.maximum.accumulate(np.where(negates > 0, place, -1))  # the latest negation, itself included
    last = np.concatenate([[-1], last[:-1]])[: len(row)]
    stop = np.maximum.accumulate(np.where(breaks > 0, place, -1))
    negated = (last >= begins) & (last > stop) & (place - last <= REACH)
    targets = place[word == TARGET]
    return Words(
        row=row,
        word=word,
        negated=negated,
        away=place - targets[row] if starts is not None else np.zeros(len(row), np.int64),
        quoted=_count(mark, begins) % 2 > 0,
        part=_count(parts, begins),
        counts=counts,
    )


def _read_token(token: str, vocabulary: Vocabulary) -> tuple:
    if token == _MENTION:
        return TARGET, 0, 0, 0, 0, 0, 0, 0
    lower = token.replace("’", "'").lower()
    number = NUMBER if token[0].isdigit() else vocabulary.numbers.get(lower, UNKNOWN)
    capital = token[0].isupper() and lower != "i" and not lower.startswith("i'")
    negates = lower in _NEGATES or lower.endswith("n't")
    marks = token in ('"', "“", "”")
    return number, capital, len(token) > 3, token in _OPENS, lower in _BREAKS, lower in _PARTS, negates, marks


def _count(marks: np.ndarray, begins: np.ndarray) -> np.ndarray:
    """How many there are in the same text up to each word."""
    sums = np.concatenate([[0], np.cumsum(marks)])
    return sums[1:] - sums[begins]


def list_features(words: Words, vocabulary: Vocabulary, *, mentions: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row, key and value of every feature of words and runs of words; a key may stand more than once in a row."""
    row, known = words.row, words.word != UNKNOWN
    signed = 2 * words.word + (words.negated & (words.word >= FIRST))
    share = 1 / np.sqrt(np.maximum(words.counts, 1))
    side, away = (words.away > 0).astype(np.int64), np.abs(words.away)
    same = np.concatenate([row[1:] == row[:-1], [False]])[: len(row)]
    two = np.flatnonzero(same & known & np.roll(known, -1))
    three = two[np.isin(two + 1, two)]
    parts = []

    def add(family: str, places: np.ndarray, *ids: np.ndarray, value: np.ndarray | float) -> None:
        key = np.full(len(places), FAMILIES.index(family), np.int64)
        for one in (*ids, *[np.zeros(len(places), np.int64)] * (3 - len(ids))):
            key = key << _BITS | one
        parts.append((row[places], key, np.broadcast_to(value, len(places))))

    plain = np.flatnonzero(known & (words.word != TARGET))
    add("word", plain, signed[plain], value=share[row[plain]])
    add("pair", two, signed[two], signed[two + 1], value=share[row[two]])
    stem = np.flatnonzero(vocabulary.stems[words.word] > 0)
    stems = 2 * vocabulary.stems[words.word[stem]] + words.negated[stem]
    add("stem", stem, stems, value=share[row[stem]])
    if mentions:
        add("triple", three, *(words.word[three + step] for step in range(3)), value=share[row[three]])
        near = plain[away[plain] <= NEAR]
        add("near", near, side[near], signed[near], value=1 / np.sqrt(2 * NEAR))
        near = plain[away[plain] < NEAR]
        add("place", near, side[near] * NEAR + away[near], words.word[near], value=1 / np.sqrt(2 * NEAR))
    rows, keys, values = zip(*parts, strict=True)
    return np.concatenate(rows), np.concatenate(keys), np.concatenate(values)


def place_words(words: Words, *, mentions: bool) -> list[tuple[np.ndarray, np.ndarray]]:
    """For each region the places of its words and what each weighs: less in a long text, against its sense if negated.

    A region's sum is that of the words' vectors in training, and of the vectors' products with the coefficients here.
    """
    inside = words.word >= FIRST
    masks = {
        "all": inside,
        "before": inside & (words.away < 0),
        "after": inside & (words.away > 0),
        "near_before": inside & (words.away < 0) & (words.away >= -NEAR),
        "near_after": inside & (words.away > 0) & (words.away <= NEAR),
    }
    weights = np.where(words.negated, -0.5, 1.0) / np.sqrt(np.maximum(words.counts, 1))[words.row]
    found = []
    for region in REGIONS if mentions else REGIONS[:1]:
        places = np.flatnonzero(masks[region])
        found.append((places, np.sign(weights[places]) * 0.15 if "near" in region else weights[places]))
    return found


def sum_valences(words: Words, vocabulary: Vocabulary) -> np.ndarray:
    """What the lexicon's words of each text add up to, by sign, side and distance, clause and quotation."""
    values = vocabulary.valence[words.word] * np.where(words.negated, -0.74, 1.0)
    places = np.flatnonzero(values)
    rows, size = words.row[places], len(words.counts)
    sign, value = (values[places] < 0).astype(np.int64), np.abs(values[places])
    side, away = (words.away[places] > 0).astype(np.int64), np.abs(words.away[places])
    step = np.searchsorted(STEPS, away)
    target = np.zeros(size, np.int64)
    target[words.row[words.word == TARGET]] = np.flatnonzero(words.word == TARGET)
    # Without a mention the first word stands for it; of an empty text nothing is asked.
    target = np.where((words.word == TARGET).any(), target, np.cumsum(words.counts) - words.counts)[rows]
    clause = words.part[places] == words.part[target]
    inside, outside = words.quoted[places].astype(np.int64), words.quoted[target].astype(np.int64)

    kinds = 2 * (len(STEPS) + 1)
    column = np.column_stack([(side * (kinds // 2) + step) * 2 + sign, 2 * kinds + side * 2 + sign])
    column = np.column_stack(
        [column, 2 * kinds + 4 + side * 2 + sign, 2 * kinds + 8 + (2 * inside + outside) * 2 + sign]
    )
    weight = np.column_stack([value, value * clause, value / np.sqrt(np.maximum(away, 1)), value])
    sums = np.bincount((rows[:, None] * SUMS + column).ravel(), weights=weight.ravel(), minlength=size * SUMS)
    return np.sqrt(sums.reshape(size, SUMS)) / 4
