"""Turn the bytes of one file into text, and the text of a table into records, whatever state they are in."""

import codecs
import csv
import json
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ..tables import InputError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_MAGIC = {
    b"%PDF": "a PDF", b"PK\x03\x04": "a zip archive or an office document", b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image", b"GIF87a": "an image", b"GIF89a": "an image", b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an office document", b"{\\rtf": "an RTF document", b"PAR1": "a parquet file",
}  # fmt: skip
# All of C0 but tab, line feed, vertical tab, form feed and carriage return.
_CONTROLS = [code for code in range(32) if code not in (9, 10, 11, 12, 13)]
CONTROL_SHARE = 0.01
# Each restart reads the rest of the file again: a file with more open quotation marks than this is not a csv.
RESTARTS = 100

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_HEADER = re.compile(r"[^\r\n]+")
_QUOTED = re.compile(r'"[^"]*"')
_SURROGATE = re.compile("[\ud800-\udfff]")
_KINDS = {str: "a string", int: "a number", float: "a number", bool: "true or false", list: "a list", dict: "an object"}
_FIELD_LIMIT = threading.Lock()

Choose = Callable[[list[str]], dict[str, str]]
Records = list[tuple[int, dict[str, object]]]


def decode(data: bytes, name: str) -> str:
    """The text of a file: its byte-order mark decides, else UTF-8, UTF-16 by its NUL bytes, else Windows-1252."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return str(memoryview(data)[len(mark) :], encoding, "replace")  # a view: a large file is not copied
    kind = next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), None)
    controls = sum(map(data.count, _CONTROLS))
    if kind is None and 0 in data and (encoding := _find_wide_encoding(data, controls)):
        return data.decode(encoding, "replace")
    if kind or controls > CONTROL_SHARE * len(data):
        raise InputError(f"'{name}' is {kind or 'a binary file'}; expected text in UTF-8, UTF-16 or Windows-1252")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # One broken byte, or a file cut within a letter, does not make a page of UTF-8 Windows-1252.
        text = data.decode("utf-8", "replace")
        whole = len(text) - len(text.encode("ascii", "ignore")) > 2 * text.count("\ufffd")
        return text if whole else data.decode("cp1252", "replace")


def read_csv(name: str, path: Path, choose: Choose, problems: list[dict]) -> Records:
    text = decode(path.read_bytes(), name)
    first = _HEADER.search(text)
    if not first:
        raise InputError(f"'{name}' is empty; expected a table with a header")
    delimiter = max(",;\t|", key=_QUOTED.sub("", first[0]).count)
    with _raised_field_limit():
        each = _each_record(text, delimiter)
        header = next(each, csv.Error("it is blank"))
        if isinstance(header, csv.Error):
            raise InputError(f"the header of '{name}' can't be read ({header}); expected the names of columns")
        keys = {ours: header.index(theirs) for ours, theirs in choose(header).items()}
        records = []
        for number, record in enumerate(each, 1):
            where = f"row {number} of '{name}'"
            if isinstance(record, csv.Error):
                sentence = f"{where} is not complete ({record}); expected quotation marks inside a field to be doubled"
                add_problem(problems, f"{name} row {number}", sentence)
            elif len(record) != len(header):
                fields = f"{len(record)} field{'s' * (len(record) > 1)}"
                sentence = f"{where} has {fields}; expected {len(header)}, as in the header"
                add_problem(problems, f"{name} row {number}", sentence)
            else:
                records.append((number, {ours: record[key] for ours, key in keys.items()}))
    return records


def _each_record(text: str, delimiter: str) -> Iterator[list[str] | csv.Error]:
    """The records of a csv that are not blank lines, with the error in place of one that is malformed.

    A quotation mark that never closes takes the whole rest of the file into one record, so reading starts again on the
    line after the one that opened it.
    """
    skip, restarts = 0, 0
    while True:
        lines = (line[0] for line in islice(_LINE.finditer(text), skip, None))  # StringIO: four bytes a letter
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        before = 0
        try:
            while True:
                before = reader.line_num
                try:
                    if record := next(reader):
                        yield record
                except csv.Error as error:
                    at_end = reader.line_num > before + 1 and next(lines, None) is None
                    yield error
                    if at_end and restarts < RESTARTS:
                        break
        except StopIteration:
            return
        skip, restarts = skip + before + 1, restarts + 1


@contextmanager
def _raised_field_limit() -> Iterator[None]:
    """csv refuses fields of more than 131,072 characters; the limit is the process's own, so it is put back."""
    with _FIELD_LIMIT:
        before = csv.field_size_limit(2**31 - 1)  # more does not fit into a C long everywhere
        try:
            yield
        finally:
            csv.field_size_limit(before)


