"""See whether a file holds more than was read of it, or several articles in a form that nobody told us about."""

import re
from collections import Counter, defaultdict

from .dates import read_dates

# The longest pieces that magazines print have some 20,000 words.
LONGEST_ARTICLE = 20_000
# A caption under a picture of a gallery ("3 of 12") is shorter than an article; so is what stands between two fields.
LEAST_WORDS = 80
LEAST_DOCUMENTS = 3
# Shorter blocks of a page are menus, buttons, headlines and captions.
PROSE_WORDS = 20

_SHORT_LINE = re.compile(r"(?:\A|(?<=[\r\n]))[^\S\r\n]*(\S[^\r\n]{0,79})(?=[\r\n]|\Z)")
_OF = "of|out of|von|de|sur|di|van|af|av|z|из"
_COUNTED = re.compile(
    rf"(?:[^\W\d_]+[ .:#]{{1,3}})?\(?(\d{{1,6}})(?: ?/ ?| (?:{_OF}) )(\d{{1,6}})\)?(?:[ :.][^\W\d_ ]*)?", re.IGNORECASE
)
_FIELD = re.compile(r"([^\W\d_][\w .&/()-]{0,29}?) ?: ?(.*)")
# With its year: "© Reuters" below pictures names who took them.
_RIGHTS = re.compile(r"(?:©|\(c\)|copyright\b)[^\r\n]*?(?<!\d)(?:19|20)\d\d(?!\d)", re.IGNORECASE)

_BLOCKS = frozenset(
    "address article blockquote body center dd div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 li main ol p pre "
    "section table tbody td th tr ul".split()
)
_ASIDE = frozenset("aside button footer header nav noscript script select style template textarea title".split())
_ASIDE_NAMES = re.compile(
    r"comment|disqus|related|recommend|promo|newsletter|sidebar|footer|cookie|consent|teaser|most-?read|trending",
    re.IGNORECASE,
)


def guess_documents(text: str) -> int:
    """How many articles a text seems to hold, by marks that come again before or behind each; 0 if it seems to be one.

    A mark is a line that counts ("Record 3 of 40"), a set of fields of which one is a date, or a line of copyright with
    its year.
    """
    marks = [(match.start(), match[1].rstrip()) for match in _SHORT_LINE.finditer(text)]
    found = (_count_numbered(marks), _count_fields(marks), _list_rights(marks))
    for places in found:
        if len(places) >= LEAST_DOCUMENTS and _are_apart(text, places):
            return len(places)
    return 0


def _count_numbered(marks: list[tuple[int, str]]) -> list[int]:
    """Where lines count from 1 on, each with the same total behind it."""
    runs: dict[int, list[int]] = defaultdict(list)
    for place, line in marks:
        if (found := _COUNTED.fullmatch(line)) and int(found[1]) == len(runs[int(found[2])]) + 1 <= int(found[2]):
            runs[int(found[2])].append(place)
    return max(runs.values(), key=len, default=[])


def _count_fields(marks: list[tuple[int, str]]) -> list[int]:
    """Where a date stands behind the same word each time, if another field comes as often."""
    fields: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for place, line in marks:
        if found := _FIELD.fullmatch(line):
            fields[found[1].casefold()].append((place, found[2]))
    often = Counter(len(places) for places in fields.values())
    for places in fields.values():
        if len(places) >= LEAST_DOCUMENTS and often[len(places)] > 1:
            dates, unreadable, _ = read_dates([value for _, value in places])
            if not unreadable and len(dates) == len(places):
                return [place for place, _ in places]
    return []


def _list_rights(marks: list[tuple[int, str]]) -> list[int]:
    return [place for place, line in marks if _RIGHTS.match(line)]


def _are_apart(text: str, places: list[int]) -> bool:
    """Whether as many words as an article has stand between most of these places."""
    lengths = sorted(len(text[first:last].split()) for first, last in zip(places, places[1:], strict=False))
    return lengths[len(lengths) // 2] >= LEAST_WORDS


def count_prose(root) -> int:
    """How many words of prose a page shows: those in blocks of some length that are no menu, form or comment."""
    return sum(words for _, words in _each_block(root) if words >= PROSE_WORDS)


def guess_articles(root) -> int:
    """How many parts of a page look like articles: siblings of one kind, each with prose; 0 if none do."""
    prose: Counter = Counter()
    for block, words in _each_block(root):
        if words >= PROSE_WORDS:
            prose[block] += words
            for parent in block.iterancestors():
                prose[parent] += words
    kinds: dict[tuple, list] = defaultdict(list)
    for element, words in prose.items():
        if words >= LEAST_WORDS and element.tag in ("article", "div", "section", "table", "td", "li"):
            parent = element.getparent()
            if parent is not None:
                kinds[parent, element.tag, element.get("class", "")].append(words)
    return max((len(words) for words in kinds.values() if len(words) >= LEAST_DOCUMENTS), default=0)


def _each_block(root) -> list[tuple[object, int]]:
    """Each block of a page with the words that stand in it and in no block within it."""
    words: Counter = Counter()
    stack = [(root, root)]
    while stack:
        element, block = stack.pop()
        if not isinstance(element.tag, str) or element.tag in _ASIDE or _is_aside(element):
            continue
        inner = element if element.tag in _BLOCKS else block
        words[inner] += len((element.text or "").split())
        for child in element:
            words[inner] += len((child.tail or "").split())
            stack.append((child, inner))
    return [(block, words[block]) for block in root.iter() if block in words]


def _is_aside(element) -> bool:
    if element.tag in ("html", "body"):  # whose classes name all that a site can do
        return False
    named = f"{element.get('class', '')} {element.get('id', '')}"
    return len(named) > 1 and bool(_ASIDE_NAMES.search(named[:300]))
