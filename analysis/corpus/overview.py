"""What was read, in a few plain tables: the front of the report, and what `parallax check` prints."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from ..display import one_line
from ..tables import ARTICLES, make_table, need
from .events.of_article import NOT_GIVEN, number_events
from .reading.languages import find_language_code
from .tokens import count_words


def tabulate_outlets(articles: pd.DataFrame) -> pd.DataFrame:
    """What of each outlet was read: articles, words, first and last day, articles without a date, agencies."""
    need(articles, "outlet", "published", "agency", "text", verb="tabulate_outlets")
    words = pd.Series(count_words(articles["text"]), index=articles.index)
    rows = []
    for outlet, group in articles.groupby("outlet", sort=True, dropna=False):
        dates = sorted(filled_values(group["published"]).str[:10])
        agencies = sorted(set(filled_values(group["agency"])))
        first, last = (dates[0], dates[-1]) if dates else ("", "")
        undated = len(group) - len(dates)
        rows.append((outlet, len(group), words[group.index].sum(), first, last, undated, ", ".join(agencies)))
    table = make_table(("outlet", "articles", "words", "first", "last", "undated", "agencies"), rows)
    return table.astype({"words": "int64", "undated": "int64"})


def tabulate_columns(articles: pd.DataFrame) -> pd.DataFrame:
    """In how many articles each column of the articles table is filled."""
    need(articles, *ARTICLES, verb="tabulate_columns")
    rows = [(column, len(filled_values(articles[column]))) for column in ARTICLES]
    return make_table(("column", "filled"), rows).astype({"filled": "int64"})


def tabulate_values(articles: pd.DataFrame, column: str) -> pd.DataFrame:
    """In how many articles each value of a column stands, the most frequent first."""
    need(articles, column, verb="tabulate_values")
    counts = filled_values(articles[column]).value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return make_table((column, "articles"), list(counts.items()))


def tabulate_problems(articles: pd.DataFrame) -> pd.DataFrame:
    """What of the corpus was not read, part by part, with the reason."""
    problems = articles.attrs.get("problems", [])
    return make_table(("source", "problem"), [(problem["source"], problem["problem"]) for problem in problems])


def name_event(articles: pd.DataFrame) -> str:
    """The name of the one event these articles tell; '' where it has no name but the number it got when read."""
    events = number_events(articles)[1]
    return "" if len(events) != 1 or events == [NOT_GIVEN] else events[0]


def count_events(articles: pd.DataFrame) -> int:
    """How many events these articles tell; one if none of them has an event."""
    return max(1, len(number_events(articles)[1]))


def align(rows: Iterable[Sequence[object]], *, most: int | None = None) -> str:
    """Rows as indented lines with their cells below each other; numbers stand on the right.

    Beyond `most` rows, the last line says how many more there are.
    """
    rows = [list(row) for row in rows]
    more = 0 if most is None else max(0, len(rows) - most)
    rows = rows[: len(rows) - more]
    cells = [[f"{cell:,}" if isinstance(cell, int | np.integer) else one_line(cell) for cell in row] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    numeric = [all(isinstance(cell, int | np.integer) for cell in column) for column in zip(*rows[1:], strict=True)]
    numeric = numeric or [False] * len(widths)
    lines = []
    for row in cells:
        padded = [c.rjust(w) if right else c.ljust(w) for c, w, right in zip(row, widths, numeric, strict=True)]
        lines.append(("  " + "  ".join(padded)).rstrip())
    if more:
        lines.append(f"  … and {more:,} more")
    return "\n".join(lines)


def is_english(language: str) -> bool:
    """Whether the methods are made for this language; a table of the user's own making may call it en-GB."""
    return find_language_code(language) == "en"


def filled_values(values: pd.Series) -> pd.Series:
    """The values that are neither missing nor blank, as text."""
    text = values.dropna().astype("str")
    return text[text.str.strip() != ""]
