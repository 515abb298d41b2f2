"""The arguments of the command `parallax`: what may be asked, and how its help says it."""

import argparse
from collections.abc import Callable, Mapping

from . import __version__

EXIT_CODES = """\
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

_COLUMNS = (
    "which column of the corpus' tables is which, where their names do not say it: THEIRS=OURS, with commas between "
    "(Artikeltext=text,Medium=outlet)"
)

_DUPLICATES = (
    "whether articles of one outlet that repeat each other (the same text, an update, the same address) are taken once "
    "(the default) or all kept"
)

_FORMATS = (
    "what the tables are written as, with commas between: csv, parquet (always), xlsx (Excel), sav (SPSS; needs pip "
    "install 'parallax-news[formats]'), dta (Stata); by default csv,parquet"
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


def make_parser(runs: Mapping[str, Callable[[argparse.Namespace], int]]) -> argparse.ArgumentParser:
    """The arguments of the command; `runs` says what each of its commands does."""
    parser = argparse.ArgumentParser(
        prog="parallax",
        description="Compare how news outlets tell the same event.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"parallax {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, help_text in (
        ("report", "run the notebooks on a corpus; write one offline page, its tables and notebooks"),
        ("tables", "write the tables of a corpus, as CSV and Parquet or in other forms"),
        ("check", "say what of a corpus can be read, and what is missing"),
    ):
        command = commands.add_parser(
            name,
            help=help_text,
            description=help_text[0].upper() + help_text[1:] + ".",
            epilog=EXIT_CODES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_argument("corpus", metavar="CORPUS", help="a folder of articles, or one file")
        command.add_argument("--columns", metavar="THEIRS=OURS", type=_read_columns, help=_COLUMNS)
        command.set_defaults(run=runs[name])
        if name != "check":
            command.add_argument("--out", metavar="DIR", default=name, help=f"the folder to write ({name})")
            default = {
                "report": "the event with the most articles, of those that two outlets tell",
                "tables": "all events",
            }[name]
            event_help = (
                f"only the articles of this event (default: {default}), by the name that 'check' lists; 'all' says "
                "that all articles tell one, where none is named"
            )
            command.add_argument("--event", metavar="E", help=event_help)
            many = {"nargs": "+", "action": "extend", "help": "only these outlets; may be repeated"}
            command.add_argument("--outlet", metavar="O", dest="outlets", **many)
            command.add_argument("--model", choices=("tone", "linear", "vader"), default="tone", help=_MODEL)
            command.add_argument("--format", metavar="LIST", dest="formats", default="csv,parquet", help=_FORMATS)
            command.add_argument("--duplicates", choices=("once", "keep"), default="once", help=_DUPLICATES)
        if name == "tables":
            command.add_argument("--partitions", metavar="N", type=int, help=_PARTITIONS)
            cluster = command.add_mutually_exclusive_group()
            cluster.add_argument("--workers", metavar="N", type=int, help=_WORKERS)
            cluster.add_argument("--scheduler", metavar="ADDRESS", help=_SCHEDULER)
    _add_validate(commands, runs["validate"])
    return parser


def _read_columns(said: str) -> dict[str, str]:
    """{"Artikeltext": "text"} from "Artikeltext=text"; a name may hold "=", for ours hold none."""
    columns = {}
    for part in filter(str.strip, said.split(",")):
        theirs, mark, ours = part.rpartition("=")
        if not (mark and theirs.strip() and ours.strip()):
            raise argparse.ArgumentTypeError(f"'{part.strip()}' is no THEIRS=OURS, such as Artikeltext=text")
        columns[theirs.strip()] = ours.strip()
    return columns


def _add_validate(commands: argparse._SubParsersAction, run: Callable[[argparse.Namespace], int]) -> None:
    help_text = "measure how often the methods are right on articles that people have labelled"
    command = commands.add_parser(
        "validate",
        help=help_text,
        description=f"{help_text[0].upper()}{help_text[1:]}.\n\n{_LABELLED}",
        epilog=EXIT_CODES,
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
    command.set_defaults(run=run)
