"""Turn the bytes of a file into text, whatever encoding it is in, and say where that can't be told."""

import codecs
import re

from ...tables import InputError

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
# In Icelandic, the language of Windows-1252 with the fewest plain letters, 14 in 100 have an accent; a Cyrillic, Greek,
# Japanese or Chinese page in a code of its own is nearly all above ASCII. A name or two says nothing.
FOREIGN_SHARE, FOREIGN_BYTES = 0.3, 20
_LETTERS = bytes(range(ord("A"), ord("Z") + 1)) + bytes(range(ord("a"), ord("z") + 1))
# What Windows-1252 has above ASCII that is no letter and that an English page may have rows of: quotation marks,
# dashes, dots, bullets, no-break spaces.
_PUNCTUATION = bytes([0x85, *range(0x91, 0x98), 0xA0, 0xAB, 0xB0, 0xB7, 0xBB])
_ABOVE_ASCII = bytes(code for code in range(128, 256) if code not in _PUNCTUATION)

# What a page may declare, besides UTF-8: a few of Python's codecs are slow on purpose or no encodings of pages at all.
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w:.-]{2,40})""", re.IGNORECASE)
_PAGE_ENCODINGS = ("cp", "iso8859", "koi8", "gb", "hz", "big5", "euc_", "shift_jis", "mac", "iso2022", "tis_620")
# As browsers read them: each of these is declared where its larger sister is meant.
_WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949",
}  # fmt: skip


def decode(data: bytes, name: str) -> str:
    """The text of a file: its byte-order mark decides, else UTF-8, UTF-16 by its NUL bytes, else Windows-1252.

    Every file can be read as Windows-1252; one that would then hardly have a plain letter is in another encoding.
    """
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
        if whole:
            return text
        above = len(data) - len(data.translate(None, _ABOVE_ASCII))
        letters = above + len(data) - len(data.translate(None, _LETTERS))
        if above >= FOREIGN_BYTES and above > FOREIGN_SHARE * letters:
            raise InputError(
                f"'{name}' is in an encoding that can't be told ({above / letters:.0%} of its letters are not ASCII); "
                "expected text in UTF-8, UTF-16 or Windows-1252"
            ) from None
        return data.decode("cp1252", "replace")


def decode_page(data: bytes, name: str) -> str:
    """The text of an HTML file: as `decode` has it, but if it is not UTF-8, then in the encoding that it declares.

    A page that is valid UTF-8 is UTF-8 whatever it declares, for whoever stored it may have turned it into that.
    """
    declared = _DECLARED.search(data[:4096])
    if not declared or any(data.startswith(mark) for mark, _ in _MARKS):
        return decode(data, name)
    try:
        encoding = codecs.lookup(declared[1].decode("ascii", "replace")).name
    except LookupError:
        return decode(data, name)
    seven_bits = encoding.startswith(("iso2022", "hz"))  # which is UTF-8 too, and means something else there
    if not encoding.startswith(_PAGE_ENCODINGS) or (_is_utf_8(data) and not seven_bits):
        return decode(data, name)
    return data.decode(_WIDER.get(encoding, encoding), "replace")


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


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


def mark_utf_8(data: bytes, encoding: str | None) -> bytes:
    """A page in UTF-8 with its mark, where whoever sent it said what encoding it is in; else as it is."""
    if not encoding or any(data.startswith(mark) for mark, _ in _MARKS):
        return data
    try:
        name = codecs.lookup(encoding).name
        return codecs.BOM_UTF8 + data.decode(_WIDER.get(name, name), "replace").encode("utf-8", "replace")
    except (LookupError, UnicodeError):
        return data
