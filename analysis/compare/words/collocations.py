"""Words that belong together: phrases that are printed more often than their parts would meet by chance."""

import math
import numbers
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from ...tables import InputError, need
from .keyness import normalised_pmi, signed_g2
from .ngrams import make_strings, spell
from .vocabulary import code_printings, find_stop_words, fold_vocabulary

# A phrase is to be found in five articles that print it twice, but in a large corpus any two words meet twice.
LEAST, WORDS_FOR_ONE = 2, 200_000
# Read on 1,000 articles: from .6 on stand `donald trump`, `civil war`, `tax return`, but also `make sure`; between .5
# and .6 `press secretary` and `state department`, but also `six month` and `decide whether`.
NPMI = 0.6
# From this share of its occurrences on a phrase is always printed as part of one that is a word longer.
PIECE = 0.8
LONGEST = 4


class _Level(NamedTuple):
    """All runs of so many words that are printed often enough."""

    at: np.ndarray  # int32, for each word of the text the run that begins there, or −1
    n: np.ndarray  # of each run
    first: np.ndarray  # where each run stands for the first time


def find_collocations(
    spans: pd.DataFrame,
    *,
    longest: int = LONGEST,
    least: int | None = None,
    articles: int = 1,
    npmi: float = NPMI,
    fold: bool | Sequence[str] = True,
) -> pd.DataFrame:
    """Which words belong together, as `north korea` and `special military operation` do?

    For `count_terms(spans, collocations=…)`, which then counts each as one term. Phrases (collocations) of two to
    `longest` words that stand within one row, at least `least` times (by default 2, or once for every 200,000 words, if
    that is more) and in `articles` articles, with an association of `npmi` or more, that neither begin nor end with a
    stop word. The association is that at a phrase's weakest joint: of all ways to cut it in two, the one whose parts
    are least tied.

    Two rules find where a phrase ends. It is printed mostly with capitals in all its words or in none, stop words
    aside: `leader Kim Jong Un` is more than a name. And a phrase that in 80 % of its occurrences stands in the same one
    that is a word longer, and so drawn, is a piece of it: `jong un`, `special military`. Others that are part of longer
    ones are listed beside them, and `count_terms` takes the longest that it finds: drop the rows that you don't want. A
    high association says that words are printed together, not that they name one thing; of a rare phrase it may be
    chance, as g2 shows. Sorted by n from high to low, and phrase.

    Columns:
        phrase: folded, as `count_terms` writes it
        words: how many it has, 2 or more
        n: how often it is printed
        articles: that print it
        g2: log-likelihood ratio, signed, at the weakest joint
        npmi: normalised pointwise mutual information there, −1 to 1: 1 if its parts never stand apart, 0 if they meet
            as by chance; ln(f N / (f1 f2)) / −ln(f / N), where the phrase is printed f times, its parts f1 and f2, and
            all words N

    Raises:
        InputError: if a column is missing or an option is out of range

    Source: Bouma (2009), GSCL; Dunning (1993), Computational Linguistics 19(1); Evert (2004), The Statistics of Word
        Cooccurrences; on pieces of longer terms Frantzi, Ananiadou and Mima (2000), whose C-value this simplifies

    Example:
        >>> text = "Kim Jong Un met the prime minister. The prime minister met Kim Jong Un, a minister said."
        >>> find_collocations(pd.DataFrame({"article": ["1"], "text": [text]})).round(2)
                   phrase  words  n  articles     g2  npmi
        0     kim jong un      3  2         1  12.32  1.00
        1  prime minister      2  2         1   8.50  0.81
    """
    need(spans, "article", "text", verb="find_collocations")
    _check_options(longest, least, articles, npmi)
    codes, counts, printed = code_printings(spans["text"])
    capitals = np.array([word[0].isupper() for word in printed.to_pylist()], dtype=bool)[codes]
    vocabulary, folded = fold_vocabulary(printed, fold)
    codes = folded[codes]
    rows = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    documents = pd.factorize(spans["article"], use_na_sentinel=False)[0][rows]
    least = max(LEAST, math.ceil(len(codes) / WORDS_FOR_ONE)) if least is None else least
    stop_words = find_stop_words(vocabulary)[codes]

    levels = [_find_words(codes, len(vocabulary), least)]
    for length in range(2, longest + 2):
        levels.append(_lengthen(levels[-1], rows, length, least))
    whole = [np.zeros(0, dtype=bool)]
    for length, level in enumerate(levels[1:], start=2):
        bare = stop_words[level.first] | stop_words[level.first + length - 1]
        whole.append(~bare & _find_even(level, length, capitals, stop_words))
    found = []
    for length in range(2, longest + 1):
        level = levels[length - 1]
        association, f1, f2 = _weakest_joint(levels[:length], len(codes))
        spread = _count_articles(level.at, documents, len(level.n))
        kept = whole[length - 1] & ~_find_pieces(level, levels[length], whole[length])
        kept = np.flatnonzero(kept & (association >= npmi) & (spread >= articles))
        places = [codes[level.first[kept] + step] for step in range(length)]
        found.append(
            pd.DataFrame(
                {
                    "phrase": make_strings(spell(vocabulary, places)),
                    "words": length,
                    "n": level.n[kept],
                    "articles": spread[kept],
                    "g2": signed_g2(level.n[kept], f1[kept], f2[kept], len(codes)),
                    "npmi": association[kept],
                }
            )
        )
    table = pd.concat(found, ignore_index=True)
    return table.sort_values(["n", "phrase"], ascending=[False, True], ignore_index=True)


