"""Every sentence about somebody: by name, by role, by a pronoun that is clear."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import numpy as np
import pandas as pd

from ...corpus.layout.artefacts import find_artefacts
from ...corpus.parallel import map_articles
from ...corpus.places import changes, place
from ...tables import need, need_articles
from ...voices.names.names import find_names
from ...voices.speech.quotes import SPEECH, find_quotes, speech_of
from ...voices.speech.references import find_references
from ...voices.verbs import any_of
from ...voices.voices import label_voices
from .entities import choose_entities, list_named, phrases_of, read_entities

TARGETS = (
    "article", "outlet", "event", "sentence", "start", "end", "entity", "mention", "voice", "speaker", "text",
    "target_start", "target_end",
)  # fmt: skip
_KINDS = ("name", "role", "pronoun")
# Mentions of one entity that are kept of a sentence: prose has no more, and each row carries the sentence.
_MOST = 20


def find_targets(
    articles: pd.DataFrame,
    *,
    entities: Iterable[str] | Mapping[str, Sequence[str]] | None = None,
    names: pd.DataFrame | None = None,
    artefacts: pd.DataFrame | None = None,
    quotes: pd.DataFrame | None = None,
    spans: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Which sentences speak of whom?

    A row is one mention of an entity, the target of aspect sentiment: by its name, in full or in part (`name`); by an
    office that one person only holds in the article ("the Russian leader" after "Russian President Vladimir Putin",
    "the president" where one is named: `role`); or by `he` or `she` outside quotation marks, where the nearest earlier
    speaker or subject of that gender is clear (`pronoun`). In the order of the articles and of their text.

    `entities` are names as one types them ("Barack Obama", "Putin", "Congress", "Republican Party"), in any case, with
    or without accents: a person is meant by the full name or the last name alone (of two people the one whom more
    articles name), a party also by its members ("Republicans"), anything else by its words; a mapping gives each its
    other names (`{"Republican Party": ["GOP"]}`). A name that nobody mentions has no row. By default they are the
    people, organisations and governments whom at least two articles on one event name.

    A person has one name in all articles (coreference, across them), the fullest printing that most of them use: "Mr
    Kim" and "Kim Jong-un" are Kim Jong Un. Two people who share a last name and are both named in full are kept apart.
    Names, offices and pronouns are read by rules and short lists, not linked to the world: two people of one full name
    are one, and a mention that is not clear is left out rather than guessed. `names`, `artefacts` and `spans` default
    to those of `find_names`, `find_artefacts` and `label_voices`; artefacts hold no mention.

    Columns:
        article: the one that mentions it
        outlet: of the article
        event: of the article; missing where it has none
        sentence: from 1 within the article
        start: first code point of the mention in the article's text, from 0
        end: the one behind its last
        entity: as typed, else the name most used
        mention: name, role or pronoun
        voice: of the span that holds the mention: own, reported or quote
        speaker: of that span; missing where nobody is named
        text: the whole sentence
        target_start: first code point of the mention in `text`
        target_end: the one behind its last

    Raises:
        InputError: if a column is missing or `entities` is no list of names

    Example:
        >>> text = 'Vladimir Putin met Kim Jong Un on Monday. "Putin is a friend," Kim said.'
        >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["A"], "event": ["1"], "text": [text]})
        >>> find_targets(articles, entities=["Putin"])[["sentence", "entity", "mention", "voice", "speaker"]]
           sentence entity mention  voice      speaker
        0         1  Putin    name    own          NaN
        1         2  Putin    name  quote  Kim Jong Un
    """
    need_articles(articles, "outlet", "event", "text", verb="find_targets")
    typed = None if entities is None else read_entities(entities)
    artefacts = find_artefacts(articles) if artefacts is None else artefacts
    need(artefacts, "article", "start", "end", "kind", verb="leaving out artefacts")
    names = find_names(articles, artefacts=artefacts) if names is None else names
    need(names, "article", "start", "end", "text", "name", "kind", verb="find_targets")
    quotes = find_quotes(articles, artefacts=artefacts, names=names) if quotes is None else quotes
    need(quotes, *SPEECH, verb="find_targets")
    if spans is None:
        nothing = pd.DataFrame(columns=["passage", "article", "start", "end", "kind", "articles"])
        spans = label_voices(articles, artefacts=artefacts, quotes=quotes, passages=nothing)
    need(spans, "article", "sentence", "start", "end", "voice", "speaker", verb="find_targets")
    entities = choose_entities(list_named(names, articles), typed)
    return find_mentions(articles, names, quotes, spans, entities, typed=typed)


def find_mentions(
    articles: pd.DataFrame,
    names: pd.DataFrame,
    quotes: pd.DataFrame,
    spans: pd.DataFrame,
    entities: pd.DataFrame,
    *,
    typed: Mapping[str, Sequence[str]] | None = None,
) -> pd.DataFrame:
    """The rows of `find_targets` for the entities that were chosen, which may be those of a larger corpus."""
    phrases = {
        # A name typed with a capital is meant only where it has one: "Congress", not "a congress".
        phrase: (name, name[:1].isupper())
        for name, others in (typed or {}).items()
        for phrase in phrases_of(name, others)
    }
    columns = ["article", "start", "end", "name", "kind"]
    found = map_articles(
        partial(_find_mentions, phrases=phrases),
        articles[["article", "text"]],
        names[columns].merge(entities, on=["article", "name", "kind"], how="left"),
        quotes[list(SPEECH)],
    )
    return _in_sentences(found, articles, spans)


