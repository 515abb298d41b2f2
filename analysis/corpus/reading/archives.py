"""Read a zipped folder as the folder it was made from, in memory, whatever its author put into it."""

import gzip
import io
import stat
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ...tables import InputError

# Prose and tables of it become a third to a tenth in a zip; a thousandth is a bomb. Small files may repeat themselves.
RATIO, HARMLESS = 100, 10_000_000
# A file in an archive is unpacked in memory.
MEMBER_BYTES = 2_000_000_000
_ENCRYPTED = 0x1
# The others can't be unpacked in steps of bounded size.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


# What zipfile raises for an archive, or a member of it, that is no whole one; NotImplementedError is its own word for
# one that asks for a later version of the format.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError, OverflowError, NotImplementedError,
)  # fmt: skip

# Opens an archive; it may keep the one that was opened last, for reading its list of files anew takes long.
Open = Callable[[Path], zipfile.ZipFile]


@dataclass(frozen=True)
class Member:
    """A file in an archive, with the two methods of a `Path` that the readers use."""

    name: str
    archive: Path
    info: zipfile.ZipInfo
    open: Open

    def is_file(self) -> bool:
        return True

    def read_bytes(self) -> bytes:
        try:
            with self.open(self.archive).open(self.info) as file:
                return file.read(self.info.file_size)  # and never more, whatever is packed there
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
            raise InputError(f"'{self.name}' is damaged or cut off; expected a complete zip archive") from None


@dataclass(frozen=True)
class Unpacked:
    """What was packed in a file by itself."""

    data: bytes

    def read_bytes(self) -> bytes:
        return self.data


def list_members(name: str, archive: Path, open_archive: Open, problems: list[dict]) -> list[tuple[str, Member]]:
    """The path in the archive of every file that may be read, in order, and a problem for each that may not.

    Raises `InputError` for an archive that is damaged or unpacks to far too much.
    """
    try:
        infos = open_archive(archive).infolist()
    # zipfile's own word for an archive that asks for a later version of the format is NotImplementedError.
    except (zipfile.BadZipFile, EOFError, ValueError, OverflowError, NotImplementedError):
        raise InputError(f"'{name}' is damaged or cut off; expected a complete zip archive") from None
    packed, unpacked = archive.stat().st_size, sum(info.file_size for info in infos)
    if unpacked > max(RATIO * packed, HARMLESS):
        sizes = f"{_megabytes(packed)} to {_megabytes(unpacked)}"
        raise InputError(f"'{name}' would unpack from {sizes}, and is not opened; expected a zipped folder of articles")
    members: dict[str, Member] = {}
    encrypted = []
    for info in infos:
        inner = info.filename.replace("\\", "/")  # as some programs write it, against the format's own rule
        path, shown = PurePosixPath(inner), f"{name}/{inner}"
        if inner.endswith("/"):  # a folder
            continue
        if not path.name or path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            reason = "leads out of the archive and was not read; expected a name inside it"
        elif any(part.startswith(".") or part == "__MACOSX" for part in path.parts):
            continue
        elif info.flag_bits & _ENCRYPTED:
            encrypted.append(shown)
            continue
        elif stat.S_ISLNK(info.external_attr >> 16):
            reason = "is a link and was not followed; expected a file"
        elif info.compress_type not in _METHODS:
            reason = f"is packed in a rare way (method {info.compress_type}); expected 'deflate', as most programs use"
        elif info.file_size > max(RATIO * info.compress_size, HARMLESS):
            sizes = f"{_megabytes(info.compress_size)} to {_megabytes(info.file_size)}"
            reason = f"would unpack from {sizes}, and was not read; expected an article or a table of them"
        elif info.file_size > MEMBER_BYTES:
            reason = f"has {_megabytes(info.file_size)}; expected it unzipped, or at most {_megabytes(MEMBER_BYTES)}"
        elif path.suffix.lower() == ".zip":
            reason = "is a zip archive in another and was not opened; expected a folder that was zipped once"
        elif str(path) in members:
            reason = "stands in the archive more than once, and its first copy is kept; expected each file once"
        else:
            members[str(path)] = Member(shown, archive, info, open_archive)
            continue
        problems.append({"source": shown, "problem": f"'{shown}' {reason}"})
    if encrypted:
        more = len(encrypted) - 1
        others = f" (as are {more} more)" if more > 1 else " (as is 1 more)" if more else ""
        sentence = f"'{encrypted[0]}' is encrypted{others}; expected a zip archive without a password"
        problems.append({"source": encrypted[0], "problem": sentence})
    return sorted(members.items())


def unpack_gzip(data: bytes, name: str) -> bytes:
    """The one file that is packed by gzip; raises `InputError` where it is damaged, or unpacks to far too much."""
    limit = min(max(RATIO * len(data), HARMLESS), MEMBER_BYTES)
    try:
        with gzip.open(io.BytesIO(data)) as file:
            unpacked = file.read(limit + 1)
    except (OSError, EOFError, zlib.error):
        raise InputError(f"'{name}' is damaged or cut off; expected a complete gzip archive") from None
    if len(unpacked) > limit:
        sentence = f"'{name}' would unpack from {_megabytes(len(data))} to more than {_megabytes(limit)}"
        raise InputError(f"{sentence}, and is not opened; expected an article or a table of them")
    return unpacked


def find_root(stem: str, paths: list[str], sidecar: str) -> str:
    """The folder that was zipped, where the archive holds it and not its files: 'news/' in news.zip, else ''.

    It is the one folder that holds everything, if it is called like the archive or has the sidecar in it.
    """
    tops = {path.partition("/")[0] for path in paths}
    if len(tops) != 1 or not all("/" in path for path in paths):
        return ""
    (top,) = tops
    return f"{top}/" if top == stem or f"{top}/{sidecar}" in paths else ""


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
