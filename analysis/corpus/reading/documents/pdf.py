"""Read a PDF as its text: its lines as paragraphs, without what every page repeats, and its scans said."""

import io
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass

from ....tables import InputError
from ..bundles.bundles import cut_text
from .pdf_lines import Line, find_paragraphs, is_mixed, make_lines, take_running_lines

# An article has some pages, a book some hundred; only drawings have so many operations.
PDF_BYTES, PAGES, PAGE_BYTES, OPERATIONS = 200_000_000, 1_000, 20_000_000, 3_000_000
# Where a font does not say which letters its signs are, they come out as nothing or as private signs.
UNREADABLE_SHARE = 0.2
_WORD = re.compile(r"[^\W_]{2}")
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_EXPECTED = "expected a PDF with text in it"
_OCR = f"{_EXPECTED}: a program that recognises text (OCR) can add it"


class _TooMuch(Exception):
    """A page asks for more than any text needs."""


def read_pdf(data: bytes, name: str, log) -> str:
    """The paragraphs of a PDF, one a line; raises `InputError` for a scan, a locked file or one that is damaged."""
    import pypdf

    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # else it prints what we say in a sentence
    if len(data) > PDF_BYTES:
        size = f"'{name}' has {len(data) / 1_000_000:,.0f} MB"
        raise InputError(f"{size}; expected a PDF of at most {PDF_BYTES // 1_000_000} MB")
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"'{name}' is locked with a password; expected it saved without one")
        count = len(reader.pages)
        if count > PAGES:
            raise InputError(f"'{name}' has {count:,} pages; expected at most {PAGES:,}: cut it into its articles")
        pages, broken = _read_pages(reader.pages)
    except InputError:
        raise
    except pypdf.errors.DependencyError:
        sentence = f"'{name}' is encrypted, and opening it needs pip install 'parallax-news[formats]'"
        raise InputError(f"{sentence}; expected it saved without encryption") from None
    except _TooMuch:
        raise InputError(f"'{name}' has more in it than pages of text need, and was not read; {_EXPECTED}") from None
    except Exception as error:  # the file is anybody's, and the library raises what its broken parts raise in it
        raise InputError(f"'{name}' is damaged or can't be read ({type(error).__name__}); {_EXPECTED}") from None
    lines = take_running_lines([page.lines for page in pages])
    scans = [
        number
        for number, (page, kept) in enumerate(zip(pages, lines, strict=True), 1)
        if page.has_picture and not _has_words(kept)
    ]
    if not any(map(_has_words, lines)):
        what = "1 page" if count == 1 else f"{count} pages"
        without = f"only pictures of its {what}; {_OCR}" if scans else f"its {what} can't be read; {_EXPECTED}"
        raise InputError(f"'{name}' has no text, {without}")
    _refuse_unreadable(lines, name)
    if scans:
        verb = "is a picture without text and was" if len(scans) == 1 else "are pictures without text and were"
        log.problem(name, f"{_name_pages(scans)} of '{name}' {verb} not read; {_OCR}")
    if broken:
        verb = "is damaged and was" if len(broken) == 1 else "are damaged and were"
        log.problem(name, f"{_name_pages(broken)} of '{name}' {verb} not read; {_EXPECTED}")
    if mixed := [number for number, kept in enumerate(lines, 1) if is_mixed(kept)]:
        sets = "sets its" if len(mixed) == 1 else "set their"
        sentence = f"{_name_pages(mixed)} of '{name}' {sets} text in columns, and the file mixes their lines"
        log.problem(name, f"{sentence}; expected one column, or the text of the article as txt")
    fields = "\n".join(find_paragraphs(lines, at_short=True))
    return fields if cut_text(fields) else "\n".join(find_paragraphs(lines))


@dataclass
class _Page:
    lines: list[Line]
    has_picture: bool


def _read_pages(pages) -> tuple[list[_Page], list[int]]:
    """The pages, and the numbers of those that can't be read."""
    read, broken, done = [], [], 0

    def count(operator, operands, matrix, text_matrix) -> None:
        nonlocal done
        done += 1
        if done > OPERATIONS:
            raise MemoryError  # which alone comes through the drawings that a page takes in from elsewhere

    for number, page in enumerate(pages, 1):
        try:
            read.append(_read_page(page, count))
        except (MemoryError, _TooMuch):
            raise _TooMuch from None
        except Exception:  # whatever the library raises at a broken page
            broken.append(number)
            read.append(_Page([], False))
    return read, broken


def _read_page(page, count: Callable) -> _Page:
    contents = page.get_contents()
    if contents is not None and len(contents.get_data()) > PAGE_BYTES:
        raise _TooMuch
    pieces: list[tuple[str, float, float, float]] = []

    def keep(text, matrix, text_matrix, font, size) -> None:
        if text:
            x = text_matrix[4] * matrix[0] + text_matrix[5] * matrix[2] + matrix[4]
            y = text_matrix[4] * matrix[1] + text_matrix[5] * matrix[3] + matrix[5]
            scale = abs(text_matrix[3] * matrix[3]) or abs(text_matrix[1] * matrix[2]) or 1.0
            pieces.append((text, float(x), float(y), float(size or 1) * float(scale)))

    page.extract_text(visitor_operand_before=count, visitor_text=keep)
    return _Page(make_lines(pieces), _has_picture(page))


def _has_words(lines: list[Line]) -> bool:
    return any(_WORD.search(line.text) for line in lines)


def _name_pages(numbers: list[int]) -> str:
    return f"page {numbers[0]}" if len(numbers) == 1 else "pages " + ", ".join(map(str, numbers))


def _has_picture(page, depth: int = 3) -> bool:
    """Does the page show a picture, itself or in a drawing that it takes in?"""
    resources = page.get("/Resources")
    drawn = resources.get_object().get("/XObject") if resources is not None else None
    for each in drawn.get_object().values() if drawn is not None else ():
        thing = each.get_object()
        if thing.get("/Subtype") == "/Image" or (
            depth and thing.get("/Subtype") == "/Form" and _has_picture(thing, depth - 1)
        ):
            return True
    return False


def _refuse_unreadable(pages: list[list[Line]], name: str) -> None:
    text = "".join(line.text for lines in pages for line in lines)
    share = len(_UNREADABLE.findall(text)) / len(text)
    if share > UNREADABLE_SHARE:
        sentence = f"'{name}' does not say which letters its signs are ({share:.0%} of them)"
        raise InputError(f"{sentence}; {_EXPECTED}, or its text as txt")
