"""Train the encoder behind model "tone", from labelled sentences to the shipped file.

    python training/encoder.py --gold FOLDER --work FOLDER --weights model.safetensors --vocabulary vocab.txt \\
        --teacher FOLDER

See `README.md` for where the data and the first weights come from. Four steps, each of which is kept in the work
folder and not done again: the teacher, a larger network that learns what tone towards a target is (NewsMTSC); the
encoder, which learns that from what the teacher thinks (from two seeds side by side, whose weights are then averaged;
half of the sentences with names hidden, so that what is said counts and not of whom); valence (NYT editorials, in the
last layers only, so that nothing is unlearnt; again averaged); and the file. Ends by running the written file on the
development set.
"""

import argparse
import json
import multiprocessing
import sys
from collections.abc import Iterator
from functools import partial
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import teacher
import torch
from held_out import write_figures
from learning import average, keep, train
from lessons import FOLDS, Batch, Cell, Data, draw, fill, make_batches, predict, renamed, shown
from network import Network, find_peaks
from scipy.optimize import minimize_scalar
from shipping import write_onnx
from sklearn.metrics import f1_score
from torch.nn import functional

from analysis.compare.tone import encoder
from analysis.compare.tone.encoder import Marked, mark_target, mark_text

SEEDS = 2
# Of each step: passes over the sentences, the highest learning rate, and how slowly the average of weights moves.
TARGETS, RATINGS = (9, 1e-4, 0.998), (4, 2e-4, 0.99)
# Which of its kinds a sentence is read in.
SHARES = {"shown": 0.5, "renamed": 0.5}
# How much of what is learnt is the teacher's, at which temperature; the rest is the label, which not all have.
TAUGHT, TEMPERATURE = 0.7, 2.0
NO_LABEL = -100
SMOOTHING = 0.1
PEAKS = 500  # sentences of each head that tell how far each channel reaches
RATING = 4  # the scale of the valence: −4 to 4


def mark_cells(cells: list[Cell]) -> list[Marked]:
    return [mark_target(*cell) for cell in cells]


def mark_sentences(rows: pd.DataFrame) -> list[Marked]:
    return [mark_text(text) for text in rows["text"]]


def read_target(network: Network, rows: list[Marked]) -> torch.Tensor:
    return network(*fill(rows), rated=False)


def read_valence(network: Network, rows: list[Marked]) -> torch.Tensor:
    return network(*fill(rows), rated=True)


def misfit(found: torch.Tensor, answers: torch.Tensor, taught: torch.Tensor) -> torch.Tensor:
    """How far from what the teacher thinks, and from the labels."""
    labels = functional.cross_entropy(
        found, answers, label_smoothing=SMOOTHING, ignore_index=NO_LABEL, reduction="sum"
    ) / len(answers)
    softened = [functional.log_softmax(logits / TEMPERATURE, dim=1) for logits in (found, taught)]
    thoughts = functional.kl_div(*softened, log_target=True, reduction="batchmean")
    return (1 - TAUGHT) * labels + TAUGHT * TEMPERATURE**2 * thoughts


def macro_f1(network: Network, data: Data) -> float:
    """On the development part, with names shown and with them hidden, on average."""
    network.eval()
    found = [predict(partial(read_target, network), mark_cells(kind(data.dev))) for kind in (shown, renamed)]
    return float(np.mean([f1_score(data.dev["answer"], one.argmax(axis=1), average="macro") for one in found]))


def ask_teacher(options: argparse.Namespace, kind: str) -> None:
    """What the teacher thinks of one kind of lesson."""
    torch.set_num_threads(1)
    teacher.ask(Data(options.gold), options.teacher, options.work, kind)


def learn_targets(options: argparse.Namespace, seed: int) -> None:
    """One network of the second step."""
    if (out := options.work / f"targets_{seed}.pt").exists():
        return
    data, network = Data(options.gold), begin(options)
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    passes, rate, slowness = TARGETS
    epochs, kept = list(draw_lessons(options.work, data, passes, rng)), options.work / f"targets_{seed}.checkpoint"
    judge = partial(macro_f1, data=data)
    weights = train(network, epochs, kept, read=read_target, misfit=misfit, rate=rate, slowness=slowness, judge=judge)
    keep(weights, out, kept)


def draw_lessons(work: Path, data: Data, passes: int, rng: np.random.Generator) -> Iterator[list[Batch]]:
    """For each pass, every sentence in one of its kinds: the labelled, and all others that the teacher judged."""
    cells = teacher.lessons(data)
    rows = {kind: mark_cells(cells[kind] + cells[f"others_{kind}"]) for kind in SHARES}
    taught = [[np.load(work / f"taught_{part}{kind}.npy") for part in ("", "others_")] for kind in SHARES]
    thoughts = np.stack([np.concatenate(parts) for parts in taught]).astype(np.float32)
    labels = np.full(thoughts.shape[1], NO_LABEL)
    labels[: len(data.learnt)] = data.learnt["answer"]
    for _ in range(passes):
        some, kinds = draw(rows, SHARES, rng)
        yield make_batches(some, labels, thoughts[kinds, np.arange(len(kinds))], rng=rng)


