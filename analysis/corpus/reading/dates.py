"""Read dates as they are written in tables and headers, and never guess which number is the day."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
# Letters for the zones of RFC 2822, the only ones that mean one offset each (IST alone has three).
_ZONES = {"Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6} | {
    "PST": -8, "PDT": -7,
}  # fmt: skip

_TIME = (
    r"(?:(?:T|,?\s+(?:at\s+)?)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"(?:\s*(?P<half>[ap])\.?m\.?)?\s*(?P<zone>[a-z]{1,3}|[+-]\d{2}:?\d{2})?)?"
)
_DAY, _NAME, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<name>[a-z]{3,9})\.?", r"(?P<year>\d{4})"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_SHAPES = [
    re.compile(shape + _TIME, re.IGNORECASE | re.ASCII)
    for shape in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        rf"{_WEEKDAY}{_DAY}(?:\s+of)?[\s-]+{_NAME},?[\s-]+{_YEAR}",
        rf"{_WEEKDAY}{_NAME}\s+{_DAY},?\s+{_YEAR}",
    )
]
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(?P<year>\d{4})" + _TIME, re.IGNORECASE | re.ASCII)


def read_dates(values: Sequence[object]) -> tuple[list[datetime | None], list[int], list[int]]:
    """The dates of one column, and the positions of those that cannot be read and of those that are ambiguous.

    A date without a time is midnight; one with a zone is turned into UTC. 03/04/2024 is read only if another value of
    the column shows which number is the day (one above 12), and if none shows the opposite.
    """
    numbers = [_NUMBERS.fullmatch(value.strip()) if _is_short(value) else None for value in values]
    orders = {_is_day_first(match) for match in numbers if match} - {None}
    column_order = next(iter(orders)) if len(orders) == 1 else None
    dates, unreadable, ambiguous = [], [], []
    for position, (value, match) in enumerate(zip(values, numbers, strict=True)):
        if match is None:
            found = _read_date(value)
        else:
            own_order = _is_day_first(match)
            day_first = column_order if own_order is None else own_order
            if day_first is None and int(match[1]) != int(match[3]):
                dates.append(None)
                ambiguous.append(position)
                continue
            found = _build(match, *((match[3], match[1]) if day_first else (match[1], match[3])))
        dates.append(found)
        if found is None and value is not None:
            unreadable.append(position)
    return dates, unreadable, ambiguous


def _is_short(value: object) -> bool:
    """Longer values are prose, and not worth a pattern."""
    return isinstance(value, str) and len(value) <= 60


def _is_day_first(match: re.Match) -> bool | None:
    """Whether the first of the two numbers is the day, as far as this value alone can tell."""
    first, second = int(match[1]) > 12, int(match[3]) > 12
    return None if first == second else first


def _read_date(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return _in_utc(value)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    value = value.strip() if _is_short(value) else ""
    try:
        return _read_iso(value)
    except ValueError:
        match = next((match for shape in _SHAPES if (match := shape.fullmatch(value))), None)
    if match is None:
        return None
    parts = match.groupdict()
    return _build(match, parts.get("month") or _find_month(parts["name"].lower()), parts["day"])


def _read_iso(value: str) -> datetime | None:
    if value.isdigit() and len(value) != 8:  # GDELT's 20240619101500; other runs of digits count seconds, or articles
        return datetime.strptime(value, "%Y%m%d%H%M%S") if len(value) == 14 else None
    return _in_utc(datetime.fromisoformat(value))


def _find_month(name: str) -> int:
    """The month's number; 0, which is no month, for another word."""
    names = ((number, month) for number, month in enumerate(_MONTHS, 1))
    return next((number for number, month in names if name in (month, month[:3]) or name == "sept" == month[:4]), 0)


def _build(match: re.Match, month: str | int, day: str) -> datetime | None:
    hour, half, zone = int(match["hour"] or 0), (match["half"] or "").lower(), (match["zone"] or "").upper()
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + 12 * (half == "p") if half else hour
    minute, second = int(match["minute"] or 0), int(match["second"] or 0)
    try:
        found = datetime(int(match["year"]), int(month), int(day), hour, minute, second)
        if zone[:1] in ("+", "-"):
            offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
            return _in_utc(found.replace(tzinfo=timezone(-offset if zone[0] == "-" else offset)))
        return _in_utc(found.replace(tzinfo=timezone(timedelta(hours=_ZONES[zone])))) if zone else found
    except (ValueError, KeyError):  # a thirteenth month, the 31st of June, a zone that is not one
        return None


def _in_utc(found: datetime) -> datetime | None:
    if hasattr(found, "to_pydatetime"):  # pandas' own, which pyarrow gives for nanoseconds
        found = found.to_pydatetime(warn=False)
    try:
        return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found
    except OverflowError:  # the first or the last day of the calendar
        return None
