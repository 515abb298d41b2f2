"""Split the prose of each article into sentences."""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

import numpy as np
import pandas as pd

from ..tables import SENTENCES, need, need_articles
from .layout.artefacts import find_artefacts
from .layout.lines import lines_of
from .parallel import map_articles

# "as a gift.The Aurus": a full stop that lost its space. Two small letters before it keep initialisms and `e.g.` whole,
# a small letter after the capital keeps `Booking.COM`.
_LOST_SPACE = r"(?<=[a-z]{2}.)(?=[A-Z][a-z])"
_LOST = re.compile("[.!?]" + _LOST_SPACE)
# A stop that may end a sentence, other than the last one. The first group is there if it ends one unless the word
# before it is an abbreviation, the second if it lost its space.
_STOP = re.compile(
    r"[.!?…](?:(?<!…)(?:[\"”]? ()(?=[\"“]?[A-Z][A-Za-z]*(?:['’-][A-Za-z]+)*,? )|()" + _LOST_SPACE + ")"
    r"|(?=\W)(?![\"'”’)]*\Z))"
)
_PLAIN_WORD = re.compile(r"[\"“(]?((?:[A-Za-z]+['’-])*[A-Za-z]{2,})")
# Two words with one space between them; what else may stand there (". . .", "! !") has longer arms.
_PAIR = re.compile(r"[\"“‘(]?[A-Za-z0-9][^ ]{0,40} [\"“‘(]?[A-Za-z0-9][^ ]{0,40}(?= |\Z)")
# nupunkt's time grows with the square of some repeated marks, so a paragraph longer than any of prose is cut first.
_LONGEST_PROSE = 20_000
CUT = ["article", "start", "end", "kind"]


def split_sentences(articles: pd.DataFrame, *, artefacts: pd.DataFrame | None = None) -> pd.DataFrame:
    """Which sentences does each article's prose consist of?

    `artefacts` are left out (by default those of `find_artefacts`; pass an empty table to keep all text); what remains
    is split by nupunkt within paragraphs. Every character that is neither white space nor in an artefact stands in
    exactly one sentence. A sentence that a quotation runs through is cut where its own full stops are.

    Columns:
        article: the one that it stands in
        outlet: of the article
        event: of the article; missing where it has none
        story: which of the stories in one text, from 1: 2 after a headline inside the prose
        paragraph: from 1 within the article
        sentence: from 1 within the article
        start: its first code point in the article's text, from 0
        end: the one behind its last
        text: as printed

    Raises:
        InputError: if a column is missing or an article stands twice

    Source: nupunkt (Bommarito et al. 2025), an improved Punkt

    Example:
        >>> articles = pd.DataFrame({"article": "a", "outlet": "A", "event": "1", "text": ["They met.Then he left."]})
        >>> split_sentences(articles)[["article", "paragraph", "sentence", "start", "end", "text"]]
          article  paragraph  sentence  start  end           text
        0       a          1         1      0    9      They met.
        1       a          1         2      9   22  Then he left.
    """
    need_articles(articles, "outlet", "event", "text", verb="split_sentences")
    artefacts = find_artefacts(articles) if artefacts is None else artefacts
    need(artefacts, *CUT, verb="leaving out artefacts")
    sentences = map_articles(_split_articles, number_articles(articles, "text"), artefacts[CUT])
    return name_rows(sentences, articles)[list(SENTENCES)]


