"""Suggest other labels: words that stand in the same slots as one that is known, and among the same words."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from ...corpus.tokens import encode, unify
from ...tables import InputError, make_table, need, sentence_keys
from ..words.vocabulary import find_stop_words, fold_term, fold_vocabulary

SUGGESTIONS = ("label", "score", "n", "articles", "slot", "article", "start", "end", "text")
# A word seen once, or in one slot only, is alike by chance.
FEWEST = 2
REACH = 4  # words on each side; beyond them stand the other things that a sentence tells
# The slots of a word: the places beside it that must hold the same words.
_SLOTS = ((-1,), (1,), (-2, -1), (-1, 1), (1, 2))


class _Words(NamedTuple):
    """The words of all rows, one after another, by their number in the vocabulary."""

    vocabulary: list[str]
    stop: np.ndarray  # for each word of the vocabulary
    n: np.ndarray
    codes: np.ndarray  # for each word as printed
    beside: np.ndarray  # the same with "an" as "a"
    rows: np.ndarray
    sentences: np.ndarray


def suggest_labels(spans: pd.DataFrame, label: str, *, most: int = 20) -> pd.DataFrame:
    """Which other words might name the same thing as this one?

    Suggestions to be read, and mostly wrong ones: words are ranked by where they stand (distributional similarity) and
    not by what they mean, so that a neighbour (*meeting*) or an opposite can stand as high as another name. What fits
    goes into the file that `read_concepts` reads. The score is the geometric mean of two likenesses: of the slots that
    the two words stand in (the word, or the two words, beside them: `signed a ___`, `___ with`) and of the content
    words up to 4 words away. A likeness is the overlap of the two words' distributions, in which what is rare in these
    texts weighs more (the logarithm of its rarity). Words that stand here once, or share one slot only, are left out.
    In few articles a score rests on a handful of places. The `most` highest scores above 0, from high to low.

    Columns:
        label: folded as `count_terms` folds words, never a stop word
        score: 0 to 1, which is the word itself
        n: how often it is printed
        articles: that have it
        slot: the shared one of two words that adds most, or else of one
        article: of the first row with the label in that slot
        start: of that row
        end: of that row
        text: of that row

    Raises:
        InputError: if a column is missing or `label` is not one word of these texts

    Source: the idea is Harris's (1954, Word 10)

    Example:
        >>> texts = ["They signed a pact.", "They signed a deal.", "We like the pact.", "We like the deal.", "The sea."]
        >>> spans = pd.DataFrame({"article": "a", "sentence": range(5), "start": 0, "end": 9, "text": texts})
        >>> suggest_labels(spans, "pact")[["label", "score", "n", "slot", "text"]]
          label  score  n          slot               text
        0  deal    1.0  2  like the ___  We like the deal.
    """
    need(spans, "article", "sentence", "start", "end", "text", verb="suggest_labels")
    if not isinstance(label, str) or len(label.split()) != 1:
        raise InputError(f"label is {label!r}, but must be one word")
    if isinstance(most, bool) or not isinstance(most, int) or most < 1:
        raise InputError(f"most is {most!r}, but must be a whole number from 1 on")
    spans = spans.sort_values(["article", "sentence", "start"], kind="stable")
    words = _read_words(spans)
    if fold_term(label) not in words.vocabulary:
        raise InputError(f"label is '{label}', but must be a word of these texts, and it is not there")
    seed = words.vocabulary.index(fold_term(label))

    slots = pd.concat([_compare_slots(words, seed, number) for number in range(len(_SLOTS))], ignore_index=True)
    near = _compare_neighbours(words, seed)
    scores = np.sqrt(_likeness(slots, seed, words) * _likeness(near, seed, words))
    shared = np.bincount(slots["word"], minlength=len(scores))
    scores[words.stop | (words.n < FEWEST) | (shared < FEWEST)] = 0
    scores[seed] = 0
    chosen = np.argsort(-scores, kind="stable")[:most]
    chosen = chosen[scores[chosen] > 0]

    # "signed a ___" tells a reader more than "a ___", whichever weighs more.
    telling = slots.assign(wide=[len(_SLOTS[number]) for number in slots["slot"]])
    telling = telling.sort_values(["wide", "overlap"], ascending=False, kind="stable").drop_duplicates("word")
    telling = telling.set_index("word")
    articles = pd.factorize(spans["article"])[0]
    suggestions = []
    for word in chosen:
        slot, row = telling.loc[word], spans.iloc[words.rows[telling.at[word, "place"]]]
        among = len(np.unique(articles[words.rows[words.codes == word]]))
        place = (row["article"], row["start"], row["end"], row["text"])
        shown = _spell_slot(words, int(slot["slot"]), int(slot["place"]))
        suggestions.append((words.vocabulary[word], scores[word], words.n[word], among, shown, *place))
    return make_table(SUGGESTIONS, suggestions).astype({"score": float})


def _read_words(spans: pd.DataFrame) -> _Words:
    chunks = list(encode(spans["text"].fillna("").tolist()))
    counts = np.concatenate([chunk.counts for chunk in chunks]) if chunks else np.zeros(0, dtype=np.int64)
    codes, printed = unify(chunk.words for chunk in chunks)
    vocabulary, folded = fold_vocabulary(printed, True)
    codes, listed = folded[codes], vocabulary.to_pylist()
    beside = codes
    if "a" in listed and "an" in listed:  # "signed an ___" is the slot of "signed a ___"
        beside = np.where(codes == listed.index("an"), listed.index("a"), codes)
    sentences = spans.groupby(sentence_keys(spans), sort=False, dropna=False).ngroup().to_numpy()
    rows = np.repeat(np.arange(len(counts)), counts)
    n = np.bincount(codes, minlength=len(listed))
    return _Words(listed, find_stop_words(vocabulary), n, codes, beside, rows, sentences[rows])


def _compare_slots(words: _Words, seed: int, number: int) -> pd.DataFrame:
    """How far each word stands in the slots of this kind that the seed stands in."""
    keys = np.zeros(len(words.codes), dtype=np.int64)
    for step in _SLOTS[number]:
        beside = _find_beside(words, step)
        keys = np.where((keys < 0) | (beside < 0), -1, keys * len(words.vocabulary) + beside)
    known = np.unique(keys[(words.codes == seed) & (keys >= 0)])
    if not len(known):
        known = np.array([-2])  # of no word
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    places = np.flatnonzero(known[at] == keys)
    return _overlap(words, seed, places, at[places], total=int((keys >= 0).sum())).assign(slot=number)


def _compare_neighbours(words: _Words, seed: int) -> pd.DataFrame:
    """How far each word stands near the content words that the seed stands near."""
    steps = [step for step in range(-REACH, REACH + 1) if step]
    wanted = np.zeros(len(words.vocabulary) + 1, dtype=bool)  # the last for no word, which is -1
    for step in steps:
        wanted[_find_beside(words, step)[words.codes == seed]] = True
    wanted[:-1] &= ~words.stop
    wanted[-1] = False
    places, near, total = [], [], 0
    for step in steps:
        beside = _find_beside(words, step)
        total += int((beside >= 0).sum())
        places.append(np.flatnonzero(wanted[beside]))
        near.append(beside[places[-1]])
    return _overlap(words, seed, np.concatenate(places), np.concatenate(near), total=total)


def _overlap(words: _Words, seed: int, places: np.ndarray, features: np.ndarray, *, total: int) -> pd.DataFrame:
    """The overlap of each word with the seed on each feature: columns word, overlap, and a place with both."""
    size = int(features.max(initial=0)) + 1
    pairs, first, n = np.unique(words.codes[places] * size + features, return_index=True, return_counts=True)
    word, feature = np.divmod(pairs, size)
    of_seed = np.zeros(size)
    of_seed[feature[word == seed]] = n[word == seed] / words.n[seed]
    rarity = np.log(max(total, 1) / np.maximum(np.bincount(features, minlength=size), 1))
    overlap = rarity[feature] * np.minimum(n / words.n[word], of_seed[feature])
    return pd.DataFrame({"word": word, "overlap": overlap, "place": places[first]})


def _likeness(overlaps: pd.DataFrame, seed: int, words: _Words) -> np.ndarray:
    total = np.bincount(overlaps["word"], weights=overlaps["overlap"], minlength=len(words.vocabulary))
    return total / total[seed] if total[seed] > 0 else np.zeros(len(total))


def _find_beside(words: _Words, step: int) -> np.ndarray:
    """The word `step` places on in the same sentence, −1 where there is none."""
    found = np.full(len(words.codes), -1, dtype=np.int64)
    here, there = (slice(None, -step), slice(step, None)) if step > 0 else (slice(-step, None), slice(None, step))
    same = words.sentences[here] == words.sentences[there]
    found[here][same] = words.beside[there][same]
    return found


def _spell_slot(words: _Words, number: int, place: int) -> str:
    around = {step: words.vocabulary[words.beside[place + step]] for step in _SLOTS[number]}
    return " ".join(word for _, word in sorted({**around, 0: "___"}.items()))
