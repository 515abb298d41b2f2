"""The furniture of news sites: galleries, players, sign-up forms, share links and links to other stories.

Wordings that pages print in one line with their prose, or that no layout gives away, so that they must be known. They
were read off the pages of twenty large English-language outlets; others print others.
"""

import re
from functools import cache
from itertools import compress

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ...shipped import read_lines

# A line that holds a sign-up form or a player is short; a longer one quotes such words.
_LONGEST = 600
# "Click here to read on." is a line of a page; a paragraph that ends with it is prose.
_CLICK_WORDS = 25
_WHOLE_LINE = ("Read more", "READ MORE", "Read More", "Loading...")
_CLICK, _CONTRIBUTED = ("click here", "Click here", "CLICK HERE", "Click Here"), "contributed to this"
_CREDIT_WORDS, _CAPTION_WORDS = 40, 60
_REPORT = re.compile(r"contributed to this (?:report|story|article|piece)\b")
_LAST_SENTENCE = re.compile(
    r"(?<=[.!?”\"])\s+(?:[^.!?]|\.(?=\w|,)|(?<=\b[A-Z])\.){3,200}? contributed (?:reporting )?to this "
    r"(?:report|story|article)\.?$"
    r"|\s[(\[](?:Additional )?(?:Reporting|Writing|Editing|Report) by\b[^()\[\]\n]{3,600}[)\]]?$",
)
_CONTRIBUTING = re.compile(r"contributing:? |contributors?: ", re.IGNORECASE)
# "They meet in Sochi. (Photo: Jack Gruber, AP)", "Gowdy at the Capitol. | AP Photo": the end of a caption.
_CREDITED = re.compile(
    r"\((?:photo|image|video|credit|screenshot|ap photo)s?: [^()]{2,100}\)$"
    r"|\| ?(?:[\w.'’/-]+ ){0,4}(?:[\w.'’-]+/)?(?:getty(?: images)?|ap(?: photo)?|reuters|afp|politico)$",
    re.IGNORECASE,
)
_CREDIT_ENDS = ("AP", "ap", "Getty", "Images", "Photo", "Reuters", "AFP", "POLITICO", ")")
# At the end of a page: "Chris Stirewalt is digital politics editor for Fox News, and his column appears …". What
# somebody is about to do, or a president's office, is told of people in the news.
_BIOGRAPHY = re.compile(
    r"(?:[-–—•*] ?)?(?:(?:Dr|Mr|Ms|Mrs)\. )?[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]*){1,3}(?:, [^,]{1,60},)?,? is "
    r"(?!(?:expected|likely|due|also|now|set|not|no|reportedly|said|the (?:first|only|last)|a former)\b"
    r"|(?!managing)[a-z]+ing\b)"
    r"(?:[\w’',-]+ ){0,8}?(?:(?:editor|reporter|columnist|correspondent|author|fellow|contributor|professor|analyst|"
    r"commentator|writer|co-?host|host)\b|(?:president|director) (?:of|at|for)\b)"
)
_BIOGRAPHY_WORDS = 70
_UPDATED = re.compile(
    r"(?:last |this (?:story|post) was )?updated? (?:at |on )?\d{1,2}(?::\d\d)? ?[ap]\.?m\b", re.IGNORECASE
)
_VIDEO = re.compile(r"(?:play video|listen|watch|embed)\b.{0,5}\d{1,2}:\d\d\b", re.IGNORECASE)
_IMAGE = re.compile(
    r"image (?:copyright|caption|source)\b|media (?:caption\b|playback is unsupported)|enlarge this image\b"
    r"|hide caption\b",
    re.IGNORECASE,
)
_OPENINGS = {
    letter: (pattern, kind)
    for letters, pattern, kind in (
        ("Cc", _CONTRIBUTING, "credit"), ("Uu", _UPDATED, "date_header"), ("IiEeMmHh", _IMAGE, "caption"),
        ("LlPpWw", _VIDEO, "caption"),
    )
    for letter in letters
}  # fmt: skip
# The first two letters of all that those match, in either case; few lines begin so.
_FIRST_TWO = frozenset(
    first + second
    for pair in ("co", "up", "im", "me", "en", "hi", "li", "pl", "wa", "em")
    for first in (pair[0], pair[0].upper())
    for second in (pair[1], pair[1].upper(), *("ıİ" if pair[1] == "i" else ""))
)
_RIGHTS = "(?i)all rights reserved"
_INSERTS = ("Hide Caption", " MORE", " (@", "eporting by ", "riting by ", "diting by ")
_ENDS = (*_WHOLE_LINE, *_CREDIT_ENDS)
# A gallery in one line: "Photos: X A caption. Hide Caption 1 of 9 Photos: X A caption. Hide Caption 2 of 9 …".
_GALLERY_START, _GALLERY_END = "Photos: ", re.compile(r"Hide Caption \d+ of \d+")
# A link's hidden card inside a sentence: "President Trump Donald John TrumpSenators balk at trial … MORE said".
_CARD = re.compile(
    r"(?<![\w’-])(?P<name>[A-Z][\w’-]{1,30}) "
    r"(?P<card>(?:(?:[A-Z][\w'’.-]{0,30}|\([A-Z][\w'’.]{0,30}\)) ){1,4}?(?P=name)(?=[A-Z0-9'‘“\"])[^\n]{0,600}? MORE)\b"
)
# Who wrote a post that the page shows: "They voted. — Guy Benson (@guypbenson) November 6, 2018".
_POSTED = re.compile(
    r"— [^—\n]{1,60}? \(@\w{1,20}\) (?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December) \d{1,2}, \d{4}"
)


