"""Read RTF as its text: a paragraph a line, in whatever code pages its fonts are."""

import codecs
import re
from dataclasses import dataclass, replace

from ....tables import InputError

# Pictures stand in it as digits, twice their size.
RTF_BYTES = 200_000_000
_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<code>[0-9A-Fa-f]{2})|\\(?P<sign>[\s\S])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)
# What begins a group that is no text of the document, or the same text in an older form.
_NOT_TEXT = frozenset(
    b"fonttbl colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf footnote "
    b"annotation atnid atnauthor fldinst datafield objdata objclass objname listtext pntext listtable themedata "
    b"listoverridetable datastore latentstyles generator rsidtbl revtbl xmlnstbl filetbl tc xe rxe sp shprslt do "
    b"nonshppict bkmkstart bkmkend private ftnsep ftnsepc aftnsep aftnsepc mmathPict template".split()
)
_LETTERS = {
    b"par": "\n", b"sect": "\n", b"page": "\n", b"column": "\n", b"line": "\n", b"cell": "\n", b"nestcell": "\n",
    b"tab": "\t", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"emspace": "\u2003", b"enspace": "\u2002", b"qmspace": "\u2005", b"shptxt": "\n",
}  # fmt: skip
_SIGNS = {
    b"~": "\xa0", b"_": "-", b"-": "", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n", b"\t": "\t",
}  # fmt: skip
# The code pages of a font's own set of letters, as Windows numbers them.
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437",
}  # fmt: skip
_BASES = {b"ansi": "cp1252", b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}


@dataclass(frozen=True)
class _Group:
    """What holds until the brace closes."""

    is_text: bool = True
    is_hidden: bool = False
    font: int | None = None
    alternatives: int = 1  # how many letters behind one in Unicode say it for older programs


def read_rtf(data: bytes, name: str, log) -> str:
    """The paragraphs of a document, one a line, without its pictures, heads, feet, footnotes and field codes."""
    if len(data) > RTF_BYTES:
        size = f"'{name}' has {len(data) / 1_000_000:,.0f} MB"
        raise InputError(f"{size}; expected RTF of at most {RTF_BYTES // 1_000_000} MB, as without pictures")
    if not data.lstrip().startswith(b"{\\rtf"):
        raise InputError(f"'{name}' is no RTF; expected a document that begins with '{{\\rtf'")
    reader = _Reader()
    if not reader.read(data):
        sentence = f"'{name}' ends before its last brace closes, and was read as far as it goes"
        log.problem(name, f"{sentence}; expected a complete RTF document")
    text = "".join(reader.parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.strip()


class _Reader:
    """The text so far, and the groups that are open."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._group, self._outer = _Group(), []
        self._encoding = "cp1252"
        self._encodings: dict[int, str] = {}  # of the fonts
        self._font_told = 0  # in the table of fonts: whose line this is
        self._codes = bytearray()  # letters that are not decoded yet: two codes may be one
        self._skip = 0  # letters to come that only repeat the last one
        self._is_starred = False  # this group may be passed over by a program that does not know its word

    def read(self, data: bytes) -> bool:
        """Take in a document; whether it is whole."""
        place, size = data.index(b"{\\rtf"), len(data)
        while place < size:
            found = _TOKEN.match(data, place)
            place = found.end()
            kind = found.lastgroup
            if kind == "text":
                self._add_codes(found[0])
            elif kind == "code":
                self._add_codes(bytes([int(found["code"], 16)]))
            elif kind == "brace":
                self._flush()
                self._skip = 0
                if found[0] == b"{":
                    self._outer.append(self._group)
                elif self._outer:
                    self._group = self._outer.pop()
                    if not self._outer:
                        return True
            elif kind == "sign":
                if found["sign"] == b"*":
                    self._is_starred = True
                else:
                    self._add(_SIGNS.get(found["sign"], ""))
            elif kind in ("word", "number"):
                number = int(found["number"]) if found["number"] else None
                if found["word"] == b"bin":  # so many bytes of a picture, which may be braces
                    place += max(number or 0, 0)
                else:
                    self._obey(found["word"], number)
        self._flush()
        return False

    def _obey(self, word: bytes, number: int | None) -> None:
        starred, self._is_starred = self._is_starred, False
        if word == b"u":
            self._add_unicode(number)
        elif word in _NOT_TEXT or (starred and word != b"shpinst"):
            self._flush()
            self._group = replace(self._group, is_text=False)
        elif word in _LETTERS:
            self._add(_LETTERS[word])
        elif word == b"f" and number is not None:
            self._flush()
            self._font_told = number
            self._group = replace(self._group, font=number)
        elif word == b"fcharset" and number in _CHARSETS:
            self._encodings[self._font_told] = _CHARSETS[number]
        elif word in (b"v", b"deleted"):
            self._flush()
            self._group = replace(self._group, is_hidden=number != 0)
        elif word == b"plain":
            self._flush()
            self._group = replace(self._group, is_hidden=False, font=None)
        elif word == b"uc" and number is not None:
            self._group = replace(self._group, alternatives=max(number, 0))
        elif word in _BASES:
            self._encoding = _BASES[word]
        elif word == b"ansicpg" and number is not None:
            self._encoding = _find_encoding(number, self._encoding)

    def _add_unicode(self, number: int | None) -> None:
        if number is not None and self._skip == 0:
            self._add(chr(number % 0x10000))  # two halves of a rarer letter meet when the text is whole
            self._skip = self._group.alternatives

    def _add_codes(self, codes: bytes) -> None:
        skipped = min(self._skip, len(codes))
        self._skip -= skipped
        if self._group.is_text and not self._group.is_hidden:
            self._codes += codes[skipped:]

    def _add(self, text: str) -> None:
        self._flush()
        self._skip = 0
        if self._group.is_text and not self._group.is_hidden:
            self.parts.append(text)

    def _flush(self) -> None:
        if self._codes:
            encoding = self._encodings.get(self._group.font, self._encoding)
            self.parts.append(self._codes.decode(encoding, "replace"))
            self._codes.clear()


def _find_encoding(number: int, known: str) -> str:
    try:
        return codecs.lookup({65001: "utf-8", 10000: "mac_roman"}.get(number, f"cp{number}")).name
    except LookupError:
        return known
