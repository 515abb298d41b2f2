"""Charts of tone about somebody: by target and outlet, by voice, and who says what about whom."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ...compare.uncertainty import MIN_ARTICLES
from ...display import shorten
from ...tables import InputError, need, quoted
from .forest import draw_forest, head_outlets
from .pieces import draw_nothing, first_outlets, name_outlets, note_missing
from .style import INK, LINE, drawable, outlet_looks, style_for, text_width
from .terms import INSIDE, MOST_ROWS, VOICES, WIDEST_LABEL

ALL = "all"
NAMES = {**VOICES, ALL: "all voices"}
MARKERS = dict(zip(NAMES, "osD^", strict=True))
_NEEDS = ("event", "entity", "outlet", "voice", "n", "articles", "balance", "low", "high", "unit")
_XLABEL = "positive minus negative sentences, per article"


def plot_targets(
    compared: pd.DataFrame, *, voice: str = ALL, event: str | None = None, most: int = 12, ax: Axes | None = None
) -> Axes:
    """Draw in what tone each outlet's articles speak of each person, body or place: a row an outlet under its name.

    A forest plot. Those that most outlets name come first, of these the ones in most sentences; `most` at most, fewer
    where they would need more than 60 rows. A balance is a sum: positive minus negative sentences, as an article has
    them on average, so that an article with more to say reaches further. `voice` is own, reported or quote, or all of
    them together; `event` the one with most sentences unless told. A dashed line is an interval within one article,
    which says nothing of its outlet; over two to four articles none is drawn: it would be too narrow. A hollow mark is
    a single sentence. Right of the axis are the balance and the number of sentences. Two intervals that do not overlap
    are no verdict on a difference.

    Needs:
        event, entity, outlet, voice, n, articles, balance, low, high, unit: as `compare_targets` gives them

    Raises:
        InputError: if a column is missing, or for a voice or an event that the table does not have
    """
    need(compared, *_NEEDS, verb="plot_targets")
    title = "Tone by target and outlet" if voice == ALL else f"Tone by target, {NAMES.get(voice, drawable(voice))}"
    compared = compared.dropna(subset=["event", "entity", "outlet", "voice"])
    with style_for(ax):
        looks = outlet_looks(compared["outlet"])
        _check("voice", voice, compared)
        table, note = _one_event(compared[(compared["voice"] == voice) & np.isfinite(compared["balance"])], event)
        table, more = first_outlets(table)
        if table.empty:
            return draw_nothing(ax, title)
        totals = _order_targets(table)
        # Each takes a heading, and a quarter of a row before it.
        fitting = int((totals["outlets"] + 1.25).cumsum().searchsorted(MOST_ROWS + 0.25, side="right"))
        shown = list(totals["entity"].head(max(1, min(most, fitting))))
        table = table[table["entity"].isin(shown)]
        table = table.assign(_place=table["entity"].map(shown.index)).sort_values(["_place", "outlet"], kind="stable")
        outlets = sorted(set(table["outlet"]))
        names = name_outlets(outlets, WIDEST_LABEL)
        note = [*_notes(table), *note, *more]
        if len(shown) < len(totals):
            note.append(f"The {len(shown)} of {len(totals):,} targets that most outlets name, then by sentences.")
        return _draw_rows(
            ax, table.assign(block=table["entity"]), labels=[names[outlet] for outlet in table["outlet"]],
            markers=[looks[outlet]["marker"] for outlet in table["outlet"]], looks=looks,
            heads={entity: (drawable(entity), INK) for entity in shown}, title=title, note=note,
        )  # fmt: skip


def plot_target(
    compared: pd.DataFrame, *, entity: str | None = None, event: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw in what tone each outlet's own, reported and quoted words speak of one person, body or place.

    A negative tone in quoted words is that of those quoted, though the outlet chose whom to quote. `entity` is the
    first of `plot_targets` unless told, `event` the one with most sentences. Lines and hollow marks are as there; each
    voice has its own mark, each outlet its colour.

    Needs:
        event, entity, outlet, voice, n, articles, balance, low, high, unit: as `compare_targets` gives them

    Raises:
        InputError: if a column is missing, or for an entity or an event that the table does not have
    """
    need(compared, *_NEEDS, verb="plot_target")
    compared = compared.dropna(subset=["event", "entity", "outlet", "voice"])
    with style_for(ax):
        looks = outlet_looks(compared["outlet"])
        if entity is not None:
            _check("entity", entity, compared)
        table, note = _one_event(compared[np.isfinite(compared["balance"])], event, entity)
        if table.empty:
            return draw_nothing(ax, "Tone by voice")
        entity = _order_targets(_together(table))["entity"].iloc[0] if entity is None else entity
        table, more = first_outlets(table[table["entity"] == entity])
        kinds = [*NAMES, *sorted(set(table["voice"]).difference(NAMES))]
        table = table.assign(_place=table["voice"].map(kinds.index)).sort_values(["outlet", "_place"], kind="stable")
        title = f"Tone about {shorten(drawable(entity), 24)}, by voice"
        outlets = sorted(set(table["outlet"]))
        names = name_outlets(outlets, INSIDE)
        labels = [
            shorten(drawable(NAMES.get(voice, voice)), WIDEST_LABEL, width=text_width) for voice in table["voice"]
        ]
        return _draw_rows(
            ax, table.assign(block=table["outlet"]), labels=labels,
            markers=[MARKERS.get(voice, "v") for voice in table["voice"]], looks=looks,
            heads=head_outlets(names, looks), title=title, note=[*_notes(table), *note, *more],
        )  # fmt: skip


