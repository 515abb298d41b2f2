"""Cut the pages and texts of Nexis, whose documents begin with "7 of 262 DOCUMENTS", into their articles."""

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from . import lexis_fields as fields
from .bundle import Bundle, say_cut_off
from .lines import read_lines
from .nexis_document import Block, kind_of, read_document

# "7 of 262 DOCUMENTS", "Dokument 7 von 262": numbers, a word between them, and a word for documents.
_MARK_LINE = (
    r"(?:(?P<number>\d[\d.,]{0,9}) \w{1,6} (?P<total>\d[\d.,]{0,9}) (?:doc|dok)\w{0,12}"
    r"|(?:doc|dok)\w{0,12} (?P<later>\d[\d.,]{0,9}) \w{1,6} (?P<of>\d[\d.,]{0,9}))"
)
_MARK = re.compile(rf"^\ufeff?[^\S\n]*+{_MARK_LINE}[^\S\n]*$", re.IGNORECASE | re.MULTILINE)
_MARK_ALONE = re.compile(_MARK_LINE, re.IGNORECASE)
# One article saved alone has no mark, but says how long it is.
_LENGTHS = "|".join(
    [*(name for name, purpose in fields.ABOVE.items() if purpose == "length"), "länge", "længde", "längd"]
)
_SAYS_LENGTH = rf"(?:{_LENGTHS.upper()}|EXTENSIÓN|DŁUGOŚĆ):[^\S\n]{{0,3}}\d"
_LENGTH = re.compile(rf"^\ufeff?[^\S\n]*+{_SAYS_LENGTH}", re.MULTILINE)
# What a page of theirs holds, where its lines are not known yet.
_ON_PAGE = re.compile(rf"(?i:\d\s{{1,9}}(?:doc|dok)|(?:doc|dok)\w{{0,12}}\s{{1,9}}\d)|{_SAYS_LENGTH}")
# "Download Request: Selected Items: 1-49"
_ASKED = re.compile(r":\s*(\d{1,6}-\d{1,6}(?:,\s*\d{1,6}(?:-\d{1,6})?)*)\s*$", re.MULTILINE)
_EMPTY_LINE = re.compile(r"\n[^\S\n]*+\n")
_DIVISION, _PARAGRAPH = "\x1d", "\x1e"


class _Document(NamedTuple):
    number: int
    total: int
    blocks: list[Block]


def cut_text(text: str) -> Bundle | None:
    """The articles of a download as text; None for any other text."""
    marks = list(_MARK.finditer(text))
    if not marks and len(_LENGTH.findall(text[:100_000])) != 1:
        return None
    text = text.replace("\r\n", "\n")
    marks = list(_MARK.finditer(text))
    # A PDF, or a document of a word processor, is a paragraph a line and has no empty ones.
    split, between = (_split_text, "\n\n") if _EMPTY_LINE.search(text) else (_split_lines, "\n")
    if not marks:
        return _bind_one(split(text), between)
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    documents = (
        _Document(*_read_mark(mark), split(text[mark.end() : end])) for mark, end in zip(marks, ends, strict=True)
    )
    return _bind(documents, [_read_mark(mark) for mark in marks], text[: marks[0].start()], between)


def cut_page(root) -> Bundle | None:
    """The articles of a download as a web page; None for any other page."""
    if not _ON_PAGE.search(root.text_content()):
        return None
    breaks = {"div": _DIVISION, "p": _PARAGRAPH}
    blocks: list[Block] = [Block([])]
    in_division = False
    for line in read_lines(root, mark=lambda element: breaks.get(element.tag)):
        if line in (_DIVISION, _PARAGRAPH):
            in_division = line == _PARAGRAPH and (in_division or bool(blocks[-1].lines))
            if blocks[-1].lines:
                blocks.append(Block([], in_division))
            elif line == _DIVISION:
                blocks[-1] = Block([])
        else:
            blocks[-1].lines.append(line)
    blocks = [block for block in blocks if block.lines]
    marks = [
        (place, mark)
        for place, block in enumerate(blocks)
        if len(block.lines) == 1 and (mark := _MARK_ALONE.fullmatch(block.lines[0]))
    ]
    if not marks:
        return _bind_one(blocks, "\n")
    ends = [place for place, _ in marks[1:]] + [len(blocks)]
    documents = (
        _Document(*_read_mark(mark), blocks[place + 1 : end]) for (place, mark), end in zip(marks, ends, strict=True)
    )
    above = "\n".join(line for block in blocks[: marks[0][0]] for line in block.lines)
    return _bind(documents, [_read_mark(mark) for _, mark in marks], above, "\n")


