"""Forest plots: a point with its interval in each row, in blocks under a heading, its numbers at the right."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .pieces import columns_width, lay_out, number_rows, put_heading, put_rows
from .style import text_width


def draw_forest(
    ax: Axes | None,
    rows: pd.DataFrame,
    *,
    heads: Mapping[str, tuple[str, str]],
    columns: Mapping[str, Sequence[str]],
    title: str,
    note: Sequence[str],
    xlabel: str,
    row_height: float = 17,
    above: float = 0,
) -> Axes:
    """An Axes with the rows in their order, and over each block of them its heading: a text and its colour.

    Needs block (rows of one stand together), label, value, low and high (both missing where no interval is to be
    drawn), marker, color, dashed (of an interval that says less than the others) and hollow (of a point that does).
    `columns` are the numbers at the right, under their headers; `above` is kept free for the headers of more lines.
    """
    heads_at, ys, count = number_rows(rows.groupby("block", sort=False).size())
    left = max(text_width(label) for label in rows["label"]) + 8
    ax = lay_out(
        ax, rows=count, row_height=row_height, title=title, note=" ".join(note), left=left,
        right=columns_width(columns), above=above, xlabel=xlabel,
    )  # fmt: skip
    _draw_points(ax, rows, ys)
    put_rows(ax, ys, list(rows["label"]), columns=columns)
    for y, block in zip(heads_at, rows["block"].unique(), strict=True):
        text, colour = heads[block]
        put_heading(ax, text, y, colour, left=left)
    return ax


def head_outlets(names: Mapping[str, str], looks: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[str, str]]:
    """The heading of each outlet's block: its name, in its colour."""
    return {outlet: (name, looks[outlet]["color"]) for outlet, name in names.items()}


def _draw_points(ax: Axes, rows: pd.DataFrame, ys: Sequence[float]) -> None:
    """A point and its interval in each row, and a line at zero."""
    ax.axvline(0, color="#bbbbbb", linewidth=1, zorder=0, gid="zero")
    for y, row in zip(ys, rows.itertuples(index=False), strict=True):
        ends = [float(row.low), float(row.high)]
        if np.isfinite(ends).all():
            style = (0, (2.2, 1.4)) if row.dashed else "-"
            ax.plot(ends, [y, y], color=row.color, linestyle=style, marker="", gid="interval", zorder=2)
        ax.plot(
            [float(row.value)], [y], linestyle="", marker=row.marker, color=row.color, markersize=7,
            markerfacecolor="white" if row.hollow else row.color, markeredgecolor=row.color, markeredgewidth=1.5,
            gid="dot", zorder=3,
        )  # fmt: skip
