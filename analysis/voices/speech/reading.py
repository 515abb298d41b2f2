"""Read one article for speech: what stands in marks, what is reported, and who is said to have spoken."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import itemgetter

from ..verbs import reporting_verbs
from .channels import through
from .clauses import Clause, find_clauses, find_cues
from .marks import Quotation, find_marked, has_marks, marks_in
from .speakers import Speaker, find_speaker, name_of_role
from .stops import HOLE, LONGEST_REACH, count_sentences, sentence_end, sentence_start
from .turns import find_turns

# A phrase this short that nobody is said to have spoken is held at a distance rather than quoted: "pact", the "free
# world", "special military operation".
SCARE_WORDS = 3

_ENDS_SENTENCE = re.compile(r"[.!?…]['’)\]]*$")
_OPENS_AFTER, _CLOSES_WITH = '.!?:,"”', frozenset(".,!?…")
_WORD = re.compile(r"\w")
_TAGGED = re.compile(r",|.[”\"'’]+ [a-z]", re.DOTALL)
# What follows a quoted fragment and is no part of what was said: `called him "rude" and left`, `"rude" - but …`.
_OTHER_ACT = re.compile(
    r" (?:-|and (?:also |then |later )?[a-z]+ed\b|and (?:left|went|took|made|gave|began|has|had)\b"
    r"|(?:and |while |before |after )(?!during|nothing|something|anything|being|including)[a-z]+ing\b)"
)
# These give a thing its name: the quotation is the whole of it.
_NAMING = frozenset("called calling calls dubbed termed labelled labeled branded branding described describing".split())
# A capitalised quotation behind these is the name of a show, a book, a song.
_BEFORE_NAMES = ("’s", "'s", *"titled named book books show song film movie series episode column ad of called".split())
_NAMES = re.compile(
    r"(?:[’']s|\b(?:titled|entitled|named|book|books|show|song|film|movie|series|episode|column|ad|of))$"
)
_NAMES_AFTER = re.compile(r"\b(?:an?|the) (?:[\w-]+ ){1,3}called$")
_WORDS = re.compile(r"[^\W\d_][\w’'-]*")
# `“We win.” — Sen. John Kennedy, R-La.`: signed with a dash, up to a comma or the end of the line.
_SIGNED = re.compile(
    r"[ \t\xa0]?(?:[―—–]|--?)[ \t\xa0]?"
    r"((?:(?:[^\W\d_a-z][\w’'-]*\.?|de|van|von|der|al|bin)[ \t\xa0]){0,5}[^\W\d_a-z][\w’'-]*)"
    r"(?=,|\.?\s*(?:\n|$))"
)
# `“Everybody knew.”` and below it `— Tom Odell (@todell)`: a post that an article shows.
_POSTED = re.compile(r"\s{0,4}(?:[―—–]|--?)[ \t\xa0]?([^\W\d_][\w’'.-]*(?: [\w’'.-]+){0,5}) \(@\w{1,30}\)")
# Between two parts of one quotation stands its speaker, seldom in more words than this.
_LONGEST_TAG = 40


def read_speech(text: str, paragraphs: list[tuple[int, int]]) -> list[tuple]:
    """start, end, kind, extent of the content, speaker's place, verb, `closed`, channel of each row of an article."""
    turns = find_turns(text, paragraphs)
    told = [paragraph for paragraph in paragraphs if paragraph[1] <= turns[0][0]] if turns else paragraphs
    return _read_told(text, told) + [
        (start, end, "direct", start, end, who, None, True, None) for start, end, who in turns
    ]


