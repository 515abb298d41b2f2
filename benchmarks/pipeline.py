"""The command that users run, and every stage of it, beside the pipeline that one would write today: one run, one JSON.

    python benchmarks/pipeline.py ARTICLES.parquet [--every N]

The command is `parallax tables ARTICLES --model vader`, as a process of its own: start, reading, all tables, writing
them as CSV and Parquet. `first` makes and writes the tables of an earlier version alone, without labels, outlets,
speakers, verbs, shares and targets. The stages are timed at a tenth and on the whole, with their imports done. The
naive pipeline is scikit-learn's TfidfVectorizer on the texts, one regular expression to split them into sentences, and
vaderSentiment on each sentence: three figures that mislead, and no voice, no reuse, no event. It runs on the whole
corpus, in the same run and on the same cores, without start, imports and reading. Seconds are wall time, so run it on
an idle machine; `cores` is processor time over wall time. `peak` is the memory of the process and its workers together,
sampled ten times a second. `growth` is how many times as long a stage takes on the whole as on a tenth of the articles.
Run by hand: never a test.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pandas as pd

# The tables that 'parallax tables' wrote before it compared outlets, so that times can be held against earlier ones.
FIRST = (
    "articles", "artefacts", "sentences", "names", "quotes", "quotations", "spans", "passages", "voices", "terms",
    "sentiment", "summary", "problems",
)  # fmt: skip
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path, help="a Parquet file with the columns article, outlet, published, text")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every so many articles (default: all)")
    parser.add_argument("--run", choices=RUNS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.articles.exists():
        parser.error(f"{options.articles} does not exist; expected a Parquet file of articles")
    if options.run:
        print(json.dumps(RUNS[options.run](options.articles)))
        return
    if options.every < 1:
        parser.error(f"--every is {options.every}; expected a whole number from 1 on")
    with tempfile.TemporaryDirectory() as folder:
        path = choose_articles(options.articles, options.every, Path(folder))
        command = time_command(path, Path(folder) / "tables")
        first = time_process([sys.executable, "-W", "ignore", __file__, str(path), "--run", "first"])
        tenth, whole, naive = (run_apart(name, path) for name in STAGES)
    for name, stage in whole["stages"].items():
        stage["growth"] = round(stage["seconds"] / max(tenth["stages"][name]["seconds"], 1e-3), 1)
    print(
        json.dumps(
            {
                "command": command,
                "first": first,
                "tenth": tenth,
                "whole": whole,
                "naive": naive,
                "growth": round(whole["seconds"] / tenth["seconds"], 2),
                "ratio_to_naive": round(whole["seconds"] / naive["seconds"], 3),
                "ratio_of_command_to_naive": round(command["seconds"] / naive["seconds"], 3),
                "ratio_of_first_to_naive": round(first["seconds"] / naive["seconds"], 3),
            },
            indent=2,
        )
    )


def choose_articles(path: Path, every: int, folder: Path) -> Path:
    """The file itself, or one with every so many of its articles."""
    if every == 1:
        return path
    chosen = folder / path.name
    pd.read_parquet(path).iloc[::every].reset_index(drop=True).to_parquet(chosen, index=False)
    return chosen


def time_command(path: Path, out: Path) -> dict:
    """Seconds of the whole command, and how large the tables are that it writes."""
    command = [sys.executable, "-W", "ignore", "-m", "analysis", "tables", str(path), "--model", "vader"]
    timed = time_process([*command, "--out", str(out)])
    if not out.is_dir():
        sys.exit("the command wrote no tables")
    return timed | {
        "megabytes_of_text": round(pd.read_parquet(path, columns=["text"])["text"].str.len().sum() / 1e6, 1),
        "megabytes_of_files": {
            file.name: round(file.stat().st_size / 1e6, 1) for file in sorted(out.iterdir()) if file.suffix != ".json"
        },
    }


def time_process(command: list[str]) -> dict:
    """Wall and processor seconds of a process, its start and workers too, and the memory of all of them."""
    before, started, peak = os.times(), time.perf_counter(), Peak()
    with peak:
        ended = subprocess.run(command, check=False, capture_output=True, text=True)
    if ended.returncode not in (0, 2):  # 2 says that the tables are written, and that some rows could not be read
        sys.exit(ended.stderr)
    seconds, after = time.perf_counter() - started, os.times()
    processor = sum(after[2:4]) - sum(before[2:4])  # of children that have ended
    return {
        "seconds": round(seconds, 1),
        "processor_seconds": round(processor, 1),
        "cores": round(processor / seconds, 2),
        "peak_gib": round(peak.gib, 2),
    }


def run_apart(name: str, path: Path) -> dict:
    """In an interpreter of its own, so that the peak of one run is not that of another.

    It is no child of `multiprocessing`: within one a stage uses one core, as it would not in a user's script.
    """
    command = [sys.executable, __file__, str(path), "--run", name]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def measure(path: Path, every: int) -> dict:
    """Seconds, speed and cores of each stage on every so many articles, and the peak of them all."""
    import analysis

    for name in analysis.__all__:  # as the naive pipeline's, imports are outside the clock
        getattr(analysis, name)
    articles = pd.read_parquet(path).iloc[::every].reset_index(drop=True)
    articles["event"] = None
    megabytes = articles["text"].str.len().sum() / 1e6
    made, stages, peak = {}, {}, Peak()

    def stage(name, step):
        cpu, started = _processor_seconds(), time.perf_counter()
        made[name] = step()
        seconds = time.perf_counter() - started
        stages[name] = {
            "seconds": round(seconds, 2),
            "mb_per_second": round(megabytes / seconds, 1),
            "cores": round((_processor_seconds() - cpu) / seconds, 2),
            "rows": len(made[name]),
        }
        return made[name]

    with peak:
        articles = stage("group_events", lambda: analysis.group_events(articles))
        artefacts = stage("find_artefacts", lambda: analysis.find_artefacts(articles))
        names = stage("find_names", lambda: analysis.find_names(articles, artefacts=artefacts))
        quotes = stage("find_quotes", lambda: analysis.find_quotes(articles, artefacts=artefacts, names=names))
        passages = stage("find_reuse", lambda: analysis.find_reuse(articles, artefacts=artefacts, quotes=quotes))
        given = {"artefacts": artefacts, "quotes": quotes, "passages": passages}
        spans = stage("label_voices", lambda: analysis.label_voices(articles, **given))
        stage("tabulate_quotations", lambda: analysis.tabulate_quotations(quotes, articles))
        own = spans[(spans["voice"] == "own") & spans["copied_from"].isna()]
        counts = stage("count_terms", lambda: analysis.count_terms(own))
        # Every outlet has a row for every term: compared are the largest outlets, on words that a few articles have.
        largest = articles["outlet"].value_counts().head(20).index
        counts = counts[counts["outlet"].isin(largest)]
        common = counts.groupby("term")["articles"].transform("sum") >= 20
        stage("compare_terms", lambda: analysis.compare_terms(counts[common]))
        scores = stage("score_sentiment", lambda: analysis.score_sentiment(spans, model="vader"))
        stage("summarise", lambda: analysis.summarise(scores))
        stage("compare_outlets", lambda: analysis.compare_outlets(scores))
    return {
        "articles": len(articles),
        "megabytes": round(megabytes, 1),
        "seconds": round(sum(row["seconds"] for row in stages.values()), 1),
        "peak_gib": round(peak.gib, 2),
        "stages": stages,
    }


def write_first(path: Path) -> dict:
    from analysis import make_tables
    from analysis.export.formats import write_each

    with tempfile.TemporaryDirectory() as folder:
        tables = make_tables(path, model="vader", only=FIRST)
        write_each(tables, Path(folder))
    return {"tables": len(tables)}


def measure_naive(path: Path) -> dict:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    texts = pd.read_parquet(path, columns=["text"])["text"].tolist()
    started = time.perf_counter()
    TfidfVectorizer().fit_transform(texts)
    vectorized = time.perf_counter()
    sentences = [sentence for text in texts for sentence in _SENTENCE.split(text)]
    split = time.perf_counter()
    analyser = SentimentIntensityAnalyzer()
    for sentence in sentences:
        analyser.polarity_scores(sentence)
    ended = time.perf_counter()
    return {
        "tfidf": round(vectorized - started, 1),
        "split": round(split - vectorized, 1),
        "vader": round(ended - split, 1),
        "seconds": round(ended - started, 1),
        "sentences": len(sentences),
    }


class Peak:
    """The most memory that this process and its workers hold together while it is entered, from /proc."""

    def __init__(self) -> None:
        self.gib, self._stop = 0.0, threading.Event()

    def __enter__(self) -> "Peak":
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *error) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.1):
            self.gib = max(self.gib, sum(map(_resident, [os.getpid(), *_children(os.getpid())])) / 2**20)


def _children(process: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            for child in map(int, task.read_text().split()):
                found += [child, *_children(child)]
        except OSError:  # it has ended
            continue
    return found


def _resident(process: int) -> int:
    """kB of memory, pages shared with others counted in part."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)


def _processor_seconds() -> float:
    """Of this process and of all workers, those that still run among them."""
    total = sum(os.times()[:4])
    ticks = os.sysconf("SC_CLK_TCK")
    for child in _children(os.getpid()):
        try:
            fields = Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += (int(fields[11]) + int(fields[12])) / ticks
    return total


STAGES = {"tenth": lambda path: measure(path, 10), "whole": lambda path: measure(path, 1), "naive": measure_naive}
RUNS = STAGES | {"first": write_first}

if __name__ == "__main__":
    main()
