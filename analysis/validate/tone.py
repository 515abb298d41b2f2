"""How often is tone right, on labelled sentences and stories? The part of `validate` that reads them."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..tables import ARTEFACTS, InputError, make_table
from .gold import GoldSet, find_sets
from .gold_tone import SentenceSet, find_known, find_tables, read_ratings, read_stances, read_targets
from .hidden_names import hide_names
from .resampling import estimate
from .scoring_tone import (
    BINS,
    calibration_error,
    correlation,
    macro_f1,
    rank_correlation,
    simulate_calibration,
)
from .stances import (
    CHANCE,
    COMBINED,
    TEXT_FREE,
    find_calls,
    find_chance,
    hold_out,
    log_loss,
    order_accuracy,
    pair_stances,
    sum_scores,
    tabulate_stances,
)

TONE = ("targets", "sentiment", "stances")
# The models that come with the package, and the seconds they take for a thousand sentences on two shared cores: only to
# say beforehand how long it takes.
SECONDS = {"tone": 3.0, "linear": 0.3, "vader": 0.1}
MODELS = tuple(SECONDS)
# What each was trained on, as NAME or NAME.SPLIT: its figures there say nothing of other sentences.
_TRAINING = ("newsmtsc.train", "nyt_editorials")
TRAINED_ON: dict[str, tuple[str, ...]] = {"tone": _TRAINING, "linear": _TRAINING, "vader": ()}

_PART = "a part of the set"
_SHOWN = "names and outlets shown"
_MENTIONED = "where it is mentioned"
_LEARNT = "the model was trained on it"
_ALL_STORIES = "articles that models learnt from included"

Progress = Callable[[str, str, int, float], None]


def check_models(models: Sequence[str] | None) -> list[str]:
    """The models to measure, or an error that names the first that is not known."""
    for unknown in [name for name in models or () if name not in MODELS][:1]:
        raise InputError(f"model '{unknown}' is not known; it has {', '.join(MODELS)}")
    return [name for name in MODELS if models is None or name in models]


def measure_tone(
    gold: str | Path, kinds: Sequence[str], *, split: str, models: list[str], tell: Progress
) -> tuple[list[tuple], list[str]]:
    """The rows of `validate` for the kinds of tone (of `TONE`), and sentences about what is left out."""
    rows, left_out = [], []
    for kind in kinds:
        sets, missing = (
            find_tables(gold, kind, split=split) if kind != "stances" else find_sets(gold, "entities", split=split)
        )
        left_out += [f"{kind} {'is' if kind == 'sentiment' else 'are'} left out: {sentence}" for sentence in missing]
        if kind == "targets":
            for name in sorted({one.name for one in sets}):
                found = measure_targets([one for one in sets if one.name == name], split, models, tell)
                rows += [_row(kind, name, figure) for figure in found]
        elif kind == "sentiment":
            rows += [_row(kind, one.name, figure) for one in sets for figure in measure_ratings(one, models, tell)]
        else:
            learnt = read_learnt(gold) if sets else None
            for one in sets:
                rows += [_row(kind, one.name, figure) for figure in measure_stances(one, models, tell, learnt=learnt)]
    return rows, left_out


def _row(kind: str, name: str, figure: tuple) -> tuple:
    """In the order of `validate`'s columns."""
    model, split, note, *numbers = figure
    return kind, model, name, split, *numbers, note


def measure_targets(sets: list[SentenceSet], split: str, models: list[str], tell: Progress) -> Iterator[tuple]:
    """model, split, note, measure, value, low, high, n and articles of the tables of one set."""
    from ..compare.tone.targets import score_targets

    tables = [read_targets(one) for one in sets]
    table = pd.concat(tables, keys=[one.split for one in sets], names=["part", None]).reset_index("part")
    truth = table["polarity"].to_numpy() + 1
    for model in models:
        tell(f"score {model}", sets[0].name, len(table), SECONDS[model] * len(table) / 1000)
        scored = score_targets(table, model=model)
        probabilities = scored[["negative", "neutral", "positive"]].to_numpy()
        for part, note in _parts(table["part"], split):
            chosen = np.flatnonzero(table["part"] == part) if note else np.arange(len(table))
            notes = [note] if note else []
            notes += [_LEARNT] if set(_full_names(sets, part if note else None)) & set(TRAINED_ON[model]) else []
            groups = table["article"].to_numpy()[chosen]
            for row in _score_classes(truth[chosen], probabilities[chosen], groups):
                yield model, part, "; ".join(notes), *row, len(chosen), len(set(groups))