def _read_told(text: str, paragraphs: list[tuple[int, int]]) -> list[tuple]:
    marks = marks_in(text)
    found, pieces, done = {}, [], 0  # found: the marked quotations by the start of their paragraph
    for position, (start, end) in enumerate(paragraphs):
        paragraph = text[start:end]
        if not has_marks(paragraph, marks):
            continue
        following = text[slice(*paragraphs[position + 1])] if position + 1 < len(paragraphs) else ""
        if of_paragraph := find_marked(paragraph, following):
            found[start] = [
                Quotation(start + first, start + last, start + content_first, start + content_last, closed)
                for first, last, content_first, content_last, closed in of_paragraph
            ]
            # Holes for the quotations, so that no name inside one is taken for a speaker's.
            for quotation in found[start]:
                pieces += [text[done : quotation.start], _hole(text, quotation)]
                done = quotation.end
    outside = ("".join(pieces) + text[done:]).replace("\xa0", " ")
    cues = find_cues(outside)
    rows, quotes, last_cue = [], [], 0
    for position, (start, end) in enumerate(paragraphs):
        # `He said:` and the quotation in the next paragraph.
        before = paragraphs[position - 1] if position else None
        lead_in = before if before and text[before[1] - 1] == ":" else None
        first_cue = last_cue
        while first_cue < len(cues) and cues[first_cue][1] < start:
            first_cue += 1
        last_cue = first_cue
        while last_cue < len(cues) and cues[last_cue][2] <= end:
            last_cue += 1
        if first_cue == last_cue and start not in found:
            continue
        clauses = find_clauses(outside, start, end, cues[first_cue:last_cue]) if first_cue < last_cue else []
        if start in found:
            quotes += _read_marked(text, outside, (start, end), found[start], clauses)
            if lead_in is not None and quotes[-len(found[start])].speaker is None:
                _introduce(quotes[-len(found[start])], outside, lead_in)
            clauses = _without_marks(clauses, found[start])
        for first, last, who_start, who_end, verb, channel in clauses:
            who = name_of_role(outside, (who_start, who_end)) if who_start >= 0 else None
            rows.append((first, last, "reported", first, last, who, verb, True, channel))
    if quotes:
        _join(text, quotes)
        for quote in quotes:
            (start, end, _, _, closed), who = quote.marked, (name_of_role(outside, quote.speaker), quote.verb)
            rows.append((start, end, quote.kind, *quote.content, *who, closed, quote.channel))
        rows.sort(key=itemgetter(0, 1))
    return rows


@dataclass(slots=True)
class _Quote:
    """A marked quotation on its way to a row: offsets are those of the article."""

    marked: Quotation
    kind: str
    content: tuple[int, int]
    speaker: tuple[int, int] | None
    verb: str | None
    channel: str | None
    opens_paragraph: bool


