"""The rules of VADER on whole columns at once: the very numbers of vaderSentiment, without its sentence by sentence.

Every step is the package's own arithmetic in the package's own order, its accidents included, with its own word
lists, read where it is installed. Words are told apart once per block of text, and the rules look only at the few
words that have a valence and at what stands around them.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from string import punctuation

import numpy as np
import pandas as pd
import pyarrow as pa

from ...corpus.parallel import map_blocks
from .words import OUTSIDE, open_column, open_texts, read_column, read_rules, read_words, row_of, split_words

# Octets: enough for the cost of a block not to matter, few enough for one to take less than 100 MB.
BLOCK = 4_000_000

_ENOUGH = 32_000_000  # octets: a second or two of work, and workers take as long to start

_FADING = (1.0, 0.95, 0.9)  # what a booster is worth one, two and three words before


def score_vader(texts: Sequence[str] | pd.Series) -> np.ndarray:
    """What is VADER's compound score of each text?

    From −1 to 1, to 4 decimals, the same number as `SentimentIntensityAnalyzer().polarity_scores(text)["compound"]`. It
    is the valence of the words, and no judgement of what is said about anybody: see `score_sentiment`. Source: Hutto
    and Gilbert (2014), VADER, ICWSM, as in vaderSentiment 3.3.2.

    >>> score_vader(["A good deal.", "Not a good deal!", "Two deals."]).tolist()
    [0.4404, -0.4015, 0.0]
    """
    column = open_texts(texts)
    starts, _ = open_column(column)
    many = len(column) > 0 and starts[-1] - starts[0] > _ENOUGH
    scores = list(map_blocks(_score_column, ((block,) for block in _split_blocks(column)), enough=many))
    return np.concatenate(scores) if scores else np.array([])


def explain_vader(texts: Sequence[str] | pd.Series) -> pd.DataFrame:
    """Which words make VADER's score of each text?

    Columns: row (the number of the text), word, valence: what the word adds to the sum, after the negations, boosters
    and capitals around it. The sums, a little more for marks of exclamation, are what is folded into −1 to 1.

    >>> explain_vader(["The United Nations, not a friend."])
       row    word  valence
    0    0  United    1.800
    1    0  friend   -1.628
    """
    column = read_column(open_texts(texts))
    values, rows, places = _weigh_words(column)
    tokens = split_words(column).flatten().take(pa.array(places))
    words = [token if len(word := token.strip(punctuation)) <= 2 else word for token in tokens.to_pylist()]
    return pd.DataFrame({"row": rows, "word": pd.array(words, dtype="str"), "valence": values})


def _split_blocks(column: pa.Array) -> Iterator[pa.Array]:
    """The texts in order, about as many at a time as fill a block, at least one."""
    starts, _ = open_column(column)
    start = 0
    while start < len(column):
        end = max(start + 1, int(np.searchsorted(starts, starts[start] + BLOCK, side="right")) - 1)
        # `take` copies: the octets of a slice would begin before its first text.
        yield column.take(pa.array(np.arange(start, end)))
        start = end


def _weigh_words(column: pa.Array) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What each word with a valence adds to the sum of its text, the row of the text, its place among all words."""
    rules = read_rules()
    numbers, loud, starts = read_words(column)
    lengths = np.diff(starts)
    louds = np.bincount(row_of(np.flatnonzero(loud), starts), minlength=len(column))
    mixed = (louds > 0) & (louds < lengths)  # capitals mean something only where not all are

    places = np.flatnonzero(rules.scored[numbers])
    rows = row_of(places, starts)
    kind, of = rules.numbers["kind"], rules.numbers["of"]
    hedged = (numbers[places] == kind) & (places + 1 < starts[rows + 1]) & (numbers[(places + 1) % len(numbers)] == of)
    places, rows = places[~hedged], rows[~hedged]
    values = _score_words(numbers, loud, places, starts[rows], starts[rows + 1], mixed=mixed[rows])
    _turn_at_but(values, rows, places, numbers, starts)
    return values, rows, places


def _score_column(column: pa.Array) -> np.ndarray:
    return _score_block(read_column(column))


def _score_block(column: pa.Array) -> np.ndarray:
    values, rows, _ = _weigh_words(column)
    # bincount adds in the order of the words, as the package does; other sums of numpy's add in pairs. Where words
    # cancel out, the last bit decides which way the emphasis goes, and Pythons differ in how they come to that bit.
    sums = np.bincount(rows, weights=values, minlength=len(column))
    ends = np.cumsum(np.bincount(rows, minlength=len(column)))
    for row in np.flatnonzero((np.abs(sums) < 1e-9) & (np.diff(ends, prepend=0) > 1)):
        sums[row] = sum(values[ends[row - 1] if row else 0 : ends[row]].tolist())
    totals = sums + np.sign(sums) * _count_emphasis(column)
    exact = totals / np.sqrt(totals * totals + 15)
    scores = np.round(exact, 4)
    for row in np.flatnonzero(np.abs(np.abs(exact) * 1e4 % 1 - 0.5) < 1e-6):
        scores[row] = round(float(exact[row]), 4)  # so near the middle of two numbers numpy's own may go wrong
    return scores + 0.0  # no -0.0


