"""A grid of cells, the darker the larger, with its number in each: the outlets as columns."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .pieces import inner_width, lay_out, name_outlets, note_missing
from .style import INK, LINE, MARGIN, WIDTH, ink_on, mix, outlet_looks, plain, readable, text_width

INSIDE = WIDTH - 2 * MARGIN
WIDEST_NAME = 110.0  # points; a name that is turned upright is cut to this
NARROWEST = 13.0  # points: an upright name needs as much
_DARKEST = "#2b4a66"


def draw_grid(
    ax: Axes | None,
    values: pd.DataFrame,
    cells: Sequence[Sequence[str]],
    *,
    rows: Sequence[str],
    title: str,
    note: Sequence[str],
    columns_title: str,
    rows_title: str,
) -> Axes:
    """Draw `values` (rows × outlets, NaN stays white) with a text in each cell.

    The names of the outlets stand upright where they are wider than their column; where a column is narrower than its
    numbers they are left out, and the note says where they are. Outlets for which there is no room are counted there.
    """
    left = max(text_width(text) for text in (*rows, rows_title)) + 10
    room = INSIDE - left if ax is None else inner_width(ax)
    fitting = max(1, int(room // NARROWEST))
    if len(values.columns) > fitting:
        note = [f"The first {fitting} of {len(values.columns)} columns.", *note]
        values, cells = values.iloc[:, :fitting], [row[:fitting] for row in cells]
    outlets = list(values.columns)
    column = room / len(outlets)
    names, upright, above = fit_heads(outlets, column)
    crowded = max(text_width(text) for row in cells for text in row) > column - 3
    note = [*note, *(["The numbers stand in the table."] if crowded else []), *note_missing([*rows, *names.values()])]
    heading = LINE if columns_title or rows_title else 0
    ax = lay_out(
        ax, rows=len(rows), row_height=19, title=title, note=" ".join(note), left=left, above=above + heading
    )  # fmt: skip
    top = np.nanmax(values.to_numpy(), initial=0) or 1.0
    for y, (row, texts) in enumerate(zip(values.to_numpy(), cells, strict=True)):
        for x, (value, text) in enumerate(zip(row, texts, strict=True)):
            share = 0.0 if np.isnan(value) else value / top
            put_cell(ax, x, y, None if crowded else text, share=share)
    ax.set_xlim(0, len(outlets))
    ax.set_xticks([])
    ax.set_yticks(range(len(rows)), rows, **plain())
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    put_heads(ax, names, upright=upright)
    for text, x, offset, ha in ((columns_title, 0, 0, "left"), (rows_title, 0, -left, "left")):
        if text:
            ax.annotate(
                text, (x, 1), xycoords="axes fraction", xytext=(offset, above + 4 if ha and not offset else 4),
                textcoords="offset points", ha=ha, va="bottom", color="#555555", annotation_clip=False,
            )  # fmt: skip
    return ax


def fit_heads(outlets: Sequence[str], column: float) -> tuple[dict[str, str], bool, float]:
    """The names that fit over columns of this width, whether they stand upright, and how high they are in points."""
    # Upright before it is cut to a few letters; bold letters are wider than those measured.
    names = name_outlets(outlets, 0.85 * column - 4 if column > WIDEST_NAME else WIDEST_NAME)
    widest = max(text_width(name, weight="bold") for name in names.values())
    return names, widest > column - 4, widest + 4 if widest > column - 4 else LINE


def put_heads(ax: Axes, names: Mapping[str, str], *, upright: bool) -> None:
    """The name of each outlet over its column, in its colour; the columns share the width of the Axes."""
    looks = outlet_looks(names)
    for x, (outlet, name) in enumerate(names.items()):
        ax.annotate(
            name, ((x + 0.5) / len(names), 1), xycoords="axes fraction", xytext=(0, 4), textcoords="offset points",
            ha="center", va="bottom", rotation=90 if upright else 0, weight="bold",
            color=readable(looks[outlet]["color"]), annotation_clip=False, gid="heading", **plain(),
        )  # fmt: skip


def put_cell(ax: Axes, x: float, y: float, text: str | None, *, share: float) -> None:
    """A cell from `x` on at the row `y`, the darker the larger `share` (0 to 1, 0 is near white), with a text in it."""
    colour = mix("#f4f4f4", _DARKEST, share)
    ax.barh(y, 1, left=x, height=1, color=colour, edgecolor="white", linewidth=1.5, gid="cell")
    if text is not None:
        ink = ink_on(colour) if share else INK
        ax.text(x + 0.5, y, text, ha="center", va="center_baseline", color=ink, **plain())
