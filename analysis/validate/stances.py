"""Which of two outlets is the more negative about the same person in one story? Guesses, with and without the text.

An outlet's known lean, an article's length and how often it names somebody already tell something, and none of them
reads a sentence. A score of tone is worth what it adds to them.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..compare.uncertainty import MIN_ARTICLES
from .resampling import REPLICATES

# What can be guessed without reading, in the direction that was seen: the longer article, and the one that names
# somebody more often, is the more negative.
TEXT_FREE = ("length", "mentions", "lean")
COMBINED = "no text"
# Labels of 0 that a lean gets for free when guesses are combined: a mean of one or two labels is not to be relied on.
# Without them the guess costs .02 nats a pair more on SEESAW, and a weak guess is easily added to.
PRIOR = 3
CHANCE = "chance"


def tabulate_stances(articles: pd.DataFrame, entities: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """What is known of each labelled entity of an article without reading it.

    Columns: article, event, outlet, entity, sentiment, group (of entity and lean), length (minus the logarithm of the
    words), mentions (minus that of the sentences that mention it and one), lean (the mean label of the same entity in
    outlets of the same lean, in all other events; 0 where there is none).
    """
    rows = entities.merge(articles[["article", "event", "outlet", "lean"]], on="article", validate="many_to_one")
    words = articles.set_index("article")["text"].str.split().str.len()
    rows["length"] = -np.log(rows["article"].map(words).clip(lower=1).astype(float))
    once = select_sentences(mentions).groupby(["article", "entity"]).size().rename("found").reset_index()
    rows = rows.merge(once, on=["article", "entity"], how="left", validate="one_to_one")
    rows["mentions"] = -np.log1p(rows.pop("found").fillna(0).astype(float))
    rows["group"] = rows.groupby(["entity", "lean"], sort=True).ngroup()
    rows = rows.sort_values(["event", "entity", "article"], ignore_index=True)
    events, *tables = _sum_up(rows)
    rows["lean"] = _lean(rows["group"].to_numpy(), events, tables)
    return rows


def select_sentences(mentions: pd.DataFrame) -> pd.DataFrame:
    """Each sentence once for an entity, with its first mention by name, else by role, else by pronoun.

    As `summarise_targets` has it for all voices, whose sum over the sentences is the balance of an article.
    """
    rank = mentions["mention"].map({"name": 0, "role": 1, "pronoun": 2}).fillna(3)
    ordered = mentions.assign(_rank=rank).sort_values(["article", "sentence", "_rank", "start"], kind="stable")
    return ordered.drop_duplicates(["article", "sentence", "entity"]).drop(columns="_rank")


def sum_scores(stances: pd.DataFrame, scored: pd.DataFrame, *, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """The sum of the scores of the sentences about each entity of an article, and 1,000 other sums there might be.

    As in `summarise_targets`, each replicate draws sentences again, and the class of each from its probabilities. With
    fewer than two sentences there are no others (NaN). Where nothing is said, the sum is 0.
    """
    scored = select_sentences(scored)
    of = scored.groupby(["article", "entity"], sort=False).indices
    values = scored["score"].to_numpy(dtype=float)
    negative, positive = scored["negative"].to_numpy(dtype=float), scored["positive"].to_numpy(dtype=float)
    sums = np.zeros(len(stances))
    drawn = np.full((len(stances), REPLICATES), np.nan, dtype=np.float32)
    for row, key in enumerate(zip(stances["article"], stances["entity"], strict=True)):
        at = of.get(key)
        if at is None:
            continue
        sums[row] = values[at].sum()
        if len(at) > 1:
            generator = np.random.default_rng([seed, row])
            chosen = at[generator.integers(len(at), size=(REPLICATES, len(at)))]
            chance = generator.random(chosen.shape)
            classes = (chance > 1 - positive[chosen]).astype(float) - (chance < negative[chosen])
            drawn[row] = (values[chosen] - positive[chosen] + negative[chosen] + classes).sum(axis=1)
    return sums, drawn


def pair_stances(stances: pd.DataFrame) -> pd.DataFrame:
    """Two articles of two outlets about the same entity in the same event: a and b (rows of `stances`), event, gold.

    `gold` is the label in a less that in b.
    """
    rows = stances[["event", "entity", "outlet", "sentiment"]].assign(row=np.arange(len(stances)))
    pairs = rows.merge(rows, on=["event", "entity"], suffixes=("_a", "_b"))
    pairs = pairs[(pairs["row_a"] < pairs["row_b"]) & (pairs["outlet_a"] != pairs["outlet_b"])]
    pairs = pairs.assign(gold=pairs["sentiment_a"] - pairs["sentiment_b"])
    return (
        pairs[["row_a", "row_b", "event", "gold"]].rename(columns={"row_a": "a", "row_b": "b"}).reset_index(drop=True)
    )


def order_accuracy(gold: np.ndarray, guess: np.ndarray) -> np.ndarray:
    """For each pair 1 where the guess has the order right, 0 where wrong, and ½ where it sees none."""
    return np.where(guess == 0, 0.5, np.sign(guess) == np.sign(gold))


def find_chance(pairs: int, *, seed: int = 0) -> tuple[float, float]:
    """Between which two accuracies do 95 % of those lie that toss a coin for each pair?"""
    tossed = np.random.default_rng(seed).random((REPLICATES, pairs)) < 0.5
    low, high = np.quantile(tossed.mean(axis=1), [0.025, 0.975])
    return float(low), float(high)


def find_calls(stances: pd.DataFrame, pairs: pd.DataFrame, drawn: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """In which pairs does the 95 % interval of the difference, within the two articles, leave zero out?

    And in which would the package call it, which asks for five articles of each of the two outlets on the event?
    """
    called = np.zeros(len(pairs), dtype=bool)
    a, b = pairs["a"].to_numpy(), pairs["b"].to_numpy()
    for first in range(0, len(pairs), 200):
        part = slice(first, first + 200)
        low, high = np.quantile(drawn[a[part]] - drawn[b[part]], [0.025, 0.975], axis=1)
        called[part] = (low > 0) | (high < 0)  # a comparison with a missing value is false
    articles = stances.groupby(["event", "outlet"])["article"].transform("nunique").to_numpy()
    return called, called & (np.minimum(articles[a], articles[b]) >= MIN_ARTICLES)


def hold_out(
    stances: pd.DataFrame, pairs: pd.DataFrame, extra: np.ndarray | None = None, *, prior: int = PRIOR
) -> np.ndarray:
    """The log-odds that a is the more positive, from what can be known without reading, and from `extra` if given.

    A logistic regression without an intercept (a and b might change places) on the differences of length, mentions and
    lean, which is drawn to 0 as if by `prior` more labels. Each event is guessed by one that was fitted on all others,
    and no lean rests on a label of that event.
    """
    differing = pairs[pairs["gold"] != 0]
    a, b = (differing[side].to_numpy() for side in ("a", "b"))
    right, groups = (differing["gold"] > 0).to_numpy(), stances["group"].to_numpy()
    known = [stances[name].to_numpy(dtype=float) for name in ("length", "mentions")]
    known += [] if extra is None else [np.asarray(extra, dtype=float)]
    events, *tables = _sum_up(stances)
    odds = np.zeros(len(differing))
    for event in np.unique(events[a]):
        held = events[a] == event
        columns = np.stack([_lean(groups, events, tables, without=event, prior=prior), *known], axis=1)
        features = columns[a] - columns[b]
        if held.all():  # nothing to learn from: a coin
            continue
        scale = np.sqrt((features[~held] ** 2).mean(axis=0))
        features /= np.where(scale > 0, scale, 1)
        odds[held] = features[held] @ fit_odds(features[~held], right[~held])
    return odds


def fit_odds(features: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The weights of a logistic regression without an intercept, with the penalty that scikit-learn takes (C = 1).

    Newton's steps, since there are hundreds of fits of four weights each, for which its solver takes a hundred times
    as long.
    """
    weights = np.zeros(features.shape[1])
    for _ in range(50):
        likely = 1 / (1 + np.exp(-features @ weights))
        gradient = features.T @ (likely - right) + weights
        curvature = (features.T * (likely * (1 - likely))) @ features + np.eye(len(weights))
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def log_loss(gold: np.ndarray, odds: np.ndarray) -> np.ndarray:
    """What each guess costs, in nats: 0 for a sure one that is right, ln 2 for a coin."""
    return np.logaddexp(0, -np.sign(gold) * odds)


def _sum_up(stances: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The event of each row as a number, and the sum and the number of labels by group and event."""
    events, names = pd.factorize(stances["event"], sort=True)
    sums, counts = np.zeros((2, int(stances["group"].max()) + 1, len(names)))
    np.add.at(sums, (stances["group"].to_numpy(), events), stances["sentiment"].to_numpy(dtype=float))
    np.add.at(counts, (stances["group"].to_numpy(), events), 1)
    return events, sums, counts


def _lean(
    groups: np.ndarray, events: np.ndarray, tables: Sequence[np.ndarray], *, without: int | None = None, prior: int = 0
) -> np.ndarray:
    """The mean label of each row's group in all events but its own and `without`; 0 where there is none."""
    total, number = (table.sum(axis=1)[groups] - table[groups, events] for table in tables)
    if without is not None:
        others = events != without
        total = total - np.where(others, tables[0][groups, without], 0)
        number = number - np.where(others, tables[1][groups, without], 0)
    return np.divide(total, number + prior, out=np.zeros(len(groups)), where=number > 0)
