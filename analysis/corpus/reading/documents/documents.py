"""Open a document of any form: what is a table as records, anything else as its parts, each a text or a page."""

from collections.abc import Callable
from dataclasses import dataclass

from ....tables import InputError
from ..formats import Choose, Records
from .mail import Letter, read_mail, split_mailbox
from .marked_tables import read_html_table, read_xml_workbook
from .opendocument import read_ods, read_odt
from .pdf import read_pdf
from .rtf import read_rtf
from .statistical import read_dta, read_sav
from .warc import read_warc
from .word import read_docx
from .workbooks import read_workbook

Table = Callable[[str, bytes, Choose, object], Records]

TABLES: dict[str, Table] = {
    "workbook": read_workbook, "ods": read_ods, "html table": read_html_table, "xml workbook": read_xml_workbook,
    "sav": read_sav, "dta": read_dta,
}  # fmt: skip
_TEXTS = {"docx": read_docx, "odt": read_odt, "fodt": read_odt, "rtf": read_rtf, "pdf": read_pdf}
_MAILS = ("mail", "mhtml")
DOCUMENTS = (*_TEXTS, *_MAILS, "mbox", "warc")


@dataclass
class Part:
    """A text, or a page, or a page and the same as a text; and what is said of it outside of both."""

    text: str | None = None
    page: bytes | None = None
    title: str | None = None
    url: str | None = None
    place: str | None = None  # "message 3", where a file holds several


def open_document(kind: str, data: bytes, name: str, log) -> list[Part]:
    """The parts of a document: one of most, many of a mailbox and of a web archive."""
    if kind in _TEXTS:
        return [Part(text=_TEXTS[kind](data, name, log))]
    if kind in _MAILS:
        letter = read_mail(data, name)
        letter.subject = letter.subject if kind == "mail" else None  # a saved page has a title of its own
        return _open_letter(letter, name, None, log)
    if kind == "warc":
        pages = enumerate(read_warc(data, name, log), 1)
        return [Part(page=page, url=url, place=f"page {number}") for number, (url, page) in pages]
    messages = split_mailbox(data)
    if not messages:
        raise InputError(f"'{name}' holds no message; expected a mailbox, in which each begins with a line 'From …'")
    parts = []
    for number, message in enumerate(messages, 1):
        place = f"message {number}"
        try:
            parts += _open_letter(read_mail(message, f"{name} {place}"), f"{name} {place}", place, log)
        except InputError as error:
            log.problem(f"{name} {place}", str(error))
    return parts


def _open_letter(letter: Letter, name: str, place: str | None, log) -> list[Part]:
    """The part that a mail is; what is attached to it is said, for it may be the article."""
    if letter.attachments:
        more = len(letter.attachments) - 1
        others = f" and {more} more" if more else ""
        verb = "were" if more else "was"
        attached = f"'{name}' has the attachment '{letter.attachments[0]}'{others}, which {verb} not read"
        if letter.page is None and letter.text is None:
            raise InputError(f"{attached}, and no text of its own; expected it saved beside the e-mail")
        log.problem(name, f"{attached}; expected it saved beside the e-mail")
    return [Part(letter.text, letter.page, letter.subject, letter.url, place)]
