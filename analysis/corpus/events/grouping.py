"""Find which articles tell the same event."""

import numbers

import numpy as np
import pandas as pd

from ...tables import InputError, need_articles
from .likeness import find_pairs, weigh_words
from .of_article import NOT_GIVEN, are_events_named, number_events, read_days, takes_all

# The best on 81 stories of SEESAW, three outlets each, with their dates hidden; see benchmarks/events.py.
SIMILARITY = 0.11
# So many articles of which no two are alike are as many events; of fewer that says too little.
FEW = 10
# Pairs less alike than half the threshold count as not alike at all, as do the many that are not listed.
_FLOOR = 0.5
# Likeness as a whole number, so that a sum is the same in any order.
_UNIT = 2**30


def find_events(articles: pd.DataFrame, *, event: str | None = None) -> pd.DataFrame:
    """Which events does this corpus hold: those it names, or else those that are found in it?

    Where any event is named, all stay as they are, and an article without one keeps none: what somebody has decided is
    not mixed unasked with an estimate (`group_events` does, where it is called). Where none is named, `group_events`
    finds them; `check`, `tables`, `report` and the notebooks all do this first. If all articles come out as one event
    it keeps the name '1'. So do fewer than ten articles of which no two are alike: of so few, that says little.

    Measured on SEESAW without names or dates: of 162 stories of three articles 153 are one event, and so is every
    choice from the five seeds; two to five stories of two or three articles each are told apart (adjusted Rand index,
    how far two groupings agree beyond chance, .97 and more), as are twenty of three (.96 in the middle of 40 draws, .83
    in the worst). But two articles are always one event, and of three on different things in politics a quarter of
    choices is. Who knows better names events in a column `event`, or says with `event="all"` that all articles are one.

    Columns:
        those of `articles`: the same rows in the same order
        event: as named, else as found

    Raises:
        InputError: if a column is missing or an article stands twice

    Example:
        >>> texts = ["The dam broke at Oroville.", "Oroville: dam broke, thousands flee.", "A fox was seen on a tram."]
        >>> articles = pd.DataFrame({"article": ["a", "b", "c"], "event": "1", "text": texts})
        >>> find_events(articles)["event"].tolist(), find_events(articles, event="all")["event"].tolist()
        (['event-a', 'event-a', 'event-c'], ['1', '1', '1'])
    """
    need_articles(articles, "text", verb="find_events")
    if takes_all(articles, event):
        return articles.assign(event=pd.array([NOT_GIVEN] * len(articles), dtype="str"))
    if are_events_named(articles):
        return articles.copy(deep=False)
    found = group_events(articles)
    count = found["event"].nunique()
    if count == 1 or count == len(found) < FEW:
        return articles.assign(event=pd.array([NOT_GIVEN] * len(articles), dtype="str"))
    return found


def group_events(articles: pd.DataFrame, *, days: int = 4, similarity: float = SIMILARITY) -> pd.DataFrame:
    """Which articles tell the same event?

    An event is a group of articles that are alike on average: two groups become one, the most alike first, as long as
    the mean likeness of their articles, pair by pair, is at least `similarity` (average linkage). So a chain of
    articles, each like the next, is no event. Likeness is the cosine of weighted words and runs of three words: rare
    ones weigh more, the headline and the opening more than the rest. Articles published more than `days` calendar days
    apart (in UTC) count as not alike, whatever they say: a story told for weeks becomes several events. An article
    without a readable date joins an event on its text alone, or makes one with others like it, but never turns two
    events of dated articles into one.

    An event given in `event` is kept: articles without one may join it, two given ones stay apart. Where every event is
    '1', as `read_articles` names it for want of any, none was given. The order of the rows changes nothing, and `title`
    and `published` are used where they are there. That articles tell one event is an estimate from shared words; the
    threshold was chosen on US political news (SEESAW, half of its stories), and with fewer than about ten articles
    there is little to tell a rare word from a common one.

    Columns:
        those of `articles`: the same rows in the same order
        event: as given, else `event-` and the id of its earliest article; an article like no other is alone in its
            event

    Raises:
        InputError: if a column is missing, an article stands twice or an option is out of range

    Source: average linkage, Sokal and Michener (1958); weights, Salton and Buckley (1988)

    Example:
        >>> texts = ["The dam broke at Oroville.", "Oroville: dam broke, thousands flee.", "A dam of cards."]
        >>> articles = pd.DataFrame({"article": ["a", "b", "c"], "published": "2017-02-12", "text": texts})
        >>> group_events(articles)[["article", "event"]]
          article    event
        0       a  event-a
        1       b  event-a
        2       c  event-c
    """
    need_articles(articles, "text", verb="group_events")
    if not isinstance(days, numbers.Integral) or isinstance(days, bool) or days < 0:
        raise InputError(f"days is {days!r}, but must be a number of days, 0 or more")
    if not isinstance(similarity, numbers.Real) or isinstance(similarity, bool) or not 0 < similarity <= 1:
        raise InputError(f"similarity is {similarity!r}, but must be above 0 and at most 1")
    names = articles["article"].astype("str").to_numpy(dtype=object)
    # In the order of their names, every sum below has the same terms in the same order.
    order = np.argsort(names, kind="stable")
    names, sorted_articles = names[order], articles.iloc[order]
    given, events = number_events(sorted_articles) if are_events_named(articles) else (np.full(len(articles), -1), [])
    day = read_days(sorted_articles)
    pairs = find_pairs(weigh_words(sorted_articles), day, int(days))
    groups = _join(pairs, given, np.isfinite(day), float(similarity))
    found = np.empty(len(articles), dtype=object)
    found[order] = _name(groups, given, events, day, names)
    return articles.assign(event=pd.array(found, dtype="str"))


