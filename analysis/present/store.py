"""Run notebooks where they stand and keep their outputs (make notebooks): `python -m analysis.present.store FOLDER`."""

import base64
import sys
from pathlib import Path

from nbclient import NotebookClient

from .execute import QUIET, read_notebooks, strip_notebook, write_notebooks

# The README shows one chart: that of this cell.
README_CHART = ("02_voices", "share-chart", "words_by_voice.png")


def store_outputs(folder: Path) -> None:
    """Execute every notebook of `folder` from top to bottom, as a reader of JupyterLab would, and write it back."""
    notebooks = read_notebooks(folder)
    for notebook in notebooks.values():
        place = {"metadata": {"path": str(folder)}}
        NotebookClient(notebook, record_timing=False, resources=place, extra_arguments=QUIET).execute()
    write_notebooks({name: strip_notebook(notebook) for name, notebook in notebooks.items()}, folder)
    name, cell_id, file = README_CHART
    if name in notebooks:
        outputs = next(cell.outputs for cell in notebooks[name].cells if cell.id == cell_id)
        picture = next(output.data["image/png"] for output in outputs if "image/png" in output.get("data", {}))
        (folder / file).write_bytes(base64.b64decode(picture))


if __name__ == "__main__":
    store_outputs(Path(sys.argv[1]))
