"""The figures of a model on what it is trained on, from parts left out of the training: no other measure is fair."""

import json
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.validate.resampling import estimate
from analysis.validate.scoring_tone import correlation
from analysis.validate.validate import COLUMNS


def write_figures(path: Path, model: str, ratings: pd.DataFrame, found: np.ndarray) -> float:
    """Pearson's r of `ratings` (article, rating) and what each was `found` to be without its article, as a figure.

    `path` then holds a row of `validate`, which `benchmarks/validity.py --save` puts beside those that it measures.
    """
    rated = ratings["rating"].to_numpy()
    articles = ratings["article"].to_numpy()
    figures = []
    for row in estimate({"correlation": lambda rows: correlation(rated[rows], found[rows])}, articles):
        values = ("sentiment", model, "nyt_editorials", "", *row, len(rated), len(set(articles)), "")
        figures.append(dict(zip(COLUMNS, values, strict=True)))
    path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return figures[0]["value"]
