"""Take the article out of a web page that was saved as HTML: its text, its headline and the date it states."""

import functools
import json
import logging
import re
from collections.abc import Iterator

from ...tables import InputError
from .decoding import decode_page
from .repairs.block_quotations import mark_blocks

# A page with its pictures inside has some megabytes, a live page some ten thousand elements. More than this is no
# article, and would keep the extractor busy for minutes; so would thousands of short elements in one paragraph.
PAGE_BYTES = 20_000_000
ELEMENTS = 50_000
INLINE = 3_000
_INLINE_TAGS = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup "
    "tt u var".split()
)
# The time to parse a tag grows with the square of its attributes. A picture inside a tag is long, and one word.
ATTRIBUTES = 2_000
_END = re.compile(r"</(?:body|html)\s{0,9}>", re.IGNORECASE)
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{10000,}")
_VALUE = re.compile(r""""[^"]*"|'[^']*'""")
# Longer descriptions of a page in JSON-LD hold no single article.
DESCRIPTION = 100_000
_WORD = re.compile(r"[^\W_]")
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate",
    "publish-date", "publish_date", "publication_date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.created",
    "sailthru.date", "parsely-pub-date", "article.published", "citation_publication_date",
)  # fmt: skip

# What hides a script from browsers of the last century.
_CDATA_OPENS = re.compile(r"(?://|/\*)? ?<!(?:\[CDATA\[|--)(?: ?\*/)?")
_CDATA_CLOSES = re.compile(r"(?://|/\*)? ?(?:\]\]|--)>(?: ?\*/)?;?\Z")

_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title")


def open_page(data: bytes, name: str):
    """The root of a page's elements; raises `InputError` for what is no page, or would take minutes to parse."""
    if len(data) > PAGE_BYTES:
        raise InputError(f"'{name}' has {len(data) / 1_000_000:,.0f} MB; {_expect()}")
    page = decode_page(data, name)
    for tag in _LONG_TAG.finditer(page):
        if (attributes := len(_VALUE.sub("", tag[0]).split())) > ATTRIBUTES:
            raise InputError(f"'{name}' has {attributes:,} words in one tag; {_expect()}")
    root = _load_extractor()[1](page)
    if root is None:
        raise InputError(f"'{name}' has no main text; {_expect()}")
    return root


def read_page(root, name: str, *, repair: bool = True) -> dict[str, object]:
    """The `text` of a page without menus, comments and tables, a line each paragraph, its `title`, its `published`.

    Title and date are what the page states in its head, not what could be gathered from its layout or address. Block
    quotations are put into marks, which is `mended`, unless `repair` is False.
    """
    elements, crowded = 0, 0
    for element in root.iter():
        elements += 1
        crowded = max(crowded, sum(child.tag in _INLINE_TAGS for child in element))
    if elements > ELEMENTS:
        raise InputError(f"'{name}' has {elements:,} elements; expected an article's page with at most {ELEMENTS:,}")
    if crowded > INLINE:
        sentence = f"'{name}' has {crowded:,} links or changes of type in one paragraph"
        raise InputError(f"{sentence}; expected an article's page with at most {INLINE:,}")
    descriptions = _take_scripts(root)
    found = {"title": _find_title(root), "published": _find_date(root, descriptions)}
    if repair and (marked := mark_blocks(root))[0]:
        found["mended"] = [("block quotations", *marked)]
    try:
        text = _load_extractor()[0](root)
    except Exception as error:  # the page is anybody's, and one that breaks the extractor must not stop the corpus
        raise InputError(f"'{name}' can't be read as a page ({type(error).__name__}); {_expect()}") from None
    if not _WORD.search(text):
        raise InputError(f"'{name}' has no main text; {_expect()}")
    return {"text": text, **found}


def _expect() -> str:
    return f"expected a page of at most {PAGE_BYTES // 1_000_000} MB with one article"


@functools.cache
def _load_extractor():
    """The extractor and the parser, loaded only for a page, since it takes most of a second."""
    import lxml.etree
    import lxml.html
    import trafilatura

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # else it prints what we say in a sentence

    def parse(page: str):
        # Like a browser, read on below these: some sites print there, and two saved pages may stand in one file.
        page = _END.sub(" ", page)
        # No network, no document types: libxml2's HTML parser knows neither entities nor includes from elsewhere.
        parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
        try:
            return lxml.html.document_fromstring(page.replace("\0", "").encode("utf-8", "replace"), parser=parser)
        except lxml.etree.LxmlError:
            return None

    def extract(root) -> str:
        document = trafilatura.bare_extraction(root, include_comments=False, include_tables=False)
        return document.text.strip() if document is not None else ""

    return extract, parse


def _take_scripts(root) -> list[object]:
    """The page's descriptions of itself in JSON-LD. Every other script and style is taken out of the page."""
    descriptions, length = [], 0
    for element in list(root.iter("script", "style")):
        source = element.text or ""
        length += len(source)
        if element.get("type", "").strip().lower() == "application/ld+json" and length <= DESCRIPTION:
            try:
                descriptions.append(_read_description(source))
                continue
            except (ValueError, RecursionError):
                pass
        element.drop_tree()
    return descriptions


def _read_description(source: str) -> object:
    """What JSON-LD says, in CDATA too, and with line ends inside strings, as browsers and search engines read it."""
    source = source.strip()
    opening = _CDATA_OPENS.match(source)
    closing = _CDATA_CLOSES.search(source, max(0, len(source) - 20))
    return json.loads(source[opening.end() if opening else 0 : closing.start() if closing else None], strict=False)


def _find_title(root) -> str | None:
    stated = _read_head(root)
    headlines = [" ".join(element.text_content().split()) for element in root.iter("h1")]
    titles = [" ".join(element.text_content().split()) for element in root.iter("title")]
    candidates = (*map(stated.get, _TITLES), *(headlines if len(headlines) == 1 else ()), *titles[:1])
    return next(filter(None, candidates), None)


def _find_date(root, descriptions: list[object]) -> str | None:
    """The date of publication in the page's head, its JSON-LD or an element marked as such; the first there is."""
    stated = _read_head(root)
    described = (one.get("datePublished") for one in _each_object(descriptions))
    marked = (element.get("datetime") for element in root.iter("time") if _is_published(element))
    candidates = (*map(stated.get, _DATES), *described, *marked)
    return next((value.strip() for value in candidates if isinstance(value, str) and value.strip()), None)


def _is_published(element) -> bool:
    return element.get("pubdate") is not None or "datepublished" in element.get("itemprop", "").lower().split()


def _read_head(root) -> dict[str, str]:
    """What the page's `meta` elements say, by their folded names; of two of the same name the first."""
    stated: dict[str, str] = {}
    for element in root.iter("meta"):
        for key in ("property", "name", "itemprop"):
            called, content = element.get(key, "").strip().lower(), element.get("content", "").strip()
            if called and content:
                stated.setdefault(called, content)
    return stated


def _each_object(descriptions: object, depth: int = 3) -> Iterator[dict]:
    """The objects of JSON-LD: alone, in a list, or in a list under `@graph`."""
    if isinstance(descriptions, list) and depth:
        for one in descriptions:
            yield from _each_object(one, depth - 1)
    elif isinstance(descriptions, dict):
        yield descriptions
        yield from _each_object(descriptions.get("@graph", []), depth - 1)
