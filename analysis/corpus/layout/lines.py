"""Lines and paragraphs of a text, and how a line is compared with others."""

import re

_BLOCK = re.compile(r"\S(?:[^\r\n]|\r?\n(?!\s*\r?\n))*")
STOPS, _CLOSERS = tuple(".!?…"), "\"”’')]"


def lines_of(text: str) -> list[tuple[int, int]]:
    """start and end of every line that is not blank, trimmed; of every paragraph where lines are wrapped at a width."""
    return read_lines(text)[0]


def read_lines(text: str) -> tuple[list[tuple[int, int]], list[str]]:
    """start and end of every line as `lines_of` gives them, and the lines."""
    spans, lines, start, short = [], [], 0, 0
    for line in split_lines(text):
        if line and (printed := line.strip()):
            length = len(printed)
            first = start if length == len(line) else start + len(line) - len(line.lstrip())
            spans.append((first, first + length))
            lines.append(printed)
            short += 40 <= length <= 100 and not ends_prose(printed)
        start += len(line) + 1
    if short < 3:  # too few that can be wrapped: most texts
        return spans, lines
    adjacent = cut = 0
    for line, (start, end), (next_start, _) in zip(lines, spans, spans[1:], strict=False):
        if next_start - end <= 2:
            adjacent += 1
            cut += 40 <= end - start <= 100 and not ends_prose(line)
    if cut < 3 or cut < adjacent / 2:
        return spans, lines
    spans = [(match.start(), match.start() + len(match.group().rstrip())) for match in _BLOCK.finditer(text)]
    return spans, [text[start:end] for start, end in spans]


def split_lines(text: str) -> list[str]:
    return text.replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n").split("\n")


def ends_prose(line: str) -> bool:
    """Whether a line ends like a sentence: with a stop, and at most three closing marks behind it."""
    return line.endswith(STOPS) or line[-4:].rstrip(_CLOSERS).endswith(STOPS)


def skip_space(text: str, start: int, end: int) -> int:
    part = text[start:end]
    return start + len(part) - len(part.lstrip())


def fold_line(line: str) -> str:
    """The line in small letters, with single spaces."""
    folded = line.casefold()
    # No white space but the space itself is printable, and few lines have other.
    return folded.strip() if line.isprintable() and "  " not in line else " ".join(folded.split())


def spaced_words(line: str) -> int:
    return line.count(" ") + line.count("\n") + 1
