"""Sentences about tone: figures of this article and that one, and a direction only over many events."""

import numpy as np
import pandas as pd

from ...compare.outlets.paired import MIN_EVENTS
from ...compare.uncertainty import MIN_ARTICLES
from ...display import MOST_NAMED, count_of, shorten
from ...tables import need
from .corpus import name_subject

MOST_TARGETS = 2  # whose figures a sentence says; the table has them all


def describe_targets(compared: pd.DataFrame, *, pairs: pd.DataFrame | None = None) -> str:
    """Say how good or bad each outlet's articles are about whom, and which differences are sure enough to be named.

    Of a single event it says the figures of the two targets that most outlets write about, with their intervals, in the
    order of the outlets, and never which is the more negative. Of several events it names a direction where two outlets
    write about the same one on 30 events or more (`MIN_EVENTS`), so with no fewer articles each, and the interval of
    the difference over those events leaves out zero. Figures are of all voices together, and of sentences as the model
    reads them: what is told about somebody, not what the outlet thinks.

    `pairs` is the comparison over those events, one value an outlet and event, with a row for each target and two
    outlets, without which no direction is named: `compare_outlets(compared.query("voice == 'all'")
    .reset_index(names="article"), value="balance", by="entity")`. It must have entity, a, b, events, difference, low
    and high.

    Needs:
        event, entity, outlet, voice, n, articles, balance, low, high, unit: as `compare_targets` gives them

    Raises:
        InputError: if a column is missing
    """
    columns = ("event", "entity", "outlet", "voice", "n", "articles", "balance", "low", "high", "unit")
    need(compared, *columns, verb="describe_targets")
    if pairs is not None:
        need(pairs, "entity", "a", "b", "events", "difference", "low", "high", verb="pairs of describe_targets")
    rows = compared[compared["voice"] == "all"].dropna(subset=["event", "entity", "outlet", "balance"])
    if rows.empty:
        return "There are no sentences about anybody to describe."
    return _describe_event(rows) if rows["event"].nunique() == 1 else _describe_events(rows, pairs)


def _describe_event(rows: pd.DataFrame) -> str:
    totals = rows.groupby("entity").agg(outlets=("outlet", "nunique"), n=("n", "sum")).reset_index()
    order = totals.sort_values(["outlets", "n", "entity"], ascending=[False, False, True], kind="stable")["entity"]
    parts = []
    for entity in order.head(MOST_TARGETS):
        of_entity = rows[rows["entity"] == entity].sort_values("outlet", kind="stable")
        figures = [_figure(row) for row in of_entity.head(MOST_NAMED).to_dict("records")]
        if len(of_entity) > MOST_NAMED:
            figures.append(f"and {count_of(len(of_entity) - MOST_NAMED, 'more outlet')} in the table")
        parts.append(f"about {_name(entity)} {', '.join(figures)}")
    if len(order) > MOST_TARGETS:
        parts.append(f"and {count_of(len(order) - MOST_TARGETS, 'more target')} in the table")
    single = bool((rows["unit"] == "sentence").all())
    how = "each with a 95 % interval within this article, not for its outlet" if single else "with 95 % intervals"
    return (
        f"Positive minus negative sentences an article, {how}: {'; '.join(parts)}. A figure is a sum over the "
        f"sentences of {'this article' if single else 'an article'}, so that a long one can reach further, and for a "
        "single event no difference is called."
    )


def _figure(row: dict) -> str:
    """this article (A) +1.2 (−0.3 to +2.9) in 7 sentences"""
    interval = "no interval"
    if row["unit"] != "sentence" and row["articles"] < MIN_ARTICLES:
        interval = "too few articles for an interval"
    elif np.isfinite([row["low"], row["high"]]).all():
        interval = f"{_signed(row['low'])} to {_signed(row['high'])}"
    subject = name_subject(row["outlet"], row["articles"])
    return f"{subject} {_signed(row['balance'])} ({interval}; {count_of(int(row['n']), 'sentence')})"


def _describe_events(rows: pd.DataFrame, pairs: pd.DataFrame | None) -> str:
    events = f"{count_of(rows['entity'].nunique(), 'target')} over {count_of(rows['event'].nunique(), 'event')}"
    if pairs is None:
        return f"{events}: no comparison of outlets over these events was given, so no direction is named."
    if pairs.empty:
        return f"{events}: no two outlets write about the same one on the same event, so nothing can be compared."
    enough = pairs[(pairs["events"] >= MIN_EVENTS) & np.isfinite(pairs[["difference", "low", "high"]]).all(axis=1)]
    if enough.empty:
        most = pairs.sort_values(["events", "entity", "a", "b"], ascending=[False, True, True, True]).iloc[0]
        return (
            f"{events}: no two outlets write about the same one on {MIN_EVENTS} events, so no direction is named; "
            f"{_name(most['a'])} and {_name(most['b'])} come closest, with {most['events']:,} about "
            f"{_name(most['entity'])}."
        )
    clear = enough[(enough["low"] > 0) | (enough["high"] < 0)]
    compared = f"{count_of(len(enough), 'comparison')} of two outlets on {MIN_EVENTS} events or more about the same one"
    caution = "That is what the sentences tell as the model reads them, not what an outlet thinks."
    if clear.empty:
        return f"{events}, {compared}: in none does the interval of the difference leave out zero. {caution}"
    clear = clear.iloc[np.argsort(-clear["difference"].abs().to_numpy(), kind="stable")]
    parts = [_difference(row) for row in clear.head(MOST_NAMED).to_dict("records")]
    if len(clear) > MOST_NAMED:
        parts.append(f"and {len(clear) - MOST_NAMED:,} more in the table of compare_outlets")
    return (
        f"{events}, {compared}: positive minus negative sentences an article are {'; '.join(parts)}. Of twenty such "
        f"intervals one leaves out zero by chance where nothing differs. {caution}"
    )


def _difference(row: dict) -> str:
    """about Smith fewer in B than in A by 1.3 (0.9 to 1.7) on 36 events"""
    low, high = (row["b"], row["a"]) if row["difference"] > 0 else (row["a"], row["b"])
    ends = sorted(abs(row[end]) for end in ("low", "high"))
    return (
        f"about {_name(row['entity'])} fewer in {_name(low)} than in {_name(high)} by {abs(row['difference']):.1f} "
        f"({ends[0]:.1f} to {ends[1]:.1f}) on {row['events']:,} events"
    )


def _signed(score: float) -> str:
    text = f"{score:+z.1f}".replace("-", "−")
    return text if text.strip("+0.") else text[1:]


def _name(name: object) -> str:
    return shorten(name, 60, middle=True)
