"""Put right what was decoded in the wrong encoding before it came here: â€œ for “, Ã© for é."""

import re
from itertools import zip_longest

# What the first bytes of a character in UTF-8 look like in Windows-1252, Latin-1 or Mac Roman with one behind it; C1
# controls, which no text has on purpose. A text without such a pair is not looked at more closely: nearly all.
_SUSPECT = re.compile(
    "[\x80-\x9f]|[Â-ß][\xa0-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\ufffd]|[à-ô][\xa0-¿€‚šž][\xa0-¿ -›\ufffd]|‚Ä|√[©®°±´§¶∂]"
)
# Windows-1252 has no character for five bytes; what is lost of a closing mark is “â€” and a sign for the loss, or “â€”
# alone where it was dropped.
_LOST_CLOSING = re.compile("â€(?:\ufffd|(?=[\\s.,;:!?)]|\\Z))")
# Latin-1 has controls for the two bytes behind “â”, which many programs drop. No language has an “â” by itself before a
# capital or behind a stop, and English has none inside “it’s”.
_SHORT = r"(?:s|t|re|ve|ll|d|m)\b"
_OPENED, _CLOSED = re.compile(r"(?<![^\s(\[])â(?=[A-Z0-9])"), re.compile(r"(?<=[.,!?])â(?=[\s.,;:)\]]|\Z)")
_DROPPED = re.compile(
    rf"\b(?:it|he|she|we|they|you|that|there|what|who|(?:do|did|is|was|wo|ca|would|could|does)n)â{_SHORT}", re.I
)
_FOREIGN = re.compile(r"[^\x00-\x7f]+")


def mend_mojibake(text: str) -> tuple[str, int]:
    """The text with each character as it was meant, and how many stretches of it were put right."""
    if text.isascii():
        return text, 0
    n = 0
    if _SUSPECT.search(text):
        lines = text.split("\n")
        for number, line in enumerate(lines):
            if not line.isascii() and _SUSPECT.search(line):
                lines[number] = _fix(line)
                n += _count_changes(line, lines[number])
        text = "\n".join(lines)
    if "â" in text and (_DROPPED.search(text) or (_OPENED.search(text) and _CLOSED.search(text))):
        for pattern, meant in (
            (_OPENED, "“"), (_CLOSED, "”"), (re.compile(rf"(?<=\w)â(?={_SHORT})"), "’"), (re.compile(r"(?<=\s)â(?=\s)"), "–"),
        ):  # fmt: skip
            text, found = pattern.subn(meant, text)
            n += found
    return text, n


def _fix(line: str) -> str:
    import ftfy  # most corpora need none

    # Its encodings alone: marks, ligatures, widths, entities and line ends stay as they were printed.
    if "â€" in line:
        line = _LOST_CLOSING.sub("”", line)
    line = ftfy.fix_encoding(line)
    return ftfy.fixes.fix_c1_controls(line) if _SUSPECT.search(line) else line


def _count_changes(before: str, after: str) -> int:
    """How many stretches of characters beyond ASCII differ."""
    pairs = zip_longest(_FOREIGN.findall(before), _FOREIGN.findall(after))
    return sum(one != other for one, other in pairs)
