"""Europresse: pages of many articles, in the form of its old print view and in that of its newer export."""

import re
from itertools import pairwise

from .bundle import Bundle, say_cut_off
from .lines import classes_of, read_lines

_OUTLET = "docpublicationname"
_BODIES = ("dococurrcontainer", "doctext")
_AUTHORS = ("docauthors", "sm-margin-bottomnews")
# "Le Monde, no. 23456", "Sud Ouest, Gironde", "Ouest-France ; Quimper", "La Presse+ • 612 mots": issue, place, length.
_BEHIND_NAME = re.compile(r"\s?[,;•]\s.*|\s(?:no|n°|nº)\.?\s*\d.*", re.IGNORECASE)
_DATE = re.compile(
    r"(?P<day>\d{1,2})(?:er)?\s+(?P<name>[^\W\d_]{3,12}\.?)\s+(?P<year>(?:19|20)\d\d)\b"
    r"|(?P<english>[^\W\d_]{3,12}\.?\s+\d{1,2},?\s+(?:19|20)\d\d)\b"
)
_TIME = re.compile(r"\s*(?:[-–,]|à|at)?\s*(\d{1,2}:\d\d(?::\d\d)?(?:\s*(?:UTC|GMT))?)")
_NUMBER = re.compile(r"\b[a-z]{2,8}[·•.]((?:19|20)\d{6})[·•.]\w+[·•.]\w+")
# What stands below an article; only there, for an article may print a copyright of its own within.
_BELOW = re.compile(
    r"©|\(c\)|copyright\b|num[ée]ro de document|document number|(?:ce )?certificat|public certificate", re.IGNORECASE
)
_ELSEWHERE = re.compile(r"(?:Cet article est paru dans|This article appeared in)\b", re.IGNORECASE)
_BY = re.compile(r"(?:par|by)\s", re.IGNORECASE)
# "Par Anne Petit et Jean Grand, à Marseille" at most; a longer line is a sentence of the article.
BYLINE_WORDS = 10
# The copyright stands right above the number of the document, or that is missing.
BELOW_LINES = 3
_HEAD = "\0"


def cut_page(root) -> Bundle | None:
    """The articles of a page of Europresse; None if it is none."""
    outlets = [element for element in root.iter() if _is(element, _OUTLET)]
    if not outlets or not any(_is(element, "titrearticlevisu", "docheader", *_BODIES) for element in root.iter()):
        return None
    articles, problems = [], []
    for number, (region, outlet) in enumerate(_find_regions(root, outlets), 1):
        article = _read_article(region, outlet) | {"number": number}
        if article["text"]:
            articles.append(article)
        else:
            problems.append(f"document {number} has no text")
    return Bundle("Europresse", articles, None, [*problems, *say_cut_off(articles)])


def _find_regions(root, outlets: list) -> list[tuple]:
    """Each article's part of the page and its outlet: an element `article`, else the largest part with one outlet."""
    marked = [element for element in root.iter("article") if next(element.iterancestors("article"), None) is None]
    if marked and all(any(above in marked for above in outlet.iterancestors()) for outlet in outlets):
        regions = [(article, next((span for span in article.iter() if _is(span, _OUTLET)), None)) for article in marked]
        # An `article` without a name that is no article of theirs has no text of theirs either.
        return [(article, span) for article, span in regions if span is not None or _find(article, *_BODIES)]
    held: dict = {}
    for outlet in outlets:
        for part in (outlet, *outlet.iterancestors()):
            held[part] = held.get(part, 0) + 1
    regions = []
    for outlet in outlets:
        parts = [outlet, *outlet.iterancestors()]
        largest = next((part for part, above in pairwise(parts) if held[above] > 1), parts[-1])
        regions.append((largest, outlet))
    return regions


def _read_article(region, outlet) -> dict:
    titles = _find(region, "rdp__articletitle") or _find(region, "titrearticlevisu") or _find(region, "titrearticle")
    headers = _find(region, "docheader")
    header = " ".join(line for element in headers for line in read_lines(element))
    # The last element above the text.
    head = [*titles[:1], *headers[::-1], outlet][0]
    whole = read_lines(region, mark=lambda element: _HEAD if element is head else None)
    bodies = _find(region, _BODIES[0]) or _find(region, _BODIES[1])
    bylines = [line for element in _find(region, *_AUTHORS) for line in read_lines(element)]
    if bodies:
        # One within the other is read with it.
        outer = [body for body in bodies if not any(above in bodies for above in body.iterancestors())]
        lines = _cut_below([line for body in outer for line in read_lines(body, without=_is_beside)])
    else:
        lines = _cut_below(_cut_above(whole, head))
        if not bylines and lines and _is_byline(lines[0]) and (len(lines) > 1 or _BY.match(lines[0])):
            bylines = [lines.pop(0)]
    links = [link for body in bodies for link in body.iter("a") if _ELSEWHERE.match(" ".join(read_lines(link)))]
    return {
        "text": "\n".join(line for line in lines if not _ELSEWHERE.match(line)),
        "title": " ".join(line for title in titles[:1] for line in read_lines(title)) or None,
        "outlet": _name_outlet(outlet),
        "published": _find_date(header) or _find_number(whole),
        "byline": bylines[0] if bylines else None,
        "url": next((link.get("href") for link in links if link.get("href")), None),
        "is_closed": any(_NUMBER.search(line) for line in whole),
    }


def _name_outlet(outlet) -> str | None:
    lines = read_lines(outlet) if outlet is not None else []
    return _BEHIND_NAME.sub("", lines[0]).strip() or None if lines else None


def _find_date(header: str) -> str | None:
    """The date in "Éditorial, jeudi 4 octobre 2012 - 09:12 UTC, p. 3", with its time."""
    found = _DATE.search(header)
    if not found:
        return None
    date = found["english"] or f"{found['day']} {found['name']} {found['year']}"
    time = _TIME.match(header, found.end())
    return f"{date} {time[1]}" if time else date


def _find_number(lines: list[str]) -> str | None:
    """The day in the number of the document, news·20121004·PO·2040056000."""
    return next((found[1] for line in lines if (found := _NUMBER.search(line))), None)


def _cut_above(lines: list[str], head) -> list[str]:
    """The lines below the head of an article, before which a line stands that marks it."""
    if _HEAD not in lines:
        return lines
    headed, below = read_lines(head), lines[lines.index(_HEAD) + 1 :]
    if below[: len(headed)] == headed:
        return below[len(headed) :]
    # The text goes on in the same line.
    return [line for line in (below[0].removeprefix(" ".join(headed)).strip(), *below[1:]) if line] if below else []


def _cut_below(lines: list[str]) -> list[str]:
    """The lines above the article's copyright, its number and the certificate."""
    numbered = next((place for place, line in enumerate(lines) if _NUMBER.search(line)), len(lines))
    last = lines[max(numbered - BELOW_LINES, 0) : numbered]
    below = next((place for place, line in enumerate(last) if _BELOW.match(line)), len(last))
    return lines[: numbered - len(last) + below]


def _is_byline(line: str) -> bool:
    return len(line.split()) <= BYLINE_WORDS and line[0].isupper() and line[-1] not in '.!?…:;,»”"'


def _is_beside(element) -> bool:
    return element.tag in ("aside", "footer")


def _find(region, *names: str) -> list:
    return [element for element in region.iter() if _is(element, *names)]


def _is(element, *names: str) -> bool:
    return any(name.lower() in names for name in classes_of(element))
