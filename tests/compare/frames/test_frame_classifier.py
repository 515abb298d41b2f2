"""Learning frames: the accuracy is scikit-learn's own on rows that were not seen, and what can't be learnt is named."""

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from analysis import InputError, learn_frames, score_frames
from analysis.compare.frames import frame_classifier
from analysis.compare.frames.frame_accuracy import ACCURACY, BASELINES, RESAMPLES, score_f1
from analysis.compare.frames.frame_classifier import (
    FOLDS,
    LONGEST,
    MIN_ROWS,
    OPENING,
    FrameModel,
    predict_frames,
    read_texts,
    weigh_frames,
)

WORDS = {
    "economic": "tax price market court trade city people week",
    "law": "court judge trial price jury city people week",
    "weather": "rain sun storm city market people week court",
}


def make_labelled(sizes=(30, 20, 12), seed=0):
    """Rows of four words of their frame's list, so that some can't be told."""
    generator = np.random.default_rng(seed)
    rows = [
        (" ".join(generator.choice(words.split(), 4, replace=False)) + f" n{frame[0]}{number}", frame)
        for (frame, words), size in zip(WORDS.items(), sizes, strict=True)
        for number in range(size)
    ]
    return pd.DataFrame(rows, columns=["text", "frame"])


@pytest.fixture(scope="module")
def labelled():
    return make_labelled()


@pytest.fixture(scope="module")
def model(labelled):
    return learn_frames(labelled)


def value_of(model, classifier, measure, frame=""):
    table = model.accuracy
    return table[(table["classifier"] == classifier) & (table["measure"] == measure) & (table["frame"] == frame)].iloc[
        0
    ]


def test_f1_is_scikit_learns_also_in_resamples():
    generator = np.random.default_rng(2)
    truth, told = generator.integers(4, size=(2, 60))
    told[told == 3] = 0  # nothing is called the fourth
    draws = generator.multinomial(60, np.full(60, 1 / 60), size=20)
    for weights, scores in zip(draws, score_f1(truth, told, draws, 5), strict=True):  # the fifth is nowhere
        rows = np.repeat(np.arange(60), weights)
        expected = f1_score(truth[rows], told[rows], average=None, labels=range(4), zero_division=0)
        np.testing.assert_allclose(scores[:4], expected)
        assert np.isnan(scores[4])
        assert np.nanmean(scores) == pytest.approx(f1_score(truth[rows], told[rows], average="macro"))


@pytest.mark.parametrize(("name", "weight"), [("tf_idf", None), ("tf_idf_balanced", "balanced")])
def test_the_baseline_is_scikit_learns_own_cross_validation(name, weight, labelled, model):
    ordered = labelled.sort_values("text", ignore_index=True)  # the folds are dealt in an order of their own
    told = cross_val_predict(
        make_pipeline(TfidfVectorizer(), LogisticRegression(max_iter=1000, class_weight=weight)),
        ordered["text"],
        ordered["frame"],
        cv=StratifiedKFold(10, shuffle=True, random_state=0),
    )
    row = value_of(model, name, "macro_f1")
    assert row["value"] == pytest.approx(f1_score(ordered["frame"], told, average="macro"), abs=1e-12)
    for frame, value in zip(model.frames, f1_score(ordered["frame"], told, average=None), strict=True):
        assert value_of(model, name, "f1", frame)["value"] == pytest.approx(value, abs=1e-12)


def test_the_majority_is_the_most_frequent_frame(model):
    # 30 of 62 rows: precision 30/62, recall 1; nothing else is ever right.
    assert value_of(model, "majority", "f1", "economic")["value"] == pytest.approx(60 / 92)
    assert value_of(model, "majority", "macro_f1")["value"] == pytest.approx(60 / 92 / 3)


def test_the_accuracy_lists_every_classifier_and_measure(model):
    table = model.accuracy
    assert table.columns.tolist() == list(ACCURACY)
    assert table["classifier"].drop_duplicates().tolist() == ["learnt", *BASELINES]
    assert len(table) == 4 * (1 + 3) + 3
    assert (table["low"] <= table["value"]).all()
    assert (table["value"] <= table["high"]).all()
    learnt = value_of(model, "learnt", "macro_f1")
    assert 0.5 < learnt["value"] < 1  # some rows can be told, some can't
    assert learnt["low"] < learnt["value"] < learnt["high"]
    assert learnt["n"] == 62
    for name in BASELINES:
        difference = learnt["value"] - value_of(model, name, "macro_f1")["value"]
        assert value_of(model, name, "difference")["value"] == pytest.approx(difference)
    by_frame = table[(table["classifier"] == "learnt") & (table["measure"] == "f1")].set_index("frame")
    assert by_frame["n"].to_dict() == {"economic": 30, "law": 20, "weather": 12}
    assert by_frame["value"].mean() == pytest.approx(learnt["value"])


