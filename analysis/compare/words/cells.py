"""Counts as a matrix of groups × terms, and the measures of keyness on it."""

import numbers
from typing import NamedTuple

import numpy as np
import pandas as pd

from ...tables import InputError, quoted
from .keyness import ALPHA, Z, bound_log_ratio, log_odds, log_ratio, signed_g2
from .tallies import group_rows


class Cells(NamedTuple):
    """What a table of counts says of each group and term."""

    keys: pd.DataFrame  # the groups, sorted
    names: pd.Index  # the terms, sorted
    values: dict[str, np.ndarray]  # groups × terms: n, rate, articles and dispersion, 0 or NaN where n is 0
    words: np.ndarray  # of each group, also those that have no row
    articles_total: np.ndarray
    stop_words: np.ndarray | None

    def weigh(self, prior: str | float, prior_size: float) -> tuple[np.ndarray | float, float]:
        """What the prior adds to each term, and to each side in all."""
        check_prior(prior, prior_size)
        if prior == "pooled":
            return prior_size * self.values["n"].sum(axis=0) / self.words.sum(), prior_size
        together = self._of_length()
        return float(prior), float(prior) * together

    def measure(self, f, f1, f2, total, prior: tuple) -> dict[str, np.ndarray]:
        """The measures of `compare_terms` of counts `f` among `f1` words, of `f2` among `total` in all."""
        weight, prior_total = prior
        delta, variance = log_odds(f, f1, f2 - f, total - f1, prior=weight, prior_total=prior_total)
        deviation = np.sqrt(variance)
        low, high = bound_log_ratio(f, f1, f2, total, tail=ALPHA / 2 / self._of_length())
        return {
            "log_odds": delta,
            "log_odds_low": delta - Z * deviation,
            "log_odds_high": delta + Z * deviation,
            "z": delta / deviation,
            "g2": signed_g2(f, f1, f2, total),
            "log_ratio": log_ratio(f, f1, f2, total),
            "log_ratio_low": low,
            "log_ratio_high": high,
        }

    def _of_length(self) -> np.ndarray:
        """For each term how many terms have as many words: as many are compared at once."""
        _, kind = np.unique(self.names.str.count(" ").to_numpy(), return_inverse=True)
        return np.bincount(kind)[kind]


def spread_counts(counts: pd.DataFrame, by: list[str], *, verb: str) -> Cells:
    """The matrix of a table of counts; `InputError` if a term is missing or stands twice in a group."""
    for row in np.flatnonzero(counts["term"].isna())[:1]:
        raise InputError(f"{verb} needs a term in every row; row {row} has none (was the word 'null' read as NA?)")
    counts = counts[counts["n"] > 0]
    groups, keys = group_rows(counts, by)
    terms, names = pd.factorize(counts["term"], sort=True)
    repeated = pd.Series(groups * max(len(names), 1) + terms).duplicated().to_numpy()
    if repeated.any():
        row = counts.loc[repeated].iloc[0]
        raise InputError(
            f"{verb} needs one row for each group and term; the term '{row['term']}' is given twice for "
            f"{quoted(row[by])}: count with the same by"
        )
    values = {}
    for column, blank in (("n", 0), ("rate", 0), ("articles", 0), ("dispersion", np.nan)):
        values[column] = np.full((len(keys), len(names)), blank, dtype=float)
        if column in counts.columns:
            values[column][groups, terms] = counts[column]
    stop_words = None
    if "stop_word" in counts.columns:
        stop_words = np.zeros(len(names), dtype=bool)
        stop_words[terms[counts["stop_word"].to_numpy(dtype=bool)]] = True
    # A rate says of how many words, so that rows may be missing. Frequent terms say it with the least rounding.
    n, rate = (counts[column].to_numpy(dtype=float) for column in ("n", "rate"))
    words = pd.Series(np.rint(1000 * n / rate)).groupby(groups).max().to_numpy()
    articles_total = counts["articles_total"].groupby(groups).max().to_numpy(dtype=np.int64)
    return Cells(keys, names, values, words, articles_total, stop_words)


def check_prior(prior: str | float, prior_size: float) -> None:
    if prior != "pooled" and not _is_size(prior):
        raise InputError(f"prior is {prior!r}, but must be 'pooled' or a number above 0, which each term is given")
    if not _is_size(prior_size):
        raise InputError(f"prior_size is {prior_size!r}, but must be a number of words above 0")


def _is_size(value: object) -> bool:
    return isinstance(value, numbers.Real) and not isinstance(value, bool) and 0 < value < np.inf
