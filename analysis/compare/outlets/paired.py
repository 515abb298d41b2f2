"""Compare outlets on the events that both tell, since what they choose to tell differs before how they tell it."""

import numbers
from collections.abc import Iterator, Sequence
from itertools import combinations
from zlib import crc32

import numpy as np
import pandas as pd

from ...corpus.events.of_article import has_event
from ...tables import InputError, by_columns, need
from ..uncertainty import MIN_ARTICLES, average, number_groups, wider_interval

# No sentence about the direction of a difference from fewer events that both outlets tell.
MIN_EVENTS = 30
PAIRS = (
    "a", "b", "events", "difference", "low", "high", "selection", "wording", "unit", "a_events", "b_events",
)  # fmt: skip


def compare_outlets(
    scores: pd.DataFrame, *, value: str = "score", by: str | Sequence[str] = (), seed: int = 0
) -> pd.DataFrame:
    """How far apart are two outlets on the events that both tell?

    An outlet's value for an event is the mean of its articles, an article's the mean of its rows. `difference` is that
    of a less that of b, averaged over the events that both tell (a paired comparison): whatever makes one event sadder
    than another is the same for both and cancels out. The interval resamples events. It is one for these events:
    outlets that share few of their events are compared on a choice of theirs that may be unlike the rest. From fewer
    than 30 shared events (`MIN_EVENTS`) no sentence says in which direction outlets differ. Rows without an event or a
    value are left out; a pair that shares no event has no row.

    With a column `statement` (what a row says; missing where that is not known) the difference is the sum of two parts.
    `wording`: rows of statements that both tell in the event, told differently. `selection`: statements that only one
    of them tells. A part has no interval, and rests on how well statements were matched.

    Columns:
        those of `by`: strata such as genre, kept apart
        a: an outlet
        b: another, behind a in the alphabet
        events: that both tell
        difference: in the unit of `value`
        low: lower end of its 95 % interval; NA with fewer than five events
        high: upper end; NA likewise
        selection: part of the difference; NA without a column `statement`
        wording: the other part; NA likewise
        unit: what was resampled: event
        a_events: that a tells
        b_events: that b tells

    Raises:
        InputError: if a column is missing

    Source: the wider of Student's interval and Hesterberg's expanded percentile bootstrap (2015); two parts as in
        Kitagawa (1955)

    Example:
        >>> scores = pd.DataFrame({"article": list("abcdefghij"), "outlet": ["A", "B"] * 5, "event": list("1122334455"),
        ...     "score": [0.1, 0.3, -0.8, -0.7, 0.4, 0.5, 0, 0.3, -0.2, 0]})
        >>> compare_outlets(scores)[["a", "b", "events", "difference", "low", "high", "unit"]].round(2)
           a  b  events  difference   low  high   unit
        0  A  B       5       -0.18 -0.28 -0.08  event
    """
    by = by_columns(by) if len(by) else []
    need(scores, *by, "article", "outlet", "event", value, verb="compare_outlets")
    if not isinstance(seed, numbers.Integral) or seed < 0:
        raise InputError(f"seed is {seed!r}, but must be a whole number from 0 on")
    if not pd.api.types.is_numeric_dtype(scores[value]):
        raise InputError(f"compare_outlets needs numbers in the column '{value}', but it holds {scores[value].dtype}")
    number, keys = number_groups(scores, [*by, "event", "outlet", "article"])
    known = has_event(keys) & keys["outlet"].notna().to_numpy()
    values = scores[value].to_numpy(dtype=float, na_value=np.nan)
    known = known[number] & np.isfinite(values)
    articles = average(pd.DataFrame({"article": number[known], value: values[known]}), ["article"], value)
    articles = keys.take(articles["article"]).assign(**{value: articles[value].to_numpy()})
    means = articles.groupby([*by, "event", "outlet"], dropna=False, observed=True)[value].mean().reset_index()
    wordings = _wordings(scores[known].astype({value: float}), by, value) if "statement" in scores.columns else None
    strata = means.groupby(by, dropna=False, observed=True) if by else [((), means)]
    pairs = []
    for key, stratum in strata:
        wording_of = wordings.get(key, {}) if wordings is not None else None
        pairs += [(*key, *row) for row in _pairs(stratum["event"], stratum["outlet"], stratum[value], wording_of, seed)]
    table = pd.DataFrame.from_records(pairs, columns=[*by, *PAIRS])
    numbers_ = ("difference", "low", "high", "selection", "wording")
    counts = ("events", "a_events", "b_events")
    return table.astype(
        {
            **dict.fromkeys(numbers_, float),
            **dict.fromkeys(counts, np.int64),
            **dict.fromkeys(("a", "b", "unit"), "str"),
        }
    )


