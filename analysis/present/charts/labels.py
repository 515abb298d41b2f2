"""A chart of the labels of one thing: by outlet, and under each label by voice."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ...display import list_names, shorten
from ...tables import InputError, need, quoted
from ...voices.voices import VOICES
from .grid import INSIDE, NARROWEST, fit_heads, put_cell, put_heads
from .pieces import draw_nothing, first_outlets, inner_width, lay_out, note_missing, number_rows, put
from .style import drawable, style_for, text_width
from .terms import VOICES as NAMES

MOST_LABELS = 15  # three rows and a heading each: more are higher than two screens of a phone
_BETWEEN = 2.5  # points between the numbers of neighbouring cells
_INITIALS = {"own": "o", "reported": "r", "quote": "q"}


def plot_labels(labels: pd.DataFrame, *, concept: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw by which labels each outlet names one thing: a row for each label and voice, a column for each outlet.

    The number is how often; a cell is the darker the larger its share of the outlet's mentions in all voices, so that a
    column adds up to the whole. 0: named, but not so; a dash: in this voice it is not named at all. A few mentions say
    how an article is worded and nothing of what its outlet prefers. `concept` is the first in the table unless told.
    Labels that nobody prints stand in the note; of the others the first 15 are drawn, the most printed first.

    Needs:
        concept, outlet, voice, label, n, share: as `tabulate_labels` gives them

    Raises:
        InputError: if a column is missing, or for a concept that the table does not have
    """
    need(labels, "concept", "outlet", "voice", "label", "n", "share", verb="plot_labels")
    concepts = list(dict.fromkeys(labels["concept"].dropna()))
    if concept is not None and concept not in concepts:
        raise InputError(f"concept '{concept}' is not in this table; it has {quoted(concepts)}")
    concept = concepts[0] if concept is None and concepts else concept
    labels = labels[labels["concept"] == concept].dropna(subset=["outlet", "voice", "label", "n"])
    title = "Labels" if concept is None else f"Labels of “{shorten(drawable(concept), 30)}”"
    with style_for(ax):
        table, note = first_outlets(labels)
        totals = table.groupby("label", sort=False)["n"].sum().sort_values(ascending=False, kind="stable")
        if not totals.sum() > 0:
            return draw_nothing(ax, title)
        voices = [voice for voice in VOICES if (table["voice"] == voice).any()]
        printed, outlets = list(totals[totals > 0].index[:MOST_LABELS]), sorted(set(table["outlet"]))
        shares, cells = _fill(table, printed, voices, outlets)

        # Where the names of the voices take room that the numbers need, and it is enough, first letters stand for them.
        widest = max(text_width(text) for text in set(cells.ravel()))
        inside = INSIDE if ax is None else inner_width(ax)
        for names in (NAMES, _INITIALS, NAMES):
            left = max(text_width(names[voice]) for voice in voices) + 7
            room = inside - left if ax is None else inside
            fitting = min(len(outlets), max(1, int(room // NARROWEST)))
            crowded = widest > room / fitting - _BETWEEN
            if not crowded:
                break
        notes = _note(table, totals, cells, names, voices)
        if fitting < len(outlets):
            notes.append(f"The first {fitting} of {len(outlets)} columns.")
        heads, ys, count = number_rows([len(voices)] * len(printed))
        width = left + room if ax is None else room
        shown = [shorten(drawable(label), width, width=partial(text_width, weight="bold")) for label in printed]
        names_of_outlets, upright, above = fit_heads(outlets[:fitting], room / fitting)
        notes += [*note, *(["The numbers stand in the table."] if crowded else [])]
        notes += note_missing([title, *shown, *names_of_outlets.values(), *notes])
        note = " ".join(notes)
        ax = lay_out(ax, rows=count + 0.25, row_height=17, title=title, note=note, left=left, above=above)
        darkest = shares[:, :fitting].max() or 1  # none of the outlets that have room may name it
        for row, y in enumerate(ys):
            for x in range(fitting):
                put_cell(ax, x, y, None if crowded else cells[row, x], share=shares[row, x] / darkest)
        _set_axes(ax, fitting, ys, [names[voice] for voice in voices] * len(printed))
        for y, label in zip(heads, shown, strict=True):
            put(ax, label, y + 0.1, offset=-left, weight="bold", ha="left", gid="label")
        put_heads(ax, names_of_outlets, upright=upright)
    return ax


def _fill(
    table: pd.DataFrame, labels: Sequence[str], voices: Sequence[str], outlets: Sequence[str]
) -> tuple[np.ndarray, np.ndarray]:
    """The share of the outlet's mentions and the text of each cell: a row for each label and voice."""
    rows = pd.MultiIndex.from_product([labels, voices])
    n = table.groupby(["label", "voice", "outlet"])["n"].sum().unstack("outlet").reindex(rows, columns=outlets)
    named = table.groupby(["voice", "outlet"])["n"].sum().unstack("outlet").reindex(voices, columns=outlets)
    n, named = n.fillna(0).to_numpy(), np.tile(named.fillna(0).to_numpy(), (len(labels), 1))
    total = table.groupby("outlet")["n"].sum().reindex(outlets).to_numpy()
    texts = np.array([f"{number:,.0f}" for number in n.ravel()], dtype=object).reshape(n.shape)
    return n / np.maximum(total, 1), np.where(named > 0, texts, "–")


def _note(
    table: pd.DataFrame, totals: pd.Series, cells: np.ndarray, names: dict[str, str], voices: Sequence[str]
) -> list[str]:
    single = "articles_total" in table.columns and bool((table["articles_total"] <= 1).all())
    note = ["One article per outlet: how it is worded, not how the outlet words."] if single else []
    note.append("The darker, the larger the share of the outlet’s mentions.")
    if (cells == "–").any():
        note.append("A dash: not named in this voice.")
    if names is _INITIALS:
        note.append(", ".join(f"{_INITIALS[voice]}: {NAMES[voice]}" for voice in voices) + ".")
    printed, unused = int((totals > 0).sum()), list(totals[totals == 0].index)
    if printed > MOST_LABELS:
        note.append(f"The first {MOST_LABELS} of {printed} labels.")
    if unused:
        note.append(f"Found nowhere: {list_names([shorten(drawable(label), 30) for label in unused])}.")
    return note


def _set_axes(ax: Axes, columns: int, ys: Sequence[float], labels: Sequence[str]) -> None:
    ax.set_xlim(0, columns)
    ax.set_xticks([])
    ax.set_yticks(ys, labels)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
