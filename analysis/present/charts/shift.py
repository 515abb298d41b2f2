"""The chart of a word shift: which words make two outlets differ, to either side."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from ...display import shorten
from ...tables import need
from .pieces import (
    columns_width,
    draw_nothing,
    inner_width,
    lay_out,
    legend_height,
    name_outlets,
    note_missing,
    put_legend,
    put_rows,
)
from .style import MARGIN, WIDTH, drawable, outlet_looks, style_for, text_width

MOST_ROWS = 60
WIDEST_LABEL = 112.0  # points
WIDEST_HEAD = 48.0
INSIDE = WIDTH - 2 * MARGIN


def plot_shift(shift: pd.DataFrame, *, terms: int = 20, ax: Axes | None = None) -> Axes:
    """Draw the words that make two outlets differ most: a bar a word, in the colour of the outlet that prints it more.

    The first `terms` words of the table (a word shift graph). For a divergence of words the bars of a point left and
    those of b right, and each is as long as the word's part in the number that stands below. For a difference of scores
    a bar to the right makes b's mean the higher one, whichever of the two prints the word more. How often each prints
    it stands right.

    Needs:
        a, b, term, n_a, n_b, rate_a, rate_b, contribution: as `tabulate_shift` gives them
        score: optional; the difference is then one of scores

    Raises:
        InputError: if a column is missing
    """
    need(shift, "a", "b", "term", "n_a", "n_b", "rate_a", "rate_b", "contribution", verb="plot_shift")
    scored = "score" in shift.columns
    title = "Words behind a difference in score" if scored else "Words that make two differ"
    with style_for(ax):
        table = shift[np.isfinite(shift["contribution"]) & (shift["contribution"] != 0)].dropna(subset=["a", "b"])
        if table.empty:
            return draw_nothing(ax, title)
        pair = [table["a"].iloc[0], table["b"].iloc[0]]
        looks, names = outlet_looks(pair), name_outlets(pair, INSIDE / 2 - 40)
        drawn = table.head(max(1, min(terms, MOST_ROWS))).reset_index(drop=True)
        of_b = drawn["rate_b"] > drawn["rate_a"]
        lengths = drawn["contribution"] if scored else drawn["contribution"].where(of_b, -drawn["contribution"])

        labels = [shorten(drawable(term), WIDEST_LABEL, width=text_width) for term in drawn["term"]]
        heads = [f"n in\n{name}" for name in name_outlets(pair, WIDEST_HEAD).values()]
        columns = {head: [f"{n:,}" for n in drawn[column]] for head, column in zip(heads, ("n_a", "n_b"), strict=True)}
        note = [*_notes(table, drawn, list(names.values()), scored), *note_missing([*labels, *names.values()])]
        keys = [f"more often in {names[name]}" for name in pair]
        left = max(text_width(label) for label in labels) + 8
        ax = lay_out(
            ax, rows=len(drawn), row_height=17, title=title, note=" ".join(note), left=left,
            right=columns_width(columns), above=32 + legend_height(keys, INSIDE),
            xlabel="part of the difference of the means" if scored else "part of the divergence, in bits",
        )  # fmt: skip
        colours = [looks[pair[more]]["color"] for more in of_b.astype(int)]
        ax.barh(range(len(drawn)), lengths, height=0.72, color=colours, gid="bars")
        ax.axvline(0, color="#888888", linewidth=1, gid="zero")
        widest = float(lengths.abs().max()) * 1.05
        ax.set_xlim(-widest, widest)
        ax.locator_params(axis="x", nbins=max(2, int(inner_width(ax) // 60)))
        # To the left stands the other outlet, and no number below zero, where both sides add up.
        ax.xaxis.set_major_formatter(lambda value, _: f"{value if scored else abs(value):.3g}".replace("-", "−"))
        put_rows(ax, range(len(drawn)), labels, columns=columns)
        handles = [Line2D([], [], linestyle="", marker="s", markersize=10, color=looks[name]["color"]) for name in pair]
        put_legend(ax, handles, keys, left=left, right=columns_width(columns), above=32)
    return ax


def _notes(table: pd.DataFrame, drawn: pd.DataFrame, names: list[str], scored: bool) -> list[str]:
    whole = float(table["contribution"].sum())
    if scored:
        size = f"{whole:+.3g}".replace("-", "−")
        text = f"Mean in {names[1]} less that in {names[0]}: {size}. What raises it stands right"
    else:
        text = f"Divergence of all words: {whole:.3g} bits"
    notes = [f"{text}."]
    if len(drawn) < len(table):
        notes.append(f"The first {len(drawn)} of {len(table):,} words.")
    if {"a_articles", "b_articles"} <= set(drawn.columns) and drawn[["a_articles", "b_articles"]].max(axis=None) <= 1:
        notes.append("One article each: the articles differ, not therefore their outlets.")
    return notes
