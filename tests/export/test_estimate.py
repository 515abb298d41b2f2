"""What is said of a long run once its first sentences are read, and that nothing is said of a short one."""

import pandas as pd
import pytest

from analysis import InputError
from analysis.export import tables as export
from analysis.export.estimate import check_named, estimate_tone, tell
from analysis.present.report.report import write_report


def test_it_says_how_long_and_what_else_there_is():
    assert estimate_tone(304_000, 0.005) == (
        "tone: about 300,000 sentences will take about 25 minutes; --model linear is less accurate and takes a small "
        "part of that"
    )
    assert "about 5 hours" in estimate_tone(3_600_000, 0.005)


def test_what_is_soon_done_needs_no_words():
    assert estimate_tone(5_999, 0.005) == ""
    assert estimate_tone(6_000, 0.005).startswith("tone: about 6,000 sentences will take about 30 seconds;")


def test_no_time_is_rounded_by_a_fifth():
    assert "about 90 seconds" in estimate_tone(9_000, 0.01)
    assert "about 180 seconds" in estimate_tone(17_999, 0.01)
    assert "about 3 minutes" in estimate_tone(18_000, 0.01)
    assert "about 99 minutes" in estimate_tone(99 * 6_000, 0.01)
    assert "about 2 hours" in estimate_tone(100 * 6_000, 0.01)


def test_only_what_there_is_to_say_is_passed_on():
    said = []
    tell(said.append, "")
    tell(None, "hours")
    tell(said.append, "hours")
    assert said == ["hours"]


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
def test_tables_say_how_long_once_the_first_sentences_are_read(tmp_path, monkeypatch, partitions):
    texts = ["It rained.", "Nobody was hurt. It rained."]
    articles = pd.DataFrame({"article": ["a", "b"], "outlet": ["A", "B"], "event": "1", "text": texts})
    articles.to_csv(tmp_path / "news.csv", index=False)
    monkeypatch.setattr("analysis.export.estimate._WORTH_SAYING", 0)
    said = []
    out = tmp_path / "out"
    export.write_tables(tmp_path / "news.csv", out=out, event="all", partitions=partitions, announce=said.append)
    sentences = 2 if partitions is None else 3  # each is read once; of partitions only the rows are known beforehand
    assert len(said) == 1
    assert said[0].startswith(f"tone: about {sentences} sentences will take about 0 seconds; ")
