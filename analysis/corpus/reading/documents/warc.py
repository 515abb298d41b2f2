"""Read the pages of a web archive, as crawlers and the Internet Archive write it."""

import gzip
import io
from collections import Counter

from ....tables import InputError
from ..decoding import mark_utf_8

# A page is never longer; what is behind that was not read of it.
PAGE_BYTES = 20_000_000
_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(data: bytes, name: str, log) -> list[tuple[str | None, bytes]]:
    """The address and the page of every answer that holds one; what else the archive holds is counted in a note."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        sentence = f"'{name}' is a web archive, and reading it needs pip install 'parallax-news[formats]'"
        raise InputError(f"{sentence}; expected that, or its pages as html") from None
    pages, passed_over, size, last = [], Counter(), 0, 0
    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.revisit
    try:
        for record in ArchiveIterator(io.BytesIO(data), kinds, auto_decode="all"):
            last = record.stream_pos
            kind = _tell_kind(record, record.record_type == WarcRecordType.resource)
            if kind != "page":
                passed_over[kind] += 1
                continue
            page = record.reader.read(PAGE_BYTES)
            if len(page) < min(record.content_length, PAGE_BYTES) and not _is_packed(record):
                raise EOFError
            size += len(page)
            if size > max(100 * len(data), PAGE_BYTES):
                raise InputError(f"'{name}' would unpack to far too much, and was not read; expected a web archive")
            pages.append((record.headers.get("WARC-Target-URI"), mark_utf_8(page, record.http_charset)))
        _check_end(data, last)
    except InputError:
        raise
    except Exception:  # the library raises what its streams raise
        if not pages:
            raise InputError(f"'{name}' is damaged or cut off; expected a complete web archive") from None
        read = "1 page, which was" if len(pages) == 1 else f"{len(pages):,} pages, which were"
        log.problem(name, f"'{name}' is damaged or cut off behind {read} read; expected a complete web archive")
    if not pages:
        raise InputError(f"'{name}' holds no page that was there and is html; expected a web archive of articles")
    if passed_over:
        parts = ", ".join(f"{kind} ({n:,})" for kind, n in sorted(passed_over.items()))
        log.note(name, f"of '{name}' {len(pages):,} pages were taken; passed over were {parts}")
    return pages


def _tell_kind(record, is_resource: bool) -> str:
    """Whether a record is a page, or else what it is."""
    if is_resource:
        found = (record.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
        return "page" if found in _PAGES else "other files"
    if record.http_headers is None:
        return "records without an answer"
    status = record.http_headers.status_code
    if status is None or not 200 <= status < 300:
        return "redirects" if status is not None and 300 <= status < 400 else "errors"
    return "page" if (record.http_content_type or "").lower() in _PAGES else "other files"


def _is_packed(record) -> bool:
    """Was the page sent in fewer bytes than it has?"""
    headers = record.http_headers or {}
    return bool(headers.get("Content-Encoding") or headers.get("Transfer-Encoding"))


def _check_end(data: bytes, last: int) -> None:
    """Raise where what is packed by gzip from the last record on is cut off: the library ends there without a word."""
    if data.startswith(b"\x1f\x8b"):
        with gzip.open(io.BytesIO(data[last:])) as file:
            while file.read(1 << 20):
                pass