def _find_mentions(
    articles: pd.DataFrame,
    names: pd.DataFrame,
    quotes: pd.DataFrame,
    *,
    phrases: Mapping[str, tuple[str, bool]],
) -> pd.DataFrame:
    """article, start, end, entity and kind of each mention, in order."""
    named, speech = {}, speech_of(quotes)
    columns = (names[column].tolist() for column in ("article", "start", "end", "name", "kind", "entity"))
    for article, *mention in zip(*columns, strict=True):
        named.setdefault(article, []).append(mention)
    pattern = re.compile(rf"(?<![\w'])(?:{any_of(phrases)})(?!\w)") if phrases else None
    rows = []
    for article, text in zip(articles["article"].tolist(), articles["text"].fillna("").tolist(), strict=True):
        mentions = named.get(article, [])
        found = {(start, end, entity): 0 for start, end, _, _, entity in mentions if isinstance(entity, str)}
        of_name = {
            name: entity for _, _, name, kind, entity in mentions if kind == "person" and isinstance(entity, str)
        }
        if of_name:
            people = [tuple(mention[:4]) for mention in mentions]
            for start, end, name, kind in find_references(text, people, speech.get(article, [])):
                if name in of_name:
                    found.setdefault((start, end, of_name[name]), _KINDS.index(kind))
        if pattern:
            for start, end, entity in _find_phrases(text, pattern, phrases, mentions):
                found.setdefault((start, end, entity), 0)
        rows += [(article, start, end, entity, kind) for (start, end, entity), kind in sorted(found.items())]
    table = pd.DataFrame.from_records(rows, columns=["article", "start", "end", "entity", "mention"])
    return table.astype({"article": "str", "start": np.int64, "end": np.int64, "entity": "str", "mention": np.int64})


def _find_phrases(
    text: str, pattern: re.Pattern, phrases: Mapping[str, tuple[str, bool]], mentions: list[list]
) -> list[tuple[int, int, str]]:
    """Where the words stand that mean an entity, unless they are part of another name or already found as a name."""
    found = []
    spots = sorted((start, end, entity) for start, end, _, _, entity in mentions)
    starts = [start for start, _, _ in spots]
    for match in pattern.finditer(text.translate(_FOLDED)):
        entity, capital = phrases[match[0]]
        start, end = match.span()
        if capital and not text[start].isupper() and not text[start].isdigit():
            continue
        at = bisect_right(starts, start) - 1  # names never overlap
        inside = at >= 0 and spots[at][1] >= end and (spots[at][2] == entity or spots[at][:2] != (start, end))
        around = at + 1 < len(spots) and spots[at + 1][1] <= end and spots[at + 1][2] == entity
        same = at >= 0 and spots[at][1] > start and spots[at][2] == entity
        if not (inside or around or same):
            found.append((start, end, entity))
    return found


def _in_sentences(found: pd.DataFrame, articles: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """The mentions that stand in a sentence, with the sentence, and the voice of the span that holds them."""
    index = pd.Index(articles["article"])
    spans = spans[spans["start"].notna() & spans["article"].isin(index)]
    rows = index.get_indexer(spans["article"])
    starts = place(rows, spans["start"].to_numpy(dtype=np.int64))
    order = np.argsort(starts, kind="stable")
    starts, rows, spans = starts[order], rows[order], spans.iloc[order]
    ends = spans["end"].to_numpy(dtype=np.int64)
    # Spans of one sentence are neighbours: it begins with the first and ends with the last.
    edges = np.flatnonzero(changes(place(rows, spans["sentence"].to_numpy(dtype=np.int64))))
    sizes = np.diff(np.append(edges, len(spans)))
    firsts = np.repeat(spans["start"].to_numpy(dtype=np.int64)[edges], sizes)
    lasts = np.repeat(ends[edges + sizes - 1], sizes)

    of_article = index.get_indexer(found["article"])
    at = np.searchsorted(starts, place(of_article, found["start"].to_numpy()), side="right") - 1
    inside = at >= 0
    inside[inside] &= rows[at[inside]] == of_article[inside]
    inside[inside] &= found["start"].to_numpy()[inside] < ends[at[inside]]
    inside[inside] &= found["end"].to_numpy()[inside] <= lasts[at[inside]]
    found, at, of_article = found[inside].reset_index(drop=True), at[inside], of_article[inside]
    few = found.groupby([firsts[at], of_article, found["entity"].array]).cumcount().to_numpy() < _MOST
    found, at, of_article = found[few].reset_index(drop=True), at[few], of_article[few]
    spans, first, last = spans.iloc[at].reset_index(drop=True), firsts[at], lasts[at]
    texts = articles["text"].fillna("").tolist()
    named = {column: articles[column].astype("str").array.take(of_article) for column in ("article", "outlet", "event")}
    table = found.assign(
        **named,
        sentence=spans["sentence"].to_numpy(dtype=np.int64),
        mention=pd.array(_KINDS, dtype="str").take(found["mention"].to_numpy()),
        voice=spans["voice"].astype("str").array,
        speaker=spans["speaker"].astype("str").array,
        text=pd.array(
            [texts[row][a:b] for row, a, b in zip(of_article.tolist(), first.tolist(), last.tolist(), strict=True)],
            dtype="str",
        ),
        target_start=found["start"].to_numpy() - first,
        target_end=found["end"].to_numpy() - first,
    )
    return table[list(TARGETS)]


class _Folds(dict):
    """Each character in small letters without accents, one for one, so that places stay."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = unicodedata.normalize("NFD", character)[0].lower()[0]
        self[code] = folded = " " if folded in "-\xa0\t" else "'" if folded in "’‘" else folded
        return folded


_FOLDED = _Folds()
