"""The columns of every table, the one check that a table has them, and the errors a reader can act on.

Modules agree on these names and on nothing else. Text spans are standoff: `article, start, end`, counted in code
points, with `text == articles.text[start:end]`.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

ARTICLES = (
    "article", "outlet", "event", "title", "published", "byline", "agency", "language", "source", "url", "text",
)  # fmt: skip
# Where a row comes from besides its article, so that no table needs to be joined before it is counted by outlet.
SOURCE = ("outlet", "event")
ARTEFACTS = ("article", "start", "end", "kind", "text")
SENTENCES = ("article", "outlet", "event", "story", "paragraph", "sentence", "start", "end", "text")
QUOTES = (
    "article", "start", "end", "text", "kind", "content_start", "content_end",
    "speaker", "speaker_start", "speaker_end", "verb", "closed", "channel",
)  # fmt: skip
NAMES = ("article", "start", "end", "text", "name", "kind")
SPANS = (*SENTENCES, "voice", "speaker", "copied_from")
COUNTS = ("outlet", "term", "n", "rate", "articles", "articles_total")

_INTEGERS = {
    "start", "end", "content_start", "content_end", "story", "paragraph", "sentence", "n", "articles", "articles_total",
}  # fmt: skip


class InputError(ValueError):
    """What was given can't be used; the message says in one sentence what is needed and what there is.

    Where a corpus could not be read, `problems` lists every part of it with its reason.
    """

    def __init__(self, message: str, problems: Sequence[dict] = ()) -> None:
        super().__init__(message)
        self.problems = list(problems)


class UnreadWarning(UserWarning):
    """Part of a corpus was not read; `articles.attrs["problems"]` lists every part with its reason."""


def need(table: pd.DataFrame, *columns: str, verb: str = "this step") -> None:
    """Raise `InputError` unless `table` is a DataFrame with all of `columns`."""
    if not isinstance(table, pd.DataFrame):
        raise InputError(f"{verb} needs a DataFrame, but was given a {type(table).__name__}")
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise InputError(
            f"{verb} needs the column{'s' if len(missing) > 1 else ''} {quoted(missing)}; "
            f"the table has {quoted(table.columns)}"
        )


def need_articles(articles: pd.DataFrame, *columns: str, verb: str) -> None:
    """Like `need`, for a table with one row per article: spans name their article, so its id must be its own."""
    need(articles, "article", *columns, verb=verb)
    for article in articles.loc[articles["article"].duplicated(), "article"][:1]:
        raise InputError(f"{verb} needs one row per article; the article '{article}' stands there more than once")


def by_columns(by: str | Sequence[str]) -> list[str]:
    """The columns that `by` names, one or several, each once."""
    names = [by] if isinstance(by, str) else list(dict.fromkeys(by))
    if not names:
        raise InputError("by is empty, but must name at least one column")
    return names


def add_source(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The table with `outlet` and `event` behind the `article` of each row; missing where the articles have none."""
    rows = pd.Index(articles["article"]).get_indexer(table["article"])
    nothing = pd.Series(None, index=articles.index, dtype="str")
    behind = table.columns.get_loc("article") + 1
    table = table.copy(deep=False)
    for place, name in enumerate(SOURCE, start=behind):
        values = articles.get(name, nothing).astype("str").array
        table.insert(place, name, values.take(rows))
    return table


def sentence_keys(spans: pd.DataFrame) -> list[str]:
    """The columns that tell one sentence from another: headlines are numbered by their story."""
    return [column for column in ("article", "story", "sentence") if column in spans.columns]


def quoted(names: Sequence[object]) -> str:
    """'a', 'b', 'c': names as an error message shows them, at most twelve."""
    names = [str(name) for name in names]
    shown = ", ".join(f"'{name}'" for name in names[:12]) or "none"
    return shown + (f" and {len(names) - 12} more" if len(names) > 12 else "")


def make_table(columns: Sequence[str], rows: Sequence[Sequence[object]] | dict[str, Sequence]) -> pd.DataFrame:
    """A table from rows (or a dict of columns), with the same column types whether it has a million rows or none."""
    if not isinstance(rows, dict):
        rows = list(zip(*rows, strict=True)) or [()] * len(columns)
        rows = dict(zip(columns, rows, strict=True))
    return pd.DataFrame({column: _type_column(column, rows[column]) for column in columns})


def _type_column(name: str, values: Sequence) -> np.ndarray | pd.api.extensions.ExtensionArray:
    if name in _INTEGERS:
        return np.asarray(values, dtype=np.int64)
    if name.endswith(("_start", "_end")):  # speaker_start, speaker_end: missing where nobody is named
        return pd.array(values, dtype="Int64")
    if name == "closed":
        return np.asarray(values, dtype=bool)
    try:  # three times as fast as pandas, which looks at each value itself, but only for strings and None
        values = pa.array(values, type=pa.large_string())
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        values = np.asarray(values, dtype=object)
    return pd.array(values, dtype="str")
