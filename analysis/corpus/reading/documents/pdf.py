"""Read a PDF as its text: its lines as paragraphs, without what every page repeats, and its scans said."""

import io
import logging
import re

from ....tables import InputError
from .pdf_lines import Line, find_paragraphs, is_mixed, make_lines, take_running_lines

# An article has some pages, a book some hundred; a page's drawing has more operations than any text.
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
        pages = [_read_page(page) for page in reader.pages]
    except InputError:
        raise
    except pypdf.errors.DependencyError:
        sentence = f"'{name}' is encrypted, and opening it needs pip install 'parallax-news[formats]'"
        raise InputError(f"{sentence}; expected it saved without encryption") from None
    except _TooMuch:
        raise InputError(f"'{name}' has more in it than pages of text need, and was not read; {_EXPECTED}") from None
    except Exception as error:  # the file is anybody's, and the library raises what its broken parts raise in it
        raise InputError(f"'{name}' is damaged or can't be read ({type(error).__name__}); {_EXPECTED}") from None
    running = take_running_lines([lines for lines, _ in pages])
    scans = [
        number
        for number, ((_, has_picture), lines) in enumerate(zip(pages, running, strict=True), 1)
        if has_picture and not any(_WORD.search(line.text) for line in lines)
    ]
    if not any(_WORD.search(line.text) for lines in running for line in lines):
        what = "1 page" if count == 1 else f"{count} pages"
        raise InputError(
            f"'{name}' has no text, only pictures of its {what}; {_OCR}" if scans else _no_text(name, what)
        )
    _refuse_unreadable(running, name)
    if scans:
        which = f"page {scans[0]}" if len(scans) == 1 else "pages " + ", ".join(map(str, scans[:20]))
        verb = "is a picture without text and was" if len(scans) == 1 else "are pictures without text and were"
        log.problem(name, f"{which} of '{name}' {verb} not read; {_OCR}")
    if mixed := [number for number, lines in enumerate(running, 1) if is_mixed(lines)]:
        which = f"page {mixed[0]}" if len(mixed) == 1 else "pages " + ", ".join(map(str, mixed[:20]))
        sets = "sets its" if len(mixed) == 1 else "set their"
        sentence = f"{which} of '{name}' {sets} text in columns, and the file mixes their lines"
        log.problem(name, f"{sentence}; expected one column, or the text of the article as txt")
    return "\n".join(find_paragraphs(running))


def _no_text(name: str, what: str) -> str:
    return f"'{name}' has no text on its {what}; {_EXPECTED}"


def _read_page(page) -> tuple[list[Line], bool]:
    """The lines of a page, and whether there are pictures on it."""
    contents = page.get_contents()
    if contents is not None and len(contents.get_data()) > PAGE_BYTES:
        raise _TooMuch
    pieces: list[tuple[str, float, float, float]] = []
    done = 0

    def count(operator, operands, matrix, text_matrix) -> None:
        nonlocal done
        done += 1
        if done > OPERATIONS:
            raise MemoryError  # which alone comes through the drawings that a page takes in from elsewhere

    def keep(text, matrix, text_matrix, font, size) -> None:
        if text:
            x = text_matrix[4] * matrix[0] + text_matrix[5] * matrix[2] + matrix[4]
            y = text_matrix[4] * matrix[1] + text_matrix[5] * matrix[3] + matrix[5]
            scale = abs(text_matrix[3] * matrix[3]) or abs(text_matrix[1] * matrix[2]) or 1.0
            pieces.append((text, float(x), float(y), float(size or 1) * float(scale)))

    try:
        page.extract_text(visitor_operand_before=count, visitor_text=keep)
    except MemoryError:
        raise _TooMuch from None
    return make_lines(pieces), _has_picture(page)


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
