"""Does learn_frames beat TF-IDF + logistic regression? Printed as JSON: python benchmarks/frames.py --gold FILE

FILE is a table (Parquet or CSV) of labelled rows: `text`, `frame` and, if there is one, `headline`; or the Gun Violence
Frame Corpus (Liu and others 2019), whose columns are called otherwise and whose first frame is taken. Ten-fold
cross-validation with five seeds of folds; all classifiers have the same folds, and the intervals of their differences
the same resamples of rows. Seconds are of the processor. Run by hand: it is never a test.
"""

import argparse
import json
import sys
from pathlib import Path
from time import process_time

import pandas as pd

from analysis import learn_frames
from analysis.compare.frames.frame_accuracy import BASELINES
from analysis.compare.frames.frame_classifier import FrameModel

SEEDS = 5
GVFC = {"lead_3_sentences_summary_of_full_article_text": "text", "Q3 Theme1": "frame"}


def read_rows(path: Path) -> pd.DataFrame:
    table = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path, keep_default_na=False)
    table = table.rename(columns=GVFC)
    table["text"] = table["text"].fillna("")  # one row of GVFC has a headline only
    return table[[name for name in ("headline", "text", "frame") if name in table.columns]]


def measure(rows: pd.DataFrame) -> dict:
    before = process_time()
    models = [learn_frames(rows, seed=seed) for seed in range(SEEDS)]
    seconds = process_time() - before
    every = pd.concat([model.accuracy.assign(seed=seed) for seed, model in enumerate(models)])
    macro = every[every["measure"] == "macro_f1"].pivot(index="seed", columns="classifier", values="value")
    of_frame = every[(every["classifier"] == "learnt") & (every["measure"] == "f1")].groupby("frame")["value"].mean()
    return {
        "rows": len(rows),
        "frames": len(models[0].frames),
        "macro_f1_mean_of_seeds": macro.mean().round(4).to_dict(),
        "f1_of_frame_mean_of_seeds": of_frame.round(3).to_dict(),
        "of_each_seed": {seed: state(model) for seed, model in enumerate(models)},
        "seconds_of_a_seed": round(seconds / SEEDS, 1),
    }


def state(model: FrameModel) -> dict:
    """macro-F1 and, of the baselines, how much lower it is, with intervals."""
    rows = model.accuracy[model.accuracy["measure"] != "f1"].set_index(["classifier", "measure"])[
        ["value", "low", "high"]
    ]
    figures = {name: rows.loc[(name, "macro_f1")].round(4).tolist() for name in ("learnt", *BASELINES)}
    return figures | {f"learnt − {name}": rows.loc[(name, "difference")].round(4).tolist() for name in BASELINES}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, required=True, help="table of labelled rows")
    path = parser.parse_args().gold
    if not path.exists():
        sys.exit(f"Nothing was measured: there is no file {path}.")
    rows = read_rows(path)
    measured = {"rows as given": measure(rows)}
    if "headline" in rows.columns:
        joined = (rows["headline"].fillna("") + " " + rows["text"]).str.strip()
        measured["headline joined to the text"] = measure(rows.drop(columns="headline").assign(text=joined))
        lone = rows[rows["text"].str.strip() != ""].drop(columns="headline")
        measured["text without headline"] = measure(lone)
    print(json.dumps(measured, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
