"""Write tables in the forms that were asked for, and say which form can't hold one."""

import importlib.util
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd

from ..tables import InputError, make_table, quoted
from .codebook import CODEBOOK, make_codebook
from .labelled import write_dta, write_sav
from .recipe import TABLES
from .spreadsheet import write_csv, write_parquet
from .workbooks import MOST_ROWS, write_workbook

# How each is written. Parquet always is: it is exact, and what tables are read back from.
_WRITERS = {
    "csv": write_csv,
    "parquet": write_parquet,
    "xlsx": write_workbook,
    "sav": write_sav,
    "dta": write_dta,
}
FORMATS = tuple(_WRITERS)
DEFAULT = ("csv", "parquet")


def list_formats(formats: str | Sequence[str]) -> tuple[str, ...]:
    """The forms that were asked for, and Parquet, each once in one order.

    Raises `InputError` for one that is not known, or needs a package that is not there.
    """
    names = formats.split(",") if isinstance(formats, str) else list(formats)
    names = {str(name).strip().lower() for name in names} | {"parquet"}
    if unknown := sorted(names - set(FORMATS)):
        raise InputError(f"formats names {quoted(unknown)}; there are {quoted(FORMATS)}")
    if "sav" in names and importlib.util.find_spec("pyreadstat") is None:
        raise InputError("the format sav needs the package pyreadstat: pip install 'parallax-news[formats]'")
    return tuple(name for name in FORMATS if name in names)


def write_table(table: pd.DataFrame, path: Path, formats: Sequence[str] = DEFAULT) -> list[dict]:
    """Write `table` to `path` with the ending of each form; what a form can't hold is not written there, but said."""
    problems = []
    for name in formats:
        target = path.with_name(f"{path.name}.{name}")
        if name == "xlsx" and len(table) >= MOST_ROWS:
            holds = f"'{target.name}' is not written: the table has {len(table):,} rows, and a sheet holds"
            problems.append({"source": target.name, "problem": f"{holds} {MOST_ROWS - 1:,}; the Parquet file has them"})
        else:
            _WRITERS[name](table, target)
    return problems


def write_each(tables: Mapping[str, pd.DataFrame], folder: Path, formats: Sequence[str] = DEFAULT) -> pd.DataFrame:
    """Write every table to `folder` under its name; return `problems` as they were written, those of writing too."""
    with Writer(folder, formats) as writer:
        for name, table in tables.items():
            writer.write(name, table)
    return writer.problems


def list_written(folder: Path, formats: Sequence[str]) -> dict[str, list[str]]:
    """In which forms each table lies in a folder."""
    return {table: [name for name in formats if (folder / f"{table}.{name}").exists()] for table in TABLES}


class Writer:
    """Writes tables to a folder, two at a time, while the next ones are made: writing leaves the interpreter free.

    All are written when the block ends, and what fails is raised then. Last come the table `problems`, with what a form
    could not hold, and the codebook.
    """

    def __init__(self, folder: Path, formats: Sequence[str] = DEFAULT) -> None:
        self._folder, self._formats = folder, formats
        self._pool, self._tasks = ThreadPoolExecutor(2), []
        self.problems: pd.DataFrame | None = None

    def __enter__(self) -> "Writer":
        return self

    def write(self, name: str, table: pd.DataFrame) -> None:
        """Write one table, in a while."""
        if name == "problems":
            self.problems = table
        else:
            self._tasks.append(self._pool.submit(write_table, table, self._folder / name, self._formats))

    def __exit__(self, error: type | None, *_: object) -> None:
        try:
            if error is None:
                refused = [problem for task in self._tasks for problem in task.result()]
                if self.problems is not None:
                    self.problems = add_problems(self.problems, refused)
                    write_table(self.problems, self._folder / "problems", self._formats)
                write_csv(make_codebook(), self._folder / CODEBOOK)
        finally:
            self._pool.shutdown(cancel_futures=True)


def add_problems(problems: pd.DataFrame, more: Sequence[dict]) -> pd.DataFrame:
    """The table of problems with some more."""
    rows = [(problem["source"], problem["problem"]) for problem in more]
    return pd.concat([problems, make_table(("source", "problem"), rows)], ignore_index=True) if rows else problems
