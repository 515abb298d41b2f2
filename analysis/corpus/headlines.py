"""Headlines as a segment of their own: few words, read most, and never counted among those of the prose."""

import pandas as pd

from ..tables import SENTENCES, make_table, need_articles
from .layout.artefacts import find_artefacts
from .layout.lines import fold_line
from .sentences import cuts_of, prose_between

_KINDS = ("headline", "repeated_headline")


def split_headlines(articles: pd.DataFrame, *, artefacts: pd.DataFrame | None = None) -> pd.DataFrame:
    """Which headlines stand over each article?

    Over the article the `title`, or where there is none the first line before the prose that `artefacts` (by default
    those of `find_artefacts`) call a headline; over each further story in the text its own. A headline that is printed
    again counts once. An article without either has no row. Who wrote a headline is not known, most often not the
    author; a feed's title may be another than the page's.

    The columns are those of `split_sentences`, so that `count_terms` counts the words, in the order of the articles and
    of their text.

    Columns:
        article: the one that it stands over
        outlet: of the article
        event: of the article; missing where it has none
        story: from 1, the article's own
        paragraph: 0, for prose counts from 1
        sentence: 0, for prose counts from 1
        start: the first code point of its first printing; missing for a title that does not stand in the text
        end: the one behind its last; missing likewise
        text: as printed, or as the title is given

    Raises:
        InputError: if a column is missing or an article stands twice

    Example:
        >>> articles = pd.DataFrame({"article": ["a", "b"], "outlet": ["A", "B"], "event": "1",
        ...     "title": ["A pact", None], "text": ["They met.", "A deal\\n\\nA deal\\n\\nThey met."]})
        >>> split_headlines(articles)[["article", "outlet", "story", "start", "end", "text"]]
          article outlet  story  start   end    text
        0       a      A      1   <NA>  <NA>  A pact
        1       b      B      1      0     6  A deal
    """
    need_articles(articles, "outlet", "event", "text", verb="split_headlines")
    cuts = cuts_of(find_artefacts(articles) if artefacts is None else artefacts)
    titles = articles["title"].fillna("").tolist() if "title" in articles else [""] * len(articles)
    columns = [articles[column].tolist() for column in ("article", "outlet", "event")]
    rows, places = [], []
    for *of_article, title, text in zip(*columns, titles, articles["text"].fillna("").tolist(), strict=True):
        for story, place, headline in _headlines_of(text, title, cuts[of_article[0]]):
            rows.append((*of_article, story, 0, 0, 0, 0, headline))
            places.append(place)
    table = make_table(SENTENCES, rows)
    for side, name in enumerate(("start", "end")):
        table[name] = pd.array([place and place[side] for place in places], dtype="Int64")
    return table


def _headlines_of(
    text: str, title: str, cuts: list[tuple[int, int, str]]
) -> list[tuple[int, tuple[int, int] | None, str]]:
    """Story, place and text of each headline of one article."""
    lines = [(start, end, kind, fold_line(text[start:end])) for start, end, kind in cuts if kind in _KINDS]
    prose = next((start for _, _, start, _ in prose_between(text, cuts)), len(text))
    found, seen = [], {fold_line(title)} - {""}
    if seen:
        place = next(((start, end) for start, end, _, fold in lines if fold in seen), None)
        found.append((1, place, text[slice(*place)] if place else title.strip()))
    elif lines and lines[0][0] < prose:
        start, end, _, fold = lines[0]
        found.append((1, (start, end), text[start:end]))
        seen.add(fold)
    # As `prose_between` counts stories: one more with each headline inside the prose.
    inside = [(start, end, fold) for start, end, kind, fold in lines if kind == "headline" and start > prose]
    for story, (start, end, fold) in enumerate(inside, start=2):
        if fold not in seen:
            seen.add(fold)
            found.append((story, (start, end), text[start:end]))
    return found
