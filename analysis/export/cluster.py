"""Dask workers, on this machine or behind a scheduler, that work through the partitions of a corpus."""

import asyncio
import contextlib
import logging
import os
import pickle
import sys
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from .. import __version__
from ..display import one_line
from ..tables import InputError
from .partitions import recall_partitions
from .ready import hash_code

# Partitions for each worker: all end at about the same time, and one that dies loses little.
_PARTS_EACH = 4
_PATIENCE = 5  # seconds until whoever does not answer is out of reach
_SILENT = logging.CRITICAL + 1
# Of these another version may write other bytes.
_MAKERS = (
    *("numpy", "pandas", "pyarrow", "scipy", "scikit-learn", "nupunkt", "py3langid", "trafilatura"),
    *("onnxruntime", "tokenizers", "vaderSentiment"),
)


class Cluster:
    """The executor for `map_partitions` that `open_cluster` gives."""

    def __init__(self, client, shared: Path) -> None:
        self._client, self._shared = client, shared
        self._workers = sum(client.nthreads().values())

    def count_partitions(self, corpus: str | os.PathLike, **chosen: object) -> int:
        """How many partitions are right for so many workers; a run that goes on keeps to those of the stopped one."""
        return recall_partitions(corpus, **chosen) or _PARTS_EACH * self._workers

    def map(self, finish: Callable, parts: Sequence[tuple], targets: Sequence[Path]) -> Iterator[None]:
        """Have `finish(part, target)` called for each part, and yield whenever one is done.

        What a dead worker had begun another one makes again. Where there is no worker it waits for one.
        """
        from distributed import KilledWorker, as_completed

        if not parts:
            return
        # In a file: what stands beside all parts would go with each of them, or die with the worker that holds it.
        step = self._shared / uuid.uuid4().hex
        step.write_bytes(pickle.dumps(finish))
        calls = [(step, *call, hash_code()) for call in zip(parts, targets, strict=True)]
        futures = self._client.map(_work, calls, pure=False)
        target_of = dict(zip([future.key for future in futures], targets, strict=True))
        try:
            for future in as_completed(futures, loop=self._client.loop):
                future.result()
                yield
        except KilledWorker:
            target = target_of[future.key]
            raise InputError(
                f"'{target.stem}' of {target.parent.name} ended every worker that was given it, most likely for want "
                "of memory: more partitions are smaller ones"
            ) from None
        except CancelledError:
            raise InputError("the scheduler was lost; the same command goes on from what is finished") from None
        finally:
            with contextlib.suppress(Exception):  # whoever is gone has cancelled them
                self._client.cancel(futures)


@contextlib.contextmanager
def open_cluster(
    corpus: str | os.PathLike, *, out: str | os.PathLike, scheduler: str | None = None, workers: int | None = None
) -> Iterator[Cluster]:
    """Yield an executor for `write_tables(corpus, out=…, partitions=…, executor=…)`: the workers of a Dask scheduler.

    `scheduler` is the address of one that runs; else there are so many `workers` on this machine until the block ends.
    All of them read and write the same files, so each is asked whether it sees them, and has the same code.

    Raises `InputError` without the package distributed, for a scheduler out of reach or without workers, and for a
    worker that sees other files or has another version of this package, or of what tables are made with.
    """
    if scheduler is None and (isinstance(workers, bool) or not isinstance(workers, int) or workers < 1):
        raise InputError(f"--workers is {workers!r}, but must be a whole number from 1 on")
    try:
        from dask import config
        from distributed import Client, LocalCluster
    except ImportError:
        option = "--workers" if scheduler is None else "--scheduler"
        raise InputError(f"{option} needs the package distributed: pip install 'parallax-news[cluster]'") from None
    with contextlib.ExitStack() as stack:
        shared = stack.enter_context(_share_folder(out))
        stack.enter_context(_silence())
        room = stack.enter_context(tempfile.TemporaryDirectory(prefix="parallax-", ignore_cleanup_errors=True))
        stack.enter_context(config.set({"temporary-directory": room}))
        if scheduler is None:
            local = LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                dashboard_address=None,
                scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},  # else it takes port 8787 all the same
                silence_logs=_SILENT,
                preload=["import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"],  # Ctrl-C reaches them too
                memory_limit=0,  # else one that has used much stands still, though it holds nothing any more
            )
            scheduler = stack.enter_context(local).scheduler_address
        _check_scheduler(scheduler)
        client = stack.enter_context(Client(scheduler, timeout=_PATIENCE, set_as_default=False))
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            raise InputError(f"the scheduler at '{one_line(scheduler)}' has no workers; it needs one or more") from None
        _check_workers(client, corpus, shared)
        yield Cluster(client, shared)


