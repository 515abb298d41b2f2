"""The encoder's scores of the seeds and of the invented corpus, stored beside the notebooks: as read here, nearly.

Processors add floats up in different orders, so no figure that is rounded from a score can be expected to be the same
everywhere. The notebooks take the scores that are stored, and are compared strictly; the scores themselves are read
anew here, and compared within a tolerance.
"""

import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from noise.sitecustomize import make_noisy

from analysis import read_selection
from analysis.compare.tone import encoder, scores
from analysis.present.report.store import read_scores

FOLDERS = [ROOT / "notebooks", ROOT / "notebooks" / "invented"]
# Three times what two kinds of processor were seen to differ by, and much less than would change what is said of a
# sentence; the model's card states both.
TOLERANCE = 0.05


def compare(folder) -> float:
    """How far the scores that are read here are from those that are stored; NaN where they are of other sentences."""
    selection = read_selection(folder / "corpus.toml")
    stored, read = pd.read_csv(f"{selection.tables}/scores.csv"), read_scores(selection.corpus).sort_values("key")
    if stored["key"].tolist() != read["key"].tolist():
        return np.nan
    stored, read = (table.drop(columns="key").fillna(2).to_numpy(dtype=float) for table in (stored, read))
    return float(np.abs(stored - read).max())


def make_noise(monkeypatch, most, draw=1):
    noisy = make_noisy(encoder, most=most, draw=draw)
    for name, function in zip(("score_texts", "score_mentions"), noisy, strict=True):
        monkeypatch.setattr(scores, name, function)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_scores_are_those_that_are_stored(folder, record_property):
    difference = compare(folder)
    record_property(f"largest difference from the stored scores in {folder.relative_to(ROOT)}/", f"{difference:.6f}")
    assert difference <= TOLERANCE


def test_a_little_noise_passes_and_ten_times_as_much_does_not(monkeypatch):
    make_noise(monkeypatch, 0.01)
    assert 0.005 < compare(FOLDERS[0]) < TOLERANCE / 2
    monkeypatch.undo()
    make_noise(monkeypatch, 0.1)
    assert compare(FOLDERS[0]) > TOLERANCE


def test_another_weight_is_another_network(monkeypatch):
    monkeypatch.setattr(scores, "hash_model", lambda: "another")
    assert np.isnan(compare(FOLDERS[0]))


def test_a_stored_figure_that_was_changed_is_found(tmp_path):
    (tmp_path / "scores").mkdir()
    stored = (FOLDERS[0] / "scores" / "scores.csv").read_text(encoding="utf-8").splitlines()
    key, *chances, valence = stored[1].split(",")
    figure = float(chances[0] or valence) + 0.1
    changed = ",".join([key, f"{figure}", *chances[1:], ""] if chances[0] else [key, *chances, f"{figure}"])
    (tmp_path / "scores" / "scores.csv").write_text("\n".join([stored[0], changed, *stored[2:]]), encoding="utf-8")
    (tmp_path / "corpus.toml").write_text(f'corpus = "{ROOT / "seeds"}"\ntables = "scores"\n', encoding="utf-8")
    assert compare(tmp_path) > TOLERANCE


@pytest.mark.slow
def test_the_notebooks_pass_on_another_processor(tmp_path):
    """Every cell of the notebooks that score tone, compared strictly, while all that the encoder returns is moved."""
    notebooks = ["notebooks/05_tone.ipynb", "notebooks/invented/outlets_over_events.ipynb"]
    path = os.pathsep.join([str(ROOT / "tests" / "noise"), os.environ.get("PYTHONPATH", "")])
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", *notebooks],
        env=os.environ | {"NOISE": "0.01", "DRAW": os.environ.get("DRAW", "1"), "PYTHONPATH": path},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
