"""The chart of who says what about whom."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ...display import shorten
from ...tables import need
from .grid import INSIDE, fit_heads
from .pieces import draw_nothing, first_outlets, inner_width, lay_out, name_outlets, note_missing, put
from .style import INK, drawable, ink_on, mix, outlet_looks, plain, readable, style_for, text_width
from .tone import signed

WIDEST_SPEAKER = 130.0  # points
CELL = 40.0  # points: a signed number of two decimals needs as much
NOBODY = "nobody named"
_BOLDER = 1.15  # as much wider are bold letters than those measured
# Brown and green, which colour-blind readers tell apart, and no outlet's colours.
_NEGATIVE, _NEUTRAL, _POSITIVE = "#8c510a", "#f4f4f4", "#01665e"


def plot_sayings(sayings: pd.DataFrame, *, most: int = 10, targets: int = 5, ax: Axes | None = None) -> Axes:
    """Draw who says how good or bad things about whom: a row a speaker, a column a target.

    The outlets' own words come first; then the `most` speakers who are quoted with, or said to have said, most
    sentences about these targets. Columns are the `targets` in most sentences, fewer where there is no room. A cell
    holds the mean score of the sentences and below how many they are; green is positive, brown negative, the darker the
    further from zero. An empty cell: no such sentence was found. A mean of few sentences is an example, no more.

    Needs:
        speaker, voice, entity, n, mean: as `tabulate_sayings` gives them

    Raises:
        InputError: if a column is missing
    """
    need(sayings, "speaker", "voice", "entity", "n", "mean", verb="plot_sayings")
    title = "Who says what about whom"
    sayings = sayings[sayings["voice"].isin(["own", "all"]) & np.isfinite(sayings["mean"])].dropna(subset=["entity"])
    with style_for(ax):
        own, note = first_outlets(sayings[sayings["voice"] == "own"].rename(columns={"speaker": "outlet"}))
        others = sayings[sayings["voice"] == "all"]
        others = others.assign(speaker=others["speaker"].astype(object).where(others["speaker"].notna(), NOBODY))
        everything = pd.concat([own, others], ignore_index=True)
        if everything.empty:
            return draw_nothing(ax, title)
        entities = _rank(everything, "entity")
        room = INSIDE - WIDEST_SPEAKER - 8 if ax is None else inner_width(ax)
        columns = entities[: max(1, min(targets, int(room // CELL)))]
        own, others = (table[table["entity"].isin(columns)] for table in (own, others))
        outlets, speakers = sorted(set(own["outlet"])), _rank(others, "speaker")
        drawn = speakers[: max(1, most)]
        if len(entities) > len(columns):
            note.append(f"The {len(columns)} of {len(entities):,} targets in most sentences.")
        if len(speakers) > len(drawn):
            note.append(f"The {len(drawn)} of {len(speakers):,} speakers with most of them.")

        looks, names = outlet_looks(outlets), name_outlets(outlets, WIDEST_SPEAKER / _BOLDER)
        labels = [shorten(drawable(speaker), WIDEST_SPEAKER, width=text_width) for speaker in drawn]
        blocks = {"own words of": list(names.values()), "quoted or reported": labels}
        blocks = {head: block for head, block in blocks.items() if block}
        left = max(text_width(text) for block in blocks.items() for text in (block[0], *block[1]))
        left = max([left, *(text_width(name, weight="bold") for name in names.values())]) + 8
        width = INSIDE - left if ax is None else inner_width(ax)
        heads, upright, above = fit_heads(columns, width / len(columns))
        note = ["Each cell: the mean score (−1 to 1) of n sentences. Brown: negative, green: positive.", *note]
        note += note_missing([*names.values(), *labels, *heads.values()])
        # A heading takes the half of a row, and so does the space before it.
        ends = np.cumsum([len(block) + 0.75 for block in blocks.values()])
        at = [0.0, *ends[:-1]]
        ys = [y + 0.5 + row for y, block in zip(at, blocks.values(), strict=True) for row in range(len(block))]
        ax = lay_out(ax, rows=ends[-1] - 0.25, row_height=31, title=title, note=" ".join(note), left=left, above=above)
        for rows, group, places in (
            (outlets, own.rename(columns={"outlet": "speaker"}), ys),
            (drawn, others, ys[len(outlets) :]),
        ):
            _fill(ax, group, rows, columns, places)
        ax.set_xlim(0, len(columns))
        ax.set_xticks([])
        ax.set_yticks(ys, [text for block in blocks.values() for text in block], **plain())
        for tick, outlet in zip(ax.get_yticklabels(), outlets, strict=False):
            tick.set(color=readable(looks[outlet]["color"]), weight="bold")
        ax.tick_params(length=0)
        ax.spines[:].set_visible(False)
        for y, head in zip(at, blocks, strict=True):
            put(ax, head, y - 0.22, offset=-left, ha="left", color="#555555", gid="group")
        for x, name in enumerate(heads.values()):
            ax.annotate(
                name, ((x + 0.5) / len(columns), 1), xycoords="axes fraction", xytext=(0, 4),
                textcoords="offset points", ha="center", va="bottom", rotation=90 if upright else 0, weight="bold",
                color=INK, annotation_clip=False, gid="target", **plain(),
            )  # fmt: skip
    return ax


def _rank(table: pd.DataFrame, column: str) -> list[str]:
    """The values of a column, those in most sentences first."""
    totals = table.groupby(column, sort=True)["n"].sum()
    return list(totals.sort_values(ascending=False, kind="stable").index)


def _fill(ax: Axes, table: pd.DataFrame, rows: Sequence[str], columns: Sequence[str], ys: Sequence[float]) -> None:
    for row in table[table["speaker"].isin(rows)].itertuples():
        x, y = columns.index(row.entity), ys[rows.index(row.speaker)]
        colour = mix(_NEUTRAL, _POSITIVE if row.mean > 0 else _NEGATIVE, min(1.0, abs(row.mean)))
        ax.barh(y, 1, left=x, height=1, color=colour, edgecolor="white", linewidth=1.5, gid="cell")
        for text, shift in ((signed(row.mean), -0.21), (f"n {row.n:,}", 0.21)):
            ax.text(x + 0.5, y + shift, text, ha="center", va="center_baseline", color=ink_on(colour), **plain())
