"""Take a text out of the HTML that a table or an interface gives it in: tags out, entities to characters."""

import html
import re

from .block_quotations import CLOSE, OPEN, mark_lines

_BLOCK = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol option p pre section select summary table tbody "
    "tfoot thead title tr ul".split()
)
_INLINE = frozenset(
    "a abbr amp-img audio b bdi bdo big button cite code del dfn em embed font i iframe img input ins kbd label mark "
    "object picture q s samp small source span strike strong sub sup svg td th time tt u var video wbr".split()
)
# What these hold is not printed on the page.
_UNREAD = frozenset("script style noscript template svg iframe head select".split())
_ELEMENTS = _BLOCK | _INLINE | _UNREAD
# Tags that say where paragraphs are: line ends in the source then mean nothing.
_PARAGRAPHS = frozenset("p br div li".split())
_TAG = re.compile(r"<(?:(?P<close>/)?(?P<name>[a-zA-Z][a-zA-Z0-9-]*)|(?P<other>!--|!doctype|\?))", re.I)
_OPENS = re.compile(r"\s*<(?:!doctype|html|body|p|div|ul|ol|h[1-6]|figure|table|article|section|img|a)\b", re.I)
_BREAK = re.compile(r"(?:\S<br ?/?>|<br ?/?>\S)", re.I)
_LINE_ENDS = re.compile(r"[ \t\r]*\n\s*")
_CUT_OFF = re.compile(r"(?:…\s*)?\[\+?\d{1,9} chars\]\s*\Z")
# What a tag may hold at most behind a ">" in quotation marks.
_LONGEST = 5_000
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31}\d{0,2});")


def take_markup(text: str) -> tuple[str, int]:
    """The text without tags, a line each paragraph, and how many tags and entities were in it.

    A text is marked up if it begins with an element, has one that opens and closes, or breaks its lines with `<br>`;
    one that only names a tag stays as it is. What scripts and styles hold is left out, what links say is kept.
    """
    n = 0
    if "&lt;" in text and "&gt;" in text and "<" not in text and _is_marked_up(once := _unescape(text)):
        text, n = once, len(_ENTITY.findall(text))  # escaped as a whole, as feeds do
    if "<" in text and _is_marked_up(text):
        text, tags = _strip(text)
        return text, n + tags
    if "&" in text and ";" in text and (found := _ENTITY.findall(text)):
        plain = _unescape(text)
        return plain, len(found)
    return text, n


def _is_marked_up(text: str) -> bool:
    if _OPENS.match(text) or _BREAK.search(text):
        return True
    opened = set()
    for tag in _TAG.finditer(text):
        name = (tag["name"] or "").lower()
        if name not in _BLOCK and name not in _INLINE:
            continue
        if not tag["close"]:
            opened.add(name)
        elif name in opened and text[tag.end() : tag.end() + 1] == ">":
            return True
    return False


def _strip(text: str) -> tuple[str, int]:
    text = text.replace("<![CDATA[", "").replace("]]>", "")
    parts, done, n, breaks_lines, unclosed = [], 0, 0, False, set()
    for tag in _TAG.finditer(text):
        name = (tag["name"] or "").lower()
        if tag.start() < done or (name and name not in _ELEMENTS):  # inside a tag, or "a <b and c"
            continue
        end = _find_end(text, tag)
        parts.append((text[done : tag.start()], _end(name, bool(tag["close"]))))
        n, breaks_lines, done = n + 1, breaks_lines or name in _PARAGRAPHS, end
        if name in _UNREAD and not tag["close"] and text[end - 2 : end] != "/>" and name not in unclosed:
            closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, end)
            done = closing.end() if closing else done
            unclosed |= set() if closing else {name}  # looked for once: a text may have thousands of them
    parts.append((text[done:], ""))
    n += sum(len(_ENTITY.findall(said)) for said, _ in parts if "&" in said)
    printed = []
    for said, ending in parts:
        printed += [_unescape(_LINE_ENDS.sub(_join_lines, said) if breaks_lines else said), ending]
    lines = (" ".join(line.split()) for line in "".join(printed).split("\n"))
    return "\n".join(mark_lines(list(filter(None, lines)))), n


def _end(name: str, closes: bool) -> str:
    """What stands in the place of a tag."""
    if name == "blockquote":
        return f"{CLOSE}\n" if closes else f"\n{OPEN}"
    return "\n" if name in _BLOCK else " " if name in ("td", "th") else ""


def _find_end(text: str, tag: re.Match) -> int:
    """Where a tag ends; a mark of quotation in it may hold a ">". One that is cut off takes the rest of the text, but
    not the notice that it is."""
    comment = tag["other"] == "!--"
    end = text.find("-->" if comment else ">", tag.end())
    if end < 0:
        notice = _CUT_OFF.search(text, max(tag.end(), len(text) - 40))
        return notice.start() if notice else len(text)
    if comment:
        return end + 3
    if text.count('"', tag.end(), end) % 2 and (mark := text.find('"', end, end + _LONGEST)) >= 0:
        wider = text.find(">", mark, mark + _LONGEST)
        end = wider if wider >= 0 else end
    return end + 1


def _join_lines(line_ends: re.Match) -> str:
    """A blank line ends a paragraph for the programs that write such texts."""
    return "\n" if line_ends[0].count("\n") > 1 else " "


def _unescape(text: str) -> str:
    """Entities as characters; those too that were escaped twice."""
    if "&" not in text:
        return text
    once = _ENTITY.sub(_character, text)
    return _ENTITY.sub(_character, once) if "&amp;" in text.lower() else once


def _character(entity: re.Match) -> str:
    return html.unescape(entity[0]).replace("\xa0", " ")
