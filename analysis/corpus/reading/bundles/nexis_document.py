"""Read one document of Nexis: the fields above and below its body, and the outlet, the date and the title on top."""

import re
from typing import NamedTuple

from ..dates import find_leading_date
from . import lexis_fields as fields

# So many blocks are looked through for the fields above a body.
_HEAD = 25
# Fields that a title may look like ("SERIE: Living on the quay"), and the programme of a broadcast.
_OFTEN_TITLES = frozenset("series serie show type program programme edition ausgabe kicker page column ressort".split())
_YEAR = re.compile(r"\b(?:19|20)\d{2}$")


class Block(NamedTuple):
    """What stands between two empty lines, or in one paragraph of a page."""

    lines: list[str]
    continues: bool = False  # whether it stands in the same division of a page as the paragraph before


def read_document(blocks: list[Block], between: str) -> tuple[dict, bool]:
    """The article of one document, and whether it has fields; `between` stands between its paragraphs."""
    first = next((place for place, block in enumerate(blocks[:_HEAD]) if _is_above(block.lines[0])), None)
    article: dict = {"said": None}
    # Without fields the outlet and the date stand above the text, and below them a title.
    top = blocks[:_HEAD] if first is None else blocks[:first]
    rest = _read_top(top, article, is_whole=first is not None)
    if first is None:
        given, body = [], rest + blocks[_HEAD:]
    else:
        standfirst, body = _read_above(blocks, first, article)
        given = rest + standfirst
    kinds = [kind_of(block) for block in body]
    end = fields.find_below(kinds)
    _read_below(body[end:], article)
    while (
        end
        and all(fields.is_rights(line) or len(line) < 60 for line in body[end - 1].lines)
        and any(map(fields.is_rights, body[end - 1].lines))
    ):
        end -= 1
    article["is_closed"] = end < len(body)
    lines = [line for block in (*given, *body[:end]) for line in (*block.lines, "")]
    article["text"] = fields.join_body(lines if between == "\n\n" else list(filter(None, lines)))
    return article, first is not None or "below" in kinds


def _read_top(top: list[Block], article: dict, *, is_whole: bool) -> list[Block]:
    """Outlet, date and title, each in lines of its own; hands back what of these blocks is none of them."""
    lines = [(place, line.strip()) for place, block in enumerate(top) for line in block.lines]
    at = next((at for at, (_, line) in enumerate(lines[:12]) if find_leading_date(line)), None)
    if at is None and len(top) > 2 and len(top[1].lines) == 1 and _YEAR.search(top[1].lines[0].strip()[:40]):
        at = len(top[0].lines)  # "Winter 2012", which is no day
    if at is None and not is_whole and len(top) < 3:
        return top
    if at is None:
        above, below = [line.strip() for line in top[0].lines] if top else [], top[1:]
    else:
        place, line = lines[at]
        article["published"] = find_leading_date(line) or line[:100]
        above = [line for _, line in lines[:at]]
        below = top[place + 1 :]
        below = [b for b in below if not all(map(fields.is_edition, b.lines)) and not _is_centred(b)] or below[-1:]
        behind = [line for where, line in lines[at + 1 :] if where == place and not fields.is_edition(line)]
        if not below:  # the title stands below the date without a gap, or above it
            below = [Block(behind)] if behind else [b for b in top[1:place] if not fields.is_rights(b.lines[0])][:1]
        if place and not any(map(fields.is_rights, above)):
            above = [line.strip() for line in top[0].lines]
    if any(map(fields.is_rights, above)):  # an older form, in which the outlet stands last
        above = above[-1:]
    article["outlet"] = fields.name_outlet(" ".join(above))
    article["title"] = " ".join(line.strip() for block in below[:1] for line in block.lines) or None
    return below[1:]


def _is_centred(block: Block) -> bool:
    return block.lines[0].startswith(" " * 10)


def _is_above(line: str) -> bool:
    field = fields.read_field(line)
    return field is not None and field[0].isupper() and field[1] in fields.ABOVE


def _read_above(blocks: list[Block], first: int, article: dict) -> tuple[list[Block], list[Block]]:
    """Read the fields above a body, which begin with this block; the standfirst that is one of them, and the rest."""
    place, purpose, values, behind = first, "", {}, []
    while place < len(blocks):
        block = blocks[place]
        begins = fields.read_field(block.lines[0])
        is_field = _is_above(block.lines[0]) or (
            begins is not None
            and begins[0].isupper()
            and any(_is_above(later.lines[0]) for later in blocks[place + 1 : place + 3])
        )
        if not is_field and not (block.continues and purpose == "highlight"):
            break
        for at, line in enumerate(block.lines):
            field = fields.read_field(line) if at == 0 or _is_above(line) else None
            if field and is_field and field[0].isupper():
                purpose = fields.ABOVE.get(field[1], "other")
                values.setdefault(purpose, [])
                values[purpose].append(field[2])
                if purpose == "body":
                    behind = [field[2], *block.lines[at + 1 :]]
            elif purpose == "length":  # it is one line, and what follows it without a gap is the text
                behind = block.lines[at:]
            elif purpose != "body":
                values[purpose].append(line.strip())
            if behind:
                break
        place += 1
        if behind:
            break
    byline = " ".join(values.get("byline", []))
    article["byline"] = byline or None
    article["title"] = article.get("title") or " ".join(values.get("headline", [])) or None
    if not article["title"] and blocks[first].lines[0].strip().split(":")[0].casefold() in _OFTEN_TITLES:
        article["title"] = " ".join(line.strip() for line in blocks[first].lines)
    article["said"] = fields.count_said(" ".join(values.get("length", [])))
    standfirst, address = fields.take_address("\n".join(filter(None, values.get("highlight", []))).strip())
    if address:
        article["url"] = address
    rest = [Block(lines)] if (lines := [line for line in behind if line.strip()]) else []
    return [Block([standfirst])] if standfirst else [], rest + blocks[place:]


def kind_of(block: Block) -> str:
    """What kind of field below a body a block begins: see `find_below`."""
    field = fields.read_field(block.lines[0])
    if field is None or not field[0].isupper():
        return ""
    _, name, value = field
    if name in fields.BELOW or (name == "update" and find_leading_date(value)):
        return "below"
    return "with" if name in fields.WITH_THEM else "long" if name in fields.LONG else "unknown"


def _read_below(blocks: list[Block], article: dict) -> None:
    for block in blocks:
        for line in block.lines:
            if (field := fields.read_field(line)) and field[0].isupper():
                purpose = fields.BELOW.get(field[1]) or fields.WITH_THEM.get(field[1])
                if purpose == "language":
                    article.setdefault("language", field[2].split(";")[0].strip())
                elif purpose == "url" and field[2].startswith("http"):
                    article["url"] = field[2].split()[0]
