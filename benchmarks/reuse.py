"""Speed and memory of find_reuse, printed as JSON: python benchmarks/reuse.py --speed FILE

Speed is that of the call users make, which finds artefacts and pairs quotation marks itself, as a ratio to
scikit-learn's TfidfVectorizer in the same run; wall time and processor time, since a busy machine stretches the first.

FILE is a Parquet table of articles. How often the pairs of articles that share text are right is measured by
benchmarks/validity.py.
"""

import argparse
import json
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pandas as pd

N = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--speed", type=Path, required=True, help="a Parquet table of articles to time on")
    articles_file = parser.parse_args().speed
    # A process of its own for each, so that the peak of one is not that of the other.
    speed = run_apart(measure_speed, articles_file)
    baseline = run_apart(measure_tfidf, articles_file)
    ratios = {
        "tfidf_seconds": round(baseline[0], 2),
        "tfidf_processor_seconds": round(baseline[1], 2),
        "ratio": round(speed["seconds"] / baseline[0], 3),
        "ratio_of_processor_time": round(speed["processor_seconds"] / baseline[1], 3),
    }
    print(json.dumps(speed | ratios, indent=2))


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


def timed(function) -> tuple:
    """Seconds on the clock and of the processor, and what the function returns."""
    start, processor = time.perf_counter(), time.process_time()
    result = function()
    return time.perf_counter() - start, time.process_time() - processor, result


if __name__ == "__main__":
    main()
