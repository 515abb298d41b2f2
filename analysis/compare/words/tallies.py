"""Tally the words of each group: whole numbers only, so that the tallies of partitions add up to those of a corpus."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from ...corpus.places import changes
from .ngrams import make_strings, pack, spell, unpack
from .phrases import join_phrases, merge_phrases, spell_out
from .vocabulary import code_words, find_stop_words


def tally_terms(
    spans: pd.DataFrame,
    by: list[str],
    ngrams: int = 1,
    fold: bool | Sequence[str] = True,
    *,
    collocations: Sequence[str] = (),
    least: int = 1,
    totals: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """How often each group prints each word, in how many articles, and how far from evenly among them.

    Columns: those of `by`, term, n, articles, words and articles_total (of the group), stop_word, excess. With `by`,
    term, n and words of the whole corpus in `totals`, excess is what the articles of this partition add to that of the
    corpus: for each article that has the term |n_a · words − n · words_a| − n · words_a. Only terms in `least` articles
    of these spans have rows; words are those of all.
    """
    groups, keys = group_rows(spans, by)
    articles, _ = pd.factorize(spans["article"], sort=True, use_na_sentinel=False)
    span = articles.max(initial=0) + 1
    pairs, documents = np.unique(groups * span + articles, return_inverse=True)
    owner = pairs // span  # the group of each document; documents are numbered group by group

    codes, counts, vocabulary = code_words(spans["text"], fold)
    rows = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    sizes = np.bincount(documents, weights=counts, minlength=len(pairs)).astype(np.int64)
    here = {
        "words": np.bincount(owner, weights=sizes, minlength=len(keys)).astype(np.int64),
        "articles_total": np.bincount(owner[sizes > 0], minlength=len(keys)),
    }
    stop_words = find_stop_words(vocabulary)
    opening, closing = stop_words, stop_words
    if len(collocations):
        phrases = spell_out(collocations, vocabulary, fold)
        codes, rows = merge_phrases(codes, rows, phrases, len(vocabulary))
        opening, closing = (np.append(stop_words, stop_words[[phrase[side] for phrase in phrases]]) for side in (0, -1))
        vocabulary = join_phrases(vocabulary, phrases)
    documents = documents[rows]

    tables = []
    for length in range(1, ngrams + 1):
        packed, known = pack(codes, length, words=len(vocabulary), documents=len(pairs))
        whole = rows[: len(packed)] == rows[length - 1 :]
        packed = packed[whole] * len(pairs) + documents[: len(packed)][whole]
        term, document, n = _tally(packed, len(pairs))
        del packed, whole
        if least > 1:
            edges = np.flatnonzero(changes(term))
            spread = np.diff(edges, append=len(term))  # articles that have the term, counted once in each group
            common = np.repeat(spread >= least, spread)
            term, document, n = term[common], document[common], n[common]
        first = np.flatnonzero(changes(term) | changes(owner[document]))
        group, found = owner[document[first]], np.diff(first, append=len(term))
        places = unpack(term[first], known, words=len(vocabulary))
        table = keys.take(group).reset_index(drop=True)
        table["term"] = make_strings(spell(vocabulary, places))
        table["n"] = np.add.reduceat(n, first) if len(first) else n
        table["articles"] = found
        for name, values in here.items():
            table[name] = values[group]
        table["stop_word"] = opening[places[0]] | closing[places[-1]]
        whole = table if totals is None else table[[*by, "term"]].merge(totals, on=[*by, "term"], how="left")
        # At most 2 · n · words, which would have to be more than a hundred million times ten thousand million words to
        # outgrow 64 bits.
        even = np.repeat(whole["n"].to_numpy(), found) * sizes[document]
        excess = np.abs(n * np.repeat(whole["words"].to_numpy(), found) - even) - even
        table["excess"] = np.add.reduceat(excess, first) if len(first) else excess
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def sum_tallies(tables: Iterator[pd.DataFrame], by: list[str]) -> pd.DataFrame:
    """The tallies of a corpus from those of its partitions; excess is left for `sum_excess`."""
    tables = [table.drop(columns="excess") for table in tables]
    groups = pd.concat([table.drop_duplicates(by)[[*by, "words", "articles_total"]] for table in tables])
    groups = groups.groupby(by, sort=True, dropna=False, observed=True).sum().reset_index()
    rows = pd.concat([table.drop(columns=["words", "articles_total"]) for table in tables])
    grouped = rows.groupby([*by, "term"], sort=True, dropna=False, observed=True)
    table = grouped.agg(n=("n", "sum"), articles=("articles", "sum"), stop_word=("stop_word", "first")).reset_index()
    return table.merge(groups, on=by, how="left")


def sum_excess(tables: Iterator[pd.DataFrame], tallies: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """The tallies of a corpus with the excess that the articles of all partitions add up to."""
    rows = pd.concat([table[[*by, "term", "excess"]] for table in tables])
    added = rows.groupby([*by, "term"], sort=True, dropna=False, observed=True).sum().reset_index()
    return tallies.merge(added, on=[*by, "term"], how="left")


def finish_counts(tallies: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """The rows of `count_terms` from whole numbers."""
    groups, _ = group_rows(tallies, by)
    # No word holds a character before the space, so phrases stand in the order of their words.
    terms, _ = pd.factorize(tallies["term"], sort=True)
    table = tallies.iloc[np.lexsort((terms, -tallies["n"].to_numpy(), groups))].reset_index(drop=True)
    n, words = table["n"].to_numpy(), table.pop("words").to_numpy()
    # Articles without the term add their share of the words, and all shares of a group sum to 1.
    dispersion = (1 + table.pop("excess").to_numpy() / (n * words)) / 2
    table["rate"] = 1000 * n / words
    table["dispersion"] = np.clip(dispersion, 0, 1)
    return table[[*by, "term", "n", "rate", "articles", "articles_total", "dispersion", "stop_word"]]


def group_rows(table: pd.DataFrame, by: list[str]) -> tuple[np.ndarray, pd.DataFrame]:
    """The number of each row's group, and the groups, sorted."""
    groups = table.groupby(by, sort=True, dropna=False, observed=True).ngroup().to_numpy()
    _, first = np.unique(groups, return_index=True)
    return groups, table[by].iloc[first].reset_index(drop=True)


def _tally(cells: np.ndarray, documents: int) -> tuple[np.ndarray, ...]:
    """Each term and document that has it, and how often, from one number (term and document) for each occurrence."""
    cells.sort()
    edges = np.flatnonzero(changes(cells))
    term, document = np.divmod(cells[edges], documents)
    return term, document, np.diff(edges, append=len(cells))
