"""How near are scores of tone to labels? The statistics that compare them."""

import numpy as np

from .resampling import REPLICATES, Statistic

BINS = 10


def macro_f1(truth: np.ndarray, told: np.ndarray, classes: int = 3) -> float:
    """The mean F1 of the classes; one that nobody is of and nobody is called counts as 0, as in scikit-learn."""
    table = np.bincount(truth * classes + told, minlength=classes * classes).reshape(classes, classes)
    right, of = 2 * np.diag(table), table.sum(axis=0) + table.sum(axis=1)
    return float(np.divide(right, of, out=np.zeros(classes), where=of > 0).mean())


def calibration_error(certainty: np.ndarray, right: np.ndarray) -> float:
    """How far is the certainty of the likeliest class from how often it is right? 0 to 1, the less the better.

    The mean over ten bins of equally many rows, from the least to the most certain, of the distance between the mean
    certainty and the share that is right. Rows of equal certainty stay in their order. Source: Naeini, Cooper and
    Hauskrecht (2015), AAAI, with bins of equal mass.
    """
    order = np.argsort(certainty, kind="stable")
    gaps = [
        abs(float(certainty[rows].mean() - right[rows].mean())) * len(rows)
        for rows in np.array_split(order, BINS)
        if len(rows)
    ]
    return sum(gaps) / len(order)


def simulate_calibration(certainty: np.ndarray, *, seed: int = 0) -> np.ndarray:
    """The calibration errors of 1,000 draws from a model that is right just as often as it is certain to be."""
    generator = np.random.default_rng(seed)
    return np.array(
        [calibration_error(certainty, generator.random(len(certainty)) < certainty) for _ in range(REPLICATES)]
    )


def correlation(a: np.ndarray, b: np.ndarray) -> float:
    """Pearson's r; not a number where one of the two does not vary."""
    a, b = a - a.mean(), b - b.mean()
    spread = np.sqrt((a @ a) * (b @ b))
    return float(a @ b / spread) if spread > 0 else np.nan


def rank_correlation(a: np.ndarray, b: np.ndarray) -> Statistic:
    """Spearman's rho of two columns, as a statistic of their rows: Pearson's r of the ranks, those of equals a mean."""
    codes = [np.unique(column, return_inverse=True)[1] for column in (a, b)]
    return lambda rows: correlation(*(_rank(column[rows]) for column in codes))


def _rank(codes: np.ndarray) -> np.ndarray:
    """The mean place of each number among all, counted instead of sorted: it is done a thousand times."""
    counts = np.bincount(codes)
    return (np.cumsum(counts) - (counts - 1) / 2)[codes]