def _score_words(
    numbers: np.ndarray,
    loud: np.ndarray,
    places: np.ndarray,
    starts: np.ndarray,
    ends: np.ndarray,
    *,
    mixed: np.ndarray,
) -> np.ndarray:
    """The valence of the words at `places`, in sentences from `starts` to `ends`, after all that stands around them."""
    rules = read_rules()

    def at(step: int) -> np.ndarray:
        there = places + step
        return np.where((there >= starts) & (there < ends), numbers.take(there, mode="clip"), OUTSIDE)

    def find(phrases: list[tuple[tuple[int, ...], float]], *words: np.ndarray) -> np.ndarray:
        found = np.full(len(places), np.nan)
        for phrase, value in phrases:
            if len(phrase) == len(words):
                found[np.all([word == one for word, one in zip(words, phrase, strict=True)], axis=0)] = value
        return found

    def shout(values: np.ndarray, step: int) -> np.ndarray:
        capitals = mixed & loud.take(places + step, mode="clip")
        return np.where(capitals, np.where(values > 0, rules.caps, -rules.caps), 0.0)

    word, after, later = at(0), at(1), at(2)
    before = [at(-1), at(-2), at(-3)]
    first, second, third = before
    no, never, without, doubt, least = (rules.numbers[one] for one in "no never without doubt least".split())

    values = np.where((word == no) & rules.known[after], 0.0, rules.valence[word])
    joined = _among(first, "or", "nor")
    denied = (first == no) | (second == no) | ((third == no) & joined)
    values = np.where(denied, rules.valence[word] * rules.negation, values)
    values = values + shout(values, 0)

    emphatic = _among(first, "so", "this")
    usual, nearer = np.zeros(len(places), bool), first == doubt
    spared = [
        (usual, usual),
        ((second == never) & emphatic, (second == without) & nearer),
        # As the package has it: "so" or "this" just before is enough, whatever stands third.
        (
            ((third == never) & _among(second, "so", "this")) | emphatic,
            (third == without) & (nearer | (second == doubt)),
        ),
    ]
    for step, (other, (raised, kept)) in enumerate(zip(before, spared, strict=True)):
        counts = ~rules.passed_over[other]
        scalar = rules.booster[other]
        change = np.where(values < 0, -scalar, scalar) + np.where(scalar != 0, shout(values, -1 - step), 0.0)
        factor = np.select([raised, kept, rules.negates[other]], [1.25, 1.0, rules.negation], 1.0)
        values = np.where(counts, (values + change * _FADING[step]) * factor, values)

    # Phrases count only where the third word before does. Of several the last of these is taken.
    counts = ~rules.passed_over[third]
    windows = [(third, second), (third, second, first), (second, first), (second, first, word), (first, word)]
    for window in (*windows, (word, after), (word, after, later)):
        found = find(rules.cases, *window)
        values = np.where(counts & ~np.isnan(found), found, values)
    for window in ((third, second, first), (third, second), (second, first)):
        found = find(rules.boosters, *window)
        values = np.where(counts & ~np.isnan(found), values + found, values)

    lessened = (first == least) & ~rules.known[first] & ~_among(second, "at", "very")
    return np.where(lessened, values * rules.negation, values)


def _among(words: np.ndarray, *some: str) -> np.ndarray:
    return np.any([words == read_rules().numbers[one] for one in some], axis=0)


def _turn_at_but(
    values: np.ndarray, rows: np.ndarray, places: np.ndarray, numbers: np.ndarray, starts: np.ndarray
) -> None:
    """Halve what stands before the first "but" of a sentence and raise what stands after it, in `values` itself.

    The package goes from value to value, but changes the first that is equal to it, which may be another: one that it
    has changed before, to that very value. So each value keeps the places where it stands, the first on top.
    """
    buts = np.flatnonzero(numbers == read_rules().numbers["but"])
    turned, which = np.unique(row_of(buts, starts), return_index=True)
    firsts = np.full(len(starts), len(numbers))
    firsts[turned] = buts[which]
    value_of_place, factors = values.tolist(), np.where(places > firsts[rows], 1.5, 0.5).tolist()
    spans = zip(
        np.searchsorted(rows, turned).tolist(), np.searchsorted(rows, turned, side="right").tolist(), strict=True
    )
    for start, end in spans:
        standing = defaultdict(list)
        for place in range(start, end):
            standing[value_of_place[place]].append(place)
        for place in range(start, end):
            first = heappop(standing[value_of_place[place]])
            value_of_place[first] *= factors[first]
            heappush(standing[value_of_place[first]], first)
    values[:] = value_of_place


def _count_emphasis(column: pa.Array) -> np.ndarray:
    """What the exclamation marks of each text, up to four, and its question marks, from two on, add to its sum."""
    starts, octets = open_column(column)

    def count(mark: str) -> np.ndarray:
        places = np.flatnonzero(octets == ord(mark))
        return np.bincount(row_of(places, starts), minlength=len(column))

    exclamations, questions = np.minimum(count("!"), 4), count("?")
    return exclamations * 0.292 + np.where(questions > 3, 0.96, np.where(questions > 1, questions * 0.18, 0.0))
