"""Which of the dates that stand on lines of their own is the day of publication, and which belongs to a story."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from ..reading.dates import read_dates
from .line_kinds import day_of, days_in

# A date further down belongs to something else on the page.
HEAD = 1_000
# Behind more than a standfirst a date that does not say what it is opens a part of the story.
STANDFIRST_LINES = 1
# Two dates this far apart are no publication and a date soon to come.
YEAR = timedelta(days=366)
_LABELLED = re.compile(r"(?:(?:first|last) )?(?:published|updated|posted|modified|date)\b", re.IGNORECASE)
_REMEMBERED = re.compile(
    r"\banniversar(?:y|ies)\b|\bon this day\b|\bthis day in\b|\btimeline\b|\bchronology\b|\bkey dates\b"
    r"|\b(?:\d+|[a-z]+) (?:years|decades) (?:ago|on|later|after|since)\b|\bjahrestag|\bvor \d+ jahren\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


def choose_date(text: str, headers: Sequence[tuple[int, int, int]]) -> str | None:
    """The date of publication among the date headers of a text, as it is printed; None where there is none.

    A header is its start, its end, and how many lines of prose stand before it. One that says "published", "updated" or
    "date" is believed. A date alone is not where a later one stands alone too, as in a timeline, or where the text is
    about a day long past: it tells of an anniversary, or of later days.
    """
    for start, end, prose in headers:
        if start >= HEAD:
            return None
        printed = text[start:end]
        day = day_of(printed)
        if day is None:
            continue
        if _LABELLED.match(printed):
            return day
        others = [other for first, last, _ in headers if first != start and (other := _alone(text[first:last]))]
        if prose <= STANDFIRST_LINES and not _tells_of_past(text, _read(day), others, after_prose=prose > 0):
            return day
    return None


def _alone(printed: str) -> str | None:
    return None if _LABELLED.match(printed) else day_of(printed)


def _tells_of_past(text: str, day: datetime | None, others: list[str], *, after_prose: bool) -> bool:
    """Whether a day that stands alone is one of those that the text tells of."""
    if day is None:
        return False
    if any(other != day and (after_prose or other > day) for other in filter(None, map(_read, others))):
        return True
    if any(other - day > YEAR for other in filter(None, map(_read, days_in(text)))):
        return True
    if not _REMEMBERED.search(text[:HEAD]):
        return False
    years = {int(year) for year in _YEAR.findall(text)} - {day.year}
    return not years or max(years) > day.year


def _read(day: str) -> datetime | None:
    return read_dates([day])[0][0]
