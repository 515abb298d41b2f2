"""Which part of a corpus is looked at, and what is said of the rest."""

import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..compare.labels.concepts import read_concepts
from ..corpus.events.of_article import NOT_GIVEN, are_events_named, number_events, weigh_events
from ..corpus.reading.articles import read_articles, select_articles
from ..display import count_of, list_names, shorten
from ..tables import InputError, need, quoted

# What is asked for as event by who wants the one with the most articles (`find_main_event`).
LARGEST = "largest"
# What tells of each row whether it is looked at.
PAIR = ("event", "outlet")


class Selection(NamedTuple):
    """Which corpus is looked at, and which part of it."""

    corpus: str
    tables: str | None = None
    event: str | None = None
    outlets: list[str] | None = None
    model: str = "tone"
    duplicates: str = "once"
    columns: dict[str, str] | None = None


def read_selection(path: str | os.PathLike) -> Selection:
    """Which corpus do all notebooks of this folder look at?

    A small TOML file says it, so that one line is changed for all of them:

        corpus = "../my_articles"      # a folder or a file; paths are counted from this file
        tables = "../my_tables"        # optional: what `parallax tables` made of it, and need not be made again
        event = "event-12"             # optional: one event, as `parallax check` lists them; else the largest
        outlets = ["A", "B"]           # optional: only these
        model = "linear"               # optional: what scores tone, if not the encoder
        duplicates = "keep"            # optional: take articles too that repeat another of the same outlet
        columns = {Medium = "outlet"}  # optional: which column of the corpus' tables means what

    Gives the seven values in this order.

    Raises:
        InputError: for a file that can't be read, or a key that is not known
    """
    try:
        said = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"'{path}' can't be read as TOML: {error}") from None
    unknown = [key for key in said if key not in Selection._fields]
    if unknown or "corpus" not in said:
        given = f"has {quoted(said)}"
        raise InputError(f"'{path}' must name the corpus, and may name {quoted(Selection._fields[1:])}; it {given}")
    for key in ("corpus", "tables"):
        if key in said:
            said[key] = os.path.normpath(Path(path).parent / said[key])
    return Selection(**said)


