"""Train the encoder behind model "tone", from labelled sentences to the shipped file.

    python training/encoder.py --gold FOLDER --work FOLDER --weights model.safetensors --vocabulary vocab.txt

See `README.md` for where the data and the first weights come from. Three steps, each of which is kept in the work
folder and not done again: towards targets (NewsMTSC, from two seeds side by side, whose weights are then averaged; in
three sentences of ten the target is masked, so that what is said counts and not of whom), towards valence (NYT
editorials, in the last layers only, so that nothing is unlearnt; again averaged), and the file. Ends by running the
written file on the development set.
"""

import argparse
import copy
import json
import multiprocessing
import sys
from functools import partial
from itertools import product
from pathlib import Path
from zlib import crc32

import numpy as np
import pandas as pd
import torch
from held_out import write_figures
from network import Network
from scipy.optimize import minimize_scalar
from shipping import write_onnx
from sklearn.metrics import f1_score
from torch.nn import functional

from analysis.compare import encoder
from analysis.compare.encoder import HIDDEN, mark_target, mark_text

SEEDS = 2
BATCH = 32
# Of each step: passes over the sentences, the highest learning rate, and how slowly the average of weights moves.
TARGETS, RATINGS = (4, 1e-4, 0.998), (4, 2e-4, 0.99)
SMOOTHING, WARMING = 0.1, 0.06
MASKED = 0.3
RATING = 4  # the scale of the valence: −4 to 4
FOLDS = 5
# One article in twelve trains nothing: the temperature is fitted on its sentences.
HELD = 12

Row = tuple[np.ndarray, np.ndarray, np.ndarray]


class Task:
    """Sentences as tokens, with what is to be learnt of each: of ratings, or of targets, which are also masked."""

    def __init__(self, shown: list[Row], answers: np.ndarray, hidden: list[Row] | None = None) -> None:
        self.shown, self.hidden, self.answers = shown, hidden, torch.from_numpy(answers)

    def draw(self, rng: np.random.Generator) -> list[tuple["Task", list[Row], torch.Tensor]]:
        """All rows once, in batches of about the same length."""
        order = rng.permutation(len(self.shown))
        masked = rng.random(len(self.shown)) < (MASKED if self.hidden else 0)
        rows = [self.hidden[at] if masked[at] else self.shown[at] for at in range(len(self.shown))]
        batches = []
        for first in range(0, len(order), BATCH * 20):
            part = sorted(order[first : first + BATCH * 20].tolist(), key=lambda at: (len(rows[at][0]), at))
            batches += [part[at : at + BATCH] for at in range(0, len(part), BATCH)]
        return [(self, [rows[at] for at in batch], self.answers[batch]) for batch in batches]

    def loss(self, found: torch.Tensor, answers: torch.Tensor) -> torch.Tensor:
        if self.hidden is None:
            return functional.mse_loss(found, answers)
        return functional.cross_entropy(found, answers, label_smoothing=SMOOTHING)


def read_targets(gold: Path, name: str) -> tuple[pd.DataFrame, Task]:
    rows = pd.read_parquet(gold / f"newsmtsc.{name}.parquet").rename(columns={"from": "start", "to": "end"})
    rows["article"] = rows["id"].str.split("_").str[:3].str.join("_")
    return rows, target_task(rows)


def target_task(rows: pd.DataFrame) -> Task:
    cells = list(zip(rows["sentence"], rows["start"], rows["end"], strict=True))
    masked = [(text[:start] + HIDDEN + text[end:], start, start + len(HIDDEN)) for text, start, end in cells]
    shown, hidden = ([mark_target(*cell) for cell in some] for some in (cells, masked))
    return Task(shown, rows["polarity"].to_numpy() + 1, hidden)


def valence_task(rows: pd.DataFrame) -> Task:
    return Task([mark_text(text) for text in rows["text"]], rows["rating"].to_numpy(dtype=np.float32))


def fill(rows: list[Row]) -> list[torch.Tensor]:
    """The rows as rectangles: tokens, segments, mask, spots."""
    longest = max(len(tokens) for tokens, _, _ in rows)
    filled = [np.zeros((len(rows), longest), kind) for kind in (np.int64, np.int64, bool, np.float32)]
    for at, (tokens, segments, spots) in enumerate(rows):
        for rectangle, values in zip(filled, (tokens, segments, True, spots), strict=True):
            rectangle[at, : len(tokens)] = values
    return [torch.from_numpy(rectangle) for rectangle in filled]


