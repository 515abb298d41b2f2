"""The map of an outlet's words: how often it prints each, against how far that sets it apart."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.ticker import LogLocator, NullLocator

from ...display import shorten
from ...tables import InputError, need, quoted
from .pieces import draw_nothing, lay_out, name_outlets, note_missing
from .style import INK, LINE, MARGIN, WIDTH, drawable, mix, outlet_looks, plain, readable, style_for, text_width

INSIDE = WIDTH - 2 * MARGIN
LEFT = 52.0  # points: room for the numbers and the name of the axis
HEIGHT = 300.0
WIDEST_LABEL = 90.0  # of one word
RIGHT = 10.0
_GAP = 5.0  # between a dot and its label
_RADIUS = 3.0  # of a dot
_NEAR = _GAP - 0.5  # its own dot is just beyond
_PALE = 0.6  # of a dot without a name
_CROWD = 300  # dots: more are drawn smaller
_LEAST_RANGE, _MOST_RANGE = 12.0, 200.0  # between the ends of the axis of rates: one number at least, and not too many
Box = tuple[float, float, float, float]


def plot_term_map(
    compared: pd.DataFrame, *, outlet: str | None = None, terms: int = 20, ax: Axes | None = None
) -> Axes:
    """Draw one outlet's words: to the right those it prints often, above those it prints more than the others.

    By default the `outlet` with the most words in the table. Named are the dots furthest from 0 by z, at most `terms`,
    and only where a name has room: one that would stand on another is left out, so that a dot without a name is not a
    lesser word. Named dots are in the full colour. Where counts are small many words have the same place: the first two
    are named, "+3" counts the others. Hollow: words found in one article only. What the outlet does not print is not on
    the map.

    The height is z, the log-odds against the others over its standard deviation: it puts frequent words before rare
    ones, and is no test, for words are not independent draws.

    Needs:
        outlet, term, n, rate, articles, articles_total, z: as `compare_terms` gives them
        stop_word: optional; stop words are left out

    Raises:
        InputError: if a column is missing or the outlet is not in the table
    """
    need(
        compared, "outlet", "term", "n", "rate", "articles", "articles_total", "z", verb="plot_term_map"
    )  # fmt: skip
    title, compared = "Words by rate and distinctiveness", compared.dropna(subset=["outlet", "term"])
    outlets = sorted(set(compared["outlet"]))
    if outlet is not None and outlet not in outlets:
        raise InputError(f"outlet {outlet!r} is not in this table; it has {quoted(outlets)}")
    with style_for(ax):
        looks = outlet_looks(outlets)
        table = compared[(compared["n"] > 0) & (compared["rate"] > 0) & np.isfinite(compared["z"])]
        if "stop_word" in table.columns:
            table = table[~table["stop_word"].fillna(False).astype(bool)]
        if outlet is None and outlets:
            outlet = compared.groupby("outlet")["n"].sum().idxmax()
        table = table[table["outlet"] == outlet]
        if table.empty:
            return draw_nothing(ax, title)
        drawn, terms = _gather(table), max(0, terms)
        labels = [_label(names) for names in drawn["terms"].head(terms)]
        names = name_outlets([outlet], INSIDE)
        note = [*_notes(table, drawn.head(terms)), *note_missing([*labels, names[outlet]])]
        ax = lay_out(
            ax, rows=1, row_height=HEIGHT, title=title, note=" ".join(note), left=LEFT, right=RIGHT, above=LINE + 4,
            xlabel="rate per 1,000 words",
        )  # fmt: skip
        _set_axes(ax, drawn)
        points = _points_of(ax, drawn)
        size = ax.get_window_extent().size / ax.figure.dpi * 72
        placed = place_labels(points, [(text_width(label), LINE) for label in labels], tuple(size))
        colour = looks[outlet]["color"]
        colours = [colour if i in placed else mix(colour, "#ffffff", _PALE) for i in range(len(drawn))]
        faces = ["white" if hollow else each for hollow, each in zip(drawn["articles"] <= 1, colours, strict=True)]
        # The named ones last, over the others.
        order = sorted(range(len(drawn)), key=lambda i: (i in placed, -i))
        ax.scatter(
            drawn["rate"].iloc[order], drawn["z"].iloc[order], zorder=2, gid="dots",
            s=26 if len(drawn) <= _CROWD else 10, linewidths=1.3 if len(drawn) <= _CROWD else 0.8,
            facecolors=[faces[i] for i in order], edgecolors=[colours[i] for i in order], clip_on=False,
        )  # fmt: skip
        halo = [withStroke(linewidth=2, foreground="white")]
        for i, (x0, y0, x1, y1) in placed.items():
            middle = ((x0 + x1) / 2, (y0 + y1) / 2)
            ax.annotate(
                labels[i], (0, 0), xycoords="axes fraction", xytext=middle, textcoords="offset points", ha="center",
                va="center", color=INK, gid="label", zorder=3, path_effects=halo, **plain(),
            )  # fmt: skip
        ax.annotate(
            names[outlet], (0, 1), xycoords="axes fraction", xytext=(-LEFT, 6), textcoords="offset points", ha="left",
            va="bottom", weight="bold", color=readable(colour), annotation_clip=False, gid="heading", **plain(),
        )  # fmt: skip
    return ax


def place_labels(
    points: Sequence[tuple[float, float]], sizes: Sequence[tuple[float, float]], area: tuple[float, float]
) -> dict[int, Box]:
    """The place (left, low, right, high) of each label that has room beside its point, first come, first served.

    `sizes` are those of the labels of the first points. Of the places around a point that lie in the area and touch no
    label placed before and no point that has one, that is taken which hides the fewest points, and then which has the
    fewest so near that it could be taken for theirs.

    >>> place_labels([(50, 50), (52, 50)], [(30, 10), (30, 10)], (100, 100))
    {0: (15.0, 45.0, 45.0, 55.0), 1: (57.0, 45.0, 87.0, 55.0)}
    """
    placed: dict[int, Box] = {}
    dots = np.array(points, dtype=float).reshape(-1, 2)
    for i, (width, height) in enumerate(sizes):
        best, least = None, (np.inf, np.inf)
        for box in _places_around(*dots[i], width, height):
            x0, y0, x1, y1 = box
            if x0 < 0 or y0 < 0 or x1 > area[0] or y1 > area[1]:
                continue
            if any(x0 < right and left < x1 and y0 < high and low < y1 for left, low, right, high in placed.values()):
                continue
            off = np.abs(dots - ((x0 + x1) / 2, (y0 + y1) / 2)) - (width / 2, height / 2)
            under, beside = (off < _RADIUS).all(axis=1), (off < _NEAR).all(axis=1)
            if not under[list(placed)].any() and (count := (int(under.sum()), int(beside.sum()))) < least:
                best, least = box, count
        if best:
            placed[i] = best
    return placed


def _places_around(x: float, y: float, width: float, height: float) -> Iterator[Box]:
    """Right, left, over and under a point, then its four corners."""
    right, left, middle = x + _GAP, x - _GAP - width, x - width / 2
    over, under, level = y + _GAP, y - _GAP - height, y - height / 2
    corners = [(side, low) for low in (y, y - height) for side in (right, left)]
    for x0, y0 in [(right, level), (left, level), (middle, over), (middle, under), *corners]:
        yield float(x0), float(y0), float(x0 + width), float(y0 + height)


def _gather(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each place on the map, those furthest from 0 by z first, with all terms that have it."""
    table = table.assign(_far=-table["z"].abs().round(9), _rate=table["rate"].round(9), _z=table["z"].round(9))
    # Numbers after words: of a hundred words at one place the first two are to say something.
    table["_number"] = ~table["term"].str[:1].str.isalpha()
    table = table.sort_values(["_far", "_number", "term"], kind="stable")
    places = table.groupby(["_rate", "_z"], sort=False)
    return places.agg(
        rate=("rate", "first"), z=("z", "first"), terms=("term", list), articles=("articles", "max")
    ).reset_index(drop=True)