def _read_marked(
    text: str, outside: str, paragraph: tuple[int, int], found: list[Quotation], clauses: list[Clause]
) -> list[_Quote]:
    """The marked quotations of one paragraph.

    A clause that holds words in marks is no row of its own: it is the content of the quotation, and names its speaker.
    """
    quotes, previous, previous_end = [], None, paragraph[0]
    for quotation in found:
        content = text[quotation.content_start : quotation.content_end]
        last, last_said = content.rstrip("'’)]")[-1:], content.rstrip("'’)] ")[-1:]
        ended = last in (".", "…") or (last == "\n" and bool(_ENDS_SENTENCE.search(content)))
        before = text[paragraph[0] : quotation.start].rstrip()
        opens, closes = not before or before[-1] in _OPENS_AFTER, last_said in _CLOSES_WITH or not quotation.closed
        posted = _POSTED.match(outside, quotation.end) if opens else None
        whole = bool(posted) or (opens and closes and _is_opening(content))
        tagged = last_said in (",", "?", "!")
        speaker = find_speaker(outside, quotation.start, quotation.end, paragraph, ended=ended, tagged=tagged)
        if speaker is not None:
            speaker = through(outside, speaker, paragraph[0], paragraph[1])
        if speaker is None and whole and previous and count_sentences(outside[previous_end : quotation.start], 2) <= 1:
            speaker = previous  # "…," he said. "…": the second half has the speaker of the first
        if speaker is None and whole:
            speaker = _told_before(outside, clauses, paragraph[0], quotation.start)
        if whole:
            previous, previous_end = speaker, quotation.end
        who = (speaker.start, speaker.end) if speaker else None
        signed = posted or (_SIGNED.match(outside, quotation.end, paragraph[1]) if whole else None)
        if who is None and signed:
            who = signed.span(1)
        span = (quotation.content_start, quotation.content_end)
        around = None if whole else _around(outside, clauses, quotation)
        if around is not None:
            span = (around.start, around.end)
            # "a pledge to help, with Kim calling it a …": the noun brings in the clause, a verb in it the speaker.
            named_inside = who is not None and around.start <= who[0] and around.verb not in reporting_verbs()
            if around.speaker_start >= 0 and not named_inside:
                who, speaker = (around.speaker_start, around.speaker_end), around
        elif not whole and speaker is not None:
            span = _fragment(outside, quotation, speaker, paragraph[1])
        if not whole and speaker is not None and span[1] > quotation.end:
            named = speaker.verb.lower() in _NAMING and content.rstrip().endswith(",")
            if named or _OTHER_ACT.match(outside, quotation.end, span[1]):
                span = (span[0], quotation.content_end)
        if _is_name(before, content):
            who = speaker = None
        if whole:
            kind = "direct"
        else:
            short = speaker is None and (len(content.split()) <= SCARE_WORDS or _is_title(content))
            kind = "scare" if short else "mixed"
        verb, channel = (speaker.verb, speaker.channel) if speaker else (None, None)
        quotes.append(_Quote(quotation, kind, span, who, verb, channel, not before))
    return quotes


def _told_before(outside: str, clauses: list[Clause], begin: int, at: int) -> Speaker | None:
    """What the sentence right before a quotation reports: `Ruiz said it was too late. "We saw smoke."`"""
    stop = begin + len(outside[begin:at].rstrip()) - 1
    begin = sentence_start(outside, begin, max(begin, stop))
    if stop <= begin or outside[stop] not in ".…" or HOLE in outside[begin:stop]:
        return None
    told = next((clause for clause in clauses if begin <= clause.start and clause.end <= stop + 1), None)
    return Speaker(*told[2:]) if told and told.speaker_start >= 0 else None


def _introduce(quote: _Quote, outside: str, lead_in: tuple[int, int]) -> None:
    """Give a quotation that opens its paragraph the speaker of the words before, which end with a colon."""
    if quote.opens_paragraph and quote.kind != "mixed":
        speaker = find_speaker(outside, lead_in[1], lead_in[1], lead_in, ended=True)
        if speaker is not None:
            quote.speaker, quote.verb, quote.channel = (speaker.start, speaker.end), speaker.verb, speaker.channel
            quote.kind = "direct"


def _without_marks(clauses: list[Clause], found: list[Quotation]) -> list[Clause]:
    """The clauses that no marked quotation stands in or reaches into."""
    ends = [quotation.end for quotation in found]
    kept = []
    for clause in clauses:
        at = bisect_right(ends, clause.start)
        if at == len(found) or found[at].start >= clause.end:
            kept.append(clause)
    return kept


def _around(outside: str, clauses: list[Clause], marked: Quotation) -> Clause | None:
    """The outermost clause that the quotation stands in, or the inner one in `part of what he said was a "…"`."""
    first = bisect_left(clauses, marked.start - 2 * LONGEST_REACH, key=itemgetter(0))
    last = bisect_right(clauses, marked.start, key=itemgetter(0))
    around = [clause for clause in clauses[first:last] if marked.end <= clause.end + 1]
    if not around:
        return None
    return next((clause for clause in around if outside.endswith("what ", 0, max(clause.speaker_start, 0))), around[0])


