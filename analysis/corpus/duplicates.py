"""Which articles repeat another of the same outlet? Found by hashes of their words, never by comparing all pairs.

First each article is marked: what its words are as one number, and a few of its runs of words. Marks tell which pairs
may repeat one another, and only of these all words are compared. So a corpus that is worked through in partitions needs
the marks of all of it, which are small, and the words of few.
"""

import hashlib
from collections.abc import Collection, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ..tables import add_source, make_table, need_articles
from .addresses import fold_address
from .events.of_article import read_dates
from .hashes import STEP, hash_runs
from .word_hashes import hash_words

SAME_TEXT, UPDATE, SAME_ADDRESS = "same text", "update", "same address"
# As in `find_reuse`: of fewer words side by side many are set phrases.
_RUN = 8
# An update is printed within days. What is as like months later is mostly furniture, unless nearly all of it is there.
SHARE, DAYS, LATER_SHARE = 0.8, 7, 0.95
# What holds less of the other than this is an excerpt: the whole is kept, be it the older.
PART = 0.5
# What more texts than these print is furniture too: a gallery's captions, a template, what a paywall says. Of an
# article's own words beside it half must stand in the other as well.
MANY_TEXTS, OWN_SHARE = 6, 0.5
# A shorter text may be what a paywall left of any article: it is the same only under the same title.
SHORT = 25
# At an address with more texts that have nothing in common stands a page of many, not an article.
MOST_AT_ADDRESS = 3
# Of a long text those runs are kept whose hash is the least of so many neighbours (winnowing, Schleimer and others
# 2003), so that two texts that share as many runs side by side have one of them in common. Of a short one all are.
_NEIGHBOURS, _ALL_OF = 16, 128
# Of the articles that print a run each is compared with so many that follow it, so that a line which thousands print
# costs no more than thousands; and only where two have in common this share of what they had if one held the other.
_FOLLOWING, _IN_COMMON = 10, 0.1


class Plan(NamedTuple):
    """What is to be compared word by word. Articles are numbered as in `marks`, the one that is rather kept first."""

    marks: pd.DataFrame
    group: np.ndarray  # outlet and event; −1 where no outlet is known
    first: np.ndarray  # of each article the first with the same text, mostly itself
    pairs: np.ndarray  # of such firsts, the lower number first
    at_address: list[np.ndarray]  # firsts that stand at one address

    def list_suspects(self) -> set[str]:
        """The articles whose words are needed."""
        numbers = np.unique(np.concatenate([self.pairs.ravel(), *self.at_address]))
        return set(self.marks["article"].iloc[numbers])


def find_duplicates(articles: pd.DataFrame) -> pd.DataFrame:
    """Which articles repeat another of the same outlet?

    The same text across outlets is reuse (`find_reuse`); twice within one it is an article that was collected twice, or
    its update, and would count twice. Of articles that repeat each other the newest is kept, of as new ones the
    longest, of these the first by its id; but not an excerpt that holds less than half of another. Three ways to repeat
    are told apart:

    - same text: the same words in the same order, case and marks aside (below 25 words under one title);
    - update: at least 80 % of the words of one stand in the other, in runs of eight or more, and both were published
      within a week; or 95 % of them. Runs that more than six texts of the outlet print (captions of a gallery, a
      template) are not enough: half of the words beside them must stand there too;
    - same address: `url`, if there is such a column, leads to the same page, whatever its scheme, `www.`, fragment,
      tracking and last slash. A site's front page is none, nor one of more than three texts with nothing in common.

    Articles that the corpus gives to different events are never taken for one, nor those of an unknown outlet. Of a
    chain of updates one is kept, so that `share` may be small. Sorted by outlet, of, article: the order of the articles
    changes nothing.

    Columns:
        article: the one that repeats another
        outlet: of both
        event: of both; missing where they have none
        of: the article that it repeats, which repeats none
        kind: same text, update or same address
        share: of its words that stand in the other, in runs of eight; 0 to 1

    Raises:
        InputError: if a column is missing, or an article stands twice

    Source: runs of hashed words, chosen by winnowing, Schleimer, Wilkerson and Aiken (2003)

    Example:
        >>> text = "They signed a mutual defence pact on Wednesday, in the third hour of talks."
        >>> texts = [text, text + " Correction: it was the second."]
        >>> find_duplicates(pd.DataFrame({"article": ["a", "b"], "outlet": "A", "text": texts}))
          article outlet event of    kind  share
        0       a      A   NaN  b  update    1.0
    """
    need_articles(articles, "outlet", "text", verb="find_duplicates")
    plan = plan_comparisons(mark_articles(articles))
    found = settle_duplicates(plan, read_words_of(articles, plan.list_suspects()))
    return add_source(found, articles.assign(article=articles["article"].astype("str")))


def leave_out(articles: pd.DataFrame, repeats: Collection[str]) -> pd.DataFrame:
    """The articles without those that repeat another."""
    if not repeats:
        return articles
    return articles[~articles["article"].astype("str").isin(repeats)].reset_index(drop=True)