def _check_options(longest: int, least: int | None, articles: int, npmi: float) -> None:
    whole = {"longest": (longest, 2), "least": (LEAST if least is None else least, 2), "articles": (articles, 1)}
    for name, (value, lowest) in whole.items():
        if isinstance(value, bool) or not isinstance(value, numbers.Integral) or value < lowest:
            raise InputError(f"{name} is {value!r}, but must be a whole number from {lowest} on")
    if isinstance(npmi, bool) or not isinstance(npmi, numbers.Real) or not -1 <= npmi <= 1:
        raise InputError(f"npmi is {npmi!r}, but must be a number from -1 to 1")


def _find_words(codes: np.ndarray, words: int, least: int) -> _Level:
    n = np.bincount(codes, minlength=words)
    number = np.where(n >= least, np.cumsum(n >= least) - 1, -1).astype(np.int32)
    at = number[codes]
    return _Level(at, n[n >= least], np.zeros(0, dtype=np.int64))


def _lengthen(shorter: _Level, rows: np.ndarray, length: int, least: int) -> _Level:
    """Runs one word longer: only two frequent runs that overlap can make a frequent one."""
    at = np.full(len(shorter.at), -1, dtype=np.int32)
    begin, follow = shorter.at[:-1], shorter.at[1:]
    places = np.flatnonzero((begin >= 0) & (follow >= 0))
    places = places[places + length <= len(at)]
    places = places[rows[places] == rows[places + length - 1]]
    pairs = begin[places].astype(np.int64) * max(len(shorter.n), 1) + follow[places]
    _, first, number, n = np.unique(pairs, return_index=True, return_inverse=True, return_counts=True)
    often = n >= least
    renumbered = np.where(often, np.cumsum(often) - 1, -1)
    at[places] = renumbered[number]
    return _Level(at, n[often], places[first[often]])


def _weakest_joint(levels: list[_Level], words: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The lowest association of the longest runs over all cuts in two, and how often the parts of that cut occur."""
    level, length = levels[-1], len(levels)
    cuts = []
    for cut in range(1, length):
        left, right = levels[cut - 1], levels[length - cut - 1]
        f1, f2 = left.n[left.at[level.first]], right.n[right.at[level.first + cut]]
        cuts.append((normalised_pmi(level.n, f1, f2, words), f1, f2))
    association, f1, f2 = (np.stack(parts) for parts in zip(*cuts, strict=True))
    weakest = association.argmin(axis=0), np.arange(len(level.n))
    return association[weakest], f1[weakest], f2[weakest]


def _find_even(level: _Level, length: int, capitals: np.ndarray, stop_words: np.ndarray) -> np.ndarray:
    """Which runs are printed for the most part with a capital in every word, or in none; stop words may be either."""
    places = np.flatnonzero(level.at >= 0)
    upper, lower = np.ones((2, len(places)), dtype=bool)
    for step in range(length):
        upper &= (capitals | stop_words)[places + step]
        lower &= (~capitals | stop_words)[places + step]
    even = np.bincount(level.at[places[upper | lower]], minlength=len(level.n))
    return 2 * even > level.n


def _find_pieces(level: _Level, longer: _Level, phrases: np.ndarray) -> np.ndarray:
    """Which runs stand for the most part inside one run that is a word longer and a phrase."""
    pieces = np.zeros(len(level.n), dtype=bool)
    for step in (0, 1):
        inner = level.at[longer.first + step]
        pieces[inner[phrases & (longer.n >= PIECE * level.n[inner])]] = True
    return pieces


def _count_articles(at: np.ndarray, documents: np.ndarray, runs: int) -> np.ndarray:
    places = np.flatnonzero(at >= 0)
    several = int(documents.max(initial=0)) + 1
    cells = np.unique(at[places].astype(np.int64) * several + documents[places])
    return np.bincount(cells // several, minlength=runs)
