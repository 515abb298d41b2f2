"""Find what stands in an article's text and is not its prose: date headers, credits, headlines, site furniture.

Left in, these are what a word comparison finds first: photo credits become an outlet's "distinctive words", and a
headline that a page prints three times becomes its framing.
"""

import re
from collections import Counter
from functools import lru_cache, partial
from pathlib import Path

import pandas as pd

from ..tables import ARTEFACTS, make_table, need_articles
from .furniture import (
    encode_texts,
    find_rights,
    find_suspects,
    inserts_of,
    is_biography,
    kind_of_furniture,
    may_be_furniture,
    phrases_of,
)
from .lines import STOPS, ends_prose, fold_line, read_lines, skip_space, spaced_words
from .parallel import map_articles
from .repeated import find_repeated_lines, outlets_of

# The longest of each in words: a headline with its deck, a line between paragraphs, a caption of three sentences.
HEADLINE_WORDS, SUBHEAD_WORDS, CAPTION_WORDS = 25, 12, 60

_AGENCIES = {
    "reuters": "Reuters", "ap": "AP", "associated press": "AP", "the associated press": "AP", "afp": "AFP",
    "agence france-presse": "AFP", "tass": "TASS", "upi": "UPI", "pti": "PTI", "ani": "ANI", "ians": "IANS",
    "dpa": "dpa", "xinhua": "Xinhua", "efe": "EFE", "ansa": "ANSA", "kyodo": "Kyodo", "yonhap": "Yonhap",
    "interfax": "Interfax", "ria novosti": "RIA Novosti", "sputnik": "Sputnik", "anadolu": "Anadolu",
    "pa media": "PA Media", "press association": "PA Media", "bloomberg": "Bloomberg", "agencies": "agencies",
}  # fmt: skip
_AGENCY = "(?i:" + "|".join(sorted(map(re.escape, _AGENCIES), key=len, reverse=True)) + ")"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|{_MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}})"
_CLOCK = r"(?:[ T,]+\d{1,2}:\d{2}(?::\d{2})?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:[A-Z]{2,4})?)?"

_HEADER = re.compile(rf"date:?\s+(?P<day>{_DAY})(?=\s|$)", re.IGNORECASE)
_DATE_LINE = re.compile(
    rf"(?:(?:first |last )?(?:published|updated|posted|modified|date)\s*(?:on|at)?\s*:?\s*)?(?P<day>{_DAY}){_CLOCK}",
    re.IGNORECASE,
)
_PLACE = r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}"
_CAPITALS = r"[A-Z][A-Z.'’-]{2,}(?: [A-Z][A-Z.'’-]*){0,3}"
_KNOWN_PLACES = (Path(__file__).parents[1] / "data" / "dateline_places.txt").read_text(encoding="utf-8").split("\n")
_KNOWN = (
    "(?:" + "|".join(re.escape(name) for place in filter(None, _KNOWN_PLACES) for name in (place, place.upper())) + ")"
)
_MONTH_DAY = rf"{_MONTH} \d{{1,2}}(?:, \d{{4}})?"
_DATELINE_ALONE = re.compile(rf"{_KNOWN}(?:, {_PLACE})?|{_PLACE}, {_MONTH_DAY}")
# A name and a colon may be a speaker or a label (`Putin: We`, `Analysis: Why`), so a place that stands alone must be
# known, have its region or day beside it, or an agency.
_DATELINE = re.compile(
    rf"(?:{_PLACE}(?:/{_PLACE})?(?:, {_PLACE})?(?:, {_MONTH_DAY})?"
    rf"\s*\((?:{_AGENCY})(?:/{_AGENCY})*\)\s*[-–—:]{{1,2}}\s*"
    rf"|(?:{_PLACE}(?:/{_PLACE})?(?:, {_PLACE})?, {_MONTH_DAY}|{_CAPITALS}, {_PLACE}|{_KNOWN}(?:, {_PLACE})?)"
    r"(?:\s*\([\w /.-]{2,30}\))?(?:\s*:|\s+[-–—]{1,2})\s+)(?=[\"“‘'A-Z0-9])"
)
_IN_DATELINE = re.compile(rf"\(({_AGENCY})\b", re.IGNORECASE)
_SIGNED = re.compile(
    rf"(?:^|(?<=[.!?\"”’')])\s*)(?:[—–-]+\s*)?[(\[]?({_AGENCY})(?:\s*[/,&]\s*{_AGENCY})*[)\]]?\.?$", re.IGNORECASE
)
_CREDIT_AT_START = re.compile(
    r"(?:image|photo|picture|video|graphic|illustration|photograph)s?\s*(?:credits?\b|by\b|courtesy|source|via\b|:)"
    r"|photographer:",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"^by (?-i:[A-Z][\w.’'-]+ [A-Z])|\bphoto via\b|\bgetty images\b|\bap photo\b|reuters/[a-z]"
    r"|(?:/|\bvia |© ?)(?:ap|afp|reuters|epa|getty)\b",
    re.IGNORECASE,
)
_CREDIT_AT_END = re.compile(
    r"(?:reuters/[\w .'’-]{3,40}|\(?ap photo/[\w .'’-]{3,40}\)?"
    r"|(?:photo(?:graph)?|pool|image)s?(?: via| by|:) [\w .'’/-]{2,40}"
    r"|(?:via|/)\s?(?:ap|afp|reuters|epa|getty images)\)?|getty images\)?|/(?:ap|afp|epa|getty))$",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"(?:file (?:photo|picture|image)|caption)\b|file\s[-–—]|pictured(?: here)?:", re.IGNORECASE)
