"""Compare outlets on the events that both tell, since what they choose to tell differs before how they tell it."""

import numbers
from collections.abc import Sequence
from itertools import combinations
from zlib import crc32

import numpy as np
import pandas as pd

from ..tables import InputError, by_columns, need
from .uncertainty import MIN_ARTICLES, wider_interval

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
    of a less that of b, averaged over the events that both tell: whatever makes one event sadder than another is the
    same for both and cancels out. The interval resamples events. It is one for these events: outlets that share few of
    their events (`a_events`, `b_events`) are compared on a choice of theirs that may be unlike the rest. From fewer
    than 30 shared events (`MIN_EVENTS`) no sentence says in which direction outlets differ.

    With a column `statement` (what a row says; missing where that is not known) the difference is the sum of two parts.
    `wording`: rows of statements that both tell in the event, told differently. `selection`: statements that only one
    of them tells. Without that column both are NA. A part has no interval, and rests on how well statements were
    matched.

    Columns: those of `by` (strata such as genre, kept apart), then `a, b` (outlets, a before b), `events` (that both
    tell), `difference, low, high` (95 %, in the unit of `value`; NA with fewer than five events), `selection, wording,
    unit` (event), `a_events, b_events` (that each tells). Rows without an event or a value are left out; a pair that
    shares no event has no row. Raises `InputError` if a column is missing. Sources: the wider of Student's interval and
    Hesterberg's expanded percentile bootstrap (2015); two parts as in Kitagawa (1955).

    >>> scores = pd.DataFrame({"article": list("abcdefghij"), "outlet": ["A", "B"] * 5, "event": [1, 1, 2, 2, 3, 3, 4,
    ...     4, 5, 5], "score": [0.1, 0.3, -0.8, -0.7, 0.4, 0.5, 0, 0.3, -0.2, 0]})
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
    known = scores["event"].notna() & (scores["event"].astype("str") != "") & np.isfinite(scores[value].astype(float))
    rows = scores[known & scores["outlet"].notna()].astype({value: float})
    # Sorted by value too: a sum of floats depends on its order, and the rows may come in any.
    rows = rows.sort_values(value, kind="stable")
    articles = rows.groupby([*by, "event", "outlet", "article"], dropna=False, observed=True)[value].mean()
    means = articles.groupby([*by, "event", "outlet"], dropna=False, observed=True).mean()
    wordings = _wordings(rows, by, value) if "statement" in rows.columns else None
    strata = means.groupby(by, dropna=False, observed=True) if by else [((), means)]
    pairs = []
    for key, stratum in strata:
        by_event = (
            stratum.droplevel(by).unstack("outlet").sort_index() if by else stratum.unstack("outlet").sort_index()
        )
        wording_of = wordings.get(key if isinstance(key, tuple) else (key,), {}) if wordings is not None else None
        pairs += [(*(key if by else ()), *row) for row in _pairs(by_event, wording_of, seed)]
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


def _pairs(by_event: pd.DataFrame, wording_of: dict | None, seed: int) -> list[tuple]:
    """One row per pair of outlets that share an event, from a table of events × outlets."""
    outlets, events = sorted(by_event.columns), by_event.index.tolist()
    values = by_event[outlets].to_numpy(dtype=float)
    told = ~np.isnan(values)
    totals, shared, pairs = told.sum(axis=0), told.T.astype(np.int64) @ told.astype(np.int64), []
    for i, j in zip(*np.nonzero(np.triu(shared, 1)), strict=True):
        a, b, both = outlets[i], outlets[j], told[:, i] & told[:, j]
        differences = values[both, i] - values[both, j]
        low, high = np.nan, np.nan
        if len(differences) >= MIN_ARTICLES:
            low, high = wider_interval(differences, seed=[seed, crc32(f"{a}\x1f{b}".encode())])
        difference, wording, selection = float(differences.mean()), np.nan, np.nan
        if wording_of is not None:
            wording = float(np.mean([wording_of.get((events[event], a, b), 0.0) for event in np.flatnonzero(both)]))
            selection = difference - wording
        parts = (len(differences), difference, low, high, selection, wording, "event", int(totals[i]), int(totals[j]))
        pairs.append((str(a), str(b), *parts))
    return pairs


def _wordings(rows: pd.DataFrame, by: list[str], value: str) -> dict:
    """For each stratum, event and pair of outlets: how far apart the statements are that both tell.

    The mean of those statements for a less that for b, weighted by the share of rows, of a's and of b's on average,
    that tell them.
    """
    wordings = {}
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
