"""Read text whose tone people have labelled: sentences about somebody, sentences, and whole articles about somebody."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..display import shorten
from ..tables import InputError, need, quoted
from .gold import LABELS, SUFFIXES, GoldSet, need_known, read_gold_articles, read_table, split_name

# What tells a table of labelled sentences, whatever it is called.
SENTENCES = {"targets": ("sentence", "from", "to", "polarity"), "sentiment": ("text", "rating")}
# A training sentence of fewer words stands in many articles by chance ("He did not say why").
LEAST_WORDS = 6

# NewsMTSC's ids begin with the corpus and the number of the article and end with sentence, entity and place.
_ARTICLE_OF_ID = re.compile(r"(?s).*?_-?\d+_-?\d+(?=_)")
_WORD = re.compile(r"[^\W_]+")


class SentenceSet(NamedTuple):
    """A table of labelled sentences, and what it is called."""

    name: str
    split: str  # empty where it has none
    path: Path


def find_tables(folder: str | Path, kind: str, *, split: str) -> tuple[list[SentenceSet], list[str]]:
    """The tables of a folder that have the columns of `kind`, and a sentence that says so if there is none.

    `NAME.dev`, `NAME.dev_a` and `NAME.dev_b` are of the split `dev`; a `NAME` without a split is always measured.
    """
    found = {}
    for suffix in SUFFIXES:
        for path in sorted(Path(folder).glob(f"*.{suffix}")):
            stem = path.name.removesuffix(f".{suffix}").removesuffix(f".{kind}")
            if stem.rpartition(".")[2] in ("articles", *LABELS) or stem in found:
                continue
            if set(SENTENCES[kind]) <= set(_columns_of(path)):
                found[stem] = SentenceSet(*split_name(stem), path)
    chosen = [found[stem] for stem in sorted(found) if is_of_split(found[stem].split, split)]
    if chosen:
        return chosen, []
    if found:
        splits = sorted({one.split for one in found.values()})
        return [], [f"there is none of the split '{split}', only of {quoted(splits)}"]
    return [], [f"a table with the columns {', '.join(SENTENCES[kind])} (parquet or csv) is missing"]


def is_of_split(name: str, split: str) -> bool:
    """Whether `dev_mt` is of the split `dev`, which it is, as a set without a split is of all."""
    return not name or name == split or name.startswith(f"{split}_")


def read_targets(labelled: SentenceSet) -> pd.DataFrame:
    """Sentences with a target: article, text, target_start, target_end, polarity (−1, 0 or 1).

    The article is the column of that name, else the one that NewsMTSC's `id` names, else the sentence itself.
    """
    table, name = read_table(labelled.path), labelled.path.name
    need(table, *SENTENCES["targets"], verb=f"measuring with '{name}'")
    texts = table["sentence"].fillna("").astype("str")
    polarity = np.array(list(_read_numbers(table["polarity"], name, "polarity", "-1, 0 or 1", {-1, 0, 1})))
    places = [
        np.array(list(_read_numbers(table[end], name, end, "a whole number")), dtype=np.int64) for end in ("from", "to")
    ]
    for row, (start, end, text) in enumerate(zip(*places, texts, strict=True), start=1):
        if not 0 <= start < end <= len(text):
            raise InputError(
                f"row {row} of '{name}' has its target from {start} to {end}; expected a place within the "
                f"{len(text):,} characters of its sentence"
            )
    if "article" in table.columns:
        articles = table["article"]
    elif "id" in table.columns:
        named = [_ARTICLE_OF_ID.match(str(value)) for value in table["id"]]
        articles = [match[0] if match else text for match, text in zip(named, texts, strict=True)]
    else:
        articles = texts
    return pd.DataFrame(
        {
            "article": pd.array(articles, dtype="str"),
            "text": texts.array,
            "target_start": places[0],
            "target_end": places[1],
            "polarity": polarity.astype(np.int64),
        }
    )


def read_ratings(labelled: SentenceSet) -> pd.DataFrame:
    """Sentences with a rating: article (else the sentence itself), text, rating."""
    table, name = read_table(labelled.path), labelled.path.name
    need(table, *SENTENCES["sentiment"], verb=f"measuring with '{name}'")
    texts = table["text"].fillna("").astype("str")
    ratings = np.array(list(_read_numbers(table["rating"], name, "rating", "a number")))
    articles = table["article"] if "article" in table.columns else texts
    return pd.DataFrame({"article": pd.array(articles, dtype="str"), "text": texts.array, "rating": ratings})


def read_stances(labelled: GoldSet) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Articles (article, event, outlet, split, lean, title, text) and entities (article, entity, sentiment).

    The split is empty and the lean the outlet's name where the set says nothing of them. An entity that is labelled
    twice in an article has the mean of both.
    """
    articles = read_gold_articles(labelled.articles, "event", "outlet")
    lean = articles["bias" if "bias" in articles.columns else "outlet"].astype("str")
    split = articles["split"].fillna("").astype("str") if "split" in articles.columns else ""
    articles = articles.assign(lean=lean, split=split, event=articles["event"].astype("str"))
    table, name = read_table(labelled.labels), labelled.labels.name
    need(table, "article", "entity", "sentiment", verb=f"measuring with '{name}'")
    need_known(table, "article", articles, name)
    values = np.array(list(_read_numbers(table["sentiment"], name, "sentiment", "a number")), dtype=float)
    entities = table[["article", "entity"]].assign(sentiment=values)
    entities = entities.groupby(["article", "entity"], sort=True, as_index=False)["sentiment"].mean()
    return articles, entities


def find_known(articles: pd.DataFrame, sentences: pd.Series) -> set[str]:
    """The articles that hold one of the sentences: a model that has learnt from these is not to be judged on them.

    Case, spaces and marks are left out of both, and sentences of fewer than six words passed over.
    """
    folded = [" ".join(_WORD.findall(text.lower())) for text in articles["text"]]
    openings: dict[str, set[int]] = {}
    for row, text in enumerate(folded):
        words = text.split(" ")
        for at in range(len(words) - LEAST_WORDS + 1):
            openings.setdefault(" ".join(words[at : at + LEAST_WORDS]), set()).add(row)
    known = set()
    for sentence in sentences.drop_duplicates():
        words = _WORD.findall(sentence.lower())
        if len(words) >= LEAST_WORDS:
            held = f" {' '.join(words)} "
            rows = openings.get(" ".join(words[:LEAST_WORDS]), ())
            known.update(row for row in rows if held in f" {folded[row]} ")
    return set(articles["article"].iloc[sorted(known)])


def _columns_of(path: Path) -> list[str]:
    """The columns of a file; none if it can't be read, since any other table may lie in the folder."""
    try:
        if path.suffix == ".parquet":
            from pyarrow import parquet

            return parquet.read_schema(path).names
        return list(pd.read_csv(path, nrows=0, encoding="utf-8-sig").columns)
    except (OSError, ValueError):
        return []


def _read_numbers(
    values: pd.Series, name: str, column: str, expected: str, among: set[int] | None = None
) -> Iterator[float]:
    for row, value in enumerate(values, start=1):
        try:
            number = float(value)
            wrong = not np.isfinite(number) or (among is not None and number not in among)
            wrong = wrong or (expected == "a whole number" and not number.is_integer())
        except (TypeError, ValueError):
            wrong = True
        if wrong:
            raise InputError(f"row {row} of '{name}' has '{shorten(value)}' for {column}; expected {expected}")
        yield number
