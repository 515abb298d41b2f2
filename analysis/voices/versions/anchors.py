"""Group quotations under the fullest printing of each, by the rare words they share, never comparing all pairs."""

import math
import re
from collections import Counter
from functools import cache

import numpy as np

from ...corpus.hashes import hash_groups, hash_runs, mix
from ...corpus.places import changes, expand
from ...corpus.stop_words import stop_words
from ...corpus.tokens import fold_word
from .wordings import Run, Words, compare, distinct

# So many of the shorter one's words must stand in the fullest one, in order: less is a common phrase in two sentences.
SHARED = 0.6
# Two words are a name or a turn of phrase; beyond a thousand it is a document, and comparing takes seconds.
FEWEST, MOST = 3, 1_000
# Fewer words than this are a set phrase as often as a quotation ("comprehensive strategic partnership"): they are a
# version of a longer one of the same speaker, or of none.
SHORT = 5
# Words in common must be rarer than one run in all words that are quoted, if each word came by chance. Words come in
# phrases ("you have to look at the big picture"), so the logarithm of that is needed more than once: by speakers of the
# same name, where one is not named, and by those of different names.
SAME_SPEAKER, UNKNOWN_SPEAKER, OTHER_SPEAKER = 1.5, 3, 5
# A run of three words that so many fullest printings were looked up by is a set phrase, and is looked up no more.
_VISITS = 10
_RUN = 3
_CAPITALISED = re.compile(r"[^\W\d_a-z][\w’'-]*")
_TITLES = frozenset(
    "president mr mrs ms sen senator rep representative gov governor secretary minister prime leader chancellor state "
    "chief former the he she it they we i a an his her their this that one u.s. us united states".split()
)


def group_utterances(words: Words, events: np.ndarray, speakers: list, wanted: np.ndarray | bool = True) -> np.ndarray:
    """For each utterance the fullest one that it is a version of, itself if there is none or if it is not `wanted`.

    Every version is compared with the fullest alone: one that shares words with another version, and not with the
    fullest, is none of this quotation.
    """
    spoken = np.bincount(words.utterances()[~words.inserted], minlength=len(events))
    sizes = np.diff(words.firsts)
    used = np.flatnonzero((spoken >= FEWEST) & (sizes <= MOST) & wanted)
    groups = np.arange(len(events))
    if not len(used):
        return groups
    rarity = -np.log(np.bincount(words.codes) / len(words.codes))
    ones, wording = _unite(words, events, speakers, used, rarity)
    order = np.lexsort((ones, -spoken[ones]))  # the fullest first
    ones, wording = ones[order], np.argsort(order)[wording]
    runs = _shared_runs(words, ones, events[ones])
    fullest = _match(words, ones, runs, [speakers[one] for one in ones], rarity)
    groups[used] = ones[fullest[wording]]
    return groups


def _unite(words, events, speakers, used, rarity) -> tuple[np.ndarray, np.ndarray]:
    """The first utterance of each wording, and for each one used the number of its wording.

    The same words are one wording, but words that are not rare are two if two say them, or if it is not known who does.
    """
    sizes = np.diff(words.firsts)[used]
    places, heads = expand(words.firsts[used], sizes), np.cumsum(sizes) - sizes
    codes = words.codes[places]
    numbers = mix(codes.astype(np.uint64) + np.uint64(1))
    keys = mix(hash_groups(numbers, heads) ^ mix(events[used].astype(np.uint64)))
    common = np.add.reduceat(rarity[codes], heads) < OTHER_SPEAKER * np.log(len(words.codes))
    of_speaker = {}
    for place in np.flatnonzero(common | (sizes < SHORT)).tolist():
        names = names_in(speakers[used[place]]) or used[place]
        keys[place] += np.uint64(of_speaker.setdefault(names, len(of_speaker) + 1))
    _, ones, wording = np.unique(keys, return_index=True, return_inverse=True)
    return used[ones], wording


