"""The chart of valence: how pleasant or unpleasant is what each outlet's sentences tell, voice by voice."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ...compare.uncertainty import MIN_ARTICLES
from ...display import shorten
from ...tables import need
from .forest import draw_forest, head_outlets
from .pieces import draw_nothing, first_outlets, name_outlets, note_missing
from .style import LINE, drawable, outlet_looks, style_for, text_width
from .terms import INSIDE, VOICES, WIDEST_LABEL, in_order
from .tone import signed

_MARKERS = ("o", "s", "D", "^", "v")


def plot_sentiment(summary: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the mean valence of each outlet's sentences, voice by voice, with its 95 % interval.

    A forest plot. Valence is how pleasant the words are by the model that scored them, from −1 to 1, whoever says them
    and whatever about: neither the outlet's stance nor its tone. A dashed line is an interval within one article; over
    two to four articles none is drawn: it would be too narrow. Two intervals that do not overlap are no verdict on a
    difference.

    Needs:
        outlet, voice, articles, n, mean, low, high, unit: as `summarise` gives them

    Raises:
        InputError: if a column is missing
    """
    need(summary, "outlet", "voice", "articles", "n", "mean", "low", "high", "unit", verb="plot_sentiment")
    title, summary = "Valence of sentences by voice", summary.dropna(subset=["outlet", "voice"])
    with style_for(ax):
        looks = outlet_looks(summary["outlet"])
        table, note = first_outlets(summary[np.isfinite(summary["mean"])])
        if table.empty:
            return draw_nothing(ax, title)
        kinds = in_order(table["voice"])
        outlets = sorted(set(table["outlet"]))
        order = table.assign(_place=[kinds.index(voice) for voice in table["voice"]])
        drawn = order.sort_values(["outlet", "_place"], kind="stable").drop(columns="_place").reset_index(drop=True)

        few = (drawn["unit"] == "article") & (drawn["articles"] < MIN_ARTICLES)
        drawn.loc[few, ["low", "high"]] = np.nan
        dashed = drawn["unit"] == "sentence"
        if dashed.any():
            note = ["Dashed: 95 % interval within one article, not for the outlet.", *note]
        if few.any():
            note = [f"No interval under {MIN_ARTICLES} articles: it would be too narrow.", *note]
        if not (dashed | few).all():
            note = ["Line: 95 % interval over articles.", *note]
        note.append("Each n counts sentences and parts of them.")
        labels = [
            shorten(drawable(VOICES.get(voice, voice)), WIDEST_LABEL, width=text_width) for voice in drawn["voice"]
        ]
        names = name_outlets(outlets, INSIDE)
        note += note_missing([*labels, *names.values()])
        columns = {"mean": [signed(mean) for mean in drawn["mean"]], "n": [f"{n:,}" for n in drawn["n"]]}
        rows = {
            "block": drawn["outlet"], "label": labels, "value": drawn["mean"], "low": drawn["low"],
            "high": drawn["high"],
            "marker": [_MARKERS[kinds.index(voice) % len(_MARKERS)] for voice in drawn["voice"]],
            "color": [looks[outlet]["color"] for outlet in drawn["outlet"]], "dashed": dashed, "hollow": False,
        }  # fmt: skip
        return draw_forest(
            ax, pd.DataFrame(rows), heads=head_outlets(names, looks), columns=columns, title=title, note=note,
            xlabel="mean valence of sentences (−1 to 1)", row_height=18, above=LINE,
        )  # fmt: skip
