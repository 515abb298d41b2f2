"""Find quotations: where they stand, whether they close, and who is said to have spoken."""

from collections import defaultdict
from functools import partial

import numpy as np
import pandas as pd

from ...corpus.layout.artefacts import find_artefacts_beside
from ...corpus.layout.repeated import find_repeated_lines
from ...corpus.parallel import map_articles
from ...corpus.sentences import cuts_of, prose_between
from ...tables import QUOTES, add_source, make_table, need, need_articles
from ..names.names import read_names
from .reading import read_speech
from .resolve import resolve_speakers

# The columns that hold what `read_speech` read of an article.
SPEECH = (
    "article", "start", "end", "kind", "content_start", "content_end", "speaker_start", "speaker_end", "verb", "closed",
    "channel",
)  # fmt: skip
_NOBODY = -1
_SPEAKER = 5  # its place in a row of `read_speech`


def find_quotes(
    articles: pd.DataFrame, *, artefacts: pd.DataFrame | None = None, names: pd.DataFrame | None = None
) -> pd.DataFrame:
    """What does each article put in quotation marks, and whose words are they said to be?

    Straight, curly and single marks, mixed ones (opened curly, closed straight) and unclosed ones, which run to the
    end of their paragraph. The speaker (quotation attribution) is the first name, role or pronoun with a reporting
    verb beside the quotation, or who signs it behind a dash ("…" — Sen. John Kennedy), without a verb; of a whole
    sentence without either, whoever the sentence right before it reports. Each paragraph of a transcript's turn
    ("OAKES: …") is a quotation of that speaker, whatever marks stand in it. The content of a fragment is the clause it
    stands in, that of an interrupted quotation runs from its first part to its last: rows with the same content are
    one. It is a rule on words and their order: it reads no meaning, and misses about half of what a close reader calls
    reported. `names` and `artefacts` are by default those of `find_names` and `find_artefacts`; headlines, subheads
    and other artefacts are left out (pass an empty table to keep them).

    `kind`: `direct` (a whole sentence, or a turn), `mixed` (words quoted within a sentence of the article's), `scare`
    (at most three words, no speaker), or `reported`: what somebody is said to have said, thought or wanted, without
    marks.

    Columns:
        article: the one that prints it
        outlet: of the article; missing where it has none
        event: of the article; missing where it has none
        start: its first code point in the article's text, from 0
        end: the one behind its last
        text: as printed, with the marks; of reported words the clause
        kind: direct, mixed, scare or reported
        content_start: first code point of the content
        content_end: the one behind its last
        speaker: the name it is folded to ("Mr Kim": Kim Jong Un; "he": the nearest earlier speaker or subject of that
            gender, where that is clear), else as printed; missing where there is none
        speaker_start: where the speaker is printed; missing where there is none
        speaker_end: the one behind its last; missing likewise
        verb: as printed; missing where there is none
        closed: False where the marks are never closed
        channel: who passed the words on, as printed: TASS in "Putin said …, TASS reported"; missing where nobody is
            named

    Raises:
        InputError: if a column is missing or an article stands twice

    Example:
        >>> articles = pd.DataFrame({"article": ["a"], "text": ["Kim hailed a “new era\\". \\"We agree,\\" he said."]})
        >>> find_quotes(articles)[["text", "kind", "speaker", "verb", "closed"]]
                  text    kind speaker    verb  closed
        0    “new era"   mixed     Kim  hailed    True
        1  "We agree,"  direct      he    said    True
    """
    need_articles(articles, "text", verb="find_quotes")
    if names is not None:
        need(names, "article", "start", "end", "name", "kind", verb="find_quotes")
        names = names[["article", "start", "end", "name", "kind"]]
    tables = [] if names is None else [names]
    if artefacts is None:  # found where the quotations are, so that the texts are sent to the workers once
        columns = [column for column in ("article", "outlet", "title", "text") if column in articles]
        survey = partial(find_repeated_lines, articles)
        return add_source(map_articles(_find_in_all, articles[columns], *tables, survey=survey), articles)
    need(artefacts, "article", "start", "end", "kind", verb="leaving out artefacts")
    cuts = artefacts[["article", "start", "end", "kind"]]
    return add_source(map_articles(_find_quotes, articles[["article", "text"]], cuts, *tables), articles)


