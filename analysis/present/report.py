"""Run the notebooks on a corpus and write the report: one offline page, its tables and its notebooks."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from .. import __version__
from ..corpus.artefacts import find_artefacts
from ..corpus.articles import select_articles
from ..tables import InputError
from .estimate import check_named, count_characters, estimate_tone, tell
from .execute import read_notebooks, run_notebooks, write_notebooks
from .export import TABLES, make_tables
from .folders import check_replaceable, new_folder, write_manifest
from .overview import name_event, tabulate_outlets, tabulate_problems
from .page import render_page
from .selection import describe_selection, list_options, list_outlets, read_corpus
from .spreadsheet import write_table


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
    and on some of its outlets if they are named; the page says what was left aside. Each runs in a kernel and an empty
    folder of its own. `out` then holds `index.html` (one file, no network, no script), `tables/` (CSV for
    a spreadsheet, Parquet exact), `notebooks/` (executed) and `manifest.json`. The same corpus gives the same bytes.

    `model` is that of `score_sentiment` and `score_targets`, by its name; `announce` is told how long it will take,
    where that is minutes. `progress` is called with a name when a notebook, or "tables", is done. `InputError` says in
    one sentence what is wrong with the corpus, an option, a notebook or the folder; then nothing was written, and an
    earlier report in `out` is still whole.
    """
    check_named(model)
    check_replaceable(out, kind="report")
    everything = read_corpus(corpus, out=out)
    articles = select_articles(everything, event=event, outlets=outlets)
    selection = describe_selection(everything, articles)

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
        page = render_page(
            executed,
            outlets=tabulate_outlets(articles),
            problems=tabulate_problems(articles),
            event=name_event(articles),
            selection=selection,
            tables=TABLES,
            version=__version__,
        )
        (folder / "index.html").write_text(page, encoding="utf-8", newline="\n")
        write_manifest(folder, kind="report", options=list_options(corpus, event, outlets, model), selection=selection)
    return Path(out).resolve() / "index.html"


def find_notebooks() -> Path:
    """The folder of the notebooks: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "notebooks", package.parent / "notebooks"):
        if any(folder.glob("*.ipynb")):
            return folder
    raise InputError(f"there are no notebooks in '{package / 'notebooks'}'; install parallax again")
