"""Split the prose of each article into sentences."""

import re
from collections import defaultdict, deque
from collections.abc import Iterator

import pandas as pd

from ..tables import SENTENCES, make_table, need, need_articles
from .artefacts import find_artefacts
from .lines import lines_of
from .parallel import map_articles

# "as a gift.The Aurus": a full stop that lost its space. Two small letters before it keep initialisms and `e.g.` whole,
# a small letter after the capital keeps `Booking.COM`.
_LOST_SPACE = re.compile(r"[.!?](?<=[a-z]{2}.)(?=[A-Z][a-z])")
# A stop that nupunkt may end a sentence at, other than the last character.
_STOP = re.compile(r"[.!?…]\W")
# nupunkt's time grows with the square of some repeated marks, so a paragraph longer than any of prose is cut first.
_LONGEST_PROSE = 20_000
_CUT = ["article", "start", "end", "kind"]


def split_sentences(articles: pd.DataFrame, *, artefacts: pd.DataFrame | None = None) -> pd.DataFrame:
    """Which sentences does each article's prose consist of?

    `artefacts` are left out (by default those of `find_artefacts`; pass an empty table to keep all text); what remains
    is split by nupunkt within paragraphs. Every character that is neither white space nor in an artefact stands in
    exactly one sentence. `story` counts the stories in one text: 2 after a headline inside the prose. A sentence that a
    quotation runs through is cut where its own full stops are.

    Columns: `article, outlet, event, story, paragraph, sentence` (numbered from 1 within the article), `start, end,
    text`. Raises `InputError` if a column is missing. Source: nupunkt (Bommarito et al. 2025), an improved Punkt.

    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["A"], "event": ["1"], "text": ["They met.Then he left."]})
    >>> split_sentences(articles)[["article", "paragraph", "sentence", "start", "end", "text"]]
      article  paragraph  sentence  start  end           text
    0       a          1         1      0    9      They met.
    1       a          1         2      9   22  Then he left.
    """
    need_articles(articles, "outlet", "event", "text", verb="split_sentences")
    artefacts = find_artefacts(articles) if artefacts is None else artefacts
    need(artefacts, *_CUT, verb="leaving out artefacts")
    return map_articles(_split_articles, articles[["article", "outlet", "event", "text"]], artefacts[_CUT])


def _split_articles(articles: pd.DataFrame, artefacts: pd.DataFrame) -> pd.DataFrame:
    columns = (articles[column].tolist() for column in ("article", "outlet", "event", "text"))
    rows = []
    for (*of_article, text), pieces in zip(zip(*columns, strict=True), prose_of(articles, artefacts), strict=True):
        number = 0
        for story, paragraph, start, end in pieces:
            prose = text[start:end]
            for first, last in _split(prose):
                number += 1
                span = (start + first, start + last)
                rows.append((*of_article, story, paragraph, number, *span, prose[first:last]))
    return make_table(SENTENCES, rows)


def prose_of(articles: pd.DataFrame, artefacts: pd.DataFrame) -> Iterator[list[tuple[int, int, int, int]]]:
    """For each article its stretches of prose between artefacts: story, paragraph, start, end; each within a line."""
    cuts = cuts_of(artefacts)
    for article, text in zip(articles["article"].tolist(), articles["text"].fillna("").tolist(), strict=True):
        yield list(prose_between(text, cuts[article]))


def cuts_of(artefacts: pd.DataFrame) -> dict[str, list[tuple[int, int, str]]]:
    """For each article start, end and kind of its artefacts, sorted; an empty list for an article without any."""
    need(artefacts, *_CUT, verb="leaving out artefacts")
    cuts = defaultdict(list)
    for article, *cut in zip(*(artefacts[column].tolist() for column in _CUT), strict=True):
        cuts[article].append(tuple(cut))
    for of_article in cuts.values():
        of_article.sort()
    return cuts


def prose_between(text: str, artefacts: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of prose of one text: story, paragraph, start, end."""
    story, paragraph, done, waiting = 1, 0, 0, deque(artefacts)
    for line_start, line_end in lines_of(text):
        if done <= line_start and not (waiting and waiting[0][0] < line_end):  # most lines
            paragraph += 1
            yield story, paragraph, line_start, line_end
            continue
        stretches = []
        while waiting and waiting[0][0] < line_end:
            start, end, kind = waiting.popleft()
            stretches.append((story, max(done, line_start), start))
            done = max(done, end)
            story += kind == "headline" and paragraph > 0
        stretches.append((story, max(done, line_start), line_end))
        stretches = [stretch for stretch in stretches if text[stretch[1] : stretch[2]].strip()]
        paragraph += bool(stretches)
        for of_story, start, end in stretches:
            yield of_story, paragraph, start, end


def _split(prose: str) -> Iterator[tuple[int, int]]:
    """Trimmed sentences of one stretch of prose."""
    from nupunkt import sent_spans  # imported where it is used: it loads its model

    ends, begin = {match.end() for match in _LOST_SPACE.finditer(prose)}, 0
    while begin < len(prose):
        cut = len(prose)
        if cut - begin > _LONGEST_PROSE:
            cut = prose.rfind(" ", begin + 1, begin + _LONGEST_PROSE) + 1 or begin + _LONGEST_PROSE
        if _STOP.search(prose, begin, cut):
            ends |= {begin + end for _, end in sent_spans(prose[begin:cut])}
        ends.add(cut)
        begin = cut
    edges = sorted({0, len(prose)} | ends)
    for start, end in zip(edges, edges[1:], strict=False):
        sentence = prose[start:end]
        if sentence.strip():
            yield end - len(sentence.lstrip()), start + len(sentence.rstrip())
