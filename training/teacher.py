"""The larger network that the encoder learns from: it says of a sentence how sure it is, and of more than the labelled.

all-mpnet-base-v2 has five times as many weights and takes ten times as long, so it is not shipped. Trained on the same
labelled sentences, it judges them better, and what it thinks of each answer teaches more than the right answer does.
"""

from functools import cache
from pathlib import Path

import numpy as np
import torch
from learning import keep, train
from lessons import Cell, Data, draw, make_batches, others, predict, renamed, shown
from sklearn.metrics import f1_score
from torch import nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

WIDTH = 768
LONGEST = 128
PASSES, RATE, SLOWNESS = 2, 3e-5, 0.998
SMOOTHING = 0.1
# Half of the labelled sentences are read with everybody renamed, so that it counts what is said and not of whom.
SHARES = {"shown": 0.5, "renamed": 0.5}

Row = tuple[np.ndarray, np.ndarray]


class Teacher(nn.Module):
    """Logits of the classes negative, neutral, positive; read, as in `Network`, from the first token and the target."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(folder, attn_implementation="eager")
        self.head, self.drop = nn.Linear(2 * WIDTH, 3), nn.Dropout(0.1)
        self.body.embeddings.word_embeddings.weight.requires_grad_(False)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, spots: torch.Tensor) -> torch.Tensor:
        x = self.body(input_ids=ids, attention_mask=mask).last_hidden_state
        return self.head(self.drop(torch.cat([x[:, 0], (x * spots[..., None].to(x.dtype)).sum(1)], dim=1))).float()


@cache
def _tokenizer(folder: Path):
    return AutoTokenizer.from_pretrained(folder)


def mark(folder: Path, cell: Cell) -> Row:
    """The tokens around the target, which stands in brackets and once more behind the sentence, and where it stands."""
    tokenizer, (text, start, end) = _tokenizer(folder), cell

    def tokens(part: str) -> list[int]:
        return tokenizer(part, add_special_tokens=False)["input_ids"]

    first, last = tokenizer.cls_token_id, tokenizer.sep_token_id
    left, target, right = tokens(text[:start]), tokens(text[start:end])[: LONGEST // 4], tokens(text[end:])
    room = LONGEST - 6 - 2 * len(target)
    before = min(len(left), max(room // 2, room - len(right)))
    left, right = left[len(left) - before :], right[: room - before]
    row = [first, *left, *tokens("["), *target, *tokens("]"), *right, last, last, *target, last]
    spots = np.zeros(len(row), dtype=np.float32)
    spots[2 + len(left) : 2 + len(left) + len(target)] = spots[len(row) - 1 - len(target) : -1] = 0.5 / len(target)
    return np.array(row), spots


def read(network: Teacher, rows: list[Row]) -> torch.Tensor:
    longest = max(len(tokens) for tokens, _ in rows)
    ids = np.full((len(rows), longest), network.body.config.pad_token_id)
    mask, spots = np.zeros((len(rows), longest), np.int64), np.zeros((len(rows), longest), np.float32)
    for at, (tokens, places) in enumerate(rows):
        ids[at, : len(tokens)], mask[at, : len(tokens)], spots[at, : len(tokens)] = tokens, 1, places
    return network(*(torch.from_numpy(rectangle) for rectangle in (ids, mask, spots)))


def misfit(found: torch.Tensor, answers: torch.Tensor) -> torch.Tensor:
    return functional.cross_entropy(found, answers, label_smoothing=SMOOTHING)


def learn(data: Data, folder: Path, work: Path) -> None:
    """Train the teacher, unless the work folder has it."""
    if (out := work / "teacher.pt").exists():
        return
    torch.manual_seed(0)
    network, rng, kept = Teacher(folder), np.random.default_rng(0), work / "teacher.checkpoint"
    cells, answers = lessons(data), data.learnt["answer"].to_numpy()
    rows = {kind: [mark(folder, cell) for cell in cells[kind]] for kind in SHARES}
    epochs = [make_batches(draw(rows, SHARES, rng)[0], answers, rng=rng) for _ in range(PASSES)]
    keep(train(network, epochs, kept, read=read, misfit=misfit, rate=RATE, slowness=SLOWNESS), out, kept)


def lessons(data: Data) -> dict[str, list[Cell]]:
    """The sentences that teach, and those of the development part, on which the teacher is measured; in both kinds."""
    parts = {"": data.learnt, "others_": others(data), "dev_": data.dev}
    return {f"{part}{kind.__name__}": kind(rows) for part, rows in parts.items() for kind in (shown, renamed)}


def ask(data: Data, folder: Path, work: Path, kind: str) -> None:
    """Keep what the teacher thinks, as logits, of each sentence of one kind of `lessons`."""
    if (out := work / f"taught_{kind}.npy").exists():
        return
    network = Teacher(folder)
    network.load_state_dict(torch.load(work / "teacher.pt"))
    network.eval()
    found = predict(lambda rows: read(network, rows), [mark(folder, cell) for cell in lessons(data)[kind]])
    np.save(half := work / f"half_{kind}.npy", found)
    half.replace(out)


def figures(data: Data, work: Path) -> dict[str, float]:
    """How good the teacher is on the development part, which chose nothing of it."""
    found = {name: np.load(work / f"taught_{name}.npy").argmax(axis=1) for name in ("dev_shown", "dev_renamed")}
    return {name: round(f1_score(data.dev["answer"], one, average="macro"), 4) for name, one in found.items()}
