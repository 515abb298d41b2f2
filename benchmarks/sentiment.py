"""How good is each model of tone, and how fast? Is "vader" vaderSentiment? Printed as JSON.

    python benchmarks/sentiment.py --gold FOLDER [--only figures,rules,speed,vader] [--models vader,linear]

`figures`: what `parallax validate` prints of tone, on all labelled sets, beside guesses that read no sentence. `rules`:
other ways than the sum to make one figure of an article's sentences. `speed`: mentions a second, in one process, as
shipped (`tone_figures.py` has these three). `vader`: every sentence of labelled news scored by "vader" and by
vaderSentiment, and how long each takes.

FOLDER holds labelled news as Parquet. For `vader` these are tables of sentences, of which every one is scored, and
tables of articles, of which every sentence is, but for `abp.articles`: of its articles in a random order (seed 0) the
first N sentences (100,000; `--sentences`). Both score the same texts in the same run, set after set, so that what else
the machine does slows both. Seconds are of the processor, and of the clock beside them. Run by hand: never a test.
"""

import argparse
import json
import sys
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import pandas as pd
from tone_figures import measure_figures, measure_rules, measure_speed
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis import InputError, score_sentiment, split_sentences
from analysis.compare.vader.rules import score_vader
from analysis.tables import ARTEFACTS, make_table
from analysis.validate.tone import MODELS, check_models

SENTENCES = {
    "newsmtsc.train": ["sentence"],
    "newsmtsc.dev_mt": ["sentence"],
    "newsmtsc.dev_rw": ["sentence"],
    "nyt_editorials": ["text"],
    "sts_headlines": ["a", "b"],
    "msrp": ["a", "b"],
    "gvfc": ["headline", "lead_3_sentences_summary_of_full_article_text"],
}
ARTICLES = ("polnear.train.articles", "polnear.dev.articles", "seesaw.articles")
LARGE = "abp.articles"
TONE = {"figures": measure_figures, "rules": measure_rules, "speed": measure_speed}
PARTS = (*TONE, "vader")
NONE = make_table(ARTEFACTS, [])  # nothing is left out: headers and credits are scored too


def read_sentences(gold: Path, name: str, most: int) -> list[str]:
    path = gold / f"{name}.parquet"
    if name in SENTENCES:
        table = pd.read_parquet(path, columns=SENTENCES[name])
        return pd.concat([table[column].dropna() for column in SENTENCES[name]]).tolist()
    articles = pd.read_parquet(path, columns=["article", "outlet", "text"]).assign(event="1")
    if name != LARGE:
        return split_sentences(articles, artefacts=NONE)["text"].tolist()
    articles = articles.sample(frac=1, random_state=0)
    found = []
    for first in range(0, len(articles), 500):
        if len(found) >= most:
            break
        found += split_sentences(articles[first : first + 500], artefacts=NONE)["text"].tolist()
    return found[:most]


def measure(texts: list[str]) -> tuple[dict, pd.DataFrame]:
    """How many of the texts the two give another score, and how long each takes."""
    analyser = SentimentIntensityAnalyzer()
    spans = pd.DataFrame({"article": "a", "sentence": range(len(texts)), "text": pd.Series(texts, dtype="str")})
    seconds = {}
    ours, seconds["score_vader"] = time(score_vader, texts)
    # What the verb adds: each distinct text once, those without a letter or a digit not at all.
    scored, seconds["score_sentiment"] = time(partial(score_sentiment, model="vader"), spans)
    theirs, seconds["vaderSentiment"] = time(lambda: [analyser.polarity_scores(text)["compound"] for text in texts])
    scores, worded = scored["score"].to_numpy(), scored["score"].notna().to_numpy()
    counts = {
        "sentences": len(texts),
        "differing": int((ours != theirs).sum()),
        "largest_difference": float(np.abs(ours - theirs).max(initial=0)),
        "without_letter_or_digit": int((~worded).sum()),
        "differing_in_score_sentiment": int((scores != theirs)[worded].sum()),
    }
    return counts, pd.DataFrame(seconds, index=["processor", "clock"])


def time(function, *arguments) -> tuple[object, list[float]]:
    """What the function gives, and its seconds of the processor and of the clock."""
    processor, clock = process_time(), perf_counter()
    given = function(*arguments)
    return given, [process_time() - processor, perf_counter() - clock]


def compare(seconds: pd.DataFrame) -> dict:
    ratios = seconds[["score_vader", "score_sentiment"]].rdiv(seconds["vaderSentiment"], axis=0)
    return {"seconds": seconds.round(3).to_dict("index"), "times_as_fast": ratios.round(1).to_dict("index")}


def measure_vader(gold: Path, most: int) -> dict:
    """Where "vader" differs from vaderSentiment, and how many times as fast it is."""
    names = [*SENTENCES, *ARTICLES, LARGE]
    if absent := [name for name in names if not (gold / f"{name}.parquet").exists()]:
        sys.exit(f"Nothing was measured: the folder {gold} has no {', no '.join(absent)} (parquet).")
    score_vader(["Its word lists are read before the clock starts, as the package's are."])
    sets, seconds = {}, {}
    for name in names:
        sets[name], seconds[name] = measure(read_sentences(gold, name, most))
    every = {key: sum(one[key] for one in sets.values()) for key in ("sentences", "differing")}
    speed = {LARGE: compare(seconds[LARGE]), "all": compare(sum(seconds.values()))}
    return {"sets": sets, "all": every, "speed": speed}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--gold", type=Path, required=True, help="folder that holds the labelled sentences and articles"
    )
    parser.add_argument("--sentences", type=int, default=100_000, help=f"how many of {LARGE} (default: 100,000)")
    parser.add_argument("--models", default=",".join(MODELS), help=f"some of {', '.join(MODELS)} (default: all)")
    parser.add_argument("--only", default=",".join(PARTS), help=f"some of {', '.join(PARTS)} (default: all)")
    options = parser.parse_args()
    parts = options.only.split(",")
    if unknown := [part for part in parts if part not in PARTS]:
        sys.exit(f"Nothing was measured: '{unknown[0]}' is none of {', '.join(PARTS)}.")
    try:
        models = check_models(options.models.split(","))
        measured = {part: TONE[part](options.gold, models) for part in TONE if part in parts}
        if "vader" in parts:
            measured["vader"] = measure_vader(options.gold, options.sentences)
    except InputError as error:
        sys.exit(f"Nothing was measured: {error}.")
    print(json.dumps(measured, indent=2))


if __name__ == "__main__":
    main()
