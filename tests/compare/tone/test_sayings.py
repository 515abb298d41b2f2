"""Who says what about whom, and the sentences that make a figure."""

import pandas as pd
import pytest

from analysis import InputError, find_evidence, summarise, summarise_targets, tabulate_sayings


def make_scored(*rows):
    """From article, sentence, entity, voice, speaker and score; the outlet is the article's first letter."""
    table = pd.DataFrame(list(rows), columns=["article", "sentence", "entity", "voice", "speaker", "score"])
    table = table.assign(outlet=table["article"].str[0].str.upper(), event="1", mention="name", start=range(len(table)))
    table = table.assign(negative=(table["score"] < 0) * 1.0, positive=(table["score"] > 0) * 1.0)
    table["text"] = table["article"] + table["sentence"].astype("str")
    return table.assign(neutral=1 - table["negative"] - table["positive"])


ROWS = [
    ("a1", 1, "Putin", "own", None, -0.5),
    ("a1", 2, "Putin", "quote", "Kim", 0.8),
    ("a1", 2, "Putin", "own", None, 0.2),
    ("a2", 1, "Putin", "reported", "Kim", 0.4),
    ("b1", 1, "Putin", "quote", "Kim", 0.6),
    ("b1", 2, "Putin", "quote", None, -0.3),
]


def test_own_words_are_the_outlets_and_others_words_the_speakers_over_all_outlets():
    found = tabulate_sayings(make_scored(*ROWS))
    assert found[["speaker", "voice", "n", "articles"]].fillna("–").to_numpy().tolist() == [
        ["A", "own", 2, 1],
        ["Kim", "quote", 2, 2],
        ["Kim", "reported", 1, 1],
        ["Kim", "all", 3, 3],
        ["–", "quote", 1, 1],
        ["–", "all", 1, 1],
    ]
    assert found["mean"].tolist() == pytest.approx([-0.15, 0.7, 0.4, 0.6, -0.3, -0.3])


def test_a_pronoun_that_is_not_clear_names_nobody():
    she = [(*row[:4], "she", *row[5:]) if row[4] is None and row[3] != "own" else row for row in ROWS]
    pd.testing.assert_frame_equal(tabulate_sayings(make_scored(*she)), tabulate_sayings(make_scored(*ROWS)))


def test_a_saying_has_the_mean_and_interval_of_summarise():
    rows = make_scored(*ROWS)
    quoted = summarise(rows[rows["voice"] == "quote"], by="speaker").iloc[0]
    found = tabulate_sayings(rows).query("voice == 'quote'").iloc[0]
    assert found[["mean", "low", "high"]].tolist() == pytest.approx(quoted[["mean", "low", "high"]].tolist(), abs=0.02)
    assert found["unit"] == "article"


def test_an_outlet_that_is_also_quoted_keeps_its_own_words_apart():
    rows = make_scored(("a1", 1, "Putin", "own", None, -1.0), ("b1", 1, "Putin", "quote", "A", 1.0))
    assert tabulate_sayings(rows)[["speaker", "voice", "mean"]].to_numpy().tolist() == [
        ["A", "own", -1.0], ["A", "quote", 1.0], ["A", "all", 1.0],
    ]  # fmt: skip


@pytest.mark.parametrize("order", [1, -1])
def test_a_sentence_counts_once_by_its_clearest_mention(order):
    rows = make_scored(
        ("a1", 1, "Putin", "quote", "Kim", -0.9), ("a1", 1, "Putin", "quote", "Kim", 0.5),
        ("a1", 1, "Putin", "quote", "Kim", 0.7),
    ).assign(mention=["pronoun", "name", "name"]).iloc[::order]  # fmt: skip
    assert tabulate_sayings(rows)[["n", "mean"]].to_numpy().tolist() == [[1, 0.5]] * 2
    assert find_evidence(rows)["score"].tolist() == [0.5, 0.5]


def test_the_influences_on_a_figure_add_up_to_it():
    rows = make_scored(*ROWS, ("a3", 4, "Putin", "own", None, None), ("a3", 5, "Kim", "own", None, 0.1))
    figures = summarise_targets(rows).set_index(["event", "entity", "outlet", "voice"])["balance"]
    influences = find_evidence(rows, most=99).groupby(["event", "entity", "outlet", "voice"])["influence"].sum()
    assert influences.to_dict() == pytest.approx(figures.to_dict())
    assert figures["1", "Putin", "A", "all"] == pytest.approx((-0.5 + 0.8 + 0.4) / 2)


def test_the_strongest_stand_at_both_ends_and_zero_has_no_influence():
    scores = [0.1, -0.2, 0.9, 0.5, 0.0, -0.7, -0.1]
    rows = make_scored(*[("a1", i, "Putin", "own", None, score) for i, score in enumerate(scores)])
    found = find_evidence(rows, most=2).query("voice == 'own'")
    assert found["influence"].tolist() == [0.9, 0.5, -0.2, -0.7]
    assert found["text"].tolist() == ["a12", "a13", "a11", "a15"]
    assert find_evidence(rows, most=9).query("voice == 'own'")["influence"].tolist() == [
        0.9,
        0.5,
        0.1,
        -0.1,
        -0.2,
        -0.7,
    ]


def test_voices_stand_in_the_order_of_the_figures():
    rows = make_scored(*ROWS)
    for table in (find_evidence(rows), summarise_targets(rows)):
        assert list(dict.fromkeys(table.query("outlet == 'A'")["voice"])) == ["own", "reported", "quote", "all"]


@pytest.mark.parametrize("most", [0, 1.5, "3"])
def test_most_is_a_whole_number(most):
    with pytest.raises(InputError) as error:
        find_evidence(make_scored(*ROWS), most=most)
    assert str(error.value) == f"most is {most!r}, but must be a whole number from 1 on"


def test_kims_dearest_friend_are_kims_words_about_putin(seeds, spans):
    from analysis import find_targets, score_targets

    found = find_targets(seeds, spans=spans, entities=["Putin"])
    scored = score_targets(found[found["text"].str.contains("dearest friend")], model="vader")
    said = tabulate_sayings(scored)
    assert set(said["speaker"].dropna()) == {"Kim Jong Un"}
