"""How much of one article stands in another too."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from ...corpus.places import expand, place
from ...corpus.tokens import locate
from ...tables import InputError, need, need_articles

SHARED = ("a", "b", "words", "share", "a_articles", "b_articles")
# Up to so many articles or outlets every pair has its row, a million; beyond, only pairs that share a word.
SQUARE = 1_000


def share_reused(passages: pd.DataFrame, articles: pd.DataFrame, *, by: str = "article") -> pd.DataFrame:
    """How much of what b prints does a print too?

    Counts b's words that stand in a passage which a prints as well (containment), each word once, however many passages
    it is in. Only the rows of `passages` given count: pass those of kind prose to leave out quotations and set phrases.
    A share has no direction in time: `first` of `find_reuse` tells which is likely the older. Words changed inside a
    near-verbatim passage count as shared. With `by="outlet"` it is b's words that any article of a prints.

    One row for each ordered pair, sorted, where there are at most 1,000 articles or outlets; among more, a pair that
    shares nothing and is two different ones has no row. Articles that are only in `passages` are not compared.

    Columns:
        a: an article, or a value of the column `by`
        b: another, or the same
        words: of b that a prints too; where a is b, all of b's words
        share: 0 to 1 of b's words; NA where a is b, or b has no words
        a_articles: how many a has
        b_articles: how many b has

    Raises:
        InputError: if a column is missing or `by` is not one column

    Example:
        >>> articles = pd.DataFrame({"article": ["a", "b"], "text": ["They agreed on a new pact.", "A new pact."]})
        >>> passages = pd.DataFrame({"passage": "1", "article": ["a", "b"], "start": [15, 0], "end": [25, 10]})
        >>> share_reused(passages, articles)[["a", "b", "words", "share"]]
           a  b  words  share
        0  a  a      6    NaN
        1  a  b      3    1.0
        2  b  a      3    0.5
        3  b  b      3    NaN
    """
    need(passages, "passage", "article", "start", "end", verb="share_reused")
    if not isinstance(by, str):
        raise InputError(f"by is {by!r}, but must be one column of the articles, such as 'article' or 'outlet'")
    need_articles(articles, by, "text", verb="share_reused")
    printed = passages[["passage"]].assign(**{by: _values_of(passages, articles, by)})
    printed = printed[passages["article"].isin(articles["article"]).to_numpy()].drop_duplicates()
    return sum_shared([tally_shared(passages, articles, printed, by=by)])


def tally_shared(
    passages: pd.DataFrame, articles: pd.DataFrame, printed: pd.DataFrame, *, by: str = "outlet"
) -> pd.DataFrame:
    """What these articles add to the counts of a corpus: a, b, words and articles, for `sum_shared`.

    `printed` says who in the whole corpus prints a passage: passage and `by`. The row where a is b holds all words and
    articles of b.
    """
    from scipy.sparse import csr_array

    row = pd.Index(articles["article"]).get_indexer(passages["article"])
    occurrences, row = passages[row >= 0], row[row >= 0]
    everybody = pd.concat([articles[by], printed[by]], ignore_index=True)
    group, names = pd.factorize(everybody, sort=True, use_na_sentinel=False)
    group, printing = group[: len(articles)], group[len(articles) :]
    code, known = pd.factorize(occurrences["passage"])
    place_of = pd.Index(known).get_indexer(printed["passage"])
    place_of, printing = place_of[place_of >= 0], printing[place_of >= 0]
    prints = csr_array((np.ones(len(printing)), (place_of, printing)), shape=(len(known), len(names)))
    starts, ends = (place(row, occurrences[edge].to_numpy(dtype=np.int64)) for edge in ("start", "end"))
    order = np.argsort(row, kind="stable")
    totals = np.zeros(len(names), dtype=np.int64)
    shared = csr_array((len(names), len(names)), dtype=np.int64)
    for chunk in locate(articles["text"].fillna("").tolist()):
        first, last = chunk.first, chunk.first + len(chunk.counts)
        of_word = np.repeat(np.arange(first, last), chunk.counts)
        totals += np.bincount(group[of_word], minlength=len(names))
        block = order[slice(*np.searchsorted(row[order], [first, last]))]
        firsts = np.searchsorted(place(of_word, chunk.ends), starts[block], side="right")
        lasts = np.searchsorted(place(of_word, chunk.starts), ends[block], side="left")
        shared += _count_shared(firsts, lasts, code[block], group[row[block]], prints)
    shared = shared.tocoo()
    apart = shared.coords[0] != shared.coords[1]
    present = np.unique(group)
    b, a = (np.append(axis[apart], present).astype(np.int64) for axis in shared.coords)
    articles_of = np.bincount(group, minlength=len(names))
    counts = {"words": np.append(shared.data[apart], totals[present]).astype(np.int64)}
    counts["articles"] = np.where(a == b, articles_of[b], 0)
    return pd.DataFrame({"a": names.take(a), "b": names.take(b), **counts})


def sum_shared(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The rows of `share_reused` from the counts of partitions, which share no article."""
    rows = pd.concat(list(tables), ignore_index=True)
    code, names = pd.factorize(pd.concat([rows["a"], rows["b"]]), sort=True, use_na_sentinel=False)
    a, b = code[: len(rows)], code[len(rows) :]
    whole = np.flatnonzero(a == b)
    totals, articles = (
        np.bincount(b[whole], weights=rows[name].to_numpy()[whole], minlength=len(names)).astype(np.int64)
        for name in ("words", "articles")
    )
    count, words = len(names), rows["words"].to_numpy(dtype=np.int64)
    if count <= SQUARE:
        pairs, place_of = np.arange(count * count), a * count + b
    else:
        pairs, place_of = np.unique(a * count + b, return_inverse=True)
    sums = np.zeros(len(pairs), dtype=np.int64)
    np.add.at(sums, place_of, words)
    a, b = np.divmod(pairs, max(count, 1))
    with np.errstate(invalid="ignore"):
        share = np.where(a == b, np.nan, sums / np.where(totals > 0, totals, np.nan)[b])
    made = {"a": names.take(a), "b": names.take(b), "words": sums, "share": share}
    return pd.DataFrame(made | {"a_articles": articles[a], "b_articles": articles[b]}, columns=list(SHARED))


def _values_of(passages: pd.DataFrame, articles: pd.DataFrame, by: str) -> pd.api.extensions.ExtensionArray:
    row = pd.Index(articles["article"]).get_indexer(passages["article"])
    return articles[by].array.take(row, allow_fill=True)


def _count_shared(firsts, lasts, codes, groups, printed):
    """b × a: how many words of b, in these occurrences, stand in a passage that a prints.

    The edges of all occurrences cut the words into pieces, each inside or outside of every passage, so that words in
    two passages are counted once.
    """
    from scipy.sparse import csr_array

    edges = np.unique(np.concatenate([firsts, lasts]))
    left, right = np.searchsorted(edges, firsts), np.searchsorted(edges, lasts)
    pieces, sizes = expand(left, right - left), right - left
    owner = np.zeros(len(edges), dtype=np.int64)
    owner[pieces] = np.repeat(groups, sizes)
    inside = csr_array((np.ones(len(pieces)), (pieces, np.repeat(codes, sizes))), shape=(len(edges), printed.shape[0]))
    found = (inside @ printed).astype(bool)
    lengths = np.diff(edges, append=edges[-1:])
    summed = csr_array((lengths, (owner, np.arange(len(edges)))), shape=(printed.shape[1], len(edges)), dtype=np.int64)
    return summed @ found.astype(np.int64)