def _read_json(name: str, path: Path, choose: Choose, problems: list[dict]) -> Records:
    expected = "expected a list of articles, or an object with a list under 'articles'"
    try:
        loaded = json.loads(decode(path.read_bytes(), name))
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            raise InputError(
                f"'{name}' holds more than one JSON value; expected the suffix jsonl if every line is an article"
            ) from None
        raise InputError(f"'{name}' is not complete JSON (line {error.lineno}); {expected}") from None
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits; a thousand lists in each other
        raise InputError(f"'{name}' can't be read as JSON ({type(error).__name__}); {expected}") from None
    if isinstance(loaded, dict) and isinstance(loaded.get("articles"), list):
        loaded = loaded["articles"]
    elif isinstance(loaded, dict):  # an extractor writes one file per article
        loaded = [loaded]
    if not isinstance(loaded, list):
        raise InputError(f"'{name}' is {kind_of(loaded)}; {expected}")
    return _pick(name, "row", enumerate(loaded, 1), choose, problems)


def _read_jsonl(name: str, path: Path, choose: Choose, problems: list[dict]) -> Records:
    values = []
    for number, line in enumerate(_LINE.finditer(decode(path.read_bytes(), name)), 1):
        if not line[0].isspace():
            try:
                values.append((number, json.loads(line[0])))
            except (ValueError, RecursionError):
                sentence = f"line {number} of '{name}' is not complete JSON; expected one article as an object"
                add_problem(problems, f"{name} line {number}", sentence)
    return _pick(name, "line", values, choose, problems)


def _pick(name: str, unit: str, values: Iterable[tuple], choose: Choose, problems: list[dict]) -> Records:
    """The chosen columns of JSON objects; whatever is not an object is a problem."""
    found = []
    for number, value in values:
        if isinstance(value, dict):
            found.append((number, value))
        else:
            sentence = f"{unit} {number} of '{name}' is {kind_of(value)}; expected one article as an object"
            add_problem(problems, f"{name} {unit} {number}", sentence)
    if not found:
        return []
    chosen = choose(list(dict.fromkeys(chain.from_iterable(value for _, value in found))))
    return [(number, {ours: value.get(theirs) for ours, theirs in chosen.items()}) for number, value in found]


def _read_parquet(name: str, path: Path, choose: Choose, problems: list[dict]) -> Records:
    try:
        with pq.ParquetFile(path) as file:
            chosen = choose(file.schema_arrow.names)
            table = file.read(columns=sorted(set(chosen.values())))
        values = [_read_column(table.column(table.schema.names.index(theirs))) for theirs in chosen.values()]
    except (InputError, PermissionError):
        raise
    except (pa.ArrowException, OSError, ValueError, OverflowError):
        raise InputError(f"'{name}' is damaged or cut off; expected a complete parquet file") from None
    return [(number, dict(zip(chosen, row, strict=True))) for number, row in enumerate(zip(*values, strict=True), 1)]


def _read_column(column) -> list:
    if pa.types.is_timestamp(column.type):  # to UTC and to microseconds, which are as fine as `published` is
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False).cast(pa.timestamp("us"))
    return column.to_pylist()


RECORDS = {"csv": read_csv, "json": _read_json, "jsonl": _read_jsonl, "parquet": _read_parquet}


def add_problem(problems: list[dict], source: str, sentence: str) -> None:
    problems.append({"source": source, "problem": sentence})


def show(value: object) -> str:
    """A value as a message quotes it: one line, at most 60 characters."""
    text = " ".join(clean(str(value)[:1_000]).split())
    return f"'{text}'" if len(text) <= 60 else f"'{text[:60]}…'"


def clean(text: str) -> str:
    """Lone surrogates, which JSON and file names can hold and no encoding can write, become U+FFFD."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def kind_of(value: object) -> str:
    return "null" if value is None else _KINDS.get(type(value), f"a value of type {type(value).__name__}")


def _find_wide_encoding(data: bytes, controls: int) -> str | None:
    """UTF-16 without a mark: NUL bytes in every other place only, and letters when it is decoded."""
    sample = data[: 1 << 16]
    first, second = sample[::2].count(0), sample[1::2].count(0)
    # ASCII with a stray NUL would decode as well, into Chinese; UTF-16 is half NUL, or full of bytes that look like
    # control characters.
    if len(data) % 2 or (first and second) or (max(first, second) < 0.2 * len(sample) and controls <= 0.05 * len(data)):
        return None
    encoding = "utf-16-be" if first else "utf-16-le"
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return None
    printable = sum(letter.isprintable() or letter.isspace() for letter in text)
    return encoding if printable >= 0.99 * len(text) else None