def _match(words: Words, ones: np.ndarray, shared_runs: tuple, speakers: list, rarity: np.ndarray) -> np.ndarray:
    """For each wording, the fullest first, the one that it is a version of."""
    runs, wording, total = shared_runs
    fullest = np.arange(len(ones))
    if not len(runs):
        return fullest
    heads = np.flatnonzero(changes(runs)).tolist()
    printing, ends = wording.tolist(), [*heads[1:], len(runs)]
    number = np.cumsum(changes(runs)) - 1
    order = np.argsort(wording, kind="stable")
    edges = np.flatnonzero(np.append(changes(wording[order]), True)).tolist()
    anchors, number = wording[order][edges[:-1]].tolist(), number[order].tolist()
    short = (np.diff(words.firsts)[ones] < SHORT).tolist()
    visits, taken, chance = [0] * len(heads), set(), math.log(len(words.codes))
    for anchor, first, last in zip(anchors, edges, edges[1:], strict=False):
        if anchor in taken or short[anchor]:
            continue
        others = []
        for run in number[first:last]:
            if visits[run] < _VISITS:
                visits[run] += 1
                others += printing[heads[run] : ends[run]]
        shared = Counter(others).items()
        others = sorted(one for one, n in shared if one > anchor and one not in taken and 4 * n >= total[one])
        if not others:
            continue
        whole = words.codes[words.of(ones[anchor])].tolist()
        held, speaker = set(whole), names_in(speakers[anchor])
        for other in others:
            times = _times(speaker, names_in(speakers[other]))
            if times == SAME_SPEAKER or not short[other]:
                here = words.of(ones[other])
                part = words.codes[here]
                told = np.where(words.inserted[here], 0.0, rarity[part]).tolist()
                part, needed = part.tolist(), times * chance
                # Words in common that tell too little in any order need no comparing.
                most = sum([rare for word, rare in zip(part, told, strict=True) if word in held])
                if most >= needed and _is_version(compare(whole, part, words.vocabulary), len(whole), told, needed):
                    fullest[other] = anchor
                    taken.add(other)
    return fullest


def _shared_runs(words: Words, ones: np.ndarray, events: np.ndarray) -> tuple[np.ndarray, np.ndarray, list[int]]:
    """Runs of three words that two wordings of an event have, each with a wording that has it, sorted by run.

    Two of the three must be no stop words. And of each wording how many such runs it has, shared or not.
    """
    sizes = np.maximum(words.firsts[ones + 1] - words.firsts[ones] - (_RUN - 1), 0)
    places, wording = expand(words.firsts[ones], sizes), np.repeat(np.arange(len(ones)), sizes)
    listed = stop_words()
    content = np.array([word not in listed for word in words.vocabulary], dtype=np.int8)[words.codes]
    enough = sum(content[places + step] for step in range(_RUN)) >= 2
    places, wording = places[enough], wording[enough]
    total = np.bincount(wording, minlength=len(ones)).tolist()
    hashes = mix(words.codes.astype(np.uint64) + np.uint64(1))
    runs = mix(hash_runs(hashes, _RUN, places) ^ mix(events[wording].astype(np.uint64)))
    _, runs = np.unique(runs, return_inverse=True)
    runs, wording = np.divmod(distinct(runs * len(ones) + wording), len(ones))
    shared = np.bincount(runs)[runs] > 1 if len(runs) else np.zeros(0, dtype=bool)
    return runs[shared], wording[shared], total


def _is_version(runs: list[Run], length: int, told: list[float], needed: float) -> bool:
    """Whether enough of the part's words stand in the whole of this length, in order, and tell enough.

    A word or two that a long quotation has by the way do not count.
    """
    by_the_way, gained, kept = math.log(length), 0.0, 0
    for run in runs:
        of_run = told[run.second]
        if run.kind == "same" and sum(of_run) > by_the_way:
            gained += sum(of_run) - by_the_way
            kept += len(of_run) - of_run.count(0)
    return gained + by_the_way >= needed and kept >= SHARED * (len(told) - told.count(0))


@cache
def names_in(speaker: object) -> frozenset[str]:
    """The names in a speaker as printed, without titles: `kim`, `jong` and `un` of North Korean leader Kim Jong Un."""
    if not isinstance(speaker, str):
        return frozenset()
    return frozenset(map(fold_word, _CAPITALISED.findall(speaker))) - _TITLES


def _times(one: frozenset[str], other: frozenset[str]) -> float:
    if one & other:
        return SAME_SPEAKER
    return OTHER_SPEAKER if one and other else UNKNOWN_SPEAKER
