"""Tell what a file is by its first bytes, for many are not what they are called, and say what to do with the rest."""

import io
import re
import zipfile
from pathlib import PurePosixPath

from ...tables import InputError
from .archives import DAMAGED

# What reads a file whose content does not say it: a table or a text has no mark of its own.
READERS = {
    "txt": "txt", "text": "txt", "md": "txt", "markdown": "txt", "html": "html", "htm": "html", "xhtml": "html",
    "csv": "csv", "tsv": "tsv", "tab": "tsv", "json": "json", "jsonl": "jsonl", "ndjson": "jsonl",
    "parquet": "parquet", "xlsx": "workbook", "xlsm": "workbook", "xlsb": "workbook", "xls": "workbook", "ods": "ods",
    "docx": "docx", "docm": "docx", "odt": "odt", "fodt": "fodt", "rtf": "rtf", "pdf": "pdf", "eml": "mail",
    "mhtml": "mhtml", "mht": "mhtml", "mbox": "mbox", "xml": "xml", "rss": "xml", "atom": "xml", "rdf": "xml",
    "tei": "xml", "warc": "warc", "gz": "gz", "zip": "zip", "sav": "sav", "zsav": "sav", "dta": "dta",
}  # fmt: skip
# The commonest of them, as a message lists them.
SUFFIXES = (
    "txt, html, csv, tsv, json, jsonl, parquet, xlsx, xls, ods, docx, odt, rtf, pdf, eml, mhtml, mbox, xml, rss, warc, "
    "gz or zip"
)
_OCR = "expected text; a program that recognises text (OCR) can make a PDF or a text file of it"
_UNPACKED = "expected its files unpacked, or in a zip archive"
_TABLE = "expected its table as csv, jsonl, parquet or xlsx"
_AS_DOCX = "expected it saved as docx"
_AS_TEXT = "expected it saved as html, docx or txt"
REFUSED = {
    "an image": (("png", "jpg", "jpeg", "gif", "tif", "tiff", "bmp", "webp", "heic", "djvu"), _OCR),
    "a Word document of the old form": (("doc", "dot"), _AS_DOCX),
    "a Pages document": (("pages",), _AS_DOCX),
    "a document of WordPerfect": (("wpd",), _AS_DOCX),
    "an e-book": (("epub", "mobi", "azw", "azw3"), _AS_TEXT),
    "a presentation": (("ppt", "pptx", "odp", "key"), _AS_TEXT),
    "a Numbers table": (("numbers",), "expected it saved as xlsx or csv"),
    "a message of Outlook": (("msg", "pst"), "expected it saved as eml or html"),
    "a web archive of Safari": (("webarchive",), "expected the page saved as html"),
    "a database": (("sqlite", "sqlite3", "db", "mdb", "accdb"), _TABLE),
    "a file of R": (("rdata", "rda", "rds"), "expected its table written as csv, as R does by write.csv"),
    "a file of SAS": (("sas7bdat", "xpt"), _TABLE),
    "a pickle, which may run any code when it is opened": (("pkl", "pickle"), _TABLE),
    "a feather file": (("feather", "arrow"), "expected it saved as parquet"),
    "a packed archive": (("7z", "rar", "tar", "tgz", "bz2", "xz", "zst"), _UNPACKED),
}
_BY_SUFFIX = {suffix: (kind, step) for kind, (suffixes, step) in REFUSED.items() for suffix in suffixes}

_MAGIC = (
    (b"{\\rtf", "rtf"), (b"\x1f\x8b", "gz"), (b"PAR1", "parquet"), (b"WARC/", "warc"), (b"$FL2", "sav"),
    (b"$FL3", "sav"), (b"<stata_dta>", "dta"),
)  # fmt: skip
_MAGIC_REFUSED = (
    (b"\x89PNG", "an image"), (b"\xff\xd8\xff", "an image"), (b"GIF87a", "an image"), (b"GIF89a", "an image"),
    (b"II*\0", "an image"), (b"MM\0*", "an image"), (b"AT&TFORM", "an image"), (b"7z\xbc\xaf\x27", "a packed archive"),
    (b"Rar!", "a packed archive"), (b"BZh", "a packed archive"), (b"\xfd7zXZ", "a packed archive"),
    (b"\x28\xb5\x2f\xfd", "a packed archive"), (b"SQLite format 3", "a database"), (b"RDX", "a file of R"),
    (b"RDA", "a file of R"), (b"ARROW1", "a feather file"), (b"bplist", "a web archive of Safari"),
)  # fmt: skip
# The names of the streams in a file of the old office programs, which are in UTF-16 there.
_STREAMS = (
    ("WordDocument", "a Word document of the old form"), ("PowerPoint Document", "a presentation"),
    ("__substg1.0_", "a message of Outlook"),
)  # fmt: skip
_PAGE = re.compile(r"(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)[\s>]", re.I | re.S)
_HEADER = re.compile(r"[A-Za-z][A-Za-z-]{1,40}:[ \t]")
_OLD_WORKBOOK = "urn:schemas-microsoft-com:office:spreadsheet"


