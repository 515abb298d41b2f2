"""Test words with the article as the unit: would outlets dealt out by chance be as far apart as these?"""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, product
from math import comb, prod
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse, special

from ...corpus.events.of_article import set_apart
from ...tables import InputError, by_columns, need
from .matrices import TermCounts, count_by_article
from .ranks import check_counting

# With the observed articles a thousand: p moves in steps of 0.001.
PERMUTATIONS = 999
# All assignments are tried where there are no more: so many ways lead from eight articles to four groups of two.
MOST_ASSIGNMENTS = 2520
# A p that can't get below this tells nothing, and is not given.
HIGHEST_FLOOR = 0.05
TESTS = ("term", "p", "q", "floor")
# Sums of the same numbers in another order differ in their last digits.
_ROUNDING = 1e-9


class Nulls(NamedTuple):
    """What chance makes of each term's sum in each group: exact moments over all assignments."""

    mean: np.ndarray  # groups × terms
    deviation: np.ndarray
    skewness: np.ndarray


def test_terms(
    spans: pd.DataFrame,
    *,
    by: str | Sequence[str] = "outlet",
    ngrams: int = 1,
    least_articles: int | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Does an outlet use a word more than chance would have it, if articles were handed to outlets at random?

    A permutation test: articles change places between groups, whole, within their event (all articles are one where
    there are no events; an article without one stays where it is, as does one with its event to itself). What is
    compared is the mean over the group's articles of the square root of a word's rate, so that one article full of it
    weighs little. `p` is for one word of one group, in one direction: used more than elsewhere. `q` is for the whole
    table, as many words are tested at once (family-wise error). Among those with q ≤ 0.05 there is any false one in at
    most one table of twenty; with p ≤ 0.05, one of twenty words is false. All assignments are tried where there are at
    most 2,520, else 999 at random; q is then the upper end of what these 999 are compatible with (95 %), so that
    another seed makes no discovery. A small q says that articles of that group differ in the word, not why: topics,
    dates, sections, reporters and page furniture are no matter of chance either.

    Words are those of `rank_terms`. One row for each term that a group prints, sorted by group, q, p and term; none
    with a single group.

    Columns:
        those of `by`: the group
        term: as `count_terms` lists it
        p: 0 to 1; NA where the floor is above 0.05
        q: 0 to 1, at least p: the chance that any word would come out as far from what is expected if nothing set the
            groups apart; NA likewise
        floor: the smallest p that these articles can give: 0.20 with five articles of five outlets

    Raises:
        InputError: if a column is missing, an option is none of those named, or an article stands in two groups

    Source: Westfall and Young (1993), Resampling-Based Multiple Testing, step-down maxima; Phipson and Smyth (2010) for
        the observed articles among the 1,000; sums corrected for skewness as Wilson and Hilferty (1931)

    Example:
        >>> spans = {"outlet": list("AAAABBBB"), "article": range(8), "text": ["tax cut"] * 4 + ["cut"] * 4}
        >>> test_terms(pd.DataFrame(spans)).round(4)
          outlet term       p       q   floor
        0      A  tax  0.0143  0.0286  0.0143
        1      A  cut  1.0000  1.0000  0.0143
        2      B  cut  0.0143  0.0286  0.0143
    """
    by = by_columns(by)
    need(spans, *by, "article", "text", verb="test_terms")
    check_counting(ngrams, least_articles, seed)
    counted = count_by_article(spans, by, ngrams=ngrams, least_articles=least_articles)
    _check_articles(counted, spans["article"])
    return permute_counted(counted, seed=seed)


test_terms.__test__ = False  # pytest takes what is called test for one


def permute_counted(counted: TermCounts, *, seed: int) -> pd.DataFrame:
    """The rows of `test_terms` from counts by article."""
    shape = (len(counted.keys), len(counted.terms))
    strata = set_apart(counted.events)
    p, q, floors = permute_groups(root_rates(counted), counted.owner, strata, shape[0], seed=seed)
    n = sparse.csr_array(_indicate(counted.owner, shape[0]) @ counted.counts).toarray()
    group, term = np.nonzero(n if shape[0] > 1 else n[:0])
    table = counted.keys.take(group).reset_index(drop=True)
    table["term"] = counted.terms.take(term)
    table["p"], table["q"], table["floor"] = p[group, term], q[group, term], floors[group]
    order = np.lexsort((term, table["p"], table["q"], group))
    return table.iloc[order].reset_index(drop=True).astype({"term": "str", "p": float, "q": float, "floor": float})


def root_rates(counted: TermCounts) -> sparse.csr_array:
    """The square root of each term's rate per 1,000 words, articles × terms."""
    values = counted.counts.astype(float)
    rows = np.repeat(np.arange(values.shape[0]), np.diff(values.indptr))
    values.data = np.sqrt(1000 * values.data / counted.words[rows, 0])
    return values


def permute_groups(
    values: sparse.csr_array, owner: np.ndarray, strata: np.ndarray, groups: int, *, seed: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """p and q (groups × terms, NaN where not tested) of each term's sum over the articles, and the floor of each group.

    `values` is articles × terms; `owner` and `strata` number each article's group and what it may change places in.
    """
    p = np.full((groups, values.shape[1]), np.nan)
    q, ways = p.copy(), _count_ways(owner, strata, groups)
    tested = np.flatnonzero(ways >= 1 / HIGHEST_FLOOR)
    # Groups that can't be tested are one rest among which nothing needs to be told apart.
    label = np.full(groups + 1, len(tested))
    label[tested] = np.arange(len(tested))
    labels = label[owner]
    if len(tested):
        assignments, complete = choose_assignments(labels, strata, seed)
        nulls = find_nulls(values, labels, strata, len(tested))
        p[tested], q[tested] = _compare(values, nulls, labels, assignments, complete)
    else:
        complete = True
    floors = 1 / np.maximum(ways, 1)
    return p, q, floors if complete else np.maximum(floors, 1 / (PERMUTATIONS + 1))


def find_nulls(values: sparse.csr_array, labels: np.ndarray, strata: np.ndarray, groups: int) -> Nulls:
    """The exact mean, deviation and skewness of the sums that drawing without replacement within strata gives."""
    stratum = _indicate(strata, strata.max(initial=-1) + 1)
    # Of one pattern of zeros, so that their numbers stand in one order.
    first, second, third = (_sorted(stratum @ values.power(power)) for power in (1, 2, 3))
    sizes = np.bincount(strata).astype(float)
    inside = np.bincount(labels * len(sizes) + strata, minlength=(groups + 1) * len(sizes)).astype(float)
    inside = inside.reshape(-1, len(sizes))[:groups]
    size = np.repeat(sizes, np.diff(first.indptr))
    mean = first.data / size
    squares = first.copy()
    squares.data = np.maximum(second.data - mean * first.data, 0)
    cubes = first.copy()
    cubes.data = third.data - 3 * mean * second.data + 2 * mean**2 * first.data
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.where(sizes > 1, inside * (sizes - inside) / (sizes * (sizes - 1)), 0)
        lean = np.where(sizes > 2, spread * (sizes - 2 * inside) / (sizes - 2), 0)
        deviation = np.sqrt(squares.T.dot(spread.T).T)
        deviation[deviation < _ROUNDING] = np.inf  # a term that every assignment gives the same sum is never found
        skewness = cubes.T.dot(lean.T).T / deviation**3
    return Nulls(first.T.dot((inside / sizes).T).T, deviation, skewness)


def score_sums(sums: np.ndarray, nulls: Nulls) -> np.ndarray:
    """How far each sum is from what is expected, on a scale that is alike for rare words and frequent ones.

    The sum of a rare word is skewed: the highest of many thousand would always be a rare word's. As if it followed a
    gamma distribution with its exact moments, it is carried over to a normal one (Wilson and Hilferty 1931):
    6/γ · (∛(1 + γz/2) − 1) + γ/6. p does not change, as the order of a term's sums does not; q treats words alike.
    """
    skewness = np.where(np.abs(nulls.skewness) < 1e-3, 1e-3, nulls.skewness)
    slope = skewness / 2 / nulls.deviation
    roots = np.cbrt(slope * sums + (1 - slope * nulls.mean))
    return 6 / skewness * roots + (skewness / 6 - 6 / skewness)


def make_scorer(values: sparse.csr_array, nulls: Nulls) -> Callable[[np.ndarray], np.ndarray]:
    """A function from the group of each article to the score of every term in every group (terms × groups, flat)."""
    groups, terms = nulls.mean.shape
    nulls = Nulls(*(np.ascontiguousarray(part.T) for part in nulls))
    # Term by term, so that neighbouring numbers are added up in neighbouring places.
    by_term = values.tocsc()
    places = np.repeat(np.arange(terms) * (groups + 1), np.diff(by_term.indptr))

    def score(labels: np.ndarray) -> np.ndarray:
        sums = np.bincount(places + labels[by_term.indices], weights=by_term.data, minlength=terms * (groups + 1))
        return score_sums(sums.reshape(terms, -1)[:, :groups], nulls).ravel()

    return score


def _compare(
    values: sparse.csr_array, nulls: Nulls, labels: np.ndarray, assignments: Iterator[np.ndarray], complete: bool
) -> tuple[np.ndarray, np.ndarray]:
    """p and q of each group and term; the observed labels are among `assignments` where these are complete."""
    (groups, terms), score = nulls.mean.shape, make_scorer(values, nulls)
    observed = score(labels)
    order = np.argsort(-observed, kind="stable")
    threshold = (observed - _ROUNDING)[order]
    as_high, highest_as_high = np.zeros((2, len(order)), dtype=np.int64)
    tried = 0
    for assignment in assignments:
        scores = score(assignment)[order]
        as_high += scores >= threshold
        # Step down: a term is held against the highest of those that were observed no higher than it.
        highest_as_high += np.maximum.accumulate(scores[::-1])[::-1] >= threshold
        tried += 1
    p, q = np.empty((2, len(order)))
    p[order] = as_high / tried if complete else (as_high + 1) / (tried + 1)
    q[order] = np.maximum.accumulate(highest_as_high / tried if complete else bound_share(highest_as_high, tried))
    return p.reshape(terms, groups).T, q.reshape(terms, groups).T


def bound_share(found: np.ndarray, tried: int) -> np.ndarray:
    """The highest share that so many found at random are compatible with (one-sided 95 %, Clopper–Pearson)."""
    return np.where(found < tried, special.betaincinv(found + 1, np.maximum(tried - found, 1), 0.95), 1.0)


def _count_ways(owner: np.ndarray, strata: np.ndarray, groups: int) -> np.ndarray:
    """In how many ways each group's articles can be chosen (no higher than counts: 1e15)."""
    ways = np.ones(groups)
    sizes = np.bincount(strata)
    pairs, inside = np.unique(np.stack([owner, strata]), axis=1, return_counts=True)
    for (group, stratum), n in zip(pairs.T, inside, strict=True):
        if ways[group] < 1e15:
            ways[group] *= float(min(comb(int(sizes[stratum]), int(n)), 10**15))
    return ways


def choose_assignments(labels: np.ndarray, strata: np.ndarray, seed: int) -> tuple[Iterator[np.ndarray], bool]:
    """All distinct assignments of labels to articles within strata where there are few, else some at random."""
    members = [np.flatnonzero(strata == stratum) for stratum in np.unique(strata[_can_move(labels, strata)])]
    total = 1
    for places in members:
        if total <= MOST_ASSIGNMENTS:
            total *= _count_orders(labels[places])
    if total <= MOST_ASSIGNMENTS:
        return _enumerate(labels, members), True
    return _shuffle(labels, strata, seed), False


def _can_move(labels: np.ndarray, strata: np.ndarray) -> np.ndarray:
    pairs = np.unique(np.stack([strata, labels]), axis=1)
    return (np.bincount(pairs[0]) > 1)[strata]


def _count_orders(labels: np.ndarray) -> int:
    counts = np.unique(labels, return_counts=True)[1].tolist()
    return prod(comb(sum(counts[i:]), count) for i, count in enumerate(counts))


def _enumerate(labels: np.ndarray, members: list[np.ndarray]) -> Iterator[np.ndarray]:
    for orders in product(*(list(_orders(labels[places])) for places in members)):
        assignment = labels.copy()
        for places, order in zip(members, orders, strict=True):
            assignment[places] = order
        yield assignment


def _orders(labels: np.ndarray) -> Iterator[np.ndarray]:
    """Every distinct order of these labels.

    >>> [order.tolist() for order in _orders(np.array([1, 0, 1]))]
    [[0, 1, 1], [1, 0, 1], [1, 1, 0]]
    """
    first, rest = labels.min(), labels[labels != labels.min()]
    for places in combinations(range(len(labels)), len(labels) - len(rest)):
        order = np.full(len(labels), first)
        others = np.delete(np.arange(len(labels)), places)
        for below in _orders(rest) if len(rest) else [rest]:
            order[others] = below
            yield order.copy()


def _shuffle(labels: np.ndarray, strata: np.ndarray, seed: int) -> Iterator[np.ndarray]:
    rng = np.random.default_rng(seed)
    together = np.argsort(strata, kind="stable")
    for _ in range(PERMUTATIONS):
        assignment = np.empty_like(labels)
        assignment[np.lexsort((rng.random(len(labels)), strata))] = labels[together]
        yield assignment


def _indicate(numbers: np.ndarray, count: int) -> sparse.csr_array:
    """The matrix that adds up the rows of each number."""
    ones = np.ones(len(numbers))
    return sparse.csr_array((ones, (numbers, np.arange(len(numbers)))), shape=(count, len(numbers)))


def _sorted(matrix: sparse.csr_array) -> sparse.csr_array:
    matrix = sparse.csr_array(matrix)
    matrix.sort_indices()
    return matrix


def _check_articles(counted: TermCounts, names: pd.Series) -> None:
    repeated = pd.Series(counted.articles).duplicated().to_numpy()
    for article in counted.articles[repeated][:1]:
        name = np.sort(names.unique())[article]
        raise InputError(f"test_terms needs every article in one group; the article '{name}' stands in more than one")
