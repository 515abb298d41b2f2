"""What a run that was stopped had finished, kept beside the folder that it was to write."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from ..compare.tone.scores import SCORES
from ..corpus.partitions import write_whole
from .estimate import estimate_tone, tell

UNFINISHED = ".unfinished"
KEPT_SCORES = "scores.parquet"


def work_beside(out: str | os.PathLike) -> Path:
    """The folder of unfinished work."""
    target = Path(os.path.realpath(out))
    return target.with_name(target.name + UNFINISHED)


def find_unfinished(out: str | os.PathLike) -> Path | None:
    """The folder that keeps what an earlier run finished; None if there is none."""
    work = work_beside(out)
    return work if work.is_dir() and any(work.iterdir()) else None


class Unfinished:
    """The scores of tone, which take most of the time, are kept until a run ends well.

    They are kept under the text and the network, so that another corpus or other options make nothing of them wrong.
    """

    def __init__(self, out: str | os.PathLike) -> None:
        self._file = work_beside(out) / KEPT_SCORES

    def __enter__(self) -> "Unfinished":
        return self

    def __exit__(self, error: type | None, *_: object) -> None:
        if error is None:
            self._file.unlink(missing_ok=True)
            with contextlib.suppress(OSError):  # none was needed, or it holds partitions of another run
                self._file.parent.rmdir()

    def go_on(self, announce: Callable[[str], object] | None) -> dict[str, object]:
        """The options of `score_once` that go on from what is kept, keep more, and say how long it takes."""
        known = pd.read_parquet(self._file) if self._file.exists() else pd.DataFrame(columns=list(SCORES))
        return {
            "known": known,
            "keep": self._keep,
            "announce": lambda count, seconds: tell(announce, estimate_tone(count, seconds)),
        }

    def _keep(self, scores: pd.DataFrame) -> None:
        self._file.parent.mkdir(exist_ok=True)
        write_whole(scores, self._file)
