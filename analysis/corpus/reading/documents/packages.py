"""Open office documents, which are zip archives of XML, and never unpack more than a document can hold."""

import io
import zipfile
from collections.abc import Iterator

from ....tables import InputError
from ..archives import DAMAGED, HARMLESS, MEMBER_BYTES, RATIO

# A sheet of numbers in XML becomes a fiftieth; office programs reach what no prose does.
DOCUMENT_RATIO = 2 * RATIO
_ENCRYPTED = 0x1
_STEP = 1 << 20


def open_package(data: bytes, name: str, kind: str) -> zipfile.ZipFile:
    """The parts of an office document; raises `InputError` where it is damaged, or unpacks to far too much."""
    damaged = InputError(f"'{name}' is damaged or cut off; expected a complete {kind}")
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        infos = package.infolist()
    except DAMAGED:
        raise damaged from None
    unpacked = sum(info.file_size for info in infos)
    if unpacked > max(DOCUMENT_RATIO * len(data), HARMLESS) or unpacked > MEMBER_BYTES:
        sizes = f"{len(data) / 1_000_000:,.1f} MB to {unpacked / 1_000_000:,.1f} MB"
        raise InputError(f"'{name}' would unpack from {sizes}, and is not opened; expected a {kind}")
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise InputError(f"'{name}' is locked with a password; expected a {kind} that was saved without one")
    return package


def read_part(package: zipfile.ZipFile, part: str, name: str, kind: str) -> bytes:
    """The bytes of one part, and never more of them than the archive's list says."""
    return b"".join(read_pieces(package, part, name, kind))


def read_pieces(package: zipfile.ZipFile, part: str, name: str, kind: str) -> Iterator[bytes]:
    """The same, a piece after the other."""
    try:
        info = package.getinfo(part)
        left = info.file_size
        with package.open(info) as file:
            while left and (piece := file.read(min(left, _STEP))):
                yield piece
                left -= len(piece)
    except (KeyError, *DAMAGED):
        raise InputError(f"'{name}' is damaged or cut off; expected a complete {kind}") from None
