"""Add up the voices of partitions."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from ..tables import by_columns
from .voices import VOICES


def sum_voices(tables: Iterator[pd.DataFrame], *, by: str | Sequence[str] = "outlet") -> pd.DataFrame:
    """The rows of `tabulate_voices` for a corpus from those of its partitions, which share no article."""
    by = by_columns(by)
    rows = pd.concat(list(tables), ignore_index=True)
    present = [voice for voice in VOICES if (rows["voice"] == voice).any()]
    groups = rows.groupby(by, sort=True, dropna=False, observed=True).ngroup().to_numpy()
    _, first = np.unique(groups, return_index=True)
    keys = rows[by].iloc[first].reset_index(drop=True)
    table = keys.loc[keys.index.repeat(len(present))].reset_index(drop=True)
    table["voice"] = pd.Series(present * len(keys), dtype="str")
    places = groups * len(present) + rows["voice"].map({voice: i for i, voice in enumerate(present)}).to_numpy(int)
    for name in ("words", "articles"):
        table[name] = np.bincount(places, weights=rows[name], minlength=len(table)).astype(np.int64)
    table["share"] = table["words"] / np.repeat(np.bincount(groups, weights=rows["words"]), len(present))
    return table[[*by, "voice", "words", "share", "articles"]]