def _label(terms: Sequence[str]) -> str:
    """The first two terms of a place, and how many more there are.

    >>> _label(["agency", "earlier", "media"])
    'agency, earlier +1'
    """
    named = ", ".join(shorten(drawable(term), WIDEST_LABEL, width=text_width) for term in terms[:2])
    return f"{named} +{len(terms) - 2:,}" if len(terms) > 2 else named


def _set_axes(ax: Axes, drawn: pd.DataFrame) -> None:
    low, high = float(drawn["rate"].min()) / 1.3, float(drawn["rate"].max()) * 1.3
    wider = max(1.0, _LEAST_RANGE / (high / low)) ** 0.5
    low, high = low / wider, high * wider
    ax.set_xscale("log")
    ax.set_xlim(low, high)
    ax.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5) if high / low < _MOST_RANGE else (1,), numticks=9))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:,g}")
    bottom, top = min(0.0, float(drawn["z"].min())), max(0.0, float(drawn["z"].max()))
    margin = 0.1 * (top - bottom) or 1.0
    ax.set_ylim(bottom - margin, top + margin)
    ax.locator_params(axis="y", nbins=7)
    ax.axhline(0, color="#bbbbbb", linewidth=1, zorder=0, gid="zero")
    ax.set_ylabel("z of the log-odds: no test", labelpad=2)


def _points_of(ax: Axes, drawn: pd.DataFrame) -> list[tuple[float, float]]:
    """Where the dots stand, in points from the lower left corner of the Axes."""
    box = ax.get_window_extent()
    pixels = ax.transData.transform(drawn[["rate", "z"]].to_numpy()) - (box.x0, box.y0)
    return [(float(x), float(y)) for x, y in pixels / ax.figure.dpi * 72]


def _notes(table: pd.DataFrame, named: pd.DataFrame) -> list[str]:
    notes = []
    if (table["articles_total"] <= 1).all():
        notes.append("One article: all dots are hollow (found in one article).")
    elif (table["articles"] <= 1).any():
        notes.append("Hollow: found in one article only.")
    notes.append("Named where there is room, furthest from 0 by z first.")
    if (named["terms"].str.len() > 2).any():
        notes.append("+3: three more words at that place.")
    if "stop_word" in table.columns:
        notes.append("Stop words left out.")
    return notes
