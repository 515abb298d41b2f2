"""Run a step on blocks of articles, on all cores where there is enough text to be worth it."""

import gc
import multiprocessing
import threading
from collections.abc import Callable, Iterable, Iterator

import numpy as np
import pandas as pd

# Characters of text in a block: a second or two of work, so that the cores end together, and a few MB to send.
BLOCK = 4_000_000
# Starting the workers and importing the package there takes two to three seconds, as long as the fastest step needs
# for this much text; so notebooks, reports and tests start none.
ENOUGH = 20_000_000

Step = Callable[..., pd.DataFrame]


def map_articles(
    step: Step,
    articles: pd.DataFrame,
    *tables: pd.DataFrame,
    enough: int | None = None,
    survey: Callable[[], object] | None = None,
) -> pd.DataFrame:
    """The table that `step(articles, *tables)` makes, article by article and in their order, made on several cores.

    `step` must be importable and look at no two articles together. `tables` have a column `article`; each block of
    articles comes with the rows that are its own, in the order given. joblib's own settings decide where blocks are
    run (`joblib.parallel_config(n_jobs=1)`, `backend="dask"`); by default on all cores, once there are 20 million
    characters of text (`enough`, more for a step that is quicker), but never from within a worker or a thread. Where
    they are run changes no byte of the result. Without tables `articles` may be any rows with a `text`. A step that
    must know something of all articles together is given what `survey` finds, as its last argument; workers start
    meanwhile.
    """
    sizes = articles["text"].fillna("").str.len().to_numpy(dtype=np.int64)
    if sizes.sum() < (enough or ENOUGH) or len(sizes) == 1:
        return step(articles, *tables, *_ask(survey))
    import joblib

    # Without memory maps: what a step gets is its own, here as in a worker. A block is enough for one call: what begins
    # a worker takes no time, from which joblib would conclude that many fit.
    parallel = joblib.Parallel(n_jobs=count_jobs(), max_nbytes=None, batch_size=1, pre_dispatch="4*n_jobs")

    def calls() -> Iterator[tuple]:
        if survey:  # joblib asks for the next call when the one before has gone to a worker that begins
            yield from [joblib.delayed(_begin)(step)] * parallel.n_jobs
        surveyed = _ask(survey)
        yield from (joblib.delayed(_run)(step, *block, *surveyed) for block in _blocks(sizes, articles, *tables))

    found = (table for table in parallel(calls()) if table is not None)
    return pd.concat(found, ignore_index=True)


def map_blocks(step: Callable, blocks: Iterable[tuple], *, enough: bool) -> Iterator:
    """What `step(*block)` makes of each, in their order: on several cores, as `map_articles`, if they are `enough`."""
    if not enough:
        return (step(*block) for block in blocks)
    import joblib

    parallel = joblib.Parallel(n_jobs=count_jobs(), max_nbytes=None, batch_size=1, return_as="generator")
    return parallel(joblib.delayed(_run)(step, *block) for block in blocks)


def _ask(survey: Callable[[], object] | None) -> list[object]:
    return [survey()] if survey else []


def _begin(step: Step) -> None:
    """What a worker is sent first: all it costs is the import of the step's modules."""


def _run(step: Step, *block: object) -> pd.DataFrame:
    """The step on one block, while no garbage is looked for: it would be sought among a million tuples again and again,
    which takes one second of twenty, and none of the steps leaves any."""
    looks = gc.isenabled()
    gc.disable()
    try:
        return step(*block)
    finally:
        if looks:
            gc.enable()


def count_jobs() -> int:
    """How many may work at once: what joblib was told, else one for each core, but only one within a worker."""
    from joblib.parallel import get_active_backend

    backend, told = get_active_backend()
    if told is None:
        thread = threading.current_thread() is not threading.main_thread()
        within = thread or backend.nesting_level or multiprocessing.parent_process() is not None
        told = 1 if within else -1
    return backend.effective_n_jobs(told)


def _blocks(sizes: np.ndarray, articles: pd.DataFrame, *tables: pd.DataFrame) -> Iterator[tuple[pd.DataFrame, ...]]:
    """The articles in blocks of about `BLOCK` characters, and of each table the rows that belong to them."""
    block_of = (np.cumsum(sizes) - sizes) // BLOCK
    edges = np.flatnonzero(np.diff(block_of, prepend=-1, append=block_of[-1] + 1))
    sorted_rows = []
    for table in tables:
        places = pd.Index(articles["article"]).get_indexer(table["article"])
        rows = np.flatnonzero(places >= 0)
        rows = rows[np.argsort(places[rows], kind="stable")]
        sorted_rows.append((rows, np.searchsorted(places[rows], edges)))
    for at, (start, end) in enumerate(zip(edges, edges[1:], strict=False)):
        # `take` copies: a slice would be sent with all that it is cut from.
        own = (table.take(rows[cut[at] : cut[at + 1]]) for table, (rows, cut) in zip(tables, sorted_rows, strict=True))
        yield articles.take(np.arange(start, end)), *own
