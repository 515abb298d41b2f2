"""Cut the documents of Nexis Uni and Lexis+, each with "Body" and "End of Document", into their articles."""

import re

from ..dates import find_leading_date
from . import lexis_fields as fields
from .bundle import Bundle, say_cut_off
from .lines import read_lines

_ENDS = frozenset(
    "end-of-document ende-des-dokuments dokumentende fin-du-document fin-del-documento fine-del-documento "
    "fim-do-documento einde-van-document einde-van-het-document einde-document slut-pa-dokument slut-pa-dokumentet "
    "slutt-pa-dokument slutt-pa-dokumentet koniec-dokumentu".split()
)
_BODIES = frozenset(
    "body textkorper haupttext hauptteil text corps corps-du-texte corps-du-document texte cuerpo cuerpo-del-texto "
    "texto corpo corpo-do-texto corpo-del-testo testo hoofdtekst tekst brodtekst brodtext tresc".split()
)
_CLASSIFICATIONS = frozenset(
    "classification klassifizierung klassifikation clasificacion classificazione classificacao classificatie "
    "klassifikation klassificering klassifisering klasyfikacja".split()
)
_ALONE = sorted({name.replace("-", " ") for name in _ENDS | _BODIES} | {"slut på dokument", "textkörper", "brödtext"})
_LENGTHS = sorted(name for name, purpose in fields.ABOVE.items() if purpose == "length")
# One of these lines stands in every download.
_MARK = re.compile(
    rf"^[^\S\n]*+(?:(?:{'|'.join(_ALONE)})[^\S\n]*$|(?:{'|'.join(_LENGTHS)}|länge)\s?:\s{{0,3}}\d)",
    re.IGNORECASE | re.MULTILINE,
)
# On the cover: "Documents (10)".
_COUNT = re.compile(r"(?:document(?:s|os|i|en)?|dokument(?:e|en|er|y|ów)?)\s?\((\d{1,6})\)", re.IGNORECASE)
_LIST = re.compile(rf"^[^\S\n]*+{_COUNT.pattern}[^\S\n]*$", re.IGNORECASE | re.MULTILINE)
_LISTED = re.compile(r"^[^\S\n]*+(\d{1,6})\. [^\n]*\n[^\S\n]*+[\w/ ]{2,40}:\s", re.MULTILINE)
_COVER_FIELD = re.compile(r"[\w/ ]{2,40}:\s")
# What a cover says of the search, and its list of contents.
_COVER = re.compile(r"(?:\d{1,5}\. |[\w/ ]{2,40}:\s)")
_YEAR = re.compile(r"\b(?:19|20)\d{2}$")
# So many lines with words stand between a title and the body at most.
_HEAD = 40


def cut_text(text: str) -> Bundle | None:
    """The articles of a download, a paragraph a line; None for any other text."""
    if not _MARK.search(text):
        return _find_list(text)
    lines = [line.strip() for line in text.split("\n")]
    names = [fields.fold_name(line) if 2 <= len(line) <= 40 else "" for line in lines]
    ends = [place for place, name in enumerate(names) if name in _ENDS] or _guess_ends(lines, names)
    if not ends and not _is_whole(lines):
        return None
    articles, empty, n_known, unread = [], [], 0, 0
    spans = zip([0, *(end + 1 for end in ends)], [*ends, len(lines)], strict=True)
    for number, (start, end) in enumerate(spans, 1):
        body = _find_body(lines[start:end], names[start:end])
        if body is None and start and end == len(lines):  # what stands behind the last mark
            unread = sum(len(line.split()) for line in lines[start:])
            continue
        article = _read_document(lines[start:end], names[start:end], body)
        article["is_closed"] |= end < len(lines)
        n_known += body is not None
        if re.search(r"[^\W_]", article["text"]):
            articles.append(article | {"number": number})
        else:
            empty.append(number)
    if not n_known:
        return None
    counted = sum(int(found[1]) for line in lines if len(line) < 40 and (found := _COUNT.fullmatch(line)))
    problems = [*fields.say_empty(empty), *fields.say_missing(articles), *say_cut_off(articles)]
    if unread >= fields.LEAST_SAID:
        problems.append(f"{unread:,} words behind the last document were not read")
    return Bundle("Nexis Uni", articles, counted or None, problems)


def cut_page(root) -> Bundle | None:
    """The articles of a download that was saved as a page, or sent by e-mail; None for any other page."""
    content = root.text_content().casefold()
    if not any(name in content for name in (*_ALONE, *_LENGTHS)):
        return None
    return cut_text("\n".join(read_lines(root)))


def _find_list(text: str) -> Bundle | None:
    """A list of contents that lies alone beside the documents, each a file of its own; None for any other text.

    Above it stand only fields (who asked, when), and below each title how it was searched for.
    """
    found = _LIST.search(text[:20_000])
    above = [line.strip() for line in text[: found.start()].split("\n") if line.strip()] if found else []
    if len(above) < 2 or not all(map(_COVER_FIELD.match, above)):
        return None
    listed = [int(title[1]) for title in _LISTED.finditer(text)]
    if not listed or listed != list(range(1, int(found[1]) + 1)):
        return None
    return Bundle("Nexis Uni", [], None, notes=[f"a list of {len(listed):,} documents, which is no article"])


