"""Look a workbook of Excel 97 over before it is opened: a damaged one would fill the memory, or be read for ever."""

import struct
from collections.abc import Iterator

from ....tables import InputError

# What its format allows, so that a cell farther off is no cell.
ROWS, COLUMNS = 65_536, 256
_NO_SECTOR = 0xFFFFFFFA  # from here on a number of a sector says that there is none
_BEGIN, _SIZE, _LOCKED, _STRINGS = 0x0809, 0x0200, 0x002F, 0x00FC
# A formula, a blank, numbers, words, true or false, several numbers or blanks in a row: each begins with its place.
_CELLS = frozenset((0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x00BD, 0x00BE))
_SHORTEST_STRING = 3  # in bytes: its length and how its letters are written


class _DamagedError(Exception):
    """The file contradicts itself."""


def check_old_workbook(data: bytes, name: str, *, most_cells: int) -> None:
    """Raise `InputError` for a workbook that is locked, contradicts itself or has more cells than it may."""
    try:
        streams = _read_streams(data)
        cells = max(_count_cells(stream, name) for stream in streams)
    except (_DamagedError, struct.error):
        raise InputError(f"'{name}' is damaged or cut off; expected a complete workbook") from None
    if cells > most_cells:
        sentence = f"'{name}' has sheets of {cells:,} cells with the empty ones"
        raise InputError(f"{sentence}; expected at most {most_cells:,}, or its table as csv or parquet")


def _read_streams(data: bytes) -> list[bytes]:
    """The streams of cells in the file, which is a small file system of chains of sectors."""
    sector = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    directories, fats, start, _, least, mini_start, minis, more_start, more = struct.unpack_from("<9I", data, 40)
    whole = len(data) // sector + 1
    if max(directories, fats, minis, more) > whole:
        raise _DamagedError

    def take(number: int) -> bytes:
        place = (number + 1) * sector
        if place >= len(data):
            raise _DamagedError
        return data[place : place + sector]

    lists = list(struct.unpack_from("<109I", data, 76))
    for _ in range(more):  # of a file of more than 7 MB the list of its tables goes on elsewhere
        *further, more_start = struct.unpack(f"<{sector // 4}I", take(more_start))
        lists += further
    table = b"".join(take(number) for number in lists[:fats] if number < _NO_SECTOR)
    next_of = struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])

    def follow(number: int, next_of: tuple[int, ...]) -> list[int]:
        chain = []
        while number < _NO_SECTOR:
            if number >= len(next_of) or len(chain) > len(next_of):  # it leads out, or round and round
                raise _DamagedError
            chain.append(number)
            number = next_of[number]
        return chain

    def read(number: int) -> bytes:
        return b"".join(map(take, follow(number, next_of)))

    minis_table = read(mini_start)
    next_of_mini = struct.unpack(f"<{len(minis_table) // 4}I", minis_table)
    found = []
    listed = read(start)
    for place in range(0, len(listed) - 127, 128):
        entry = listed[place : place + 128]
        kind, first, size = entry[66], *struct.unpack_from("<II", entry, 116)
        called = entry[: min(struct.unpack_from("<H", entry, 64)[0], 64)].decode("utf-16-le", "replace").rstrip("\0")
        if size > len(data) and kind in (2, 5):
            raise _DamagedError
        if kind == 2 and size < least:
            follow(first, next_of_mini)
        elif kind in (2, 5) and size:
            stream = read(first)
            if called in ("Workbook", "Book"):
                found.append(stream[:size])
    if not found:
        raise _DamagedError
    return found


def _count_cells(stream: bytes, name: str) -> int:
    """How many cells its sheets have up to their last rows and columns."""
    total = rows = columns = 0
    for kind, record in _each_record(stream):
        if kind == _LOCKED:
            raise InputError(f"'{name}' is locked with a password; expected it saved without one")
        if kind == _BEGIN:
            total, rows, columns = total + rows * columns, 0, 0
        elif kind == _STRINGS and struct.unpack_from("<I", record, 4)[0] * _SHORTEST_STRING > len(stream):
            raise _DamagedError
        elif kind == _SIZE and len(record) >= 10:
            shape = "<4xI2xH" if len(record) >= 14 else "<2xH2xH"
            last_row, last_column = struct.unpack_from(shape, record)
            rows, columns = max(rows, last_row), max(columns, last_column)
        elif kind in _CELLS:
            row, column = struct.unpack_from("<HH", record)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        if rows > ROWS or columns > COLUMNS:
            raise _DamagedError
    return total + rows * columns


def _each_record(stream: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        place += 4
        yield kind, stream[place : place + length]
        place += length
