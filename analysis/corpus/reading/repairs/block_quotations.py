"""Put what a page sets apart as a quotation into quotation marks: its layout says so, and a text has none."""

import re

# A page that stands in such blocks for the larger part uses them to indent.
MOST = 0.5
OPEN, CLOSE = "\ue000", "\ue001"  # of the private use area: what stands in no text
_MARKED = re.compile(r"\s*[\"“”„«‘'>]")
_SIGNED = re.compile(r"\s*[—–―-]")
_WORD = re.compile(r"[^\W_]")
_SOURCES = ("cite", "footer", "figcaption")


def mark_blocks(root) -> tuple[int, str, str]:
    """Put marks around the paragraphs of each `<blockquote>` of a page that has none of its own.

    Says how many blocks there were, and how the first paragraph began before and begins now. Each paragraph opens, and
    the last one closes, as is printed where a quotation goes on.
    """
    n, before, after = 0, "", ""
    blocks = [block for block in root.iter("blockquote") if not any(block.iterancestors("blockquote"))]
    inside = sum(len(block.text_content()) for block in blocks)
    body = next(root.iter("body"), root)
    if not blocks or inside > MOST * sum(len(text) for text in body.itertext()):
        return n, before, after
    for block in blocks:
        paragraphs = [
            paragraph
            for paragraph in block.iter("p")
            if _WORD.search(text := paragraph.text_content())
            and not _SIGNED.match(text)
            and not any(parent.tag in _SOURCES for parent in paragraph.iterancestors())
        ]
        if not paragraphs and next(block.iter("p"), None) is None and _WORD.search(block.text_content()):
            paragraphs = [block]
        if not paragraphs or _MARKED.match(paragraphs[0].text_content()):
            continue
        if not n:
            before = " ".join(paragraphs[0].text_content().split())
            after = f"“{before}"
        for paragraph in paragraphs:
            paragraph.text = "“" + (paragraph.text or "").lstrip()
        _close(paragraphs[-1])
        n += 1
    return n, before, after


def mark_lines(lines: list[str]) -> list[str]:
    """Lines in which `OPEN` and `CLOSE` stand around a block, with the same marks in their place."""
    marked: list[str] = []
    is_open, last = False, None  # the place of the block's last marked line
    for line in lines:
        if OPEN in line:
            is_open, last = True, None
        plain = line.replace(OPEN, "").replace(CLOSE, "").strip()
        if is_open and plain and not _SIGNED.match(plain):
            if last is None and _MARKED.match(plain):
                is_open = False
            else:
                plain, last = f"“{plain}", len(marked)
        if plain:
            marked.append(plain)
        if CLOSE in line:
            if is_open and last is not None:
                marked[last] += "”"
            is_open = False
    return marked


def _close(paragraph) -> None:
    """Put the closing mark behind the last word of a paragraph, before whom it names as its source."""
    children = [child for child in paragraph if child.tag not in (*_SOURCES, "br")]
    if children:
        children[-1].tail = (children[-1].tail or "").rstrip() + "”"
    else:
        paragraph.text = (paragraph.text or "").rstrip() + "”"
