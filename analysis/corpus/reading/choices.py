"""Choose by their values between columns of a table whose names say the same."""

from collections.abc import Mapping, Sequence
from itertools import islice

from .columns import fold_name, is_address, refuse_without_text
from .dates import read_dates
from .formats import show
from .repairs.tokenised import is_tokenised
from .rows import read_word

# So many values of a column are looked at.
SAMPLE = 200
# What has so many characters is prose, and no identifier or title.
PROSE = 200
STOPS = tuple('.!?…"”’»')
# A column of texts this much longer than another that is likelier by its name holds what that one is the teaser of.
LONGER = 2.0


def settle_columns(
    candidates: Mapping[str, Sequence[str]], records: Sequence[tuple[int, dict]], header: list[str], name: str
) -> tuple[dict[str, str], list[str]]:
    """Which column is which, of those that may be by their names, and what a reader may want to know of the choice.

    Raises `InputError` where what might have been the text by its name is none.
    """
    chosen = {ours: theirs[0] for ours, theirs in candidates.items()}
    values = {theirs: _sample(records, theirs) for of_ours in candidates.values() for theirs in of_ours}
    said: list[str] = []
    if "text" in candidates:
        chosen["text"] = _choose_text(candidates["text"], values, said)
    elif found := [theirs for theirs in candidates["prose"] if _are_prose(values[theirs])]:
        del chosen["prose"]
        chosen["text"] = found[0]
    else:
        raise refuse_without_text(header, name)
    if "outlet" in candidates:
        chosen["outlet"] = _choose_outlet(candidates["outlet"], values, said)
        if "url" not in candidates and _holds_addresses(values[candidates["outlet"][0]]):
            chosen["url"] = candidates["outlet"][0]
    if fold_name(chosen.get("published", "")) == "data" and not _holds_dates(values[chosen["published"]]):
        del chosen["published"]  # in English it is what a program stores
    for ours in [ours for ours, theirs in chosen.items() if ours != "text" and theirs == chosen["text"]]:
        others = [theirs for theirs in candidates[ours] if theirs != chosen["text"]]
        chosen[ours] = next(iter(others), None)
    return {ours: theirs for ours, theirs in chosen.items() if theirs is not None}, said


def _sample(records: Sequence[tuple[int, dict]], theirs: str) -> list[object]:
    values = (record.get(theirs) for _, record in records)
    return list(islice((value for value in values if value is not None and value != ""), SAMPLE))


def _choose_text(candidates: Sequence[str], values: Mapping[str, list], said: list[str]) -> str:
    """The likeliest by its name, but not a tokenised one, or a teaser, where there is another."""
    first = candidates[0]
    if len(candidates) == 1:
        return first
    texts = {theirs: [value for value in values[theirs] if isinstance(value, str)] for theirs in candidates}
    tokenised = {theirs for theirs in candidates if _are_tokenised(texts[theirs])}
    printed = [theirs for theirs in candidates if theirs not in tokenised and texts[theirs]] or [first]
    lengths = {theirs: sum(map(len, texts[theirs])) for theirs in printed}
    best = printed[0]
    for theirs in printed[1:]:
        if lengths[theirs] > LONGER * lengths[best]:
            best = theirs
    if best != first:
        why = "is tokenised" if first in tokenised else "is shorter"
        said.append(f"of two columns with texts {show(best)} is read, for {show(first)} {why}")
    return best


def _choose_outlet(candidates: Sequence[str], values: Mapping[str, list], said: list[str]) -> str:
    """The likeliest by its name, but not a column of addresses where there is one of names."""
    first = candidates[0]
    if not _holds_addresses(values[first]):
        return first
    names = [theirs for theirs in candidates if values[theirs] and not _holds_addresses(values[theirs])]
    instead = f"the outlets are those of {show(names[0])}" if names else "the outlets are their hosts"
    said.append(f"{show(first)} holds addresses, which name no outlet; {instead}")
    return names[0] if names else first


def _are_tokenised(texts: list[str]) -> bool:
    return bool(texts) and sum(map(is_tokenised, texts)) > len(texts) / 2


def _are_prose(values: list[object]) -> bool:
    """Whether most values have the length of an article, or are sentences: a title has no stop, an identifier no
    space."""
    texts = [value.strip() for value in values if isinstance(value, str)]
    prose = [text for text in texts if " " in text and (len(text) >= PROSE or text.endswith(STOPS))]
    return len(prose) > len(values) / 2


def _holds_addresses(values: list[object]) -> bool:
    words = list(filter(None, map(read_word, values)))
    return bool(words) and sum(map(is_address, words)) > len(words) / 2


def _holds_dates(values: list[object]) -> bool:
    given = [value if hasattr(value, "year") else read_word(value) for value in values]
    return 2 * len(read_dates(given)[1]) < len(given)
