"""Order within a story: every set here is invented, every expected figure counted by hand."""

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression

from analysis import summarise_targets
from analysis.validate.stances import (
    find_calls,
    find_chance,
    fit_odds,
    hold_out,
    log_loss,
    order_accuracy,
    pair_stances,
    sum_scores,
    tabulate_stances,
)

# Two outlets of each lean tell four stories about P; Q stands in one story only.
LABELS = {"X": [1, 2, 1, 0], "Y": [-1, 0, -2, 0]}


def make_set():
    rows, labels = [], []
    for outlet, values in LABELS.items():
        for event, value in enumerate(values):
            article = f"{outlet}{event}"
            rows.append((article, f"e{event}", outlet, f"lean of {outlet}", "one two three " * (1 + event)))
            labels.append((article, "P", float(value)))
    labels += [("X0", "Q", -1.0), ("Y0", "Q", 1.0)]
    articles = pd.DataFrame(rows, columns=["article", "event", "outlet", "lean", "text"])
    return articles, pd.DataFrame(labels, columns=["article", "entity", "sentiment"])


def make_mentions(*rows):
    """article, sentence, kind of mention, score."""
    table = pd.DataFrame(rows, columns=["article", "sentence", "mention", "score"])
    positive = (table["score"] > 0).astype(float)
    return table.assign(
        entity="P", start=range(len(table)), negative=1 - positive, neutral=0.0, positive=positive, text="Some words."
    )


MENTIONS = make_mentions(
    ("X0", 1, "pronoun", -0.9), ("X0", 1, "name", 0.5), ("X0", 2, "name", 0.25), ("Y0", 1, "role", -0.5)
)


def test_what_is_known_without_reading():
    stances = tabulate_stances(*make_set(), MENTIONS).set_index(["article", "entity"])
    lean = stances["lean"].xs("P", level="entity")
    # The mean of the same outlet's other stories, never of its own.
    assert lean.to_dict() == pytest.approx(
        {"X0": 1, "X1": 2 / 3, "X2": 1, "X3": 4 / 3, "Y0": -2 / 3, "Y1": -1, "Y2": -1 / 3, "Y3": -1}
    )
    assert stances.loc[("X0", "Q"), "lean"] == 0  # it stands in no other story
    assert stances.loc[("X1", "P"), "length"] == -np.log(6)
    assert stances.loc[("X0", "P"), "mentions"] == -np.log1p(2)  # sentences, not mentions
    assert stances.loc[("X3", "P"), "mentions"] == 0


def test_no_guess_without_the_text_reads_it():
    articles, entities = make_set()
    words = articles["text"].str.replace("one", "terrible").str.replace("two", "war")
    stances = tabulate_stances(articles, entities, MENTIONS)
    other = tabulate_stances(articles.assign(text=words), entities, MENTIONS.assign(text="A horrible crime.", score=-1))
    pd.testing.assert_frame_equal(stances, other)
    pairs = pair_stances(stances)
    np.testing.assert_array_equal(hold_out(stances, pairs), hold_out(other, pairs))


def test_scores_are_summed_over_sentences_once_each():
    stances = tabulate_stances(*make_set(), MENTIONS)
    sums, drawn = sum_scores(stances, MENTIONS)
    of = dict(zip(zip(stances["article"], stances["entity"], strict=True), range(len(stances)), strict=True))
    assert sums[of["X0", "P"]] == 0.75  # the name before the pronoun of the same sentence
    assert sums[of["Y0", "P"]] == -0.5
    assert sums[of["X0", "Q"]] == 0 and sums[of["X1", "P"]] == 0
    # Only where there are two sentences can others be drawn: twice the one, twice the other, or both.
    assert np.isnan(np.delete(drawn, of["X0", "P"], axis=0)).all()
    assert sorted(set(drawn[of["X0", "P"]].tolist())) == [0.5, 0.75, 1]


def test_sums_are_those_of_the_package():
    mentions = MENTIONS.assign(outlet=MENTIONS["article"], event="e0", voice=["quote", "own", "own", "own"])
    summary = summarise_targets(mentions).query("voice == 'all'").set_index("outlet")
    stances = tabulate_stances(*make_set(), MENTIONS)
    sums = dict(
        zip(
            stances.loc[stances["entity"] == "P", "article"],
            sum_scores(stances, MENTIONS)[0][stances["entity"] == "P"],
            strict=True,
        )
    )
    assert {article: sums[article] for article in ("X0", "Y0")} == summary["balance"].to_dict()


def test_pairs_are_of_two_outlets_on_one_entity_in_one_story():
    articles, entities = make_set()
    again = articles[articles["article"] == "X0"].assign(article="Z0")
    entities = pd.concat([entities, pd.DataFrame({"article": ["Z0"], "entity": ["P"], "sentiment": [2.0]})])
    stances = tabulate_stances(pd.concat([articles, again]), entities, MENTIONS)
    pairs = pair_stances(stances)
    named = [tuple(stances.loc[[a, b], "article"]) for a, b in zip(pairs["a"], pairs["b"], strict=True)]
    # X0 and Z0 are of one outlet.
    assert sorted(zip(named, pairs["gold"], strict=True)) == [
        (("X0", "Y0"), -2), (("X0", "Y0"), 2), (("X1", "Y1"), 2), (("X2", "Y2"), 3), (("X3", "Y3"), 0),
        (("Y0", "Z0"), -3),
    ]  # fmt: skip


def test_order_by_hand():
    gold, guess = np.array([1, -1, 2, -0.5]), np.array([3, 0, -1, -0.1])
    assert order_accuracy(gold, guess).tolist() == [1, 0.5, 0, 1]