def _draw_rows(
    ax: Axes | None,
    table: pd.DataFrame,
    *,
    labels: Sequence[str],
    markers: Sequence[str],
    looks: Mapping[str, Mapping[str, str]],
    heads: Mapping[str, tuple[str, str]],
    title: str,
    note: Sequence[str],
) -> Axes:
    """A point for each row of the table, in the colour of its outlet, under the heading of its `block`."""
    drawn = table.reset_index(drop=True)
    drawn.loc[_few(drawn), ["low", "high"]] = np.nan
    rows = drawn[["block", "low", "high"]].assign(
        label=labels, value=drawn["balance"], marker=markers, dashed=drawn["unit"] == "sentence",
        hollow=drawn["n"] <= 1, color=[looks[outlet]["color"] for outlet in drawn["outlet"]],
    )  # fmt: skip
    columns = {"balance": [signed(balance, 1) for balance in drawn["balance"]], "n": [f"{n:,}" for n in drawn["n"]]}
    return draw_forest(
        ax, rows, heads=heads, columns=columns, title=title,
        note=[*note, *note_missing([title, *labels, *(text for text, _ in heads.values()), *note])],
        xlabel=_XLABEL, row_height=16, above=LINE,
    )  # fmt: skip


def _one_event(table: pd.DataFrame, event: str | None, entity: str | None = None) -> tuple[pd.DataFrame, list[str]]:
    """The rows of one event, that with most sentences (of the entity) unless told, and a note if there are more."""
    events = table["event"].nunique()
    if event is not None:
        _check("event", event, table)
    if events < 2:
        return table, []
    of = "given" if event is not None else "with most sentences"
    if event is None:
        told = _together(table if entity is None else table[table["entity"] == entity])
        event = told.groupby("event", sort=True)["n"].sum().idxmax()
    return table[table["event"] == event], [f"Event {shorten(drawable(event), 30)}, the one {of} of {events:,}."]


def _order_targets(table: pd.DataFrame) -> pd.DataFrame:
    """entity, outlets and n: those that most outlets name first, of these the ones in most sentences."""
    totals = table.groupby("entity").agg(outlets=("outlet", "nunique"), n=("n", "sum")).reset_index()
    return totals.sort_values(["outlets", "n", "entity"], ascending=[False, False, True], kind="stable")


def _together(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of all voices together, if there are any: a sentence in two voices counts once there."""
    together = table[table["voice"] == ALL]
    return table if together.empty else together


def _check(column: str, value: str, table: pd.DataFrame) -> None:
    if len(table) and value not in set(table[column]):
        raise InputError(f"{column} '{value}' is not in this table; it has {quoted(sorted(set(table[column])))}")


def _few(table: pd.DataFrame) -> pd.Series:
    return (table["unit"] == "article") & (table["articles"] < MIN_ARTICLES)


def _notes(table: pd.DataFrame) -> list[str]:
    few, dashed = _few(table), table["unit"] == "sentence"
    note = []
    if not (dashed | few).all():
        note.append("Line: 95 % interval over articles.")
    if few.any():
        note.append(f"No interval under {MIN_ARTICLES} articles: it would be too narrow.")
    if dashed.any():
        note.append("Dashed: 95 % interval within one article, not for the outlet.")
    if (table["n"] <= 1).any():
        note.append("Hollow: a single sentence.")
    return [*note, "n: sentences. A sum: the more sentences, the further it can reach."]


def signed(score: float, digits: int = 2) -> str:
    """The number with its sign; zero has none.

    >>> signed(-0.314), signed(0.2, 1), signed(-0.001)
    ('−0.31', '+0.2', '0.00')
    """
    text = f"{score:+z.{digits}f}".replace("-", "−")
    return text if text.strip("+0.") else text[1:]
