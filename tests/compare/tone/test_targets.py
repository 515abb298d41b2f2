"""Scores of mentions and their sums: by hand, and against the bootstrap of `summarise`."""

import joblib
import numpy as np
import pandas as pd
import pytest
from conftest import make_articles

from analysis import InputError, compare_targets, find_targets, score_targets, summarise_targets
from analysis.compare.tone import targets
from analysis.compare.tone.targets import CLASSES, COMPARED
from analysis.compare.uncertainty import bootstrap


def mentions_of(*rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["text", "target_start", "target_end"])


def by_letter(texts, starts, ends):
    """A model for tests: the target's first letter tells."""
    return np.array(
        [[0.7, 0.2, 0.1] if text[start] == "B" else [0.1, 0.2, 0.7] for text, start in zip(texts, starts, strict=True)]
    )


def scored_of(*rows) -> pd.DataFrame:
    """article, outlet, sentence, voice, score of each row; sure of its class where the score is a whole number."""
    table = pd.DataFrame(rows, columns=["article", "outlet", "sentence", "voice", "score"])
    table["negative"] = np.maximum(-table["score"], 0.0)
    table["positive"] = np.maximum(table["score"], 0.0)
    table["neutral"] = 1 - table["negative"] - table["positive"]
    return table.assign(event="1", entity="X", mention="name", start=range(len(table)))


def test_scores_are_those_of_the_model():
    mentions = mentions_of(("Al met Bo.", 0, 2), ("Al met Bo.", 7, 9)).set_index(pd.Index([5, 3]))
    scored = score_targets(mentions, model=by_letter)
    assert scored.index.tolist() == [5, 3]
    assert scored[[*CLASSES, "score"]].round(9).values.tolist() == [[0.1, 0.2, 0.7, 0.6], [0.7, 0.2, 0.1, -0.6]]


def test_the_same_mention_is_scored_once_and_in_one_order():
    calls = []

    def model(texts, starts, ends):
        calls.append((texts, starts, ends))
        return by_letter(texts, starts, ends)

    mentions = mentions_of(("Bo", 0, 2), ("Al", 0, 2), ("Bo", 0, 2), ("Bo", 0, 1))
    scored = score_targets(mentions, model=model)
    score_targets(mentions.iloc[::-1], model=model)
    assert calls == [(["Al", "Bo", "Bo"], [0, 0, 0], [2, 1, 2])] * 2
    assert scored["score"].round(9).tolist() == [-0.6, 0.6, -0.6, -0.6]


def test_vader_scores_the_text_whatever_the_target():
    # vaderSentiment: polarity_scores("A good deal.")["compound"] == 0.4404
    scored = score_targets(mentions_of(("A good deal.", 2, 6), ("A deal.", 2, 6), ("A bad deal.", 2, 5)), model="vader")
    assert scored["score"].tolist() == [0.4404, 0.0, -0.5423]
    assert scored[list(CLASSES)].values.tolist() == [[0, 0, 1], [0, 1, 0], [1, 0, 0]]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("Bo", 0, 3), "score_targets needs a target within its text; in row 1 it is 0 to 3 of 2 characters"),
        (("Bo", -1, 1), "score_targets needs a target within its text; in row 1 it is -1 to 1 of 2 characters"),
        (("Bo", 1, 1), "score_targets needs a target within its text; in row 1 it is 1 to 1 of 2 characters"),
        (("Bo", 0.5, 1), "score_targets needs a target within its text; in row 1 it is 0.5 to 1 of 2 characters"),
        (("Bo", None, 1), "score_targets needs a target within its text; in row 1 it is nan to 1 of 2 characters"),
        ((None, 0, 1), "score_targets needs a text in every row; row 1 has none"),
        (("Bo", "a", 1), "score_targets needs whole numbers in the column 'target_start', but it holds object"),
    ],
)
def test_a_row_that_does_not_fit_is_named(row, message):
    with pytest.raises(InputError) as error:
        score_targets(mentions_of(("Bo", 0, 2), row), model=by_letter)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("returned", "told"),
    [
        ([[0.5, 0.5]], "an array of shape (1, 2)"),
        ([0.5, 0.5, 0.0], "an array of shape (3,)"),
        ("good", "'good'"),
        ([[0.5, 0.6, 0.0]], "0.5, 0.6, 0"),
        ([[-0.1, 0.6, 0.5]], "-0.1, 0.6, 0.5"),
        ([[np.nan, 0.5, 0.5]], "nan, 0.5, 0.5"),
    ],
)
def test_a_model_must_return_probabilities(returned, told):
    with pytest.raises(InputError) as error:
        score_targets(mentions_of(("Bo", 0, 2)), model=lambda *_: returned)
    assert str(error.value) == f"the model must return three probabilities for each of 1 mentions, but returned {told}"