def test_a_coin_is_right_in_half_of_the_pairs_with_the_spread_of_the_binomial():
    low, high = find_chance(886)
    assert (low, high) == pytest.approx((0.5 - 0.033, 0.5 + 0.033), abs=0.004)


def test_a_difference_is_called_where_its_own_interval_leaves_out_zero():
    stances = pd.DataFrame({"event": "e", "outlet": ["X", "Y", "Z", "W"], "article": list("abcd")})
    pairs = pd.DataFrame({"a": [0, 0, 0], "b": [1, 2, 3]})
    drawn = np.stack(
        [np.linspace(1, 2, 1000), np.linspace(-1, 0.9, 1000), np.linspace(0, 3, 1000), np.full(1000, np.nan)]
    )
    called, by_package = find_calls(stances, pairs, drawn)
    assert called.tolist() == [True, False, False]
    assert by_package.tolist() == [False, False, False]  # one article each


@pytest.mark.parametrize(("articles", "called"), [(5, True), (4, False)])
def test_the_package_calls_a_difference_from_five_articles_of_each_outlet_on(articles, called):
    outlets = ["X"] * 5 + ["Y"] * articles
    stances = pd.DataFrame({"event": "e", "outlet": outlets, "article": [str(row) for row in range(len(outlets))]})
    drawn = np.repeat(np.array([[1.0]] * 5 + [[-1.0]] * articles), 1000, axis=1)
    assert find_calls(stances, pd.DataFrame({"a": [0], "b": [5]}), drawn)[1].tolist() == [called]


def test_weights_are_those_of_scikit_learn():
    generator = np.random.default_rng(0)
    features = generator.normal(size=(300, 3))
    right = generator.random(300) < 1 / (1 + np.exp(-features @ [1.5, -0.5, 0]))
    theirs = LogisticRegression(fit_intercept=False, tol=1e-10).fit(features, right).coef_[0]
    np.testing.assert_allclose(fit_odds(features, right), theirs, atol=1e-5)
    apart = np.sign(features[:, 0]) > 0
    theirs = LogisticRegression(fit_intercept=False, tol=1e-10).fit(features, apart).coef_[0]
    np.testing.assert_allclose(fit_odds(features, apart), theirs, atol=1e-4)


def make_stories(n=30):
    generator = np.random.default_rng(0)
    articles, labels = [], []
    for event in range(n):
        for outlet, lean in (("X", 0.3), ("Y", 0), ("Z", -0.3)):
            articles.append(
                (f"{outlet}{event}", f"e{event:02}", outlet, outlet, "word " * int(generator.integers(5, 50)))
            )
            labels += [(f"{outlet}{event}", entity, lean + generator.normal()) for entity in ("P", "Q")]
    articles = pd.DataFrame(articles, columns=["article", "event", "outlet", "lean", "text"])
    return articles, pd.DataFrame(labels, columns=["article", "entity", "sentiment"])


def test_a_story_is_guessed_without_its_own_labels():
    articles, entities = make_stories()
    stances = tabulate_stances(articles, entities, MENTIONS)
    pairs = pair_stances(stances)
    extra = np.random.default_rng(1).normal(size=len(stances))
    held = (stances["event"] == "e03").to_numpy()
    turned = stances.assign(sentiment=stances["sentiment"].where(~held, -5 * stances["sentiment"]))
    of_story = (pairs["event"] == "e03").to_numpy()
    for values in (None, extra):
        odds, other = hold_out(stances, pairs, values), hold_out(turned, pair_stances(turned), values)
        np.testing.assert_allclose(odds[of_story], other[of_story], atol=1e-9)
        assert np.abs(odds - other)[~of_story].max() > 0.01


def test_a_score_that_knows_the_labels_lowers_the_loss_and_noise_does_not():
    articles, entities = make_stories()
    stances = tabulate_stances(articles, entities, MENTIONS)
    pairs = pair_stances(stances)
    gold, noise = pairs["gold"].to_numpy(), np.random.default_rng(1).normal(size=len(stances))
    without, nothing, all_ = (
        log_loss(gold, hold_out(stances, pairs, x)).mean() for x in (None, noise, stances["sentiment"])
    )
    assert all_ < without - 0.2
    assert without - nothing < 0.01
    assert log_loss(np.array([1, -1]), np.array([0, 0])).tolist() == [np.log(2)] * 2


def test_with_one_story_nothing_can_be_learnt():
    articles, entities = make_set()
    one = entities["article"].isin(["X0", "Y0"])
    stances = tabulate_stances(articles, entities[one], MENTIONS)
    assert hold_out(stances, pair_stances(stances)).tolist() == [0, 0]


def test_a_lean_that_rests_on_few_labels_counts_for_less_where_guesses_are_combined():
    # P leans by one story, Q by nineteen; both means are 1, and the odds of P's pair are nearer to a coin.
    articles, entities = make_stories()
    many = entities["entity"] == "Q"
    few = articles.set_index("article")["event"].loc[entities["article"]].isin(["e00", "e01"]).to_numpy()
    entities = entities[many | few]
    entities["sentiment"] = entities["article"].str[0].map({"X": 1.0, "Y": 0.0, "Z": -1.0})
    stances = tabulate_stances(articles, entities, MENTIONS)
    stances["length"] = 0.0
    pairs = pair_stances(stances)
    for prior, same in ((0, True), (3, False)):
        odds = pd.Series(hold_out(stances, pairs, prior=prior))
        extremes = pairs[(pairs["gold"] == 2) & (pairs["event"] == "e00")].index
        of = {stances.loc[pairs.loc[pair, "a"], "entity"]: odds[pair] for pair in extremes}
        assert (abs(of["P"] - of["Q"]) < 1e-9) == same and 0 < of["P"] <= of["Q"] + 1e-9
