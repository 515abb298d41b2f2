"""What the event and the date of an article are, and what a missing one counts as.

An event is missing where it is NA or blank; 1 and "1" are one event. What is missing counts the same everywhere:

- An article without an event is alone in its event: it changes places with no other, shares no quotation with one, and
  is resampled by itself.
- Where no article has an event, nothing tells them apart, and all are one event.
- What is counted over events leaves an article without one out, for it is not known to be an event of its own. A table
  that says what was found event by event (`summarise_targets`) has rows of those without one, under NA.
- `read_articles` writes '1' for every article where none has an event, so a corpus whose only event is '1' names none.

A date is missing where it can't be read as one; without a zone it is taken as UTC.
"""

import numpy as np
import pandas as pd

# What read_articles writes where no article has an event.
NOT_GIVEN = "1"
# What is asked for as event by who knows that all articles are one, where none is named.
ALL = "all"


def number_events(table: pd.DataFrame | pd.Series) -> tuple[np.ndarray, list[str]]:
    """For each row the number of its event, −1 where it has none; and the names of the events, sorted.

    A table is asked for its column `event`, and knows of none without it; a column is taken as it is.

    >>> numbers, names = number_events(pd.DataFrame({"event": ["x", None, " ", "a"]}))
    >>> numbers.tolist(), names
    ([1, -1, -1, 0], ['a', 'x'])
    """
    if isinstance(table, pd.DataFrame) and "event" not in table:
        return np.full(len(table), -1), []
    # Names are looked at once each: a table of stretches has millions of rows of a few events.
    codes, found = pd.factorize(table["event"] if isinstance(table, pd.DataFrame) else table)
    found = [str(name) for name in found]
    names = sorted({name for name in found if name.strip()})
    places = {name: place for place, name in enumerate(names)}
    numbers = np.array([*(places.get(name, -1) for name in found), -1], dtype=np.int64)
    return numbers[codes], names


def weigh_events(articles: pd.DataFrame) -> tuple[np.ndarray, list[str], np.ndarray]:
    """`number_events`, and how many articles speak for each event as the one to look at.

    Outlets are compared on what several of them tell: an event of one outlet alone counts none, unless all are such.

    >>> table = pd.DataFrame({"event": ["x", "x", "x", "y", "y"], "outlet": ["A", "A", "A", "A", "B"]})
    >>> weigh_events(table)[2].tolist(), weigh_events(table.head(3))[2].tolist()
    ([0, 2], [3])
    """
    numbers, names = number_events(articles)
    known = numbers >= 0
    sizes = np.bincount(numbers[known], minlength=len(names))
    pairs = pd.DataFrame({"event": numbers[known], "outlet": articles["outlet"].to_numpy()[known]}).dropna()
    shared = np.bincount(pairs.drop_duplicates()["event"], minlength=len(names)) > 1
    return numbers, names, np.where(shared, sizes, 0) if shared.any() else sizes


def set_apart(numbers: np.ndarray, *, articles: pd.Series | None = None) -> np.ndarray:
    """The number of what each article is compared within: its event, or itself where it has none (−1).

    Where no article has an event, all are compared with each other. Where an article has several rows, `articles` says
    whose each row is.

    >>> set_apart(np.array([1, -1, 1, -1])).tolist(), set_apart(np.array([-1, -1])).tolist()
    ([0, 1, 0, 2], [0, 0])
    """
    numbers = np.asarray(numbers, dtype=np.int64)
    if (numbers < 0).all():
        return np.zeros(len(numbers), dtype=np.int64)
    itself = np.arange(len(numbers)) if articles is None else pd.factorize(articles)[0]
    own = np.where(numbers < 0, numbers.max() + 1 + itself, numbers)
    return np.unique(own, return_inverse=True)[1]


def has_event(table: pd.DataFrame) -> np.ndarray:
    """Whether each row has an event, so that it is counted over events."""
    return number_events(table)[0] >= 0


def takes_all(table: pd.DataFrame, event: str | None) -> bool:
    """Whether `event` says that all articles are one event: "all", where the corpus names none."""
    return event == ALL and not are_events_named(table)


def are_events_named(table: pd.DataFrame) -> bool:
    """Whether the corpus names any event itself: not where none has one, nor where all are '1'."""
    numbers, names = number_events(table)
    return bool(names) and not (names == [NOT_GIVEN] and (numbers == 0).all())


def read_dates(articles: pd.DataFrame) -> pd.Series:
    """When each article was published, in UTC without a zone; NaT where that is missing or can't be read."""
    missing = pd.Series(None, index=articles.index, dtype="object")
    dates = pd.to_datetime(articles.get("published", missing), errors="coerce", utc=True, format="ISO8601")
    return dates.dt.tz_localize(None).astype("datetime64[us]")


def read_days(articles: pd.DataFrame) -> np.ndarray:
    """The day of each article in UTC as a number; NaN where its date is missing."""
    days = read_dates(articles).to_numpy(dtype="datetime64[D]")
    return np.where(np.isnat(days), np.nan, days.astype(np.int64))
