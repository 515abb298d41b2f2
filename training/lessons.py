"""What is learnt from: labelled sentences, the same with names hidden, and others named in them; in batches."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
import pandas as pd
import torch

from analysis import find_names
from analysis.compare.tone.encoder import Marked
from analysis.tables import ARTEFACTS, make_table
from analysis.validate.hidden_names import hide_names

BATCH = 32
FOLDS = 5
# One article in twelve trains nothing: the temperature is fitted on its sentences.
HELD = 12
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Hh]im)\b")

# A sentence, and where in it the target stands.
Cell = tuple[str, int, int]


class Batch(NamedTuple):
    """Rows of about the same length; `answers` holds what is known of each, as one tensor or more."""

    rows: list
    answers: tuple[torch.Tensor, ...]


def make_batches(rows: Sequence, *answers: np.ndarray, rng: np.random.Generator) -> list[Batch]:
    """All rows once, in batches of about the same length. The first part of a row is its tokens."""
    order, batches = rng.permutation(len(rows)), []
    for first in range(0, len(order), BATCH * 20):
        part = sorted(order[first : first + BATCH * 20].tolist(), key=lambda at: (len(rows[at][0]), at))
        batches += [part[at : at + BATCH] for at in range(0, len(part), BATCH)]
    known = [torch.tensor(values) for values in answers]
    return [
        Batch([rows[at] for at in batches[number]], tuple(values[batches[number]] for values in known))
        for number in rng.permutation(len(batches))
    ]


def draw(rows: dict[str, list], shares: dict[str, float], rng: np.random.Generator) -> tuple[list, np.ndarray]:
    """Each row once, as one of the kinds in `shares`; and which of them, by its place there."""
    kinds = [rows[kind] for kind in shares]
    chosen = rng.choice(len(kinds), size=len(kinds[0]), p=list(shares.values()))
    return [kinds[kind][at] for at, kind in enumerate(chosen)], chosen


def fill(rows: list[Marked]) -> list[torch.Tensor]:
    """The rows as rectangles: tokens, segments, mask, spots."""
    longest = max(len(tokens) for tokens, _, _ in rows)
    filled = [np.zeros((len(rows), longest), kind) for kind in (np.int64, np.int64, bool, np.float32)]
    for at, (tokens, segments, spots) in enumerate(rows):
        for rectangle, values in zip(filled, (tokens, segments, True, spots), strict=True):
            rectangle[at, : len(tokens)] = values
    return [torch.from_numpy(rectangle) for rectangle in filled]


def predict(read: Callable[[list], torch.Tensor], rows: Sequence) -> np.ndarray:
    """What a network says of each row, from `read`, which gives it a batch."""
    found: dict[int, np.ndarray] = {}
    order = sorted(range(len(rows)), key=lambda at: (len(rows[at][0]), at))
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for first in range(0, len(order), 2 * BATCH):
            part = order[first : first + 2 * BATCH]
            found |= zip(part, read([rows[at] for at in part]).numpy(), strict=True)
    return np.stack([found[at] for at in range(len(rows))])


class Data:
    """The tables, and which of their rows teach, fit the temperature or judge."""

    def __init__(self, gold: Path) -> None:
        rows = read_targets(gold, "train")
        held = np.array([crc32(name.encode()) % HELD == 0 for name in rows["article"]])
        self.learnt, self.held = (rows[part].reset_index(drop=True) for part in (~held, held))
        self.dev = pd.concat([read_targets(gold, f"dev_{part}") for part in ("mt", "rw")], ignore_index=True)
        self.editorials = pd.read_parquet(gold / "nyt_editorials.parquet")
        self.folds = np.array([crc32(f"{name}".encode()) % FOLDS for name in self.editorials["article"]])


def read_targets(gold: Path, name: str) -> pd.DataFrame:
    """A part of NewsMTSC, with its articles, the classes from 0 to 2, and where the target starts and ends."""
    rows = pd.read_parquet(gold / f"newsmtsc.{name}.parquet").rename(columns={"from": "start", "to": "end"})
    return rows.assign(article=rows["id"].str.split("_").str[:3].str.join("_"), answer=rows["polarity"] + 1)


def shown(rows: pd.DataFrame) -> list[Cell]:
    return list(zip(rows["sentence"], rows["start"].tolist(), rows["end"].tolist(), strict=True))


def renamed(rows: pd.DataFrame) -> list[Cell]:
    """The same with every person and organisation renamed, the target to one name and all others to another.

    As in `hide_names` a target that is *he* or *she* stays, and one that is a place is renamed too.
    """
    names = _find_names(rows["sentence"])
    articles = [f"{at:06d}" for at in range(len(rows))]
    kinds = ["pronoun" if _PRONOUN.fullmatch(text[start:end]) else "name" for text, start, end in shown(rows)]
    places = {"article": articles, "entity": articles, "mention": kinds, "text": rows["sentence"]}
    places |= {name: rows[name] for name in ("start", "end")}
    places |= {f"target_{name}": rows[name] for name in ("start", "end")}
    hidden = hide_names(pd.DataFrame(places), names, [])
    return list(zip(hidden["text"], hidden["target_start"].tolist(), hidden["target_end"].tolist(), strict=True))


def others(data: Data) -> pd.DataFrame:
    """Whoever else is mentioned in the sentences that teach, and in the editorials: nobody has labelled those.

    By name, and by the first pronoun for one person: sentence, start and end, as in the labelled rows.
    """
    cells = []
    for sentences, labelled in ((data.learnt["sentence"], shown(data.learnt)), (data.editorials["text"], [])):
        taken: dict[str, list[tuple[int, int]]] = {}
        for text, start, end in labelled:
            taken.setdefault(text, []).append((start, end))
        texts = sentences.drop_duplicates().reset_index(drop=True)
        names = _find_names(texts)
        found = [(int(article), *place) for article, *place in names[["article", "start", "end"]].values.tolist()]
        found += [(at, *match.span()) for at, text in enumerate(texts) if (match := _PRONOUN.search(text))]
        for at, start, end in sorted(found):
            text = texts[at]
            if not any(start < until and since < end for since, until in taken.get(text, ())):
                cells.append((text, start, end))
    return pd.DataFrame(cells, columns=["sentence", "start", "end"])


def _find_names(sentences: pd.Series) -> pd.DataFrame:
    """Names in sentences, each of which is an article by its number."""
    articles = pd.DataFrame({"article": [f"{at:06d}" for at in range(len(sentences))], "text": sentences.to_numpy()})
    return find_names(articles.assign(outlet="", event=""), artefacts=make_table(ARTEFACTS, []))
