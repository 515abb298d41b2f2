"""Find the people, organisations and places that an article names, and fold the mentions of each to one name."""

from array import array
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pandas as pd

from ...corpus.layout.artefacts import find_artefacts
from ...corpus.parallel import map_articles
from ...corpus.sentences import cuts_of
from ...tables import NAMES, add_source, need, need_articles
from .capitals import runs_pattern
from .folding import Named, fold_mentions
from .mentions import read_run

_KINDS = ("person", "organisation", "place", "government")


def find_names(articles: pd.DataFrame, *, artefacts: pd.DataFrame | None = None) -> pd.DataFrame:
    """Which people, organisations and places does each article name, and which mentions are of one and the same?

    Mentions of one are folded (coreference, within an article) to its fullest printing there, without title: Kim, Mr
    Kim, Kim Jong-un and Kim Jong Un are Kim Jong Un; a country's to its listed name (US, U.S.: United States). A
    surname that two people share is the one's who is named in full more often, or first. Nationalities, parties'
    members, days and events are no names, nor is a capitalised word that nothing tells: a person is told by a title, a
    first name, a full name elsewhere in the article, or by saying something. Names are not linked to the world: two
    people of one name are one, and a name is told by shape and short lists, with errors.

    `artefacts` (by default those of `find_artefacts`) are left out; an empty table keeps all text. Names never overlap,
    and come in the order of the articles and of the text.

    Columns:
        article: the one that names it
        outlet: of the article; missing where it has none
        event: of the article; missing where it has none
        start: its first code point in the article's text, from 0
        end: the one behind its last
        text: as printed, without title
        name: what all its mentions in the article are folded to
        kind: person, organisation, place, or government, a country or capital that does or says something ("Moscow
            denied")

    Raises:
        InputError: if a column is missing or an article stands twice

    Example:
        >>> text = "President Vladimir Putin left. Moscow denied it. So Putin"
        >>> find_names(pd.DataFrame({"article": ["a"], "text": [text]}))[["start", "text", "name", "kind"]]
           start            text            name        kind
        0     10  Vladimir Putin  Vladimir Putin      person
        1     31          Moscow          Moscow  government
        2     52           Putin  Vladimir Putin      person
    """
    need_articles(articles, "text", verb="find_names")
    artefacts = find_artefacts(articles) if artefacts is None else artefacts
    need(artefacts, "article", "start", "end", "kind", verb="leaving out artefacts")
    cuts = artefacts[["article", "start", "end", "kind"]]
    return add_source(map_articles(_find_names, articles[["article", "text"]], cuts), articles)


def _find_names(articles: pd.DataFrame, artefacts: pd.DataFrame) -> pd.DataFrame:
    cuts, printed, names = cuts_of(artefacts), _Codes(), _Codes()
    # Arrays, not lists: the garbage collector would walk through two million places again and again.
    starts, groups = array("q"), array("q")
    for row, (article, text) in enumerate(
        zip(articles["article"].tolist(), articles["text"].fillna("").tolist(), strict=True)
    ):
        for text_of, name, kind, places in _read(text, cuts[article]):
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


class _Codes(dict):
    """Numbers strings in the order in which they come."""

    def __missing__(self, string: str) -> int:
        code = self[string] = len(self)
        return code


def read_names(text: str, cuts: list[tuple[int, int, str]]) -> list[tuple[int, int, str, str]]:
    """start, end, name and kind of each mention in one article, outside its artefacts; in no order."""
    return [
        (start, start + len(printed), name, kind)
        for printed, name, kind, starts in _read(text, cuts)
        for start in starts
    ]


def _read(text: str, cuts: list[tuple[int, int, str]]) -> list[Named]:
    """Every name in one article with all the places where it stands."""
    prose = _blank_out(text, cuts) if cuts else text
    places = defaultdict(list)
    for match in runs_pattern().finditer(prose):
        places[match[0]].append(match.start())
    found = [
        (mention, [start + mention.start for start in starts] if mention.start else starts)
        for run, starts in places.items()
        for mention in read_run(run)
    ]
    return fold_mentions(prose, found)


def _blank_out(text: str, cuts: list[tuple[int, int, str]]) -> str:
    """The text with line breaks for its artefacts, at the same length."""
    pieces, done = [], 0
    for start, end, _ in cuts:
        if end > done:
            pieces += [text[done : max(done, start)], "\n" * (end - max(done, start))]
            done = end
    return "".join(pieces) + text[done:]


def _strings(values: Sequence[str], places: np.ndarray) -> pd.api.extensions.ExtensionArray:
    return pd.array(values, dtype="str").take(places)