def _guess_ends(lines: list[str], names: list[str]) -> list[int]:
    """Where documents end in a language that we do not know: at the file's last line, if each length has one behind."""
    last = next((name for line, name in zip(reversed(lines), reversed(names), strict=True) if line), "")
    ends = [place for place, name in enumerate(names) if name == last] if last else []
    return ends if len(ends) == _count_lengths(lines) > 1 else []


def _is_whole(lines: list[str]) -> bool:
    """Whether a text without a mark at its end is one article, with fields above and below its body."""
    found = (fields.read_field(line) for line in lines)
    return any(field[1] in fields.BELOW for field in found if field) and _count_lengths(lines) == 1


def _count_lengths(lines: list[str]) -> int:
    """How many lines say how many words an article has."""
    found = (fields.read_field(line) for line in lines)
    return sum(fields.ABOVE.get(field[1]) == "length" and bool(fields.count_said(field[2])) for field in found if field)


def _find_body(lines: list[str], names: list[str]) -> int | None:
    """The line "Body" below the fields, or what stands for it in a language that we do not know: a word alone."""
    last, n_behind = None, 0
    for place, line in enumerate(lines):
        if _is_above(line) or (line[:1] in "CcAaTt©(" and fields.is_rights(line)):
            last, n_behind = place, 0
        elif last is not None and line:
            n_behind += 1
            if names[place] in _BODIES or (n_behind == 1 and line.isalpha() and not any(lines[place + 1 : place + 2])):
                return place
            if n_behind > _HEAD:
                break
    return last


def _is_above(line: str) -> bool:
    field = fields.read_field(line)
    return field is not None and field[1] in fields.ABOVE


def _read_document(lines: list[str], names: list[str], body: int | None) -> dict:
    """The article of these lines, whose body begins below that line."""
    article: dict = {"said": None}
    if body is None:  # no field at all
        return article | {"text": fields.join_body(lines), "is_closed": False}
    above = [place for place in range(body + 1) if lines[place]][-_HEAD:]
    labels = [place for place in above if _is_above(lines[place])]
    rights = [place for place in above if fields.is_rights(lines[place])]
    _name_article(lines, above, min([*labels, *rights, body]), min([*labels, body]), article)
    standfirst = _read_above(lines[min([*labels, body]) : body + (body in labels)], article)
    below = _find_below(lines, names, body + 1)
    for line in lines[below:]:
        if (field := fields.read_field(line)) and fields.BELOW.get(field[1]) == "language":
            article["language"] = field[2].split(";")[0].strip()
    article["is_closed"] = below < len(lines)
    article["text"] = fields.join_body([*standfirst, *lines[body + 1 : below]])
    return article


def _name_article(lines: list[str], above: list[int], first: int, label: int, article: dict) -> None:
    """Title, outlet and date, which stand in this order above the fields, the first of which is a line of rights."""
    dated = next((place for place in reversed(above) if place < label and find_leading_date(lines[place])), None)
    if dated is None:
        top = [place for place in above if place < first]
        last = next((place for place in reversed(top) if _YEAR.search(lines[place][:40])), None)
        if last is not None and len(top) > 2 and last == top[-1]:  # "Winter 2012", which is no day
            article["published"], top = lines[last], top[:-1]
    else:
        top = [place for place in above if place < dated]
        article["published"] = find_leading_date(lines[dated])
    top = [place for place in top if lines[place].casefold() != "correction appended"]
    if not top:
        return
    article["outlet"] = fields.name_outlet(lines[top[-1]])
    title = top[:-1]
    if any(_COVER.match(lines[place]) for place in title):  # of what stands above only the paragraph next to it
        title = title[-1:]
    article["title"] = " ".join(dict.fromkeys(lines[place] for place in title)) or None  # a PDF repeats it as its head


def _read_above(lines: list[str], article: dict) -> list[str]:
    """Read the fields above a body; the paragraphs of the standfirst that is one of them."""
    values: dict[str, list[str]] = {}
    purpose = "other"
    for line in filter(None, lines):
        field = fields.read_field(line)
        is_field = field is not None and field[1] in fields.ABOVE
        purpose = fields.ABOVE[field[1]] if is_field else purpose
        values.setdefault(purpose, []).append(field[2] if is_field else line)
    article["byline"] = " ".join(values.get("byline", [])) or None
    article["said"] = fields.count_said(" ".join(values.get("length", [])))
    standfirst, address = fields.take_address("\n".join(values.get("highlight", [])))
    if address:
        article["url"] = address
    return standfirst.split("\n") if standfirst else []


def _find_below(lines: list[str], names: list[str], start: int) -> int:
    """Where the fields below a body begin."""
    places = [place for place in range(start, len(lines)) if lines[place]]
    heading = next((place for place in reversed(places) if names[place] in _CLASSIFICATIONS), None)
    kinds = [_kind_of(lines[place], names[place], heading) for place in places]
    if heading is not None:
        kinds = kinds[: places.index(heading) + 1]
    below = fields.find_below(kinds)
    return places[below] if below < len(kinds) else len(lines)


def _kind_of(line: str, name: str, heading: int | None) -> str:
    if name in _CLASSIFICATIONS:
        return "below"
    if name in fields.LONG:
        return "long"
    if not (field := fields.read_field(line)):
        return ""
    if field[1] in fields.BELOW:  # with a heading below it, "Language: French" may be a line about a film
        return "below" if heading is None else "with"
    return "with" if field[1] in fields.WITH_THEM and fields.is_index(field[2]) else "unknown"
