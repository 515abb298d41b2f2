"""What is said before a long run, and that nothing is said before a short one."""

import joblib
import pandas as pd
import pytest

from analysis import InputError
from analysis.export import partitions as partitioned
from analysis.export import tables as export
from analysis.export.estimate import CHARACTERS, check_named, count_characters, estimate_tone, tell
from analysis.present.report.report import write_report

MINUTE = 60 * 200 * CHARACTERS


@pytest.fixture(autouse=True)
def one_core():
    with joblib.parallel_config(n_jobs=1):
        yield


def test_it_says_how_long_and_what_else_there_is():
    assert estimate_tone(25 * MINUTE, "tone") == (
        "tone: about 300,000 sentences will take about 25 minutes; --model linear is less accurate and takes a small "
        "part of that"
    )
    assert "about 5 hours" in estimate_tone(300 * MINUTE, "tone")
    with joblib.parallel_config(n_jobs=2):
        assert "about 12 minutes" in estimate_tone(25 * MINUTE, "tone")


def test_what_is_soon_done_and_what_is_fast_need_no_words():
    assert estimate_tone(MINUTE - CHARACTERS, "tone") == ""
    assert estimate_tone(MINUTE, "tone").startswith("tone: about 12,000 sentences will take about 1 minute;")
    assert estimate_tone(1000 * MINUTE, "linear") == estimate_tone(1000 * MINUTE, "vader") == ""


def test_only_what_there_is_to_say_is_passed_on():
    said = []
    tell(said.append, "")
    tell(None, "hours")
    tell(said.append, "hours")
    assert said == ["hours"]


def test_missing_texts_have_no_characters():
    assert count_characters(pd.DataFrame({"text": ["abc", None, ""]})) == 3


def test_a_model_is_named_before_anything_is_read(tmp_path):
    message = "model 'moods' is not known; there are 'tone', 'linear', 'vader'"
    with pytest.raises(InputError) as error:
        check_named("moods")
    assert str(error.value) == message
    for write in (write_report, export.write_tables):
        with pytest.raises(InputError) as error:
            write(tmp_path / "no corpus", out=tmp_path / "out", model="moods")
        assert str(error.value) == message
    with pytest.raises(InputError) as error:
        export.write_tables(tmp_path / "no corpus", out=tmp_path / "out", model=len, partitions=2)
    assert str(error.value) == "model <built-in function len> is not known; there are 'tone', 'linear', 'vader'"


@pytest.mark.parametrize("partitions", [None, 2])
def test_tables_say_it_before_they_begin(tmp_path, monkeypatch, partitions):
    articles = pd.DataFrame({"article": ["a", "b"], "outlet": ["A", "B"], "event": "1", "text": ["It rained."] * 2})
    articles.to_csv(tmp_path / "news.csv", index=False)
    for module in (export, partitioned):
        monkeypatch.setattr(module, "estimate_tone", lambda characters, model: f"{model}: {characters}")
    said = []
    export.write_tables(
        tmp_path / "news.csv", out=tmp_path / "out", model="vader", partitions=partitions, announce=said.append
    )
    assert said == ["vader: 20"]
