"""Word shift: which words make two groups differ, as parts of one number that they add up to."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import special

from ...tables import COUNTS, InputError, need, quoted
from ..vader.words import read_rules

SHIFT = (
    "a", "b", "term", "n_a", "n_b", "rate_a", "rate_b", "contribution", "share", "a_articles", "b_articles",
)  # fmt: skip


def tabulate_shift(
    counts: pd.DataFrame,
    a: str | None = None,
    b: str | None = None,
    *,
    by: str = "outlet",
    scores: Mapping[str, float] | str | None = None,
) -> pd.DataFrame:
    """Which words make two outlets differ, and how much of the difference is each word's?

    Without `a` and `b` the two with the most words are compared; where there are not two, the table has no rows. The
    rows given are what is compared: count single words, for a phrase would count its words twice, and leave out stop
    words beforehand if they are not meant. A group beside itself is at 0. Sorted by size of the contribution, then by
    term.

    Without `scores` the difference is the Jensen–Shannon divergence of their words, in bits: 0 if both print every word
    at the same rate, 1 if they have no word in common. Short texts differ in most of their words by chance alone, so
    the number says how far two *texts* are apart: with one article an outlet it is that of the articles, and it is not
    to be compared with that of longer or shorter ones.

    With `scores`, a number for each word, the difference is that of the mean score of b's words less that of a's, over
    the words that have a score; a word adds (its part of b's − its part of a's) × (its score − a's mean). "vader" takes
    the valences of VADER's lexicon (−4 to 4). They are those of words out of context: nothing is known of negation,
    irony or sense, *security*, *party* and *united* count as pleasant whatever they name, and a quoted word as much as
    the outlet's own. The mean is thus no tone of an outlet.

    Columns:
        a: one of the two groups
        b: the other
        term: as counted
        n_a: how often a prints it
        n_b: how often b does
        rate_a: per 1,000 of a's words that enter
        rate_b: per 1,000 of b's
        contribution: the sum over all words is the difference; bits, or units of the scores
        share: −1 to 1 of the sum of all contributions without their sign
        a_articles: of a, that have a word
        b_articles: of b
        score: of the word; only with `scores`
        component: "more, higher", "less, lower" …: whether b prints the word more or less often than a, and whether it
            stands above or below a's mean; only with `scores`

    Raises:
        InputError: if a column is missing, a group is not there, or no word has a score

    Source: Gallagher, Frank, Mitchell, Schwartz, Reagan, Danforth and Dodds (2021), "Generalized word shift graphs",
        EPJ Data Science 10:4; the scores of Hutto and Gilbert (2014), VADER, ICWSM

    Example:
        >>> counts = pd.DataFrame({"outlet": ["A", "A", "B", "B"], "term": ["pact", "deal", "pact", "deal"],
        ...     "n": [3, 7, 7, 2], "rate": [300.0, 700.0, 777.8, 222.2], "articles": 1, "articles_total": 1})
        >>> tabulate_shift(counts, "A", "B")[["term", "n_a", "n_b", "rate_a", "contribution", "share"]].round(3)
           term  n_a  n_b  rate_a  contribution  share
        0  deal    7    2   700.0         0.094  0.542
        1  pact    3    7   300.0         0.079  0.458
    """
    need(counts, *([by] if isinstance(by, str) else []), *COUNTS[1:], verb="tabulate_shift")
    if not isinstance(by, str):
        raise InputError(f"by is {by!r}, but must be one column: tabulate_shift compares two groups of it")
    names = sorted(set(counts[by].dropna()), key=str)
    if (a is None) != (b is None):
        raise InputError(f"tabulate_shift needs two of {by}, or none for the two with most words, but was given one")
    if a is None:
        words = counts.groupby(by)["n"].sum().sort_values(ascending=False, kind="stable")
        a, b = [*words.index, None, None][:2]
    if a is None or b is None:
        return _no_shift(scored=scores is not None)
    for name in (a, b):
        if name not in names:
            raise InputError(f"{by} {name!r} is not in these counts; they have {quoted(names)}")
    sides = [counts[counts[by] == name] for name in (a, b)]
    n = pd.DataFrame({f"n_{side}": rows.groupby("term")["n"].sum() for side, rows in zip("ab", sides, strict=True)})
    n = n.fillna(0).astype(np.int64)
    n = n[(n > 0).any(axis=1)]
    if scores is not None:
        weights = _scores_of(n.index, scores)
        n, weights = n[weights.notna()], weights.dropna().to_numpy(dtype=float)
        for name, size in zip((a, b), n.sum(), strict=True):
            if not size:
                raise InputError(f"none of the words of {by} {name!r} has a score")
    parts = [n[column].to_numpy() / n[column].sum() for column in n.columns]
    if scores is None:
        contribution = divergence(*parts)
    else:
        mean = float(parts[0] @ weights)
        contribution = shift(*parts, weights, weights, reference=mean)
    whole = np.abs(contribution).sum()
    table = n.rename_axis("term").reset_index().astype({"term": "str"})
    table = table.assign(
        a=a, b=b, rate_a=1000 * parts[0], rate_b=1000 * parts[1], contribution=contribution,
        share=contribution / whole if whole else 0.0,
        **{f"{side}_articles": rows["articles_total"].max() for side, rows in zip("ab", sides, strict=True)},
    )[list(SHIFT)]  # fmt: skip
    if scores is not None:
        table["score"] = weights
        table["component"] = _components(parts[1] - parts[0], weights - mean)
    # Rounded: of two that differ by less than a rounding, the alphabet decides.
    order = np.lexsort((np.argsort(np.argsort(table["term"])), -np.abs(contribution).round(12)))
    return table.iloc[order].reset_index(drop=True).astype({"a": "str", "b": "str"})


def _no_shift(*, scored: bool) -> pd.DataFrame:
    columns = [*SHIFT, *(["score", "component"] if scored else [])]
    kinds = dict.fromkeys(columns, "float64") | dict.fromkeys(("a", "b", "term", "component"), "str")
    kinds |= dict.fromkeys(("n_a", "n_b", "a_articles", "b_articles"), "int64")
    return pd.DataFrame({name: pd.Series(dtype=kinds[name]) for name in columns})


def shift(p_a, p_b, score_a, score_b, *, reference: float = 0.0) -> np.ndarray:
    """What each word adds to the difference of two weighted means, Σ p_b·score_b − Σ p_a·score_a.

    p_b(score_b − reference) − p_a(score_a − reference), which sums to the difference whatever the reference, for both
    sides' parts sum to 1 (Gallagher et al. 2021, equation 8). A word that a side lacks adds nothing on that side.
    """
    p_a, p_b = np.asarray(p_a, dtype=float), np.asarray(p_b, dtype=float)
    with np.errstate(invalid="ignore"):
        return np.where(p_b > 0, p_b * (score_b - reference), 0.0) - np.where(p_a > 0, p_a * (score_a - reference), 0.0)


def divergence(p_a, p_b) -> np.ndarray:
    """What each word adds to the Jensen–Shannon divergence in bits: ½ p_a log2(p_a/m) + ½ p_b log2(p_b/m).

    m is the mean of the two (Lin 1991, IEEE Transactions on Information Theory 37(1)). No part is below 0.
    """
    p_a, p_b = np.asarray(p_a, dtype=float), np.asarray(p_b, dtype=float)
    mean = (p_a + p_b) / 2
    parts = [special.xlogy(p, np.where(p > 0, p / mean, 1.0)) for p in (p_a, p_b)]
    # Where the two are equal, rounding can leave a number just below zero.
    return np.maximum(sum(parts) / (2 * np.log(2)), 0.0)


def _scores_of(terms: pd.Index, scores: Mapping[str, float] | str) -> pd.Series:
    if isinstance(scores, str):
        if scores != "vader":
            raise InputError(f"scores {scores!r} is not known; it has 'vader', or a mapping from words to numbers")
        rules = read_rules()
        scores = {word: rules.valence[number] for word, number in rules.numbers.items() if rules.known[number]}
    found = pd.Series([scores.get(term, np.nan) for term in terms], index=terms)
    for term, score in found.dropna().items():
        if isinstance(score, str) or not np.isfinite(score):
            raise InputError(f"scores must be finite numbers, but that of {term!r} is {score!r}")
    return found


def _components(more: np.ndarray, higher: np.ndarray) -> list[str]:
    words = [
        f"{'more' if up else 'less'}, {'higher' if above else 'lower'}"
        for up, above in zip(more >= 0, higher >= 0, strict=True)
    ]
    return words