_BOILERPLATE = re.compile(
    r"click here\b|sign up (?:for|to)\b|subscribe (?:to|now|here)\b|read (?:more|also|next|full)\b|also read\b"
    r"|(?:related|more|see also):|advertisement$|share this|listen to (?:this )?article|follow (?:us|@)|let our news"
    r"|download (?:the|our) .{0,20}app\b|©|copyright\s*(?:©|\(c\)|\d{4})|get (?:the|our) .{0,30}newsletter"
    r"|have a (?:news )?tip|.{0,200}\ball rights reserved\b|our standards: "
    r"|this (?:article|story) was originally published"
    r"|[(\[](?:additional )?(?:reporting|writing|editing) by\b"
    r"|(?:additional )?(?:reporting|writing|editing) by (?-i:[A-Z])[^.!?]*$",
    re.IGNORECASE,
)
# The first four letters of all that the patterns of captions, credits and boilerplate can match, folded, and the last
# two of an agency's name: most lines need no search.
_OPENINGS = frozenset(
    "imag|phot|pict|vide|grap|illu|file|capt|clic|sign|subs|read|also|rela|more|adve|shar|list|foll|down|copy|have"
    "|this|addi|repo|writ|edit|(add|(rep|(wri|(edi|[add|[rep|[wri|[edi|see |let |get |our ".split("|")
)
_CAPITALS_AT_END = re.compile(r"(?<=[.!?\"”])\s+(?P<subhead>['‘\"“]?(?:[A-Z][A-Z’'-]+[ ,]+)+[A-Z][A-Z’'-]+['’\"”]?)$")
_NOT_A_TITLE = re.compile(r"^(?:[-•*–—·]|\d+[.)]\s)|[,;:—–-]$|[.!?…][\"”’')\]]*$|[a-z]{2}[.!?][\"”’')]*\s")
_NAMES = tuple(_AGENCIES)
_LAST_LETTERS = frozenset(a + b for *_, x, y in _AGENCIES for a in (x, x.upper()) for b in (y, y.upper()))
_SIGNED_ENDS = frozenset((end + mark)[-3:] for end in _LAST_LETTERS for mark in (".", ")", "]", ").", "]."))
# What a line without a full stop must hold, folded, to be searched for a credit, unless it begins with "by "; to an
# expression that ignores case, the Turkish letters are an i.
_CREDIT_HINTS = ("/", "photo", "image", "via", "pool", "©", "\u0131", "i\u0307")
_LONGEST = 400  # characters; a longer line is prose whatever it says
_LONGEST_CREDIT = 80  # at its end
# Only the shape of a line, or that it stands twice, tells these, so they are taken back where they would leave an
# article without prose.
_BY_SHAPE = ("headline", "repeated_headline", "subhead")
# Who the author is stands at the very end.
_LAST_LINES = 3
# A date further down belongs to something else on the page.
_HEAD = 1_000


def find_artefacts(articles: pd.DataFrame) -> pd.DataFrame:
    """What in each text is not the article's prose?

    Kinds: `date_header`, `dateline`, `credit` (of a picture, or a byline), `caption`, `agency` (a sign-off such as
    `— Reuters`), `headline` (one before the prose; another inside the text begins a second story),
    `repeated_headline`, `subhead` and `boilerplate` (phrases of web pages, and short lines that stand in at least 5
    and 1 % of an outlet's articles, 20 % if they end like a sentence). Nothing is removed from the text: pass an empty
    table instead of this one to keep everything. The rules read layout and wording of English news pages; they know
    nothing of meaning and will miss furniture they have not seen.

    Columns: `article, start, end, kind, text`, never overlapping, in order of the articles and of the text.

    >>> page = "Leaders meet\\n\\nPARIS (AFP) - They met. — AFP\\nImage Credit: AFP"
    >>> find_artefacts(pd.DataFrame({"article": ["a"], "text": [page]}))
      article  start  end      kind               text
    0       a      0   12  headline       Leaders meet
    1       a     14   27  dateline      PARIS (AFP) -
    2       a     38   43    agency              — AFP
    3       a     44   61    credit  Image Credit: AFP
    """
    need_articles(articles, "text", verb="find_artefacts")
    columns = [column for column in ("article", "outlet", "title", "text") if column in articles]
    return map_articles(find_artefacts_beside, articles[columns], survey=partial(find_repeated_lines, articles))


