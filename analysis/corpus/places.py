"""Where things stand in a whole corpus as one number each, and the steps of array code that go with such numbers."""

import numpy as np
import pandas as pd


def place(rows: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """One number for an article's position and an offset in its text, in the order of both."""
    return (rows.astype(np.int64) << 32) | offsets


def changes(values: np.ndarray) -> np.ndarray:
    """Where a value differs from the one before it; the first always does."""
    found = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=found[1:])
    return found


def expand(firsts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """first, first + 1, … for each first, as many as its size."""
    return np.arange(sizes.sum()) + np.repeat(firsts - (np.cumsum(sizes) - sizes), sizes)


def place_spans(spans: pd.DataFrame, articles: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Where spans start and end, as places in the whole corpus (see `place`), sorted; spans of other articles are left
    out."""
    rows = pd.Index(articles["article"]).get_indexer(spans["article"])
    here = rows >= 0
    starts, ends = (place(rows[here], spans[edge].to_numpy(dtype=np.int64)[here]) for edge in ("start", "end"))
    order = np.argsort(starts, kind="stable")
    return starts[order], ends[order]
