"""Speed, memory and validity of find_reuse, printed as JSON: python benchmarks/reuse.py --gold FOLDER"""

import argparse
import json
import re
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd

N, MOST_ARTICLES, LEAST_RUNS = 8, 6, 20
GOLD_WORD = re.compile(r"[a-z0-9']+")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="folder with abp.articles and abp.reuse_pairs")
    gold = parser.parse_args().gold
    files = [gold / "abp.articles.parquet", gold / "abp.reuse_pairs.parquet"]
    if absent := [file.name for file in files if not file.exists()]:
        sys.exit(f"Nothing was measured: the folder {gold} has no {' and no '.join(absent)}.")
    # A process of its own for each, so that the peak of one is not that of the other.
    measured = run_apart(measure_reuse, *files)
    baseline = run_apart(measure_tfidf, files[0])
    measured["tfidf_seconds"] = round(baseline, 2)
    measured["ratio"] = round(measured["seconds"] / baseline, 3)
    measured["ratio_with_quotes_and_artefacts_found"] = round(
        measured["seconds_with_quotes_and_artefacts_found"] / baseline, 3
    )
    print(json.dumps(measured, indent=2))


def run_apart(function, *arguments):
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def measure_tfidf(articles_file: Path) -> float:
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = pd.read_parquet(articles_file)["text"]
    return timed(lambda: TfidfVectorizer().fit_transform(texts))[0]


def measure_reuse(articles_file: Path, pairs_file: Path) -> dict:
    from analysis.tables import ARTEFACTS, make_table
    from analysis.voices.quotes import find_quotes
    from analysis.voices.reuse import find_reuse

    articles = pd.read_parquet(articles_file)
    # The gold was made from raw text, so artefacts are kept. Quotations are another verb's work, and given.
    none = make_table(ARTEFACTS, [])
    seconds_quotes, quotes = timed(lambda: find_quotes(articles, artefacts=none))
    seconds, passages = timed(lambda: find_reuse(articles, n=N, artefacts=none, quotes=quotes))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20  # ru_maxrss is in KiB on Linux
    gold = {tuple(sorted(pair)) for pair in pd.read_parquet(pairs_file)[["a", "b"]].itertuples(index=False)}
    seconds_near, _ = timed(lambda: find_reuse(articles, n=N, edits=3, artefacts=none, quotes=quotes))
    seconds_all, with_all = timed(lambda: find_reuse(articles, n=N))
    return {
        "articles": len(articles),
        "passages": int(passages["passage"].nunique()),
        "occurrences": len(passages),
        "seconds": round(seconds, 2),
        "peak_gib": round(peak, 2),
        "pairs_in_gold": len(gold),
        "runs_counted_in_the_words_of_the_gold": compare(find_pairs(passages, articles, gold_words=True), gold),
        "runs_counted_in_our_words": compare(find_pairs(passages, articles, gold_words=False), gold),
        "seconds_find_quotes": round(seconds_quotes, 2),
        "seconds_near_verbatim": round(seconds_near, 2),
        "seconds_with_quotes_and_artefacts_found": round(seconds_all, 2),
        "peak_gib_with_quotes_and_artefacts": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2),
        "kinds": {kind: int(n) for kind, n in with_all["kind"].value_counts().items()},
    }


def find_pairs(passages: pd.DataFrame, articles: pd.DataFrame, *, gold_words: bool) -> set[tuple[str, str]]:
    """Pairs of articles of different outlets whose shared passages of few articles hold enough distinct runs.

    With `gold_words` the runs are counted in the gold's words: it has none for curly apostrophes and accents, and two
    for `U.S.`. Else in ours, so that articles set with curly and with straight apostrophes share more than in the gold.
    """
    rare = passages[passages["articles"] <= MOST_ARTICLES]
    rare = rare.merge(articles[["article", "outlet"]], on="article")[["passage", "article", "outlet", "words", "text"]]
    if gold_words:
        rare["run"] = [runs_of(text) for text in rare["text"]]
        rare = rare.explode("run").dropna(subset="run").drop_duplicates(["passage", "article", "run"]).assign(n=1)
    else:
        rare = rare.drop_duplicates(["passage", "article"]).assign(run=0, n=lambda table: table["words"] - N + 1)
    rare = rare[["passage", "run", "article", "outlet", "n"]]
    pairs = rare.merge(rare, on=["passage", "run"], suffixes=("", "_b"))
    pairs = pairs[(pairs["article"] < pairs["article_b"]) & (pairs["outlet"] != pairs["outlet_b"])]
    if gold_words:
        pairs = pairs.drop_duplicates(["run", "article", "article_b"])
    runs = pairs["n"].groupby([pairs["article"], pairs["article_b"]]).sum()
    return set(runs[np.asarray(runs >= LEAST_RUNS)].index)


def runs_of(text: str) -> list[str]:
    words = GOLD_WORD.findall(text.lower())
    return [" ".join(words[at : at + N]) for at in range(len(words) - N + 1)]


def compare(found: set, gold: set) -> dict:
    right = len(found & gold)
    return {"pairs": len(found), "recall": round(right / len(gold), 4), "precision": round(right / len(found), 4)}


def timed(function):
    start = time.perf_counter()
    result = function()
    return time.perf_counter() - start, result


if __name__ == "__main__":
    main()
