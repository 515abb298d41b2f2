"""Add up the voices of partitions."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from ..tables import by_columns
from .voices import sum_words


def sum_voices(tables: Iterator[pd.DataFrame], *, by: str | Sequence[str] = "outlet") -> pd.DataFrame:
    """The rows of `tabulate_voices` for a corpus from those of its partitions, which share no article."""
    rows = pd.concat(list(tables), ignore_index=True)
    table, places = sum_words(rows, by_columns(by))
    table["articles"] = np.bincount(places, weights=rows["articles"], minlength=len(table)).astype(np.int64)
    return table