def mark_articles(articles: pd.DataFrame) -> pd.DataFrame:
    """A row per article with what tells which others it may repeat, small beside its text."""
    texts = articles["text"].fillna("").astype("str")
    nothing = pd.Series(None, index=articles.index, dtype="object")
    marks = pd.DataFrame(
        {
            "article": articles["article"].astype("str").array,
            "outlet": articles["outlet"].astype("str").array,
            "event": articles.get("event", nothing).astype("str").array,
            "published": read_dates(articles).array,
            "size": texts.str.len().to_numpy(dtype=np.int64),
            "address": [fold_address(address) for address in articles.get("url", nothing)],
        }
    )
    found = [(len(own), _hash_text(own), _choose_runs(own)) for own in _read_words(texts.tolist())]
    words = np.array([count for count, _, _ in found], dtype=np.int64)
    titles = articles.get("title", nothing).fillna("").astype("str").where(words < SHORT, "")
    title = np.array([_hash_text(own) for own in _read_words(titles.tolist())], dtype=np.uint64)
    hashes = np.array([number for _, number, _ in found], dtype=np.uint64)
    runs = pd.Series([own for _, _, own in found], index=marks.index, dtype=object)
    return marks.assign(words=words, title=title, hash=hashes, runs=runs)


def _read_words(texts: list[str]) -> Iterator[np.ndarray]:
    """The hashed words of each text."""
    for chunk in hash_words(texts):
        yield from np.split(chunk.words, np.cumsum(chunk.counts)[:-1])


def _hash_text(words: np.ndarray) -> np.uint64:
    """One number for all words; 0 for none."""
    if not len(words):
        return np.uint64(0)
    return np.uint64(int.from_bytes(hashlib.blake2b(words.tobytes(), digest_size=8).digest(), "little"))


def _choose_runs(words: np.ndarray) -> np.ndarray:
    runs = hash_runs(words, _RUN)
    return np.unique(runs if len(runs) <= _ALL_OF else sliding_window_view(runs, _NEIGHBOURS).min(axis=1))


def plan_comparisons(marks: pd.DataFrame) -> Plan:
    """Which articles have the same text, or may repeat another otherwise, by the marks of all."""
    by = ["published", "size", "article"]
    marks = marks.sort_values(by, ascending=[False, False, True], kind="stable", ignore_index=True)
    numbers = marks.groupby(["outlet", "event"], sort=False, dropna=False).ngroup().to_numpy(dtype=np.int64)
    group = np.where(marks["outlet"].isna(), -1, numbers)
    silent = (group < 0) | (marks["words"] == 0).to_numpy()
    same = marks[["title", "hash"]].assign(group=group, itself=np.where(silent, np.arange(len(marks)), -1))
    _, first, text = np.unique(same.groupby(list(same)).ngroup(), return_index=True, return_inverse=True)
    first = first[text]
    firsts = np.flatnonzero((first == np.arange(len(marks))) & (group >= 0))
    addressed = firsts[(marks["address"] != "").to_numpy()[firsts]]
    places = marks.iloc[addressed].groupby([group[addressed], "address"]).indices.values()
    at_address = [addressed[some] for some in places if len(some) > 1]
    return Plan(marks, group, first, _pair_up(marks, group, firsts), at_address)


