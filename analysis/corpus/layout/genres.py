"""Tell opinion, live pages and transcripts from news, where the page says so itself."""

import re

import pandas as pd

from ...tables import need_articles
from .transcripts import is_transcript

# Characters at either end of a text in which a page says what it is.
_HEAD, _FOOT = 600, 800
_OPINION_WORDS = (
    r"(?:opinions?|op-?eds?|editorials?|commentary|columns?|guest columns?|columnists?|viewpoints?|perspectives?|"
    r"letters? to the editor)"
)
_OPINION_TITLE = re.compile(
    rf"\s*(?:analysis/)?{_OPINION_WORDS}\s*[:|]|.*(?:[|:]|\s[–—-])\s*(?:the )?{_OPINION_WORDS}\s*$",
    re.IGNORECASE | re.DOTALL,
)
# A line of its own, or the label before the headline.
_OPINION_LINE = re.compile(rf"\s*(?:analysis/)?{_OPINION_WORDS}\s*(?:[:|].*)?$", re.IGNORECASE)
_DISCLAIMER = re.compile(
    r"\b(?:opinions?|views?) (?:expressed|presented|stated)\b[^.\n]{0,80}\b(?:own|author|authors|writers?|columnists?|"
    r"contributors?|individual|those of)\b",
    re.IGNORECASE,
)
# "Live updates" as a label or as what the page is, not as a subject: "CNN cut its live coverage" is news.
_LIVE_WORDS = r"(?:live[ -]?(?:updates?|blog|coverage|ticker)|as it happened)"
_LIVE = re.compile(
    rf"\s*(?:live|{_LIVE_WORDS})\s*[:|–—-]|(?:.*[|:–—-]\s+)?{_LIVE_WORDS}\s*$"
    r"|.* (?:live[ -]?(?:updates?|blog|ticker)|as it happened)\s*$",
    re.IGNORECASE | re.DOTALL,
)
_LIVE_LABEL = re.compile(rf"[^.!?]{{0,60}}\b{_LIVE_WORDS}\s*:", re.IGNORECASE)


def label_genres(articles: pd.DataFrame) -> pd.DataFrame:
    """Which articles are opinion, which are live pages, and which are transcripts?

    `opinion`: the title or the first line is marked as such ("Opinion: …", "… | Editorial", "COMMENTARY"), or the head
    or foot of the text says that the views expressed are the author's. `live`: the title or first line says live
    updates, blog, coverage or ticker, or "as it happened". `transcript`: most lines begin with who speaks ("ODELL: Good
    evening."). `news` is the rest: nothing says otherwise, so it holds all opinion that a page does not mark, such as
    reviews, analyses and columns without a label. Use it as a stratum: `compare_outlets(scores, by="genre")` compares
    opinion with opinion only.

    Columns:
        those of `articles`: the same rows in the same order
        genre: opinion, live, transcript or news; one that is given is kept

    Raises:
        InputError: if the column `text` or `article` is missing

    Example:
        >>> articles = pd.DataFrame({"article": ["a", "b", "c"],
        ...     "title": ["OPINION: Why we fight", "Pact signed", None],
        ...     "text": ["They fight.", "Kim signed it.", "Siege: live updates\\n\\nAt noon it ended."]})
        >>> label_genres(articles)[["article", "genre"]]
          article    genre
        0       a  opinion
        1       b     news
        2       c     live
    """
    need_articles(articles, "text", verb="label_genres")
    titles = articles["title"] if "title" in articles.columns else pd.Series(None, index=articles.index, dtype="str")
    told = [
        _tell(title, text)
        for title, text in zip(titles.fillna("").tolist(), articles["text"].fillna("").tolist(), strict=True)
    ]
    genres = pd.Series(told, index=articles.index, dtype="str")
    if "genre" in articles.columns:
        genres = articles["genre"].astype("str").where(articles["genre"].notna(), genres)
    return articles.assign(genre=genres)


def _tell(title: str, text: str) -> str:
    head = text[:_HEAD].lstrip()
    first = head.split("\n", 1)[0][:200]
    if any(_LIVE.match(line) or _LIVE_LABEL.match(line) for line in (title[:300], first)):
        return "live"
    marked = _OPINION_TITLE.match(title[:300]) or _OPINION_LINE.match(first)
    if marked or _DISCLAIMER.search(head) or _DISCLAIMER.search(text[-_FOOT:]):
        return "opinion"
    return "transcript" if is_transcript(text) else "news"
