"""Read a feed, RSS or Atom, as a table of its entries."""

from .trees import find_child, find_children, name_of, text_of

# Longer than what a feed shows of an article that stands elsewhere.
TEASER_WORDS = 100
_ENTRIES = ("item", "entry")
_TEXTS = ("encoded", "content", "description", "summary")
_DATES = ("pubDate", "published", "date", "issued", "updated", "modified")


def is_feed(root) -> bool:
    return name_of(root) in ("rss", "RDF", "feed") and bool(list(_each_entry(root)))


def read_feed(root, name: str, log) -> list[tuple[int, dict]]:
    """The entries of a feed, of which each is an article by the feed that holds it, unless it names another source."""
    channel = find_child(root, "channel")
    channel = root if channel is None else channel
    outlet = _read(channel, "title")
    records, short = [], 0
    for number, entry in enumerate(_each_entry(root), 1):
        text, is_teaser = _read_content(entry)
        short += is_teaser
        source = find_child(entry, "source")
        named = None if source is None else _read(source, "title") or " ".join(text_of(source).split())
        records.append(
            (
                number,
                {
                    "title": _read(entry, "title"),
                    "text": text,
                    "url": _read_link(entry),
                    "published": next(filter(None, (_read(entry, date) for date in _DATES)), None),
                    "outlet": named or outlet,
                    "byline": _read(entry, "creator") or _read_author(entry),
                },
            )
        )
    if short:
        what = "1 entry" if short == 1 else f"{short} entries"
        has = "has" if short == 1 else "have"
        sentence = f"{what} of the feed '{name}' {has} no more than a teaser of at most {TEASER_WORDS} words"
        log.problem(name, f"{sentence}; expected whole articles, which few feeds hold")
    return records


def _each_entry(root):
    for parent in (root, *find_children(root, "channel")):  # RSS 1.0 has its entries beside the channel
        yield from find_children(parent, *_ENTRIES)


def _read_content(entry) -> tuple[str | None, bool]:
    """The longest text of an entry, and whether it is only what makes one want to read the article."""
    texts = []
    for child in find_children(entry, *_TEXTS):
        if name_of(child) == "content" and child.get("type", "").startswith(("image", "video", "audio")):
            continue
        has_elements = len(child) > 0 and child.get("type") == "xhtml"
        texts.append((_read_elements(child) if has_elements else text_of(child), name_of(child)))
    text, kind = max(texts, key=lambda found: len(found[0]), default=(None, ""))
    is_teaser = text is not None and kind in ("description", "summary") and len(text.split()) <= TEASER_WORDS
    return text, is_teaser


def _read_elements(element) -> str:
    """Markup that stands in the feed as such, written out as it would be in a cell."""
    import lxml.etree

    return "".join(lxml.etree.tostring(child, encoding="unicode", with_tail=True) for child in element)


def _read(element, wanted: str) -> str | None:
    found = find_child(element, wanted)
    return None if found is None else " ".join(text_of(found).split()) or None


def _read_author(entry) -> str | None:
    author = find_child(entry, "author")
    return None if author is None else _read(author, "name") or " ".join(text_of(author).split()) or None


def _read_link(entry) -> str | None:
    """The address of the article itself: Atom's links may lead to its comments, or to the feed."""
    for link in find_children(entry, "link"):
        if link.get("rel", "alternate") == "alternate":
            address = (link.get("href") or text_of(link)).strip()
            if address:
                return address
    return None