def _pairs(
    events: pd.Series, outlets: pd.Series, means: pd.Series, wording_of: dict | None, seed: int
) -> Iterator[tuple]:
    """One row per pair of outlets that share an event, from the mean of each outlet in each event, sorted by event."""
    names = sorted(outlets.unique())
    outlet, (event, events) = pd.Index(names).get_indexer(outlets), pd.factorize(events)
    order = np.lexsort((outlet, event))
    event, outlet, values = event[order], outlet[order], means.to_numpy()[order]
    ends = np.cumsum(np.bincount(event, minlength=len(events)))
    totals = np.bincount(outlet, minlength=len(names))
    cells = np.split(np.argsort(outlet, kind="stable"), np.cumsum(totals)[:-1])
    for i, of_a in enumerate(cells):
        # Within an event those after a's are of outlets after a.
        sizes = ends[event[of_a]] - of_a - 1
        others = np.arange(sizes.sum()) + np.repeat(of_a + 1 - (np.cumsum(sizes) - sizes), sizes)
        of_a = np.repeat(of_a, sizes)  # noqa: PLW2901
        order = np.argsort(outlet[others], kind="stable")
        for j, shared in _runs(outlet[others[order]], order):
            a, b, differences = names[i], names[j], values[of_a[shared]] - values[others[shared]]
            low, high = np.nan, np.nan
            if len(differences) >= MIN_ARTICLES:
                low, high = wider_interval(differences, seed=[seed, crc32(f"{a}\x1f{b}".encode())])
            difference, wording, selection = float(differences.mean()), np.nan, np.nan
            if wording_of is not None:
                told = events[event[of_a[shared]]].tolist()
                wording = float(np.mean([wording_of.get((one, a, b), 0.0) for one in told]))
                selection = difference - wording
            parts = (len(differences), difference, low, high, selection, wording, "event", totals[i], totals[j])
            yield str(a), str(b), *parts


def _runs(numbers: np.ndarray, places: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """Each of the sorted numbers once, with the places that have it."""
    found, firsts = np.unique(numbers, return_index=True)
    return zip(found.tolist(), np.split(places, firsts[1:]), strict=False)


def _wordings(rows: pd.DataFrame, by: list[str], value: str) -> dict:
    """For each stratum, event and pair of outlets: how far apart the statements are that both tell.

    The mean of those statements for a less that for b, weighted by the share of rows, of a's and of b's on average,
    that tell them.
    """
    wordings = {}
    # Sorted by value too: a sum of floats depends on its order, and the rows may come in any.
    rows = rows.sort_values(value, kind="stable")
    for key, event_rows in rows.groupby([*by, "event"], dropna=False, observed=True):
        key = key if isinstance(key, tuple) else (key,)  # noqa: PLW2901
        outlets = {outlet: part for outlet, part in event_rows.groupby("outlet", observed=True)}
        told = {outlet: set(part["statement"].dropna()) for outlet, part in outlets.items()}
        for a, b in combinations(sorted(outlets), 2):
            shared = told[a] & told[b]
            if shared:
                of_a, of_b = (outlets[outlet]["statement"].isin(shared) for outlet in (a, b))
                gap = outlets[a].loc[of_a, value].mean() - outlets[b].loc[of_b, value].mean()
                wordings.setdefault(key[:-1], {})[key[-1], a, b] = gap * (of_a.mean() + of_b.mean()) / 2
    return wordings