def test_labels_that_words_do_not_tell_are_not_learnt():
    rows = make_labelled((40, 40, 40))
    shuffled = rows.assign(frame=rows["frame"].sample(frac=1, random_state=1).to_numpy())
    value = value_of(learn_frames(shuffled), "learnt", "macro_f1")
    assert value["low"] < 1 / 3 + 0.1  # a third is chance: rows that were seen would be told
    assert value["value"] < 0.5


def test_the_order_of_the_rows_and_the_index_play_no_part(labelled, model):
    shuffled = learn_frames(labelled.sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(shuffled.accuracy, model.accuracy)
    np.testing.assert_array_equal(shuffled.weights, model.weights)


def test_another_seed_deals_other_folds(labelled, model):
    assert learn_frames(labelled, seed=5).accuracy["value"].tolist() != model.accuracy["value"].tolist()


def test_the_table_given_is_unchanged(labelled):
    before = labelled.copy(deep=True)
    learn_frames(labelled)
    pd.testing.assert_frame_equal(labelled, before)


@pytest.mark.parametrize("sizes", [(30, 20, 12), (30, 20, 0)])
def test_the_parts_of_a_model_weigh_as_the_classifier_that_learnt_them(sizes):
    labelled, seen = make_labelled(sizes), []
    learnt = frame_classifier._learnt

    class Kept:
        def fit(self, texts, truth):
            seen.append(learnt(0).fit(texts, truth))
            return seen[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frame_classifier, "_learnt", lambda seed: Kept())
        model = learn_frames(labelled)
    other = pd.concat([make_labelled(sizes, seed=1), pd.DataFrame({"text": ["", "The PRICE of rain — 3 judges", "é"]})])
    texts = read_texts(other)
    weighed = weigh_frames(model, texts)
    expected = seen[-1].decision_function(texts)
    np.testing.assert_allclose(weighed if weighed.shape[1] > 2 else weighed[:, 1], expected, rtol=0, atol=1e-9)
    assert (predict_frames(model, other).argmax(axis=1) == seen[-1].predict(texts)).all()


def test_a_model_was_a_pickle_of_another_packages_classes(labelled, model, tmp_path):
    parts = model._asdict()
    numbers = {f"idf of {kind}": values for kind, values in parts["idf"].items()}
    np.savez(tmp_path / "m.npz", weights=parts["weights"], offsets=parts["offsets"], **numbers)
    (tmp_path / "m.json").write_text(json.dumps([parts["frames"], parts["terms"], parts["words"]]), encoding="utf-8")
    parts["accuracy"].to_parquet(tmp_path / "m.parquet")

    frames, terms, words = json.loads((tmp_path / "m.json").read_text(encoding="utf-8"))
    with np.load(tmp_path / "m.npz", allow_pickle=False) as kept:
        idf = {kind: kept[f"idf of {kind}"] for kind in terms}
        again = FrameModel(
            tuple(frames), terms, idf, kept["weights"], kept["offsets"], pd.read_parquet(tmp_path / "m.parquet"), words
        )
    np.testing.assert_array_equal(predict_frames(again, labelled), predict_frames(model, labelled))
    spans = labelled.assign(outlet="A", voice="own", article="1", sentence=range(len(labelled)))
    pd.testing.assert_frame_equal(score_frames(spans, frames=again), score_frames(spans, frames=model))


def test_rows_of_one_text_or_article_give_nothing_away():
    # Every row twice, and labels by chance: a copy in another fold would tell them all.
    rows = make_labelled((40, 40, 40))
    rows["frame"] = rows["frame"].sample(frac=1, random_state=1).to_numpy()
    twice = pd.concat([rows, rows])
    assert value_of(learn_frames(twice), "learnt", "macro_f1")["value"] < 0.5
    apart = pd.concat([rows, rows.assign(text=rows["text"] + " again")])
    assert value_of(learn_frames(apart), "learnt", "macro_f1")["value"] > 0.8
    named = apart.assign(article=apart.index.astype(str))
    assert value_of(learn_frames(named), "learnt", "macro_f1")["value"] < 0.5


def test_a_frame_of_one_article_only_is_never_found():
    rows = make_labelled((15, 15, 15))
    rows["article"] = [frame if frame == "law" else str(row) for row, frame in enumerate(rows["frame"])]
    assert value_of(learn_frames(rows), "learnt", "f1", "law")["value"] == 0


def test_the_headline_is_the_opening_else_the_first_twelve_words():
    rows = pd.DataFrame({"text": [" ".join(map(str, range(20))), "short", ""], "headline": ["Head", None, "Only"]})
    texts = read_texts(rows)
    assert texts["opening"].tolist() == ["Head", "short", "Only"]
    assert texts["whole"].tolist() == ["Head\n" + " ".join(map(str, range(20))), "short", "Only"]
    assert read_texts(rows[["text"]])["opening"][0].split() == list(map(str, range(OPENING)))
    assert len(read_texts(pd.DataFrame({"text": ["x" * 10**6]}))["whole"][0]) == LONGEST


def test_frames_may_be_numbers_and_are_sorted_as_text():
    rows = make_labelled().assign(frame=lambda table: table["frame"].map({"economic": 10, "law": 2, "weather": 1}))
    assert learn_frames(rows).frames == ("1", "10", "2")


def with_cell(column, value):
    rows = make_labelled().assign(headline="Head", article=lambda table: table.index.astype(str))
    rows[column] = rows[column].astype(object)
    rows.iloc[4, rows.columns.get_loc(column)] = value
    return rows


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["text"], "learn_frames needs a DataFrame, but was given a list"),
        (
            make_labelled().drop(columns="frame"),
            "learn_frames needs the column 'frame'; the table has 'text'",
        ),
        (
            make_labelled().rename(columns={"text": "lead", "frame": "label"}),
            "learn_frames needs the columns 'text', 'frame'; the table has 'lead', 'label'",
        ),
        (with_cell("text", None), "learn_frames needs a text in every row; row 4 has none"),
        (with_cell("frame", np.nan), "learn_frames needs a frame in every row; row 4 has none"),
        (with_cell("frame", " "), "learn_frames needs a frame in every row; row 4 has none"),
        (with_cell("article", None), "learn_frames needs an article in every row; row 4 has none"),
        (
            with_cell("text", " \n").drop(columns="headline"),
            "learn_frames needs a text in every row; row 4 has none",
        ),
        (
            make_labelled((12, 9, 3)),
            "learn_frames needs 10 labelled rows of each frame; 'law' has 9, 'weather' has 3",
        ),
        (
            make_labelled((12, 0, 0)),
            "learn_frames needs at least two frames to tell apart; the rows have 'economic'",
        ),
        (
            make_labelled().iloc[:0],
            "learn_frames needs at least two frames to tell apart; the rows have none",
        ),
        (
            make_labelled().assign(article=lambda table: (table.index % 9).astype(str)),
            "learn_frames needs rows of 10 articles or texts; there are 9",
        ),
        (
            make_labelled().assign(text=lambda table: [f"a {chr(97 + row % 26)} {row // 26}" for row in table.index]),
            "learn_frames needs rows with words of two or more letters; too few have one",
        ),
    ],
)
def test_what_cannot_be_learnt_from_is_named(rows, message):
    with pytest.raises(InputError) as error:
        learn_frames(rows)
    assert str(error.value) == message


def test_a_headline_may_be_missing_and_ten_rows_are_enough():
    assert MIN_ROWS == FOLDS == 10
    rows = with_cell("headline", None)
    assert learn_frames(rows).frames == tuple(sorted(WORDS))
    assert learn_frames(make_labelled((10, 10, 10))).accuracy["n"].max() == 30


@pytest.mark.parametrize("seed", [-1, 0.5, "0"])
def test_a_seed_is_a_whole_number(seed, labelled):
    with pytest.raises(InputError) as error:
        learn_frames(labelled, seed=seed)
    assert str(error.value) == f"seed is {seed!r}, but must be a whole number from 0 on"


def test_hostile_texts_are_learnt_from():
    rows = make_labelled().astype({"text": object})
    rows.loc[0, "text"] = "\x00\x1b[31m " + "a" * 10**6
    rows.loc[1, "text"] = "😀 \u202e \ud800 (((a+)+)+$"
    assert learn_frames(rows).frames == tuple(sorted(WORDS))


def test_intervals_rest_on_two_thousand_resamples():
    assert RESAMPLES == 2000
