"""Work through a corpus one partition at a time: first small sums over all of it, then a table from each partition.

A partition is one Parquet file. What is finished is kept: each table is written beside its place and moved into it
whole, so that whoever is stopped half-way goes on from there.
"""

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

Progress = Callable[[str, int, int], None]


class Piece(NamedTuple):
    """One of the pieces of a Parquet file that was written in pieces, which can be read apart."""

    path: Path
    number: int


def map_partitions(
    step: Callable,
    parts: Sequence[tuple],
    out: Path,
    *,
    beside: tuple = (),
    executor: object | None = None,
    progress: Progress | None = None,
) -> list[Path]:
    """Write what `step` makes of each part to `out` as part-0.parquet, part-1.parquet …, and return their paths.

    A part is a tuple of arguments; where one is a path (or a `Piece`), the step is given the table it holds. The
    arguments `beside`, sums over the whole corpus, follow and are the same for every part. A step returns a table, or a
    list of tables with the same columns, which become the pieces of one file. A part whose file is there already is
    passed over. `executor` is anything with a `map` (of `concurrent.futures`, a pool, what `open_cluster` yields, the
    client of a Dask cluster that sees the same files); by default the parts are made here, one after the other.
    `progress` is told the name of `out`, how many parts are done, and of how many.
    """
    out.mkdir(parents=True, exist_ok=True)
    for left in out.glob(".part-*"):  # of a run that was killed
        left.unlink(missing_ok=True)
    targets = name_parts(out, len(parts))
    waiting = [place for place, target in enumerate(targets) if not target.exists()]
    done = len(parts) - len(waiting)
    finish = partial(_finish, step, beside)
    if executor is None:
        made: Iterable = map(finish, (parts[place] for place in waiting), (targets[place] for place in waiting))
    else:
        made = executor.map(finish, [parts[place] for place in waiting], [targets[place] for place in waiting])
        if hasattr(executor, "gather"):  # a Dask client returns futures
            made = (future.result() for future in made)
    if progress and done:
        progress(out.name, done, len(parts))
    for number, _ in enumerate(made, done + 1):
        if progress:
            progress(out.name, number, len(parts))
    return targets


def sum_partitions(
    step: Callable, parts: Sequence[tuple], out: Path, *, combine: Callable[[Iterator[pd.DataFrame]], object], **options
):
    """What `combine` makes of the small tables that `step` makes of each part; see `map_partitions`.

    `combine` is given the tables one by one, in the order of the parts.
    """
    return combine(map(read_table, map_partitions(step, parts, out, **options)))


def name_parts(folder: Path, count: int) -> list[Path]:
    """The files of so many partitions, in an order that is also that of their names."""
    width = len(str(max(count - 1, 0)))
    return [folder / f"part-{number:0{width}}.parquet" for number in range(count)]


def read_table(place: Path | Piece, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """The table that a file, or a piece of it, holds."""
    columns = None if columns is None else list(columns)
    if isinstance(place, Piece):
        with pq.ParquetFile(place.path) as file:
            return file.read_row_group(place.number, columns=columns).to_pandas()
    return pd.read_parquet(place, columns=columns)


def read_tables(places: Iterable[Path | Piece], columns: Sequence[str] | None = None) -> pd.DataFrame:
    """The tables of several files, or pieces, one below the other."""
    return pd.concat([read_table(place, columns) for place in places], ignore_index=True)


def write_whole(table: pd.DataFrame | list[pd.DataFrame], path: Path) -> None:
    """Write a table, or several as pieces of one file, so that no reader meets half of it."""
    beside = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        if isinstance(table, list):
            pieces = [pa.Table.from_pandas(piece, preserve_index=False) for piece in table]
            with pq.ParquetWriter(beside, pieces[0].schema) as writer:
                for piece in pieces:
                    writer.write_table(piece, row_group_size=max(len(piece), 1))
        else:
            table.to_parquet(beside, index=False)
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def _finish(step: Callable, beside: tuple, part: tuple, target: Path) -> None:
    arguments = [read_table(place) if isinstance(place, (Path, Piece)) else place for place in part]
    write_whole(step(*arguments, *beside), target)
