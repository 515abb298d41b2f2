"""Find quotations: where they stand, whether they close, and who is said to have spoken."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

import pandas as pd

from ..corpus.artefacts import find_artefacts
from ..corpus.sentences import prose_of
from ..tables import QUOTES, make_table, need_articles
from .clauses import LONGEST_REACH, Clause, count_sentences, find_clauses, sentence_end
from .marks import Quotation, find_marked
from .resolve import resolve_speakers
from .speakers import HOLE, find_speaker, reporting_verbs

# A phrase this short that nobody is said to have spoken is held at a distance rather than quoted: "pact", the "free
# world", "special military operation".
SCARE_WORDS = 3

_ENDS_SENTENCE = re.compile(r"[.!?…]['’)\]]*$")
_WORD = re.compile(r"\w")
_WORDS = re.compile(r"[^\W\d_][\w’'-]*")
# Between two parts of one quotation stands its speaker, seldom in more words than this.
_LONGEST_TAG = 40


def find_quotes(
    articles: pd.DataFrame, *, artefacts: pd.DataFrame | None = None, names: pd.DataFrame | None = None
) -> pd.DataFrame:
    """What does each article put in quotation marks, and whose words are they said to be?

    Straight, curly and single marks, mixed ones (opened curly, closed straight) and unclosed ones, which run to the end
    of their paragraph and have `closed` False. `kind`: `direct` (a whole sentence), `mixed` (words quoted within a
    sentence of the article's) or `scare` (at most three words, no speaker). The speaker is the first name, role or
    pronoun with a reporting verb beside the quotation: `speaker_start:speaker_end` is where it is printed, `speaker`
    the name that `names` (by default those of `find_names`) folds it to ("Mr Kim": Kim Jong Un; "he": the nearest
    earlier speaker or subject of that gender, where that is clear), else as printed; missing where there is none.
    `reported` is what somebody is said to have said, thought or wanted, without marks (`start:end` is then the clause).
    The content of a fragment is the clause it stands in, that of an interrupted quotation runs from its first part to
    its last: rows with the same content are one. It is a rule on words and their order: it reads no meaning, and misses
    about half of what a close reader calls reported.
    Headlines, subheads and other artefacts are left out (pass an empty table to keep them).

    Columns: `article, start, end, text` (with the marks), `kind, content_start, content_end`, `speaker,
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
        rows.extend((article, *row) for row in _speech_of(text, [(start, end) for _, _, start, end in stretches]))
    return resolve_speakers(make_table(QUOTES, rows), articles, names, artefacts)


def _speech_of(text: str, paragraphs: list[tuple[int, int]]) -> list[tuple]:
    """Rows of one article, without its name."""
    quotes, clauses = [], []
    followings = [text[start:end] for start, end in paragraphs[1:]] + [""]
    for (start, end), following in zip(paragraphs, followings, strict=False):
        of_paragraph, reported = _read_paragraph(text[start:end], start, following)
        quotes += of_paragraph
        clauses += reported
    _join(text, quotes)
    rows = [_row(text, quote) for quote in quotes] + [_reported_row(text, clause) for clause in clauses]
    return sorted(rows, key=lambda row: row[:2])


@dataclass
class _Quote:
    """A marked quotation on its way to a row: offsets are those of the article."""

    marked: Quotation
    kind: str
    content: tuple[int, int]
    speaker: tuple[int, int] | None
    verb: str | None
    opens_paragraph: bool


def _read_paragraph(paragraph: str, offset: int, following: str) -> tuple[list[_Quote], list[Clause]]:
    """The marked quotations and the reported clauses of one paragraph.

    A clause that holds words in marks is no row of its own: it is the content of the quotation, and names its speaker.
    """
    found = find_marked(paragraph, following)
    outside = _blank_out(paragraph, found)
    clauses = [_shift(clause, offset) for clause in find_clauses(outside)]
    starts = [clause.start for clause in clauses]
    quotes, previous, previous_end = [], None, 0
    for quotation in found:
        content = paragraph[quotation.content_start : quotation.content_end]
        ended = bool(_ENDS_SENTENCE.search(content)) and not content.rstrip("'’)]").endswith(("?", "!"))
        whole = _is_whole(paragraph, quotation, content)
        speaker = find_speaker(outside, quotation.start, quotation.end, ended=ended)
        if speaker is None and whole and count_sentences(outside[previous_end : quotation.start]) <= 1:
            speaker = previous  # "…," he said. "…": the second half has the speaker of the first
        if whole:
            previous, previous_end = speaker, quotation.end
        marked = Quotation(*(offset + place for place in quotation[:4]), quotation.closed)
        who = (offset + speaker.start, offset + speaker.end) if speaker else None
        span = (marked.content_start, marked.content_end)
        around = None if whole else _around(clauses, starts, marked)
        if around is not None:
            span = (around.start, around.end)
            # "a pledge to help, with Kim calling it a …": the noun brings in the clause, a verb in it the speaker.
            named_inside = who is not None and around.start <= who[0] and around.verb not in reporting_verbs()
            if around.speaker_start >= 0 and not named_inside:
                who, speaker = (around.speaker_start, around.speaker_end), around
        elif not whole and speaker is not None:
            span = _fragment(outside, offset, quotation, speaker)
        short = speaker is None and (len(content.split()) <= SCARE_WORDS or _is_title(content))
        kind = "direct" if whole else "scare" if short else "mixed"
        opens = not paragraph[: quotation.start].strip()
        quotes.append(_Quote(marked, kind, span, who, speaker and speaker.verb, opens))
    return quotes, _without_marks(clauses, quotes)


def _shift(clause: Clause, offset: int) -> Clause:
    places = (place if place < 0 else place + offset for place in clause[:4])
    return Clause(*places, clause.verb)


def _without_marks(clauses: list[Clause], quotes: list[_Quote]) -> list[Clause]:
    """The clauses that no marked quotation stands in or reaches into."""
    ends = [quote.marked.end for quote in quotes]
    kept = []
    for clause in clauses:
        at = bisect_right(ends, clause.start)
        if at == len(quotes) or quotes[at].marked.start >= clause.end:
            kept.append(clause)
    return kept


def _around(clauses: list[Clause], starts: list[int], marked: Quotation) -> Clause | None:
    """The outermost clause that the quotation stands in."""
    first = bisect_left(starts, marked.start - 2 * LONGEST_REACH)
    last = bisect_right(starts, marked.start)
    return next((clause for clause in clauses[first:last] if marked.end <= clause.end + 1), None)


def _fragment(outside: str, offset: int, quotation: Quotation, speaker) -> tuple[int, int]:
    """What a quoted fragment belongs to: from behind the verb before it to the end of the sentence."""
    start, end = quotation.content_start, quotation.content_end
    if speaker.start < quotation.start:
        verb = outside.find(speaker.verb, speaker.end, quotation.start)
        if verb >= 0:
            start = verb + len(speaker.verb)
            start += len(outside[start:]) - len(outside[start:].lstrip(" ,:"))
            end = max(end, sentence_end(outside, quotation.end))
    return offset + start, offset + end


def _join(text: str, quotes: list[_Quote]) -> None:
    """Give the parts of one quotation one content: `"…," he said. "…"`, and those that go on in the next paragraph."""
    groups: list[list[_Quote]] = []
    for quote in quotes:
        last = groups[-1][-1] if groups else None
        if last is not None and _continues(text, last, quote):
            if quote.speaker is None:
                quote.speaker, quote.verb = last.speaker, last.verb
            groups[-1].append(quote)
        else:
            groups.append([quote])
    for group in groups:
        if len(group) > 1:
            last = group[-1]
            end = last.marked.content_end if last.content[1] == last.marked.end else last.content[1]
            content = (group[0].content[0], end)
            for quote in group:
                quote.content = content


def _continues(text: str, last: _Quote, quote: _Quote) -> bool:
    """Whether a quotation goes on from the last: nothing but its own speaker stands between, and it has no other."""
    between = text[last.marked.end : quote.marked.start]
    broken_off = text[last.marked.content_end - 1] in ",—-"
    introduced = between.rstrip().endswith((",", ":"))
    if len(between.split()) > _LONGEST_TAG or not (last.kind == "direct" or broken_off):
        return False
    if introduced:
        return broken_off and last.kind == "direct" and count_sentences(between) == 0 and "\n" not in between
    if quote.kind != "direct" or ("\n" in between and not quote.opens_paragraph):
        return False
    if quote.speaker is not None and quote.speaker != last.speaker:
        return last.speaker is None and not between.strip()
    return count_sentences(between) <= 1


def _row(text: str, quote: _Quote) -> tuple:
    marked = quote.marked
    who = (None, None, None, None)
    if quote.speaker is not None:
        who = (text[slice(*quote.speaker)], *quote.speaker, quote.verb)
    place = (marked.start, marked.end, text[marked.start : marked.end])
    return (*place, quote.kind, *quote.content, *who, marked.closed)


def _reported_row(text: str, clause: Clause) -> tuple:
    who = (None, None, None, clause.verb)
    if clause.speaker_start >= 0:
        span = (clause.speaker_start, clause.speaker_end)
        who = (text[slice(*span)], *span, clause.verb)
    span = (clause.start, clause.end)
    return (*span, text[slice(*span)], "reported", *span, *who, True)


def _is_whole(paragraph: str, quotation: Quotation, content: str) -> bool:
    """Whether the quotation is a sentence of its own rather than part of one of the article's."""
    first = _WORD.search(content)
    before = paragraph[: quotation.start].rstrip()
    opens = not before or before[-1] in '.!?:,"”'
    closes = content.rstrip("'’)] ")[-1:] in tuple(".,!?…") or not quotation.closed
    return bool(first) and (first.group().isupper() or first.group().isdigit()) and opens and closes


def _is_title(content: str) -> bool:
    """Whether every long word is capitalised: the name of a book or a programme rather than what somebody said."""
    return all(word[0].isupper() for word in _WORDS.findall(content) if len(word) > 3)


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
