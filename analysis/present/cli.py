"""The command `parallax`: report, tables, check. Nothing heavy is loaded before the arguments are read."""

import argparse
import json
import os
import signal
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

from .. import __version__

READ_ALL, FAILED, NOT_ALL_READ, INTERRUPTED = 0, 1, 2, 130

_EXIT_CODES = """\
exit codes:
  0    everything given was read
  1    parallax itself failed; PARALLAX_DEBUG=1 shows where
  2    something given could not be read or used. If it was all of it, or an option,
       nothing is written. If it was a part, the rest is read and written; the first
       20 parts that were not read are lines on stderr, all are in problems.csv.
  130  stopped with Ctrl-C; nothing is written
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (those of the process by default) and return its exit code."""
    options = make_parser().parse_args(arguments)
    before = signal.signal(signal.SIGTERM, _interrupt)  # a runner's time limit leaves as little behind as Ctrl-C
    try:
        return options.run(options)
    except KeyboardInterrupt:
        print("parallax: stopped; nothing was written", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # `parallax check … | head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READ_ALL
    except Exception as error:
        from ..tables import InputError
        from .shorten import one_line

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
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


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
            event_help = f"only the articles of this event (default: {default})"
            command.add_argument("--event", metavar="E", help=event_help)
            command.add_argument(
                "--outlet",
                metavar="O",
                dest="outlets",
                nargs="+",
                action="extend",
                help="only these outlets; may be repeated",
            )
    return parser


def run_report(options: argparse.Namespace) -> int:
    """`parallax report`."""
    from tqdm import tqdm

    from .folders import MANIFEST
    from .report import find_notebooks, write_report

    steps = 1 + len(list(find_notebooks().glob("*.ipynb")))
    with warnings.catch_warnings():
        _ignore_unread()
        with tqdm(total=steps, desc="report", unit="step", file=sys.stderr, disable=None, leave=False) as bar:

            def progress(name: str) -> None:
                bar.set_postfix_str(name, refresh=False)
                bar.update()

            page = write_report(
                options.corpus, out=options.out, event=options.event, outlets=options.outlets, progress=progress
            )
    if selection := json.loads((page.parent / MANIFEST).read_text(encoding="utf-8"))["selection"]:
        print(selection)
    print(f"Report: {page}")
    return _list_unread(page.parent / "tables")


def run_tables(options: argparse.Namespace) -> int:
    """`parallax tables`."""
    from .export import write_tables

    with warnings.catch_warnings():
        _ignore_unread()
        folder = write_tables(options.corpus, out=options.out, event=options.event, outlets=options.outlets)
    print(f"Tables: {folder}")
    return _list_unread(folder)


def run_check(options: argparse.Namespace) -> int:
    """`parallax check`."""
    from ..corpus.articles import read_articles
    from .describe import describe_corpus
    from .overview import tabulate_problems

    with warnings.catch_warnings():
        _ignore_unread()
        articles = read_articles(options.corpus)
    print(describe_corpus(articles))
    return NOT_ALL_READ if len(tabulate_problems(articles)) else READ_ALL


def _ignore_unread() -> None:
    """Silence the warning in this block: the command lists what was not read itself."""
    from ..tables import UnreadWarning

    warnings.simplefilter("ignore", UnreadWarning)


def _list_unread(tables: Path) -> int:
    """Say what could not be read or used, a line each, and return the exit code."""
    import pandas as pd

    problems = pd.read_parquet(tables / "problems.parquet")["problem"].tolist()
    _list_problems(problems, rest=tables / "problems.csv")
    return NOT_ALL_READ if problems else READ_ALL


def _list_problems(problems: list[str], *, rest: Path | None = None) -> None:
    from .shorten import MOST_LISTED, one_line

    for problem in problems[:MOST_LISTED]:
        print(f"parallax: {one_line(problem)}", file=sys.stderr)
    if len(problems) > MOST_LISTED:
        more = f"{len(problems) - MOST_LISTED:,} more" + (f", listed in {rest}" if rest else "")
        print(f"parallax: … and {more}", file=sys.stderr)
