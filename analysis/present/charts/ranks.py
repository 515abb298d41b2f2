"""The chart of rank bands: how sure the order of each outlet's words is."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ...display import shorten
from ...tables import need
from .forest import draw_forest, head_outlets
from .pieces import draw_nothing, first_outlets, name_outlets, note_missing
from .style import LINE, drawable, outlet_looks, style_for, text_width
from .terms import INSIDE, MOST_ROWS, WIDEST_LABEL

# Beyond it a rank says no more than "far down", and a logarithmic axis shows the first ranks apart.
_LAST = 1000
_MARK = "*"


def plot_ranks(ranks: pd.DataFrame, *, terms: int = 10, ax: Axes | None = None) -> Axes:
    """Draw the rank of each outlet's most distinctive terms, with the ranks that other articles could have given them.

    The first `terms` of each outlet, fewer where all outlets together would need more than 60 rows. A line is a 95 %
    band from resampled articles (a bootstrap); dashed, from the sentences of one article, it says nothing of the
    outlet's others. A hollow dot is a term found in one article only. A term with a star is among the first ten under
    some priors and not under others: its place is the prior's doing. Bands that overlap are no verdict that two terms
    rank alike.

    Needs:
        outlet, term, rank, rank_low, rank_high, unit, prior_dependent: as `rank_terms` gives them
        articles: optional; dots of one article are drawn hollow
        n: optional; the counts stand beside the terms

    Raises:
        InputError: if a column is missing
    """
    need(
        ranks, "outlet", "term", "rank", "rank_low", "rank_high", "unit", "prior_dependent", verb="plot_ranks"
    )  # fmt: skip
    title, ranks = "Ranks of distinctive terms", ranks.dropna(subset=["outlet", "term", "rank"])
    with style_for(ax):
        looks = outlet_looks(ranks["outlet"])
        table, note = first_outlets(ranks)
        if table.empty:
            return draw_nothing(ax, title)
        outlets = sorted(set(table["outlet"]))
        each = max(1, min(terms, MOST_ROWS // len(outlets) - 1))
        order = table.sort_values(["outlet", "rank", "term"], kind="stable")
        blocks = [(outlet, order[order["outlet"] == outlet].head(each)) for outlet in outlets]
        drawn = pd.concat([block for _, block in blocks], ignore_index=True)
        drawn[["rank", "rank_low", "rank_high"]] = drawn[["rank", "rank_low", "rank_high"]].clip(1, _LAST)

        starred = drawn["prior_dependent"].fillna(False).astype(bool)
        room = WIDEST_LABEL - text_width(_MARK)
        labels = [
            shorten(drawable(term), room, width=text_width) + (_MARK if star else "")
            for term, star in zip(drawn["term"], starred, strict=True)
        ]
        names, dashed = name_outlets(outlets, INSIDE), drawn["unit"] == "sentence"
        hollow = drawn["articles"] <= 1 if "articles" in drawn.columns else pd.Series(False, index=drawn.index)
        note = [*_notes(drawn, dashed, hollow, starred), *note]
        if each < terms and (table.groupby("outlet").size() > each).any():
            note.append(f"The first {each} of each outlet.")
        note += note_missing([*labels, *names.values()])
        columns = {
            "band": [
                f"{low:,.0f}–{high:,.0f}" + ("+" if high == _LAST else "")
                for low, high in zip(drawn["rank_low"], drawn["rank_high"], strict=True)
            ]
        }
        if "n" in drawn.columns:
            columns = {"n": [f"{n:,}" for n in drawn["n"]], **columns}
        rows = {
            "block": drawn["outlet"], "label": labels, "value": drawn["rank"], "low": drawn["rank_low"],
            "high": drawn["rank_high"], "marker": [looks[outlet]["marker"] for outlet in drawn["outlet"]],
            "color": [looks[outlet]["color"] for outlet in drawn["outlet"]], "dashed": dashed, "hollow": hollow,
        }  # fmt: skip
        ax = draw_forest(
            ax, pd.DataFrame(rows), heads=head_outlets(names, looks), columns=columns, title=title, note=note,
            xlabel="rank among the outlet's terms", above=LINE,
        )  # fmt: skip
        last = float(drawn["rank_high"].max())
        ax.set_xscale("log")
        ax.set_xlim(0.7, max(10.0, last) * 1.25)
        ticks = [tick for tick in (1, 10, 100, 1000) if tick <= max(10.0, last) * 1.25]
        ax.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
        ax.set_xticks([], minor=True)
    return ax


def _notes(drawn: pd.DataFrame, dashed: pd.Series, hollow: pd.Series, starred: pd.Series) -> list[str]:
    notes = []
    if not dashed.all():
        unit = "events" if (drawn.loc[~dashed, "unit"] == "event").all() else "articles"
        if {"event", "article"} <= set(drawn["unit"]):
            unit = "articles or events"
        notes.append(f"Line: 95 % band over resampled {unit}.")
    if dashed.any():
        notes.append("Dashed: 95 % band within one article, not for the outlet.")
    if hollow.any():
        notes.append("Hollow: found in one article only.")
    if starred.any():
        notes.append(f"{_MARK} depends on the prior: not always among the first ten.")
    if np.isclose(drawn["rank_high"], _LAST).any():
        notes.append(f"Bands end at rank {_LAST:,}.")
    return notes
