"""Run the notebooks on a corpus and write the report: one offline page, its tables and its notebooks."""

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ... import __version__
from ...corpus.events.of_article import ALL, number_events, takes_all
from ...corpus.overview import count_events, name_event, tabulate_outlets
from ...corpus.partitions import Progress
from ...corpus.reading.articles import select_articles
from ...export.estimate import check_named
from ...export.folders import check_replaceable, new_folder, write_manifest
from ...export.formats import DEFAULT, list_formats, list_written, write_each
from ...export.given import CORPUS, give, narrow
from ...export.once import ONCE, check_duplicates
from ...export.ready import describe_source, write_ready
from ...export.recipe import TABLES, run_steps
from ...export.selection import (
    choose_articles,
    describe_part,
    find_main_event,
    holds_no_main_event,
    keep_chosen,
    list_options,
    list_outlets,
    read_corpus,
)
from ...export.unfinished import Unfinished
from ...shipped import find_notebooks
from ..sentences.duplicates import describe_changes
from .execute import read_notebooks, run_notebooks, show_parameters, write_notebooks
from .failures import list_failures
from .page import render_page

# How the name of the notebook ends that looks at all events of a corpus, and what is made of all of them.
OVER_EVENTS = "outlets_over_events"
_OF_ALL = ("articles", "artefacts", "names", "quotes", "passages", "spans", "sentiment", "problems", CORPUS)


def write_report(
    corpus: str | os.PathLike,
    *,
    out: str | os.PathLike = "report",
    event: str | None = None,
    outlets: str | Sequence[str] | None = None,
    model: str = "tone",
    duplicates: str = ONCE,
    formats: str | Sequence[str] = DEFAULT,
    columns: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    announce: Callable[[str], object] | None = None,
) -> Path:
    """How did these outlets tell the same event? Write the answer to the folder `out`; return the path of its page.

    Every notebook is executed on one event of the corpus, of those that two or more outlets tell the one with the most
    articles unless `event` names another, and on some of its outlets if they are named; the page says what was left
    aside. Events that the corpus does not name are found (`find_events`). The last notebook compares outlets over all
    events: where no event holds more than half of the articles, and none was asked for, its part stands first on the
    page. Each runs in a kernel and an empty folder of its own, on tables that are made once for all of them. `out`
    then holds `index.html` (one file, no network, no script), `tables/` (CSV for a spreadsheet, Parquet exact, and a
    codebook), `notebooks/` (executed) and `manifest.json`. The same corpus gives the same bytes.

    `model` is that of `score_sentiment` and `score_targets`, by its name, `duplicates` that of `make_tables`,
    `formats` that of `write_tables`, `columns` that of `read_articles`; `announce` is told how long tone will take,
    where that is minutes, once the first sentences are read. Scores that were read when the work was stopped are kept
    beside `out`, and the same call goes on from there. `progress` is told what was done, how much of it, and of how
    much: the tables, then the notebooks. A part that has nothing to show is named in a list at the end of the page;
    where a cell fails, its place on the page and the `failures` of the manifest say so, and the rest stands.

    Raises:
        InputError: in one sentence what is wrong with the corpus, an option, a kernel or the folder; then nothing was
            written, and an earlier report in `out` is still whole
    """
    check_named(model)
    check_duplicates(duplicates)
    formats = list_formats(formats)
    check_replaceable(out, kind="report")
    outlets = list_outlets(outlets)
    read = read_corpus(corpus, out=out, columns=columns)
    asked = {"outlets": outlets, "model": model, "duplicates": duplicates}
    given = give(read, corpus, event=None, one_event=event == ALL, **asked)
    everything = given["read"]
    about = find_main_event(everything) if event is None else event
    articles = select_articles(everything, event=about, outlets=outlets)
    changes = describe_changes(given["duplicates"], given["corrections"])
    selection = " ".join(filter(None, (describe_part(read, everything, articles, event=event), changes)))
    # What the page is about first: one event, or all of them.
    many = event is None and holds_no_main_event(everything)
    shown = keep_chosen(everything, given["chosen"]) if many else articles
    several = count_events(everything) > 1
    name = number_events(articles)[1][0] if several else ALL if takes_all(read, event) else None
    notebooks = read_notebooks(find_notebooks())
    with (
        new_folder(out, kind="report") as folder,
        tempfile.TemporaryDirectory(prefix="parallax-") as aside,
        Unfinished(out) as unfinished,
    ):
        given["scoring"] = unfinished.go_on(announce)
        chosen = choose_articles(everything, event=name, outlets=outlets) if several else given["chosen"]
        of_all, of_event = _make(given, chosen, progress)
        (folder / "tables").mkdir()
        problems = write_each({table: of_event[table] for table in TABLES}, folder / "tables", formats)
        written = list_written(folder / "tables", formats)
        source = describe_source(corpus, event=None, columns=columns, **asked)
        write_ready(of_all, Path(aside) / "all", source)
        write_ready(of_event, Path(aside) / "event", source | {"event": name if several else None})

        options = {"CORPUS": os.path.abspath(corpus), "EVENT": name, "OUTLETS": outlets, "MODEL": model}
        options |= {"DUPLICATES": duplicates, "COLUMNS": None if columns is None else dict(columns)}
        parameters = {
            notebook: options | {"TABLES": str(Path(aside) / ("all" if notebook.endswith(OVER_EVENTS) else "event"))}
            for notebook in notebooks
        }
        executed = run_notebooks(notebooks, parameters, progress=progress)
        # The tables that they were given are gone by the time that somebody reads them.
        executed = {key: show_parameters(notebook, options | {"TABLES": None}) for key, notebook in executed.items()}
        (folder / "notebooks").mkdir()
        write_notebooks(executed, folder / "notebooks")
        if many:
            executed = dict(sorted(executed.items(), key=lambda item: not item[0].endswith(OVER_EVENTS)))
        page = render_page(
            executed,
            outlets=tabulate_outlets(shown),
            events=count_events(shown),
            problems=problems,
            event=name_event(shown),
            selection=selection,
            tables=TABLES,
            written=written,
            version=__version__,
        )
        (folder / "index.html").write_text(page, encoding="utf-8", newline="\n")
        options = list_options(corpus, event=event, **asked, formats=formats, columns=columns)
        failures = list_failures(executed)
        write_manifest(folder, kind="report", options=options, selection=selection, failures=failures)
    return Path(out).resolve() / "index.html"


def _make(given: dict[str, object], chosen: set | None, progress: Progress | None) -> tuple[dict, dict]:
    """The tables of all events, and those of the event that is looked at; the same where it is the only one."""
    if chosen == given["chosen"]:
        made = run_steps([*TABLES, CORPUS], given, progress=progress)
        return made, made
    # Who is spoken of, and how, is looked at in the articles of the event alone.
    of_all = run_steps(_OF_ALL, given | {"mentions": None}, progress=progress)
    return of_all, run_steps([*TABLES, CORPUS], narrow(of_all, chosen), progress=progress)
