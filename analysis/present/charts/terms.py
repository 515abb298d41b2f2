"""Charts: draw a table, compute nothing, take and return an Axes.

Every chart is 5.2 inches wide and as high as its rows need. Outlets stand in alphabetical order, each in the colour of
its place among those of the table, or of the whole corpus once `use_style` has been told of them. What an article's
words contain can't break a chart: they are drawn as plain text, shortened where they are too long.
"""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from ...display import shorten
from ...tables import need
from .forest import draw_forest, head_outlets
from .pieces import (
    columns_width,
    draw_nothing,
    first_outlets,
    inner_width,
    lay_out,
    legend_height,
    name_outlets,
    note_missing,
    put_heading,
    put_legend,
    put_rows,
)
from .style import LINE, MARGIN, WIDTH, drawable, ink_on, mix, outlet_looks, style_for, text_width, use_style

__all__ = ["plot_shared_words", "plot_terms", "plot_voices", "use_style"]

MOST_ROWS = 60
WIDEST_LABEL = 112.0  # points: leaves more than a third of the width to the dots
INSIDE = WIDTH - 2 * MARGIN
VOICES = {"own": "own words", "reported": "reported", "quote": "quoted"}
_TINTS = (0, 0.5, 0.8, 0.65, 0.9)


def plot_voices(voices: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how much of each outlet's text stands in which voice: one stacked bar an outlet.

    The number on a segment is the share of the outlet's words; where the segment is too narrow it stands above the bar.
    A large share of quotation says that an article lets others speak, not whom, nor that it agrees with them.

    Needs:
        outlet, voice, share, articles: as `tabulate_voices` gives them

    Raises:
        InputError: if a column is missing
    """
    need(voices, "outlet", "voice", "share", "articles", verb="plot_voices")
    title, voices = "Words by voice", voices.dropna(subset=["outlet", "voice"])
    with style_for(ax):
        looks = outlet_looks(voices["outlet"])
        table, note = first_outlets(voices[np.isfinite(voices["share"]) & (voices["share"] > 0)])
        if table.empty:
            return draw_nothing(ax, title)
        outlets = sorted(set(table["outlet"]))
        kinds, names = in_order(table["voice"]), name_outlets(outlets, INSIDE)
        single = bool((voices["articles"] <= 1).all())
        if single:
            note = ["One article per outlet: each bar is that article, not the outlet.", *note]
        note += note_missing(names.values())
        ax = lay_out(
            ax, rows=2 * len(outlets), row_height=21, title=title, above=LINE + 6, note=" ".join(note),
            xlabel=f"share of the {'article' if single else 'outlet'}’s words",
        )  # fmt: skip
        ax.set_xlim(0, max(1.0, table.groupby("outlet")["share"].sum().max()))
        ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25 %", "50 %", "75 %", "100 %"])
        ax.get_xticklabels()[-1].set_ha("right")
        ax.set_yticks([])
        per_word = inner_width(ax) / ax.get_xlim()[1]
        for i, outlet in enumerate(outlets):
            rows = table[table["outlet"] == outlet].set_index("voice")["share"]
            start, aside = 0.0, []
            for voice in (kind for kind in kinds if kind in rows.index):
                share = float(rows[voice])
                colour = mix(looks[outlet]["color"], "#ffffff", _TINTS[kinds.index(voice) % len(_TINTS)])
                ax.barh(2 * i + 1, share, left=start, height=0.9, color=colour, edgecolor="white", linewidth=1)
                number = _percent(share)
                if text_width(number) + 6 <= share * per_word:
                    middle = (start + share / 2, 2 * i + 1)
                    ax.annotate(number, middle, ha="center", va="center_baseline", color=ink_on(colour))
                else:
                    aside.append(f"{_label(VOICES.get(voice, voice))} {number}")
                start += share
            beside = shorten(", ".join(aside), 170, width=text_width)
            put_heading(ax, names[outlet], 2 * i + 0.12, looks[outlet]["color"], aside=beside)
        present = [kind for kind in kinds if (table["voice"] == kind).any()]
        greys = [mix("#444444", "#ffffff", _TINTS[kinds.index(kind) % len(_TINTS)]) for kind in present]
        keys = [Line2D([], [], linestyle="", marker="s", markersize=10, color=grey) for grey in greys]
        put_legend(ax, keys, [_label(VOICES.get(kind, kind)) for kind in present])
    return ax


def plot_terms(compared: pd.DataFrame, *, terms: int = 10, stop_words: bool = False, ax: Axes | None = None) -> Axes:
    """Draw the most distinctive terms of each outlet: a dot at the log-odds ratio, a line for its 95 % interval.

    A forest plot of the first `terms` of each outlet by z, ties in alphabetical order; fewer where all outlets together
    would need more than 60 rows. Right of the axis are the term's count and its rate per 1,000 words. A hollow dot is a
    term found in one article only; a dashed line is an interval within one article, which says nothing about the
    outlet's other articles. A term can be missing here though an outlet uses it a lot: see `plot_shared_words`.

    Needs:
        outlet, term, n, rate, articles, articles_total, log_odds, z: as `compare_terms` gives them
        log_odds_low, log_odds_high: optional; intervals are drawn of them
        stop_word: optional; stop words are left out unless `stop_words` is true

    Raises:
        InputError: if a column is missing
    """
    need(
        compared, "outlet", "term", "n", "rate", "articles", "articles_total", "log_odds", "z", verb="plot_terms"
    )  # fmt: skip
    compared = compared.dropna(subset=["outlet", "term"])
    single = bool((compared["articles_total"] <= 1).all())
    title = f"Most distinctive terms, by {'article' if single else 'outlet'}"
    with style_for(ax):
        looks = outlet_looks(compared["outlet"])
        table, dropped = _without_stop_words(compared, stop_words)
        table = table[(table["n"] > 0) & (table["z"] > 0) & np.isfinite(table["log_odds"])]
        table, note = first_outlets(table)
        if table.empty:
            return draw_nothing(ax, title)
        outlets = sorted(set(table["outlet"]))
        each = max(1, min(terms, MOST_ROWS // len(outlets) - 1))
        order = table.sort_values(["outlet", "z", "term"], ascending=[True, False, True], kind="stable")
        blocks = [(outlet, order[order["outlet"] == outlet].head(each)) for outlet in outlets]
        drawn = pd.concat([block for _, block in blocks], ignore_index=True)

        labels, names = [_label(term) for term in drawn["term"]], name_outlets(outlets, INSIDE)
        note = [*_notes_on_terms(drawn, single=single, dropped=dropped), *note]
        if each < terms and (table.groupby("outlet").size() > each).any():
            note.append(f"The first {each} of each outlet.")
        note += note_missing([*labels, *names.values()])
        columns = {"n": [f"{n:,}" for n in drawn["n"]], "per\n1,000": [f"{rate:,.1f}" for rate in drawn["rate"]]}
        intervals = drawn if _has_intervals(drawn) else drawn.assign(log_odds_low=np.nan, log_odds_high=np.nan)
        rows = {
            "block": drawn["outlet"], "label": labels, "value": drawn["log_odds"],
            "low": intervals["log_odds_low"], "high": intervals["log_odds_high"],
            "marker": [looks[outlet]["marker"] for outlet in drawn["outlet"]],
            "color": [looks[outlet]["color"] for outlet in drawn["outlet"]],
            "dashed": drawn["articles_total"] <= 1, "hollow": drawn["articles"] <= 1,
        }  # fmt: skip
        return draw_forest(
            ax, pd.DataFrame(rows), heads=head_outlets(names, looks), columns=columns, title=title, note=note,
            xlabel="log-odds against the others", above=2 * LINE,
        )  # fmt: skip


def plot_shared_words(
    compared: pd.DataFrame, *, terms: int = 12, stop_words: bool = False, ax: Axes | None = None
) -> Axes:
    """Draw the words that every outlet uses, by how often each uses them: one row a word, one dot an outlet.

    The `terms` words with the widest spread between the lowest and the highest rate, widest first. TF-IDF gives all of
    these words zero, since no outlet is without them. A wide spread is not yet a difference: no interval is drawn, and
    of many words some are far apart by chance. With one outlet nothing is shared, and nothing is drawn.

    Needs:
        outlet, term, n, rate: as `compare_terms` gives them, with a row of n = 0 where an outlet lacks the term
        stop_word: optional; stop words are left out unless `stop_words` is true

    Raises:
        InputError: if a column is missing
    """
    need(compared, "outlet", "term", "n", "rate", verb="plot_shared_words")
    title, compared = "Words that all use", compared.dropna(subset=["outlet", "term"])
    with style_for(ax):
        looks = outlet_looks(compared["outlet"])
        table, dropped = _without_stop_words(compared, stop_words)
        table = table[(table["n"] > 0) & np.isfinite(table["rate"])]
        by_term = table.groupby("term", sort=True)
        shared = by_term["outlet"].nunique() == len(looks)
        table = table[table["term"].isin(shared.index[shared])]
        table, note = first_outlets(table)
        if table.empty or len(looks) == 1:
            return draw_nothing(ax, title)
        rates = table.groupby("term", sort=True)["rate"].agg(["min", "max"])
        rates["spread"] = rates["max"] - rates["min"]
        rates = rates.sort_values("spread", ascending=False, kind="stable").head(max(1, terms))
        outlets = sorted(set(table["outlet"]))

        totals = table.groupby("term")["n"].sum()
        columns = {
            "n": [f"{totals[term]:,}" for term in rates.index],
            "min": [f"{rate:,.1f}" for rate in rates["min"]],
            "max": [f"{rate:,.1f}" for rate in rates["max"]],
        }
        labels, names = [_label(term) for term in rates.index], name_outlets(outlets, INSIDE / 2 - 30)
        note = ["Ordered by the spread between the lowest and the highest rate; a spread can be chance.", *note]
        if dropped:
            note.append("Stop words left out.")
        note += note_missing([*labels, *names.values()])
        left, right = max(text_width(label) for label in labels) + 8, columns_width(columns)
        # Each outlet has its own height within the row, so that dots at the same rate stay apart.
        row_height = max(21.0, 4.5 * len(outlets))
        ax = lay_out(
            ax, rows=len(rates), row_height=row_height, title=title, note=" ".join(note), left=left, right=right,
            above=2 + LINE + legend_height(list(names.values()), INSIDE), xlabel="rate per 1,000 words",
        )  # fmt: skip
        for i in range(len(rates)):
            ax.axhspan(i - 0.48, i + 0.48, color="#f3f3f3", linewidth=0, zorder=0)
        handles = []
        for place, outlet in enumerate(outlets):
            own = table[table["outlet"] == outlet].drop_duplicates("term").set_index("term").reindex(rates.index)
            shift = 0.7 * ((place + 0.5) / len(outlets) - 0.5)
            handles += ax.plot(
                own["rate"], np.arange(len(rates)) + shift, linestyle="", markersize=8, markeredgecolor="white",
                markeredgewidth=0.5, clip_on=False, gid="rates", **looks[outlet],
            )  # fmt: skip
        ax.set_xlim(left=0, right=float(rates["max"].max()) * 1.04)
        put_rows(ax, range(len(rates)), labels, columns=columns)
        put_legend(ax, handles, [names[outlet] for outlet in outlets], left=left, right=right, above=LINE + 2)
    return ax


def in_order(voices: pd.Series) -> list[str]:
    """All voices, the known ones first: each keeps its shade and marker where another is absent."""
    return [*VOICES, *sorted(set(voices).difference(VOICES))]


def _without_stop_words(compared: pd.DataFrame, stop_words: bool) -> tuple[pd.DataFrame, bool]:
    if stop_words or "stop_word" not in compared.columns:
        return compared, False
    stopped = compared["stop_word"].fillna(False).astype(bool)
    return compared[~stopped], bool(stopped.any())


def _notes_on_terms(drawn: pd.DataFrame, *, single: bool, dropped: bool) -> list[str]:
    intervals, notes = _has_intervals(drawn), []
    if single:
        notes.append("One article per outlet: all dots are hollow (found in one article)")
        notes[0] += " and all 95 % intervals dashed (within that article, not for the outlet)." if intervals else "."
    else:
        if intervals:
            notes.append("Line: 95 % interval.")
            if (drawn["articles_total"] <= 1).any():
                notes.append("Dashed: within one article, not for the outlet.")
        if (drawn["articles"] <= 1).any():
            notes.append("Hollow: found in one article only.")
    independent = "Intervals take every word for an independent draw: no test."
    notes.append(independent if intervals else "The table has no intervals.")
    if dropped:
        notes.append("Stop words left out.")
    return notes


def _has_intervals(drawn: pd.DataFrame) -> bool:
    return {"log_odds_low", "log_odds_high"} <= set(drawn.columns)


def _label(text: object) -> str:
    return shorten(drawable(text), WIDEST_LABEL, width=text_width)


def _percent(share: float) -> str:
    return "<1 %" if 0 < share < 0.005 else f"{share:.0%}".replace("%", " %")