def _join(pairs: tuple, given: np.ndarray, dated: np.ndarray, similarity: float) -> np.ndarray:
    """For each article the group it belongs to: first among dated articles, then with those that have no date."""
    first, second, alike = pairs
    near = alike >= similarity * _FLOOR
    first, second, alike = first[near], second[near], np.rint(alike[near] * _UNIT).astype(np.int64)
    _, groups = np.unique(np.where(given < 0, len(given) + np.arange(len(given)), given), return_inverse=True)
    settled = dated | (given >= 0)
    both = settled[first] & settled[second]
    groups = _link((first[both], second[both], alike[both]), groups, given >= 0, similarity)
    return _link((first, second, alike), groups, settled, similarity)


def _link(pairs: tuple, groups: np.ndarray, settled: np.ndarray, similarity: float) -> np.ndarray:
    """Join groups by average linkage as long as some are alike enough, but no two that hold a settled article.

    In each round all groups are joined that are each other's nearest. Joining two groups never brings a third nearer
    than the nearer of them was, so this gives what joining one pair at a time would give (Murtagh 1983).
    """
    groups = _renumber(groups)
    count = len(groups)
    sizes = np.bincount(groups, minlength=count)
    closed = np.zeros(count, dtype=bool)
    closed[groups[settled]] = True
    first, second, alike = pairs
    a, b = groups[first], groups[second]
    while True:
        apart = (a != b) & ~(closed[a] & closed[b])
        ends = np.minimum(a, b)[apart] * count + np.maximum(a, b)[apart]
        ends, places = np.unique(ends, return_inverse=True)
        sums = np.zeros(len(ends), dtype=np.int64)
        np.add.at(sums, places, alike[apart])
        a, b, alike = ends // max(count, 1), ends % max(count, 1), sums
        means = alike / _UNIT / (sizes[a] * sizes[b])
        near = np.flatnonzero(means >= similarity)
        if not len(near):
            return groups
        near = near[np.argsort(-means[near], kind="stable")]  # of pairs as near, that of the first articles
        rank = np.arange(len(near))
        nearest = np.full(count, len(near))
        for end in (a[near], b[near]):
            np.minimum.at(nearest, end, rank)
        mutual = (nearest[a[near]] == rank) & (nearest[b[near]] == rank)
        kept, joined = a[near][mutual], b[near][mutual]
        sizes[kept] += sizes[joined]
        closed[kept] |= closed[joined]
        now = np.arange(count)
        now[joined] = kept
        groups, a, b = now[groups], now[a], now[b]


def _renumber(groups: np.ndarray) -> np.ndarray:
    """Each group under the position of its first article."""
    _, firsts, places = np.unique(groups, return_index=True, return_inverse=True)
    return firsts[places]


def _name(groups: np.ndarray, given: np.ndarray, events: list[str], day: np.ndarray, names: np.ndarray) -> np.ndarray:
    """For each article the name of its event: the given one, else that of its earliest article."""
    order = np.lexsort((np.arange(len(groups)), day, groups))  # NaN last
    _, firsts, places = np.unique(groups[order], return_index=True, return_inverse=True)
    taken = set(events)
    found = []
    for name in names[order][firsts]:
        found.append(f"event-{name}")
        while found[-1] in taken:  # an earlier run gave that name to an event that this article is no longer in
            found[-1] += "'"
    result = np.empty(len(groups), dtype=object)
    result[order] = np.array(found, dtype=object)[places]
    of_group = dict(zip(groups[given >= 0].tolist(), given[given >= 0].tolist(), strict=True))
    for place, group in enumerate(groups.tolist()):
        if group in of_group:
            result[place] = events[of_group[group]]
    return result
