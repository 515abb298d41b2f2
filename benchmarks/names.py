"""How many of the people that human coders marked in news are found and told apart? Printed as JSON.

    python benchmarks/names.py --gold FOLDER

FOLDER holds `newsmtsc.dev_mt.parquet` and `.dev_rw.parquet` (sentences with one marked mention each, mostly of
people; Hamborg and Donnay 2021), `seesaw.articles.parquet` and `.entities.parquet` (people and bodies of whole
articles). Both mark some names only, so they tell recall; precision they can't tell. Run by hand: it is never a test.
"""

import argparse
import json
import re
import sys
from pathlib import Path

import pandas as pd

from analysis import find_names
from analysis.tables import ARTEFACTS, make_table
from analysis.voices.names.name_lists import fold_name

_NAME = re.compile(r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*$")
NONE = make_table(ARTEFACTS, [])


def measure_mentions(sentences: pd.DataFrame) -> dict:
    """The share of marked mentions that overlap a found name, over those that are printed as a name.

    A sentence stands alone here: what the rest of its article would tell is not known.
    """
    sentences = sentences[[bool(_NAME.search(mention)) for mention in sentences["mention"]]].reset_index(drop=True)
    articles = pd.DataFrame({"article": sentences.index.astype("str"), "text": sentences["sentence"]})
    names = find_names(articles, artefacts=NONE)
    found = {article: rows for article, rows in names.groupby("article")}
    kinds, missed = [], []
    for article, start, end, mention in zip(
        articles["article"], sentences["from"], sentences["to"], sentences["mention"], strict=True
    ):
        rows = found.get(article)
        hits = rows[(rows["start"] < end) & (start < rows["end"])]["kind"].tolist() if rows is not None else []
        kinds.append(hits[-1] if hits else "none")
        if not hits:
            missed.append(mention)
    shares = pd.Series(kinds).value_counts(normalize=True).round(4).to_dict()
    return {"mentions": len(kinds), "share_by_kind": shares, "examples_missed": missed[:60]}


def measure_entities(articles: pd.DataFrame, entities: pd.DataFrame) -> dict:
    """The share of coded entities that are the name of at least one mention in their article."""
    names = find_names(articles, artefacts=NONE)
    found = names.groupby("article")["name"].agg(lambda some: {fold_name(name) for name in some}).to_dict()
    kinds = names.assign(name=[fold_name(name) for name in names["name"]]).drop_duplicates(["article", "name"])
    kind_of = {(row.article, row.name_): row.kind for row in kinds.rename(columns={"name": "name_"}).itertuples()}
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    whole, surname, printed, told = 0, 0, 0, []
    missed = []
    for article, entity in zip(entities["article"], entities["entity"], strict=True):
        # Only names: "email server" and "overtime pay" are coded too.
        if entity not in texts.get(article, "") or not _NAME.fullmatch(entity):
            continue
        printed += 1
        name = fold_name(entity)
        some = found.get(article, set())
        whole += name in some
        match = (
            name if name in some else next((one for one in sorted(some) if one.split()[-1] == name.split()[-1]), None)
        )
        surname += match is not None
        if match is None:
            missed.append(entity)
        else:
            told.append(kind_of[article, match])
    return {
        "entities_printed": printed,
        "found_under_that_name": round(whole / max(1, printed), 4),
        "found_by_last_word": round(surname / max(1, printed), 4),
        "share_by_kind": pd.Series(told).value_counts(normalize=True).round(4).to_dict(),
        "examples_missed": missed[:60],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--gold", type=Path, required=True, help="folder that holds the labelled sentences and articles"
    )
    gold = parser.parse_args().gold
    names = ("newsmtsc.dev_mt", "newsmtsc.dev_rw", "seesaw.articles", "seesaw.entities")
    paths = [gold / f"{name}.parquet" for name in names]
    for path in paths:
        if not path.exists():
            sys.exit(f"the labelled articles are needed to measure on, but {path} does not exist")
    mt, rw, articles, entities = map(pd.read_parquet, paths)
    measured = {
        "newsmtsc": measure_mentions(pd.concat([mt, rw], ignore_index=True)),
        "seesaw": measure_entities(articles, entities),
    }
    print(json.dumps(measured, indent=2))


if __name__ == "__main__":
    main()
