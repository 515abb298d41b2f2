"""How many sentences a second does the shipped file read, and how many the same network in torch? Printed as JSON.

    python training/speed.py --gold FOLDER --weights model.safetensors

Torch reads in 32 bits, in batches of 32 sentences of about the same length, on all cores; the file as the package runs
it, one sentence a run on as many threads. Both read the same 2,000 mentions of NewsMTSC in the same run, in turns,
twice; marking the tokens is outside torch's clock and inside the file's. To be run on an idle machine: beside other
work torch's threads, which share each batch, lose more than the file's, and the file seems half as fast again.
"""

import argparse
import json
from pathlib import Path
from time import perf_counter

import numpy as np
import torch
from lessons import fill, read_targets, shown
from network import Network

from analysis.compare.tone import encoder

SENTENCES, BATCH = 2_000, 32


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, required=True, help="folder with newsmtsc.train (Parquet)")
    parser.add_argument("--weights", type=Path, required=True, help="model.safetensors of all-MiniLM-L6-v2")
    options = parser.parse_args()
    cells = shown(read_targets(options.gold, "train")[:SENTENCES])
    rows = sorted((encoder.mark_target(*cell) for cell in cells), key=lambda row: len(row[0]))
    batches = [fill(rows[at : at + BATCH]) for at in range(0, SENTENCES, BATCH)]
    network = Network(options.weights).eval()
    started = perf_counter()
    encoder.score_texts(["It is read once."])
    seconds = {"torch": [], "file": [], "loading the file": [perf_counter() - started]}
    for _ in range(2):
        started = perf_counter()
        encoder.score_mentions(*zip(*cells, strict=True))
        seconds["file"].append(perf_counter() - started)
        started = perf_counter()
        with torch.no_grad():
            for batch in batches:
                network(*batch, rated=False)
        seconds["torch"].append(perf_counter() - started)
    speeds = {name: round(SENTENCES / np.mean(seconds[name]), 1) for name in ("torch", "file")}
    found = {"sentences_a_second": speeds, "times_as_fast": round(speeds["file"] / speeds["torch"], 2)}
    print(json.dumps(found | {"seconds_to_load": round(seconds["loading the file"][0], 2)}, indent=2))


if __name__ == "__main__":
    main()