def find_artefacts_beside(articles: pd.DataFrame, repeated: dict[str, frozenset[str]]) -> pd.DataFrame:
    """Like `find_artefacts`, in a part of a corpus all of which was searched for `repeated` lines."""
    titles = articles["title"].fillna("").tolist() if "title" in articles else [""] * len(articles)
    texts = articles["text"].fillna("")
    encoded = encode_texts(texts)
    suspects, rights = find_suspects(encoded), find_rights(encoded)
    of_article = zip(
        articles["article"].tolist(), outlets_of(articles), titles, texts.tolist(), suspects, rights, strict=True
    )
    rows = [
        (article, start, end, kind, text[start:end])
        for article, outlet, title, text, phrases, reserved in of_article
        for start, end, kind in _find_in_text(text, title, repeated.get(outlet, frozenset()), phrases, reserved)
    ]
    return make_table(ARTEFACTS, rows)


def find_header_date(text: str) -> str | None:
    """The day that a header before the prose gives, as it is printed there; None if there is none."""
    headers = (text[start:end] for start, end, kind in _scan(text) if kind == "date_header" and start < _HEAD)
    return next((re.search(_DAY, header, re.IGNORECASE).group() for header in headers), None)


def find_headline(text: str) -> str | None:
    """The headline before the prose; None if the text opens without one."""
    done = 0
    for start, end, kind in _scan(text):
        if text[done:start].strip():
            return None
        if kind == "headline":
            return text[start:end]
        done = end
    return None


def find_agency(text: str) -> str | None:
    """The agency that signs the text, in its dateline or at its end; a photo credit signs no text."""
    patterns = {"agency": _SIGNED, "dateline": _IN_DATELINE}
    for start, end, kind in _scan(text):
        match = kind in patterns and patterns[kind].search(text[start:end])
        if match:
            return _AGENCIES[match[1].lower()]
    return None


@lru_cache(maxsize=4)  # the reader asks for the date, the headline and the agency of one text after another
def _scan(text: str) -> tuple[tuple[int, int, str], ...]:
    return tuple(_find_in_text(text, "", frozenset(), phrases_of(text), rights=True))


def _find_in_text(
    text: str, title: str, repeated: frozenset[str], phrases: tuple[str, ...] | None, rights: bool
) -> list[tuple[int, int, str]]:
    """start, end and kind of every artefact of one text; `phrases` are those that `find_suspects` found in it, `rights`
    whether `find_rights` did."""
    suspect, phrases = phrases is not None, phrases or ()
    lines, printed = read_lines(text)
    found = _cut_header(text, lines, printed)
    # Whatever is compared with a line is as short as a title.
    folds = [fold_line(line) if len(line) <= _LONGEST and line.count(" ") < HEADLINE_WORDS else "" for line in printed]
    titles = _repeated(folds) | ({fold_line(title)} - {""})
    prose, seen, shape_words, in_prose, after_prose = [], set(), 0, False, True
    for position, ((start, end), line, fold) in enumerate(zip(lines, printed, folds, strict=True)):
        kind, ends = None, line.endswith(STOPS) or ends_prose(line)
        signed = (line[-3:] in _SIGNED_ENDS or line[-2:] in _LAST_LETTERS) and _may_be_signed(line)
        if fold in repeated:
            kind = "boilerplate"
        elif fold in seen:
            kind = "repeated_headline"
        elif end - start <= _LONGEST:
            opens = line[:4].casefold() in _OPENINGS or line[0] == "©"
            if opens or signed or rights or not ends:  # few lines
                kind = _kind_of_line(line, opens or rights, signed, in_prose, ends)
            if kind is None and (phrases or may_be_furniture(line)):
                kind = kind_of_furniture(line, phrases)
            if fold and kind is None:
                if not in_prose and fold in titles and spaced_words(line) <= HEADLINE_WORDS:
                    kind = "headline"
                elif after_prose and not ends and position + 1 < len(lines):
                    next_start, next_end = lines[position + 1]
                    if _looks_like_title(line, in_prose, text[next_start]):
                        kind = "subhead" if in_prose and not _DATELINE.match(text, next_start, next_end) else "headline"
                        shape_words += spaced_words(line)
            if kind is None and in_prose and position >= len(lines) - _LAST_LINES and is_biography(line):
                kind = "credit"
        elif phrases:
            kind = kind_of_furniture(line, phrases)
        if kind in _BY_SHAPE and fold in titles:
            shape_words += spaced_words(line) if kind == "repeated_headline" else 0
            seen.add(fold)
        if kind:
            found.append((start, end, kind))
            in_prose = in_prose and kind != "headline"  # a headline inside the text opens a second story
            after_prose = True
        else:
            parts = [] if in_prose and ends and not signed else _parts_of_prose(line, signed, in_prose, ends)
            if suspect and (inserts := inserts_of(line)):
                parts = _join_parts(parts, inserts)
            if parts:
                found += [(start + first, start + last, part) for first, last, part in parts]
            in_prose, after_prose = True, ends or bool(parts)
            prose.append(line)
    if shape_words > 2 * len(prose) and shape_words > 2 * sum(map(spaced_words, prose)):
        found = [row for row in found if row[2] not in _BY_SHAPE]
    return sorted(found)


