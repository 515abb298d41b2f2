"""The pieces that charts are made of: rows, headings, columns of numbers, a legend."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from ...display import shorten, shorten_names
from .style import LINE, MARGIN, MISSING, WIDTH, drawable, plain, readable, text_width, wrap

MOST_OUTLETS = 30  # a chart of more outlets is too high to be read; the note says how many there are


def lay_out(
    ax: Axes | None,
    *,
    rows: int,
    row_height: float,
    title: str,
    xlabel: str = "",
    note: str = "",
    left: float = 0,
    right: float = 0,
    above: float = 0,
) -> Axes:
    """An Axes with one row at each y from 0 down, and its title, axis label and note set around it.

    A new figure is `WIDTH` wide and as high as its rows and lines need. `left`, `right` and `above` are kept free for
    labels. An Axes that is given keeps its place: what stands around it is placed relative to it.
    """
    if ax is None:
        inner = WIDTH - left - right - 2 * MARGIN
    else:
        inner = ax.get_window_extent().width / ax.figure.dpi * 72
    xlabel, note = wrap(xlabel, inner + right), wrap(note, left + inner + right)
    ticks = 9 + LINE if xlabel else 0
    label_lines = xlabel.count("\n") + 1 if xlabel else 0
    note_lines = note.count("\n") + 1 if note else 0
    below = ticks + label_lines * LINE + (8 if xlabel else 2)
    if ax is None:
        top = above + 30
        inside = rows * row_height
        bottom = below + note_lines * LINE + MARGIN
        height = top + inside + bottom
        figure = plt.figure(figsize=(WIDTH / 72, height / 72))
        ax = figure.add_axes(((MARGIN + left) / WIDTH, bottom / height, inner / WIDTH, inside / height))
    ax.set_ylim(rows - 0.5, -0.5)
    # Not loc="left": whoever reads the title back, as a report does for its alternative text, asks for the middle one.
    ax.set_title(title, ha="left", x=-left / inner, pad=above + 9)
    if xlabel:
        # Centred under the axis where it has room for that, else beginning with it.
        centred = max(text_width(line) for line in xlabel.split("\n")) <= inner
        ax.set_xlabel(xlabel, ha="center" if centred else "left", x=0.5 if centred else 0, labelpad=5)
    if note:
        ax.annotate(
            note, (0, 0), xycoords="axes fraction", xytext=(-left, -below), textcoords="offset points",
            ha="left", va="top", linespacing=1.15, color="#555555", annotation_clip=False, gid="note",
        )  # fmt: skip
    return ax


def put(ax: Axes, text: str, y: float, *, offset: float = 0, side: str = "left", **look: object) -> None:
    """A text beside the rows: `offset` points right of the Axes' left or right edge, at the height of row `y`."""
    ax.annotate(
        text, (0 if side == "left" else 1, y), xycoords=ax.get_yaxis_transform(), xytext=(offset, 0),
        textcoords="offset points", annotation_clip=False, **{"va": "center_baseline", **plain(), **look},
    )  # fmt: skip


def columns_width(columns: Mapping[str, Sequence[str]]) -> float:
    """The points that `put_rows` needs right of the Axes."""
    return sum(_column_width(header, cells) for header, cells in columns.items())


def put_rows(ax: Axes, ys: Sequence[float], labels: Sequence[str], *, columns: Mapping[str, Sequence[str]]) -> None:
    """Each row's label left of the Axes, and its numbers right of it: one column under each header, set flush right."""
    ax.set_yticks(ys, labels, **plain())
    offset = 0.0
    for header, cells in columns.items():
        offset += _column_width(header, cells)
        for line, text in enumerate(reversed(header.split("\n"))):
            ax.annotate(
                text, (1, 1), xycoords="axes fraction", xytext=(offset, 6 + line * (LINE - 2)),
                textcoords="offset points", ha="right", va="baseline", color="#555555", annotation_clip=False,
            )  # fmt: skip
        for y, cell in zip(ys, cells, strict=True):
            put(ax, cell, y, offset=offset, side="right", ha="right")


def _column_width(header: str, cells: Sequence[str]) -> float:
    return max(text_width(text) for text in (*header.split("\n"), *cells)) + 9


def inner_width(ax: Axes) -> float:
    """The width of the Axes in points."""
    return ax.get_window_extent().width / ax.figure.dpi * 72


