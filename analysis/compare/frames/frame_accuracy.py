"""How often a classifier of frames is right: the F1 of each frame, beside what it must beat, with intervals."""

import numpy as np
import pandas as pd

# The interval's ends rest on 50 resamples each.
RESAMPLES = 2000
# What a classifier must beat, from scikit-learn with its defaults.
BASELINES = ("tf_idf_balanced", "tf_idf", "majority")
ACCURACY = ("classifier", "measure", "frame", "value", "low", "high", "n")


def measure_f1(
    truth: np.ndarray, predicted: dict[str, np.ndarray], groups: np.ndarray, frames: tuple[str, ...], seed: int
) -> pd.DataFrame:
    """F1 of each classifier and frame, and how far they would move with other rows: all in the same resamples."""
    draws = _resample(groups, seed)
    scored = {name: score_f1(truth, one, draws, len(frames)) for name, one in predicted.items()}
    macro = {name: np.nanmean(each, axis=1) for name, each in scored.items()}
    rows = []
    for name in ("learnt", *BASELINES):
        rows.append((name, "macro_f1", "", macro[name], len(truth)))
        for code, frame in enumerate(frames):
            rows.append((name, "f1", frame, scored[name][:, code], int((truth == code).sum())))
        if name != "learnt":
            rows.append((name, "difference", "", macro["learnt"] - macro[name], len(truth)))
    records = [(*row[:3], row[3][0], *np.nanquantile(row[3][1:], [0.025, 0.975]), row[4]) for row in rows]
    return pd.DataFrame.from_records(records, columns=list(ACCURACY)).astype(
        dict.fromkeys(ACCURACY[:3], "str") | {"n": np.int64}
    )


def _resample(groups: np.ndarray, seed: int) -> np.ndarray:
    """How often each row is drawn, one line for each resample; in the first line every row once."""
    generator, number = np.random.default_rng(int(seed)), groups.max() + 1
    drawn = generator.multinomial(number, np.full(number, 1 / number), size=RESAMPLES)
    return np.concatenate((np.ones((1, len(groups)), dtype=np.int64), drawn[:, groups]))


def score_f1(truth: np.ndarray, predicted: np.ndarray, weights: np.ndarray, frames: int) -> np.ndarray:
    """The F1 of each frame (column) in each weighting of the rows; NaN where nothing is of that frame or called so."""
    right, of = np.zeros((len(weights), frames)), np.zeros((len(weights), frames))
    for code in range(frames):
        right[:, code] = weights[:, (truth == code) & (predicted == code)].sum(axis=1)
        of[:, code] = weights[:, truth == code].sum(axis=1) + weights[:, predicted == code].sum(axis=1)
    return np.divide(2 * right, of, out=np.full_like(of, np.nan), where=of > 0)
