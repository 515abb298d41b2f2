"""Charts of who speaks, with which verbs, and how much articles share: each draws a table and computes nothing."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from ...display import shorten
from ...tables import need
from .grid import draw_grid
from .pieces import (
    columns_width,
    draw_nothing,
    first_outlets,
    lay_out,
    name_outlets,
    note_missing,
    number_rows,
    put_headings,
    put_legend,
    put_rows,
)
from .style import LINE, MARGIN, WIDTH, drawable, mix, outlet_looks, style_for, text_width

MOST_ROWS = 60
WIDEST_LABEL = 150.0  # points
INSIDE = WIDTH - 2 * MARGIN
NOBODY = "nobody named"
_TINT = 0.65  # of reported words, beside the full colour of quoted ones


def plot_speakers(speakers: pd.DataFrame, *, most: int = 5, ax: Axes | None = None) -> Axes:
    """Draw who is given how many words: a bar a speaker, its full colour quoted, its pale one reported.

    The `most` speakers of each outlet with the most words, fewer where all outlets together would need more than 60
    rows. Right of the bars are the quoted and the reported words. Words without a named speaker are "nobody named".

    Needs:
        outlet, speaker, voice, words: as `tabulate_speakers` gives them

    Raises:
        InputError: if a column is missing
    """
    need(speakers, "outlet", "speaker", "voice", "words", verb="plot_speakers")
    title, speakers = "Whose words are quoted and reported", speakers.dropna(subset=["outlet", "voice"])
    with style_for(ax):
        looks = outlet_looks(speakers["outlet"])
        table, note = first_outlets(speakers[speakers["words"] > 0])
        if table.empty:
            return draw_nothing(ax, title)
        named = table.assign(speaker=table["speaker"].astype(object).where(table["speaker"].notna(), NOBODY))
        wide = named.pivot_table(index=["outlet", "speaker"], columns="voice", values="words", aggfunc="sum")
        wide = wide.reindex(columns=["quote", "reported"]).fillna(0).astype(int)
        wide["all"] = wide.sum(axis=1)
        wide = wide.reset_index().sort_values(
            ["outlet", "all", "speaker"], ascending=[True, False, True], kind="stable"
        )
        outlets = sorted(set(wide["outlet"]))
        each = max(1, min(most, MOST_ROWS // len(outlets) - 1))
        drawn = wide.groupby("outlet", sort=False).head(each).reset_index(drop=True)
        heads, ys, count = number_rows(int((drawn["outlet"] == outlet).sum()) for outlet in outlets)

        labels, names = [_label(name) for name in drawn["speaker"]], name_outlets(outlets, INSIDE)
        if (wide.groupby("outlet").size() > each).any():
            note = [f"The first {each} of each outlet.", *note]
        note += note_missing([*labels, *names.values()])
        columns = {name: [f"{n:,}" for n in drawn[name]] for name in ("quote", "reported")}
        columns = {"quoted": columns["quote"], "reported": columns["reported"]}
        left = max(text_width(label) for label in labels) + 8
        ax = lay_out(
            ax, rows=count, row_height=18, title=title, note=" ".join(note), left=left, right=columns_width(columns),
            above=2 * LINE + 4, xlabel="words",
        )  # fmt: skip
        colours = [looks[outlet]["color"] for outlet in drawn["outlet"]]
        pale = [mix(colour, "#ffffff", _TINT) for colour in colours]
        ax.barh(ys, drawn["quote"], height=0.72, color=colours, gid="quoted")
        ax.barh(ys, drawn["reported"], left=drawn["quote"], height=0.72, color=pale, gid="reported")
        ax.set_xlim(0, float(drawn["all"].max()) * 1.02)
        put_rows(ax, ys, labels, columns=columns)
        put_headings(ax, heads, names, looks, left=left)
        greys = ["#444444", mix("#444444", "#ffffff", _TINT)]
        keys = [Line2D([], [], linestyle="", marker="s", markersize=10, color=grey) for grey in greys]
        put_legend(ax, keys, ["quoted", "reported"], left=left, above=LINE)
    return ax


def plot_verbs(verbs: pd.DataFrame, *, most: int = 15, ax: Axes | None = None) -> Axes:
    """Draw which verbs bring in what others say: one row a verb, one column an outlet, the count in the cell.

    The `most` verbs with the most attributions in all outlets together; a cell is the darker the larger the share of
    its outlet's attributions. Outlets with few attributions differ by chance.

    Needs:
        outlet, verb, n, share: as `tabulate_verbs(quotes, by="outlet")` gives them

    Raises:
        InputError: if a column is missing
    """
    need(verbs, "outlet", "verb", "n", "share", verb="plot_verbs")
    title, verbs = "Reporting verbs", verbs.dropna(subset=["outlet", "verb"])
    with style_for(ax):
        table, note = first_outlets(verbs[verbs["n"] > 0])
        if table.empty:
            return draw_nothing(ax, title)
        totals = table.groupby("verb")["n"].sum().reset_index().sort_values(["n", "verb"], ascending=[False, True])
        rows, outlets = list(totals["verb"].head(max(1, most))), sorted(set(table["outlet"]))
        if len(totals) > len(rows):
            note = [f"The first {len(rows)} of {len(totals):,} verbs.", *note]
        note = ["The darker, the larger the share of the outlet’s attributions.", *note]
        table = table[table["verb"].isin(rows)]
        shares = table.pivot_table(index="verb", columns="outlet", values="share").reindex(rows, columns=outlets)
        counts = table.pivot_table(index="verb", columns="outlet", values="n").reindex(rows, columns=outlets)
        cells = [["" if np.isnan(n) else f"{n:,.0f}" for n in row] for row in counts.to_numpy()]
        return draw_grid(
            ax, shares.fillna(0), cells, rows=[_label(verb) for verb in rows], title=title, note=note,
            columns_title="", rows_title="",
        )  # fmt: skip


def plot_reused(reused: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how much of each outlet's text another prints too: the column's share of words that the row has.

    Read a column downwards: so much of this outlet's words stand in each of the others. A shared word was not therefore
    copied: the two may quote the same speech. The diagonal is empty, for nothing is compared with itself.

    Needs:
        a, b, share: as `share_reused(passages, articles, by="outlet")` gives them

    Raises:
        InputError: if a column is missing
    """
    need(reused, "a", "b", "share", verb="plot_reused")
    title, reused = "Text shared word for word", reused.dropna(subset=["a", "b"])
    with style_for(ax):
        renamed = reused.assign(outlet=reused["a"])
        kept, note = first_outlets(renamed)
        outlets = sorted(set(kept["outlet"]))
        kept = kept[kept["b"].isin(outlets)]
        if len(outlets) < 2 or kept["share"].isna().all():
            return draw_nothing(ax, title)
        shares = kept.pivot_table(index="a", columns="b", values="share").reindex(outlets, columns=outlets)
        cells = [["–" if np.isnan(share) else _percent(share) for share in row] for row in shares.to_numpy()]
        names = name_outlets(outlets, WIDEST_LABEL)
        note = ["Each number: the share of the column’s words that also stand in the row.", *note]
        return draw_grid(
            ax, shares, cells, rows=[names[outlet] for outlet in outlets], title=title, note=note,
            columns_title="of the words of", rows_title="found in",
        )  # fmt: skip


def _label(text: object) -> str:
    return shorten(drawable(text), WIDEST_LABEL, width=text_width)


def _percent(share: float) -> str:
    if share == 0:
        return "0"
    return "<1 %" if share < 0.005 else f"{share:.0%}".replace("%", " %")
