"""Write the tables of a corpus that is too large to be held at once, and go on where an earlier run was stopped."""

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from ..corpus.events.of_article import ALL, are_events_named
from ..corpus.partitions import Progress, map_partitions, name_parts, read_tables, sum_partitions
from ..corpus.reading.split import count_partitions, hash_corpus, read_said, split_articles
from ..display import list_names
from ..tables import InputError, make_table
from ..voices.reuse.partitions import count_bits, reuse_partitions
from .codebook import CODEBOOK, make_codebook
from .estimate import check_named, estimate_tone, tell
from .folders import MAKER, MANIFEST, check_replaceable, new_folder, write_manifest
from .formats import DEFAULT, add_problems, list_formats, write_table
from .given import give_options
from .once import ONCE, check_duplicates, list_changes, take_once
from .ready import describe_source, hash_code
from .recipe import PARTED, TABLES, Step, list_steps
from .selection import PAIR, check_outside, choose_articles, keep_chosen, list_options
from .spreadsheet import write_csv
from .unfinished import KEPT_SCORES, Unfinished, work_beside

_STATE = "partitions.json"
# Likeness is by words that are rare in the whole corpus, which no partition holds.
NOT_FOUND = (
    "The corpus names no events, and with partitions none are found: all articles are taken as one. A column 'event' "
    "names them; tables written without partitions hold those that are found, and 'all' as event says that it is one."
)


def write_partitions(
    corpus: str | os.PathLike | pd.DataFrame,
    *,
    out: str | os.PathLike,
    partitions: int,
    event: str | None = None,
    outlets: str | Sequence[str] | None = None,
    model: str = "tone",
    duplicates: str = ONCE,
    formats: str | Sequence[str] = DEFAULT,
    columns: Mapping[str, str] | None = None,
    executor: object | None = None,
    progress: Progress | None = None,
    announce: Callable[[str], object] | None = None,
) -> Path:
    """Write the tables of `write_tables`, those with a row per article or span as folders of Parquet files.

    What is finished is kept beside `out` in a folder with the ending `.unfinished`, which takes the place of `out` at
    the end: the same call goes on from there, one with another corpus or other options starts again. Events that the
    corpus does not name are not found, but all articles taken as one, and `announce` and the manifest say so.
    `executor` and `progress` are those of `map_partitions`, the others those of `write_tables`.
    """
    if isinstance(partitions, bool) or not isinstance(partitions, int) or partitions < 1:
        raise InputError(f"partitions is {partitions!r}, but must be a whole number from 1 on")
    check_named(model)
    check_duplicates(duplicates)
    formats = list_formats(formats)
    given = "articles"
    if not isinstance(corpus, pd.DataFrame):
        given = corpus
        check_outside(corpus, out)
    check_replaceable(out, kind="tables")
    asked = {"event": event, "outlets": outlets, "model": model, "duplicates": duplicates}
    options = list_options(given, **asked, columns=columns, formats=formats)
    options["partitions"] = count_partitions(corpus, partitions, columns=columns)
    state = {"made_by": MAKER, "code": hash_code(), "options": options, "content": hash_corpus(corpus)}
    options = options | {"content": _hash(state)}
    if _is_finished(Path(out), options):
        return Path(out).resolve()
    work = _open_work(out, state)
    folder, scratch = work / "tables", work / "scratch"
    parallel = {"executor": executor, "progress": progress}
    try:
        read = split_articles(corpus, scratch / "read", partitions=partitions, columns=columns, **parallel)
        files, repeats = take_once(read, scratch / "duplicates", duplicates, **parallel)
        chosen = _choose(files, event, outlets)
        said = _describe_events(files, event)
    except InputError:  # nothing to go on from
        _clear(work)
        raise
    tell(announce, said)
    tell(announce, _describe_formats(formats))
    rows = [(problem["source"], problem["problem"]) for problem in read_said(read, "problems")]
    given = give_options(corpus, model) | {"chosen": chosen, "problems": make_table(("source", "problem"), rows)}
    changes = list_changes(repeats, read_said(read, "corrections"), read_tables(files, ["article", *PAIR]))
    given |= {name: keep_chosen(table, chosen) for name, table in changes.items()}
    # Whoever works elsewhere can't tell us how long it takes, nor keep what is half done here.
    go_on = partial(_go_on, Unfinished(out), announce) if executor is None else None
    _write_all(files, given, folder, scratch, formats=formats, go_on=go_on, **parallel)
    source = describe_source(corpus, columns=columns, **asked)
    write_manifest(folder, kind="tables", options=options, selection=said, made_from=source)
    with new_folder(out, kind="tables") as fresh:
        fresh.rmdir()
        folder.rename(fresh)
    shutil.rmtree(work)
    return Path(out).resolve()


