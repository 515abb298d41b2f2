"""The statistics of tone against hand counts and other programs."""

import numpy as np
import pytest
from scipy.stats import pearsonr, spearmanr
from sklearn.metrics import f1_score

from analysis.validate.scoring_tone import (
    calibration_error,
    correlation,
    macro_f1,
    rank_correlation,
    simulate_calibration,
)


def test_a_known_confusion_has_a_known_f1():
    truth, told = np.array([0, 0, 1, 1, 2, 2]), np.array([0, 1, 1, 1, 2, 0])
    assert macro_f1(truth, told) == pytest.approx((1 / 2 + 4 / 5 + 2 / 3) / 3)
    assert macro_f1(truth, told) == pytest.approx(f1_score(truth, told, average="macro"))


def test_a_class_that_is_never_right_counts_as_nought():
    assert macro_f1(np.array([0, 1, 1]), np.array([0, 1, 1])) == pytest.approx(2 / 3)  # the third is nowhere


def test_certainty_that_is_right_as_often_as_it_says_has_a_small_error_and_one_that_is_not_a_larger():
    certainty = np.random.default_rng(1).uniform(0.4, 1, 785)
    perfect = simulate_calibration(certainty)
    assert perfect.mean() == pytest.approx(0.036, abs=0.006)  # as FINDINGS has it for so many rows
    right = np.random.default_rng(2).random(785) < certainty
    assert calibration_error(certainty, right) < np.quantile(perfect, 0.99)
    wrong = np.random.default_rng(2).random(785) < certainty - 0.15
    assert calibration_error(certainty, wrong) > perfect.max()
    assert calibration_error(certainty, wrong) == pytest.approx(0.15, abs=0.04)


def test_the_calibration_error_by_hand():
    # Two rows a bin; the least certain bin is right once in two, all others always.
    certainty = np.array([0.4, 0.4] + [0.9] * 18)
    right = np.array([1, 0] + [1] * 18)
    assert calibration_error(certainty, right) == pytest.approx((0.1 * 2 + 0.1 * 18) / 20)
    order = np.random.default_rng(0).permutation(20)
    assert calibration_error(certainty[order], right[order]) == pytest.approx(0.1)


def test_correlations_are_those_of_scipy_in_every_resample():
    generator = np.random.default_rng(3)
    a, b = generator.integers(-2, 3, 200).astype(float), generator.normal(size=200).round(1)
    statistic = rank_correlation(a, b)
    for rows in (np.arange(200), generator.integers(200, size=200)):
        assert statistic(rows) == pytest.approx(spearmanr(a[rows], b[rows]).statistic)
        assert correlation(a[rows], b[rows]) == pytest.approx(pearsonr(a[rows], b[rows]).statistic)
    assert np.isnan(correlation(np.ones(3), np.arange(3.0)))
