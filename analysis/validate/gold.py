"""Read text that people have labelled: articles beside the attributions in them, or beside pairs that share text."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..display import one_line, shorten
from ..tables import InputError, need, need_articles, quoted

LABELS = ("attributions", "reuse_pairs", "entities")
SUFFIXES = ("parquet", "csv")  # where a table is there as both, the first, which is exact

_YES, _NO = ("true", "1", "1.0", "yes"), ("false", "0", "0.0", "no")


class GoldSet(NamedTuple):
    """A labelled set: its files, and what it is called."""

    name: str
    split: str  # empty where the set has none
    articles: Path
    labels: Path


def find_sets(folder: str | Path, part: str, *, split: str) -> tuple[list[GoldSet], list[str]]:
    """The sets of a folder that have articles and `part`, and sentences about the files that are missing.

    A set is `NAME.SPLIT.articles` and `NAME.SPLIT.attributions`, as Parquet or CSV; without `SPLIT` it is measured
    whatever split is asked for. Labels without articles are always told of, articles without labels if no set is whole.
    """
    files: dict[str, dict[str, Path]] = {"articles": {}, part: {}}
    splits = set()
    for suffix in SUFFIXES:
        for path in sorted(Path(folder).glob(f"*.*.{suffix}")):
            stem, _, kind = path.name.removesuffix(f".{suffix}").rpartition(".")
            if kind in files and split_name(stem)[1] in ("", split):
                files[kind].setdefault(stem, path)
            elif kind == part:
                splits.add(split_name(stem)[1])
    whole = sorted(set(files["articles"]) & set(files[part]))
    found = [GoldSet(*split_name(stem), files["articles"][stem], files[part][stem]) for stem in whole]
    either = f"({' or '.join(SUFFIXES)})"
    if lonely := sorted(set(files[part]) - set(whole)):
        return found, [f"{stem}.articles {either} is missing" for stem in lonely]
    if found:
        return found, []
    if splits:
        return [], [f"there is none of the split '{split}', only of {quoted(sorted(splits))}"]
    names = [f"{stem}.{part}" for stem in sorted(files["articles"])]
    return [], [f"{' or '.join(names) or f'NAME.articles with NAME.{part}'} {either} is missing"]


def read_gold_articles(path: Path, *columns: str) -> pd.DataFrame:
    """The articles of a set, with their text as it was labelled."""
    articles = read_table(path)
    need_articles(articles, "text", *columns, verb=f"measuring with '{path.name}'")
    if articles.empty:
        raise InputError(f"'{path.name}' holds no article; expected at least one row")
    return articles.assign(text=articles["text"].fillna("").astype("str"))


def read_attributions(path: Path, articles: pd.DataFrame) -> pd.DataFrame:
    """Who is said to have said what: article, quoted, content and source (lists of start and end), and their texts.

    Also `start` and `end` of the content as a whole. Attributions without a content are left out.
    """
    table = read_table(path)
    need(table, "article", "quoted", verb=f"measuring with '{path.name}'")
    need_known(table, "article", articles, path.name)
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    flags = np.array(list(_read_flags(table["quoted"], path.name)), dtype=bool)
    gold = pd.DataFrame({"article": table["article"], "quoted": flags})
    for column, must in (("content", True), ("source", False)):
        gold[column] = list(_read_spans(table, column, path.name, texts, must=must))
        pieces = [
            " ".join(texts[article][start:end] for start, end in spans)
            for article, spans in zip(gold["article"], gold[column], strict=True)
        ]
        gold[f"{column}_text"] = pd.Series(pieces, dtype="str")
    gold = gold[np.array([len(spans) > 0 for spans in gold["content"]], dtype=bool)].reset_index(drop=True)
    gold["start"] = np.array([min(start for start, _ in spans) for spans in gold["content"]], dtype=np.int64)
    gold["end"] = np.array([max(end for _, end in spans) for spans in gold["content"]], dtype=np.int64)
    return gold


def read_pairs(path: Path, articles: pd.DataFrame) -> set[tuple[str, str]]:
    """The pairs of articles that share text, each in the order of the names."""
    table = read_table(path)
    need(table, "a", "b", verb=f"measuring with '{path.name}'")
    for column in ("a", "b"):
        need_known(table, column, articles, path.name)
    return {(min(pair), max(pair)) for pair in zip(table["a"], table["b"], strict=True)}


def need_known(table: pd.DataFrame, column: str, articles: pd.DataFrame, name: str) -> None:
    """Raise `InputError` unless each row is of one of the articles."""
    for row in np.flatnonzero(~table[column].isin(articles["article"]))[:1]:
        raise InputError(
            f"row {row + 1} of '{name}' is of the article '{shorten(table[column].iloc[row])}', "
            "which is not among the articles"
        )


def split_name(stem: str) -> tuple[str, str]:
    """NAME.SPLIT as two; a name without a dot has no split."""
    name, _, split = stem.rpartition(".")
    return (name, split) if name else (stem, "")


def read_table(path: Path) -> pd.DataFrame:
    """A labelled table, names in it as text."""
    names = ("article", "a", "b", "event", "entity", "id")
    try:
        if path.suffix == ".parquet":
            table = pd.read_parquet(path)
            return table.astype({name: "str" for name in names if name in table.columns})
        kinds = dict.fromkeys((*names, "text", "sentence", "mention", "outlet", "title"), "str")
        return pd.read_csv(path, dtype=kinds, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError) as error:  # pandas' and Arrow's own errors are ValueErrors too
        raise InputError(f"'{path.name}' can't be read ({one_line(error, longest=120)})") from error


def _read_flags(values: pd.Series, name: str) -> Iterator[bool]:
    for row, value in enumerate(values, start=1):
        word = str(value).strip().lower()
        if word not in _YES + _NO:
            raise InputError(f"row {row} of '{name}' has '{shorten(value)}' for quoted; expected true or false")
        yield word in _YES


def _read_spans(table: pd.DataFrame, column: str, name: str, texts: dict, *, must: bool) -> Iterator[list]:
    """For each row the list of its (start, end), from one column of lists or from two columns of numbers."""
    pair = [f"{column}_start", f"{column}_end"]
    if column in table.columns:
        values = table[column].tolist()
    elif set(pair) <= set(table.columns):
        values = [
            [] if pd.isna(start) or start == "" else [[start, end]] for start, end in table[pair].to_numpy(object)
        ]
    elif must:
        raise InputError(
            f"measuring with '{name}' needs the column '{column}', or '{column}_start' and '{column}_end'; "
            f"the table has {quoted(table.columns)}"
        )
    else:
        values = [[]] * len(table)
    for row, (article, value) in enumerate(zip(table["article"], values, strict=True), start=1):
        length = len(texts[article])
        try:
            value = json.loads(value or "[]") if isinstance(value, str) else value  # noqa: PLW2901
            spans = [(_whole(start), _whole(end)) for start, end in ([] if value is None else value)]
            wrong = any(not 0 <= start < end <= length for start, end in spans)
        except (TypeError, ValueError):
            wrong = True
        if wrong:
            raise InputError(
                f"row {row} of '{name}' has the {column} {shorten(value)}; expected pairs of start and end within the "
                f"{length:,} characters of its article"
            )
        yield spans


def _whole(number: object) -> int:
    """The number that a table may hold as 5, 5.0 or "5"."""
    if not float(number).is_integer():
        raise ValueError
    return int(float(number))
