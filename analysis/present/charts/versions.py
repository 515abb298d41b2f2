"""The chart of one quotation's versions: what each article prints of it, with the differences marked."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from ...display import ELLIPSIS, shorten
from ...tables import InputError, need
from ...voices.versions.marked import Piece, read_marked
from .pieces import draw_nothing, inner_width, lay_out, name_outlets, note_missing, put
from .style import INK, LINE, MARGIN, WIDTH, drawable, outlet_looks, plain, readable, style_for, text_width

INSIDE = WIDTH - 2 * MARGIN
MOST_VERSIONS = 12
LONGEST = 1_200  # characters of one version with what it lacks
_ADDED, _MISSING = "#a02c00", "#8a8a8a"


def plot_quotations(quotations: pd.DataFrame, *, quotation: int = 1, ax: Axes | None = None) -> Axes:
    """Draw what each article prints of one quotation: words it leaves out struck through, words it adds in bold.

    The fullest version comes first and all others are compared with it: it is the longest that these articles print,
    and not therefore what was said. A paraphrase has no marked words, for it need not be word for word. Word order
    within the clause around the marks can turn the sense where the marks do not: read the sentence. `quotation` is the
    number of the one to draw.

    Needs:
        quotation, article, speaker, verb, version, words, wording: as `tabulate_quotations` gives them
        outlet: optional; it names the rows, else the article does

    Raises:
        InputError: if a column is missing
    """
    needed = ("quotation", "article", "speaker", "verb", "version", "words", "wording")
    need(quotations, *needed, verb="plot_quotations")
    title = "One quotation, as each prints it"
    if quotations.empty:
        with style_for(ax):
            return draw_nothing(ax, title)
    table = quotations[quotations["quotation"] == quotation]
    if table.empty:
        last = int(quotations["quotation"].max())
        raise InputError(f"quotation {quotation!r} is not in this table; it has 1 to {last}")
    name = "outlet" if "outlet" in table else "article"
    order = table.assign(_order=table["version"].map({"whole": 0, "changed": 1, "cut": 2, "paraphrased": 3}))
    order = order.sort_values(["_order", "words", name], ascending=[True, False, True], kind="stable")
    drawn = order.head(MOST_VERSIONS)
    with style_for(ax):
        looks = outlet_looks(table[name])
        names = name_outlets(sorted(set(drawn[name])), INSIDE / 3)
        width = INSIDE if ax is None else inner_width(ax)
        blocks = [_lines(_cut(str(wording)), width - 12) for wording in drawn["wording"]]
        note = ["Against the fullest version: bold was added, struck through is missing."]
        if len(order) > len(drawn):
            note.append(f"The first {len(drawn)} of {len(order):,} versions.")
        shown = [word for block in blocks for line in block for _, word, _ in line]
        note += note_missing([*names.values(), *shown])
        rows = sum(len(block) + 1.4 for block in blocks)
        ax = lay_out(ax, rows=rows, row_height=LINE + 1, title=title, note=" ".join(note))
        ax.set_axis_off()
        ax.set(xticks=[], yticks=[], xlim=(0, width))
        y = 0.0
        for row, block in zip(drawn.to_dict("records"), blocks, strict=True):
            colour = readable(looks[row[name]]["color"])
            put(ax, names[row[name]], y, weight="bold", color=colour, gid="heading")
            told = " ".join(str(row[part]) for part in ("speaker", "verb") if pd.notna(row[part]))
            room = width - text_width(names[row[name]], weight="bold") - 14
            aside = shorten(drawable(f"{row['version']} · {told}" if told else row["version"]), room, width=text_width)
            put(ax, aside, y, side="right", ha="right", color="#555555", gid="aside")
            for i, line in enumerate(block):
                for x, word, state in line:
                    _put_word(ax, 12 + x, y + 1 + i, word, state)
            y += len(block) + 1.4
    return ax


def _cut(wording: str) -> list[Piece]:
    """The pieces of a wording, the first of them where they are long."""
    room, cut = LONGEST, []
    for piece in read_marked(wording):
        if len(piece.text) > room:
            return [*cut, piece._replace(text=piece.text[:room].rstrip() + ELLIPSIS)]
        cut.append(piece)
        room -= len(piece.text)
    return cut


def _lines(pieces: Sequence[Piece], width: float) -> list[list[tuple[float, str, str]]]:
    """The words of a version broken into lines: where each begins, in points, and whether it was added or left out."""
    lines, x = [[]], 0.0
    space = text_width("n n") - 2 * text_width("n")
    for state, text, apart in pieces:
        for whole in filter(None, map(drawable, text.split())):
            word = shorten(whole, width, width=text_width)
            wide = text_width(word, weight="bold" if state == "added" else "normal")
            if x and x + wide > width:
                lines.append([])
                x = 0.0
            lines[-1].append((x, word, state))
            x += wide + space
        x -= 0 if apart or not x else space
    return lines


def _put_word(ax: Axes, x: float, y: float, word: str, state: str) -> None:
    colour = {"added": _ADDED, "missing": _MISSING}.get(state, INK)
    put_at = {"va": "center_baseline", "ha": "left", "color": colour, "gid": state}
    weight = "bold" if state == "added" else "normal"
    ax.text(x, y, word, weight=weight, **put_at, **plain())
    if state == "missing":
        ax.plot([x, x + text_width(word)], [y, y], color=colour, linewidth=1, marker="", gid="struck")
