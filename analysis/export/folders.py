"""Write a folder beside its place and move it in whole, so that a reader never meets half a report."""

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from .. import __version__
from ..tables import InputError

MANIFEST = "manifest.json"
MAKER = "parallax"

# Left by file managers when somebody looks into a folder; no reader would miss them.
_NOT_CONTENT = {"Thumbs.db", "desktop.ini"}


@contextlib.contextmanager
def new_folder(out: str | os.PathLike, *, kind: str) -> Iterator[Path]:
    """Yield an empty folder that takes the place of `out` once the block has ended without an error.

    `out` may be new, empty, or of the same `kind` ("report", "tables") written earlier; anything else is an
    `InputError`. Whatever ends the block early, Ctrl-C too, removes the new folder and leaves `out` as it was.
    """
    target = Path(os.path.realpath(out))
    check_replaceable(out, kind=kind)
    missing_parents = [folder for folder in target.parents if not folder.exists()]  # the deepest first
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        workshop = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise InputError(f"folder '{out}' can't be written: {error.strerror or error}") from error
    fresh, old = workshop / "new", workshop / "old"
    try:
        fresh.mkdir()  # inside mkdtemp's private folder, so that the result has the reader's usual permissions
        yield fresh
        check_replaceable(out, kind=kind)  # somebody may have put something there in the meantime
        try:
            if target.exists():
                target.rename(old)
            fresh.rename(target)
        except OSError as error:
            raise InputError(f"folder '{out}' can't be written: {error.strerror or error}") from error
    except BaseException:
        if old.exists() and not target.exists():
            old.rename(target)
        raise
    finally:
        if target.exists() or not old.exists():  # never delete the only copy of an earlier report
            shutil.rmtree(workshop, ignore_errors=True)
        if not target.exists():
            for folder in missing_parents:
                with contextlib.suppress(OSError):
                    folder.rmdir()


def check_replaceable(out: str | os.PathLike, *, kind: str) -> None:
    """Raise `InputError` unless writing to `out` loses nothing that parallax did not write itself."""
    target = Path(os.path.realpath(out))
    earlier = {"report": "an earlier report", "tables": "earlier tables"}[kind]
    expected = f"expected a new or empty folder, or {earlier}"
    if not target.exists():
        nearest = next(folder for folder in target.parents if folder.exists())
        if not nearest.is_dir():
            raise InputError(f"folder '{out}' can't be written: '{nearest}' is a file")
        return
    if not target.is_dir():
        raise InputError(f"'{out}' is a file; {expected}")
    if Path.cwd().is_relative_to(target):
        raise InputError(f"folder '{out}' is the one you are in and can't be replaced; {expected} elsewhere")
    try:
        if not any(target.iterdir()):
            return
    except OSError as error:
        raise InputError(f"folder '{out}' can't be opened: {error.strerror or error}") from error
    try:
        manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
        made_by, made_kind, files = manifest["made_by"], manifest["kind"], set(manifest["files"])
    except (OSError, ValueError, KeyError, TypeError):
        made_by, made_kind, files = None, None, set()
    if made_by != MAKER:
        raise InputError(f"folder '{out}' exists and was not written by parallax; {expected}")
    if made_kind != kind:
        raise InputError(f"folder '{out}' holds what 'parallax {made_kind}' wrote; {expected}")
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target)
        hidden = any(part.startswith(".") for part in name.parts)
        if path.is_file() and not hidden and name.name not in _NOT_CONTENT and name.as_posix() not in files:
            raise InputError(f"folder '{out}' holds '{name.as_posix()}', which parallax did not write; {expected}")


def write_manifest(
    folder: Path,
    *,
    kind: str,
    options: dict[str, object],
    selection: str = "",
    failures: Sequence[str] = (),
    made_from: dict[str, object] | None = None,
) -> None:
    """Write the file that marks `folder` as ours: what made it, of which part of a corpus, what failed, its files."""
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    made = {"made_by": MAKER, "kind": kind, "version": __version__}
    source = {} if made_from is None else {"made_from": made_from}
    said = {"options": options, "selection": selection, "failures": list(failures)}
    manifest = made | source | said | {"files": [*sorted(files - {MANIFEST}), MANIFEST]}
    text = json.dumps(manifest, indent=2, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")