def number_articles(articles: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The articles with their `row`, from 0: what a worker sends back instead of all that is said of the article."""
    return articles[["article", *columns]].assign(row=np.arange(len(articles), dtype=np.int32))


def name_rows(spans: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The spans with article, outlet and event of the row of `articles` that each of them names."""
    rows = spans["row"].to_numpy(dtype=np.int64)
    named = {column: articles[column].astype("str").array.take(rows) for column in ("article", "outlet", "event")}
    return spans.assign(**named)


def _split_articles(articles: pd.DataFrame, artefacts: pd.DataFrame) -> pd.DataFrame:
    sentences, texts = place_sentences(articles, artefacts)
    return sentences.assign(row=articles["row"].to_numpy()[sentences["row"]], text=pd.array(texts, dtype="str"))


def place_sentences(articles: pd.DataFrame, artefacts: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """row (of the article, from 0), story, paragraph, sentence, start and end of every sentence, and their texts."""
    places, printed, counts, cuts = [], [], [], cuts_of(artefacts)
    for article, text in zip(articles["article"].tolist(), articles["text"].fillna("").tolist(), strict=True):
        before = len(printed)
        for story, paragraph, start, end in prose_between(text, cuts[article]):
            prose, first = text[start:end], 0
            for last in (*_find_ends(prose), end - start):
                sentence = prose[first:last]
                trimmed = sentence.strip()
                if trimmed:
                    if trimmed[0] != sentence[0]:
                        first = last - len(sentence.lstrip())
                    places += (story, paragraph, start + first, start + first + len(trimmed))
                    printed.append(trimmed)
                first = last
        counts.append(len(printed) - before)
    story, paragraph, start, end = np.array(places, dtype=np.int64).reshape(-1, 4).T
    counts = np.array(counts, dtype=np.int64)
    number = np.arange(1, len(printed) + 1) - np.repeat(np.cumsum(counts) - counts, counts)
    row = np.repeat(np.arange(len(counts)), counts)
    columns = {"row": row, "story": story, "paragraph": paragraph, "sentence": number, "start": start, "end": end}
    return pd.DataFrame(columns), printed


def prose_of(articles: pd.DataFrame, artefacts: pd.DataFrame) -> Iterator[list[tuple[int, int, int, int]]]:
    """For each article its stretches of prose between artefacts: story, paragraph, start, end; each within a line."""
    cuts = cuts_of(artefacts)
    for article, text in zip(articles["article"].tolist(), articles["text"].fillna("").tolist(), strict=True):
        yield list(prose_between(text, cuts[article]))


def cuts_of(artefacts: pd.DataFrame) -> dict[str, list[tuple[int, int, str]]]:
    """For each article start, end and kind of its artefacts, sorted; an empty list for an article without any."""
    need(artefacts, *CUT, verb="leaving out artefacts")
    cuts = defaultdict(list)
    for article, start, end, kind in zip(*(artefacts[column].tolist() for column in CUT), strict=True):
        cuts[article].append((start, end, kind))
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


def _find_ends(prose: str) -> list[int]:
    """Where sentences end in one stretch of prose, in order, but for its own end: where nupunkt ends them.

    What it says of a stop hangs on the two words around it. Most words are no abbreviation and end the sentence; of
    the others it is asked once for each pair of words, and of the whole stretch where they are no plain pair.
    """
    if len(prose) > _LONGEST_PROSE:
        return _find_ends_of_long(prose)
    ends, done, asked = [], 0, False
    for match in _STOP.finditer(prose):
        kind = match.lastindex
        if kind == 2:
            ends.append(match.end())
            continue
        stop = match.start()
        if asked or stop < done:
            continue
        word = max(done, prose.rfind(" ", done, stop) + 1)
        inside = word > 1 and prose[word - 1] == " " and not prose[word - 2].isspace()
        if kind == 1 and inside and _ends_plainly(prose[word:stop]):
            ends.append(match.end())
            done = match.end()
        elif (inside or word == 0) and (pair := _PAIR.match(prose, word)):
            found, after = _ask(pair.group(), inside)
            ends += [word + end for end in found]
            done = word + after
        else:
            ends += _ask_of_all(prose)
            asked = True
    return sorted(set(ends)) if len(ends) > 1 else ends


def _find_ends_of_long(prose: str) -> list[int]:
    ends, begin = {match.end() for match in _LOST.finditer(prose)}, 0
    while begin < len(prose):
        cut = len(prose)
        if cut - begin > _LONGEST_PROSE:
            cut = prose.rfind(" ", begin + 1, begin + _LONGEST_PROSE) + 1 or begin + _LONGEST_PROSE
        ends |= {begin + end for end in _ask_of_all(prose[begin:cut])}
        ends.add(cut)
        begin = cut
    return sorted(ends - {len(prose)})


@cache
def _read_splitter() -> tuple[Callable[[str], list[tuple[int, int]]], frozenset[str]]:
    """nupunkt's function and abbreviations."""
    import nupunkt  # imported where it is used: it loads its model

    return nupunkt.sent_spans, nupunkt.load("default").abbreviations


@lru_cache(maxsize=1 << 16)
def _ends_plainly(word: str) -> bool:
    """Whether a stop after this word ends a sentence whatever follows: the word is a plain one, no abbreviation."""
    match = _PLAIN_WORD.fullmatch(word)
    if not match:
        return False
    abbreviations = _read_splitter()[1]
    lower = match[1].lower()
    return lower not in abbreviations and lower.rsplit("-", 1)[-1] not in abbreviations


@lru_cache(maxsize=1 << 16)
def _ask(pair: str, inside: bool) -> tuple[list[int], int]:
    """Where nupunkt ends sentences in the first of two words and after it, and where the second begins.

    A line may begin with a number or letter and a stop, which end no sentence: so does a pair not `inside` one.
    """
    before, after = "x " if inside else "", pair.index(" ") + 1
    ends = [end - len(before) for end in _ask_of_all(before + pair)]
    return [end for end in ends if end <= after], after


def _ask_of_all(prose: str) -> list[int]:
    return [end for _, end in _read_splitter()[0](prose)[:-1]]