def read_corpus(
    corpus: str | os.PathLike | pd.DataFrame, *, out: str | os.PathLike, columns: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """The articles of a corpus, which must not hold the folder the result is written to; a table is taken as it is."""
    if isinstance(corpus, pd.DataFrame):
        return corpus
    articles = read_articles(corpus, columns=columns)
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


def choose_articles(articles: pd.DataFrame, *, event: str | None, outlets: Sequence[str] | None) -> set | None:
    """The pairs of event and outlet whose articles are looked at; None if it is all of them.

    `event` is the name of one, "largest" for that of `find_main_event`, or None for all.
    """
    if event is None and outlets is None:
        return None
    articles = articles[list(PAIR)]
    if event == LARGEST and LARGEST not in number_events(articles)[1]:
        chosen = select_articles(articles, event=find_main_event(articles), outlets=outlets)
    else:
        chosen = select_tables(articles, event=event, outlets=outlets)
    return None if len(chosen) == len(articles) else set(_list_pairs(chosen))


def find_main_event(articles: pd.DataFrame) -> str | None:
    """The event with the most articles of those that two or more outlets tell, of all where none is; None for none.

    Of two that have as many it is the earlier in the table.
    """
    numbers, events, sizes = weigh_events(articles)
    in_order = list(dict.fromkeys(numbers[numbers >= 0].tolist()))
    return events[max(in_order, key=sizes.__getitem__)] if in_order else None


def keep_chosen(table: pd.DataFrame, chosen: set | None) -> pd.DataFrame:
    """The rows of a table, of articles or of what stands in them, that are of the pairs chosen."""
    if chosen is None:
        return table
    number = table.groupby(list(PAIR), sort=False, dropna=False).ngroup().to_numpy()
    _, first = np.unique(number, return_index=True)
    is_chosen = np.array([pair in chosen for pair in _list_pairs(table.iloc[first])], dtype=bool)
    return table[is_chosen[number]].reset_index(drop=True) if len(table) else table


def _list_pairs(articles: pd.DataFrame) -> list[tuple]:
    pairs = articles[list(PAIR)].astype(object)
    return list(pairs.where(pairs.notna(), None).itertuples(index=False, name=None))


def describe_found(corpus: pd.DataFrame, found: pd.DataFrame) -> str:
    """Say that events were found and not named; '' where they were named, or all articles are taken as one.

    `found` is what `find_events` made of `corpus`.
    """
    events = number_events(found)[1]
    if are_events_named(corpus) or len(events) < 2:
        return ""
    return f"The corpus names no events; {len(events):,} were found by the words that articles share: an estimate."


def holds_no_main_event(articles: pd.DataFrame) -> bool:
    """Whether a corpus is one of many events: of two or more none holds more than half of the articles."""
    numbers, events = number_events(articles)
    return len(events) > 1 and bool(2 * np.bincount(numbers[numbers >= 0]).max() <= len(articles))


def describe_part(
    corpus: pd.DataFrame, found: pd.DataFrame, selected: pd.DataFrame, *, event: str | None = None
) -> str:
    """Say which part of a corpus a report shows, and why: events that were found, a tie, what is left aside.

    `found` is what `find_events` made of `corpus`, `selected` what `select_articles` made of that for `event`.
    """
    many = event is None and holds_no_main_event(found)
    sentences = [
        describe_found(corpus, found),
        "No event holds most of the articles: what is said over all events stands first, the rest is about one of them."
        if many
        else "",
        describe_tie(found, selected) if event is None else "",
        describe_selection(found, selected),
    ]
    return " ".join(filter(None, sentences))


def describe_tie(corpus: pd.DataFrame, selected: pd.DataFrame) -> str:
    """Say that the event selected is only the first of several with as many articles; '' where it is not."""
    sizes = weigh_events(corpus)[2]
    as_large = int((sizes == sizes.max(initial=0)).sum())
    if as_large < 2:
        return ""
    name = shorten(number_events(selected)[1][0], 60, middle=True)
    held = f"{count_of(int(sizes.max()), 'article')}{' each' if sizes.max() > 1 else ''}"
    return f"{as_large:,} events are as large, of {held}; shown is the first in the corpus, {name}."


def describe_selection(corpus: pd.DataFrame, selected: pd.DataFrame) -> str:
    """Say how much of a corpus the articles of one event are, and what was left aside; '' where nothing was.

    Needs event in both; `selected` is what `select_articles` made of `corpus`.
    """
    need(corpus, "event", verb="describe_selection")
    need(selected, "event", verb="describe_selection")
    left = len(corpus) - len(selected)
    if not left:
        return ""
    numbers, events = number_events(corpus)
    chosen, here = number_events(selected)
    others = len(events) - len(here)
    unknown = int((numbers < 0).sum() - (chosen < 0).sum())
    in_event = np.isin(numbers, [events.index(name) for name in here])
    by_others = int(in_event.sum() - (chosen >= 0).sum())
    aside = [
        count_of(others, "other event") if others else "",
        f"{count_of(unknown, 'article')} of no known event" if unknown else "",
        f"{count_of(by_others, 'article')} by other outlets" if by_others else "",
    ]
    aside = [part for part in aside if part]
    one = len(aside) == 1 and 1 in (others, unknown, by_others)
    # A corpus that names no event is one, which got its number when it was read.
    name = f"Event {shorten(here[0], 60, middle=True)}: " if len(here) == 1 and (others or here[0] != NOT_GIVEN) else ""
    return (
        f"{name}{len(selected):,} of {count_of(len(corpus), 'article')}; {list_names(aside)} {'is' if one else 'are'} "
        "left aside."
    )


def read_own_concepts(corpus: str | os.PathLike) -> dict[str, dict]:
    """The concepts of `concepts.toml` beside the articles; none where a corpus has no such list."""
    listed = Path(corpus) / "concepts.toml"
    return read_concepts(listed) if listed.is_file() else {}


def list_options(
    corpus: object,
    *,
    event: str | None,
    outlets: str | Sequence[str] | None,
    model: str,
    duplicates: str,
    formats: Sequence[str],
    columns: Mapping[str, str] | None,
) -> dict[str, object]:
    """The options as the manifest records them."""
    said = {"event": event, "outlets": list_outlets(outlets), "model": model, "duplicates": duplicates}
    columns = None if columns is None else dict(columns)
    return {"corpus": str(corpus)} | said | {"formats": list(formats), "columns": columns}


def list_outlets(outlets: str | Sequence[str] | None) -> list[str] | None:
    """One name or several as a list; None, which is all of them, stays None."""
    return [outlets] if isinstance(outlets, str) else None if outlets is None else list(outlets)
