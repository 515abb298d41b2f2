"""Run notebooks on a corpus, each in a kernel and an empty folder of its own."""

import asyncio
import contextlib
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbformat import NotebookNode

from ...corpus.partitions import Progress
from ...tables import InputError
from .failures import mark_failures, say_error

KERNELS_AT_ONCE = 2  # a kernel with pandas and scikit-learn loaded takes a core and some 300 MB
QUIET = ["--HistoryManager.hist_file=:memory:", "--IPKernelApp.log_level=40"]  # a kernel's errors, not its advice
SECONDS_TO_START = 120  # a cold disk may need a minute to load the scientific packages
KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}

_CELL_FILE = re.compile(r"\S*ipykernel_\d+[/\\]\d+\.py")


def read_notebooks(folder: Path) -> dict[str, NotebookNode]:
    """Every notebook of `folder` by name, sorted by name."""
    paths = sorted(folder.glob("*.ipynb"))
    return {path.stem: nbformat.read(path, as_version=4) for path in paths}


def run_notebooks(
    notebooks: Mapping[str, NotebookNode],
    parameters: Mapping[str, Mapping[str, object]],
    *,
    progress: Progress | None = None,
) -> dict[str, NotebookNode]:
    """Execute copies of `notebooks`, each with its `parameters` injected, and return them by name, in the order given.

    Each kernel is this Python, in an empty folder (so that another `analysis.py` beside the reader's articles is
    never imported), without the reader's own kernels, IPython start-up files and matplotlib settings. A cell that fails
    is marked (`mark_failures`) and the next ones run; a kernel that dies or never starts raises an `InputError` which
    names the cell. `progress` is told each notebook's name when it is done, how many are, and of how many.
    """
    prepared = {name: inject_parameters(notebook, parameters[name]) for name, notebook in notebooks.items()}
    folder = Path(tempfile.mkdtemp(prefix="parallax-"))
    stopped = threading.Event()
    done: list[str] = []
    running: list[tuple[asyncio.AbstractEventLoop, asyncio.Task]] = []

    async def run_all() -> None:
        running.append((asyncio.get_running_loop(), asyncio.current_task()))
        if stopped.is_set():
            return
        free = asyncio.Semaphore(KERNELS_AT_ONCE)

        async def run_one(name: str) -> None:
            async with free:
                await _execute(name, prepared[name], folder)
            done.append(name)
            if progress is not None:
                progress(name, len(done), len(prepared))

        async with asyncio.TaskGroup() as group:
            for name in prepared:
                group.create_task(run_one(name))

    # A thread of its own has no event loop yet, which a caller inside Jupyter has; and Ctrl-C reaches the main thread
    # only, where nbclient would otherwise take it over.
    pool = ThreadPoolExecutor(1)
    try:
        _wait(pool.submit(asyncio.run, run_all()))
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None
    finally:
        stopped.set()
        for loop, task in running:
            with contextlib.suppress(RuntimeError):  # the loop is closed: everything has run
                loop.call_soon_threadsafe(task.cancel)
        pool.shutdown()  # waits until every kernel has ended
        shutil.rmtree(folder, ignore_errors=True)
    return {name: strip_notebook(mark_failures(notebook)) for name, notebook in prepared.items()}


def inject_parameters(notebook: NotebookNode, parameters: Mapping[str, object]) -> NotebookNode:
    """A copy of `notebook` with a cell that sets `parameters` in place of the one tagged `parameters`.

    papermill puts it behind; but the one that is stored reads a file that lies beside the notebooks only.
    """
    copy = nbformat.from_dict(notebook)
    for cell in copy.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    tagged = [i for i, cell in enumerate(copy.cells) if "parameters" in cell.metadata.get("tags", [])]
    source = _write_parameters(parameters)
    cell = nbformat.v4.new_code_cell(source, id="injected-parameters", metadata={"tags": ["injected-parameters"]})
    copy.cells[slice(tagged[0], tagged[0] + 1) if tagged else slice(0, 0)] = [cell]
    return copy


def show_parameters(notebook: NotebookNode, parameters: Mapping[str, object]) -> NotebookNode:
    """A copy of an executed notebook that shows these parameters in place of those that were injected."""
    copy = nbformat.from_dict(notebook)
    for cell in copy.cells:
        if cell.get("id") == "injected-parameters":
            cell.source = _write_parameters(parameters)
    return copy


def _write_parameters(parameters: Mapping[str, object]) -> str:
    return "\n".join(f"{name} = {value!r}" for name, value in parameters.items())


async def _execute(name: str, notebook: NotebookNode, folder: Path) -> None:
    place, settings = folder / name / "empty", folder / name / "settings"
    place.mkdir(parents=True)
    settings.mkdir()
    (settings / "matplotlibrc").touch()
    settings_only = {
        "IPYTHONDIR": str(settings),
        "MATPLOTLIBRC": str(settings / "matplotlibrc"),  # empty: the defaults, not the reader's own
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # any other leaves the page without charts
    }
    reached = "before its first cell"

    def note_cell(cell: NotebookNode, cell_index: int) -> None:
        nonlocal reached
        reached = f"in cell '{cell.get('id', cell_index)}'"

    # No kernel folders: a kernel called python3 in the reader's home may start quite another Python.
    manager = AsyncKernelManager(
        kernel_name="python3",
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
        connection_file=str(settings / "connection.json"),
        **_sockets(settings),
    )
    client = None
    try:
        await manager.start_kernel(cwd=str(place), env=os.environ | settings_only, extra_arguments=QUIET)
        client = manager.client()
        client.start_channels(hb=False)  # its thread complains when it is stopped early, and the manager sees a death
        await client.wait_for_ready(timeout=SECONDS_TO_START)
        client.allow_stdin = False
        runner = NotebookClient(
            notebook,
            km=manager,
            allow_errors=True,
            record_timing=False,
            coalesce_streams=True,  # else a line may come in two outputs, and the bytes differ
            on_cell_execute=note_cell,
        )
        runner.kc = client
        await runner.async_execute()
    except (RuntimeError, TimeoutError) as error:  # the kernel died, or never started
        kind = type(error).__name__
        raise InputError(f"notebook '{name}' stopped {reached} with {say_error(kind, str(error))}") from error
    finally:
        if client is not None:
            client.stop_channels()
        if manager.has_kernel:
            await manager.shutdown_kernel(now=True)
        else:
            await manager.cleanup_resources()


def _sockets(folder: Path) -> dict[str, str]:
    """Sockets in a folder of ours: no other program takes the port between its choice and its use, or listens in."""
    path = str(folder / "k")
    longest = 100  # characters that the name of a socket may have, less its number
    return {} if os.name == "nt" or len(path) > longest else {"transport": "ipc", "ip": path}


def _wait(future: Future) -> None:
    while not wait([future], timeout=0.5).done:  # in short steps: on Windows, Ctrl-C does not end an endless wait
        pass
    future.result()


def strip_notebook(notebook: NotebookNode) -> NotebookNode:
    """`notebook` itself without what differs from run to run: metadata but kernel and tags, and names of processes."""
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNELSPEC})
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({key: cell.metadata[key] for key in ("tags",) if key in cell.metadata})
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":  # a warning names the file that the kernel makes of a cell
                output.text = _CELL_FILE.sub("cell", output.text)
    return notebook


def write_notebooks(notebooks: Mapping[str, NotebookNode], folder: Path) -> None:
    """Write each notebook to `folder` under its name."""
    for name, notebook in notebooks.items():
        text = nbformat.writes(notebook)
        (folder / f"{name}.ipynb").write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")
