"""Tell what is no article, or only the beginning of one: notices of consent, blocked pages, texts that were cut off."""

import re
import tomllib
from functools import cache

from ...shipped import DATA
from .line_kinds import SHORTENED
from .lines import ends_prose

# The longest notices of consent have some 600 words; a news story about cookies has hardly a phrase of theirs. What is
# shown instead of a page is shorter.
CONSENT_WORDS, CONSENT_PHRASES, CONSENT_SHARE = 800, 2, 0.5
BLOCKED_WORDS = 100
# Characters at the end of a text in which it says that the rest is for subscribers.
FOOT = 400
_CUT_OFF = re.compile(r"\[\+?\d{1,9} (?:chars|characters)\]\s*\Z")
_LONGEST_NOTICE = 40  # of these
_LONGEST_SENTENCE = 2_000
BROKEN_WORDS = 5
_END = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘(\[]?[A-ZÀ-Þ0-9])|\n\s*")
_CONSENT_WORD = re.compile(
    r"cookie|consent|privacy|partner|vendor|personal|data|advert|prefer|setting|accept|reject|agree|device|einwillig"
    r"|datenschutz|zustimm|werbung|akzept|daten|confidential|donn[ée]es|refus|privaci|datos|acept|dati|gegevens|voorkeur",
    re.IGNORECASE,
)
_STEMS = ("cookie", "privacy", "partner", "consent", "confidential", "datenschutz", "privacidad", "werbung")
_SENTENCE = re.compile(r"[^.!?\n]+")
# A notice tells what nobody said; the shortest news about one does.
_REPORTED = re.compile(r"\b(?:said|told|sagten?|teilten? mit|a (?:déclaré|dit)|dijo|ha detto|zei)\b")


def name_wall(text: str) -> str | None:
    """What a text is that stands in the place of an article; None for an article."""
    if len(text) > 10 * CONSENT_WORDS:
        return None
    folded = text.casefold().replace("’", "'")
    if _REPORTED.search(folded):
        return None
    if len(text) <= 10 * BLOCKED_WORDS and len(text.split()) <= BLOCKED_WORDS and _count("blocked", folded):
        return "a notice that the page was not shown"
    if not any(stem in folded for stem in _STEMS) or len(text.split()) > CONSENT_WORDS:
        return None
    asked = _count("asked", folded)
    if not asked or asked + _count("consent", folded) < CONSENT_PHRASES:
        return None
    sentences = [sentence for sentence in _SENTENCE.findall(text) if sentence.strip()]
    about = sum(bool(_CONSENT_WORD.search(sentence)) for sentence in sentences)
    return "a cookie notice" if about >= CONSENT_SHARE * len(sentences) else None


def find_notice(text: str) -> tuple[int, int] | None:
    """Where a text says that it is not whole: "[+1234 chars]", or that the rest is for subscribers; None if it is."""
    if notice := _CUT_OFF.search(text, max(0, len(text) - _LONGEST_NOTICE)):
        return notice.start(), notice.start() + len(notice[0].rstrip())
    foot = max(0, len(text) - FOOT)
    folded = text[foot:].lower()
    found = min((place for phrase in _phrases()["paywall"] if (place := folded.find(phrase)) >= 0), default=None)
    if found is None or len(folded) != len(text) - foot:
        return None
    ends = [match.end() for match in _ends(text, foot, foot + found + 1)]
    start = max(foot, text.rfind("\n", 0, foot + found) + 1, *ends)
    end = text.find("\n", foot + found)
    return start, end if end >= 0 else len(text)


def find_cut(text: str) -> tuple[int, int] | None:
    """Where the notice of a text that was cut off stands, with the sentence that breaks off; None for a whole one."""
    notice = find_notice(text)
    if notice is None:
        return None
    start, end = notice
    before = text[:start].rstrip("… \t\r\n").removesuffix("...").rstrip()
    if not before or ends_prose(before):
        return start, end  # between sentences
    cut = max((match.end() for match in _ends(before, len(before) - _LONGEST_SENTENCE, len(before))), default=0)
    if "\n" in text[len(before) : start] and not _breaks_off(before[cut:]):
        return start, end
    return cut, end


def _breaks_off(line: str) -> bool:
    """Whether a line without a stop before the notice is half a sentence, and no heading."""
    words = line.split()
    return len(words) >= BROKEN_WORDS and words[-1].islower()


def _ends(text: str, start: int, end: int) -> list[re.Match]:
    """Where sentences and lines end between two places."""
    ends = _END.finditer(text, max(0, start), end)
    return [match for match in ends if match[0][0] != "." or not _is_short(text[: match.start() + 1])]


def _is_short(text: str) -> bool:
    """Whether the point that a text ends with belongs to a shortened word or to an initial."""
    last = text[-8:].rsplit(maxsplit=1)[-1]
    return bool(SHORTENED.search(last)) or (len(last) > 1 and last[-2].isupper() and not last[-3:-2].isalpha())


def _count(kind: str, folded: str) -> int:
    return sum(phrase in folded for phrase in _phrases()[kind])


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    listed = tomllib.loads((DATA / "walls.toml").read_text(encoding="utf-8"))
    return {kind: tuple(phrases) for kind, phrases in listed.items()}