def test_an_unknown_model_is_named():
    with pytest.raises(InputError) as error:
        score_targets(mentions_of(("Bo", 0, 2)), model="magic")
    assert str(error.value) == (
        "model 'magic' is not known; there are 'tone', 'linear', 'vader', or a function of texts, starts and ends"
    )


def test_no_mentions_need_no_model():
    scored = score_targets(mentions_of(), model="tone")
    assert scored.columns.tolist() == ["text", "target_start", "target_end", *CLASSES, "score"]
    assert len(scored) == 0


def test_a_balance_is_the_sum_of_scores_per_article():
    scored = scored_of(
        ("a", "A", 1, "own", -1.0),
        ("a", "A", 2, "own", -1.0),
        ("a", "A", 3, "quote", 1.0),
        ("b", "A", 1, "own", 1.0),
        ("c", "B", 1, "own", 0.5),
    )
    table = summarise_targets(scored)
    assert tuple(table.columns) == COMPARED
    assert table[["outlet", "voice", "n", "articles", "balance", "unit"]].values.tolist() == [
        ["A", "own", 3, 2, -0.5, "article"],
        ["A", "quote", 1, 2, 0.5, "article"],
        ["A", "all", 4, 2, 0.0, "article"],
        ["B", "own", 1, 1, 0.5, "sentence"],
        ["B", "all", 1, 1, 0.5, "sentence"],
    ]


def test_a_sentence_counts_once_by_its_first_name():
    scored = scored_of(
        ("a", "A", 1, "own", -0.1), ("a", "A", 1, "own", 0.2), ("a", "A", 1, "own", 0.4), ("a", "A", 1, "quote", 0.8)
    ).assign(mention=["pronoun", "name", "name", "name"])
    table = summarise_targets(scored).set_index("voice")
    assert table["n"].to_dict() == {"own": 1, "quote": 1, "all": 1}
    assert table["balance"].to_dict() == {"own": 0.2, "quote": 0.8, "all": 0.2}


def test_with_one_article_its_sentences_are_drawn():
    values = [-1.0, 0.0, 0.0, 1.0, -1.0, -1.0]
    row = summarise_targets(scored_of(*(("a", "A", n, "own", value) for n, value in enumerate(values)))).iloc[0]
    low, high = (len(values) * edge for edge in bootstrap(np.array(values), seed=1))  # the model is sure of each
    assert (row["balance"], row["unit"]) == (-2.0, "sentence")
    assert row["low"] == pytest.approx(low, abs=1.01)  # sums are whole numbers: one step
    assert row["high"] == pytest.approx(high, abs=1.01)


def test_with_several_articles_they_are_drawn():
    rows = [(str(n), "A", 1, "own", value) for n, value in enumerate([-1.0, 1.0, 0.0, 0.0, -1.0, -1.0, 1.0, 0.0] * 4)]
    row = summarise_targets(scored_of(*rows)).iloc[0]
    low, high = bootstrap(np.array([value for *_, value in rows]), seed=1)
    assert (row["articles"], row["unit"]) == (32, "article")
    assert row["low"] == pytest.approx(low, abs=0.07)
    assert row["high"] == pytest.approx(high, abs=0.07)


def test_the_models_doubt_widens_the_interval():
    sure = scored_of(*(("a", "A", n, "own", 0.0) for n in range(8)))
    unsure = sure.assign(negative=0.4, neutral=0.2, positive=0.4)
    of_sure, of_unsure = summarise_targets(sure).iloc[0], summarise_targets(unsure).iloc[0]
    assert (of_sure["low"], of_sure["high"]) == (0.0, 0.0)
    # Eight classes with variance .8 each: ±1.96 · √6.4 = 4.96 and Student's widening by 1.29.
    assert of_unsure["low"] == pytest.approx(-6, abs=1.01)
    assert of_unsure["high"] == pytest.approx(6, abs=1.01)
    assert of_unsure["balance"] == 0.0


def test_a_single_sentence_has_no_interval():
    row = summarise_targets(scored_of(("a", "A", 1, "own", 0.5))).iloc[0]
    assert np.isnan(row["low"])
    assert np.isnan(row["high"])