def measure_ratings(labelled: SentenceSet, models: list[str], tell: Progress) -> Iterator[tuple]:
    """model, split, note, measure, value, low, high, n and articles of one table."""
    from ..compare.tone.sentiment import score_sentiment

    table = read_ratings(labelled)
    table["sentence"] = np.arange(len(table))
    for model in models:
        tell(f"score {model}", labelled.name, len(table), SECONDS[model] * len(table) / 1000)
        scored = score_sentiment(table, model=model)
        scored = scored[scored["score"].notna()]
        ratings, scores = (scored[name].to_numpy(dtype=float) for name in ("rating", "score"))
        learnt = set(_full_names([labelled], None)) & set(TRAINED_ON[model])
        groups = scored["article"].to_numpy()
        pearson = {"correlation": lambda rows, a=ratings, b=scores: correlation(a[rows], b[rows])}
        for row in estimate(pearson, groups):
            yield model, labelled.split, _LEARNT if learnt else "", *row, len(scored), len(set(groups))


def measure_stances(
    labelled: GoldSet, models: list[str], tell: Progress, *, learnt: pd.Series | None = None
) -> Iterator[tuple]:
    """model, split, note, measure, value, low, high, n and articles; articles with a sentence of `learnt` left out.

    The first figures are of sentences whose names and outlets are hidden.
    """
    from ..compare.tone.targets import score_targets

    stories = find_stories(labelled, tell, learnt=learnt)
    stances = stories.stances
    scored, shown = {}, {}
    for model in models:
        seconds = SECONDS[model] * (len(stories.hidden) + len(stories.mentions)) / 1000
        tell(f"score {model}", labelled.name, stances["article"].nunique(), seconds)
        scored[model] = sum_scores(stances, score_targets(stories.hidden, model=model))
        shown[model] = sum_scores(stances, score_targets(stories.mentions, model=model))
    for part, note in _parts(stances["split"], ""):
        chosen = stories.clean & ((stances["split"] == part).to_numpy() if note else True)
        yield from _judge(stances, chosen, scored, part, note)
        if not note:
            yield from _judge(stances, chosen, shown, part, _SHOWN, text_free=False)
    if not stories.clean.all():
        yield from _judge(stances, np.full(len(stances), True), scored, "", _ALL_STORIES)


class Stories(NamedTuple):
    """What is known of labelled stories before anything is scored."""

    stances: pd.DataFrame  # of `tabulate_stances`, with the article's split
    mentions: pd.DataFrame  # of `find_targets`, of the entities that are labelled in the article
    hidden: pd.DataFrame  # the same, with names and outlets hidden
    clean: np.ndarray  # whether the article of a stance holds nothing that a model has learnt


def find_stories(labelled: GoldSet, tell: Progress, *, learnt: pd.Series | None = None) -> Stories:
    """The labelled stories of a set. Leans are of all articles: nobody learns a label by heart, they are counted."""
    from ..compare.tone.targets import find_targets
    from ..voices.names.names import find_names

    tell("read", labelled.name, 0, 0)
    articles, entities = read_stances(labelled)
    tell("find_targets", labelled.name, len(articles), 3 * float(articles["text"].str.len().sum()) / 1e6)
    known = find_known(articles, learnt) if learnt is not None else set()
    artefacts = make_table(ARTEFACTS, [])  # labelled texts are the article itself
    names = find_names(articles, artefacts=artefacts)
    mentions = find_targets(articles, entities=sorted(set(entities["entity"])), artefacts=artefacts, names=names)
    mentions = mentions.merge(entities[["article", "entity"]], on=["article", "entity"]).reset_index(drop=True)
    hidden = hide_names(mentions, names, sorted(set(articles["outlet"])))
    stances = tabulate_stances(articles, entities, mentions)
    stances["split"] = stances["article"].map(articles.set_index("article")["split"])
    return Stories(stances, mentions, hidden, ~stances["article"].isin(known).to_numpy())


def read_learnt(gold: str | Path) -> pd.Series | None:
    """The sentences that models may have learnt from: those of the folder's training tables of targets."""
    learnt = [read_targets(one)["text"] for one in find_tables(gold, "targets", split="train")[0] if one.split]
    return pd.concat(learnt) if learnt else None