def _pair_up(marks: pd.DataFrame, group: np.ndarray, firsts: np.ndarray) -> np.ndarray:
    """The pairs of articles of a group that have enough of their runs in common."""
    runs = marks["runs"].tolist()
    count = np.fromiter(map(len, runs), dtype=np.int64, count=len(runs))
    if not count[firsts].any():
        return np.zeros((0, 2), dtype=np.int64)
    owner = np.repeat(firsts, count[firsts])
    run = np.concatenate([runs[number] for number in firsts]) + group[owner].astype(np.uint64) * STEP
    order = np.lexsort([owner, run])
    owner, run = owner[order], run[order]
    found = []
    for step in range(1, _FOLLOWING + 1):
        same = np.flatnonzero(run[step:] == run[:-step])
        found.append(owner[same] * len(runs) + owner[same + step])
    codes, shared = np.unique(np.concatenate(found), return_counts=True)
    pairs = np.stack([codes // len(runs), codes % len(runs)], axis=1)
    of_all = np.maximum(marks["words"].to_numpy() - (_RUN - 1), 1)
    held = of_all[pairs].min(axis=1) * (count / of_all)[pairs].min(axis=1)
    return pairs[shared >= _IN_COMMON * held]


def read_words_of(articles: pd.DataFrame, wanted: set[str]) -> pd.DataFrame:
    """The hashed words of the articles wanted, a list each."""
    chosen = articles[articles["article"].astype("str").isin(wanted)]
    words = pd.Series(list(_read_words(chosen["text"].fillna("").astype("str").tolist())), dtype=object)
    return pd.DataFrame({"article": chosen["article"].astype("str").array, "words": words})


def settle_duplicates(plan: Plan, words: pd.DataFrame) -> pd.DataFrame:
    """Which article repeats which, once the words of all suspects are known."""
    compared = _Compared(plan, words)
    links = [(a, b) for a, b in plan.pairs.tolist() if compared.repeats(a, b) or compared.repeats(b, a)]
    stories = _join(len(plan.marks), links)
    for some in plan.at_address:
        if len(np.unique(stories[some])) <= MOST_AT_ADDRESS:
            links += zip(some[:-1].tolist(), some[1:].tolist(), strict=True)
    stories = _join(len(plan.marks), links)
    kept = _choose_kept(compared, links, stories)
    address, rows = plan.marks["address"].tolist(), []
    for number in np.flatnonzero(kept[plan.first] != np.arange(len(kept))).tolist():
        first, of = int(plan.first[number]), int(kept[plan.first[number]])
        share = 1.0 if first == of else compared.share(first, of)
        kind = SAME_TEXT if first == of else UPDATE
        if kind == UPDATE and address[first] and address[first] == address[of] and not compared.repeats(first, of):
            kind = SAME_ADDRESS
        rows.append((number, of, kind, share))
    ids, outlets = plan.marks["article"].tolist(), plan.marks["outlet"].tolist()
    rows.sort(key=lambda row: (outlets[row[0]], ids[row[1]], ids[row[0]]))
    columns = ("article", "of", "kind", "share")
    table = make_table(columns, [(ids[number], ids[of], kind, share) for number, of, kind, share in rows])
    return table.astype({"share": "float64"})


def _join(count: int, links: list[tuple[int, int]]) -> np.ndarray:
    """For each article the number of those that it is linked with, one by one or through others."""
    a, b = np.array(links, dtype=np.int64).reshape(-1, 2).T
    return connected_components(coo_array((np.ones(len(a)), (a, b)), shape=(count, count)), directed=False)[1]


def _choose_kept(compared: "_Compared", links: list[tuple[int, int]], stories: np.ndarray) -> np.ndarray:
    """For each article the one of its story that is kept: the first that is no mere part of another, if any is."""
    partial = np.zeros(len(stories), dtype=bool)
    for one, other in links:
        for a, b in ((one, other), (other, one)):
            partial[a] |= compared.repeats(a, b) and compared.share(b, a) < PART
    order = np.lexsort([np.arange(len(stories)), partial])
    _, heads = np.unique(stories[order], return_index=True)
    return order[heads][stories]


class _Compared:
    """How much of one article stands in another; each pair of runs is looked at once."""

    def __init__(self, plan: Plan, words: pd.DataFrame) -> None:
        salt = plan.group.astype(np.uint64) * STEP  # what is furniture in one outlet is none in another
        numbers = pd.Index(plan.marks["article"]).get_indexer(words["article"]).tolist()
        self._runs = {
            number: hash_runs(np.asarray(own, dtype=np.uint64), _RUN) + salt[number]
            for number, own in zip(numbers, words["words"], strict=True)
        }
        self._known = {number: np.unique(runs) for number, runs in self._runs.items()}
        every, texts = np.unique(np.concatenate([*self._known.values(), np.zeros(0, np.uint64)]), return_counts=True)
        self._furniture = every[texts > MANY_TEXTS]
        self._title = plan.marks["title"].tolist()
        published = plan.marks["published"].to_numpy(dtype="datetime64[s]")
        self._day = np.where(np.isnat(published), np.nan, published.astype(np.int64) / 86_400)
        self._shares = {}

    def repeats(self, a: int, b: int) -> bool:
        """Whether a is an older, or a shorter, state of b."""
        share, own_share = self._compare(a, b)
        if 0 != self._title[a] != self._title[b] != 0:
            return False
        is_later = abs(self._day[a] - self._day[b]) > DAYS  # not where a date is missing
        return own_share >= OWN_SHARE and share >= (LATER_SHARE if is_later else SHARE)

    def share(self, a: int, b: int) -> float:
        """Which share of the words of a stands in b."""
        return self._compare(a, b)[0]

    def _compare(self, a: int, b: int) -> tuple[float, float]:
        """Which share of the words of a stands in b: of all of them, and of those that are no furniture."""
        if (a, b) not in self._shares:
            held = _cover(self._runs[a], self._known[b])
            own = ~_cover(self._runs[a], self._furniture)
            few = own.sum() < _RUN
            self._shares[a, b] = float(held.mean()), 1.0 if few else float(held[own].mean())
        return self._shares[a, b]


def _cover(runs: np.ndarray, known: np.ndarray) -> np.ndarray:
    """For each word of a text whether it stands in one of the runs known, which are sorted."""
    covered = np.zeros(max(len(runs) + _RUN - 1, 1), dtype=bool)
    if len(runs) and len(known):
        places = np.minimum(np.searchsorted(known, runs), len(known) - 1)
        held = known[places] == runs
        for place in range(_RUN):
            covered[place : place + len(held)] |= held
    return covered
