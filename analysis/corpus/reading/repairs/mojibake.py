"""Put right what was decoded in the wrong encoding before it came here: â€œ for “, Ã© for é."""

import re
from itertools import zip_longest

# What the first two bytes of a character in UTF-8 look like in Latin-1, Windows-1252 or Mac Roman; and C1 controls,
# which no text has on purpose. A text without one of these is not looked at more closely: nearly all.
_BEHIND = "\xa0-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\ufffd"
_SUSPECT = re.compile(f"[\x80-\x9f]|[Â-ß][{_BEHIND}]|[à-ô][{_BEHIND}]{{2}}|â€|‚Ä|√[©®°±´§¶∂]")
# Windows-1252 has no character for five bytes. What is left of a closing mark is â€ with a sign for the loss, or alone.
_LOST_CLOSING = re.compile("â€(?:\ufffd|(?=[\\s.,;:!?)]|\\Z))")
# Databases that print in ASCII write the second half of what was decoded wrongly as well as they can.
_SPELLED = {"â€[TM]": "’", "â€(TM)": "’", "â€oe": "“", 'â€"': "–", "â€TM": "’"}
# Latin-1 has controls for the two bytes behind “â”, which many programs drop. No language has an “â” by itself before a
# capital or behind a stop, and English has none inside “it’s”.
_SHORT = r"(?:s|t|re|ve|ll|d|m)\b"
_OPENED, _CLOSED = re.compile(r"(?<![^\s(\[])â(?=[A-Z0-9])"), re.compile(r"(?<=[.,!?])â(?=[\s.,;:)\]]|\Z)")
_DROPPED = re.compile(
    rf"\b(?:it|he|she|we|they|you|that|there|what|who|(?:do|did|does|is|was|wo|ca|would|could)n)â{_SHORT}",
    re.IGNORECASE,
)
_MEANT = (
    (_OPENED, "“"),
    (_CLOSED, "”"),
    (re.compile(rf"(?<=\w)â(?={_SHORT})"), "’"),
    (re.compile(r"(?<=\s)â(?=\s)"), "–"),
    (re.compile(r"(?<=\w)â(?=[\s.,;:!?)\]]|\Z)"), "”"),
)
# A euro sign stands at a number, or it is none.
_CONTROL = re.compile("[\x81-\x9f]|\x80(?= ?\\d)|(?<=\\d)\x80|(?<=\\d )\x80")
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
        for pattern, meant in _MEANT:
            text, found = pattern.subn(meant, text)
            n += found
    return text, n


def _fix(line: str) -> str:
    import ftfy  # most corpora need none

    # Its encodings alone: marks, ligatures, widths, entities and line ends stay as they were printed.
    if "â€" in line:
        for spelled, meant in _SPELLED.items():
            line = line.replace(spelled, meant)
        line = _LOST_CLOSING.sub("”", line)
    line = ftfy.fix_encoding(line)
    if _CONTROL.search(line):  # what Windows-1252 has in their place; and both mistakes may have been made
        line = ftfy.fix_encoding(_CONTROL.sub(lambda match: ftfy.fixes.fix_c1_controls(match[0]), line))
    return line


def _count_changes(before: str, after: str) -> int:
    """How many stretches of characters beyond ASCII differ."""
    pairs = zip_longest(_FOREIGN.findall(before), _FOREIGN.findall(after))
    return sum(one != other for one, other in pairs)
