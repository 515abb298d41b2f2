"""Find the reported clauses that tell a quotation in other words."""

import math
from collections import defaultdict

import numpy as np
import pandas as pd

from ...corpus.places import changes, expand
from ...corpus.stop_words import stop_words
from ...corpus.tokens import fold_word
from .anchors import SAME_SPEAKER, SHORT, UNKNOWN_SPEAKER, names_in
from .wordings import Words, distinct, repeated

# Three words in common that are no names, and by rarity half of the clause's or of the quotation's: with fewer it tells
# something else of the same people.
FEWEST_SHARED, SHARED_CONTENT = 3, 0.5
# A word's first five letters stand for its forms: fight and fighting, policy and policies.
_STEM = 5
# A clause is looked up by its four rarest words, and by none that more quotations of the event have.
_LOOKED_UP, _MOST_QUOTATIONS = 4, 50
# Pairs of a clause and a quotation looked at together.
_BLOCK = 5_000_000


def find_paraphrases(
    clauses: pd.DataFrame, read: pd.DataFrame, utterances: pd.DataFrame, words: Words, events: np.ndarray
) -> list[tuple[int, int]]:
    """Positions of the clauses that paraphrase a quotation, each with the fullest printing of it.

    For each article and quotation the closest clause, and none where the article prints the quotation in marks.
    `read` are the clauses as `tokenize` reads them; `events` has one for each article.
    """
    group, rows, clause_rows = (
        column.to_numpy() for column in (utterances["group"], utterances["row"], clauses["row"])
    )
    several = np.bincount(events)[events] > 1  # what an article alone tells of its event, no other tells in other words
    anchors = (group == np.arange(len(group))) & (np.diff(words.firsts) >= SHORT) & several[rows]
    anchors = np.flatnonzero(anchors)
    if not len(anchors) or not len(clauses):
        return []
    numbers: dict[str, int] = {}
    stems = _stems(words.vocabulary, numbers)
    rarity = -np.log(_count(words.codes, stems, len(numbers)).clip(1) / len(words.codes))
    sizes = np.diff(words.firsts)[anchors]
    quoted = stems[words.codes[expand(words.firsts[anchors], sizes)]]
    held = _pairs(np.repeat(np.arange(len(anchors)), sizes), quoted)
    printed, codes = read["word"].cat.categories, read["word"].cat.codes.to_numpy()
    stems = _stems(printed, numbers)
    stems[_names(printed, codes, stems, len(numbers))] = -1
    rarity = np.append(rarity, np.full(len(numbers) - len(rarity), math.log(len(words.codes))))  # told, never quoted
    told = np.flatnonzero((stems >= 0)[codes] & several[clause_rows][read["row"].to_numpy()])
    told = _pairs(read["row"].to_numpy()[told], stems[codes[told]])
    found = _look_up(held, told, events[rows[anchors]], events[clause_rows], len(numbers))
    score, chance = _score(held, told, found, rarity), math.log(len(words.codes))
    likely = score >= SAME_SPEAKER * chance
    likely = found[0][likely], anchors[found[1][likely]], score[likely]
    return _choose(likely, clauses, utterances, chance)


def _choose(likely: tuple, clauses: pd.DataFrame, utterances: pd.DataFrame, chance: float) -> list[tuple[int, int]]:
    """The closest clause for each article and quotation, if the article does not print it and the speakers agree."""
    told, quoted, scores = likely
    versions = utterances[np.isin(utterances["group"].to_numpy(), quoted)]
    printed, of = set(zip(versions["group"], versions["row"], strict=True)), defaultdict(frozenset)
    for fullest, speaker in zip(versions["group"], versions["speaker"], strict=True):
        of[fullest] |= names_in(speaker)
    clause_rows, speakers, best = clauses["row"].to_numpy(), clauses["speaker"].array, {}
    for clause, fullest, score in zip(told.tolist(), quoted.tolist(), scores.tolist(), strict=True):
        place, by = (fullest, int(clause_rows[clause])), names_in(speakers[clause])
        same = bool(by & of[fullest])
        if place in printed or (not same and by and of[fullest]):
            continue
        if score >= (SAME_SPEAKER if same else UNKNOWN_SPEAKER) * chance:
            best[place] = max(best.get(place, (False, 0.0, 0)), (same, score, -clause))
    return sorted((-clause, anchor) for (anchor, _), (*_, clause) in best.items())


