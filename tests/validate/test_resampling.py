"""The one bootstrap behind every printed interval of accuracy."""

import numpy as np
import pytest

from analysis.validate.resampling import estimate, share


def test_whole_groups_are_drawn():
    values = np.array([0.0, 0, 0, 1, 1, 1])
    mean = {"mean": lambda rows: values[rows].mean()}
    assert list(estimate(mean, np.array(list("aaabbb")))) == [("mean", 0.5, 0, 1)]  # both a, or both b
    [(_, value, low, high)] = estimate(mean, np.arange(6))
    assert value == 0.5 and 0 < low < 0.5 < high < 1


def test_one_group_has_no_interval_and_no_value_no_row():
    [(measure, value, low, high)] = estimate({"mean": lambda rows: 1.0}, np.array(["a", "a"]))
    assert (measure, value) == ("mean", 1) and np.isnan([low, high]).all()
    assert list(estimate({"mean": lambda rows: np.nan}, np.array(["a", "b"]))) == []
    assert list(estimate({"mean": lambda rows: 1.0}, np.array([]))) == []


def test_the_interval_does_not_hang_on_how_groups_are_called():
    values = np.array([0.1, 0.5, 0.3, 0.9, 0.2])
    mean = {"mean": lambda rows: values[rows].mean()}
    assert list(estimate(mean, np.array(list("abcde")))) == list(estimate(mean, np.array(list("vwxyz"))))


def test_a_share_is_the_ratio_of_sums_over_the_articles_drawn():
    right, of = np.array([1, 0, 3]), np.array([2, 0, 4])
    of_articles = share(right, of)
    assert of_articles(np.array([0, 1, 2])) == pytest.approx(4 / 6)
    assert of_articles(np.array([2, 2, 1])) == pytest.approx(6 / 8)
    assert np.isnan(of_articles(np.array([1, 1, 1])))


def test_replicates_in_which_there_is_nothing_to_be_right_about_are_left_out():
    [(_, value, low, high)] = estimate({"share": share(np.array([1, 0]), np.array([1, 0]))}, np.arange(2))
    assert (value, low, high) == (1, 1, 1)