def tell_kind(name: str, data: bytes) -> str:
    """What reads this file: by its content where that says it, else by its suffix.

    One of the values of `READERS`, or `html table` and `xml workbook`, which have the suffix xls. Raises `InputError`
    for what can't be read, with what to do instead.
    """
    suffixes = [suffix[1:].lower() for suffix in PurePosixPath(name).suffixes[-2:]]
    suffix = suffixes[-1] if suffixes else ""
    if suffix == "parquet":
        return suffix
    if suffixes == ["tar", "gz"]:
        raise _refuse(name, "a packed archive")
    if suffixes == ["warc", "gz"]:
        return "warc"
    if not data and READERS.get(suffix, "txt") not in ("txt", "html", "csv", "tsv", "json", "jsonl"):
        raise InputError(f"'{name}' is empty; expected a file with articles in it")
    if suffix == "rds" or data.startswith(b"\x80\x04\x95"):  # which is packed by gzip; a pickle of this decade
        raise _refuse(name, "a file of R" if suffix == "rds" else "a pickle, which may run any code when it is opened")
    kind = _tell_by_content(name, suffix, data) or READERS.get(suffix)
    if kind:
        return kind
    if suffix in _BY_SUFFIX:
        raise _refuse(name, _BY_SUFFIX[suffix][0])
    raise InputError(f"'{name}' can't be read by its suffix; expected {SUFFIXES}")


def _refuse(name: str, kind: str) -> InputError:
    return InputError(f"'{name}' is {kind}; {REFUSED[kind][1]}")


def _tell_by_content(name: str, suffix: str, data: bytes) -> str | None:
    if b"%PDF-" in data[:1024] and (suffix == "pdf" or data.lstrip()[:5] == b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _tell_package(name, suffix, data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _tell_old_office(name, suffix, data)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    for magic, kind in _MAGIC_REFUSED:
        if data.startswith(magic):
            raise _refuse(name, kind)
    if data[257:262] == b"ustar":
        raise _refuse(name, "a packed archive")
    if data[60:68] == b"BOOKMOBI":
        raise _refuse(name, "an e-book")
    if (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or data[4:12] in (b"ftypheic", b"ftypmif1", b"ftypavif"):
        raise _refuse(name, "an image")
    return _tell_text(name, suffix, data)


def _tell_package(name: str, suffix: str, data: bytes) -> str | None:
    """What a zip archive is by the names in it; by the suffix where it is damaged, for the reader to say so."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts, stated = set(package.namelist()), b""
            if "mimetype" in parts:
                with package.open("mimetype") as file:
                    stated = file.read(100)
    except DAMAGED:
        return None
    if "word/document.xml" in parts or "[Content_Types].xml" in parts:
        folders = {part.partition("/")[0] for part in parts}
        if "ppt" in folders:
            raise _refuse(name, "a presentation")
        return "workbook" if "xl" in folders else "docx" if "word" in folders else None
    if b"opendocument.text" in stated:
        return "odt"
    if b"opendocument.spreadsheet" in stated:
        return "ods"
    if b"opendocument.presentation" in stated or b"epub" in stated:
        raise _refuse(name, "an e-book" if b"epub" in stated else "a presentation")
    if suffix != "zip" and suffix not in _BY_SUFFIX and parts:
        raise InputError(f"'{name}' is a zip archive; expected the suffix zip")
    return None


def _tell_old_office(name: str, suffix: str, data: bytes) -> str | None:
    """What a file of the old office programs is by the streams in it: each may hold a piece of the others."""
    if _has_stream(data, "EncryptedPackage"):
        raise InputError(f"'{name}' is locked with a password; expected it saved without one")
    is_workbook = _has_stream(data, "Workbook") or _has_stream(data, "Book")
    if not (is_workbook and suffix.startswith("xl")):
        for stream, kind in _STREAMS:
            if _has_stream(data, stream):
                raise _refuse(name, kind)
    return "workbook" if is_workbook else None


def _has_stream(data: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in data


def _tell_text(name: str, suffix: str, data: bytes) -> str | None:
    """What a text is by its beginning: pages, mails and tables are often called by another suffix."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    head = data[:4000].decode(encoding, "replace").lstrip()
    reader = READERS.get(suffix, "")
    if _PAGE.match(head) or (suffix == "xls" and head[:6].lower() == "<table"):
        is_table = reader in ("workbook", "csv", "tsv") and b"<tr" in data.lower()
        return "html table" if is_table else "mhtml" if reader == "mhtml" else "html"
    if head.startswith("<?xml") or (head.startswith("<") and reader not in ("html", "mhtml", "txt")):
        if _OLD_WORKBOOK in head:
            return "xml workbook"
        if 'progid="Word.Document"' in head or "<w:wordDocument" in head:
            raise InputError(f"'{name}' is a Word document in one piece of XML; {_AS_DOCX}")
        if "<office:document" in head:
            return "fodt"
        if head.startswith("<?xml") and reader not in ("html", "mhtml"):
            return "xml"
    if reader in ("txt", "html") and _HEADER.match(head) and "MIME-Version:" in head and "Content-Type:" in head:
        if "multipart/related" in head:
            return "mhtml"
        if re.search(r"^(?:From|Subject):", head, re.MULTILINE):
            return "mail"
    if reader == "workbook" and head and "\0" not in head:
        return "tsv" if "\t" in head.partition("\n")[0] else "csv"
    return None