def train(
    network: Network, epochs: list, kept: Path, *, rate: float, slowness: float, judge=None
) -> dict[str, torch.Tensor]:
    """The running average of the weights after the epoch that `judge` likes best, without one after the last.

    Begins where a killed run ended.
    """
    steps = sum(len(epoch) for epoch in epochs)
    warm = max(int(WARMING * steps), 1)
    learnt = [one for one in network.parameters() if one.requires_grad]
    groups = [
        {"params": [one for one in learnt if one.ndim > 1], "weight_decay": 0.01},
        {"params": [one for one in learnt if one.ndim == 1], "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups, lr=rate, fused=True)
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda at: min((at + 1) / warm, max(0.02, (steps - at) / (steps - warm)))
    )
    average = copy.deepcopy(network).eval()
    state = {"epoch": 0, "step": 0, "best": -1.0, "weights": None}
    if kept.exists():
        stored = torch.load(kept)
        network.load_state_dict(stored["network"])
        average.load_state_dict(stored["average"])
        optimiser.load_state_dict(stored["optimiser"])
        scheduler.load_state_dict(stored["scheduler"])
        torch.set_rng_state(stored["random"])
        state = stored["state"]
    for number in range(state["epoch"], len(epochs)):
        network.train()
        for task, rows, answers in epochs[number]:
            with torch.autocast("cpu", torch.bfloat16):
                found = network(*fill(rows), rated=task.hidden is None)
            loss = task.loss(found, answers)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            scheduler.step()
            state["step"] += 1
            with torch.no_grad():
                share = 1 - min(slowness, (state["step"] + 1) / (state["step"] + 10))
                for mean, new in zip(average.parameters(), network.parameters(), strict=True):
                    mean.lerp_(new, share)
        worth = judge(average) if judge else number
        print(f"{kept.stem}: epoch {number + 1} of {len(epochs)}{f', {worth:.4f}' if judge else ''}", flush=True)
        if worth > state["best"]:
            state |= {"best": worth, "weights": copy.deepcopy(average.state_dict())}
        state["epoch"] = number + 1
        stored = {"network": network.state_dict(), "average": average.state_dict(), "state": state}
        stored |= {"optimiser": optimiser.state_dict(), "scheduler": scheduler.state_dict()}
        half = kept.with_suffix(".half")
        torch.save(stored | {"random": torch.get_rng_state()}, half)
        half.replace(kept)
    return state["weights"]


def predict(network: Network, rows: list[Row], *, rated: bool = False) -> np.ndarray:
    """The logits of the classes, or the valence, of each row."""
    network.eval()
    order = np.argsort([len(tokens) for tokens, _, _ in rows], kind="stable")
    found = np.zeros(len(rows) if rated else (len(rows), 3))
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for first in range(0, len(order), 64):
            part = order[first : first + 64]
            found[part] = network(*fill([rows[at] for at in part]), rated=rated).numpy()
    return found


def macro_f1(network: Network, task: Task) -> float:
    """With the target shown and with it masked, on average."""
    found = [predict(network, rows).argmax(axis=1) for rows in (task.shown, task.hidden)]
    return float(np.mean([f1_score(task.answers, one, average="macro") for one in found]))


class Data:
    """What the steps learn from and are judged by."""

    def __init__(self, gold: Path) -> None:
        rows, _ = read_targets(gold, "train")
        held = np.array([crc32(name.encode()) % HELD == 0 for name in rows["article"]])
        self.learnt, self.held = target_task(rows[~held]), target_task(rows[held])
        self.dev_rows = pd.concat([read_targets(gold, f"dev_{part}")[0] for part in ("mt", "rw")], ignore_index=True)
        self.dev = target_task(self.dev_rows)
        self.editorials = pd.read_parquet(gold / "nyt_editorials.parquet")
        self.folds = np.array([crc32(f"{name}".encode()) % FOLDS for name in self.editorials["article"]])


def learn_targets(options: argparse.Namespace, seed: int) -> None:
    """One network of the first step."""
    if (out := options.work / f"targets_{seed}.pt").exists():
        return
    data, network = Data(options.gold), begin(options)
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    passes, rate, slowness = TARGETS
    kept = options.work / f"targets_{seed}.checkpoint"
    epochs = [data.learnt.draw(rng) for _ in range(passes)]
    judge = partial(macro_f1, task=data.dev)
    torch.save(train(network, epochs, kept, rate=rate, slowness=slowness, judge=judge), out)
    kept.unlink()


def learn_ratings(options: argparse.Namespace, seed: int, fold: int | None = None) -> None:
    """One network of the second step; without the articles of a fold, which it then rates."""
    name = f"ratings_{seed}" if fold is None else f"ratings_{seed}_without_{fold}"
    if (out := options.work / f"{name}.pt").exists():
        return
    data, network = Data(options.gold), begin(options)
    network.load_state_dict(average([options.work / f"targets_{at}.pt" for at in range(options.seeds)]))
    network.begin_ratings()
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    left_out = data.folds == fold if fold is not None else np.zeros(len(data.folds), bool)
    task = valence_task(data.editorials[~left_out])
    passes, rate, slowness = RATINGS
    kept = options.work / f"{name}.checkpoint"
    epochs = [task.draw(rng) for _ in range(passes)]
    torch.save(train(network, epochs, kept, rate=rate, slowness=slowness), out)
    kept.unlink()


def begin(options: argparse.Namespace) -> Network:
    """The first weights, with the same heads whatever the seed: only so can networks be averaged."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    return Network(options.weights)


def average(files: list[Path]) -> dict[str, torch.Tensor]:
    states = [torch.load(file) for file in files]
    return {name: sum(state[name] for state in states) / len(states) for name in states[0]}


def fit_temperature(logits: np.ndarray, answers: np.ndarray) -> float:
    """What logits are to be divided by for the probabilities of rows that trained nothing to fit best."""

    def misfit(log: float) -> float:
        loss = functional.cross_entropy(torch.from_numpy(logits / np.exp(log)), torch.from_numpy(answers))
        return float(loss)

    return float(np.exp(minimize_scalar(misfit, bounds=(-2, 2), method="bounded").x))


def ship(options: argparse.Namespace) -> dict:
    """The averaged network as the file that is shipped; what it was fitted with, and how good its parts were."""
    data, network, seeds = Data(options.gold), begin(options), range(options.seeds)
    network.begin_ratings()
    rated = np.zeros(len(data.folds))
    for fold in range(FOLDS):
        network.load_state_dict(average([options.work / f"ratings_{seed}_without_{fold}.pt" for seed in seeds]))
        out = data.folds == fold
        rated[out] = predict(network, valence_task(data.editorials[out]).shown, rated=True)
    network.load_state_dict(average([options.work / f"ratings_{seed}.pt" for seed in seeds]))
    logits = np.concatenate([predict(network, rows) for rows in (data.held.shown, data.held.hidden)])
    temperature = fit_temperature(logits, np.tile(data.held.answers.numpy(), 2))
    options.out.mkdir(parents=True, exist_ok=True)
    weights = {name: values.numpy() for name, values in network.state_dict().items()}
    write_onnx(weights, options.out / "tone.onnx", temperature=temperature, rating=RATING)
    words = options.vocabulary.read_text(encoding="utf-8").rstrip("\n")
    (options.out / "tone_words.txt").write_text(words, encoding="utf-8", newline="\n")
    before = predict(network, data.dev.shown).argmax(axis=1)
    return {
        "temperature": round(temperature, 4),
        "held_out_rows": len(data.held.shown),
        "editorials_r": round(write_figures(options.out / "tone.json", "tone", data.editorials, rated), 4),
        "macro_f1_before_rounding": round(f1_score(data.dev.answers, before, average="macro"), 4),
    }


def check(options: argparse.Namespace) -> dict:
    """The development set's figures by the written file itself, run as the package runs it."""
    encoder.FOLDER = options.out
    rows = Data(options.gold).dev_rows
    answers = rows["polarity"].to_numpy() + 1
    starts, ends = rows["start"].tolist(), rows["end"].tolist()
    masked = [text[:a] + HIDDEN + text[b:] for text, a, b in zip(rows["sentence"], starts, ends, strict=True)]
    shown = encoder.score_mentions(rows["sentence"].tolist(), starts, ends)
    hidden = encoder.score_mentions(masked, starts, [start + len(HIDDEN) for start in starts])
    return {
        name: {
            "macro_f1": round(f1_score(answers, found.argmax(axis=1), average="macro"), 4),
            "log_loss": round(float(-np.log(found[np.arange(len(found)), answers]).mean()), 4),
        }
        for name, found in (("dev_shown", shown), ("dev_masked", hidden))
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, required=True, help="folder with newsmtsc.* and nyt_editorials (Parquet)")
    parser.add_argument("--work", type=Path, required=True, help="folder that keeps each step")
    parser.add_argument("--weights", type=Path, required=True, help="model.safetensors of all-MiniLM-L6-v2")
    parser.add_argument("--vocabulary", type=Path, required=True, help="its vocab.txt")
    parser.add_argument("--out", type=Path, default=encoder.FOLDER, help="where the file goes (default: the package)")
    parser.add_argument("--seeds", type=int, default=SEEDS, help=f"networks that are averaged (default: {SEEDS})")
    parser.add_argument("--jobs", type=int, default=2, help="networks trained side by side, one core each (default: 2)")
    parser.add_argument("--check", action="store_true", help="only run the shipped file on the development set")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    stored = Path(__file__).with_name("encoder.json")
    if options.check:
        found, expected = check(options), json.loads(stored.read_text())["development"]
        print(json.dumps(found, indent=2))
        sys.exit(0 if found == expected else f"The file gives other figures than {stored.name} states: {expected}")
    with multiprocessing.get_context("spawn").Pool(options.jobs) as pool:
        pool.starmap(learn_targets, [(options, seed) for seed in range(options.seeds)], chunksize=1)
        folds = [None, *range(FOLDS)]
        pool.starmap(learn_ratings, product([options], range(options.seeds), folds), chunksize=1)
    figures = ship(options) | {"development": check(options)}
    stored.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
