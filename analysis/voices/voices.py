"""Cut every sentence into stretches of one voice: the outlet's own words, words it reports, words it quotes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from ..corpus.artefacts import find_artefacts
from ..corpus.sentences import split_sentences
from ..corpus.tokens import count_words
from ..tables import SPANS, InputError, by_columns, need, need_articles
from .copies import name_copies
from .quotes import find_quotes
from .reuse import find_reuse

# Words of those who pass on what somebody else said.
_RELAYS = frozenset(("reported", "reports", "reporting", "according to", "According to"))
VOICES = ("own", "reported", "quote")


def label_voices(
    articles: pd.DataFrame,
    *,
    artefacts: pd.DataFrame | None = None,
    quotes: pd.DataFrame | None = None,
    passages: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Whose words is each sentence made of?

    Every sentence of `split_sentences` is tiled, without gap or overlap, into stretches in the `quote` voice (what
    stands in quotation marks, with the marks), the `reported` voice (what the article says, without marks, that
    somebody said, thought or wants) and the `own` voice (everything else). Where speech is reported in speech it is
    the outer speaker's. Finding reported speech is a rule on words and misses some: own is what is *not found* to be
    somebody else's.

    `copied_from` is no voice, for a quotation can be copied too: it names the other articles that print at least half
    of the stretch's words in passages of 8 words or more (of kind prose or quote in this article: a set phrase is no
    copy), in the order of their ids, each with the agency that signs it: `b (Reuters), c and 95 more`. It says who
    prints the same, not who wrote it first. `artefacts`, `quotes` and `passages` default to those of `find_artefacts`,
    `find_quotes` and `find_reuse`; an empty table of passages leaves `copied_from` missing.

    Columns: those of `split_sentences`, then `voice`, `speaker` (of quoted and reported words, as `find_quotes` names
    them) and `copied_from`. Raises `InputError` if a column is missing.

    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["A"], "event": ["1"], "text": ['They "agree", he said.']})
    >>> label_voices(articles)[["sentence", "start", "end", "text", "voice", "speaker"]]
       sentence  start  end        text     voice speaker
    0         1      0    5       They   reported      he
    1         1      5   12     "agree"     quote      he
    2         1     12   22  , he said.       own     NaN
    """
    need_articles(articles, "outlet", "event", "text", verb="label_voices")
    artefacts = find_artefacts(articles) if artefacts is None else artefacts
    quotes = find_quotes(articles, artefacts=artefacts) if quotes is None else quotes
    needed = ("article", "start", "end", "kind", "content_start", "content_end", "verb", "speaker")
    need(quotes, *needed, verb="label_voices")
    passages = find_reuse(articles, artefacts=artefacts, quotes=quotes) if passages is None else passages
    spans = _cut_sentences(split_sentences(articles, artefacts=artefacts), _stretches_of(quotes))
    spans["copied_from"] = name_copies(spans, articles, passages)
    return spans[list(SPANS)]


def tabulate_voices(spans: pd.DataFrame, *, by: str | Sequence[str] = "outlet") -> pd.DataFrame:
    """How many of its words does each outlet print in which voice?

    `share` is of the words in the rows given, so artefacts count only if they were kept. `quote` is what stands in
    quotation marks, `reported` is told without them: a share says nothing about how fairly somebody is quoted.

    Columns: those of `by`, `voice` (own, reported, quote; every voice in `spans` for every group), `words`, `share` (0
    to 1 of the group's words), `articles` (that have words in this voice). A group without a word has no row.
    Raises `InputError` if a column is missing or a voice is not known.

    >>> spans = pd.DataFrame({"article": "a", "outlet": "A", "voice": ["own", "quote"], "text": ["We all", '"agree"']})
    >>> tabulate_voices(spans)
      outlet  voice  words     share  articles
    0      A    own      2  0.666667         1
    1      A  quote      1  0.333333         1
    """
    by = by_columns(by)
    need(spans, *by, "article", "voice", "text", verb="tabulate_voices")
    if "voice" in by:
        raise InputError("tabulate_voices counts by voice already; expected other columns in by")
    for unknown in spans.loc[~spans["voice"].isin(VOICES), "voice"][:1]:
        raise InputError(f"voice '{unknown}' is not known; expected one of {', '.join(VOICES)}")
    words = count_words(spans["text"])
    spans = spans.assign(words=words)[words > 0]
    present = [voice for voice in VOICES if (spans["voice"] == voice).any()]
    groups = spans.groupby(by, sort=True, dropna=False, observed=True).ngroup().to_numpy()
    _, first = np.unique(groups, return_index=True)
    keys = spans[by].iloc[first].reset_index(drop=True)
    table = keys.loc[keys.index.repeat(len(present))].reset_index(drop=True)
    table["voice"] = pd.Series(present * len(keys), dtype="str")
    places = groups * len(present) + spans["voice"].map({voice: i for i, voice in enumerate(present)}).to_numpy(int)
    table["words"] = np.bincount(places, weights=spans["words"], minlength=len(table)).astype(np.int64)
    table["share"] = table["words"] / np.repeat(np.bincount(groups, weights=spans["words"]), len(present))
    articles = spans["article"].groupby(places).nunique()
    table["articles"] = articles.reindex(range(len(table)), fill_value=0).to_numpy(np.int64)
    return table


