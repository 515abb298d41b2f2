"""The words that bring in what somebody said: verbs, other cues, and those of who only passes it on."""

from collections.abc import Iterable
from functools import cache

from ..shipped import read_lines

# Words of those who pass on what somebody else said.
RELAYS = frozenset(("reported", "reports", "reporting", "according to", "According to"))


@cache
def reporting_verbs() -> dict[str, str]:
    """Every form of every reporting verb, with the verb it is listed under.

    Forms that are nouns as often as verbs (`pledge`, `reports`) are not in the list.
    """
    lines = read_lines("reporting_verbs.txt")
    return {form: line.split(":")[0] for line in lines for form in line.split(":")[1].split()}


@cache
def speech_cues() -> dict[str, frozenset[str]]:
    """Each word that brings in somebody's speech or view, and what must follow it to do so.

    `that`, `wh` (whether, how …), `to` and prepositions stand for themselves, `plain` for a clause or an object, `stop`
    for the end of the clause (`…, he said.`).
    """
    lines = read_lines("speech_cues.txt")
    return {line.split(":")[0]: frozenset(line.split(":")[1].split()) for line in lines}


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of `words` that reads each letter once, however many words there are."""
    branches: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        branches.setdefault(word[:1], []).append(word[1:])
    parts = [letter + any_of(rest) if rest != [""] else letter for letter, rest in branches.items() if letter]
    pattern = "|".join(parts)
    if "" in branches:
        return f"(?:{pattern})?" if parts else ""
    return f"(?:{pattern})" if len(parts) > 1 else pattern
