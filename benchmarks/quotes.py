"""How well are quotations, reported speech and their speakers found? Measured on human-labelled news, printed as JSON.

    python benchmarks/quotes.py --gold FOLDER [--split dev]
    python benchmarks/quotes.py --speed FILE [--sample N]

FOLDER holds `polnear.SPLIT.articles.parquet` and `polnear.SPLIT.attributions.parquet` (PolNeAR, Newell et al. 2018).
Rules may be tuned on `train` only. Run by hand: it is never a test, and no gold text is kept in the repository.
FILE is a Parquet table of articles; scikit-learn's TfidfVectorizer reads the same texts in the same run, for other
programs on the machine slow both. Seconds are of the processor.
"""

import argparse
import json
import re
import sys
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import pandas as pd

from analysis import find_artefacts, find_quotes, label_voices

PRONOUNS = set("i you he she it we they him her them who that this those these one some others".split())
VOICES = ("own", "reported", "quote")
_WORD = re.compile(r"\w+(?:['’.,]\w+)*")


def measure(articles: pd.DataFrame, gold: pd.DataFrame) -> dict:
    """Every figure of the protocol, for one split."""
    started = perf_counter()
    quotes = find_quotes(articles)
    seconds = perf_counter() - started
    gold = gold[gold["content"].map(len) > 0]
    gold = gold.assign(
        content_start=[min(int(a) for a, _ in spans) for spans in gold["content"]],
        content_end=[max(int(b) for _, b in spans) for spans in gold["content"]],
    )
    # A quotation whose marked stretches share one content is one attribution; a word at a distance is none.
    quotes = quotes[(quotes["kind"] != "scare") | quotes["speaker"].notna()]
    quotes = quotes.drop_duplicates(["article", "content_start", "content_end"])
    reported = quotes["kind"] == "reported"
    marked_pairs, marked = score(quotes[~reported], gold[gold["quoted"]])
    # PolNeAR's `quoted` knows " and “ only; the New York Times there types its marks as two apostrophes.
    in_marks = gold["quoted"] | gold["content_text"].str.contains("''", regex=False)
    by_shape_pairs, by_shape = score(quotes[~reported], gold[in_marks])
    rest_pairs, rest = score(quotes[reported], gold[~in_marks])
    reported_pairs, unmarked = score(quotes[reported], gold[~gold["quoted"]])
    return {
        "articles": len(articles),
        "seconds": round(seconds, 2),
        "quotations": {**marked, "speaker": score_speakers(marked_pairs, gold[gold["quoted"]])},
        "reported": {**unmarked, "speaker": score_speakers(reported_pairs, gold[~gold["quoted"]])},
        "quotations_with_two_apostrophes": {**by_shape, "speaker": score_speakers(by_shape_pairs, gold[in_marks])},
        "reported_without_two_apostrophes": {**rest, "speaker": score_speakers(rest_pairs, gold[~in_marks])},
        "words": score_words(articles, gold),
    }


def score(found: pd.DataFrame, gold: pd.DataFrame) -> tuple[list, dict]:
    """Pairs matched one to one by overlap of characters, best first, and precision, recall and F1 at .3 and .8."""
    spans = ["article", "content_start", "content_end"]
    of_article = {name: rows for name, rows in found.groupby("article")}
    candidates = []
    for truth in gold.itertuples():
        if truth.article not in of_article:
            continue
        rows = of_article[truth.article]
        start, end = rows["content_start"].to_numpy(), rows["content_end"].to_numpy()
        shared = np.minimum(end, truth.content_end) - np.maximum(start, truth.content_start)
        union = np.maximum(end, truth.content_end) - np.minimum(start, truth.content_start)
        for at in np.flatnonzero(shared > 0):
            candidates.append((shared[at] / union[at], truth.Index, rows.index[at]))
    candidates.sort(key=lambda row: (-row[0], row[1], row[2]))
    pairs, taken_truths, taken_rows = [], set(), set()
    for overlap, truth, row in candidates:
        if overlap >= 0.3 and truth not in taken_truths and row not in taken_rows:
            pairs.append((overlap, truth, found.loc[row]))
            taken_truths.add(truth)
            taken_rows.add(row)
    figures = {"gold": len(gold), "found": len(found[spans])}
    for least in (0.3, 0.8):
        hits = sum(overlap >= least for overlap, *_ in pairs)
        precision, recall = hits / max(1, len(found)), hits / max(1, len(gold))
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        figures[str(least)] = {
            name: round(x, 4) for name, x in zip(("precision", "recall", "f1"), (precision, recall, f1), strict=True)
        }
    return pairs, figures


