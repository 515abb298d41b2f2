"""Tell transcripts of broadcasts and interviews from articles: lines begin with who speaks."""

import re
from collections import Counter

# So many lines, and such a share of all, begin with a speaker; of those in small letters, which a list may have too
# ("Paris: rain"), more.
TURNS, CAPITALS_SHARE, SHARE = 4, 0.3, 0.5
_WHO = r"[^\W\d_][\w.'’-]{0,30}(?: [\w.'’-]{1,30}){0,4}"
_TURN = re.compile(
    rf"^[ \t]*(?P<who>{_WHO})(?P<role>, [^:\n.!?]{{1,80}})?(?: \([^)\n]{{1,40}}\))?:(?=[ \t]*\S|[ \t]*$)", re.MULTILINE
)
_CLIP = re.compile(r"^\s*[(\[](?:BEGIN|END) (?:VIDEO|AUDIO)|^\s*[(\[](?:COMMERCIAL BREAK|CROSSTALK)[)\]]", re.MULTILINE)


def is_transcript(text: str) -> bool:
    """Whether most of a text is speech with its speaker before it, as broadcasts are printed."""
    if text.count(":") < max(TURNS, 0.1 * text.count("\n")):  # so say most, without a look at their lines
        return False
    lines = sum(map(bool, map(str.strip, text.split("\n"))))
    turns = [(match["who"], bool(match["role"])) for match in _TURN.finditer(text)]
    capitals = [turn for turn in turns if turn[0].isupper() and len(turn[0]) > 2]
    if len(capitals) >= TURNS and (len(capitals) >= CAPITALS_SHARE * lines or _CLIP.search(text)):
        return _take_turns(capitals)
    named = [turn for turn in turns if all(word[0].isupper() for word in turn[0].split())]
    return len(named) >= 2 * TURNS and len(named) >= SHARE * lines and _take_turns(named)


def _take_turns(turns: list[tuple[str, bool]]) -> bool:
    """Whether two speak, one of them again, and somebody with a full name or a role: "CLAIM:" and "FACT:" have none."""
    last_names = Counter(who.split()[-1] for who, _ in turns)
    introduced = {who.split()[-1] for who, role in turns if role or " " in who}
    return len(last_names) > 1 and any(last_names[name] > 1 for name in introduced)