def learn_ratings(options: argparse.Namespace, seed: int, fold: int | None = None) -> None:
    """One network of the third step; without the articles of a fold, which it then rates."""
    name = f"ratings_{seed}" if fold is None else f"ratings_{seed}_without_{fold}"
    if (out := options.work / f"{name}.pt").exists():
        return
    data, network = Data(options.gold), begin(options)
    network.load_state_dict(average([options.work / f"targets_{at}.pt" for at in range(options.seeds)]))
    network.begin_ratings()
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    left_out = data.folds == fold if fold is not None else np.zeros(len(data.folds), bool)
    learnt = data.editorials[~left_out]
    rows, ratings = mark_sentences(learnt), learnt["rating"].to_numpy(dtype=np.float32)
    passes, rate, slowness = RATINGS
    epochs, kept = [make_batches(rows, ratings, rng=rng) for _ in range(passes)], options.work / f"{name}.checkpoint"
    weights = train(network, epochs, kept, read=read_valence, misfit=functional.mse_loss, rate=rate, slowness=slowness)
    keep(weights, out, kept)


def begin(options: argparse.Namespace) -> Network:
    """The first weights, with the same heads whatever the seed: only so can networks be averaged."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    return Network(options.weights)


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
        network.eval()
        out = data.folds == fold
        rated[out] = predict(partial(read_valence, network), mark_sentences(data.editorials[out]))
    network.load_state_dict(average([options.work / f"ratings_{seed}.pt" for seed in seeds]))
    network.eval()
    judge = partial(predict, partial(read_target, network))
    logits = np.concatenate([judge(mark_cells(kind(data.held))) for kind in (shown, renamed)])
    temperature = fit_temperature(logits, np.tile(data.held["answer"], 2))
    options.out.mkdir(parents=True, exist_ok=True)
    weights = {name: values.numpy() for name, values in network.state_dict().items()}
    peaks = [
        find_peaks(network, read, rows[:: max(len(rows) // PEAKS, 1)])
        for read, rows in (
            (read_target, mark_cells(shown(data.learnt))),
            (read_valence, mark_sentences(data.editorials)),
        )
    ]
    peaks = {name: np.max([one[name] for one in peaks if name in one], axis=0) for name in peaks[0] | peaks[1]}
    write_onnx(weights, peaks, options.out / "tone.onnx", temperature=temperature, rating=RATING)
    words = options.vocabulary.read_text(encoding="utf-8").rstrip("\n")
    (options.out / "tone_words.txt").write_text(words, encoding="utf-8", newline="\n")
    before = judge(mark_cells(shown(data.dev))).argmax(axis=1)
    return {
        "teacher_macro_f1": teacher.figures(data, options.work),
        "temperature": round(temperature, 4),
        "held_out_rows": len(data.held),
        "editorials_r": round(write_figures(options.out / "tone.json", "tone", data.editorials, rated), 4),
        "macro_f1_before_rounding": round(f1_score(data.dev["answer"], before, average="macro"), 4),
    }


def check(options: argparse.Namespace) -> dict:
    """The development set's figures by the written file itself, run as the package runs it."""
    encoder.FOLDER = options.out
    rows = Data(options.gold).dev
    answers = rows["answer"].to_numpy()
    figures = {}
    for name, cells in (("dev_shown", shown(rows)), ("dev_renamed", renamed(rows))):
        found = encoder.score_mentions(*zip(*cells, strict=True))
        figures[name] = {
            "macro_f1": round(f1_score(answers, found.argmax(axis=1), average="macro"), 4),
            "log_loss": round(float(-np.log(found[np.arange(len(found)), answers]).mean()), 4),
        }
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, required=True, help="folder with newsmtsc.* and nyt_editorials (Parquet)")
    parser.add_argument("--work", type=Path, required=True, help="folder that keeps each step")
    parser.add_argument("--weights", type=Path, required=True, help="model.safetensors of all-MiniLM-L6-v2")
    parser.add_argument("--vocabulary", type=Path, required=True, help="its vocab.txt")
    parser.add_argument("--teacher", type=Path, required=True, help="folder of all-mpnet-base-v2")
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
    torch.set_num_threads(options.jobs)
    data = Data(options.gold)
    teacher.learn(data, options.teacher, options.work)
    with multiprocessing.get_context("spawn").Pool(options.jobs) as pool:
        cells = teacher.lessons(data)
        longest_first = sorted(cells, key=lambda kind: -len(cells[kind]))
        pool.starmap(ask_teacher, product([options], longest_first), chunksize=1)
        pool.starmap(learn_targets, [(options, seed) for seed in range(options.seeds)], chunksize=1)
        folds = [None, *range(FOLDS)]
        pool.starmap(learn_ratings, product([options], range(options.seeds), folds), chunksize=1)
    figures = ship(options) | {"development": check(options)}
    stored.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
