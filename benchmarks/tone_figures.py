"""The figures of tone that `sentiment.py` prints, each from the folder of labelled news and the names of the models."""

import json
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import pandas as pd

from analysis.compare.tone.targets import score_targets
from analysis.validate.gold import find_sets
from analysis.validate.gold_tone import find_tables, read_targets
from analysis.validate.resampling import estimate
from analysis.validate.scoring_tone import rank_correlation
from analysis.validate.stances import hold_out, log_loss, order_accuracy, pair_stances, select_sentences
from analysis.validate.tone import TONE, find_stories, read_learnt
from analysis.validate.validate import measure_accuracy

# Scores nearer to 0 are neither positive nor negative.
FAR = 0.3
# What becomes of the scores of an article's sentences about somebody, in the order of the text; the higher the better.
RULES: dict[str, Callable[[np.ndarray], float]] = {
    "sum": np.sum,
    "mean": np.mean,
    "sum over the root of n": lambda scores: scores.sum() / np.sqrt(len(scores)),
    "positive less negative": lambda scores: float((scores > FAR).sum()) - float((scores < -FAR).sum()),
    "share of negative": lambda scores: -float((scores < -FAR).mean()),
    "first": lambda scores: scores[0],
    "most negative": np.min,
}
SENTENCES = 2000
WARM = 20  # what a model reads or compiles when it is first called is no part of its speed


def measure_figures(gold: Path, models: list[str]) -> dict:
    """The rows of `validate`, and what it left out."""
    table = measure_accuracy(gold, only=TONE, models=models)
    rows = table.round(4).to_json(orient="records", double_precision=4)
    return {"left_out": table.attrs["left_out"], "rows": json.loads(rows)}


def measure_rules(gold: Path, models: list[str]) -> list[dict]:
    """Order accuracy and rank correlation of each rule and model, by the protocol of `validate`.

    Also what the rule adds to the guess from no text, in nats a pair, beside that guess and (`prior` 0) beside the same
    with a lean that is a plain mean. Where nothing is said of somebody, every rule gives 0. Choose a rule by the split
    `train`, report `valid`.
    """
    rows = []
    for labelled in find_sets(gold, "entities", split="dev")[0]:
        stories = find_stories(labelled, lambda *step: None, learnt=read_learnt(gold))
        stances, pairs = stories.stances, pair_stances(stories.stances)
        pairs = pairs[(pairs["gold"] != 0) & stories.clean[pairs["a"]] & stories.clean[pairs["b"]]]
        pairs = pairs.reset_index(drop=True)
        losses = {prior: log_loss(pairs["gold"], hold_out(stances, pairs, prior=prior)).to_numpy() for prior in (0, 3)}
        for model in models:
            scored = select_sentences(score_targets(stories.hidden, model=model))
            for rule, take in RULES.items():
                values = scored.groupby(["article", "entity"])["score"].agg(
                    lambda some, take=take: take(some.to_numpy())
                )
                keys = pd.MultiIndex.from_frame(stances[["article", "entity"]])
                guess = values.reindex(keys).fillna(0).to_numpy(dtype=float)
                for split in ("", *sorted(set(stances["split"]) - {""})):
                    chosen = stories.clean & (stances["split"].to_numpy() == split if split else True)
                    row = {"set": labelled.name, "split": split, "model": model, "rule": rule}
                    rows.append(row | _judge(stances, pairs, guess, chosen, {} if split else losses))
    return rows


def _judge(
    stances: pd.DataFrame, pairs: pd.DataFrame, guess: np.ndarray, chosen: np.ndarray, losses: dict[int, np.ndarray]
) -> dict:
    some = pairs[chosen[pairs["a"]]]
    right = order_accuracy(some["gold"].to_numpy(), guess[some["a"]] - guess[some["b"]])
    truth, stories = (stances[name].to_numpy()[chosen] for name in ("sentiment", "event"))
    figures = [
        *estimate({"order_accuracy": lambda rows: right[rows].mean()}, some["event"].to_numpy()),
        *estimate({"rank_correlation": rank_correlation(truth, guess[chosen])}, stories),
    ]
    for prior, loss in losses.items():
        gain = loss - log_loss(pairs["gold"], hold_out(stances, pairs, guess, prior=prior)).to_numpy()
        name = "log_loss_gain" if prior else "log_loss_gain_plain_lean"
        figures += estimate({name: lambda rows, gain=gain: gain[rows].mean()}, pairs["event"].to_numpy())
    found = {measure: [round(number, 4) for number in numbers] for measure, *numbers in figures}
    return {"pairs": len(some)} | found


def measure_speed(gold: Path, models: list[str]) -> dict[str, dict[str, float]]:
    """Mentions a second of each model, by the clock and by the processor, in one process with the threads it takes.

    On the first 2,000 distinct mentions of the training tables of targets, in a random order (seed 0). Whatever else is
    to be compared, as the same network in another library, belongs here: in the same run, on the same mentions.
    """
    sets = find_tables(gold, "targets", split="train")[0]
    table = pd.concat([read_targets(one) for one in sets]).drop_duplicates(["text", "target_start", "target_end"])
    table = table.sample(frac=1, random_state=0)[: SENTENCES + WARM]
    speeds = {}
    for model in models:
        score_targets(table[:WARM], model=model)
        processor, clock = process_time(), perf_counter()
        score_targets(table[WARM:], model=model)
        seconds = {"clock": perf_counter() - clock, "processor": process_time() - processor}
        speeds[model] = {name: round(len(table[WARM:]) / value, 1) for name, value in seconds.items()}
    return speeds
