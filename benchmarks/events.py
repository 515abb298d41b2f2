"""Validity, speed and memory of group_events, printed as JSON: python benchmarks/events.py --gold FOLDER"""

import argparse
import json
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd

SEED, SPLITS = 0, 10
THRESHOLDS = np.round(np.arange(0.06, 0.21, 0.01), 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="folder with seesaw.articles and abp.articles")
    gold = parser.parse_args().gold
    stories, articles = gold / "seesaw.articles.parquet", gold / "abp.articles.parquet"
    if absent := [file.name for file in (stories, articles) if not file.exists()]:
        sys.exit(f"Nothing was measured: the folder {gold} has no {' and no '.join(absent)}.")
    measured = {"validity": run_apart(measure_validity, stories)}
    # A process of its own for each, so that the peak of one is not that of the other.
    tenth, whole = (run_apart(measure_speed, articles, part) for part in (0.1, 1.0))
    baseline = run_apart(measure_tfidf, articles)
    measured["speed"] = {
        "tenth": tenth,
        "whole": whole,
        "growth": round(whole["seconds"] / tenth["seconds"], 2),
        "tfidf_vectorizer_seconds": round(baseline, 2),
        "ratio": round(whole["seconds"] / baseline, 3),
    }
    print(json.dumps(measured, indent=2))


def run_apart(function, *arguments):
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def measure_validity(stories_file: Path) -> dict:
    """Dates are hidden, for in SEESAW all articles of a story bear the same one; with them the task is easy."""
    stories = pd.read_parquet(stories_file)
    shipped = find_default()
    splits = [measure_split(stories, seed) for seed in range(SEED, SEED + SPLITS)]
    hidden = stories.drop(columns=["event", "published"])
    found = group(hidden, shipped)
    shuffled = group(hidden.sample(frac=1, random_state=SEED), shipped)
    dated = half_of(stories, SEED, tuning=False)
    return {
        f"held_out_half_of_seed_{SEED}": splits[0],
        f"mean_of_{SPLITS}_held_out_halves": average(splits, np.mean),
        f"lowest_of_{SPLITS}_held_out_halves": average(splits, np.min),
        "all_stories": measure(stories, shipped),
        "all_stories_tfidf_best_threshold": measure_tfidf_grouping(stories),
        f"held_out_half_of_seed_{SEED}_with_dates": rand(dated, group(dated.drop(columns="event"), shipped)),
        "shuffled_rows_give_the_same_events": bool((shuffled.sort_index() == found).all()),
    }


def measure_split(stories: pd.DataFrame, seed: int) -> dict:
    """Tune the threshold on half of the stories, and measure on the other half, which is a corpus of its own."""
    tuning, held_out = (half_of(stories, seed, tuning=tuning) for tuning in (True, False))
    hidden = tuning.drop(columns=["event", "published"])
    scores = [rand(tuning, group(hidden, threshold)) for threshold in THRESHOLDS]
    tuned = float(THRESHOLDS[int(np.argmax(scores))])
    shipped = measure(held_out, find_default())
    return {
        "tuned_threshold": tuned,
        **measure(held_out, tuned),
        "adjusted_rand_at_shipped_threshold": shipped["adjusted_rand"],
        "tfidf": measure_tfidf_grouping(held_out),
    }


def half_of(stories: pd.DataFrame, seed: int, *, tuning: bool) -> pd.DataFrame:
    events = np.sort(stories["event"].unique())
    order = np.random.default_rng(seed).permutation(len(events))
    chosen = order[: len(events) // 2] if tuning else order[len(events) // 2 :]
    return stories[stories["event"].isin(events[chosen])].reset_index(drop=True)


def find_default() -> float:
    from analysis.corpus.events.grouping import SIMILARITY

    return SIMILARITY


def group(articles: pd.DataFrame, similarity: float) -> pd.Series:
    from analysis import group_events

    return group_events(articles, similarity=similarity)["event"]


def rand(stories: pd.DataFrame, found: pd.Series) -> float:
    from sklearn.metrics import adjusted_rand_score

    return round(float(adjusted_rand_score(stories["event"], found)), 4)


def measure(stories: pd.DataFrame, similarity: float) -> dict:
    from analysis.corpus.events.likeness import find_pairs, weigh_words

    hidden = stories.drop(columns=["event", "published"])
    first, second, alike = find_pairs(weigh_words(hidden), np.full(len(hidden), np.nan), 4)
    likeness = np.full((len(hidden), len(hidden)), -1.0)  # below every pair that is listed
    likeness[first, second] = likeness[second, first] = alike
    return rank(stories, likeness) | {"adjusted_rand": rand(stories, group(hidden, similarity))}


def rank(stories: pd.DataFrame, likeness: np.ndarray) -> dict:
    from sklearn.metrics import average_precision_score

    events = pd.factorize(stories["event"])[0]
    pairs = np.triu_indices(len(events), 1)
    precision = average_precision_score(events[pairs[0]] == events[pairs[1]], likeness[pairs])
    np.fill_diagonal(likeness, -np.inf)
    nearest = (events[likeness.argmax(axis=1)] == events).mean()
    return {"average_precision": round(float(precision), 4), "nearest_neighbour": round(float(nearest), 4)}


def measure_tfidf_grouping(stories: pd.DataFrame) -> dict:
    """scikit-learn's weights with its own stop words, average linkage, and the threshold best on the gold itself."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform
    from sklearn.feature_extraction.text import TfidfVectorizer

    weights = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(
        stories["title"] + "\n" + stories["text"]
    )
    likeness = (weights @ weights.T).toarray()
    distance = np.clip(1 - likeness, 0, None)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), "average")
    cuts = (fcluster(tree, 1 - threshold, "distance") for threshold in np.arange(0.05, 0.6, 0.01))
    return rank(stories, likeness) | {"adjusted_rand": max(rand(stories, cut) for cut in cuts)}


def average(splits: list[dict], of) -> dict:
    flat = [{**split, **{f"tfidf_{name}": value for name, value in split["tfidf"].items()}} for split in splits]
    return {name: round(float(of([split[name] for split in flat])), 4) for name in flat[0] if name != "tfidf"}


def measure_speed(articles_file: Path, share: float) -> dict:
    from analysis import group_events

    articles = pd.read_parquet(articles_file)
    articles = articles.sample(frac=share, random_state=SEED)
    start = time.process_time(), time.perf_counter()
    found = group_events(articles)
    sizes = found["event"].value_counts()
    return {
        "articles": len(articles),
        "events": len(sizes),
        "events_of_one_article": int((sizes == 1).sum()),
        "largest_event": int(sizes.max()),
        "seconds": round(time.process_time() - start[0], 2),
        "seconds_by_the_clock": round(time.perf_counter() - start[1], 2),
        "peak_gib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2),  # KiB on Linux
    }


def measure_tfidf(articles_file: Path) -> float:
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = pd.read_parquet(articles_file)["text"]
    start = time.process_time()
    TfidfVectorizer().fit_transform(texts)
    return time.process_time() - start


if __name__ == "__main__":
    main()