def _cut_sentences(sentences: pd.DataFrame, stretches: dict[str, list[tuple]]) -> pd.DataFrame:
    """The sentences, each cut at its stretches, with their voice and speaker."""
    places, starts, ends, texts, voices, speakers = [], [], [], [], [], []
    current, of_article, position = None, [], 0
    columns = (sentences[column].tolist() for column in ("article", "start", "end", "text"))
    for place, (article, start, end, text) in enumerate(zip(*columns, strict=True)):
        if article != current:
            current, of_article, position = article, stretches.get(article, []), 0
        while position < len(of_article) and of_article[position][1] <= start:
            position += 1
        if position == len(of_article) or of_article[position][0] >= end:
            tiles = [(start, end, "own", None)]
        else:
            tiles = _tile(text, start, of_article, position)
        for first, last, voice, speaker in tiles:
            places.append(place)
            starts.append(first)
            ends.append(last)
            texts.append(text[first - start : last - start])
            voices.append(voice)
            speakers.append(speaker)
    spans = sentences.take(np.array(places, dtype=np.int64)).reset_index(drop=True)
    spans["start"], spans["end"] = np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64)
    for column, values in (("text", texts), ("voice", voices), ("speaker", speakers)):
        spans[column] = pd.array(values, dtype="str")
    return spans


def _stretches_of(quotes: pd.DataFrame) -> dict[str, list[tuple]]:
    """For each article the stretches (start, end, voice, speaker) that are not its own, in order, never overlapping.

    What stands in marks is quoted; a reported clause, and the rest of a clause that is quoted in part, is reported up
    to the marks. Of clauses within one another the outermost counts: in `Kim said that Putin hoped …` it is Kim's; but
    in `Putin said …, Russian media reported` it is Putin's, for those who only pass it on come last.
    """
    marked, spoken, relayed = defaultdict(list), defaultdict(list), defaultdict(list)
    speakers = quotes["speaker"].astype(object).where(quotes["speaker"].notna(), None)
    columns = ("article", "start", "end", "kind", "content_start", "content_end", "verb")
    places = [quotes[column] for column in columns]
    rows = list(zip(*places, speakers, strict=True))
    whole = {(article, first, last) for article, _, _, kind, first, last, *_ in rows if kind == "direct"}
    for article, start, end, kind, first, last, verb, speaker in rows:
        if kind != "reported":
            marked[article].append((start, end, "quote", speaker))
        # The content of a direct quotation runs over the speaker named in its middle, who is no part of it.
        if kind == "reported" or (kind == "mixed" and (article, first, last) not in whole):
            (relayed if verb in _RELAYS else spoken)[article].append((first, last, "reported", speaker))
    for clauses in (spoken, relayed):
        for article, of_article in clauses.items():
            taken = sorted(marked[article], key=_place)
            marked[article] += _outside(sorted(of_article, key=lambda row: (row[0], -row[1])), taken)
    return {article: sorted(of_article, key=_place) for article, of_article in marked.items()}


def _place(row: tuple) -> tuple[int, int]:
    return row[:2]


def _outside(clauses: list[tuple], marked: list[tuple]) -> list[tuple]:
    """The parts of the clauses that lie neither in an earlier clause nor in a marked quotation."""
    parts, done, position = [], 0, 0
    for start, end, voice, speaker in clauses:
        at = max(start, done)
        while position < len(marked) and marked[position][1] <= at:
            position += 1
        while position < len(marked) and marked[position][0] < end and at < end:
            begin, stop, *_ = marked[position]
            if stop > end:
                break
            position += 1
            if at < begin:
                parts.append((at, begin, voice, speaker))
            at = max(at, stop)
        stop = min(end, marked[position][0]) if position < len(marked) else end
        if at < stop:
            parts.append((at, stop, voice, speaker))
        done = max(done, end)
    return parts


def _tile(text: str, offset: int, stretches: list, position: int) -> Iterator[tuple[int, int, str, str | None]]:
    """start, end, voice and speaker of each stretch of one sentence; a stretch without a word joins its neighbour."""
    end_of_sentence = offset + len(text)
    pieces, done = [], offset
    while position < len(stretches) and stretches[position][0] < end_of_sentence:
        start, end, voice, speaker = stretches[position]
        start, end = max(start, done), min(end, end_of_sentence)
        position += 1
        if start < end:
            pieces += [(done, start, "own", None), (start, end, voice, speaker)]
            done = end
    pieces.append((done, end_of_sentence, "own", None))
    tiles = []
    for start, end, voice, speaker in pieces:
        if start == end:
            continue
        wordless = not any(character.isalnum() for character in text[start - offset : end - offset])
        if tiles and (wordless or tiles[-1][4] or voice == tiles[-1][2] == "own"):
            before = tiles.pop()
            keep = before if wordless else (start, end, voice, speaker)
            tiles.append((before[0], end, keep[2], keep[3], wordless and before[4]))
        else:
            tiles.append((start, end, voice, speaker, wordless))
    for start, end, voice, speaker, _ in tiles:
        yield start, end, voice, speaker
