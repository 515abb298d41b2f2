"""Find quotations: where they stand, whether they close, and who is said to have spoken."""

import re

import pandas as pd

from ..corpus.artefacts import find_artefacts
from ..corpus.sentences import prose_of
from ..tables import QUOTES, make_table, need_articles
from .marks import Quotation, find_marked
from .speakers import HOLE, find_speaker

# A phrase this short that nobody is said to have spoken is held at a distance rather than quoted: "pact", the "free
# world", "special military operation".
SCARE_WORDS = 3

_ENDS_SENTENCE = re.compile(r"[.!?…]['’)\]]*$")
_STOPS = re.compile(r"[.!?](?=\s)")
_WORD = re.compile(r"\w")


def find_quotes(articles: pd.DataFrame, *, artefacts: pd.DataFrame | None = None) -> pd.DataFrame:
    """What does each article put in quotation marks, and whose words are they said to be?

    Straight, curly and single marks, mixed ones (opened curly, closed straight) and unclosed ones, which run to the
    end of their paragraph and have `closed` False. `kind`: `direct` (a whole sentence), `mixed` (words quoted within a
    sentence of the article's) or `scare` (at most three words, no speaker). `speaker` is the first name, role or
    pronoun with a reporting verb beside the quotation, as printed and not resolved ("he" stays "he"); missing where
    there is none. It is a rule on word order: it reads no meaning, and speech reported without marks is not found.
    Headlines, subheads and other artefacts are left out (pass an empty table to keep them).

    Columns: `article, start, end, text` (with the marks), `kind, content_start, content_end` (between them), `speaker,
    speaker_start, speaker_end, verb` (as printed), `closed`. Raises `InputError` if a column is missing.

    >>> articles = pd.DataFrame({"article": ["a"], "text": ["Kim hailed a “new era\\". \\"We agree,\\" he said."]})
    >>> find_quotes(articles)[["text", "kind", "speaker", "verb", "closed"]]
              text    kind speaker    verb  closed
    0    “new era"   mixed     Kim  hailed    True
    1  "We agree,"  direct      he    said    True
    """
    need_articles(articles, "text", verb="find_quotes")
    artefacts = find_artefacts(articles) if artefacts is None else artefacts
    rows = []
    for article, text, stretches in zip(
        articles["article"], articles["text"].fillna(""), prose_of(articles, artefacts), strict=True
    ):
        paragraphs = [(start, text[start:end]) for _, _, start, end in stretches]
        followings = [paragraph for _, paragraph in paragraphs[1:]] + [""]
        for (start, paragraph), following in zip(paragraphs, followings, strict=False):
            rows.extend((article, *row) for row in _quotes_of(paragraph, start, following))
    return make_table(QUOTES, rows)


def _quotes_of(paragraph: str, offset: int, following: str) -> list[tuple]:
    """Rows of one paragraph, without the article."""
    found = find_marked(paragraph, following)
    outside = _blank_out(paragraph, found)
    rows, previous, previous_end = [], None, 0
    for quotation in found:
        content = paragraph[quotation.content_start : quotation.content_end]
        ended = bool(_ENDS_SENTENCE.search(content)) and not content.rstrip("'’)]").endswith(("?", "!"))
        speaker = find_speaker(outside, quotation.start, quotation.end, ended=ended)
        whole = _is_whole(paragraph, quotation, content)
        between = outside[previous_end : quotation.start]
        if speaker is None and whole and len(_STOPS.findall(between)) <= 1:
            speaker = previous  # "…," he said. "…": the second half has the speaker of the first
        kind = "direct" if whole else "scare" if speaker is None and len(content.split()) <= SCARE_WORDS else "mixed"
        previous, previous_end = (speaker, quotation.end) if whole else (previous, previous_end)
        rows.append(_row(paragraph, offset, quotation, kind, speaker))
    return rows


def _row(paragraph: str, offset: int, quotation: Quotation, kind: str, speaker) -> tuple:
    who = (None, None, None, None)
    if speaker is not None:
        who = (paragraph[speaker.start : speaker.end], offset + speaker.start, offset + speaker.end, speaker.verb)
    return (
        offset + quotation.start,
        offset + quotation.end,
        paragraph[quotation.start : quotation.end],
        kind,
        offset + quotation.content_start,
        offset + quotation.content_end,
        *who,
        quotation.closed,
    )


def _is_whole(paragraph: str, quotation: Quotation, content: str) -> bool:
    """Whether the quotation is a sentence of its own rather than part of one of the article's."""
    first = _WORD.search(content)
    before = paragraph[: quotation.start].rstrip()
    opens = not before or before[-1] in '.!?:,"”'
    closes = content.rstrip("'’)] ")[-1:] in tuple(".,!?…") or not quotation.closed
    return bool(first) and (first.group().isupper() or first.group().isdigit()) and opens and closes


def _blank_out(paragraph: str, found: list[Quotation]) -> str:
    """The paragraph with holes for its quotations, so that no name inside one is taken for a speaker's."""
    pieces, done = [], 0
    for quotation in found:
        content = paragraph[quotation.content_start : quotation.content_end].rstrip("'’)]")
        stop = content[-1:] if content[-1:] in tuple(".!?") else HOLE
        hole = HOLE * (quotation.content_end - quotation.start - 1) + stop
        pieces += [paragraph[done : quotation.start], hole.ljust(quotation.end - quotation.start, HOLE)]
        done = quotation.end
    return "".join(pieces) + paragraph[done:]
