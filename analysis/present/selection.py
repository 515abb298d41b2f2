"""Which part of a corpus is looked at, and what is said of the rest."""

import os
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from ..compare.concepts import read_concepts
from ..corpus.articles import read_articles, select_articles
from ..tables import InputError, need
from .shorten import count_of, list_names, shorten

# Forty events that never happened, told by outlets that do not exist: for a corpus of one event, which cannot show what
# a comparison over many looks like. The README beside it says what is built into it.
INVENTED = Path(__file__).resolve().parents[1] / "data" / "invented" / "articles.jsonl"


def read_corpus(corpus: str | os.PathLike | pd.DataFrame, *, out: str | os.PathLike) -> pd.DataFrame:
    """The articles of a corpus, which must not hold the folder the result is written to; a table is taken as it is."""
    if isinstance(corpus, pd.DataFrame):
        return corpus
    articles = read_articles(corpus)
    check_outside(corpus, out)
    return articles


def check_outside(corpus: str | os.PathLike, out: str | os.PathLike) -> None:
    """Raise `InputError` if the folder that is to be written lies inside the corpus."""
    if Path(os.path.realpath(out)).is_relative_to(os.path.realpath(corpus)):
        raise InputError(
            f"folder '{out}' lies inside the corpus '{corpus}', where it would be read as articles the next time; "
            "expected a folder outside it"
        )


def select_tables(
    articles: pd.DataFrame, *, event: str | None = None, outlets: str | Sequence[str] | None = None
) -> pd.DataFrame:
    """The articles that `parallax tables` writes: those of every event, and of none, unless one event is named.

    A report is about one event (`select_articles`); tables leave nothing out unasked.
    Raises `InputError` for an event or an outlet that is not there.
    """
    need(articles, "event", "outlet", verb="select_tables")
    if event is not None:
        return select_articles(articles, event=event, outlets=outlets)
    # One event for the moment, so that names of outlets are checked and matched as everywhere else.
    places = pd.DataFrame({"event": "1", "outlet": articles["outlet"].array, "place": range(len(articles))})
    chosen = select_articles(places, outlets=outlets)["place"]
    return articles.iloc[chosen].reset_index(drop=True)


def describe_selection(corpus: pd.DataFrame, selected: pd.DataFrame) -> str:
    """Say how much of a corpus the articles of one event are, and what was left aside; '' where nothing was.

    Needs event in both; `selected` is what `select_articles` made of `corpus`.
    """
    need(corpus, "event", verb="describe_selection")
    need(selected, "event", verb="describe_selection")
    left = len(corpus) - len(selected)
    if not left:
        return ""
    events = corpus["event"]
    here = selected["event"].dropna().unique()
    others = events.nunique() - len(here)
    unknown = int(events.isna().sum() - selected["event"].isna().sum())
    by_others = int(events.isin(here).sum() - selected["event"].notna().sum())
    aside = [
        count_of(others, "other event") if others else "",
        f"{count_of(unknown, 'article')} of no known event" if unknown else "",
        f"{count_of(by_others, 'article')} by other outlets" if by_others else "",
    ]
    aside = [part for part in aside if part]
    one = len(aside) == 1 and 1 in (others, unknown, by_others)
    # A corpus that names no event is one, which got its number when it was read.
    name = f"Event {shorten(here[0], 60, middle=True)}: " if len(here) == 1 and (others or here[0] != "1") else ""
    return (
        f"{name}{len(selected):,} of {count_of(len(corpus), 'article')}; {list_names(aside)} {'is' if one else 'are'} "
        "left aside."
    )


def read_own_concepts(corpus: str | os.PathLike) -> dict[str, dict]:
    """The concepts of `concepts.toml` beside the articles; none where a corpus has no such list."""
    listed = Path(corpus) / "concepts.toml"
    return read_concepts(listed) if listed.is_file() else {}


def list_options(
    corpus: object, event: str | None, outlets: str | Sequence[str] | None, model: str
) -> dict[str, object]:
    """The options as the manifest records them."""
    return {"corpus": str(corpus), "event": event, "outlets": list_outlets(outlets), "model": model}


def list_outlets(outlets: str | Sequence[str] | None) -> list[str] | None:
    """One name or several as a list; None, which is all of them, stays None."""
    return [outlets] if isinstance(outlets, str) else None if outlets is None else list(outlets)
