"""The look of every chart: its size, one colour for each outlet, text that fits and never fails to draw."""

import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.textpath import TextToPath

from ...display import LONGEST, NOTHING, one_line
from ...tables import InputError

STYLE = Path(__file__).with_name("charts.mplstyle")
WIDTH = 5.2 * 72  # points, as every length here
MARGIN = 8.0
LINE = 15.0  # one line of 11-point text

PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#666666")
MARKERS = ("o", "s", "D", "^", "v", "P", "X")
INK = "#222222"
MISSING = "□"

# matplotlib's own font has no Chinese, Japanese, Korean, Indic or Thai letters: take the first of these that is here.
_FALLBACKS = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "PingFang SC", "Hiragino Sans", "Microsoft YaHei",
    "Yu Gothic", "Malgun Gothic", "WenQuanYi Zen Hei", "Droid Sans Fallback", "Arial Unicode MS",
    "Noto Sans Devanagari", "Noto Sans Bengali", "Noto Sans Thai", "Nirmala UI",
    "Leelawadee UI",
)  # fmt: skip


# The outlets of the corpus that `use_style` was told of: each keeps its colour in tables that lack some of them.
_known: list[str] = []


def use_style(outlets: Iterable[str] | None = None) -> None:
    """Give every later figure the look of Parallax's charts, and every outlet one colour; for the top of a notebook.

    The charts need no such call: each applies the style to the figure it makes, and colours the outlets by their place
    in its own table. So C is the third of A, B and C, but the second of A and C. With the `outlets` of the whole corpus
    (`use_style(articles["outlet"])`; repeated and missing names do no harm) each keeps one colour until the next call;
    an outlet that is not among them comes after them, and `use_style()` forgets them.

    In a notebook a table without rows or columns is from then on shown as a sentence.

    Raises:
        InputError: if `outlets` is a text
    """
    if isinstance(outlets, str):
        needed = "use_style needs the names of the outlets, such as articles['outlet'],"
        raise InputError(f"{needed} but was given the text '{outlets}'")
    names = [] if outlets is None else outlets
    _known[:] = sorted({name for name in names if not pd.isna(name)})
    plt.style.use(STYLE)
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is not None:
        formatters = shell.display_formatter.formatters
        formatters["text/html"].for_type(pd.DataFrame, lambda table: None if table.empty else table._repr_html_())
        formatters["text/plain"].for_type(pd.DataFrame, _print_table)


def _print_table(table: pd.DataFrame, printer: object, cycle: bool) -> None:
    printer.text(NOTHING if table.empty else repr(table))


def style_for(ax: Axes | None) -> AbstractContextManager:
    """The style for a figure that is about to be made; an Axes that is given keeps its own."""
    if ax is None:
        # In Jupyter the first figure loads the backend, which switches on interactive mode. Within the context below
        # that switch would be undone on leaving it, and no later figure be shown.
        plt.draw_if_interactive()
        # After each cell pyplot draws every open figure anew, and Jupyter then draws it to show it and closes it.
        if plt.get_backend().endswith("inline"):
            plt.uninstall_repl_displayhook()
    return plt.style.context(STYLE, after_reset=True) if ax is None else nullcontext()


def outlet_looks(outlets: Iterable[str]) -> dict[str, dict[str, str]]:
    """Colour and marker of each outlet, by its place among those `use_style` was told of and then those of the table.

    Seven colours; the eighth outlet begins again with a darker shade and the next marker.
    """
    present = set(outlets)
    places = {outlet: i for i, outlet in enumerate([*_known, *sorted(present.difference(_known))])}
    looks = {}
    for outlet in sorted(present):
        turn, place = divmod(places[outlet], len(PALETTE))
        colour = mix(PALETTE[place], "#000000", (0, 0.45)[turn % 2])
        looks[outlet] = {"color": colour, "marker": MARKERS[turn % len(MARKERS)]}
    return looks


def mix(colour: str, other: str, share: float) -> str:
    """The colour with a share (0 to 1) of another in it."""
    pairs = zip(to_rgb(colour), to_rgb(other), strict=True)
    return to_hex([(1 - share) * a + share * b for a, b in pairs])


def readable(colour: str) -> str:
    """The colour, darkened until text in it stands out from white at 4.5 to 1 (WCAG 2, AA)."""
    while 1.05 / (_luminance(colour) + 0.05) < 4.5:
        colour = mix(colour, "#000000", 0.1)
    return colour


def ink_on(colour: str) -> str:
    """The charts' near-black or white, whichever stands out more from the colour behind it."""
    light = _luminance(colour) + 0.05
    return "white" if 1.05 / light > light / (_luminance(INK) + 0.05) else INK


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@lru_cache
def _fonts() -> tuple[tuple[str, ...], frozenset[int]]:
    installed = {font.name for font in fontManager.ttflist}
    families = ("DejaVu Sans", *(name for name in _FALLBACKS if name in installed))
    return families, frozenset(code for name in families for code in get_font(findfont(name)).get_charmap())


def plain() -> dict[str, object]:
    """What every text made of an article's words is drawn with: never as a formula, in fonts that have its letters."""
    return {"parse_math": False, "usetex": False, "fontfamily": list(_fonts()[0])}


def drawable(text: object) -> str:
    """The text on one line, with □ for each character that no font here can draw."""
    letters = _fonts()[1]
    return "".join(c if ord(c) in letters else MISSING for c in one_line(text, longest=LONGEST))


@lru_cache(maxsize=10_000)
def text_width(text: str, size: float = 11, weight: str = "normal") -> float:
    """The width of a text in points."""
    font = FontProperties(family=list(_fonts()[0]), size=size, weight=weight)
    # The letters on the picture are set on whole pixels, a little wider than their outlines.
    return 1.03 * TextToPath().get_text_width_height_descent(text, font, False)[0]


def wrap(text: str, width: float) -> str:
    """The text in lines no wider than `width` points."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(line for line in lines if line)
