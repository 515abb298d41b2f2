"""Join the lines of a quotation where a text prints one sentence a line, as corpora made for machines do."""

import re

# A text prints one sentence a line if it has so many lines, so many of them end with a stop, and so few hold more than
# one sentence: news in short paragraphs has more of them, and opens a quotation again that goes on in the next.
LINES, STOPPED, SEVERAL = 4, 0.7, 0.1
# A quotation that closes no sooner has lost its mark.
FARTHEST = 12

_MARK = re.compile('["“”„«»]')
_STOPPED = re.compile(r"[.!?…:;,][\"“”’')\]»]*$")
_INSIDE = re.compile(
    r"(?<!\b[A-Z])(?<!\b[MDSJ]r)(?<!\bM[rs]s)(?<!\bMs)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bGen)(?<!\bSt)(?<!\bLt)"
    r"[.!?][\"”’')\]»]*\s+(?=[\"“„‘(«]?[A-ZÀ-Þ])"
)


def join_quotations(text: str) -> tuple[str, int]:
    """The text with each quotation that runs over lines in one of them, and how many there were.

    Where paragraphs ended is lost in such a text, so that no other lines are joined.
    """
    if "\n" not in text or not _MARK.search(text):
        return text, 0
    lines = text.split("\n")
    runs = _find_runs(lines)
    if not runs or not _prints_one_sentence_a_line(lines):
        return text, 0
    joined, done = [], 0
    for first, last in runs:
        joined += lines[done:first]
        joined.append(" ".join(filter(None, map(str.strip, lines[first : last + 1]))))
        done = last + 1
    return "\n".join(joined + lines[done:]), len(runs)


def _find_runs(lines: list[str]) -> list[tuple[int, int]]:
    """First and last line of each quotation that opens in one line and closes in another, without a mark at the start
    of any line between."""
    runs, opened = [], None
    for number, line in enumerate(lines):
        for mark in _MARK.finditer(line):
            if _closes(line, mark.start(), opened is not None):
                if opened is not None and opened < number:
                    if runs and opened <= runs[-1][1]:
                        opened = runs.pop()[0]
                    runs.append((opened, number))
                opened = None
            else:
                opened = number
        if opened is not None and sum(map(bool, map(str.strip, lines[opened : number + 1]))) >= FARTHEST:
            opened = None
    return runs


def _closes(line: str, at: int, is_open: bool) -> bool:
    mark = line[at]
    if mark == "”":
        return True
    if mark == "»":  # the opening one in German
        return at > 0 and not (line[at - 1].isspace() and line[at + 1 : at + 2].isalnum())
    if mark == "«":  # the closing one in German
        return is_open and at > 0 and not (line[at - 1].isspace() or line[at - 1] in "'’")
    if mark == "“":  # the closing one in German
        return is_open and at > 0 and not line[at - 1].isspace() and not line[at + 1 : at + 2].isalnum()
    return mark == '"' and at > 0 and not (line[at - 1].isspace() or line[at - 1] in "([{—–-")


def _prints_one_sentence_a_line(lines: list[str]) -> bool:
    printed = [line.strip() for line in lines if line.strip()]
    if len(printed) < LINES:
        return False
    stopped = sum(bool(_STOPPED.search(line[-6:])) for line in printed)
    several = sum(bool(_INSIDE.search(line)) for line in printed)
    return stopped >= STOPPED * len(printed) and several <= SEVERAL * len(printed)
