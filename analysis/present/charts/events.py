"""Charts over many events: who tells which, when, how far apart outlets are, and which share their text.

Each draws a table and computes nothing. `note` stands below the chart: say there what corpus it is of, where that is
not plain from the outlets' names.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num

from ...compare.outlets.paired import MIN_EVENTS
from ...display import shorten
from ...tables import need
from .forest import draw_forest, head_outlets
from .grid import draw_grid
from .pieces import (
    MOST_OUTLETS,
    columns_width,
    draw_nothing,
    first_outlets,
    inner_width,
    lay_out,
    name_outlets,
    note_missing,
    put,
    put_rows,
)
from .style import LINE, MARGIN, WIDTH, drawable, outlet_looks, plain, readable, style_for, text_width

MOST_EVENTS = 60
MOST_ROWS = 60
WIDEST_LABEL = 150.0  # points
NARROW_COLUMN = 34.0  # what a column of counts needs; the labels of the rows may have the rest
INSIDE = WIDTH - 2 * MARGIN
_JOIN = "#555555"


def plot_events(events: pd.DataFrame, *, note: str = "", ax: Axes | None = None) -> Axes:
    """Draw which outlet tells which event: one row an event, one column an outlet, its articles in the cell.

    An empty cell says that this corpus holds no article of that outlet on that event. Where there are more than 60
    events, those are drawn that most outlets tell, in the order of the table, and the note counts them all.

    Needs:
        event, outlets, outlet, articles: as `tabulate_events` gives them
        title: optional; the event's first headline stands beside its row

    Raises:
        InputError: if a column is missing
    """
    need(events, "event", "outlets", "outlet", "articles", verb="plot_events")
    title, events = "Events, by outlet", events.dropna(subset=["event", "outlet"])
    with style_for(ax):
        table, notes = first_outlets(events[events["articles"] > 0])
        if table.empty:
            return draw_nothing(ax, title)
        of_event = table.drop_duplicates("event").reset_index(drop=True)
        kept = of_event.sort_values("outlets", ascending=False, kind="stable").head(MOST_EVENTS).sort_index()
        if len(kept) < len(of_event):
            notes = [f"{len(kept)} of {len(of_event):,} events, those that most outlets tell.", *notes]
        outlets = sorted(set(table["outlet"]))
        counts = table.pivot_table(index="event", columns="outlet", values="articles", aggfunc="sum", observed=True)
        counts = counts.reindex(kept["event"], columns=outlets)
        cells = [["" if np.isnan(n) else f"{n:,.0f}" for n in row] for row in counts.to_numpy()]
        titles = kept["title"].fillna(kept["event"]) if "title" in kept else kept["event"]
        room = max(WIDEST_LABEL, min(1.5 * WIDEST_LABEL, INSIDE - NARROW_COLUMN * len(outlets)))
        return draw_grid(
            ax, counts.fillna(0), cells, rows=[_label(name, room) for name in titles], title=title,
            note=["Number of articles; empty: none in this corpus.", *notes, *_given(note)],
            columns_title="", rows_title="",
        )  # fmt: skip


def plot_volume(volume: pd.DataFrame, *, note: str = "", ax: Axes | None = None) -> Axes:
    """Draw how many articles each outlet prints over time: a row an outlet, a bar a day, a week or a month.

    All rows have one scale, so that bars can be compared between them; the numbers at the right are the highest bar and
    the sum. A gap may be a week without news, or one that was not collected.

    Needs:
        outlet, period, unit, articles: as `tabulate_volume` gives them

    Raises:
        InputError: if a column is missing
    """
    need(volume, "outlet", "period", "unit", "articles", verb="plot_volume")
    volume = volume.dropna(subset=["outlet", "period", "articles"])
    title = f"Articles a {volume['unit'].iloc[0]}" if len(volume) else "Articles over time"
    with style_for(ax):
        looks = outlet_looks(volume["outlet"])
        table, notes = first_outlets(volume)
        if table.empty or not table["articles"].sum():
            return draw_nothing(ax, title)
        outlets = sorted(set(table["outlet"]))
        names = name_outlets(outlets, WIDEST_LABEL)
        wide = table.pivot_table(index="period", columns="outlet", values="articles", aggfunc="sum", observed=True)
        wide = wide.sort_index().fillna(0)
        columns = {
            "most": [f"{wide[outlet].max():,.0f}" for outlet in outlets],
            "all": [f"{wide[outlet].sum():,.0f}" for outlet in outlets],
        }
        left = max(text_width(name, weight="bold") for name in names.values()) + 12
        first, last = (f"{day.day} {day:%B %Y}" for day in (wide.index[0], wide.index[-1]))
        unit, monthly = volume["unit"].iloc[0], volume["unit"].iloc[0] == "month"
        span = f"{len(wide)} {unit}s, from {first} to {'' if unit == 'day' else 'that of '}{last}."
        notes = [span if len(wide) > 1 else f"{first}.", *notes, *_given(note), *note_missing(names.values())]
        ax = lay_out(
            ax, rows=len(outlets), row_height=38, title=title, note=" ".join(notes), left=left,
            right=columns_width(columns), above=LINE, xlabel="first day of the week" if unit == "week" else unit,
        )  # fmt: skip
        days = date2num(wide.index.to_numpy())
        step = float(np.min(np.diff(days))) if len(days) > 1 else 1.0
        scale = 0.84 / wide.to_numpy().max()
        for y, outlet in enumerate(outlets):
            ax.axhline(y + 0.42, color="#dddddd", linewidth=0.8, zorder=0)
            ax.bar(
                days, -scale * wide[outlet].to_numpy(), bottom=y + 0.42, width=0.85 * step, align="edge",
                color=looks[outlet]["color"], gid="bar",
            )  # fmt: skip
        ax.set_xlim(days[0] - 0.15 * step, days[-1] + step)
        put_rows(ax, range(len(outlets)), ["" for _ in outlets], columns=columns)
        for y, outlet in enumerate(outlets):
            colour = readable(looks[outlet]["color"])
            put(ax, names[outlet], y, offset=-left, ha="left", weight="bold", color=colour, gid="heading")
        _put_dates(ax, [f"{day:%b %Y}" if monthly else f"{day.day} {day:%b}" for day in wide.index], days)
    return ax


def plot_outlets(
    pairs: pd.DataFrame, *, value: str = "valence of words", note: str = "", ax: Axes | None = None
) -> Axes:
    """Draw how far apart two outlets are on the events that both tell: a dot a pair, a line for its 95 % interval.

    A forest plot. Under an outlet's name stand those that it is compared with: right of zero, the outlet named above is
    the higher. A line is solid, and a dot filled, from 30 events on that both tell (`MIN_EVENTS`); below it is dashed
    and nothing is said of a direction. With more than 60 rows those pairs are drawn that have the most events in
    common. `value` names what was compared.

    Needs:
        a, b, events, difference, low, high: as `compare_outlets` gives them

    Raises:
        InputError: if a column is missing
    """
    need(pairs, "a", "b", "events", "difference", "low", "high", verb="plot_outlets")
    title, pairs = "Difference on the events that both tell", pairs.dropna(subset=["a", "b"])
    with style_for(ax):
        looks = outlet_looks([*pairs["a"], *pairs["b"]])
        table = pairs[np.isfinite(pairs["difference"].astype(float)) & (pairs["events"] > 0)]
        if table.empty:
            return draw_nothing(ax, title)
        order = table.sort_values(["events", "a", "b"], ascending=[False, True, True], kind="stable")
        most = MOST_ROWS - min(order["a"].nunique(), MOST_ROWS // 2)
        drawn = order.head(most).sort_values(["a", "b"], kind="stable").reset_index(drop=True)
        few = drawn["events"] < MIN_EVENTS
        notes = ["Line: 95 % interval over events."]
        if few.any():
            which = "All dashed" if few.all() else "Dashed, hollow"
            notes.append(f"{which}: fewer than {MIN_EVENTS} events in common, and no direction is named.")
        if len(drawn) < len(table):
            notes.append(f"{len(drawn)} of {len(table):,} pairs, those with the most events in common.")
        names = name_outlets(sorted({*drawn["a"], *drawn["b"]}), WIDEST_LABEL - 2 * text_width("less "))
        labels = [f"less {names[b]}" for b in drawn["b"]]
        columns = {
            "differ-\nence": [
                f"{each:+z.2f}".replace("-", "−").replace("+0.00", "0.00") for each in drawn["difference"]
            ],
            "events": [f"{n:,}" for n in drawn["events"]],
        }
        notes += [*_given(note), *note_missing(names.values())]
        rows = {
            "block": drawn["a"], "label": labels, "value": drawn["difference"], "low": drawn["low"],
            "high": drawn["high"], "marker": [looks[outlet]["marker"] for outlet in drawn["a"]],
            "color": [looks[outlet]["color"] for outlet in drawn["a"]], "dashed": few, "hollow": few,
        }  # fmt: skip
        ax = draw_forest(
            ax, pd.DataFrame(rows), heads=head_outlets(names, looks), columns=columns, title=title, note=notes,
            xlabel=f"difference in {value}", row_height=18, above=2 * LINE,
        )  # fmt: skip
        ax.locator_params(axis="x", nbins=max(1, int(inner_width(ax) // 60)))
    return ax


def plot_groups(joins: pd.DataFrame, *, note: str = "", ax: Axes | None = None) -> Axes:
    """Draw which outlets share the most text, as a tree: the further left two are joined, the more they share.

    In this tree (a dendrogram) a line from an outlet runs right until it meets another's; the axis says how much of
    their words the two, or the groups behind them, share on average. Outlets that meet at 0 share nothing. To share is
    not to have copied: both may print the same agency. Of more than 30 outlets those are drawn that share the most.

    Needs:
        a, b, share: as `group_outlets` gives them

    Raises:
        InputError: if a column is missing
    """
    need(joins, "a", "b", "share", verb="plot_groups")
    title, table = "Outlets joined by shared text", joins.dropna(subset=["a", "b", "share"])
    with style_for(ax):
        looks = outlet_looks([*table["a"], *table["b"]])
        members, drawn = _grow(table)
        if not drawn:
            return draw_nothing(ax, title)
        order = [outlet for group in members.values() for outlet in group]
        notes = ["The further left two meet, the more they share."]
        if len(order) < len(looks):
            notes.append(f"{len(order)} of {len(looks):,} outlets, those that share the most.")
        names = name_outlets(order, WIDEST_LABEL)
        left = max(text_width(name, weight="bold") for name in names.values()) + 12
        notes += [*_given(note), *note_missing(names.values())]
        ax = lay_out(
            ax, rows=len(order), row_height=26, title=title, note=" ".join(notes), left=left, right=24,
            xlabel="share of words in common, on average",
        )  # fmt: skip
        most = max(share for _, _, share in drawn) * 1.12 or 0.01
        y_of, x_of = {outlet: float(y) for y, outlet in enumerate(order)}, dict.fromkeys(order, most)
        for a, b, share in drawn:
            for outlet in (a, b):
                single = x_of[outlet] == most
                colour = looks[outlet]["color"] if single else _JOIN
                ax.plot([x_of[outlet], share], [y_of[outlet]] * 2, color=colour, gid="branch", clip_on=False)
            ax.plot([share, share], [y_of[a], y_of[b]], color=_JOIN, gid="join", clip_on=False)
            y_of[a], x_of[a] = (y_of[a] + y_of[b]) / 2, share
        ax.set_xlim(most, 0)
        ticks = _even_ticks(most)
        ax.set_xticks(ticks, [_percent(tick) for tick in ticks])
        ax.set_yticks([])
        for y, outlet in enumerate(order):
            colour = readable(looks[outlet]["color"])
            put(ax, names[outlet], y, offset=-left, ha="left", weight="bold", color=colour, gid="heading", **plain())
    return ax


def _grow(joins: pd.DataFrame) -> tuple[dict[str, list[str]], list[tuple[str, str, float]]]:
    """The joins that are drawn, and the outlets of each group that is left, those next to each other that were joined.

    Joins come with the largest share first, so that the first ones are a tree of their own.
    """
    members, drawn = {}, []
    for a, b, share in joins[["a", "b", "share"]].itertuples(index=False):
        if sum(map(len, members.values())) + sum(outlet not in members for outlet in (a, b)) > MOST_OUTLETS:
            break
        members[a] = members.get(a, [a]) + members.pop(b, [b])
        drawn.append((a, b, float(share)))
    return members, drawn


def _put_dates(ax: Axes, texts: Sequence[str], days: np.ndarray) -> None:
    """As many dates below the bars as have room, each from the left edge of its bar on."""
    widest, (left, right) = max(map(text_width, texts)), ax.get_xlim()
    every = max(1, -(-len(days) // max(1, int(inner_width(ax) // (widest + 20)))))
    # None begins so far right that it would run over the edge.
    last = right - (right - left) * widest / inner_width(ax)
    shown = [i for i in range(0, len(days), every) if i == 0 or days[i] <= last]
    ax.set_xticks([days[i] for i in shown], [texts[i] for i in shown], ha="left", **plain())


def _even_ticks(most: float) -> np.ndarray:
    """0 and up to four more values, a round step apart.

    >>> _even_ticks(0.29).round(1).tolist(), _even_ticks(0.0006).round(4).tolist()
    ([0.0, 0.1, 0.2], [0.0, 0.0002, 0.0004])
    """
    rough = most / 4
    power = 10.0 ** np.floor(np.log10(rough))
    step = next(size * power for size in (1, 2, 5, 10) if size * power >= rough)
    return np.arange(0, most, step)


def _percent(share: float) -> str:
    return f"{100 * share:.2g} %" if share else "0"


def _label(text: object, room: float = WIDEST_LABEL) -> str:
    return shorten(drawable(text), room, width=text_width)


def _given(note: str) -> list[str]:
    return [drawable(note)] if note else []
