"""Tone measured on folders of invented labels."""

import numpy as np
import pandas as pd
import pytest

from analysis import InputError
from analysis.validate import tone as validate_tone
from analysis.validate.validate import COLUMNS, measure_accuracy

GOOD, BAD, PLAIN = "Anna Berg is a great and happy winner.", "Anna Berg is a horrible liar.", "Anna Berg sat down."
NO_TEXT = {"chance", "length", "mentions", "lean", "no text"}


def write_targets(folder, name="mine.csv", polarity=(1, -1, 0, 0)):
    texts = [GOOD, BAD, PLAIN, BAD]
    table = pd.DataFrame({"sentence": texts, "from": 0, "to": 9, "polarity": polarity, "article": list("abcd")})
    table.to_csv(folder / name, index=False)


def write_stories(folder, *, events=4, learnt=None):
    """Of each story two outlets: X says something good of Anna Berg, Y something bad; of Carl Lund both the same."""
    rows, labels = [], []
    for event in range(events):
        for outlet, text, label in (("X", GOOD, 1), ("Y", BAD, -1)):
            article = f"{outlet}{event}"
            more = f" {learnt}" if learnt and article == "X0" else ""
            lund = f" Carl Lund said it was day {event}. Mr. Lund left.{more}"
            rows.append((article, event, outlet, f"{text} {text.replace('Anna Berg', 'Mrs. Berg')}{lund}"))
            labels += [(article, "Anna Berg", label), (article, "Carl Lund", 0)]
    pd.DataFrame(rows, columns=["article", "event", "outlet", "text"]).to_csv(folder / "s.articles.csv", index=False)
    labels = pd.DataFrame(labels, columns=["article", "entity", "sentiment"])
    labels.to_csv(folder / "s.entities.csv", index=False)


def figures(table, **keys):
    """(model, measure) → value of the rows without a note, or with the one given."""
    keys = {"note": ""} | keys
    for column, value in keys.items():
        table = table[table[column] == value]
    assert not table.duplicated(["model", "measure"]).any()
    return table.set_index(["model", "measure"])["value"].to_dict()


def test_targets_by_hand(tmp_path):
    write_targets(tmp_path)
    table = measure_accuracy(tmp_path, only=["targets"], models=["vader"])
    assert list(table.columns) == list(COLUMNS)
    # Negative: 1 of 2 found and 1 of 1 labelled; neutral: 1 of 1 and 1 of 2; positive: right.
    f1 = (2 / 3 + 2 / 3 + 1) / 3
    assert figures(table) == {("vader", "macro_f1"): pytest.approx(f1), ("vader", "accuracy"): 0.75}
    assert set(table["n"]) == {4} and set(table["articles"]) == {4} and table["low"].notna().all()


def test_parts_of_a_split_stand_beside_the_whole_and_what_was_learnt_says_so(tmp_path, monkeypatch):
    write_targets(tmp_path, "mine.dev_a.csv", polarity=(1, -1, 0, -1))
    write_targets(tmp_path, "mine.dev_b.csv", polarity=(-1, 1, 1, 0))
    table = measure_accuracy(tmp_path, only=["targets"], models=["vader"])
    part = "a part of the set"
    assert figures(table, split="dev")["vader", "accuracy"] == 0.5
    assert figures(table, split="dev_a", note=part)["vader", "accuracy"] == 1
    assert figures(table, split="dev_b", note=part)["vader", "accuracy"] == 0
    monkeypatch.setitem(validate_tone.TRAINED_ON, "vader", ("mine.dev_a",))
    table = measure_accuracy(tmp_path, only=["targets"], models=["vader"])
    learnt = "the model was trained on it"
    assert set(table["note"]) == {learnt, part, f"{part}; {learnt}"}
    assert figures(table, note=learnt)["vader", "accuracy"] == 0.5


