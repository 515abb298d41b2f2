"""What was read, in a few plain tables: the front of the report, and what `parallax check` prints."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from ..display import one_line
from ..tables import ARTICLES, make_table, need
from .events.of_article import NOT_GIVEN, number_events
from .reading.languages import find_language_code
from .tokens import count_words

# Columns that a table of the user's own making need not have, for nothing is computed from them.
NOT_NEEDED = ("byline", "url")
# What stands behind the file in the source of an article, or of a problem.
_IN_FILE = re.compile(r" (?:row|line|document) \d+\Z")


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


def tabulate_files(articles: pd.DataFrame) -> pd.DataFrame:
    """What was read of each file: its form, articles, words, articles without a date, outlets, problems met.

    Files of one form with an article each are one row. None for articles that were not read from files, or some of
    them left out since.
    """
    need(articles, "outlet", "published", "text", verb="tabulate_files")
    columns = ("file", "form", "articles", "words", "undated", "outlets", "problems")
    files = articles.attrs.get("files", [])
    if sum(file["articles"] for file in files) != len(articles):
        return make_table(columns, [])
    sources = [str(problem["source"]) for problem in articles.attrs.get("problems", [])]
    problems = Counter(_IN_FILE.sub("", source) for source in sources)
    each = pd.DataFrame(files).loc[:, ["file", "form", "articles"]]
    each["problems"] = [problems[file] for file in each["file"]]
    place = np.repeat(np.arange(len(each)), each["articles"])
    by_file = pd.DataFrame({"place": place, "words": count_words(articles["text"])}).groupby("place")
    each["words"] = by_file["words"].sum()
    each["undated"] = articles["published"].isna().groupby(place).sum().to_numpy()
    each["outlets"] = articles["outlet"].groupby(place).nunique().to_numpy()
    rows = []
    alone = each["articles"].eq(1) & each["problems"].eq(0)
    for form, group in each[alone].groupby("form", sort=True):
        name = group["file"].iloc[0] if len(group) == 1 else f"{len(group):,} files"
        held = articles["outlet"].to_numpy()[np.isin(place, group.index)]
        sums = (int(group[column].sum()) for column in ("articles", "words", "undated"))
        rows.append((name, form, *sums, len(set(held)), 0))
    rows += each[~alone][list(columns)].itertuples(index=False, name=None)
    return make_table(columns, rows).astype(dict.fromkeys(columns[2:], "int64"))


def tabulate_notes(articles: pd.DataFrame) -> pd.DataFrame:
    """What was decided in reading, and how many texts were mended in which way: nothing of it is missing."""
    rows = [(note["source"], note["note"]) for note in articles.attrs.get("notes", [])]
    mended: dict[str, list[dict]] = {}
    for correction in articles.attrs.get("corrections", []):
        mended.setdefault(correction["what"], []).append(correction)
    for what, found in sorted(mended.items()):
        first, n = found[0], len({correction["article"] for correction in found})
        example = f"'{first['before']}' became '{first['after']}' in '{first['article']}'"
        rows.append((what, f"mended in {n:,} article{'s' * (n > 1)}: {example}"))
    return make_table(("source", "note"), rows)


def tabulate_columns(articles: pd.DataFrame) -> pd.DataFrame:
    """In how many articles each column of the articles table is filled."""
    need(articles, *(column for column in ARTICLES if column not in NOT_NEEDED), verb="tabulate_columns")
    rows = [(column, len(filled_values(articles[column]))) for column in ARTICLES if column in articles]
    return make_table(("column", "filled"), rows).astype({"filled": "int64"})


def tabulate_values(articles: pd.DataFrame, column: str) -> pd.DataFrame:
    """In how many articles each value of a column stands, the most frequent first."""
    need(articles, column, verb="tabulate_values")
    counts = filled_values(articles[column]).value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return make_table((column, "articles"), list(counts.items()))


def tabulate_problems(articles: pd.DataFrame) -> pd.DataFrame:
    """What of the corpus was not read, part by part, with the reason.

    Columns:
        source: the file, or the file and its row or document
        problem: what is wrong with it, and what was expected
    """
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
