"""Articles in XML: TEI, trafilatura's own, NITF and NewsML of the news agencies, and a list of records."""

import re

from ....tables import InputError
from ..formats import Choose, Records
from .feeds import is_feed, read_feed
from .trees import attribute_of, find_child, find_children, name_of, text_of

_EXPECTED = (
    "RSS, Atom, TEI, NITF, NewsML, trafilatura's XML, an export of Factiva, or a list of records with a text each"
)
# Which trafilatura writes behind the name of the site.
_HOST = re.compile(r"(?<=\S) \([\w-]+(?:\.[\w-]+)+\)$")
_BLOCKS = {"p", "head", "ab", "l", "item", "hl1", "hl2", "li", "cell", "h1", "h2", "h3", "h4", "quote", "code"}
_APART = {"note", "figure", "fw", "graphic", "media", "comments", "fn", "script", "style"}


def read_tree(root, name: str, log) -> list[tuple[int, dict]] | None:
    """The articles of an XML document, as records by our names; None for a form that is not known."""
    kind = name_of(root)
    if is_feed(root):
        return read_feed(root, name, log)
    if kind in ("TEI", "TEI.2", "teiCorpus"):
        articles = [each for each in root.iter() if name_of(each) in ("TEI", "TEI.2")]
        return [(number, _read_tei(each)) for number, each in enumerate(articles, 1)]
    if kind == "doc" or (kind in ("corpus", "collection") and find_child(root, "doc") is not None):
        articles = [root] if kind == "doc" else find_children(root, "doc")
        if any(find_child(each, "main") is not None for each in articles):
            return [(number, _read_trafilatura(each)) for number, each in enumerate(articles, 1)]
    for wanted, read in (("nitf", _read_nitf), ("newsItem", _read_news_item)):
        articles = [each for each in root.iter() if name_of(each) == wanted]
        if articles:
            return [(number, read(each)) for number, each in enumerate(articles, 1)]
    return None


def read_list(root, name: str, choose: Choose) -> Records:
    """The children of one name as the rows of a table, and what they hold and are marked with as its columns."""
    unknown = InputError(
        f"'{name}' is XML of a form that is not known (its first element is '{name_of(root)}'); expected {_EXPECTED}"
    )
    while len(root) == 1 and len(root[0]) and len(root[0][0]):  # <export><articles><article>…
        root = root[0]
    kinds = {name_of(child) for child in root}
    if len(kinds) != 1 or not any(len(child) for child in root):
        raise unknown
    rows = []
    for child in root:
        row: dict[str, str] = {key: value for key, value in child.attrib.items() if not key.startswith("{")}
        for field in child:
            said = _read_blocks(field) if len(field) else text_of(field)
            row[name_of(field)] = f"{row[name_of(field)]}\n{said}" if name_of(field) in row else said
        rows.append(row)
    try:
        chosen = choose(list(dict.fromkeys(key for row in rows for key in row)))
    except InputError:
        raise unknown from None
    return [(number, {ours: row.get(theirs) for ours, theirs in chosen.items()}) for number, row in enumerate(rows, 1)]


def _read_tei(tei) -> dict:
    header, text = find_child(tei, "teiHeader"), _find(tei, "text")
    source = _find(header, "sourceDesc")
    body = _find(text, "body")
    date = _find(source, "date")
    date = _find(header, "date") if date is None else date
    publisher = _say(_find(source, "publisher")) or _say(_find(_find(header, "publicationStmt"), "publisher"))
    return {
        "title": _say(_find(_find(header, "titleStmt"), "title")) or _say(_find(source, "title")),
        "text": _read_blocks(text if body is None else body),
        "byline": _say(_find(_find(header, "titleStmt"), "author")) or _say(_find(source, "author")),
        "published": None if date is None else date.get("when") or date.get("when-iso") or _say(date),
        "outlet": _HOST.sub("", publisher) if publisher else None,
        "url": _read_target(source),
        "language": text.get("{http://www.w3.org/XML/1998/namespace}lang") if text is not None else None,
    }


def _read_target(source) -> str | None:
    """An address in the description of the source: as a link, or in words."""
    if source is None:
        return None
    for element in source.iter():
        for said in (element.get("target"), element.text if name_of(element) in ("ref", "ptr", "idno") else None):
            if said and said.strip().startswith(("http://", "https://")):
                return said.strip()
    return None


def _read_trafilatura(doc) -> dict:
    return {
        "title": doc.get("title"),
        "text": _read_blocks(find_child(doc, "main")),
        "byline": doc.get("author"),
        "published": doc.get("date"),
        "outlet": doc.get("sitename") or doc.get("hostname"),
        "url": doc.get("source") or doc.get("url"),
        "language": doc.get("language"),
    }


def _read_nitf(nitf) -> dict:
    head, body = find_child(nitf, "head"), find_child(nitf, "body")
    above = _find(body, "body.head")
    content = _find(body, "body.content")
    issued = _find(head, "date.issue")
    publication = _find(head, "pubdata")
    byline = _find(above, "byline")
    return {
        "title": _say(_find(above, "hl1")) or _say(_find(head, "title")),
        "text": _read_blocks(body if content is None else content),
        "byline": _say(byline),
        "published": _norm(issued) or (None if publication is None else publication.get("date.publication")),
        "outlet": None if publication is None else publication.get("name"),
        "url": None if publication is None else publication.get("ex-ref"),
    }


def _norm(issued) -> str | None:
    return None if issued is None else issued.get("norm")


def _read_news_item(item) -> dict:
    meta, content = _find(item, "contentMeta"), _find(item, "contentSet")
    created = _find(meta, "contentCreated")
    sent = _find(_find(item, "itemMeta"), "versionCreated")
    body = _find(content, "body")
    provider = _find(_find(item, "itemMeta"), "provider")
    return {
        "title": _say(_find(meta, "headline")),
        "text": _read_blocks(content if body is None else body),
        "byline": _say(_find(meta, "by")),
        "published": _say(created) or _say(sent),
        "outlet": (_say(_find(provider, "name")) or attribute_of(provider, "literal"))
        if provider is not None
        else None,
        "url": None,
    }


def _read_blocks(element) -> str:
    """The paragraphs of an element, one a line; what is set apart from the text is none."""
    if element is None:
        return ""
    lines, words = [], []

    def end_line() -> None:
        line = re.sub(r"\s+", " ", "".join(words)).strip()
        words.clear()
        if line:
            lines.append(line)

    def read(node) -> None:
        kind = name_of(node)
        is_block = kind in _BLOCKS or kind in ("lb", "br")
        if is_block:
            end_line()
        if kind not in _APART:
            words.append(node.text or "") if kind else words.append(text_of(node))
            for child in node:
                read(child)
                words.append(child.tail or "")
        if is_block:
            end_line()

    read(element)
    end_line()
    return "\n".join(lines)


def _find(element, wanted: str):
    """The first element of this name within another; None without one, or without the other."""
    return None if element is None else next((each for each in element.iter() if name_of(each) == wanted), None)


def _say(element) -> str | None:
    return None if element is None else " ".join(text_of(element).split()) or None