def test_probabilities_are_judged_beside_what_a_perfect_model_shows(tmp_path):
    generator = np.random.default_rng(0)
    probabilities = generator.dirichlet([1, 1, 1], 400)
    drawn = np.array([generator.choice(3, p=row) for row in probabilities])
    rows = {row[0]: row[1:] for row in validate_tone._score_classes(drawn, probabilities, np.arange(400))}
    error, perfect = rows["calibration_error"][0], rows["calibration_error_if_perfect"]
    assert 0 < error < 1.5 * perfect[2] and 0 < perfect[0] < perfect[2]
    sharp = probabilities**4 / (probabilities**4).sum(axis=1, keepdims=True)
    rows = {row[0]: row[1:] for row in validate_tone._score_classes(drawn, sharp, np.arange(400))}
    assert rows["calibration_error"][0] > 2 * rows["calibration_error_if_perfect"][2]


def test_sentiment_is_a_correlation(tmp_path):
    texts = [GOOD, BAD, PLAIN, "…"]
    pd.DataFrame({"text": texts, "rating": [3.0, -2.0, 0.1, 4.0]}).to_csv(tmp_path / "mine.csv", index=False)
    table = measure_accuracy(tmp_path, only=["sentiment"], models=["vader"])
    assert table["n"].tolist() == [3]  # a text without a letter has no score
    assert figures(table)["vader", "correlation"] > 0.95


def test_stances_beside_guesses_that_read_nothing(tmp_path):
    write_stories(tmp_path)
    steps = []
    table = measure_accuracy(
        tmp_path, only=["stances"], models=["vader"], progress=lambda *step: steps.append(step[:3])
    )
    assert steps == [("read", "s", 0), ("find_targets", "s", 8), ("score vader", "s", 8)]
    found = figures(table)
    assert {model for model, _ in found} == NO_TEXT | {"vader", "no text + vader"}
    order = {model: value for (model, measure), value in found.items() if measure == "order_accuracy"}
    # The outlets of other stories tell this one; X's articles are a little longer, and X is the more positive.
    assert order == {
        "chance": 0.5,
        "vader": 1,
        "lean": 1,
        "mentions": 0.5,
        "length": 0,
        "no text": 1,
        "no text + vader": 1,
    }
    assert found["vader", "ties_called"] == 0
    assert set(table.loc[table["measure"] == "order_accuracy", "n"]) == {4}
    assert set(table.loc[table["measure"] == "ties_called_within", "n"]) == {4}
    shown = figures(table, note="names and outlets shown")
    assert shown["vader", "order_accuracy"] == 1 and ("lean", "order_accuracy") not in shown


def test_an_article_that_holds_a_learnt_sentence_is_left_out(tmp_path):
    learnt = "The road to the harbour was closed on Monday."
    write_stories(tmp_path, learnt=learnt)
    table = measure_accuracy(tmp_path, only=["stances"], models=["vader"])
    assert set(table["articles"]) == {8}  # nobody knows what was learnt
    pd.DataFrame({"sentence": [learnt], "from": [4], "to": [8], "polarity": [0]}).to_csv(
        tmp_path / "any.train.csv", index=False
    )
    table = measure_accuracy(tmp_path, only=["stances"], models=["vader"])
    assert set(table.loc[table["note"] == "", "articles"]) == {7}
    order = table[(table["measure"] == "order_accuracy") & (table["model"] == "vader")].set_index("note")["n"]
    assert order.to_dict() == {"": 3, "names and outlets shown": 3, "articles that models learnt from included": 4}


def test_a_model_that_is_not_known_is_named(tmp_path):
    with pytest.raises(InputError) as error:
        measure_accuracy(tmp_path, models=["vader", "moods"])
    assert str(error.value) == f"model 'moods' is not known; it has {', '.join(validate_tone.MODELS)}"


def test_tables_of_tone_that_are_missing_are_told_of(tmp_path):
    with pytest.raises(InputError) as error:
        measure_accuracy(tmp_path, only=["targets", "sentiment", "stances"])
    single = "a table with the columns {} (parquet or csv) is missing"
    assert str(error.value) == (
        f"'{tmp_path}' holds nothing to measure with: "
        f"targets are left out: {single.format('sentence, from, to, polarity')}; "
        f"sentiment is left out: {single.format('text, rating')}; "
        "stances are left out: NAME.articles with NAME.entities (parquet or csv) is missing"
    )
