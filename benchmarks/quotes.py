"""How long finding quotations takes, as a ratio to scikit-learn's TfidfVectorizer, printed as JSON.

    python benchmarks/quotes.py --speed FILE [--sample N]

FILE is a Parquet table of articles. All steps read the same texts in one run, each as users call it: on as many cores
as it takes by itself, on the clock. The vectoriser, which takes one core, is timed before and after them and its mean
taken, for other programs on the machine slow all; where they take the second core, the seconds of the processors, of
all processes together, tell more than the clock. The first step with enough text for workers starts them. Memory is the
proportional share (what processes share is counted once) of all processes, looked at five times a second.
How often the quotations are right is measured by benchmarks/validity.py.
"""

import argparse
import json
import os
import threading
from pathlib import Path
from time import perf_counter

import pandas as pd

from analysis import find_artefacts, find_names, find_quotes, split_sentences
from analysis.corpus.parallel import ENOUGH, count_jobs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--speed", type=Path, required=True, help="a Parquet table of articles to time on")
    parser.add_argument("--sample", type=int, help="time on so many articles only, drawn at random")
    options = parser.parse_args()
    articles = pd.read_parquet(options.speed)
    if options.sample:
        articles = articles.sample(options.sample, random_state=1).reset_index(drop=True)
    print(json.dumps(measure_speed(articles), indent=2))


def measure_speed(articles: pd.DataFrame) -> dict:
    """Seconds on the clock for each step, their ratio to the vectoriser's, and the memory of all processes together."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    articles = articles.assign(event="1")
    letters = int(articles["text"].str.len().sum())
    steps = {
        "TfidfVectorizer": lambda: TfidfVectorizer().fit_transform(articles["text"].fillna("")),
        "find_quotes": lambda: find_quotes(articles),
        "find_artefacts": lambda: find_artefacts(articles),
        "find_names": lambda: find_names(articles),
        "split_sentences": lambda: split_sentences(articles),
        "TfidfVectorizer again": lambda: TfidfVectorizer().fit_transform(articles["text"].fillna("")),
    }
    load, seconds, processor, peaks, rows = os.getloadavg(), {}, {}, {}, {}
    for name, step in steps.items():
        with Peak() as peak:
            start, busy = perf_counter(), read_processor_seconds()
            rows[name] = step().shape[0]
            seconds[name], processor[name] = perf_counter() - start, read_processor_seconds() - busy
        peaks[name] = peak.bytes
    base = (seconds["TfidfVectorizer"] + seconds["TfidfVectorizer again"]) / 2
    return {
        "articles": len(articles),
        "characters": letters,
        "cores": count_jobs() if letters >= ENOUGH else 1,
        "load_before": round(load[0], 2),
        "load_after": round(os.getloadavg()[0], 2),
        "seconds": {name: round(value, 2) for name, value in seconds.items()},
        "times_tfidf": {name: round(value / base, 2) for name, value in seconds.items()},
        "processor_seconds": {name: round(value, 2) for name, value in processor.items()},
        "rows": rows,
        "peak_gib": {name: round(value / 2**30, 2) for name, value in peaks.items()},
    }


class Peak:
    """The most memory that this process and its descendants together have while the block runs."""

    def __enter__(self):
        self.bytes, self._done = 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._done.set()
        self._thread.join()

    def _watch(self):
        while not self._done.wait(0.2):
            self.bytes = max(self.bytes, sum(map(read_share, [os.getpid(), *find_children(os.getpid())])))


def read_processor_seconds() -> float:
    """What this process and its descendants have worked so far."""
    ticks = 0
    for process in (os.getpid(), *find_children(os.getpid())):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def find_children(process: int) -> list[int]:
    try:
        lists = [path.read_text() for path in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:
        return []
    children = [int(child) for text in lists for child in text.split()]
    return [found for child in children for found in (child, *find_children(child))]


def read_share(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it ended while it was looked at
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    main()
