"""How alike articles are by their words, for the pairs that may tell the same event; never for all pairs."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd

from ..stop_words import stop_words
from ..tokens import encode, fold_word, unify

# News says what happened first. A word counts half as much after so many words, and none after so many characters.
HALVED_AFTER = 500
LEAD_CHARACTERS = 6_000
# A headline's word counts like three that open the text.
TITLE_WEIGHT = 3.0
# The weightiest words of an article; the rest is what it has in common with the news of any day.
WORDS = 120
# Words one article alone has are no reason to find it unlike another, which has its own; but left out altogether, two
# articles of a small corpus would be alike for having little but everyday words in common.
UNSHARED_WEIGHT = 0.3
# Articles on one event quote the same statements: runs of three words, each counted once, are two fifths of likeness.
RUN, RUN_SHARE = 3, 0.4
RUN_WORDS = 500
# Articles on a subject that runs for years are alike without telling one event. Where no date can part them, a quarter
# of an article's likeness to its twenty nearest is taken off; with more, an event of many articles would fall apart.
NEAREST, TAKEN_OFF = 20, 0.25
FLOOR = 0.05
# Without a date, articles are compared if words and runs of at most so many articles make them alike by so much.
RARE, RARE_LIKENESS = 200, 0.03

_ROWS, _PAIRS = 128, 100_000
_THREADS = 2
_SHELVES = 256  # one for each value of a hash's first byte
_STEP = np.uint64(0x9E3779B97F4A7C15)  # odd, with well-mixed bits: the golden ratio


def weigh_words(articles: pd.DataFrame):
    """For each article (row) the weights of its words and runs of words (columns), a sparse matrix.

    A word weighs log(1 + n) · log((articles + 1) / articles with it), where n counts each occurrence by its place and a
    headline's three times; a run weighs as if n were e − 1. Stop words and single letters stand in runs only; plurals
    are folded. Each row has length 1 before what is not shared is left out: the product of two is how alike they are,
    from 0 to 1. An article without words has an empty row.
    """
    from scipy import sparse

    titles = list(encode(_leads(articles["title"]))) if "title" in articles else []
    chunks = titles + [chunk._replace(starts=None, ends=None) for chunk in encode(_leads(articles["text"]))]
    if len(chunks) == len(titles):
        return sparse.csr_array((0, 0))
    codes, printed = unify([chunk.words for chunk in chunks])
    known: dict[str, int] = {}
    forms = np.array([known.setdefault(_fold(word), len(known)) for word in printed.to_pylist()], dtype=np.int32)
    counted = np.fromiter(map(_counts, known), dtype=bool, count=len(known))
    edges = np.cumsum([0, *(len(chunk.words) for chunk in chunks)])
    title_code = forms[codes[: edges[len(titles)]]]
    title_sizes = np.concatenate([np.zeros(0, dtype=np.int64), *(chunk.counts for chunk in titles)])
    title_row = np.repeat(np.arange(len(title_sizes)), title_sizes)[counted[title_code]]
    title_code = title_code[counted[title_code]]
    weight_at = 1 / (1 + np.arange(LEAD_CHARACTERS) / HALVED_AFTER)

    def weigh(number: int) -> tuple:
        """Of one chunk of texts the weights of its words, and its runs on their shelves."""
        first, sizes = chunks[number].first, chunks[number].counts
        code, rows = forms[codes[edges[number] : edges[number + 1]]], len(sizes)
        row = np.repeat(np.arange(rows, dtype=np.int32), sizes)
        place = np.arange(len(row), dtype=np.int32) - np.repeat((np.cumsum(sizes) - sizes).astype(np.int32), sizes)
        is_counted, in_titles = counted[code], slice(*np.searchsorted(title_row, [first, first + rows]))
        counts = np.concatenate((weight_at[place[is_counted]], np.full(in_titles.stop - in_titles.start, TITLE_WEIGHT)))
        cells = (
            np.concatenate((row[is_counted], title_row[in_titles] - first)),
            np.concatenate((code[is_counted], title_code[in_titles])),
        )
        words = sparse.coo_array((counts, cells), shape=(rows, len(known))).tocsr()
        words.data = np.log1p(words.data)
        begin = np.flatnonzero((row[RUN - 1 :] == row[: 1 - RUN]) & (place[: 1 - RUN] < RUN_WORDS))
        return words, _shelve(row[begin] + np.int32(first), _hash_runs(code, begin))

    # NumPy, SciPy and pandas let go of the interpreter.
    with ThreadPoolExecutor(_THREADS) as pool:
        words, shelved = zip(*pool.map(weigh, range(len(titles), len(chunks))), strict=True)
        words = pool.submit(_weigh_shared, words)
        runs = _weigh_runs(shelved, len(articles), pool)
    return sparse.hstack((words.result() * np.sqrt(1 - RUN_SHARE), runs * np.sqrt(RUN_SHARE)), format="csr")


def _weigh_shared(counts: tuple):
    """Each count times the rarity of its column, in rows of length 1 of which only what others share is kept."""
    from scipy import sparse

    counts = sparse.vstack(counts, format="csr")
    articles, columns = counts.shape
    articles_with = np.bincount(counts.indices, minlength=columns)
    rarity = np.log((articles + 1) / np.maximum(articles_with, 1))
    rarity[articles_with == 1] *= UNSHARED_WEIGHT
    counts.data *= rarity[counts.indices]
    _shorten(counts, np.zeros(articles, dtype=np.int64))
    shared = articles_with > 1
    _drop(counts, ~shared[counts.indices])
    columns = np.cumsum(shared) - 1
    return type(counts)((counts.data, columns[counts.indices], counts.indptr), shape=(articles, int(shared.sum())))


def _weigh_runs(shelved: tuple, articles: int, pool: ThreadPoolExecutor):
    """The rarity of each run that two articles share, in rows of length 1 with the runs that are not shared."""
    from scipy import sparse

    def read(shelf: int) -> tuple:
        """Row, column and weight of each run of one shelf, and how many columns it has."""
        pieces = [(rows[cut[shelf] : cut[shelf + 1]], runs[cut[shelf] : cut[shelf + 1]]) for rows, runs, cut in shelved]
        row, run = map(np.concatenate, zip(*pieces, strict=True))
        codes, _ = pd.factorize(run)
        articles_with = np.bincount(codes)
        shared = articles_with > 1
        kept = np.flatnonzero(shared[codes])
        columns = (np.cumsum(shared, dtype=np.int32) - np.int32(1))[codes[kept]]
        return row[kept], columns, np.log((articles + 1) / articles_with[shared])[columns], int(shared.sum())

    rows, columns, weights, counts = zip(*pool.map(read, range(_SHELVES)), strict=True)
    firsts = np.cumsum(counts) - counts
    columns = [column + first for column, first in zip(columns, firsts.astype(np.int32), strict=True)]
    cells = np.concatenate(rows), np.concatenate(columns)
    shared = sparse.coo_array((np.concatenate(weights), cells), shape=(articles, max(sum(counts), 1)))
    shared.has_canonical_format = True  # no run stands twice in a row
    shared = shared.tocsr()
    sizes = sum(np.bincount(rows, minlength=articles) for rows, _, _ in shelved)
    _shorten(shared, sizes - np.diff(shared.indptr))
    return shared


def find_pairs(weights, days: np.ndarray, window: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of articles at most `window` days apart: first, second and likeness; those below `FLOOR` are not listed.

    An article without a date (NaN in `days`) is compared with all that share some of its rare words, and a quarter of
    its mean likeness to its twenty nearest is taken off (after Conneau and others 2018), so that the likeness of two
    such articles may be below 0. In a small corpus the nearest are the event itself, and no crowd: those that are
    lacking to twenty count as 0.
    """
    order = np.argsort(days, kind="stable")  # NaN last
    weights, days = weights[order], days[order]
    dated = int(np.isfinite(days).sum())
    found = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))]

    def pair_dated(start: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        end, lowest = min(start + _ROWS, dated), int(np.searchsorted(days[:dated], days[start] - window))
        near = _close_up(weights[lowest:end])
        a, b, alike = _multiply(near[start - lowest :], near.T, start, lowest)
        keep = (alike >= FLOOR) & (days[a] - days[b] <= window)
        return a[keep], b[keep], alike[keep]

    def pair_undated(start: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        a, b, alike = _multiply(rare[start : start + _ROWS], turned, start, 0)
        likely = alike >= RARE_LIKENESS
        a, b = a[likely], b[likely]
        alike = _dot(weights, a, b)
        keep = alike >= FLOOR
        return a[keep], b[keep], alike[keep]

    with ThreadPoolExecutor(_THREADS) as pool:
        found += pool.map(pair_dated, range(0, dated, _ROWS))
        if dated < len(days):
            weights.sort_indices()
            rare = weights.copy()
            _drop(rare, np.bincount(rare.indices, minlength=rare.shape[1])[rare.indices] > RARE)
            turned = rare.T.tocsr()
            found += pool.map(pair_undated, range(dated, len(days), _ROWS))
    a, b, alike = map(np.concatenate, zip(*found, strict=True))
    crowd = _mean_of_nearest(a, b, alike, len(days))
    crowd[:dated] = 0  # who is near a dated article tells its event
    return order[a], order[b], alike - TAKEN_OFF * (crowd[a] + crowd[b])


def _multiply(rows, columns, first_row: int, first_column: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each article of the rows with each of the columns that stands before it, where the two share words."""
    products = (rows @ columns).tocoo()
    a, b = products.row.astype(np.int64) + first_row, products.col.astype(np.int64) + first_column
    before = b < a
    return a[before], b[before], products.data[before]


def _close_up(weights):
    """Without the columns that are empty: of a million, the articles of a few days have some thousand."""
    columns, present = pd.factorize(weights.indices)
    shape = weights.shape[0], len(present)
    return type(weights)((weights.data, columns.astype(np.int32), weights.indptr), shape=shape)


def _dot(weights, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    products = np.zeros(len(a))
    for at in range(0, len(a), _PAIRS):
        part = slice(at, at + _PAIRS)
        products[part] = weights[a[part]].multiply(weights[b[part]]).sum(axis=1)
    return products


def _mean_of_nearest(a: np.ndarray, b: np.ndarray, alike: np.ndarray, rows: int) -> np.ndarray:
    """For each row the mean likeness to the `NEAREST` others most like it; those not listed, or lacking, count 0."""
    end, alike = np.concatenate((a, b)), np.concatenate((alike, alike))
    order = np.lexsort((-alike, end))
    end, alike = end[order], alike[order]
    nearest = np.arange(len(end)) - np.searchsorted(end, end) < NEAREST
    return np.bincount(end[nearest], alike[nearest], minlength=rows) / NEAREST


def _leads(texts: pd.Series) -> list[str]:
    return [text[:LEAD_CHARACTERS] if isinstance(text, str) else "" for text in texts.tolist()]


def _fold(word: str) -> str:
    """The form under which a word is compared: as it is counted, without a plural's s."""
    word = fold_word(word)
    if len(word) < 4 or word[-1] != "s" or word[-2] in "siu'" or word in stop_words():
        return word
    return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]


def _counts(form: str) -> bool:
    return len(form) > 1 and form not in stop_words()


def _hash_runs(code: np.ndarray, begin: np.ndarray) -> np.ndarray:
    """One number for each run of words; two runs in a billion billion share theirs."""
    hashes = np.zeros(len(begin), dtype=np.uint64)
    for place in range(RUN):
        hashes = (hashes ^ code[begin + place].astype(np.uint64)) * _STEP
        hashes ^= hashes >> np.uint64(29)
    return hashes


def _shelve(rows: np.ndarray, runs: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each run of a row once, by the first bits of its hash: rows, hashes, and where each shelf begins and ends.

    Runs that are the same are on the same shelf, and what is looked up in one shelf at a time stays in the cache.
    """
    once = np.flatnonzero(~pd.Index(runs ^ (rows.astype(np.uint64) * _STEP)).duplicated())
    shelves = (runs[once] >> np.uint64(56)).astype(np.uint8)
    once = once[np.argsort(shelves, kind="stable")]
    return rows[once], runs[once], np.append(0, np.cumsum(np.bincount(shelves, minlength=_SHELVES)))


def _shorten(weights, alone: np.ndarray) -> None:
    """Keep the weightiest of each row, and give it length 1.

    `alone` is how many more columns each row has that no other has, each with a count of 1.
    """
    articles = weights.shape[0]
    rarest = UNSHARED_WEIGHT * np.log(articles + 1)
    least = _least_kept(weights, alone, rarest)
    _drop(weights, weights.data < np.repeat(least, np.diff(weights.indptr)))
    sizes = np.diff(weights.indptr)
    row = np.repeat(np.arange(articles), sizes)
    squares = np.bincount(row, weights.data**2, minlength=articles) + alone * rarest**2 * (rarest >= least)
    weights.data /= np.repeat(np.sqrt(squares), sizes)


def _least_kept(weights, alone: np.ndarray, rarest: float) -> np.ndarray:
    """For each row the weight of its `WORDS`th word, 0 if it has fewer: of words that weigh the same, all or none."""
    least = np.zeros(weights.shape[0])
    for row in np.flatnonzero(np.diff(weights.indptr) + alone > WORDS).tolist():
        own = weights.data[weights.indptr[row] : weights.indptr[row + 1]]
        if alone[row]:
            own = np.append(own, np.full(min(alone[row], WORDS), rarest))
        least[row] = np.partition(own, -WORDS)[-WORDS]
    return least


def _drop(weights, unwanted: np.ndarray) -> None:
    weights.data[unwanted] = 0
    weights.eliminate_zeros()
