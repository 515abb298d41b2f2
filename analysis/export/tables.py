"""Make the tables of a corpus, and write them."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from ..compare.tone.scores import gather_scores
from ..corpus.events.of_article import ALL, takes_all
from ..corpus.partitions import Progress
from ..corpus.reading.articles import read_articles
from ..tables import InputError, quoted
from .estimate import check_named, tell
from .folders import new_folder, write_manifest
from .formats import DEFAULT, Writer, list_formats
from .given import CORPUS, OF_ARTICLE, give, give_options
from .once import ONCE, check_duplicates
from .partitions import write_partitions
from .ready import Ready, describe_source, find_ready
from .recipe import TABLES, list_steps, run_steps
from .selection import (
    choose_articles,
    describe_found,
    keep_chosen,
    list_options,
    list_outlets,
    read_corpus,
)
from .unfinished import Unfinished


def make_tables(
    corpus: str | os.PathLike | pd.DataFrame,
    *,
    event: str | None = None,
    outlets: str | Sequence[str] | None = None,
    model: str = "tone",
    duplicates: str = ONCE,
    columns: Mapping[str, str] | None = None,
    only: Iterable[str] | None = None,
    tables: str | os.PathLike | None = None,
) -> dict[str, pd.DataFrame]:
    """Which tables does this corpus give?

    `corpus` is a path, or the articles already read. The tables are those that `parallax tables` writes, by name, each
    made from the same articles, artefacts and voices by the one recipe that the report and the notebooks use too; what
    a table holds is in the README's codebook, and what its numbers mean in the docstring of the verb that makes it.
    `only` names some of them, and nothing is made that they don't need; "corpus" among them is all articles that were
    read, without their texts. `event` is the name of one, or "largest": that with the most articles, of those that two
    or more outlets tell, if there are any; without it all events are looked at. Events that the corpus does not name
    are found (`find_events`), and "all" says that all articles are one. `model` is that of `score_sentiment`, by its
    name. Of articles that repeat each other in an outlet one is taken, and the table `duplicates` lists the others
    (`find_duplicates`); `duplicates="keep"` takes them all. `columns` is that of `read_articles`.

    `tables` is a folder that `write_tables` made of the same files and outlets: what it holds is read, not made again.
    A folder made of anything else is passed over with a warning.

    Raises:
        InputError: for an event, an outlet, a model, a table or a value of `duplicates` that is not known

    Example:
        >>> made = make_tables("seeds", only=["voices"])
        >>> made["voices"].query("voice == 'quote'")[["outlet", "words"]].head(2)
          outlet  words
        2      A     53
        5      B     84
    """
    check_named(model)
    check_duplicates(duplicates)
    wanted = list(TABLES) if only is None else [only] if isinstance(only, str) else list(only)
    for name in wanted:
        if name not in TABLES and name != CORPUS:
            raise InputError(f"only names the table {name!r}; there are {quoted([*TABLES, CORPUS])}")
    outlets = list_outlets(outlets)
    options = {"event": event, "outlets": outlets, "model": model}
    ready = find_ready(tables, corpus, duplicates=duplicates, columns=columns, **options)
    given = _read_ready(ready, corpus, wanted, **options) if ready.tables else {}
    if not given:
        read = corpus if isinstance(corpus, pd.DataFrame) else read_articles(corpus, columns=columns)
        given = give(read, corpus, duplicates=duplicates, **options) | {"scoring": {"known": ready.scores}}
    if not {"targets", "target_summary"}.intersection(wanted):
        given["mentions"] = None  # no sentence is read for whom it mentions
    made = run_steps(wanted, given)
    return {name: made[name] for name in wanted}


def write_tables(
    corpus: str | os.PathLike | pd.DataFrame,
    *,
    out: str | os.PathLike = "tables",
    event: str | None = None,
    outlets: str | Sequence[str] | None = None,
    model: str = "tone",
    duplicates: str = ONCE,
    formats: str | Sequence[str] = DEFAULT,
    columns: Mapping[str, str] | None = None,
    partitions: int | None = None,
    executor: object | None = None,
    progress: Progress | None = None,
    announce: Callable[[str], object] | None = None,
) -> Path:
    """Write the tables of a corpus (a path, or the articles already read) to the folder `out` and return its path.

    All events are written, and articles of no known event too, unless `event` names one. Events that the corpus does
    not name are found (`find_events`), and `announce` and the manifest say so. What is found over the whole corpus, as
    are lines that a site repeats, is found before `event` and `outlets` choose from it.

    The Parquet files are exact. The CSV files are for a spreadsheet: a cell that would start a formula gets a leading
    apostrophe, control characters are left out, and a cell too long for Excel is cut and says so. `formats` may name
    xlsx (Excel), sav (SPSS, with the package pyreadstat) and dta (Stata) besides; `codebook.csv` says what each column
    means, and is what labels their variables. What a form can't hold stands in the table `problems`. The folder is
    complete or not there at all, and an earlier one is replaced. Scores of tone that were read when the work was
    stopped are kept beside it, and the same call goes on from there.

    `model` is that of `score_sentiment`, by its name, `duplicates` that of `make_tables`, `columns` that of
    `read_articles`. `announce` is told how long tone will take, where that is minutes, once the first sentences are
    read.

    With `partitions` the corpus is worked through in so many parts, and what has a row per article, span or passage is
    a folder of Parquet files, part-0.parquet and so on, with the same rows (see `write_partitions`); but events that
    the corpus does not name are not found there.

    Raises:
        InputError: for an event, an outlet, a model or a value of `duplicates` that is not known, a corpus that can't
            be read, or where anything else than an earlier folder of tables stands in the place of `out`
    """
    outlets = list_outlets(outlets)
    asked = {"event": event, "outlets": outlets, "model": model, "duplicates": duplicates}
    if partitions is not None:
        where = {"out": out, "partitions": partitions, "executor": executor, "progress": progress, "announce": announce}
        return write_partitions(corpus, columns=columns, formats=formats, **where, **asked)
    check_named(model)
    check_duplicates(duplicates)
    formats = list_formats(formats)
    name = corpus if not isinstance(corpus, pd.DataFrame) else "articles"
    read = read_corpus(corpus, out=out, columns=columns)
    given = give(read, corpus, **asked)
    found = describe_found(read, given["read"])
    tell(announce, found)
    with new_folder(out, kind="tables") as folder, Unfinished(out) as unfinished:
        _write_all(given | {"scoring": unfinished.go_on(announce)}, folder, formats, progress)
        source = describe_source(corpus, columns=columns, **asked)
        options = list_options(name, **asked, formats=formats, columns=columns)
        write_manifest(folder, kind="tables", options=options, selection=found, made_from=source)
    return Path(out).resolve()


def _write_all(given: dict[str, object], folder: Path, formats: tuple[str, ...], progress: Progress | None) -> None:
    """Make all tables, and write each as soon as it is made."""
    with Writer(folder, formats) as writer:

        def finish(name: str, table: object) -> None:
            if name in TABLES:
                writer.write(name, table)

        for name, table in given.items():
            finish(name, table)
        run_steps(TABLES, given, progress=progress, finish=finish)


def _read_ready(ready: Ready, corpus: object, wanted: list[str], *, event, outlets, model) -> dict[str, object]:
    """Of the tables that lie ready those that lead to the ones wanted; nothing where the articles must be read anew."""
    held = [name for name in (CORPUS, "articles") if name in ready.tables]
    if not held:
        return {}
    everything = pd.read_parquet(ready.tables[held[0]], columns=["article", "outlet", "event"])
    if event == ALL and not takes_all(everything, event):  # they are of the events that were found
        return {}
    chosen = choose_articles(everything, event=event, outlets=outlets)
    usable = [name for name in ready.tables if chosen is None or name in (*OF_ARTICLE, CORPUS, "problems")]
    steps = list_steps(wanted, usable)
    needed = {*wanted, *(name for step in steps for name in step.inputs)}
    if "read" in needed or "lines" in needed:
        return {}
    given = {name: pd.read_parquet(ready.tables[name]) for name in usable if name in needed}
    given = {name: keep_chosen(table, chosen) if name in OF_ARTICLE else table for name, table in given.items()}
    given |= {"chosen": chosen, **give_options(corpus, model)}
    if "scores" in needed and model == "tone":
        scored = [pd.read_parquet(ready.tables[name]) for name in ("sentiment", "targets") if name in ready.tables]
        given["scoring"] = {"known": gather_scores(*(keep_chosen(table, chosen) for table in scored))}
    return given