def score_speakers(pairs: list, gold: pd.DataFrame) -> dict:
    """The share of speakers whose span overlaps the gold source; attributions without a source are left out."""
    with_source = gold[gold["source"].map(len) > 0]
    right = {"named": [], "pronoun": []}
    for _, truth, row in pairs:
        sources = gold.at[truth, "source"]
        if len(sources):
            kind = "pronoun" if gold.at[truth, "source_text"].strip().lower() in PRONOUNS else "named"
            given = pd.notna(row["speaker_start"])
            right[kind].append(
                given and any(row["speaker_start"] < end and start < row["speaker_end"] for start, end in sources)
            )
    both = right["named"] + right["pronoun"]
    share = {name: round(float(np.mean(hits)), 4) if hits else None for name, hits in right.items()}
    return {
        "given_a_match": round(float(np.mean(both)), 4) if both else None,
        **share,
        "matched_with_source": {name: len(hits) for name, hits in right.items()},
        "end_to_end": round(sum(both) / max(1, len(with_source)), 4),
    }


def score_words(articles: pd.DataFrame, gold: pd.DataFrame) -> dict:
    """Precision and recall of each voice over the words of the prose, and how much of `own` is really attributed."""
    spans = label_voices(articles.assign(outlet="A", event="1"))
    counts = pd.DataFrame(0, index=VOICES, columns=VOICES)  # gold × found
    contents, found = dict(list(gold.groupby("article"))), dict(list(spans.groupby("article")))
    for article, text in zip(articles["article"], articles["text"], strict=True):
        truth, voice = np.zeros(len(text), int), np.full(len(text), -1)
        marks = _inside_marks(text)
        for row in contents[article].itertuples() if article in contents else ():
            for start, end in row.content:
                truth[start:end] = np.where(marks[start:end], 2, 1)
        for row in found[article].itertuples() if article in found else ():
            voice[row.start : row.end] = VOICES.index(row.voice)
        for word in _WORD.finditer(text):
            if voice[word.start()] >= 0:
                counts.iat[truth[word.start()], voice[word.start()]] += 1
    figures = {}
    for name in VOICES:
        hits = counts.at[name, name]
        figures[name] = {
            "gold": int(counts.loc[name].sum()),
            "precision": round(float(hits / max(1, counts[name].sum())), 4),
            "recall": round(float(hits / max(1, counts.loc[name].sum())), 4),
        }
    outside = counts.loc[["own", "reported"]].to_numpy()[:, :2]
    figures["share_of_own_that_is_attributed"] = round(float(counts["own"].iloc[1:].sum() / counts["own"].sum()), 4)
    figures["right_outside_marks"] = round(float(np.trace(outside) / outside.sum()), 4)
    return figures


def _inside_marks(text: str) -> np.ndarray:
    """Which characters stand between double quotation marks, paragraph by paragraph, by plain alternation."""
    inside, done = np.zeros(len(text), bool), 0
    for line in text.splitlines(keepends=True):
        opened = None
        for match in re.finditer("[\"“”]|''", line):
            if opened is None:
                opened = match.start() if match.group() != "”" else None
            elif match.group() != "“":
                inside[done + opened : done + match.end()] = True
                opened = None
        if opened is not None:
            inside[done + opened : done + len(line)] = True
        done += len(line)
    return inside


def measure_speed(articles: pd.DataFrame) -> dict:
    """Seconds of the processor for each step, and how they stand to those of scikit-learn's vectoriser."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    for warm_up in (find_artefacts, find_quotes):  # patterns are compiled once
        warm_up(articles.head(20))
    seconds = {}
    artefacts, seconds["find_artefacts"] = _timed(find_artefacts, articles)
    quotes, seconds["find_quotes given artefacts"] = _timed(find_quotes, articles, artefacts=artefacts)
    _, seconds["TfidfVectorizer"] = _timed(TfidfVectorizer().fit_transform, articles["text"].fillna(""))
    base = seconds["TfidfVectorizer"]
    both = seconds["find_artefacts"] + seconds["find_quotes given artefacts"]
    return {
        "articles": len(articles),
        "rows": len(quotes),
        "seconds": {name: round(value, 2) for name, value in seconds.items()},
        "times TfidfVectorizer": {
            "find_artefacts": round(seconds["find_artefacts"] / base, 2),
            "find_quotes given artefacts": round(seconds["find_quotes given artefacts"] / base, 2),
            "both, as find_quotes does by default": round(both / base, 2),
        },
    }


def _timed(function, *arguments, **options) -> tuple[object, float]:
    started = process_time()
    return function(*arguments, **options), process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--gold", type=Path, help="folder that holds the labelled articles")
    what.add_argument("--speed", type=Path, help="a Parquet table of articles to time on")
    parser.add_argument("--split", default="dev", help="dev (to report) or train (to tune on)")
    parser.add_argument("--sample", type=int, help="time on so many articles only, drawn at random")
    options = parser.parse_args()
    if options.speed:
        articles = pd.read_parquet(options.speed)
        if options.sample:
            articles = articles.sample(options.sample, random_state=1).reset_index(drop=True)
        print(json.dumps(measure_speed(articles), indent=2))
        return
    paths = [options.gold / f"polnear.{options.split}.{part}.parquet" for part in ("articles", "attributions")]
    for path in paths:
        if not path.exists():
            sys.exit(f"the labelled articles are needed to measure on, but {path} does not exist")
    print(json.dumps(measure(*map(pd.read_parquet, paths)), indent=2))


if __name__ == "__main__":
    main()