def _fragment(outside: str, quotation: Quotation, speaker, limit: int) -> tuple[int, int]:
    """What a quoted fragment belongs to: from behind the verb before it to the end of the sentence."""
    start, end = quotation.content_start, quotation.content_end
    if speaker.start < quotation.start:
        verb = outside.find(speaker.verb, speaker.end, quotation.start)
        if verb >= 0:
            start = verb + len(speaker.verb)
            start = quotation.start - len(outside[start : quotation.start].lstrip(" ,:"))
            end = max(end, sentence_end(outside, quotation.end, limit))
    return start, end


def _join(text: str, quotes: list[_Quote]) -> None:
    """Give the parts of one quotation one content: `"…," he said. "…"`, and those that go on in the next paragraph."""
    groups: list[list[_Quote]] = []
    for quote in quotes:
        last = groups[-1][-1] if groups else None
        if last is not None and _continues(text, last, quote):
            if quote.speaker is None:
                quote.speaker, quote.verb, quote.channel = last.speaker, last.verb, last.channel
            groups[-1].append(quote)
        else:
            groups.append([quote])
    for group in groups:
        if len(group) > 1:
            last = group[-1]
            named = next((quote for quote in group if quote.speaker is not None), last)
            end = last.marked.content_end if last.content[1] == last.marked.end else last.content[1]
            content = (group[0].content[0], end)
            for quote in group:
                quote.content = content
                if quote.speaker is None:  # `"First part.` is named where the quotation ends
                    quote.speaker, quote.verb, quote.channel = named.speaker, named.verb, named.channel


def _continues(text: str, last: _Quote, quote: _Quote) -> bool:
    """Whether a quotation goes on from the last: nothing but its own speaker stands between, and it has no other."""
    broken_off = text[last.marked.content_end - 1] in ",—-"
    if not (last.kind == "direct" or broken_off):
        return False
    if quote.speaker is None and _TAGGED.match(text, quote.marked.content_end - 1):
        return False  # `"Out!" the crowd yelled`: somebody else's, though nobody is recognised
    between = text[last.marked.end : quote.marked.start]
    introduced = between.rstrip().endswith((",", ":"))
    if introduced:
        if not broken_off or last.kind != "direct" or "\n" in between:
            return False
    elif quote.kind != "direct" or (not quote.opens_paragraph and "\n" in between):
        return False
    elif quote.speaker is not None and quote.speaker != last.speaker:
        return last.speaker is None and not between.strip()
    if len(between.split(None, _LONGEST_TAG)) > _LONGEST_TAG:
        return False
    return count_sentences(between, 1) == 0 if introduced else count_sentences(between, 2) <= 1


def _is_opening(content: str) -> bool:
    """Whether the words begin as a sentence does, with a capital or a figure."""
    first = _WORD.search(content)
    return first is not None and (first[0].isupper() or first[0].isdigit())


def _is_name(before: str, content: str) -> bool:
    """Whether what stands in marks is a name: `on NBC's "Meet the Press"`, `a book called "Women Who Work"`."""
    if not before.endswith(_BEFORE_NAMES) or not content[:1].isupper() or len(content.split(None, 7)) > 6:
        return False
    near = before[-60:]
    return bool(_NAMES.search(near) or _NAMES_AFTER.search(near)) and _is_title(content)


def _is_title(content: str) -> bool:
    """Whether every long word is capitalised: the name of a book or a programme rather than what somebody said."""
    return all(word[0][0].isupper() for word in _WORDS.finditer(content) if len(word[0]) > 3)


def _hole(text: str, quotation: Quotation) -> str:
    """As many holes as the quotation has characters, but for the stop it ends with, if it does."""
    start, end, content_start, content_end, _ = quotation
    last = content_end - 1
    while last >= content_start and text[last] in "'’)]":
        last -= 1
    if last < content_start or text[last] not in ".!?":
        return HOLE * (end - start)
    return HOLE * (content_end - start - 1) + text[last] + HOLE * (end - content_end)