def _split_text(text: str) -> list[Block]:
    blocks, lines = [], []
    for line in [*text.split("\n"), ""]:
        if line.strip():
            lines.append(line.rstrip())
        elif lines:
            blocks.append(Block(lines))
            lines = []
    return blocks


def _split_lines(text: str) -> list[Block]:
    return [Block([line.rstrip()]) for line in text.split("\n") if line.strip()]


def _read_mark(mark: re.Match) -> tuple[int, int]:
    number, total = mark["number"] or mark["later"], mark["total"] or mark["of"]
    return int(re.sub(r"\D", "", number)), int(re.sub(r"\D", "", total))


def _bind(documents, marks: list[tuple[int, int]], above: str, between: str) -> Bundle | None:
    """A bundle of these documents; None where fewer than half of them have fields, and are ours."""
    articles, empty, n_ours = [], [], 0
    for document in documents:
        article, has_fields = read_document(document.blocks, between)
        n_ours += has_fields
        if re.search(r"[^\W_]", article["text"]):
            articles.append(article | {"number": document.number})
        else:
            empty.append(document.number)
    if 2 * n_ours < len(marks):
        return None
    stated, gaps = _count_stated(marks, above)
    lacking = [*fields.say_empty(empty), *fields.say_missing(articles), *say_cut_off(articles)]
    return Bundle("Nexis", articles, stated, [*gaps, *lacking])


def _bind_one(blocks: list[Block], between: str) -> Bundle | None:
    """A bundle of one article that was saved alone; None if it lacks the fields above or below, or a text."""
    kinds = [kind_of(block) for block in blocks]
    lengths = [line for block in blocks for line in block.lines if _LENGTH.match(line)]
    if len(lengths) != 1 or "below" not in kinds:
        return None
    article, _ = read_document(blocks, between)
    if not article["text"]:
        return None
    article["number"] = 1
    return Bundle("Nexis", [article], None, [*fields.say_missing([article]), *say_cut_off([article])])


def _count_stated(marks: list[tuple[int, int]], above: str) -> tuple[int, list[str]]:
    """How many documents a file says it holds, and a sentence for each gap in their numbers.

    One that begins with document 2001 is a part, and says only where it begins and ends. Two downloads may stand in one
    file, the second of which begins anew.
    """
    asked = _ASKED.search(above[:20_000])
    starts = [0] + [place for place, (one, next_) in enumerate(pairwise(marks), 1) if next_[0] <= one[0]]
    stated, gaps = 0, []
    for start, end in pairwise([*starts, len(marks)]):
        numbers = [number for number, _ in marks[start:end]]
        total = Counter(total for _, total in marks[start:end]).most_common(1)[0][0]
        if numbers[0] != 1:
            stated += numbers[-1] - numbers[0] + 1
        elif asked and len(starts) == 1:
            stated += sum(_count_range(part) for part in asked[1].split(","))
        else:
            stated += max(total, numbers[-1])
        for one, next_ in pairwise(numbers):
            if missing := next_ - one - 1:
                verb = "documents are" if missing > 1 else "document is"
                gaps.append(f"{missing:,} {verb} missing between document {one:,} and document {next_:,}")
    return stated, gaps[:3]


def _count_range(part: str) -> int:
    first, _, last = part.strip().partition("-")
    return int(last) - int(first) + 1 if last else 1
