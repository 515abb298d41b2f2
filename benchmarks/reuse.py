"""Speed, memory and validity of find_reuse, printed as JSON: python benchmarks/reuse.py --gold FOLDER

Speed is that of the call users make, which finds artefacts and pairs quotation marks itself, as a ratio to
scikit-learn's TfidfVectorizer in the same run; wall time and processor time, since a busy machine stretches the first.

Validity is counted twice, because the gold's words are not ours. The gold was made by brute force on words
`[a-z0-9']+`: it has no word for a curly apostrophe or an accented letter, and two for `U.S.`, so a pair near its
border of 20 runs may stand on the other side when the same passages are counted in our words, and articles that are
set with different apostrophes share more for us than for the gold. Counted in the gold's words, what remains are
passages that our words make longer or cut short. Neither number says that a pair was copied: the gold is shared runs.
"""

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
    speed = run_apart(measure_speed, files[0])
    baseline = run_apart(measure_tfidf, files[0])
    ratios = {
        "tfidf_seconds": round(baseline[0], 2),
        "tfidf_processor_seconds": round(baseline[1], 2),
        "ratio": round(speed["seconds"] / baseline[0], 3),
        "ratio_of_processor_time": round(speed["processor_seconds"] / baseline[1], 3),
    }
    print(json.dumps(speed | ratios | run_apart(measure_validity, *files), indent=2))


def run_apart(function, *arguments):
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def measure_tfidf(articles_file: Path) -> tuple[float, float]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = pd.read_parquet(articles_file)["text"]
    return timed(lambda: TfidfVectorizer().fit_transform(texts))[:2]


def measure_speed(articles_file: Path) -> dict:
    from analysis.voices.reuse import find_reuse

    articles = pd.read_parquet(articles_file)
    seconds, processor, passages = timed(lambda: find_reuse(articles, n=N))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20  # ru_maxrss is in KiB on Linux
    seconds_near, *_ = timed(lambda: find_reuse(articles, n=N, edits=3))
    return {
        "articles": len(articles),
        "passages": int(passages["passage"].nunique()),
        "kinds": {kind: int(n) for kind, n in passages["kind"].value_counts().items()},
        "seconds": round(seconds, 2),
        "processor_seconds": round(processor, 2),
        "peak_gib": round(peak, 2),
        "seconds_near_verbatim": round(seconds_near, 2),
        "rows_and_shared_words": [count_rows(articles.iloc[::step]) for step in (8, 4, 2)] + [rows_of(passages)],
    }


def count_rows(articles: pd.DataFrame) -> dict:
    from analysis.voices.reuse import find_reuse

    return rows_of(find_reuse(articles.reset_index(drop=True), n=N))


def rows_of(passages: pd.DataFrame) -> dict:
    """Linear in what is shared: as many words a row in a large corpus as in a small one, however often a run recurs."""
    words = int(passages["words"].sum())
    return {"rows": len(passages), "shared_words": words, "words_a_row": round(words / max(len(passages), 1), 2)}


def measure_validity(articles_file: Path, pairs_file: Path) -> dict:
    from analysis.tables import ARTEFACTS, QUOTES, make_table
    from analysis.voices.reuse import find_reuse

    articles = pd.read_parquet(articles_file)
    gold = {tuple(sorted(pair)) for pair in pd.read_parquet(pairs_file)[["a", "b"]].itertuples(index=False)}
    # The gold was made from raw text, so artefacts are kept.
    passages = find_reuse(articles, n=N, artefacts=make_table(ARTEFACTS, []), quotes=make_table(QUOTES, []))
    return {
        "pairs_in_gold": len(gold),
        "runs_counted_in_the_words_of_the_gold": compare(find_pairs(passages, articles, gold_words=True), gold),
        "runs_counted_in_our_words": compare(find_pairs(passages, articles, gold_words=False), gold),
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


def timed(function) -> tuple:
    """Seconds on the clock and of the processor, and what the function returns."""
    start, processor = time.perf_counter(), time.process_time()
    result = function()
    return time.perf_counter() - start, time.process_time() - processor, result


if __name__ == "__main__":
    main()
