"""The command `parallax`: report, tables, check, validate. Nothing heavy is loaded before the arguments are read."""

import argparse
import contextlib
import json
import os
import signal
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

from .arguments import make_parser
from .export.stopping import stop_on_signals

LONG_STEP = 5  # seconds from which on a step is announced
READ_ALL, FAILED, NOT_ALL_READ, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (those of the process by default) and return its exit code."""
    runs = {"report": run_report, "tables": run_tables, "check": run_check, "validate": run_validate}
    options = make_parser(runs).parse_args(arguments)
    with stop_on_signals() as handlers:
        code = _run(options)
        if code == INTERRUPTED and arguments is None:
            handlers.update(dict.fromkeys(handlers, signal.SIG_IGN))  # only leaving the process is left
    return code


def _run(options: argparse.Namespace) -> int:
    try:
        return options.run(options)
    except KeyboardInterrupt:
        print("parallax: stopped; nothing was written", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # `parallax check … | head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READ_ALL
    except Exception as error:
        from .display import one_line
        from .tables import InputError

        if isinstance(error, InputError):
            print(f"parallax: {one_line(error)}", file=sys.stderr)
            _list_problems([problem["problem"] for problem in error.problems[1:]])
            return NOT_ALL_READ
        if os.environ.get("PARALLAX_DEBUG") == "1":
            raise
        print(
            f"parallax: failed with {type(error).__name__}: {one_line(error)}; PARALLAX_DEBUG=1 shows where",
            file=sys.stderr,
        )
        return FAILED


def run_report(options: argparse.Namespace) -> int:
    """`parallax report`."""
    from .export.folders import MANIFEST
    from .present.report.report import write_report

    page = _write(write_report, options, **_chosen(options))
    if page is None:
        return INTERRUPTED
    manifest = json.loads((page.parent / MANIFEST).read_text(encoding="utf-8"))
    if manifest["selection"]:
        print(manifest["selection"])
    print(f"Report: {page}")
    code = _list_unread(page.parent / "tables")
    _list_problems(manifest["failures"])
    return FAILED if manifest["failures"] else code


def run_tables(options: argparse.Namespace) -> int:
    """`parallax tables`."""
    from .export.cluster import open_cluster
    from .export.tables import write_tables

    chosen = _chosen(options) | {"partitions": options.partitions}
    with contextlib.ExitStack() as stack:
        if options.workers is not None or options.scheduler is not None:
            told = {name: getattr(options, name) for name in ("out", "scheduler", "workers")}
            chosen["executor"] = cluster = stack.enter_context(open_cluster(options.corpus, **told))
            if options.partitions is None:
                chosen["partitions"] = cluster.count_partitions(options.corpus, **_chosen(options))
        folder = _write(write_tables, options, **chosen)
    if folder is None:
        return INTERRUPTED
    print(f"Tables: {folder}")
    return _list_unread(folder)


def _write(write: Callable[..., Path], options: argparse.Namespace, **chosen: object) -> Path | None:
    """Write a report or tables with a bar of progress; None if Ctrl-C stopped it with something to go on from.

    Where stderr is no terminal, partitions, which take long, say a line for each finished step.
    """
    from tqdm import tqdm

    from .export.unfinished import find_unfinished

    with warnings.catch_warnings(), tqdm(total=1, file=sys.stderr, disable=None, leave=False) as bar:
        _ignore_unread()

        def progress(name: str, done: int, total: int) -> None:
            if bar.disable and done == total and chosen.get("partitions") is not None:
                print(f"parallax: {name} done", file=sys.stderr, flush=True)
            bar.set_description(name, refresh=False)
            bar.total, bar.n = total, done
            bar.refresh()

        try:
            return write(options.corpus, progress=progress, announce=_announce, **chosen)
        except KeyboardInterrupt:
            if (kept := find_unfinished(options.out)) is None:
                raise
    print(f"parallax: stopped; finished work is kept in '{kept}', the same command goes on there", file=sys.stderr)
    return None


def run_check(options: argparse.Namespace) -> int:
    """`parallax check`."""
    from .corpus.overview import tabulate_problems
    from .corpus.reading.articles import read_articles
    from .present.sentences.corpus import describe_corpus

    with warnings.catch_warnings():
        _ignore_unread()
        articles = read_articles(options.corpus, columns=options.columns)
    print(describe_corpus(articles))
    return NOT_ALL_READ if len(tabulate_problems(articles)) else READ_ALL


def run_validate(options: argparse.Namespace) -> int:
    """`parallax validate`."""
    from .display import one_line
    from .present.sentences.accuracy import show_accuracy
    from .validate.validate import measure_accuracy

    def progress(step: str, name: str, articles: int, seconds: float) -> None:
        if seconds >= LONG_STEP:
            took = f"{seconds:.0f} seconds" if seconds < 100 else f"{seconds / 60:.0f} minutes"
            print(
                f"parallax: {step}: {articles:,} articles of {one_line(name)}, about {took}",
                file=sys.stderr,
                flush=True,
            )

    only, models = (some and [name.strip() for name in some.split(",")] for some in (options.only, options.models))
    table = measure_accuracy(options.gold, split=options.split, only=only, models=models, progress=progress)
    if options.format == "json":
        print(table.to_json(orient="records", indent=2, double_precision=6))
    else:
        print(show_accuracy(table))
    _list_problems(table.attrs["left_out"])
    return NOT_ALL_READ if only and table.attrs["left_out"] else READ_ALL


def _chosen(options: argparse.Namespace) -> dict[str, object]:
    names = ("out", "event", "outlets", "model", "duplicates", "formats", "columns")
    return {name: getattr(options, name) for name in names}


def _announce(sentence: str) -> None:
    from tqdm import tqdm

    tqdm.write(f"parallax: {sentence}", file=sys.stderr)  # above the bars, not into them
    sys.stderr.flush()


def _ignore_unread() -> None:
    """Silence the warning in this block: the command lists what was not read itself."""
    from .tables import UnreadWarning

    warnings.simplefilter("ignore", UnreadWarning)


def _list_unread(tables: Path) -> int:
    """Say what could not be read or used, a line each, and return the exit code."""
    import pandas as pd

    problems = pd.read_parquet(tables / "problems.parquet")["problem"].tolist()
    listed = tables / "problems.csv"
    _list_problems(problems, rest=listed if listed.exists() else listed.with_suffix(".parquet"))
    return NOT_ALL_READ if problems else READ_ALL


def _list_problems(problems: list[str], *, rest: Path | None = None) -> None:
    from .display import MOST_LISTED, one_line

    for problem in problems[:MOST_LISTED]:
        print(f"parallax: {one_line(problem)}", file=sys.stderr)
    if len(problems) > MOST_LISTED:
        more = f"{len(problems) - MOST_LISTED:,} more" + (f", listed in {rest}" if rest else "")
        print(f"parallax: … and {more}", file=sys.stderr)
