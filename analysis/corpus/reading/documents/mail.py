"""Take the page or the text out of an e-mail, and out of a page that a browser saved in the form of one."""

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage

from ....tables import InputError
from ..decoding import mark_utf_8

# With the pictures of a page in it a mail has some megabytes.
MAIL_BYTES = 100_000_000
_PAGES = ("text/html", "application/xhtml+xml")
_FORWARDED = re.compile(r"(?:\s*(?:re|fwd?|aw|wg|tr|rv|i)\s*:\s*)+", re.IGNORECASE)
_ENVELOPE = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\r\n]{0,500}\r?\n")


@dataclass
class Letter:
    """What a mail says: its page (in UTF-8, or as its own head declares), its text, and what stands around them.

    Not when it was sent, which says nothing of when an article was printed.
    """

    page: bytes | None
    text: str | None
    subject: str | None = None
    url: str | None = None  # where a saved page is from
    attachments: tuple[str, ...] = ()


def read_mail(data: bytes, name: str) -> Letter:
    """The page of a mail or, without one, its text; raises `InputError` where it has neither, and nothing attached."""
    if len(data) > MAIL_BYTES:
        size = f"'{name}' has {len(data) / 1_000_000:,.0f} MB"
        raise InputError(f"{size}; expected an e-mail of at most {MAIL_BYTES // 1_000_000} MB")
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        letter = _open_message(message)
    except Exception as error:  # the mail is anybody's, and the library raises what its broken parts raise in it
        raise InputError(
            f"'{name}' can't be read as an e-mail ({type(error).__name__}); expected a whole one"
        ) from None
    if letter.page is None and letter.text is None and not letter.attachments:
        raise InputError(f"'{name}' has neither a page nor a text; expected an e-mail with an article")
    return letter


def split_mailbox(data: bytes) -> list[bytes]:
    """The mails of a mailbox, in which each begins behind an empty line with the word From."""
    places = [(found.start(), found.end()) for found in _ENVELOPE.finditer(data)]
    ends = [begin for begin, _ in places[1:]] + [len(data)]
    return [data[begin:end] for (_, begin), end in zip(places, ends, strict=False)]


def _open_message(message: EmailMessage) -> Letter:
    page, text = message.get_body(("related", "html")), message.get_body(("plain",))
    if page is not None and page.get_content_maintype() == "multipart":  # a page with its pictures
        page = next((part for part in page.walk() if part.get_content_type() in _PAGES), None)
    if page is None:  # a browser's own form may be no multipart, or have its page behind another part
        page = next((part for part in message.walk() if part.get_content_type() in _PAGES and not _is_file(part)), None)
    attached = [part for part in message.walk() if _is_file(part) and part is not page and part is not text]
    names = [part.get_filename() or part.get_content_type() for part in attached]
    location = page["Content-Location"] if page is not None else None
    links = (str(link).strip() for link in (message["Snapshot-Content-Location"], location) if link)
    subject = " ".join(str(message["Subject"] or "").split())
    return Letter(
        page=None if page is None else mark_utf_8(_read_bytes(page), page.get_content_charset()),
        text=None if text is None else _read_text(text),
        subject=_FORWARDED.sub("", subject, count=1) if _FORWARDED.match(subject) else subject or None,
        url=next((link for link in links if link.lower().startswith(("http://", "https://"))), None),
        attachments=tuple(dict.fromkeys(names)),
    )


def _is_file(part: EmailMessage) -> bool:
    """Is this part a file that its sender attached, and no picture or style that the mail shows?"""
    if part.is_multipart() and part.get_content_type() != "message/rfc822":
        return False
    if part.get_content_maintype() in ("image", "audio", "video", "font") or part.get_content_type() == "text/css":
        return False
    return part.is_attachment() or bool(part.get_filename()) or part.get_content_type() == "message/rfc822"


def _read_bytes(part: EmailMessage) -> bytes:
    return part.get_payload(decode=True) or b""


def _read_text(part: EmailMessage) -> str:
    """A text, in which a space at the end of a line may say that the line goes on in the next (RFC 3676)."""
    data = _read_bytes(part)
    try:
        text = data.decode(part.get_content_charset() or "utf-8", "replace")
    except (LookupError, UnicodeError):
        text = data.decode("cp1252", "replace")
    text = text.replace("\r\n", "\n")
    if part.get_param("format", "").lower() == "flowed":
        text = re.sub(r"(?<=[^\n]) \n(?!\n)", " ", text)
    return text
