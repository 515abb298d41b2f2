"""Is a planted difference between two outlets found, and none where there is none? A simulation, printed as JSON.

    python benchmarks/paired.py --gold FOLDER [--draws 400]

FOLDER holds `seesaw.articles.parquet` and `seesaw.entities.parquet` (real articles, three to a story). In each draw
every story's articles are handed to two invented outlets by chance, so that nothing sets them apart. Then, in half of
the stories, what A says of the entity that the story names most is planted: each sentence about it that is more
positive than the median of such sentences is replaced by one of A's that is not. The paired comparison
(`compare_outlets`) is held against the pooled one, Welch's interval over all articles, which does not know of stories.
Run by hand: never a test.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

from analysis import compare_outlets, score_sentiment, split_sentences

SIZES = (8, 10, 12, 14, 16, 18, 20, 25, 30, 40, 60)


def entity_sentences(articles: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """Scored sentences that hold the last name of the entity which most of the story's articles are labelled for."""
    counted = entities.merge(articles[["article", "event"]]).groupby(["event", "entity"]).size().reset_index(name="n")
    most = counted.sort_values(["event", "n", "entity"], ascending=[True, False, True]).drop_duplicates("event")
    names = dict(zip(most["event"], most["entity"].str.split().str[-1], strict=True))
    sentences = split_sentences(articles)
    about = [names.get(event, "\0") in text for event, text in zip(sentences["event"], sentences["text"], strict=True)]
    return score_sentiment(sentences[about].reset_index(drop=True), model="vader")


def deal(scores: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The scores of two articles a story, handed to A and B by chance; stories with one article left out."""
    articles = scores[["event", "article"]].drop_duplicates().sample(frac=1, random_state=rng)
    articles = articles[articles.groupby("event")["article"].transform("size") > 1].groupby("event").head(2)
    articles["outlet"] = np.where(articles.groupby("event").cumcount() == 0, "A", "B")
    return scores.drop(columns="outlet").merge(articles)


def plant(scores: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """In half of the stories, A's more positive half of sentences becomes copies of its more negative half."""
    events = np.sort(scores["event"].unique())
    chosen = rng.choice(events, len(events) // 2, replace=False)
    of_a = (scores["outlet"] == "A").to_numpy()
    median = scores.loc[of_a, "score"].median()
    negative = scores.loc[of_a & (scores["score"] < median).to_numpy(), "score"].to_numpy()
    replaced = of_a & scores["event"].isin(chosen).to_numpy() & (scores["score"] >= median).to_numpy()
    planted = scores.copy()
    planted.loc[replaced, "score"] = rng.choice(negative, replaced.sum())
    return planted


def found(scores: pd.DataFrame) -> tuple[bool, bool]:
    """Whether the paired and the pooled interval miss zero."""
    (row,) = compare_outlets(scores).to_dict("records")
    means = scores.groupby(["outlet", "article"])["score"].mean()
    pooled = stats.ttest_ind(means["A"], means["B"], equal_var=False)
    return bool(row["low"] > 0 or row["high"] < 0), bool(pooled.pvalue < 0.05)


def measure(scores: pd.DataFrame, draws: int, seed: int = 0) -> dict:
    """Power by number of stories, and how often an interval misses zero where nothing was planted."""
    rng = np.random.default_rng(seed)
    power = {size: [] for size in SIZES}
    for _ in range(draws):
        dealt = deal(scores, rng)
        planted = plant(dealt, rng)
        order = rng.permutation(np.sort(dealt["event"].unique()))
        for size, hits in power.items():
            if size <= len(order):
                hits.append(found(planted[planted["event"].isin(order[:size])]))
    null = np.array([found(deal(scores, rng)) for _ in range(draws)])
    table = {size: [round(float(x), 3) for x in np.mean(hits, axis=0)] for size, hits in power.items() if hits}
    enough = {}
    for i, name in enumerate(("paired", "pooled")):
        enough[name] = next((size for size, row in table.items() if row[i] >= 0.8), None)
    misses = int(null[:, 0].sum())
    interval = stats.binomtest(misses, draws).proportion_ci(method="exact")
    return {
        "stories": int(scores["event"].nunique()),
        "draws": draws,
        "power": {size: dict(zip(("paired", "pooled"), row, strict=True)) for size, row in table.items()},
        "stories_for_power_of_80_percent": enough,
        "shuffled_outlets": {
            "paired_misses_zero": misses / draws,
            "interval": [round(interval.low, 4), round(interval.high, 4)],
            "pooled_misses_zero": float(null[:, 1].mean()),
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, required=True, help="folder that holds the articles")
    parser.add_argument("--draws", type=int, default=400)
    options = parser.parse_args()
    paths = [options.gold / f"seesaw.{part}.parquet" for part in ("articles", "entities")]
    for path in paths:
        if not path.exists():
            sys.exit(f"real articles, several to a story, are needed, but {path} does not exist")
    articles, entities = map(pd.read_parquet, paths)
    print(json.dumps(measure(entity_sentences(articles, entities), options.draws), indent=2))


if __name__ == "__main__":
    main()
