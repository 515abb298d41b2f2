"""Turn the table that a file holds into records, whatever state they are in."""

import csv
import json
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import reduce
from itertools import chain, islice
from operator import or_
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ...tables import InputError
from .archives import Member, Unpacked
from .decoding import decode

# Each restart reads the rest of the file again: a file with more open quotation marks than this is not a csv.
RESTARTS = 100

# Under which names the news interfaces and search engines put their records, and a record its fields.
LISTS = ("articles", "results", "data", "docs", "hits", "items", "response")
NESTED = ("_source", "fields")

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_HEADER = re.compile(r"[^\r\n]+")
_SEPARATOR = re.compile(r"\s*\"?sep=([^\r\n])\"?[ ,;\t]*(?:\r\n?|\n)", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_SURROGATE = re.compile("[\ud800-\udfff]")
_KINDS = {str: "a string", int: "a number", float: "a number", bool: "true or false", list: "a list", dict: "an object"}
_FIELD_LIMIT = threading.Lock()

File = Path | Member | Unpacked
Choose = Callable[[list[str]], dict[str, str]]
Records = list[tuple[int, dict[str, object]]]


def read_csv(name: str, path: File, choose: Choose, problems: list[dict]) -> Records:
    text = decode(path.read_bytes(), name)
    first = _HEADER.search(text)
    if not first:
        raise InputError(f"'{name}' is empty; expected a table with a header")
    if named := _SEPARATOR.match(text):  # Excel's own, which it writes and reads
        delimiter, text = named[1], text[named.end() :]
    elif name.lower().endswith(".tsv"):
        delimiter = "\t"
    else:
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


def _read_json(name: str, path: File, choose: Choose, problems: list[dict]) -> Records:
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
    if isinstance(loaded, dict):
        try:
            choose(list(loaded))
            loaded = [loaded]  # an extractor writes one file per article
        except InputError:
            records = _find_records(loaded)
            loaded = [loaded] if records is None else records
    if not isinstance(loaded, list):
        raise InputError(f"'{name}' is {kind_of(loaded)}; {expected}")
    return _pick(name, "row", enumerate(loaded, 1), choose, problems)


def _find_records(loaded: dict, depth: int = 3) -> list | None:
    """The list of records in an interface's answer: `articles`, `hits.hits`, `response.results`, `articles.results`."""
    for key in LISTS:
        inner = loaded.get(key)
        if isinstance(inner, dict) and depth:
            inner = _find_records(inner, depth - 1)
        if isinstance(inner, list) and (not inner or any(isinstance(value, dict) for value in inner)):
            return inner
    return None


def _read_jsonl(name: str, path: File, choose: Choose, problems: list[dict]) -> Records:
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
            nested = [value[key] for key in NESTED if isinstance(value.get(key), dict)]
            found.append((number, reduce(or_, nested, value)))
        else:
            sentence = f"{unit} {number} of '{name}' is {kind_of(value)}; expected one article as an object"
            add_problem(problems, f"{name} {unit} {number}", sentence)
    if not found:
        return []
    chosen = choose(list(dict.fromkeys(chain.from_iterable(value for _, value in found))))
    return [(number, {ours: value.get(theirs) for ours, theirs in chosen.items()}) for number, value in found]


def _read_parquet(name: str, path: File, choose: Choose, problems: list[dict]) -> Records:
    try:
        with pq.ParquetFile(path if isinstance(path, Path) else pa.BufferReader(path.read_bytes())) as file:
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


RECORDS = {"csv": read_csv, "tsv": read_csv, "json": _read_json, "jsonl": _read_jsonl, "parquet": _read_parquet}


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
