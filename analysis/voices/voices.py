"""Cut every sentence into stretches of one voice: the outlet's own words, and the words it quotes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from ..corpus.artefacts import find_artefacts
from ..corpus.sentences import split_sentences
from ..corpus.tokens import count_words
from ..tables import SENTENCES, SPANS, InputError, by_columns, make_table, need, need_articles
from .quotes import find_quotes

VOICES = ("own", "reported", "quote")


def label_voices(
    articles: pd.DataFrame, *, artefacts: pd.DataFrame | None = None, quotes: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Whose words is each sentence made of?

    Every sentence of `split_sentences` is tiled, without gap or overlap, into stretches in the `quote` voice (what
    stands in quotation marks, with the marks) and in the `own` voice (everything else). Own means *not in quotation
    marks*: speech that the article reports without marks is still counted as own. `copied_from` is missing: copying
    is not looked for. `artefacts` and `quotes` default to those of `find_artefacts` and `find_quotes`.

    Columns: those of `split_sentences`, then `voice`, `speaker` (of a quotation, as printed) and `copied_from`. Raises
    `InputError` if a column is missing.

    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["A"], "event": ["1"], "text": ['They "agree", he said.']})
    >>> label_voices(articles)[["sentence", "start", "end", "text", "voice", "speaker"]]
       sentence  start  end        text  voice speaker
    0         1      0    5       They     own     NaN
    1         1      5   12     "agree"  quote      he
    2         1     12   22  , he said.    own     NaN
    """
    need_articles(articles, "outlet", "event", "text", verb="label_voices")
    artefacts = find_artefacts(articles) if artefacts is None else artefacts
    quotes = find_quotes(articles, artefacts=artefacts) if quotes is None else quotes
    need(quotes, "article", "start", "end", "speaker", verb="label_voices")
    quoted = defaultdict(list)
    speakers = quotes["speaker"].astype(object).where(quotes["speaker"].notna(), None)
    for article, *quote in zip(quotes["article"], quotes["start"], quotes["end"], speakers, strict=True):
        quoted[article].append(quote)
    for rows in quoted.values():
        rows.sort(key=lambda row: row[:2])
    sentences = split_sentences(articles, artefacts=artefacts)
    spans, current, next_quote = [], None, 0
    for row in sentences.itertuples(index=False):
        if row.article != current:
            current, next_quote = row.article, 0
        of_article = quoted[current]
        while next_quote < len(of_article) and of_article[next_quote][1] <= row.start:
            next_quote += 1
        for start, end, voice, speaker in _tile(row.text, row.start, of_article, next_quote):
            text = row.text[start - row.start : end - row.start]
            spans.append((*row[: len(SENTENCES) - 3], start, end, text, voice, speaker, None))
    return make_table(SPANS, spans)


def tabulate_voices(spans: pd.DataFrame, *, by: str | Sequence[str] = "outlet") -> pd.DataFrame:
    """How many of its words does each outlet print in which voice?

    `share` is of the words in the rows given, so artefacts count only if they were kept. `own` and `quote` are what
    stands outside and inside quotation marks: a share says nothing about how fairly somebody is quoted.

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


def _tile(text: str, offset: int, quotes: list, position: int) -> Iterator[tuple[int, int, str, str | None]]:
    """start, end, voice and speaker of each stretch of one sentence; a stretch without a word joins its neighbour."""
    end_of_sentence = offset + len(text)
    pieces, done = [], offset
    while position < len(quotes) and quotes[position][0] < end_of_sentence:
        start, end, speaker = quotes[position]
        start, end = max(start, done), min(end, end_of_sentence)
        position += 1
        if start < end:
            pieces += [(done, start, "own", None), (start, end, "quote", speaker)]
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
