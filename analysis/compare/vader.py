"""The rules of VADER on whole columns at once: the very numbers of vaderSentiment, without its sentence by sentence.

Every step is the package's own arithmetic in the package's own order, its accidents included, with its own word
lists, read where it is installed. Words are told apart once per block of text, and the rules look only at the few
words that have a valence and at what stands around them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from heapq import heappop, heappush
from string import punctuation
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

# Enough sentences for the cost of a call not to matter, few enough for a block to take some 200 MB at most.
BLOCK = 6_000_000

# The first three numbers of words: no word at all (beyond an end of the sentence), a word that no rule names, and one
# that no rule names but for its "n't".
_OUTSIDE, _OTHER, _NOT = range(3)
_FADING = (1.0, 0.95, 0.9)  # what a booster is worth one, two and three words before
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Rules(NamedTuple):
    """The package's lists as tables by the number of a word."""

    analyser: object
    numbers: dict[str, int]
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
    emoji: re.Pattern


@cache
def _rules() -> _Rules:
    import vaderSentiment.vaderSentiment as package

    analyser = package.SentimentIntensityAnalyzer()
    lexicon, boosters = analyser.lexicon, package.BOOSTER_DICT
    phrases = {**package.SPECIAL_CASES, **boosters}
    words = {*lexicon, *package.NEGATE, *"least so this never without doubt but kind of at very or nor no".split()}
    words |= {word for phrase in phrases for word in phrase.split()}
    numbers = {word: number for number, word in enumerate(sorted(words), start=_NOT + 1)}

    named = ["", "", "n't", *numbers]
    known = np.array([word in lexicon for word in named])
    booster = np.array([boosters.get(word, 0.0) for word in named])
    # Multi-word emoji never match, for the package looks them up one character at a time.
    emoji = "".join(sorted(mark for mark in analyser.emojis if len(mark) == 1))

    def phrases_of(table: dict[str, float]) -> list[tuple[tuple[int, ...], float]]:
        parted = [(phrase.split(" "), value) for phrase, value in table.items()]
        return [(tuple(numbers[word] for word in parts), value) for parts, value in parted if len(parts) > 1]

    return _Rules(
        analyser=analyser,
        numbers=numbers,
        valence=np.array([lexicon.get(word, 0.0) for word in named]),
        booster=np.where(known, 0.0, booster),
        known=known,
        scored=known & (booster == 0),
        passed_over=known | (np.arange(len(named)) == _OUTSIDE),
        negates=np.array([package.negated([word]) for word in named]),
        cases=phrases_of(package.SPECIAL_CASES),
        boosters=phrases_of(boosters),
        caps=package.C_INCR,
        negation=package.N_SCALAR,
        emoji=re.compile(f"[{re.escape(emoji)}]"),
    )


def score_vader(texts: Sequence[str]) -> np.ndarray:
    """What is VADER's compound score of each text?

    From −1 to 1, to 4 decimals, the same number as `SentimentIntensityAnalyzer().polarity_scores(text)["compound"]`. It
    is the valence of the words, and no judgement of what is said about anybody: see `score_sentiment`. Source: Hutto
    and Gilbert (2014), VADER, ICWSM, as in vaderSentiment 3.3.2.

    >>> score_vader(["A good deal.", "Not a good deal!", "Two deals."]).tolist()
    [0.4404, -0.4015, 0.0]
    """
    scores = [_score_block(block) for block in _split_blocks(texts)]
    return np.concatenate(scores) if scores else np.array([])