def _find_in_all(articles: pd.DataFrame, *tables: pd.DataFrame | dict[str, frozenset[str]]) -> pd.DataFrame:
    """The quotations of articles whose artefacts are not yet found; `tables`: names, if given, and repeated lines."""
    *names, repeated = tables
    return _find_quotes(articles, find_artefacts_beside(articles, repeated), *names)


def _find_quotes(articles: pd.DataFrame, artefacts: pd.DataFrame, names: pd.DataFrame | None = None) -> pd.DataFrame:
    """The quotations of some articles; where no names are given, they are found where somebody speaks."""
    cuts, given = cuts_of(artefacts), defaultdict(list)
    if names is not None:
        columns = (names[column].tolist() for column in ("article", "start", "end", "name", "kind"))
        for article, *mention in zip(*columns, strict=True):
            given[article].append(tuple(mention))
    ids, texts = articles["article"].tolist(), articles["text"].fillna("").tolist()
    # Speech in all articles first and its speakers after: each works faster when it is not interrupted by the other.
    speech = [
        read_speech(text, [(start, end) for _, _, start, end in prose_between(text, cuts[article])])
        for article, text in zip(ids, texts, strict=True)
    ]
    if names is None:
        given = {
            article: read_names(text, cuts[article])
            for article, text, rows in zip(ids, texts, speech, strict=True)
            if any(row[_SPEAKER] for row in rows)
        }
    columns = {column: [] for column in QUOTES[1:]}
    for article, text, rows in zip(ids, texts, speech, strict=True):
        if not rows:
            continue
        starts, ends, kinds, firsts, lasts, spoke, verbs, closed, channels = zip(*rows, strict=True)
        speakers = [text[slice(*who)] if who else None for who in spoke]
        for row, name in resolve_speakers(text, given.get(article, []), rows):
            speakers[row] = name
        columns["text"] += [text[start:end] for start, end in zip(starts, ends, strict=True)]
        columns["speaker"] += speakers
        columns["speaker_start"] += [who[0] if who else _NOBODY for who in spoke]
        columns["speaker_end"] += [who[1] if who else _NOBODY for who in spoke]
        found = {"start": starts, "end": ends, "kind": kinds, "content_start": firsts, "content_end": lasts}
        for column, values in (found | {"verb": verbs, "closed": closed, "channel": channels}).items():
            columns[column] += values
    for column in ("speaker_start", "speaker_end"):
        places = np.array(columns[column], dtype=np.int64)
        columns[column] = pd.arrays.IntegerArray(np.maximum(places, 0), places == _NOBODY)
    owners = articles["article"].repeat([len(rows) for rows in speech]).reset_index(drop=True)
    return make_table(QUOTES, {"article": owners, **columns})


def speech_of(quotes: pd.DataFrame) -> dict[str, list[tuple]]:
    """For each article the rows of `read_speech`, from the table of its quotations: no text is read twice."""
    rows = defaultdict(list)
    places = (quotes[name].fillna(_NOBODY).tolist() for name in ("speaker_start", "speaker_end"))
    said = (quotes[name].astype(object).where(quotes[name].notna(), None).tolist() for name in ("verb", "channel"))
    plain = (quotes[name].tolist() for name in ("article", "start", "end", "kind", "content_start", "content_end"))
    columns = zip(*plain, *places, quotes["closed"].tolist(), *said, strict=True)
    for article, start, end, kind, first, last, who_start, who_end, closed, verb, channel in columns:
        who = (who_start, who_end) if who_start != _NOBODY else None
        rows[article].append((start, end, kind, first, last, who, verb, closed, channel))
    return rows
