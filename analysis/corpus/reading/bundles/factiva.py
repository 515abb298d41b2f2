"""Factiva: pages (with or without field codes), RTF and text, and XML of many articles, in any language of its own.

A page marks its parts. Elsewhere the fields have codes of two or three letters, or no names at all: then the length and
the date one line after the other tell where an article's header is, and the number of the document where it ends.
"""

import re
from itertools import count

from ..languages import LANGUAGES, find_language_code
from .bundle import Bundle, say_cut_off
from .factiva_header import choose_title, read_header, write_date
from .lines import classes_of, read_lines

# The fields of "Full article plus indexing"; what is text stands in two of them.
_CODES = frozenset(
    "AN ART AU BY CLM CO CR CT CX CY DLN ED ET GC HD HL HLP IN IPC IPD LA LP NS PD PG PUB RBB RE RF RST SC SE SN TD "
    "VOL WC".split()
)
_TEXT = ("LP", "TD")
# A table's row, a cell's edges, a tab or two spaces: however RTF and text part a code from its field.
_CODED = re.compile(r"\W{0,4}([A-Z]{2,3})(?:\s*[|\t]|\s{2,}|\s*$)(.*)")
# A PDF leaves one space, as stands behind a word too: all of these are needed.
_CODED_CLOSELY = re.compile(r"([A-Z]{2,3})(?: (.*)|$)")
_CLOSELY = [re.compile(rf"{code} \S") for code in ("HD", "PD", "SN")]
# No longer: "newsArticle" and "mainArticle" stand in the pages of newspapers.
_LANGUAGE_CLASS = re.compile(r"([a-z]{2})(?:-?(?:cn|tw|hk|br))?Article")
# A code of eight (the source's, filled with zeros), the day, and what tells the day's documents apart.
_NUMBER = re.compile(r"\b[A-Z]\w{7}(?:19|20)\d{6}[a-z0-9]{6,12}\b", re.IGNORECASE)
_ENDING = re.compile(
    rf"(?:\W{{0,4}}AN\W{{1,4}})?(?:[^\W\d_]{{1,12}}[ \t:]{{0,3}})?{_NUMBER.pattern}\W{{0,3}}", re.IGNORECASE
)
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|copr\.|all rights reserved|版权|版權|著作権|저작권|авторск", re.IGNORECASE)
_FOOTER = re.compile(r"(?:\S+ \d+ \S+ \d+\W{0,3})?©.{0,12}Factiva, Inc\.|Dow Jones Factiva$|Factiva$", re.IGNORECASE)
_PUBLISHER = re.compile(
    r"(?:\S{1,40}\s+){0,7}(?:\S{0,40}[^\s.!?…。:;,”\"'»]|(?:Inc|Ltd|Co|Corp|S\.A|S\.p\.A|S\.L|N\.V|B\.V)\.)",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(\d{1,6})\)\s*(.*)")
# One of the first documents ends within so many characters, and the last one above a summary of the search.
LEAD = 300_000
# A section, a headline in two parts and a credit at most stand above an article's length.
LINES_ABOVE = 4
# Edition, page, volume, language and copyright at most stand below its source.
LINES_BELOW = 8
# What stands beside the paragraphs and is this long is a caption; a field (a page, a copyright) is shorter.
CAPTION_WORDS = 15


def cut_page(root) -> Bundle | None:
    """The articles of a page of Factiva; None if it is none."""
    holders = [element for element in root.iter("div") if _find_language(element)]
    holders = [holder for holder in holders if _is_article(holder)]
    if not holders:
        return None
    # Below each stands the number of the document.
    return _bind([_read_holder(holder) | {"is_closed": _is_closed(holder)} for holder in holders])