def test_an_article_without_the_voice_counts_as_none_of_it():
    scored = scored_of(("a", "A", 1, "quote", -1.0), ("a", "A", 2, "own", 0.0), ("b", "A", 1, "own", 0.0))
    row = summarise_targets(scored).set_index("voice").loc["quote"]
    assert (row["n"], row["articles"], row["balance"], row["low"], row["high"]) == (1, 2, -0.5, -1.0, 0.0)


def test_neither_the_order_nor_other_groups_change_an_interval():
    draw = np.random.default_rng(0)
    rows = [
        (f"{outlet}{article}", outlet, sentence, "own", round(draw.uniform(-1, 1), 3))
        for outlet in "AB"
        for article in range(3)
        for sentence in range(4)
    ]
    scored = scored_of(*rows)
    table = summarise_targets(scored)
    pd.testing.assert_frame_equal(summarise_targets(scored.sample(frac=1, random_state=1)), table)
    alone = summarise_targets(scored[scored["outlet"] == "B"])
    pd.testing.assert_frame_equal(alone, table[table["outlet"] == "B"].reset_index(drop=True))
    assert not table.equals(summarise_targets(scored, seed=1))


def test_intervals_are_the_same_on_two_cores_and_in_blocks(monkeypatch):
    draw = np.random.default_rng(0)
    rows = [
        (f"{outlet}{article}", outlet, sentence, voice, round(draw.uniform(-1, 1), 3))
        for outlet in "ABC"
        for article in range(3)
        for voice, sentences in (("own", range(9)), ("quote", range(9, 11)))
        for sentence in sentences
    ]
    table = summarise_targets(scored_of(*rows))
    monkeypatch.setattr(targets, "_BLOCK", 10)
    monkeypatch.setattr(targets, "_ENOUGH", 2)
    with joblib.parallel_config(n_jobs=2):
        pd.testing.assert_frame_equal(summarise_targets(scored_of(*rows)), table, check_exact=True)


def test_a_certain_class_gives_the_interval_of_one_that_is_drawn():
    rows = [("a", "A", n, "own", value) for n, value in enumerate((1.0, -1.0, 0.0, 1.0))]
    certain = scored_of(*rows)
    certain[list(CLASSES)] = np.stack([certain["score"] < 0, certain["score"] == 0, certain["score"] > 0], axis=1) * 1.0
    drawn = certain.assign(negative=certain["negative"].clip(1e-12, 1 - 1e-12))
    pd.testing.assert_frame_equal(summarise_targets(certain), summarise_targets(drawn), atol=1e-9)


def test_a_seed_must_be_a_whole_number():
    with pytest.raises(InputError) as error:
        summarise_targets(scored_of(("a", "A", 1, "own", 0.5)), seed=-1)
    assert str(error.value) == "seed is -1, but must be a whole number from 0 on"


def test_compare_targets_is_its_three_steps():
    articles = make_articles("Vladimir Putin won. It was good.", "Vladimir Putin lost. He was bad.")
    steps = summarise_targets(score_targets(find_targets(articles), model="vader"))
    pd.testing.assert_frame_equal(compare_targets(articles, model="vader"), steps)
    assert steps["entity"].unique().tolist() == ["Vladimir Putin"]
    assert steps.loc[steps["voice"] == "all", "n"].tolist() == [1, 2]


def test_on_the_seeds_every_interval_lies_within_one_article(seeds, spans):
    table = compare_targets(seeds, model="vader", spans=spans)
    assert set(table["unit"]) == {"sentence"}
    assert set(table["articles"]) == {1}
    assert (table["low"].isna() | (table["low"] <= table["balance"])).all()


def test_over_many_events_an_interval_within_one_article_can_be_left_out(seeds, spans):
    two = pd.concat([seeds, seeds.assign(article=seeds["article"] + "-2").query("outlet == 'A'")], ignore_index=True)
    scored = score_targets(find_targets(two, entities=["Putin"]), model="vader")
    whole, part = summarise_targets(scored), summarise_targets(scored, within=False)
    several = whole["articles"] > 1
    assert several.any() and whole.loc[~several, "low"].notna().any()
    assert part.loc[~several, ["low", "high"]].isna().all(axis=None)
    pd.testing.assert_frame_equal(part[several], whole[several])
    pd.testing.assert_frame_equal(part.drop(columns=["low", "high"]), whole.drop(columns=["low", "high"]))