def _split_blocks(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts in order, about as many at a time as fill a block, at least one."""
    sizes = np.cumsum([len(text) + 1 for text in texts])
    start = 0
    while start < len(texts):
        before = sizes[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(sizes, before + BLOCK, side="right")))
        yield list(texts[start:end])
        start = end


def _score_block(texts: list[str]) -> np.ndarray:
    rules = _rules()
    column = _read_column(texts)
    numbers, loud, starts = _read_words(column)
    lengths = np.diff(starts)
    louds = np.bincount(_row_of(np.flatnonzero(loud), starts), minlength=len(texts))
    mixed = (louds > 0) & (louds < lengths)  # capitals mean something only where not all are

    places = np.flatnonzero(rules.scored[numbers])
    rows = _row_of(places, starts)
    kind, of = rules.numbers["kind"], rules.numbers["of"]
    hedged = (numbers[places] == kind) & (places + 1 < starts[rows + 1]) & (numbers[(places + 1) % len(numbers)] == of)
    places, rows = places[~hedged], rows[~hedged]
    values = _score_words(numbers, loud, places, starts[rows], starts[rows + 1], mixed[rows])
    _turn_at_but(values, rows, places, numbers, starts)

    # bincount adds in the order of the words, as the package does; other sums of numpy's add in pairs.
    sums = np.bincount(rows, weights=values, minlength=len(texts))
    emphasis = _count_emphasis(column)
    totals = sums + np.sign(sums) * emphasis
    scores = np.array([round(score, 4) for score in (totals / np.sqrt(totals * totals + 15)).tolist()])
    # Where words cancel out, the last bit of the sum decides the sign of the emphasis, and Pythons differ in that bit.
    worded = np.bincount(rows, minlength=len(texts)) > 0
    for row in np.flatnonzero(worded & (np.abs(sums) < 1e-9) & (emphasis > 0)):
        scores[row] = rules.analyser.polarity_scores(texts[row])["compound"]
    return scores


def _read_column(texts: list[str]) -> pa.Array:
    """The texts with each emoji replaced by its description, as the package does it: a space before, none after."""
    try:
        column = pa.array(texts, pa.large_string())
    except UnicodeEncodeError:  # half a character: to the rules a character like any other, but Arrow has no such thing
        column = pa.array([_SURROGATE.sub("\ufffd", text) for text in texts], pa.large_string())
    rules = _rules()
    emojis = rules.analyser.emojis

    def describe(match: re.Match) -> str:
        apart = match.start() == 0 or match.string[match.start() - 1] == " "
        return ("" if apart else " ") + emojis[match[0]]

    marked = pc.match_substring_regex(column, rules.emoji.pattern)
    if pc.any(marked).as_py():
        described = [rules.emoji.sub(describe, text) for text in column.filter(marked).to_pylist()]
        column = pc.replace_with_mask(column, marked, pa.array(described, pa.large_string()))
    return column


def _read_words(column: pa.Array) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each word its number and whether it is in capitals, and where the words of each text start and end.

    Words stand between white space. An empty text has one word, which is empty.
    """
    lists = pc.utf8_split_whitespace(pc.utf8_trim_whitespace(column))
    encoded = lists.flatten().dictionary_encode()
    tokens = encoded.dictionary.to_pylist()
    stripped = [token.strip(punctuation) for token in tokens]
    # What is left of two characters or fewer may have been an emoticon.
    words = [word if len(word) > 2 else token for token, word in zip(tokens, stripped, strict=True)]
    lower = list(map(str.lower, words))
    number_of = _rules().numbers.get
    numbers = [number_of(word) or (_NOT if "n't" in word else _OTHER) for word in lower]
    signs = np.where(list(map(str.isupper, words)), -1, 1)
    signed = (np.array(numbers) * signs).astype(np.int16)[encoded.indices.to_numpy()]
    return np.abs(signed), signed < 0, lists.offsets.to_numpy()


def _score_words(
    numbers: np.ndarray, loud: np.ndarray, places: np.ndarray, starts: np.ndarray, ends: np.ndarray, mixed: np.ndarray
) -> np.ndarray:
    """The valence of the words at `places`, in sentences from `starts` to `ends`, after all that stands around them."""
    rules = _rules()

    def at(step: int) -> np.ndarray:
        there = places + step
        return np.where((there >= starts) & (there < ends), numbers.take(there, mode="clip"), _OUTSIDE)

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
    return np.any([words == _rules().numbers[one] for one in some], axis=0)


def _turn_at_but(
    values: np.ndarray, rows: np.ndarray, places: np.ndarray, numbers: np.ndarray, starts: np.ndarray
) -> None:
    """Halve what stands before the first "but" of a sentence and raise what stands after it, in `values` itself.

    The package goes from value to value, but changes the first that is equal to it, which may be another: one that it
    has changed before, to that very value. So each value keeps the places where it stands, the first on top.
    """
    buts = np.flatnonzero(numbers == _rules().numbers["but"])
    turned, which = np.unique(_row_of(buts, starts), return_index=True)
    firsts = np.full(len(starts), len(numbers))
    firsts[turned] = buts[which]
    some, factors = values.tolist(), np.where(places > firsts[rows], 1.5, 0.5).tolist()
    spans = zip(
        np.searchsorted(rows, turned).tolist(), np.searchsorted(rows, turned, side="right").tolist(), strict=True
    )
    for start, end in spans:
        standing = defaultdict(list)
        for place in range(start, end):
            standing[some[place]].append(place)
        for place in range(start, end):
            first = heappop(standing[some[place]])
            some[first] *= factors[first]
            heappush(standing[some[first]], first)
    values[:] = some


def _count_emphasis(column: pa.Array) -> np.ndarray:
    """What the exclamation marks of each text, up to four, and its question marks, from two on, add to its sum."""
    _, offsets, data = column.buffers()
    starts = np.frombuffer(offsets, np.int64)[column.offset : column.offset + len(column) + 1]
    octets = np.frombuffer(data, np.uint8) if data else np.zeros(0, np.uint8)

    def count(mark: str) -> np.ndarray:
        places = np.flatnonzero(octets[: starts[-1]] == ord(mark))
        return np.bincount(_row_of(places, starts), minlength=len(column))

    exclamations, questions = np.minimum(count("!"), 4), count("?")
    return exclamations * 0.292 + np.where(questions > 3, 0.96, np.where(questions > 1, questions * 0.18, 0.0))


def _row_of(places: np.ndarray, starts: np.ndarray) -> np.ndarray:
    return np.searchsorted(starts, places, side="right") - 1