def _check_scheduler(address: str) -> None:
    """Raise `InputError` unless a Dask scheduler answers; a client that finds none takes long to give up."""
    from distributed import rpc

    async def greet() -> None:
        async with rpc(address, timeout=_PATIENCE) as there:
            if (await asyncio.wait_for(there.identity(), _PATIENCE))["type"] != "Scheduler":
                raise ValueError("a worker answers")

    try:
        with ThreadPoolExecutor(1) as pool:  # a notebook's own loop runs in this thread
            pool.submit(asyncio.run, greet()).result()
    except Exception:  # whatever else listens there may answer anything
        raise InputError(
            f"no Dask scheduler answers at '{one_line(address)}'; --scheduler needs an address such as tcp://host:8786"
        ) from None


def _check_workers(client, corpus: str | os.PathLike, shared: Path) -> None:
    """Raise `InputError` unless the scheduler has the same code as this process, and the workers the same files too."""
    folder = Path(os.path.abspath(corpus))
    # Any other corpus is read here.
    files = _list_files(folder) if any(folder.glob("*.parquet")) else None
    answers = {"the scheduler": _ask(client.run_on_scheduler, list_versions)}
    asked = client.run(_look, folder, files, shared, on_error="return")
    answers |= {f"worker '{address}'": asked[address] for address in sorted(asked)}
    here = list_versions()
    for who, answer in answers.items():
        if isinstance(answer, Exception):
            raise InputError(
                f"{who} can't run this version of the package, parallax-news {__version__}: {one_line(repr(answer))}"
            )
        if isinstance(answer, str):
            raise InputError(f"{who} {answer}")
        for name, its in answer.items():
            if its != here[name]:
                raise InputError(f"{who} has {name} {its}, but needs {here[name]}, the version that is here")


def _ask(run: Callable, question: Callable) -> object:
    try:
        return run(question)
    except Exception as error:
        return error


def list_versions() -> dict[str, str]:
    """The versions of what tables are made with, this package's with a hash of its code."""
    python = ".".join(map(str, sys.version_info[:2]))
    own = f"{__version__} ({hash_code()[:8]})"
    return {"parallax-news": own, "Python": python} | {name: version(name) for name in _MAKERS}


def _look(corpus: Path, files: list | None, shared: Path) -> dict[str, str] | str:
    """What a worker answers: its versions, or what it does not see."""
    if not os.access(shared, os.W_OK):
        return f"can't write to '{shared.parent}', where the tables are made: all workers must see the folder there"
    if files is not None and _list_files(corpus) != files:
        return f"does not see the files of the corpus in '{corpus}': all workers must see the same ones there"
    return list_versions()


def _list_files(folder: Path) -> list[tuple[str, int]]:
    with contextlib.suppress(OSError):
        return sorted((file.name, file.stat().st_size) for file in folder.iterdir())
    return []


def _work(call: tuple[Path, tuple, Path, str]) -> None:
    """Make one part, in a worker."""
    step, part, target, code = call
    if code != hash_code():  # one that came later, and was not asked
        raise InputError(f"a worker has another version of parallax-news than {__version__}, the one that is here")
    # Once the command has ended its shared folder is gone: whoever still works for it then changes nothing.
    made = step.with_name(f"{uuid.uuid4().hex}.parquet")
    _load(step)(part, made)
    os.replace(made, target)


@lru_cache(maxsize=1)
def _load(step: Path) -> Callable:
    return pickle.loads(step.read_bytes())


@contextlib.contextmanager
def _share_folder(out: str | os.PathLike) -> Iterator[Path]:
    """A folder beside `out` for what this process and the workers tell each other."""
    target = Path(os.path.realpath(out))
    nearest = next(folder for folder in target.parents if folder.is_dir())
    try:
        folder = tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=nearest, ignore_cleanup_errors=True)
    except OSError as error:
        raise InputError(f"folder '{out}' can't be written: {error.strerror or error}") from error
    with folder:
        yield Path(folder.name)


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Keep off the terminal what Dask logs: tracebacks of workers that were killed, for one."""
    import distributed  # noqa: F401 (it sets its handlers up)

    handlers = logging.getLogger("distributed").handlers
    levels = [handler.level for handler in handlers]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"distributed(\.|$)")
        for handler in handlers:
            handler.setLevel(_SILENT)
        try:
            yield
        finally:
            for handler, level in zip(handlers, levels, strict=True):
                handler.setLevel(level)