def cut_text(text: str) -> Bundle | None:
    """The articles of a text or an RTF document of Factiva; None if it is none."""
    if not _NUMBER.search(text[:LEAD]) and not _NUMBER.search(text[-LEAD:]):
        return None
    lines = [line.strip() for line in text.splitlines()]
    ends = [place for place, line in enumerate(lines) if len(line) < 80 and _ENDING.fullmatch(line)]
    if not ends:
        return None
    parts = [lines[start:end] for start, end in zip([0, *(end + 1 for end in ends)], [*ends, len(lines)], strict=True)]
    parts = [[line for line in part if line.strip("| \t") and not _FOOTER.match(line)] for part in parts]
    is_close = all(any(map(code.match, lines)) for code in _CLOSELY)
    coded = _CODED_CLOSELY if is_close else _CODED
    articles = [_read_fields(_gather(part, coded)) or _read_plain(part) for part in parts]
    if not any(articles):
        return None
    closed = [(article or {"text": ""}) | {"is_closed": True} for article in articles[:-1]]
    # Below the last number stands how the search was done, unless the file is cut off within an article.
    return _bind(closed + [article | {"is_closed": False} for article in articles[-1:] if article])


def cut_xml(root) -> Bundle | None:
    """The articles of an XML response of Factiva; None if it is none."""
    sets = [element for element in root.iter() if _name(element).lower() == "ppsarticleresultset"]
    if not sets and not any(_name(element) == "ppsArticleResponse" for element in root.iter()):
        return None
    counts = [element.get("count", "") for element in sets]
    stated = sum(map(int, counts)) if counts and all(found.isdecimal() for found in counts) else None
    articles = [element for element in root.iter() if _name(element) == "article"]
    return _bind([_read_element(article) | {"is_closed": True} for article in articles], stated)


def _bind(found: list[dict], stated: int | None = None) -> Bundle:
    """Number the articles, as their headlines do where all of them are counted ("12) Mill burns")."""
    counted = [_COUNTED.fullmatch(article.get("title") or "") for article in found]
    numbers = [int(match[1]) for match in counted if match]
    if len(numbers) == len(found) and all(after > before for before, after in zip(numbers, numbers[1:], strict=False)):
        for article, match in zip(found, counted, strict=True):
            article.update(number=int(match[1]), title=match[2].strip() or None)
        stated = numbers[-1] - numbers[0] + 1 if stated is None and numbers else stated
    else:
        for number, article in zip(count(1), found, strict=False):
            article["number"] = number
    problems = [f"document {article['number']} has no text" for article in found if not article["text"]]
    problems += say_cut_off(found)
    captions = sum(article.pop("captions", 0) for article in found)
    notes = (
        [f"{captions:,} words below pictures, which Factiva prints beside the text, were not read"] if captions else []
    )
    return Bundle("Factiva", [article for article in found if article["text"]], stated, problems, notes)


def _read_holder(holder) -> dict:
    """One article of a page: its fields by their codes, or else its header by classes and shape, its body by class."""
    language = _find_language(holder)
    if article := _read_fields(_read_rows(holder)):
        return article | {"language": language}
    lines = read_lines(holder, without=_is_paragraph)
    header, above, _ = read_header(lines) or ({}, 0, 0)
    bodies = [line for part in holder.iter() if _is_paragraph(part) for line in read_lines(part)]
    headline = next((read_lines(part) for part in holder.iter() if _is_headline(part)), [])
    authors = [line for part in holder.iter() if "author" in classes_of(part) for line in read_lines(part)]
    title, byline = choose_title(lines[:above])
    if headline:
        # Above it stands the section, below it who wrote it, and by what right.
        last = lines.index(headline[-1]) if headline[-1] in lines else above
        title, byline = " ".join(headline), lines[last + 1] if last + 1 < above else None
    return {
        "text": "\n".join(bodies),
        "title": title,
        "byline": next(iter(authors), byline),
        "language": language,
        "captions": sum(words for words in map(_count_words, lines[above:]) if words >= CAPTION_WORDS),
        **header,
    }


def _is_article(holder) -> bool:
    if any(_find_language(above) for above in holder.iterancestors("div")):
        return False
    return any(_is_paragraph(part) or _is_headline(part) for part in holder.iter()) or len(_read_rows(holder)) > 2


def _is_closed(holder) -> bool:
    return any(_ENDING.fullmatch(line) for line in read_lines(holder, without=_is_paragraph)[-LINES_BELOW:])


