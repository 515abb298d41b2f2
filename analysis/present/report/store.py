"""Run notebooks where they stand and keep their outputs (make notebooks): `python -m analysis.present.report.store FOLDER`."""

import base64
import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from .execute import QUIET, read_notebooks, strip_notebook, write_notebooks
from ...shipped import INVENTED

# What one event leaves empty is shown on the invented corpus too, in a folder of its own: no report runs it.
OVER_EVENTS = "05_outlets_over_events"
INVENTED_FOLDER, INVENTED_NAME = "invented", "outlets_over_events"
INVENTED_MARK = (
    "**Invented: no outlet, person or event below exists, and nothing here says anything of a real one.** This is "
    f"`{OVER_EVENTS}.ipynb`, run on a corpus that was made up to show what a comparison over many events looks like."
)
# The README shows one chart: that of this cell.
README_CHART = ("02_voices", "share-chart", "words_by_voice.png")


def store_outputs(folder: Path) -> None:
    """Execute every notebook of `folder` from top to bottom, as a reader of JupyterLab would, and write it back."""
    notebooks = read_notebooks(folder)
    _store(notebooks, folder)
    if OVER_EVENTS in notebooks:
        (folder / INVENTED_FOLDER).mkdir(exist_ok=True)
        made = {INVENTED_NAME: make_invented(notebooks[OVER_EVENTS], folder / INVENTED_FOLDER)}
        _store(made, folder / INVENTED_FOLDER)
    name, cell_id, file = README_CHART
    if name in notebooks:
        outputs = next(cell.outputs for cell in notebooks[name].cells if cell.id == cell_id)
        picture = next(output.data["image/png"] for output in outputs if "image/png" in output.get("data", {}))
        (folder / file).write_bytes(base64.b64decode(picture))


def make_invented(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """A copy of `notebook`, to stand in `folder`, that reads the invented corpus and says so below its title."""
    copy = nbformat.from_dict(notebook)
    title, _, prose = copy.cells[0].source.partition("\n\n")
    copy.cells[0].source = f"{title}\n\n{INVENTED_MARK}\n\n{prose}"
    corpus = Path(os.path.relpath(INVENTED, folder)).as_posix()
    cell = next(cell for cell in copy.cells if "parameters" in cell.metadata.get("tags", []))
    _, rest = cell.source.split("\n", 1)
    cell.source = f'CORPUS = "{corpus}"\n{rest}'
    return copy


def _store(notebooks: dict[str, NotebookNode], folder: Path) -> None:
    for notebook in notebooks.values():
        place = {"metadata": {"path": str(folder)}}
        options = {"record_timing": False, "coalesce_streams": True, "extra_arguments": QUIET}
        NotebookClient(notebook, resources=place, **options).execute()
    write_notebooks({name: strip_notebook(notebook) for name, notebook in notebooks.items()}, folder)


if __name__ == "__main__":
    store_outputs(Path(sys.argv[1]))
