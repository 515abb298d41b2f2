"""Find the passages that articles share, and how much of each article another one prints too."""

import numbers
import re
from collections import defaultdict, deque
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, pairwise

import numpy as np
import pandas as pd

from ...corpus.events.of_article import number_events, read_dates, set_apart
from ...corpus.layout.artefacts import find_artefacts
from ...corpus.parallel import ENOUGH, count_jobs, map_articles
from ...corpus.places import changes, expand, place, place_spans
from ...corpus.sentences import cuts_of, prose_between
from ...corpus.tokens import Chunk
from ...corpus.word_hashes import hash_words
from ...tables import InputError, add_source, need, need_articles
from ..speech.marks import find_marked
from .runs import find_passages
from .words import Words, read_words

REUSE = ("passage", "article", "start", "end", "text", "words", "kind", "articles", "first")
# Not all: a reporting verb or a name may stand beside the quoted words that two articles share.
QUOTED_SHARE = 0.8
# No quotation opens without one of these, or an apostrophe that stands outside a word.
_MARKS, _APOSTROPHE = '"“”„«»‘`', re.compile("(?<!\\w)'|''")


def find_reuse(
    articles: pd.DataFrame,
    *,
    n: int = 8,
    edits: int = 0,
    copy_words: int = 15,
    artefacts: pd.DataFrame | None = None,
    quotes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Which passages do two or more articles share, and where does each stand?

    A passage (near-duplicate text, found by shingles, runs of `n` words) is a longest run of at least `n` words, case,
    punctuation and possessives aside, that is printed whole wherever any `n` words of it are printed. Where the set of
    articles changes, or one repeats a part, a new passage begins, and overlaps the last by up to `n` − 1 words. Sharing
    is no proof of copying: two articles may have a third source, and below eight words chance. With `edits` above 0,
    passages of the same articles that follow each other at most so many words apart in each become one, and its ends
    are carried over as many changed words; of articles that share 100 words so, shorter runs (from three words) that no
    other article has are passages too.

    `kind` is of the occurrence: `quote` (at least 80 % of its words are in quotation marks); else `stock` (shorter than
    `copy_words`, 15 by default, as set phrases are, or also in articles of another event); else `prose`. Words in
    `artefacts` (by default those of `find_artefacts`; an empty table keeps all) are in no passage; `quotes` are by
    default those of `find_quotes`. Without any event the corpus is one; an article without an event is one of its own.
    Sorted by article as given, start, passage.

    Columns:
        passage: 16 hexadecimal digits, the same for the same words in any corpus
        article: the one that prints it
        outlet: of the article; missing where it has none
        event: of the article; missing where it has none
        start: its first code point in the article's text, from 0
        end: the one behind its last
        text: as printed here
        words: how many, in this occurrence
        kind: quote, stock or prose
        articles: how many print the passage, 2 or more
        first: the article that is *likely* first: published before all others; if dates tie or are missing, the only
            one signed by an agency; else missing. A guess by date, no finding

    Raises:
        InputError: if a column is missing, an article stands twice or an option is out of range

    Source: runs of hashed words, Broder (1997)

    Example:
        >>> texts = ["They signed a mutual defence pact on Wednesday.", "A mutual defence pact, they said."]
        >>> found = find_reuse(pd.DataFrame({"article": ["a", "b"], "text": texts}), n=4)
        >>> found[["article", "start", "end", "text", "words", "kind", "articles"]]
          article  start  end                   text  words   kind  articles
        0       a     12   33  a mutual defence pact      4  stock         2
        1       b      0   21  A mutual defence pact      4  stock         2
    """
    need_articles(articles, "text", verb="find_reuse")
    for name, value, least in (("n", n, 2), ("edits", edits, 0), ("copy_words", copy_words, 0)):
        if not isinstance(value, numbers.Integral) or value < least:
            raise InputError(f"{name} is {value!r}, but must be a number of words, {least} or more")
    texts = articles["text"].fillna("").tolist()
    if artefacts is None:
        artefacts, chunks = _find_beside_words(articles, texts)
    else:
        need(artefacts, "article", "start", "end", verb="leaving out artefacts")
        chunks = hash_words(texts)
    words = read_words(articles, chunks, artefacts)
    passages = find_passages(words, int(n), int(edits))
    rows = passages.rows(words)
    owners, members = passages.members(words)
    starts, ends = words.starts[passages.firsts].astype(np.int64), words.ends[passages.lasts].astype(np.int64)
    spans = list(zip(starts.tolist(), ends.tolist(), strict=True))
    if quotes is None:
        ids = _strings(articles["article"].to_numpy(dtype=object), rows)
        passing = pd.DataFrame({"article": ids, "start": starts, "end": ends})
        sharing = articles[["article", "text"]].iloc[np.unique(rows)]
        cuts = artefacts[["article", "start", "end", "kind"]]
        marked = place_spans(map_articles(_mark_around, sharing, cuts, passing), articles)
    else:
        need(quotes, "article", "start", "end", verb="find_reuse")
        marked = place_spans(quotes[quotes["kind"] != "reported"] if "kind" in quotes else quotes, articles)
    lengths = passages.lasts - passages.firsts + 1
    stock = (lengths < copy_words) | recurs(articles, owners, members)[passages.codes]
    quoted = quoted_share(words, passages.firsts, passages.lasts, marked) >= QUOTED_SHARE
    first = np.append(articles["article"].to_numpy(dtype=object), None)[find_first(articles, owners, members)]
    found = pd.DataFrame(
        {
            "passage": _strings([f"{number:016x}" for number in passages.ids.tolist()], passages.codes),
            "article": _strings(articles["article"].to_numpy(dtype=object), rows),
            "start": starts,
            "end": ends,
            "text": pd.array(
                [texts[row][start:end] for row, (start, end) in zip(rows.tolist(), spans, strict=True)], dtype="str"
            ),
            "words": lengths.astype(np.int64),
            "kind": _strings(["prose", "stock", "quote"], np.where(quoted, 2, stock.astype(np.int64))),
            "articles": np.bincount(owners).astype(np.int64)[passages.codes],
            "first": _strings(first, passages.codes),
        },
        columns=list(REUSE),
    )
    return add_source(found, articles)


def _strings(values, places: np.ndarray) -> pd.api.extensions.ExtensionArray:
    return pd.array(values, dtype="str").take(places)


def _find_beside_words(articles: pd.DataFrame, texts: list[str]) -> tuple[pd.DataFrame, Iterable[Chunk]]:
    """The artefacts, and the words of all texts, which are read here while workers start and look for those."""
    if count_jobs() == 1 or sum(map(len, texts)) < ENOUGH:
        return find_artefacts(articles), hash_words(texts)
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(deque, hash_words(texts, alone=False))
        artefacts = find_artefacts(articles)
        chunks = read.result()
    return artefacts, (chunks.popleft() for _ in range(len(chunks)))  # none is kept longer than it is needed


def _mark_around(articles: pd.DataFrame, artefacts: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Quotations in marks, as `find_quotes` has them, in the paragraphs of some articles that passages stand in.

    Who speaks, and what is reported without marks, makes no passage a quote, and is most of that verb's work.
    """
    places, cuts, spans = [], cuts_of(artefacts), defaultdict(list)
    for article, *span in zip(passages["article"], passages["start"].tolist(), passages["end"].tolist(), strict=True):
        spans[article].append(span)
    for article, text in zip(articles["article"].tolist(), articles["text"].fillna("").tolist(), strict=True):
        waiting, until = deque(spans[article]), 0
        if not waiting or not _opens_quotation(text, 0, len(text)):
            continue
        for (_, _, start, end), after in pairwise(chain(prose_between(text, cuts[article]), [None])):
            while waiting and waiting[0][0] < end:
                until = max(until, waiting.popleft()[1])
            if until > start and _opens_quotation(text, start, end):
                following = text[slice(*after[2:])] if after else ""
                marked = find_marked(text[start:end], following)
                places += [(article, start + found.start, start + found.end) for found in marked]
            elif not waiting and until <= start:
                break
    return pd.DataFrame(places, columns=["article", "start", "end"])


def _opens_quotation(text: str, start: int, end: int) -> bool:
    """Whether a quotation may open there: a search for one character is many times as fast as one for any of nine."""
    if any(text.find(mark, start, end) >= 0 for mark in _MARKS):
        return True
    return text.find("'", start, end) >= 0 and bool(_APOSTROPHE.search(text, start, end))


def quoted_share(
    words: Words, firsts: np.ndarray, lasts: np.ndarray, quotes: tuple[np.ndarray, np.ndarray]
) -> np.ndarray:
    """Which share of the words of each occurrence, from its first to its last, lies inside quotation marks."""
    starts, ends = quotes
    sizes = lasts - firsts + 1
    if not len(starts) or not len(sizes):
        return np.zeros(len(sizes))
    ends = np.maximum.accumulate(ends)  # a quotation inside a longer one ends with it
    places = expand(firsts, sizes)
    rows = np.repeat(words.rows[words.stretches[firsts]], sizes)
    last_opened = np.searchsorted(starts, place(rows, words.starts[places]), side="right") - 1
    inside = (last_opened >= 0) & (ends[last_opened] >= place(rows, words.ends[places]))
    return np.add.reduceat(inside, np.cumsum(sizes) - sizes, dtype=np.int64) / sizes


def recurs(articles: pd.DataFrame, owners: np.ndarray, members: np.ndarray) -> np.ndarray:
    """Whether each passage is printed in articles of more than one event."""
    if not len(owners):
        return np.zeros(0, dtype=bool)
    events = set_apart(number_events(articles)[0])
    heads = np.flatnonzero(changes(owners))
    return np.maximum.reduceat(events[members], heads) > np.minimum.reduceat(events[members], heads)


def find_first(articles: pd.DataFrame, owners: np.ndarray, members: np.ndarray) -> np.ndarray:
    """For each passage the position of the article that is likely its first; −1 if nothing tells."""
    if not len(owners):
        return np.zeros(0, dtype=np.int64)
    missing = pd.Series(None, index=articles.index, dtype="object")
    days = read_dates(articles)
    agencies = articles.get("agency", missing)
    dated = days.notna().to_numpy()[members]
    signed = (agencies.notna() & (agencies != "")).to_numpy()[members]
    heads = np.flatnonzero(changes(owners))
    sizes = np.diff(heads, append=len(owners))
    latest = np.iinfo(np.int64).max
    when = np.where(dated, days.to_numpy().astype(np.int64)[members], latest)
    earliest = np.repeat(np.minimum.reduceat(when, heads), sizes)

    def only(chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Whether exactly one member of each passage is chosen, and which."""
        count = np.add.reduceat(chosen, heads, dtype=np.int64)
        return count == 1, np.add.reduceat(np.where(chosen, members, 0), heads)

    by_date, dated_first = only(dated & (when == earliest))
    by_date &= np.logical_and.reduceat(dated, heads)
    by_agency, signed_first = only(signed)
    # An agency's text that others printed on an earlier day is not the first.
    by_agency &= np.logical_or.reduceat(signed & (~dated | (when == earliest)), heads)
    return np.where(by_date, dated_first, np.where(by_agency, signed_first, -1))
