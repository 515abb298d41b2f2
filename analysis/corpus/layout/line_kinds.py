"""What does the wording or the shape of one line give away: a date, a dateline, a credit, a caption, a headline?

The expressions for how English news pages print these, and the cheap looks at a line that spare most of them a search.
"""

import re

from ...shipped import read_lines
from .lines import ends_prose, skip_space, spaced_words

# The longest of each in words: a headline with its deck, a line between paragraphs, a caption of three sentences.
HEADLINE_WORDS, SUBHEAD_WORDS, CAPTION_WORDS = 25, 12, 60
# A question that opens a text is its title if it has at most so many, a colon, or capitals as titles have them.
QUESTION_WORDS = 12

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
_KNOWN_PLACES = read_lines("dateline_places.txt")
_KNOWN = (
    "(?:" + "|".join(re.escape(name) for place in filter(None, _KNOWN_PLACES) for name in (place, place.upper())) + ")"
)
_MONTH_DAY = rf"{_MONTH} \d{{1,2}}(?:, \d{{4}})?"
_DATELINE_ALONE = re.compile(rf"{_KNOWN}(?:, {_PLACE})?|{_PLACE}, {_MONTH_DAY}")
# A name and a colon may be a speaker or a label (`Putin: We`, `Analysis: Why`), so a place that stands alone must be
# known, have its region or day beside it, or an agency.
DATELINE = re.compile(
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
# "Sen. X: …", "Justice Dept. rejects …": a point behind these ends no sentence.
SHORTENED = re.compile(
    r"\b(?:Sens?|Reps?|Govs?|Gens?|Lt|Col|Capt|Sgt|Drs?|Mrs?|Ms|Jr|Sr|St|Dept|Prof|Rev|Hon|Sept|Oct|Nov|Dec|Jan|Feb|vs|No)\."
)
_ASKS = re.compile(r"[?!][\"”’')]*(?:\s|$)")
_NAMES = tuple(_AGENCIES)
_LAST_LETTERS = frozenset(a + b for *_, x, y in _AGENCIES for a in (x, x.upper()) for b in (y, y.upper()))
_SIGNED_ENDS = frozenset((end + mark)[-3:] for end in _LAST_LETTERS for mark in (".", ")", "]", ").", "]."))
# What a line without a full stop must hold, folded, to be searched for a credit, unless it begins with "by "; to an
# expression that ignores case, the Turkish letters are an i.
_CREDIT_HINTS = ("/", "photo", "image", "via", "pool", "©", "\u0131", "i\u0307")
LONGEST = 400  # characters; a longer line is prose whatever it says
_LONGEST_CREDIT = 80  # at its end


def cut_header(text: str, lines: list[tuple[int, int]], printed: list[str]) -> list[tuple[int, int, str]]:
    """The date that opens the first line, which loses it."""
    header = _HEADER.match(text, *lines[0]) if lines else None
    if header is None:
        return []
    start, end = skip_space(text, header.end(), lines[0][1]), lines[0][1]
    lines[:1], printed[:1] = ([(start, end)], [text[start:end]]) if start < end else ([], [])
    return [(*header.span(), "date_header")]


def kind_of_line(line: str, worded: bool, signed: bool, in_prose: bool, ends: bool) -> str | None:
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


def parts_of_prose(line: str, signed: bool, in_prose: bool, ends: bool) -> list[tuple[int, int, str]]:
    """start, end and kind of the artefacts at the ends of a line of prose."""
    parts = []
    if not in_prose and (dateline := DATELINE.match(line)):
        parts.append((0, len(dateline.group().rstrip()), "dateline"))
    tail = max(0, len(line) - 120)
    if signed and (agency := _SIGNED.search(line, tail)):
        parts.append((skip_space(line, agency.start(), len(line)), len(line), "agency"))
    elif not ends and line.rstrip("'’\"”")[-1:].isupper() and (capitals := _CAPITALS_AT_END.search(line[tail:])):
        parts.append((skip_space(line, tail + capitals.start(), len(line)), len(line), "subhead"))
    return parts


def may_open(line: str) -> bool:
    """Whether a caption, a credit or boilerplate may begin like this."""
    return line[:4].casefold() in _OPENINGS or line[0] == "©"


def may_be_signed(line: str) -> bool:
    """Whether what a line ends with may be an agency's name."""
    if line[-3:] not in _SIGNED_ENDS and line[-2:] not in _LAST_LETTERS:  # so say most
        return False
    ending = line[-30:].lower().rstrip(".)]")
    return ending.endswith(_NAMES) or not ending.isascii()


def looks_like_title(line: str, in_prose: bool, following: str, opens: bool = False) -> bool:
    """A short line without a full stop, before a line that begins like a sentence, with the letter `following`.

    One that `opens` a text may ask something, at its end or before it says more.
    """
    if not (
        1 < spaced_words(line) <= (SUBHEAD_WORDS if in_prose else HEADLINE_WORDS)
        and not following.islower()
        and not line[:1].islower()
    ):
        return False
    plain = SHORTENED.sub("", line) if "." in line else line
    if opens and _ASKS.search(plain):
        if ends_prose(plain) and not _may_ask(plain):
            return False
        plain = _ASKS.sub(" ", plain).rstrip()
    return not _NOT_A_TITLE.search(plain)


def _may_ask(line: str) -> bool:
    """Whether a question is the title of what follows, and no first sentence of it."""
    words = line.split()
    longer = [word for word in words if len(word) > 3 and word[0].isalpha()]
    named = sum(word[0].isupper() for word in longer) > 0.7 * len(longer)
    asks = line.rstrip("\"”’')").endswith("?") and (line[0] not in "\"“‘'" or ": " in line)
    return asks and (len(words) <= QUESTION_WORDS or ": " in line or named)


def day_of(header: str) -> str | None:
    """The day of a date header, as it is printed; some give the hour only."""
    match = re.search(_DAY, header, re.IGNORECASE)
    return match and match.group()


def days_in(text: str) -> list[str]:
    """All days that a text names with month and year."""
    return re.findall(_DAY, text)


def agency_of(part: str, kind: str) -> str | None:
    """The agency that an artefact of this kind names: a sign-off or a dateline; a photo credit signs no text."""
    patterns = {"agency": _SIGNED, "dateline": _IN_DATELINE}
    match = patterns[kind].search(part) if kind in patterns else None
    return _AGENCIES[match[1].lower()] if match else None
