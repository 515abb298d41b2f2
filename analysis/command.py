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

from . import __version__
from .export.stopping import stop_on_signals

LONG_STEP = 5  # seconds from which on a step is announced
READ_ALL, FAILED, NOT_ALL_READ, INTERRUPTED = 0, 1, 2, 130

_EXIT_CODES = """\
exit codes:
  0    everything given was read
  1    parallax itself failed; PARALLAX_DEBUG=1 shows where. Where only a part of a report
       did, the report is written, and the place is marked on its page
  2    something given could not be read or used. If it was all of it, or an option,
       nothing is written. If it was a part, the rest is read and written; the first
       20 parts that were not read are lines on stderr, all are in problems.csv.
  130  stopped with Ctrl-C; nothing is written, but scores of tone and partitions that
       are finished are kept, and the same command goes on from there
"""

_PARTITIONS = (
    "work through the corpus in N parts, one in memory at a time (a folder of Parquet files: file by file); tables "
    "with a row per article or span become folders of Parquet files, and a run that was stopped goes on"
)

_WORKERS = (
    "have N Dask workers on this machine work through the partitions, by default four for each; one that dies loses "
    "nothing (needs pip install 'parallax-news[cluster]')"
)

_SCHEDULER = (
    "have the workers of this Dask scheduler (tcp://host:8786) do so; they must see the same files under the same "
    "paths, and have the same version of parallax"
)

_MODEL = (
    "what scores tone: an encoder (tone, the default; most often right, and slow on a large corpus), weights of words "
    "(linear), or a lexicon (vader)"
)

_LABELLED = """\
The folder holds pairs of tables, as Parquet or CSV; the README says what each column holds:
  NAME.articles (article, text)  and  NAME.attributions (article, content, quoted, source)
  NAME.articles (also outlet)    and  NAME.reuse_pairs (a, b)
  NAME.articles (also outlet, event)  and  NAME.entities (article, entity, sentiment)
or single tables of sentences, with any name:
  sentence, from, to, polarity (-1, 0 or 1: is it bad or good news about the words there?)
  text, rating (any number: how positive is it?)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (those of the process by default) and return its exit code."""
    options = make_parser().parse_args(arguments)
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


def make_parser() -> argparse.ArgumentParser:
    """The arguments of the command."""
    parser = argparse.ArgumentParser(
        prog="parallax",
        description="Compare how news outlets tell the same event.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"parallax {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, run, help_text in (
        ("report", run_report, "run the notebooks on a corpus; write one offline page, its tables and notebooks"),
        ("tables", run_tables, "write the tables of a corpus as CSV and Parquet"),
        ("check", run_check, "say what of a corpus can be read, and what is missing"),
    ):
        command = commands.add_parser(
            name,
            help=help_text,
            description=help_text[0].upper() + help_text[1:] + ".",
            epilog=_EXIT_CODES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_argument("corpus", metavar="CORPUS", help="a folder of articles, or one file")
        command.set_defaults(run=run)
        if name != "check":
            command.add_argument("--out", metavar="DIR", default=name, help=f"the folder to write ({name})")
            default = {"report": "the event with the most articles", "tables": "all events"}[name]
            event_help = (
                f"only the articles of this event (default: {default}), by the name that 'check' lists; 'all' says "
                "that all articles tell one, where none is named"
            )
            command.add_argument("--event", metavar="E", help=event_help)
            many = {"nargs": "+", "action": "extend", "help": "only these outlets; may be repeated"}
            command.add_argument("--outlet", metavar="O", dest="outlets", **many)
            command.add_argument("--model", choices=("tone", "linear", "vader"), default="tone", help=_MODEL)
        if name == "tables":
            command.add_argument("--partitions", metavar="N", type=int, help=_PARTITIONS)
            cluster = command.add_mutually_exclusive_group()
            cluster.add_argument("--workers", metavar="N", type=int, help=_WORKERS)
            cluster.add_argument("--scheduler", metavar="ADDRESS", help=_SCHEDULER)
    _add_validate(commands)
    return parser


def _add_validate(commands: argparse._SubParsersAction) -> None:
    help_text = "measure how often the methods are right on articles that people have labelled"
    command = commands.add_parser(
        "validate",
        help=help_text,
        description=f"{help_text[0].upper()}{help_text[1:]}.\n\n{_LABELLED}",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--gold", metavar="FOLDER", required=True, help="the folder of labelled articles")
    split_help = "of the sets called NAME.SPLIT, those of this split (dev); sets without a split are always measured"
    command.add_argument("--split", default="dev", help=split_help)
    methods = "quotes, speakers, reported, voices, reuse, targets, sentiment, stances"
    only_help = f"some of {methods}, with commas between (default: all)"
    command.add_argument("--only", metavar="METHODS", help=only_help)
    models_help = "of targets, sentiment and stances only these models of tone, with commas between (default: all)"
    command.add_argument("--models", metavar="MODELS", help=models_help)
    command.add_argument("--format", choices=("table", "json"), default="table", help="(table)")
    command.set_defaults(run=run_validate)


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
        articles = read_articles(options.corpus)
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
    return {name: getattr(options, name) for name in ("out", "event", "outlets", "model")}


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
    _list_problems(problems, rest=tables / "problems.csv")
    return NOT_ALL_READ if problems else READ_ALL


def _list_problems(problems: list[str], *, rest: Path | None = None) -> None:
    from .display import MOST_LISTED, one_line

    for problem in problems[:MOST_LISTED]:
        print(f"parallax: {one_line(problem)}", file=sys.stderr)
    if len(problems) > MOST_LISTED:
        more = f"{len(problems) - MOST_LISTED:,} more" + (f", listed in {rest}" if rest else "")
        print(f"parallax: … and {more}", file=sys.stderr)