def _cut_header(text: str, lines: list[tuple[int, int]], printed: list[str]) -> list[tuple[int, int, str]]:
    """The date that opens the first line, which loses it."""
    header = _HEADER.match(text, *lines[0]) if lines else None
    if header is None:
        return []
    start, end = skip_space(text, header.end(), lines[0][1]), lines[0][1]
    lines[:1], printed[:1] = ([(start, end)], [text[start:end]]) if start < end else ([], [])
    return [(*header.span(), "date_header")]


def _kind_of_line(line: str, worded: bool, signed: bool, in_prose: bool, ends: bool) -> str | None:
    """The kind of a line that its wording gives away: `worded` if it may be that of a caption, a credit or boilerplate,
    `signed` if an agency may sign it, `ends` if it ends like a sentence."""
    words = spaced_words(line)
    if words > CAPTION_WORDS:
        return None
    if worded and _CAPTION.match(line):
        return "credit" if words <= SUBHEAD_WORDS else "caption"
    if worded and _BOILERPLATE.match(line):
        return "boilerplate"
    short = words <= SUBHEAD_WORDS
    if short and signed and _SIGNED.fullmatch(line):
        return "agency"
    if short and worded and _CREDIT_AT_START.match(line):
        return "credit"
    if ends:
        return None
    if short and _DATE_LINE.fullmatch(line):
        return "date_header"
    if short and not in_prose and _DATELINE_ALONE.fullmatch(line):
        return "dateline"
    searched = (line if short else line[-_LONGEST_CREDIT:]).casefold()
    if not (searched.startswith("by ") or any(hint in searched for hint in _CREDIT_HINTS)):
        return None
    if _CREDIT_AT_END.search(line[-_LONGEST_CREDIT:]):
        return "credit" if short else "caption"
    if short and _CREDIT.search(line):
        return "credit"
    return None


def _parts_of_prose(line: str, signed: bool, in_prose: bool, ends: bool) -> list[tuple[int, int, str]]:
    """start, end and kind of the artefacts at the ends of a line of prose."""
    parts = []
    if not in_prose and (dateline := _DATELINE.match(line)):
        parts.append((0, len(dateline.group().rstrip()), "dateline"))
    tail = max(0, len(line) - 120)
    if signed and (agency := _SIGNED.search(line, tail)):
        parts.append((skip_space(line, agency.start(), len(line)), len(line), "agency"))
    elif not ends and line.rstrip("'’\"”")[-1:].isupper() and (capitals := _CAPITALS_AT_END.search(line[tail:])):
        parts.append((skip_space(line, tail + capitals.start(), len(line)), len(line), "subhead"))
    return parts


def _may_be_signed(line: str) -> bool:
    """Whether what a line ends with may be an agency's name."""
    ending = line[-30:].lower().rstrip(".)]")
    return ending.endswith(_NAMES) or not ending.isascii()


def _join_parts(parts: list[tuple[int, int, str]], inserts: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """All inserts, and the parts that overlap none of them."""
    return [part for part in parts if not any(part[0] < end and start < part[1] for start, end, _ in inserts)] + inserts


def _looks_like_title(line: str, in_prose: bool, following: str) -> bool:
    """A short line without a full stop, before a line that begins like a sentence, with the letter `following`."""
    return (
        1 < spaced_words(line) <= (SUBHEAD_WORDS if in_prose else HEADLINE_WORDS)
        and not following.islower()
        and not line[:1].islower()
        and not _NOT_A_TITLE.search(line)
    )


def _repeated(folds: list[str]) -> set[str]:
    """The lines that stand in the text more than once: in most there is none."""
    folds = list(filter(None, folds))
    return set() if len(set(folds)) == len(folds) else {fold for fold, n in Counter(folds).items() if n > 1}
