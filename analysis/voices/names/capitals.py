"""Where a text has runs of capitalised words: one scan, before anything is asked of them."""

import re
from functools import cache

from ..verbs import any_of
from .name_lists import name_lists

_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶĹĽŁŃŅŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽȘȚ"
# A point belongs to an initial or a shortened title.
_POINT = (
    rf"\.(?:(?<=\b[{_CAPITAL}]\.)(?:[{_CAPITAL}]\.)*|(?= )(?:(?<=Mr\.)|(?<=Ms\.)|(?<=Dr\.)|(?<=St\.)|(?<=Lt\.)"
    r"|(?<=Mrs\.)|(?<=Sen\.)|(?<=Rep\.)|(?<=Gov\.)|(?<=Gen\.)|(?<=Col\.)|(?<=Sgt\.)|(?<=Rev\.)|(?<=Maj\.)|(?<=Adm\.)"
    r"|(?<=Sens\.)|(?<=Reps\.)|(?<=Prof\.)|(?<=Capt\.)|(?<=Jr\.)|(?<=Sr\.)))"
)
# Behind most words stands none of the signs that may go on with it; `|` asks less of the machine than `?` does.
_REST = (
    rf"\w*+(?:(?=[’'.&-])(?:(?:[’'](?=\w\w)|-(?=\w)|&(?=[{_CAPITAL}]))\w+)*+(?:{_POINT}|)"
    r"(?:[’']s(?= (?:Republic|County|Party|Liberation|Congress|Hospital|Office|Army)\b)|)|)"
)
_WORD = rf"[{_CAPITAL}]{_REST}"
# `and` joins only what is known to be one name.
_JOIN = (
    rf" (?:(?=[{_CAPITAL}])|(?:(?:of|for|on|the|de|da|del|der|di|du|la|van|von|bin|al|ibn|den) ){{0,2}}"
    r"(?:and (?=Herzegovina|Tobago|Border|Exchange|Human Services|Drug|Customs|Prevention|Budget|Development)|))"
)
_DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday I".split())


@cache
def runs_pattern() -> re.Pattern:
    """A run of capitalised words within a line, with the small words that may stand inside a name.

    Words that begin no name, a third of all capitalised ones, are passed over before they cost anything.
    """
    lists = name_lists()
    begins = {name.split()[0] for name in (*lists.listed, *lists.demonyms)} - {"The"} | set(lists.first_names)
    never = any_of(word for word in lists.words["opener"] | _DAYS if word not in begins)
    return re.compile(rf"[{_CAPITAL}](?<!\w.)(?<!(?=(?:{never})(?![\w’'-])).){_REST}(?:{_JOIN}{_WORD})*")
