"""Run notebooks where they stand and keep their outputs: `make notebooks`."""

import base64
import sys
from pathlib import Path

import nbformat
import pandas as pd
from nbclient import NotebookClient
from nbformat import NotebookNode

from ...corpus.reading.articles import read_articles
from ...export.given import give
from ...export.once import ONCE
from ...export.ready import write_scores
from ...export.recipe import run_steps
from ...export.selection import read_selection
from .execute import QUIET, read_notebooks, strip_notebook, write_notebooks

# What one event leaves empty is shown on the invented corpus too, in a folder of its own: no report runs it.
OVER_EVENTS = "06_outlets_over_events"
INVENTED_FOLDER, INVENTED_NAME = "invented", "outlets_over_events"
INVENTED_MARK = (
    "**Invented: no outlet, person or event below exists, and nothing here says anything of a real one.** This is "
    f"`{OVER_EVENTS}.ipynb`, run on a corpus that was made up to show what a comparison over many events looks like."
)
# The README shows one chart: that of this cell.
README_CHART = ("03_voices", "share-chart", "words_by_voice.png")


def store_outputs(folder: Path) -> None:
    """Execute every notebook of `folder` from top to bottom, as a reader of JupyterLab would, and write it back.

    What the encoder reads in the corpus is stored first: processors differ in the last digits of its scores, and the
    notebooks take those that are stored.
    """
    notebooks = read_notebooks(folder)
    store_scores(folder)
    _store(notebooks, folder)
    if OVER_EVENTS in notebooks:
        store_scores(folder / INVENTED_FOLDER)
        _store({INVENTED_NAME: make_invented(notebooks[OVER_EVENTS])}, folder / INVENTED_FOLDER)
    name, cell_id, file = README_CHART
    if name in notebooks:
        outputs = next(cell.outputs for cell in notebooks[name].cells if cell.id == cell_id)
        picture = next(output.data["image/png"] for output in outputs if "image/png" in output.get("data", {}))
        (folder / file).write_bytes(base64.b64decode(picture))


def store_scores(folder: Path) -> None:
    """Write the scores of the corpus that `corpus.toml` in this folder names, to the folder that it names for them."""
    selection = read_selection(folder / "corpus.toml")
    write_scores(read_scores(selection.corpus), selection.corpus, Path(selection.tables))


def read_scores(corpus: str) -> pd.DataFrame:
    """What the encoder reads in a corpus, here and now."""
    given = give(read_articles(corpus), corpus, event=None, outlets=None, model="tone", duplicates=ONCE)
    return run_steps(["scores"], given)["scores"]


def make_invented(notebook: NotebookNode) -> NotebookNode:
    """A copy of `notebook`, to stand where `corpus.toml` names the invented corpus, that says so below its title."""
    copy = nbformat.from_dict(notebook)
    title, _, prose = copy.cells[0].source.partition("\n\n")
    copy.cells[0].source = f"{title}\n\n{INVENTED_MARK}\n\n{prose}"
    return copy


def _store(notebooks: dict[str, NotebookNode], folder: Path) -> None:
    for notebook in notebooks.values():
        place = {"metadata": {"path": str(folder)}}
        options = {"record_timing": False, "coalesce_streams": True, "extra_arguments": QUIET}
        NotebookClient(notebook, resources=place, **options).execute()
    write_notebooks({name: strip_notebook(notebook) for name, notebook in notebooks.items()}, folder)


if __name__ == "__main__":
    store_outputs(Path(sys.argv[1]))
