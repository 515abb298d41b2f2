"""Sentences over many events: what enters a comparison, and what may be said of two outlets."""

import numpy as np
import pandas as pd

from ...compare.outlets.paired import MIN_EVENTS
from ...display import MOST_NAMED, count_of, list_names, shorten
from ...tables import need


def describe_events(events: pd.DataFrame) -> str:
    """Say how many events two or more outlets tell, and what share of each outlet's events those are.

    Only events that another outlet tells too can be compared. From fewer than two of them it says so, since one event
    cannot show how outlets differ. Of more than twelve outlets it names those that tell the most events.

    Needs:
        event, outlets, outlet: as `tabulate_events` gives them

    Raises:
        InputError: if a column is missing

    Example:
        >>> events = pd.DataFrame({"event": ["1", "1", "2"], "outlets": [2, 2, 1], "outlet": ["A", "B", "A"]})
        >>> describe_events(events).split(", since")[0]
        '1 event that two outlets tell, of 2: one event cannot show how outlets differ'
    """
    need(events, "event", "outlets", "outlet", verb="describe_events")
    events = events.dropna(subset=["event", "outlet"])
    if events.empty:
        return "There are no events to describe."
    shared = events[events["outlets"] > 1]
    total, both = events["event"].nunique(), shared["event"].nunique()
    if both < 2:
        told = "1 event that two outlets tell" if both else "No event that two outlets tell"
        why = "one event cannot" if both else "events that one outlet tells cannot"
        of = f", of {total:,}" if total > both else ""
        return f"{told}{of}: {why} show how outlets differ, since what it shows is that of this article or that one."
    outlets = events.groupby("outlet", sort=True)["event"].nunique()
    entering = shared.groupby("outlet")["event"].nunique().reindex(outlets.index, fill_value=0)
    parts = [
        f"{100 * entering[outlet] / outlets[outlet]:.0f} % of the {outlets[outlet]:,} of {_name(outlet)}"
        for outlet in sorted(outlets.sort_values(ascending=False, kind="stable").index[:MOST_NAMED])
    ]
    if len(outlets) > MOST_NAMED:
        parts.append(f"and {count_of(len(outlets) - MOST_NAMED, 'more outlet')} in the table")
    return (
        f"{both:,} of {count_of(total, 'event')} are told by two or more of {count_of(len(outlets), 'outlet')}. Only "
        f"those can be compared: {', '.join(parts)}."
    )


def describe_outlets(pairs: pd.DataFrame, *, value: str = "valence of words") -> str:
    """Say between which outlets a difference is sure enough to name its direction, and on how many of their events.

    A direction is named where both tell 30 events or more (`MIN_EVENTS`) and the interval of the difference leaves out
    zero. One in twenty such intervals does so by chance where nothing differs. `value` names what was compared; no
    difference in the valence of words is one of stance.

    Needs:
        a, b, events, difference, low, high, a_events, b_events: as `compare_outlets` gives them

    Raises:
        InputError: if a column is missing
    """
    need(pairs, "a", "b", "events", "difference", "low", "high", "a_events", "b_events", verb="describe_outlets")
    pairs = pairs.dropna(subset=["a", "b"])
    if pairs.empty:
        return "There is no event on which two outlets could be compared."
    enough = pairs[(pairs["events"] >= MIN_EVENTS) & np.isfinite(pairs[["difference", "low", "high"]]).all(axis=1)]
    if enough.empty:
        most = pairs.sort_values(["events", "a", "b"], ascending=[False, True, True], kind="stable").iloc[0]
        return (
            f"No two outlets have {MIN_EVENTS} events in common that could be compared, so no direction is named; "
            f"{_name(most['a'])} and {_name(most['b'])} have the most, {most['events']:,}."
        )
    clear = enough[(enough["low"] > 0) | (enough["high"] < 0)]
    pairs_of = f"{len(enough):,} of {count_of(len(pairs), 'pair')} of outlets"
    sentences = [f"{pairs_of} {'has' if len(enough) == 1 else 'have'} {MIN_EVENTS} events or more in common."]
    if clear.empty:
        sentences.append(f"In none of them does the interval of the difference in {value} leave out zero.")
    else:
        shown = clear.iloc[np.argsort(-clear["difference"].abs().to_numpy(), kind="stable")]
        parts = [_difference(row) for row in shown.head(MOST_NAMED).to_dict("records")]
        if len(shown) > MOST_NAMED:
            parts.append(f"and {count_of(len(shown) - MOST_NAMED, 'more pair')} in the table")
        sentences.append(f"On those events the mean {value} is {'; '.join(parts)}.")
    rest = len(pairs) - len(clear)
    if rest and len(clear):
        sentences.append(f"For the other {count_of(rest, 'pair')} no direction is named.")
    if len(clear):
        sentences.append("Of twenty such intervals one leaves out zero by chance where nothing differs.")
    return " ".join([*sentences, "Valence is how pleasant a sentence is, not anybody’s stance."])


def _difference(row: dict) -> str:
    """lower in B than in A by 0.13 (0.09 to 0.17) on 36 events, 95 % of B's and 90 % of A's"""
    low_one, high_one = ("b", "a") if row["difference"] > 0 else ("a", "b")
    ends = sorted(abs(row[end]) for end in ("low", "high"))
    shares = [f"{100 * row['events'] / row[f'{one}_events']:.0f} % of those of " for one in (low_one, high_one)]
    low_name, high_name = _name(row[low_one]), _name(row[high_one])
    return (
        f"lower in {low_name} than in {high_name} by {abs(row['difference']):.2f} ({ends[0]:.2f} to {ends[1]:.2f}), on "
        f"{row['events']:,} events, " + list_names([shares[0] + low_name, shares[1] + high_name])
    )


def _name(name: object) -> str:
    return shorten(name, 60, middle=True)
