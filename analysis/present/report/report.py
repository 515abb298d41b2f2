"""Run the notebooks on a corpus and write the report: one offline page, its tables and its notebooks."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from ... import __version__
from ...corpus.layout.artefacts import find_artefacts
from ...corpus.reading.articles import select_articles
from ...corpus.events.grouping import find_events
from ...shipped import find_notebooks
from ...export.estimate import check_named, count_characters, estimate_tone, tell
from .execute import read_notebooks, run_notebooks, write_notebooks
from ...export.tables import TABLES, make_tables
from .failures import list_failures
from ...export.folders import check_replaceable, new_folder, write_manifest
from ...corpus.overview import count_events, name_event, tabulate_outlets, tabulate_problems
from .page import render_page
from ...export.selection import (
    describe_part,
    holds_no_main_event,
    list_options,
    list_outlets,
    read_corpus,
    select_tables,
)
from ...export.spreadsheet import write_table

# How the name of the notebook ends that looks at all events of a corpus.
OVER_EVENTS = "outlets_over_events"


def write_report(
    corpus: str | os.PathLike,
    *,
    out: str | os.PathLike = "report",
    event: str | None = None,
    outlets: str | Sequence[str] | None = None,
    model: str = "tone",
    progress: Callable[[str], object] | None = None,
    announce: Callable[[str], object] | None = None,
) -> Path:
    """How did these outlets tell the same event? Write the answer to the folder `out`; return the path of its page.

    Every notebook is executed on one event of the corpus, the one with the most articles unless `event` names another,
    and on some of its outlets if they are named; the page says what was left aside. Events that the corpus does not
    name are found (`find_events`). The last notebook compares outlets over all events: where no event holds more than
    half of the articles, and none was asked for, its part stands first on the page. Each runs in a kernel and an empty
    folder of its own. `out` then holds `index.html` (one file, no network, no script), `tables/` (CSV for
    a spreadsheet, Parquet exact), `notebooks/` (executed) and `manifest.json`. The same corpus gives the same bytes.

    `model` is that of `score_sentiment` and `score_targets`, by its name; `announce` is told how long it will take,
    where that is minutes. `progress` is called with a name when a notebook, or "tables", is done. A part that has
    nothing to show is named in a list at the end of the page; where a cell fails, its place on the page and the
    `failures` of the manifest say so, and the rest stands. `InputError` says in one sentence what is wrong with the
    corpus, an option, a kernel or the folder; then nothing was written, and an earlier report in `out` is still whole.
    """
    check_named(model)
    check_replaceable(out, kind="report")
    read = read_corpus(corpus, out=out)
    everything = find_events(read, event=event)
    articles = select_articles(everything, event=event, outlets=outlets)
    selection = describe_part(read, everything, articles, event=event)
    # What the page is about first: one event, or all of them.
    many = event is None and holds_no_main_event(everything)
    shown = select_tables(everything, outlets=outlets) if many else articles

    tell(announce, estimate_tone(count_characters(everything), model))
    notebooks = read_notebooks(find_notebooks())
    parameters = {
        "CORPUS": os.path.abspath(corpus),
        "EVENT": event,
        "OUTLETS": list_outlets(outlets),
        "MODEL": model,
    }
    with new_folder(out, kind="report") as folder:
        (folder / "tables").mkdir()
        (folder / "notebooks").mkdir()
        for name, table in make_tables(articles, artefacts=find_artefacts(everything), model=model).items():
            write_table(table, folder / "tables" / name)
        if progress is not None:
            progress("tables")
        executed = run_notebooks(notebooks, parameters, progress=progress)
        write_notebooks(executed, folder / "notebooks")
        if many:
            executed = dict(sorted(executed.items(), key=lambda item: not item[0].endswith(OVER_EVENTS)))
        page = render_page(
            executed,
            outlets=tabulate_outlets(shown),
            events=count_events(shown),
            problems=tabulate_problems(articles),
            event=name_event(shown),
            selection=selection,
            tables=TABLES,
            version=__version__,
        )
        (folder / "index.html").write_text(page, encoding="utf-8", newline="\n")
        options, failures = list_options(corpus, event, outlets, model), list_failures(executed)
        write_manifest(folder, kind="report", options=options, selection=selection, failures=failures)
    return Path(out).resolve() / "index.html"