def _write_all(
    files: list[Path], given: dict[str, object], folder: Path, scratch: Path, *, formats, go_on, **options
) -> None:
    """Run the recipe: on each partition, on the small tables that partitions add up to, or on all of a table."""
    parts = {"read": files}
    small = {name: lambda value=value: value for name, value in given.items()}

    def run(step: Step) -> None:
        own = [parts[name] for name in step.inputs if name in PARTED]
        rest = [name for name in step.inputs if name not in PARTED]
        if step.table == "passages":
            parts["passages"], members = reuse_partitions(
                *own, folder / "passages", scratch=scratch / "reuse", **options
            )
            small["members"] = lambda: (members, count_bits(len(files)))
        elif step.table in PARTED:
            where = (folder if step.table in TABLES else scratch) / step.table
            beside = tuple(small[name]() for name in rest)
            parts[step.table] = map_partitions(step.make, list(zip(*own, strict=True)), where, beside=beside, **options)
        else:
            small[step.table] = cache(partial(_add_up, step, own, rest))

    def _add_up(step: Step, own: list[list[Path]], rest: list[str]) -> object:
        beside = tuple(small[name]() for name in rest)
        if step.whole:
            return step.make(*map(read_tables, own), *beside)
        if not own:
            return step.make(*beside)
        parts, place = list(zip(*own, strict=True)), scratch / step.table
        return sum_partitions(
            step.make, parts, place, combine=lambda tables: step.combine(tables, *beside), beside=beside, **options
        )

    for step in list_steps(TABLES, [*given, "read"]):
        if step.table == "scores" and go_on:
            small["scoring"] = partial(go_on, _count_waiting((parts["spans"], parts["mentions"]), scratch / "scores"))
        run(step)
    refused: list[dict] = []
    small["problems"] = lambda: add_problems(given["problems"], refused)  # the last of the tables
    for name in TABLES:
        if name not in PARTED:
            refused += _write_small(small[name], folder / name, scratch, formats)
            if progress := options["progress"]:
                progress(name, 1, 1)
    write_csv(make_codebook(), folder / CODEBOOK)


def _count_waiting(tables: Iterable[list[Path]], finished: Path) -> list[int]:
    """How many rows the tables have in each of the partitions that are not finished."""
    parts = zip(*tables, name_parts(finished, len(next(iter(tables)))), strict=True)
    return [sum(pq.read_metadata(file).num_rows for file in files) for *files, done in parts if not done.exists()]


def _go_on(unfinished: Unfinished, announce: Callable[[str], object] | None, rows: list[int]) -> dict[str, object]:
    """The options of `score_once` that go on in the partition where a run stopped, and say once how long all take."""
    options = unfinished.go_on(None)
    said = []

    def say(count: int, seconds: float) -> None:
        if not said:
            said.append(seconds)
            # As many rows of the others say the same as another as in the first, of which that is known.
            distinct = min(1, (count + len(options["known"])) / max(1, rows[0]))
            tell(announce, estimate_tone(count + distinct * sum(rows[1:]), seconds))

    return options | {"announce": say}


def _choose(files: list[Path], event: str | None, outlets: list[str] | None) -> set | None:
    if event is None and outlets is None:
        return None
    return choose_articles(read_tables(files, list(PAIR)), event=event, outlets=outlets)


def _describe_events(files: list[Path], event: str | None) -> str:
    """Say that events are not found in partitions, where the corpus names none and nobody said that it is one."""
    known = read_tables(files, ["event"]).drop_duplicates()
    return "" if event == ALL or are_events_named(known) else NOT_FOUND


def _write_small(make: Callable[[], pd.DataFrame], path: Path, scratch: Path, formats: Sequence[str]) -> list[dict]:
    """Write a table of the whole corpus in all forms, unless they are there; return what a form can't hold."""
    names = [f"{path.name}.{ending}" for ending in formats]
    if all((path.parent / name).exists() for name in names):
        return []
    problems = write_table(make(), scratch / path.name, formats)
    for name in names:
        if (scratch / name).exists():
            os.replace(scratch / name, path.parent / name)
    return problems


def _describe_formats(formats: Sequence[str]) -> str:
    """Say which tables are not in all the forms that were asked for; "" where that is what is usual."""
    more = list_names([name for name in formats if name not in DEFAULT])
    parted = list_names([name for name in TABLES if name in PARTED])
    return f"with partitions only tables of the whole corpus are written as {more}, not {parted}" if more else ""


def recall_partitions(
    corpus: str | os.PathLike,
    *,
    out: str | os.PathLike,
    duplicates: str = ONCE,
    formats: str | Sequence[str] = DEFAULT,
    columns: Mapping[str, str] | None = None,
    **asked: object,
) -> int | None:
    """How many partitions a run with these options that was stopped worked in; None if there is none."""
    earlier = _read_json(work_beside(out) / _STATE).get("options", {})
    partitions = earlier.pop("partitions", None)
    asked |= {"duplicates": duplicates, "formats": list_formats(formats), "columns": columns}
    return partitions if earlier == list_options(corpus, **asked) else None


def _open_work(out: str | os.PathLike, state: dict) -> Path:
    """The folder of unfinished work: that of an earlier run of the same corpus and options, or a new one."""
    work = work_beside(out)
    earlier = _read_json(work / _STATE)
    if earlier != state:
        # Scores are right for whatever corpus and options; a run without partitions leaves nothing else.
        others = [path for path in work.iterdir() if path.name != KEPT_SCORES] if work.is_dir() else []
        if (others or work.is_file()) and earlier.get("made_by") != MAKER:
            raise InputError(f"'{work}' exists and was not written by parallax; unfinished work needs that place")
        try:
            _clear(work)
            work.mkdir(parents=True, exist_ok=True)
            (work / "tables").mkdir()
            (work / "scratch").mkdir()
            (work / _STATE).write_text(json.dumps(state, indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            raise InputError(f"folder '{out}' can't be written: {error.strerror or error}") from error
    return work


def _clear(work: Path) -> None:
    """Remove the unfinished tables, and the folder unless it keeps scores."""
    for path in (work / "tables", work / "scratch"):
        shutil.rmtree(path, ignore_errors=True)
    (work / _STATE).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        work.rmdir()


def _hash(value: dict) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _is_finished(out: Path, options: dict) -> bool:
    manifest = _read_json(out / MANIFEST)
    return manifest.get("options") == options and all((out / name).is_file() for name in manifest["files"])


def _read_json(path: Path) -> dict:
    with contextlib.suppress(OSError, ValueError):
        found = json.loads(path.read_text(encoding="utf-8"))
        return found if isinstance(found, dict) else {}
    return {}