def encode_texts(texts: pd.Series) -> pa.Array | pa.ChunkedArray:
    """The texts as Arrow searches them."""
    try:
        return pa.array(texts, type=pa.large_string())  # copies nothing where pandas keeps them so itself
    except UnicodeEncodeError:  # half of a character
        return pa.array([text.encode("utf-8", "surrogatepass") for text in texts], type=pa.large_binary())


def find_suspects(encoded: pa.Array | pa.ChunkedArray) -> list[tuple[str, ...] | None]:
    """The phrases of furniture that each text holds; None if it holds neither one nor what a site prints inside its
    lines, as most do."""
    phrases = [re.escape(phrase) for phrase in _phrases()]
    suspect = pc.match_substring_regex(encoded, "|".join([*phrases, *map(re.escape, _INSERTS)]))
    suspects = encoded.filter(suspect)
    holding = zip(*(pc.match_substring_regex(suspects, phrase).to_pylist() for phrase in phrases), strict=True)
    return [tuple(compress(_phrases(), next(holding))) if of_text else None for of_text in suspect.to_pylist()]


def find_rights(encoded: pa.Array | pa.ChunkedArray) -> list[bool]:
    """Whether each text says that all rights are reserved."""
    return pc.match_substring_regex(encoded, _RIGHTS).to_pylist()


def phrases_of(text: str) -> tuple[str, ...]:
    """The phrases of furniture that a text holds."""
    return tuple(phrase for phrase in _phrases() if phrase in text)


def may_be_furniture(line: str) -> bool:
    """Whether a line without a phrase need be looked at: said of every line, so it costs next to nothing."""
    return line[:2] in _FIRST_TWO or line.endswith(_ENDS)


def kind_of_furniture(line: str, phrases: tuple[str, ...]) -> str | None:
    """The kind of a whole line that a site prints around its prose, None for any other."""
    if len(line) > _LONGEST:
        return None
    if line.endswith(_WHOLE_LINE):
        return "boilerplate"
    if line.endswith(_CREDIT_ENDS) and line.count(" ") < _CAPTION_WORDS and _CREDITED.search(line):
        return "caption"
    for phrase in phrases:
        if phrase in line:
            if phrase in _CLICK:
                return "boilerplate" if line.count(" ") < _CLICK_WORDS else None
            if phrase == _CONTRIBUTED:
                whole = line.count(" ") < _CREDIT_WORDS and _REPORT.search(line) and not _LAST_SENTENCE.search(line)
                return "credit" if whole else None
            return "boilerplate"
    pattern, kind = _OPENINGS.get(line[0], (None, None))
    return kind if pattern is not None and pattern.match(line) else None


def is_biography(line: str) -> bool:
    """Whether a line at the end of a page says who its author is."""
    return line.count(" ") < _BIOGRAPHY_WORDS and bool(_BIOGRAPHY.match(line))


def inserts_of(line: str) -> list[tuple[int, int, str]]:
    """start, end and kind of what a site prints inside a line of prose."""
    inserts = []
    if "Hide Caption" in line:
        done = 0
        for end in _GALLERY_END.finditer(line):
            start = line.rfind(_GALLERY_START, done, end.start())
            inserts.append((start if start >= 0 else end.start(), end.end(), "caption"))
            done = end.end()
    if " MORE" in line:
        inserts += [(*match.span("card"), "boilerplate") for match in _CARD.finditer(line)]
    if " (@" in line:
        inserts += [(*match.span(), "credit") for match in _POSTED.finditer(line)]
    signed = line.endswith((")", "]")) and "ting by " in line
    if (signed or "contributed" in line) and (last := _LAST_SENTENCE.search(line, max(0, len(line) - 700))):
        start = last.start() + len(last.group()) - len(last.group().lstrip())
        inserts.append((start, len(line), "credit"))
    return inserts


@cache
def _phrases() -> tuple[str, ...]:
    """Those of the list, which stand in no news story, and two whose lines are looked at more closely."""
    listed = read_lines("furniture.txt")
    return (*(phrase for phrase in listed if phrase and not phrase.startswith("#")), *_CLICK, _CONTRIBUTED)
