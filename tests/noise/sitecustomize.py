"""The encoder as on another processor: with this folder on PYTHONPATH, Python moves whatever it returns by a little.

NOISE is the most that a score is moved by, DRAW which of many moves. A move is a fixed function of draw, sentence and
target, as a processor's is: not of the order in which they are read.
"""

import hashlib
import importlib.abc
import importlib.machinery
import os
import sys


def move(text: str, start: int, end: int, size: int, *, most: float, draw: int):
    """So many numbers from -most to most, the same for the same draw, text and target."""
    import numpy as np

    key = f"{draw} {start} {end} {text}".encode("utf-8", "surrogatepass")
    seed = int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "big")
    return np.random.default_rng(seed).uniform(-most, most, size)


def make_noisy(encoder, *, most: float, draw: int):
    """The two functions of the encoder's module, moved by noise."""
    import numpy as np

    score_texts, score_mentions = encoder.score_texts, encoder.score_mentions

    def noisy_texts(texts):
        moves = [move(text, -1, -1, 1, most=most, draw=draw)[0] for text in texts]
        return np.clip(score_texts(texts) + np.array(moves), -1, 1)

    def noisy_mentions(texts, starts, ends):
        rows = zip(texts, starts, ends, strict=True)
        # Of three probabilities two move and the third makes up for it, so that they add up to 1.
        moves = np.array([move(*row, 2, most=most / 2, draw=draw) for row in rows]).reshape(-1, 2)
        moved = score_mentions(texts, starts, ends) + np.column_stack([moves, -moves.sum(axis=1)])
        moved = np.maximum(moved, 0)
        return moved / moved.sum(axis=1, keepdims=True)

    return noisy_texts, noisy_mentions


class Finder(importlib.abc.MetaPathFinder):
    """Moves the encoder once somebody imports it: earlier, pandas would settle how wide it shows a table."""

    def find_spec(self, name, path, target=None):
        if name != "analysis.compare.tone.encoder":
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        run = spec.loader.exec_module

        def exec_module(module):
            run(module)
            noise = {"most": float(os.environ["NOISE"]), "draw": int(os.environ.get("DRAW", "1"))}
            module.score_texts, module.score_mentions = make_noisy(module, **noise)

        spec.loader.exec_module = exec_module
        return spec


if "NOISE" in os.environ:
    sys.meta_path.insert(0, Finder())
