"""Count terms article by article: what a resample or a permutation of articles adds up again and again."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from ...corpus.events.of_article import number_events
from ...corpus.tokens import encode, unify
from .ngrams import make_strings, pack, spell, unpack
from .tallies import group_rows
from .vocabulary import find_stop_words, fold_vocabulary

# Words in fewer articles are left out of a large corpus: an interval or a test has nothing to go by, and they are nine
# in ten. A corpus of fewer than 400 articles keeps those in a twentieth of its articles, so five articles keep all.
LEAST_ARTICLES, LEAST_SHARE = 20, 0.05


class TermCounts(NamedTuple):
    """How often each unit (an article, or a sentence of it) has each term; units are sorted by group and article."""

    counts: sparse.csr_array  # units × terms, float32: whole numbers
    words: np.ndarray  # units × lengths: how many words, pairs and triples a unit has, counted here or not
    owner: np.ndarray  # the group of each unit
    articles: np.ndarray  # the number of its article
    events: np.ndarray  # the number of its event, −1 without one
    keys: pd.DataFrame  # the groups, sorted
    terms: pd.api.extensions.ExtensionArray  # sorted
    lengths: np.ndarray  # how many words each term has


def count_by_article(
    spans: pd.DataFrame,
    by: list[str],
    *,
    ngrams: int = 1,
    fold: bool = True,
    least_articles: int | None = None,
    sentences: bool = False,
) -> TermCounts:
    """How often does each article of each group have each term that is no stop word?

    Stop words, and phrases that begin or end with one, are counted in `words` only; so are terms in fewer than
    `least_articles` articles: unless told, 20, or a twentieth of the articles where there are fewer than 400. With
    `sentences` the one article of a group that has no other is counted sentence by sentence.
    """
    groups, keys = group_rows(spans, by)
    documents, owner, articles, events = _number_units(spans, groups, len(keys), sentences)
    if least_articles is None:
        least_articles = default_least(len(np.unique(articles)))

    counts, words = [np.zeros(0, dtype=np.int64)], []
    for chunk in encode(spans["text"].fillna("").tolist()):
        counts.append(chunk.counts)
        words.append(chunk.words)
    counts = np.concatenate(counts)
    codes, printed = unify(words)
    vocabulary, folded = fold_vocabulary(printed, fold)
    codes = folded[codes]
    rows = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    sizes = [
        np.bincount(documents, weights=np.maximum(counts - length, 0), minlength=len(owner)) for length in range(ngrams)
    ]
    documents = np.repeat(documents, counts)

    columns, terms, lengths = [], [], []
    stopped, kept = find_stop_words(vocabulary), np.ones(len(vocabulary), dtype=bool)
    shape = (len(vocabulary), len(owner))
    for length in range(1, ngrams + 1):
        packed, known = pack(codes, length, words=shape[0], documents=shape[1])
        last = length - 1
        # A phrase is in no more articles than its rarest word.
        whole = (rows[: len(packed)] == rows[last:]) & ~stopped[codes[: len(packed)]] & ~stopped[codes[last:]]
        for place in range(length if length > 1 else 0):
            whole &= kept[codes[place : place + len(packed)]]
        cells, n = np.unique(packed[whole] * shape[1] + documents[: len(packed)][whole], return_counts=True)
        term, document = np.divmod(cells, max(shape[1], 1))
        term, place = np.unique(term, return_inverse=True)
        articles_of = np.unique(place * (articles.max(initial=0) + 1) + articles[document])
        enough = np.bincount(articles_of // (articles.max(initial=0) + 1), minlength=len(term)) >= least_articles
        if length == 1:
            kept = np.zeros(len(vocabulary), dtype=bool)
            kept[term[enough]] = True
            kept |= stopped
        number, here = np.cumsum(enough) - 1, enough[place]
        columns.append(
            sparse.csr_array(
                (n[here].astype(np.float32), (document[here], number[place[here]])), shape=(shape[1], enough.sum())
            )
        )
        terms.append(make_strings(spell(vocabulary, unpack(term[enough], known, words=shape[0]))))
        lengths.append(np.full(enough.sum(), length))
    terms, lengths = pd.concat(map(pd.Series, terms), ignore_index=True).array, np.concatenate(lengths)
    order = np.argsort(pd.factorize(terms, sort=True)[0])
    counted = sparse.hstack(columns, format="csc", dtype=np.float32)[:, order].tocsr()
    return TermCounts(
        counted, np.stack(sizes, axis=1), owner, articles, events, keys, terms.take(order), lengths[order]
    )


def default_least(articles: int) -> int:
    """The articles that a term must stand in, out of so many.

    >>> [default_least(articles) for articles in (5, 39, 40, 399, 400, 40_000)]
    [1, 1, 2, 19, 20, 20]
    """
    return int(np.clip(int(articles * LEAST_SHARE), 1, LEAST_ARTICLES))


def _number_units(spans: pd.DataFrame, groups: np.ndarray, group_count: int, sentences: bool) -> tuple[np.ndarray, ...]:
    """The unit of each row; of each unit its group, article and event. Units are numbered group by group."""
    articles, _ = pd.factorize(spans["article"], sort=True, use_na_sentinel=False)
    inner = np.zeros(len(spans), dtype=np.int64)
    pairs = np.unique(groups * (articles.max(initial=0) + 1) + articles)
    if sentences:
        lone = np.bincount(pairs // (articles.max(initial=0) + 1), minlength=group_count) == 1
        within, _ = pd.factorize(spans["sentence"], sort=True, use_na_sentinel=False)
        inner = np.where(lone[groups], within, 0)
    # An article has one event; should a table give it several, the last in their order, whatever that of the rows.
    latest = np.full(articles.max(initial=0) + 1, -1)
    np.maximum.at(latest, articles, number_events(spans)[0])
    events = latest[articles]
    keys = (groups * (articles.max(initial=0) + 1) + articles) * (inner.max(initial=0) + 1) + inner
    _, first, units = np.unique(keys, return_index=True, return_inverse=True)
    return units, groups[first], articles[first], events[first]
