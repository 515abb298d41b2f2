"""The lines of a PDF's pages: which come again on every page, which stand in columns, which make a paragraph."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import chain, takewhile
from statistics import median

from ..repairs.line_ends import join_words

# So many lines at the top and at the bottom of a page may be a running head or foot.
EDGE = 3
# Points: the same place on two pages, or the same edge of two lines.
NEAR = 4
# So many lines that begin at one place on the right make a column, and so many jumps to it a mixed one.
COLUMN_LINES, JUMPS = 8, 4
# A line is short that ends so far before the others do; a gap is one that is so much wider than the usual.
SHORT, WIDE = 0.8, 1.35
# This share of the lines is no longer than a full one; among fields there are fewer full ones.
FULL, FULL_AMONG_FIELDS = 0.75, 0.95
# From line to line, in sizes of the letters, where the lines themselves do not show it.
LEADING = 1.2
_END = re.compile(r"[.!?…:][\"'”’»“)\]]*$")
_NUMBER = re.compile(
    r"[-–—|\s]*(?:(?:page|seite|página|pagina|p\.|s\.)\s*)?\d{1,4}(?:\s*(?:/|\||of|von|de|di|sur)\s*\d{1,4})?[-–—|\s]*",
    re.I,
)
# What a browser prints above and below a page: when it did so, and the address, with the number of the page.
_PRINTED = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}:\d{2}.*|https?://\S{3,1000}(?:\s+\d{1,4}\s?/\s?\d{1,4})?|file:///\S.*"
)
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]{3}")
_BULLETS = "•▪■●◦‣"


@dataclass
class Line:
    """A line of a page, and where it begins on it."""

    text: str
    x: float
    y: float
    size: float
    starts: list[float] = field(default_factory=list)  # of its pieces


def make_lines(pieces: list[tuple[str, float, float, float]]) -> list[Line]:
    """The lines that the pieces of a page make, in the order of the file."""
    lines: list[Line] = []
    words: list[tuple[str, float, float, float]] = []

    def end_line() -> None:
        text = " ".join("".join(text for text, *_ in words).split())
        placed = [piece for piece in words if piece[0].strip()]
        if text and placed:
            _, x, y, _ = placed[0]
            size = max(placed, key=lambda piece: len(piece[0]))[3]
            lines.append(Line(text, x, y, size, [piece[1] for piece in placed if _LETTERS.search(piece[0])]))
        words.clear()

    for text, x, y, size in pieces:
        for position, part in enumerate(text.split("\n")):
            if position:
                end_line()
            if part:
                words.append((part, x, y, size))
    end_line()
    return lines


def take_running_lines(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages without their heads and feet: what comes again in the same place, numbers of pages, a browser's own."""
    places: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, lines in enumerate(pages):
        for line in _find_edges(lines):
            for place in (round(line.y / NEAR), round(line.y / NEAR + 0.5)):  # which may fall on either side
                places[_DIGITS.sub("#", line.text), place].add(number)
    least = 2 if len(pages) < 4 else 3

    def is_running(line: Line) -> bool:
        text = _DIGITS.sub("#", line.text)
        again = max(len(places[text, place]) for place in (round(line.y / NEAR), round(line.y / NEAR + 0.5)))
        return again >= least or bool(_NUMBER.fullmatch(line.text) or _PRINTED.fullmatch(line.text))

    kept = []
    for lines in pages:
        by_height = sorted(lines, key=lambda line: -line.y)
        head = takewhile(is_running, by_height[:EDGE])
        foot = takewhile(is_running, by_height[: -EDGE - 1 : -1])
        taken = {id(line) for line in chain(head, foot)}
        kept.append([line for line in lines if id(line) not in taken])
    return kept


def _find_edges(lines: list[Line]) -> list[Line]:
    """The lines at the top and at the bottom of a page."""
    by_height = sorted(lines, key=lambda line: -line.y)
    return by_height[:EDGE] + by_height[max(EDGE, len(lines) - EDGE) :]


def is_mixed(lines: list[Line]) -> bool:
    """Does the file jump from column to column, line by line?"""
    starts = [start for line in lines for start in line.starts]
    left, right = min(starts, default=0), max(starts, default=0)
    places = Counter(round(start / NEAR) for start in starts if start > left + max(0.4 * (right - left), 100))
    if not places:
        return False
    place, often = places.most_common(1)[0]
    if often < COLUMN_LINES:
        return False
    in_column = [abs(start / NEAR - place) <= 1 for start in starts]
    jumps = sum(after and not before for before, after in zip(in_column, in_column[1:], strict=False))
    return jumps >= JUMPS


def find_paragraphs(pages: list[list[Line]], *, at_short: bool = False) -> list[str]:
    """The lines of all pages as paragraphs, words that are cut at their ends whole.

    With `at_short` every short line ends one, as the fields of a database's document do.
    """
    lines = [(line, page) for page, lines in enumerate(pages) for line in lines]
    texts = join_words("\n".join(line.text for line, _ in lines))[0].split("\n")
    gaps: dict[int, list[float]] = defaultdict(list)  # from line to line, by the size of the letters
    lengths: dict[int, list[int]] = defaultdict(list)
    for (line, page), (after, page_after) in zip(lines, lines[1:], strict=False):
        if page == page_after and 0 < line.y - after.y < 4 * line.size:
            gaps[round(line.size)].append(line.y - after.y)
    for line, _ in lines:
        lengths[round(line.size)].append(len(line.text))
    usual = {size: median(found) for size, found in gaps.items()}
    share = FULL_AMONG_FIELDS if at_short else FULL
    full = {size: sorted(found)[int(share * (len(found) - 1))] for size, found in lengths.items()}
    paragraphs: list[str] = []
    before = None
    for (line, page), text in zip(lines, texts, strict=True):
        runs_on = before is not None and not _begins(line, before[0], page != before[1], usual, full, at_short=at_short)
        if runs_on:
            paragraphs[-1] = f"{paragraphs[-1]} {text}".rstrip()
        else:
            paragraphs.append(text)
        before = (line, page)
    return [paragraph.strip() for paragraph in paragraphs if paragraph.strip()]


def _begins(line: Line, before: Line, is_new_page: bool, usual: dict, full: dict, *, at_short: bool) -> bool:
    """Does a paragraph begin with this line, by the one before it?"""
    size = round(line.size)
    if abs(line.size - before.size) > 0.1 * before.size or line.text.startswith(tuple(_BULLETS)):
        return True
    is_end = bool(_END.search(before.text))
    is_short = len(before.text) < SHORT * full.get(size, 0)
    gap, indent = before.y - line.y, line.x - before.x
    if is_new_page or gap < -line.size:  # a page or a column ends where no paragraph need end
        return is_end or is_short
    if gap > WIDE * usual.get(size, LEADING * line.size):
        return True
    if 0.7 * line.size < indent < 6 * line.size and not before.text.startswith(tuple(_BULLETS)):
        return True
    return is_short and (is_end or at_short)