def _read_rows(holder) -> dict[str, list[str]]:
    """The fields of an article that is a table with a row for each, by their codes."""
    fields: dict[str, list[str]] = {}
    for row in holder.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        code = " ".join(read_lines(cells[0])) if len(cells) > 1 else ""
        if code in _CODES:
            fields.setdefault(code, []).extend(line for cell in cells[1:] for line in read_lines(cell))
    return fields


def _gather(lines: list[str], coded: re.Pattern) -> dict[str, list[str]]:
    """The fields of an article in a text, by their codes; a line without a code belongs to the field above it."""
    fields: dict[str, list[str]] = {}
    into: list[str] = []
    for line in lines:
        value = line
        if (found := coded.match(line)) and found[1] in _CODES:
            into, value = fields.setdefault(found[1], []), found[2] or ""
        if value := " ".join(value.strip("| \t").split()):
            into.append(value)
    return fields


def _read_fields(fields: dict[str, list[str]]) -> dict | None:
    """The article in these fields; None if they are too few to be one."""
    if not ({"HD", "SN"} & set(fields) and {"PD", "WC", *_TEXT} & set(fields)):
        return None
    named = {code: " ".join(lines) for code, lines in fields.items()}
    dated = write_date(named.get("PD", ""))
    return {
        "text": "\n".join(line for code in _TEXT for line in fields.get(code, [])),
        "title": named.get("HD") or None,
        "outlet": named.get("SN") or None,
        "published": " ".join(filter(None, (dated, named.get("ET")))) or None,
        "byline": named.get("BY") or None,
        "language": _read_language(named.get("LA", "")),
    }


def _read_plain(lines: list[str]) -> dict | None:
    """One article without codes and classes; None if these lines have no header of one."""
    found = read_header(lines)
    if found is None:
        return None
    header, above, below = found
    title, byline = choose_title(lines[max(above - LINES_ABOVE, 0) : above])
    rest = lines[below : below + LINES_BELOW]
    marks = [place for place, line in enumerate(rest) if _COPYRIGHT.search(line) and len(line) < 200]
    if marks:
        body = lines[below + marks[0] + 1 :]
    else:
        short = next((place for place, line in enumerate(rest) if len(line.split()) > 4 or line[-1] in ".!?…。"), 0)
        body = lines[below + short :]
    if len(body) > 1 and _PUBLISHER.fullmatch(body[-1]):
        body = body[:-1]  # right above the number of the document
    return {"text": "\n".join(body), "title": title, "byline": byline, "language": None, **header}


def _read_element(article) -> dict:
    """One article of the XML."""

    def find(*names: str) -> list[str]:
        found = [element for element in article.iter() if _name(element) in names]
        return list(filter(None, map(_text, found)))

    paragraphs = [
        _text(paragraph)
        for part in ("leadParagraph", "tailParagraphs")
        for element in article.iter()
        if _name(element) == part
        for paragraph in [child for child in element.iter() if _name(child) == "paragraph"] or [element]
    ]
    dates = find("publicationDate")
    times = [line for line in find("publicationTime") if dates and "T" not in dates[0]]
    return {
        "text": "\n".join(filter(None, paragraphs)),
        "title": " ".join(find("headline")) or None,
        "outlet": next(iter(find("sourceName")), None),
        "published": " ".join([*dates[:1], *times[:1]]) or None,
        "byline": next(iter(find("byline")), None),
        "language": _read_language(next(iter(find("baseLanguage")), "")),
    }


def _name(element) -> str:
    """An element's name without its namespace; '' for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element) -> str:
    return " ".join(element.xpath("string()").split())


def _read_language(named: str) -> str | None:
    """The code of a language that is named in English or by its code; other names are left to the text itself."""
    code = find_language_code(named)
    return code if code in LANGUAGES else None


def _find_language(holder) -> str | None:
    """The language in the class of an article, "article enArticle"; None for another element."""
    names = classes_of(holder)
    found = (_LANGUAGE_CLASS.fullmatch(name) for name in names if "article" in names)
    return next((match[1] for match in found if match), None)


def _count_words(line: str) -> int:
    return len(line.split())


def _is_paragraph(element) -> bool:
    return "articleParagraph" in classes_of(element)


def _is_headline(element) -> bool:
    return element.get("id") == "hd" or any(name.endswith("Headline") for name in classes_of(element))