def _score(held: tuple, told: tuple, pairs: tuple, rarity: np.ndarray) -> np.ndarray:
    """How unlikely the common stems of each pair come by chance in a quotation as long, as a logarithm.

    0 if the stems are too few.
    """
    clauses, quotations = pairs
    base = len(rarity)
    firsts, lasts = (np.searchsorted(told[0], clauses, side=side) for side in ("left", "right"))
    pair, stems = np.repeat(np.arange(len(clauses)), lasts - firsts), told[1][expand(firsts, lasts - firsts)]
    keys, wanted = held[0] * base + held[1], quotations[pair] * base + stems
    shared = keys[np.searchsorted(keys, wanted).clip(max=len(keys) - 1)] == wanted
    pair, stems = pair[shared], stems[shared]
    count, weight = np.bincount(pair, minlength=len(clauses)), np.bincount(pair, rarity[stems], len(clauses))
    of_clause, of_quotation = (
        np.bincount(owners, rarity[own], owners.max(initial=0) + 1) for owners, own in (told, held)
    )
    lengths = np.bincount(held[0])
    logs = np.array([0.0, *map(math.log, range(1, lengths.max(initial=0) + 1))])
    enough = weight >= SHARED_CONTENT * np.minimum(of_clause[clauses], of_quotation[quotations])
    return np.where(enough & (count >= FEWEST_SHARED), weight - count * logs[lengths[quotations]], 0.0)


def _stems(words, numbers: dict[str, int]) -> np.ndarray:
    """For each word the number of its stem, −1 for a stop word."""
    listed = stop_words()
    folded = [fold_word(word) for word in words]
    stems = [-1 if word in listed else numbers.setdefault(word[:_STEM], len(numbers)) for word in folded]
    return np.array(stems, dtype=np.int64)


def _names(words: pd.Index, codes: np.ndarray, stems: np.ndarray, count: int) -> np.ndarray:
    """Whether the stem of each word is printed with a capital more often than not: a name, which tells of whom."""
    capital = np.array([word[0].isupper() for word in words], dtype=bool)
    printed, capitals = (_count(codes, some, count) for some in (stems, np.where(capital, stems, -1)))
    return np.append(2 * capitals > printed, False)[stems]


def _count(codes: np.ndarray, stems: np.ndarray, count: int) -> np.ndarray:
    """How often each stem is printed; counted by word first, since there are far fewer words than printings."""
    printed = np.bincount(codes, minlength=len(stems))
    return np.bincount(stems[stems >= 0], printed[stems >= 0], count).astype(np.int64)


def _pairs(owners: np.ndarray, stems: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each owner with each of its stems once, sorted by owner."""
    base = stems.max(initial=0) + 1
    return np.divmod(distinct(owners[stems >= 0] * base + stems[stems >= 0]), base)


def _look_up(held, told, events, clause_events, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of a clause and a quotation of the same event that share two of the clause's rarest stems."""
    keys = events[held[0]] * count + held[1]
    order = np.argsort(keys, kind="stable")
    keys, quotations = keys[order], held[0][order]
    clauses, of_clause = told[0], clause_events[told[0]] * count + told[1]
    heads = np.flatnonzero(changes(keys))
    places = np.searchsorted(keys[heads], of_clause).clip(max=len(heads) - 1)
    firsts, sizes = heads[places], np.diff(heads, append=len(keys))[places]
    sizes[keys[firsts] != of_clause] = 0
    known = np.flatnonzero((sizes > 0) & (sizes <= _MOST_QUOTATIONS))
    known = known[np.lexsort((of_clause[known], sizes[known], clauses[known]))]
    heads = np.flatnonzero(changes(clauses[known]))
    place = np.arange(len(known)) - np.repeat(heads, np.diff(heads, append=len(known)))
    known = known[place < _LOOKED_UP]
    base, found = len(events), [np.zeros(0, dtype=np.int64)]
    blocks = changes(np.cumsum(sizes[known]) // _BLOCK)
    edges = np.unique(np.append(0, np.searchsorted(clauses[known], clauses[known][blocks])))
    for first, last in zip(edges.tolist(), [*edges[1:].tolist(), len(known)], strict=True):
        here = known[first:last]
        pairs = np.repeat(clauses[here], sizes[here]) * base + quotations[expand(firsts[here], sizes[here])]
        found.append(repeated(pairs))
    return np.divmod(np.concatenate(found), base)
