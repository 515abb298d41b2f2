"""Find the people, organisations and places that an article names, and fold the mentions of each to one name."""

from array import array
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..corpus.artefacts import find_artefacts
from ..tables import NAMES, need, need_articles
from .capitals import runs_pattern
from .folding import Spots, fold_mentions
from .mentions import Mention, read_run

_KINDS = ("person", "organisation", "place", "government")


def find_names(articles: pd.DataFrame, *, artefacts: pd.DataFrame | None = None) -> pd.DataFrame:
    """Which people, organisations and places does each article name, and which mentions are of one and the same?

    `name` is what all mentions of one in that article are folded to: its fullest printing there, without title (Kim, Mr
    Kim, Kim Jong-un and Kim Jong Un are Kim Jong Un); for a country its listed name (US, U.S.: United States). A
    surname that two people share is the one's who is named in full more often, or first. `kind`: `person`,
    `organisation`, `place`, or `government`, a country or capital that does or says something ("Moscow denied").
    Nationalities, parties' members, days and events are no names, nor is a capitalised word that nothing tells: a
    person is told by a title, a first name, a full name elsewhere in the article, or by saying something. Names are
    not linked to the world: two people of one name are one, and a name is told by shape and short lists, with errors.
    `artefacts` (by default those of `find_artefacts`) are left out; an empty table keeps all text.

    Columns: `article, start, end, text` (without title), `name, kind`; in order of the articles and of the text, never
    overlapping. Raises `InputError` if a column is missing.

    >>> text = "President Vladimir Putin left. Moscow denied it. So Putin"
    >>> find_names(pd.DataFrame({"article": ["a"], "text": [text]}))[["start", "text", "name", "kind"]]
       start            text            name        kind
    0     10  Vladimir Putin  Vladimir Putin      person
    1     31          Moscow          Moscow  government
    2     52           Putin  Vladimir Putin      person
    """
    need_articles(articles, "text", verb="find_names")
    artefacts = find_artefacts(articles) if artefacts is None else artefacts
    need(artefacts, "article", "start", "end", verb="leaving out artefacts")
    spans = defaultdict(list)
    for article, *span in zip(artefacts["article"], artefacts["start"], artefacts["end"], strict=True):
        spans[article].append(span)
    runs, printed, names = _Runs(), _Codes(), _Codes()
    # Arrays, not lists: the garbage collector would walk through two million places again and again.
    starts, groups = array("q"), array("q")
    for row, (article, text) in enumerate(zip(articles["article"], articles["text"].fillna(""), strict=True)):
        prose = _blank_out(text, sorted(spans[article])) if article in spans else text
        for text_of, name, kind, places in fold_mentions(prose, _find_spots(prose, runs)):
            starts.extend(places)
            groups.extend((row, len(places), len(text_of), printed[text_of], names[name], _KINDS.index(kind)))
    rows, counts, *codes = np.array(groups, dtype=np.int64).reshape(-1, 6).T
    starts = np.array(starts, dtype=np.int64)
    rows = np.repeat(rows, counts)
    order = np.lexsort((starts, rows))
    lengths, texts, folded, kinds = (np.repeat(column, counts)[order] for column in codes)
    starts = starts[order]
    return pd.DataFrame(
        {
            "article": _strings(articles["article"].to_numpy(dtype=object), rows[order]),
            "start": starts,
            "end": starts + lengths,
            "text": _strings(list(printed), texts),
            "name": _strings(list(names), folded),
            "kind": _strings(_KINDS, kinds),
        },
        columns=list(NAMES),
    )


class _Runs(dict):
    """Each distinct run of capitalised words is read once."""

    def __missing__(self, run: str) -> tuple[Mention, ...]:
        found = self[run] = read_run(run)
        return found


class _Codes(dict):
    """Numbers strings in the order in which they come."""

    def __missing__(self, string: str) -> int:
        code = self[string] = len(self)
        return code


def _find_spots(prose: str, runs: _Runs) -> list[Spots]:
    """Every name in the prose with all the places where it stands."""
    places = defaultdict(list)
    for match in runs_pattern().finditer(prose):
        places[match[0]].append(match.start())
    return [
        Spots(mention, [start + mention.start for start in starts] if mention.start else starts)
        for run, starts in places.items()
        for mention in runs[run]
    ]


def _blank_out(text: str, spans: list[list[int]]) -> str:
    """The text with line breaks for its artefacts, at the same length."""
    pieces, done = [], 0
    for start, end in spans:
        if end > done:
            pieces += [text[done : max(done, start)], "\n" * (end - max(done, start))]
            done = end
    return "".join(pieces) + text[done:]


def _strings(values: Sequence[str], places: np.ndarray) -> pd.api.extensions.ExtensionArray:
    return pd.array(values, dtype="str").take(places)