def draw_nothing(ax: Axes | None, title: str) -> Axes:
    """An Axes that says that its table has no rows to draw; no notebook shows it, unless it is part of a figure."""
    is_new = ax is None
    ax = lay_out(ax, rows=1, row_height=3 * LINE, title=title)
    ax.set_axis_off()
    ax.set(xticks=[], yticks=[])
    ax.text(0.5, 0.5, "no rows to draw", ha="center", va="center", transform=ax.transAxes)
    if is_new:
        plt.close(ax.figure)
    return ax


def first_outlets(table: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The rows of the first `MOST_OUTLETS` outlets, and a note where there are more."""
    outlets = sorted(set(table["outlet"]))
    if len(outlets) <= MOST_OUTLETS:
        return table, []
    note = f"The first {MOST_OUTLETS} of {len(outlets):,} outlets."
    return table[table["outlet"].isin(outlets[:MOST_OUTLETS])], [note]


def name_outlets(outlets: Sequence[str], limit: float) -> dict[str, str]:
    """Each outlet's name as a chart shows it, no wider than `limit` points and unlike every other."""
    return shorten_names({outlet: drawable(outlet) for outlet in outlets}, limit, width=text_width)


def note_missing(texts: Iterable[str]) -> list[str]:
    """A note on the characters that could not be drawn, if there are any."""
    return [f"{MISSING}: a character that no font here has."] if any(MISSING in text for text in texts) else []


def number_rows(sizes: Iterable[int]) -> tuple[list[float], list[float], float]:
    """Where the headings and the rows of blocks of these sizes stand, and how many rows they take together.

    >>> number_rows([2, 1])
    ([0.0, 3.25], [1.0, 2.0, 4.25], 5.25)
    """
    heads, rows, y = [], [], 0.0
    for size in sizes:
        heads.append(y)
        rows.extend(y + 1 + i for i in range(size))
        y += size + 1.25
    return heads, rows, max(0.0, y - 0.25)


def put_heading(ax: Axes, name: str, y: float, colour: str, *, left: float = 0, aside: str = "") -> None:
    """An outlet's name in its colour, with what stands `aside` at the right edge of its row."""
    room = left + inner_width(ax) - (text_width(aside) + 10 if aside else 0)
    name = shorten(name, room, width=partial(text_width, weight="bold"), middle=True)
    # White behind it, since the zero line passes.
    box = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
    put(ax, name, y, offset=-left, ha="left", weight="bold", color=readable(colour), gid="heading", bbox=box)
    if aside:
        put(ax, aside, y, side="right", ha="right", gid="aside")


def put_headings(
    ax: Axes, heads: Sequence[float], names: Mapping[str, str], looks: Mapping[str, Mapping[str, str]], *, left: float
) -> None:
    """The names of the outlets over their blocks of rows, each in its colour."""
    for y, (outlet, name) in zip(heads, names.items(), strict=True):
        put_heading(ax, name, y, looks[outlet]["color"], left=left)


def put_legend(
    ax: Axes, handles: Sequence[Artist], labels: Sequence[str], *, left: float = 0, right: float = 0, above: float = 0
) -> None:
    """A legend above the Axes, `above` points higher, in as many columns as fit."""
    box = ax.get_window_extent()
    points = 72 / ax.figure.dpi
    corner = (-left / (box.width * points), 1 + (above + 2) / (box.height * points))
    legend = ax.legend(
        handles, [str(i) for i in range(len(labels))], loc="lower left", bbox_to_anchor=corner, borderaxespad=0,
        borderpad=0, handlelength=0.9, handletextpad=0.4, columnspacing=1.1, labelspacing=0.25, frameon=False,
        ncols=_legend_columns(labels, left + box.width * points + right), alignment="left",
    )  # fmt: skip
    # Set afterwards: a legend leaves out labels that begin with an underscore.
    for text, label in zip(legend.get_texts(), labels, strict=True):
        text.set(text=label, **plain())


def legend_height(labels: Sequence[str], width: float) -> float:
    """The points that a legend of these labels takes above an Axes."""
    columns = _legend_columns(labels, width)
    return LINE * 1.05 * -(-len(labels) // columns) + 4


def _legend_columns(labels: Sequence[str], width: float) -> int:
    return max(1, int((width + 12) // (max(text_width(label) for label in labels) + 27)))
