"""How often are the methods right on labelled news, and how long do they take? Printed as JSON.

    python benchmarks/validity.py --gold FOLDER [--split dev] [--only quotes,reuse] [--save]

The same figures as `parallax validate`, with the seconds of processor time of each step and, for sets of 1,000 articles
or more, how many times as long it takes as scikit-learn's TfidfVectorizer on the same articles in the same run.
`--save` writes the figures (no text) to analysis/data/accuracy.csv, which the package prints beside its results. Rules
may be tuned on `train` only, and only `dev` is saved. Run by hand: it is never a test, and no labelled text is kept in
the repository.
"""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from time import process_time

import pandas as pd

from analysis import InputError, __version__
from analysis.validate.gold import LABELS, find_sets, read_gold_articles
from analysis.validate.validate import METHODS, measure_accuracy

ENOUGH_ARTICLES = 1000  # on a few articles TF-IDF takes milliseconds, and what is loaded once outweighs the work
SAVED = Path(__file__).parents[1] / "analysis" / "data" / "accuracy.csv"
# Figures of the shipped models on what they were trained on, by cross-validation: see training/held_out.py.
MODELS = SAVED.parent / "models"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, required=True, help="folder that holds the labelled articles")
    parser.add_argument("--split", default="dev", help="dev (to report) or train (to tune on)")
    parser.add_argument("--only", help=f"some of {', '.join(METHODS)}, with commas between")
    parser.add_argument("--save", action="store_true", help=f"write {SAVED.relative_to(SAVED.parents[2])}")
    options = parser.parse_args()
    if options.save and (options.split != "dev" or options.only):
        sys.exit("only the figures of all methods on the split dev are saved")
    only = options.only and options.only.split(",")
    starts = []
    try:
        table = measure_accuracy(
            options.gold,
            split=options.split,
            only=only,
            progress=lambda *step: starts.append((*step[:3], process_time())),
        )
    except InputError as error:
        sys.exit(str(error))
    ends = [start for *_, start in starts[1:]] + [process_time()]
    baseline = measure_tfidf(options.gold, options.split, {name for _, name, *_ in starts})
    steps = []
    for (step, name, articles, start), end in zip(starts, ends, strict=True):
        steps.append({"step": step, "set": name, "articles": articles, "seconds": round(end - start, 2)})
        if name in baseline:
            ratio = round((end - start) / baseline[name], 2)
            steps[-1] |= {"tfidf_seconds": round(baseline[name], 2), "ratio": ratio}
    left_out = table.attrs["left_out"]
    if options.save:
        if left_out:
            sys.exit(f"nothing was saved: {'; '.join(left_out)}")
        held_out = [row for file in sorted(MODELS.glob("*.json")) for row in json.loads(file.read_text("utf-8"))]
        table = pd.concat([table, pd.DataFrame(held_out)], ignore_index=True)
        saved = table.assign(measured=date.today().isoformat(), version=__version__)
        saved.to_csv(SAVED, index=False, float_format="%.4f", lineterminator="\n")
    figures = json.loads(table.to_json(orient="records"))
    print(json.dumps({"version": __version__, "steps": steps, "left_out": left_out, "figures": figures}, indent=2))


def measure_tfidf(gold: Path, split: str, names: set[str]) -> dict[str, float]:
    """Seconds that TF-IDF takes for each set that was measured and is large enough to compare times on."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    seconds = {}
    for labelled in [labelled for part in LABELS for labelled in find_sets(gold, part, split=split)[0]]:
        texts = read_gold_articles(labelled.articles)["text"]
        if labelled.name in names and len(texts) >= ENOUGH_ARTICLES:
            start = process_time()
            TfidfVectorizer().fit_transform(texts)
            seconds[labelled.name] = process_time() - start
    return seconds


if __name__ == "__main__":
    main()