def _judge(
    stances: pd.DataFrame,
    chosen: np.ndarray,
    scored: dict[str, tuple],
    split: str,
    note: str,
    *,
    text_free: bool = True,
) -> Iterator[tuple]:
    """The figures of the chosen rows: of each guess without the text, of each model, and of both together."""
    pairs = pair_stances(stances)
    pairs = pairs[chosen[pairs["a"]] & chosen[pairs["b"]]].reset_index(drop=True)
    if pairs.empty:
        return
    differing = pairs[pairs["gold"] != 0].reset_index(drop=True)
    gold, events = differing["gold"].to_numpy(), differing["event"].to_numpy()
    a, b = differing["a"].to_numpy(), differing["b"].to_numpy()
    truth, stories = (stances[name].to_numpy()[chosen] for name in ("sentiment", "event"))
    articles = int(stances.loc[chosen, "article"].nunique())

    def figure(model: str, statistics: dict, groups: np.ndarray) -> Iterator[tuple]:
        for row in estimate(statistics, groups):
            yield model, split, note, *row, len(groups), articles

    def mean_of(values: np.ndarray):
        return lambda rows: float(values[rows].mean())

    def order(guess: np.ndarray) -> dict:
        return {"order_accuracy": mean_of(order_accuracy(gold, guess))}

    def rank(guess: np.ndarray) -> dict:
        return {"rank_correlation": rank_correlation(truth, guess[chosen])}

    loss = log_loss(gold, without := hold_out(stances, pairs))
    if text_free:
        if len(gold):
            yield CHANCE, split, note, "order_accuracy", 0.5, *find_chance(len(gold)), len(gold), articles
        for name in TEXT_FREE:
            guess = stances[name].to_numpy(dtype=float)
            yield from figure(name, order(guess[a] - guess[b]), events)
            yield from figure(name, rank(guess), stories)
        yield from figure(COMBINED, order(without) | {"log_loss": mean_of(loss)}, events)
    for model, (sums, drawn) in scored.items():
        yield from figure(model, order(sums[a] - sums[b]), events)
        yield from figure(model, rank(sums), stories)
        for measure, values, of in _judge_calls(stances, pairs, sums, drawn):
            yield from figure(model, {measure: mean_of(values)}, of)
        joint = log_loss(gold, odds := hold_out(stances, pairs, sums))
        measures = order(odds) | {"log_loss": mean_of(joint), "log_loss_gain": mean_of(loss - joint)}
        yield from figure(f"{COMBINED} + {model}", measures, events)


def _judge_calls(
    stances: pd.DataFrame, pairs: pd.DataFrame, sums: np.ndarray, drawn: np.ndarray
) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """How often is a difference called: where there is none, and where there is one, and is it then the right way?

    measure, a value for each pair that it is of, and the pair's event.
    """
    called, by_package = find_calls(stances, pairs, drawn)
    tied, events = (pairs["gold"] == 0).to_numpy(), pairs["event"].to_numpy()
    right = np.sign(sums[pairs["a"]] - sums[pairs["b"]]) == np.sign(pairs["gold"].to_numpy())
    for measure, values, chosen in (
        ("ties_called_within", called, tied),
        ("ties_called", by_package, tied),
        ("differences_called_within", called, ~tied),
        ("differences_called", by_package, ~tied),
        ("called_within_right", right, called & ~tied),
    ):
        yield measure, values[chosen].astype(float), events[chosen]


def _score_classes(truth: np.ndarray, probabilities: np.ndarray, groups: np.ndarray) -> Iterator[tuple]:
    """measure, value, low and high: of the classes, and of the probabilities if they are more than a choice."""
    told, certainty = probabilities.argmax(axis=1), probabilities.max(axis=1)
    right = (told == truth).astype(float)
    yield from estimate(
        {
            "macro_f1": lambda rows: macro_f1(truth[rows], told[rows]),
            "accuracy": lambda rows: float(right[rows].mean()),
        },
        groups,
    )
    if len(truth) >= BINS and not np.isin(probabilities, (0, 1)).all():
        # No interval: a resample has an error of its own on top. What a perfect model shows stands beside it instead.
        yield "calibration_error", calibration_error(certainty, right), np.nan, np.nan
        perfect = simulate_calibration(certainty)
        yield "calibration_error_if_perfect", float(perfect.mean()), np.nan, float(np.quantile(perfect, 0.95))


def _parts(column: pd.Series, whole: str) -> Iterator[tuple[str, str]]:
    """All together first, then each part, if there are several; with the note that says so."""
    names = sorted(set(column))
    yield names[0] if len(names) == 1 else whole, ""
    if len(names) > 1:
        yield from ((name, _PART) for name in names)


def _full_names(sets: list[SentenceSet], part: str | None) -> Iterator[str]:
    for one in sets:
        if part is None or one.split == part:
            yield one.name
            yield f"{one.name}.{one.split}"
