"""How long steps take as a ratio to scikit-learn's TfidfVectorizer, each as users call it, in one run.

Steps run on as many cores as they take by themselves, on the clock. The vectoriser, which takes one core, is timed
before and after them and its mean taken, for other programs on the machine slow all; where they take the second core,
the seconds of the processors, of all processes together, tell more than the clock. The first step with enough text for
workers starts them. Memory is what all processes hold together, looked at five times a second; what they share is
counted in each.
"""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pandas as pd

from analysis.corpus.parallel import ENOUGH, count_jobs

_BEFORE, _AFTER = "TfidfVectorizer", "TfidfVectorizer again"


def time_steps(articles: pd.DataFrame, steps: dict[str, Callable]) -> tuple[dict, dict]:
    """Seconds of each step, their ratio to the vectoriser's, and the peak of memory; and what each step returned."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = articles["text"].fillna("")
    letters = int(texts.str.len().sum())
    steps = {_BEFORE: lambda: TfidfVectorizer().fit_transform(texts)} | steps
    steps[_AFTER] = steps[_BEFORE]
    load, seconds, processor, peaks, found = os.getloadavg(), {}, {}, {}, {}
    for name, step in steps.items():
        with Peak() as peak:
            start, busy = perf_counter(), read_processor_seconds()
            found[name] = step()
            seconds[name], processor[name] = perf_counter() - start, read_processor_seconds() - busy
        peaks[name] = peak.bytes
        if name in (_BEFORE, _AFTER):
            del found[name]
    base = (seconds[_BEFORE] + seconds[_AFTER]) / 2
    figures = {
        "articles": len(articles),
        "characters": letters,
        "cores": count_jobs() if letters >= ENOUGH else 1,
        "load_before": round(load[0], 2),
        "load_after": round(os.getloadavg()[0], 2),
        "seconds": {name: round(value, 2) for name, value in seconds.items()},
        "times_tfidf": {name: round(value / base, 2) for name, value in seconds.items()},
        "processor_seconds": {name: round(value, 2) for name, value in processor.items()},
        "rows": {name: len(table) for name, table in found.items()},
        "peak_gib": {name: round(value / 2**30, 2) for name, value in peaks.items()},
    }
    return figures, found


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
            self.bytes = max(self.bytes, sum(map(read_memory, [os.getpid(), *find_children(os.getpid())])))


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


def read_memory(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:  # it ended while it was looked at
        return 0
