"""Read dates as they are written in tables, headers and news databases, and never guess which number is the day."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone

# As the databases print them: English, German, French, Spanish, Italian, Portuguese, Dutch, Danish, Norwegian, Swedish
# and Polish, without accents. A shorter form is read if it begins the names of one month only ("sept", "juil", "mar").
_MONTHS = (
    "january januar janner jaenner janvier enero gennaio janeiro januari styczen stycznia",
    "february februar feber fevrier febrero febbraio fevereiro februari luty lutego",
    "march marz maerz mrz mars marzo marco maart mrt marts marzec marca",
    "april avril abril aprile kwiecien kwietnia",
    "may mai mayo maggio maio mei maj maja",
    "june juni juin junio giugno junho czerwiec czerwca",
    "july juli juillet julio luglio julho lipiec lipca",
    "august aout agosto augustus augusti sierpien sierpnia",
    "september septembre septiembre setiembre settembre setembro wrzesien wrzesnia",
    "october oktober octobre octubre ottobre outubro pazdziernik pazdziernika",
    "november novembre noviembre novembro listopad listopada",
    "december dezember decembre diciembre dicembre dezembro desember grudzien grudnia",
)
_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday tues thurs "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag "
    "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo "
    "lunedi martedi mercoledi giovedi venerdi domenica segunda terca quarta quinta sexta "
    "segunda-feira terca-feira quarta-feira quinta-feira sexta-feira "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag mandag tirsdag onsdag torsdag fredag lordag sondag "
    "tisdag poniedzialek wtorek sroda czwartek piatek sobota niedziela"
).split()
# Letters that mean one offset where articles are dated: IST has three of them, and ET depends on the season.
_ZONES = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "HKT": 8, "SGT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12,
    "NZDT": 13, "AST": -4, "ADT": -3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8,
    "PDT": -7,
}  # fmt: skip


def _number_months() -> dict[str, int]:
    """The number of every name and short form; 0 where the form begins several months: "jui" is June or July."""
    numbers: dict[str, int] = {}
    for number, names in enumerate(_MONTHS, 1):
        for short in {name[:length] for name in names.split() for length in range(3, len(name))}:
            numbers[short] = number if short not in numbers else 0
    return numbers | {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}


_MONTH_OF = _number_months()
_SHORT_DAYS = {day[:length] for day in _WEEKDAYS for length in (2, 3, 4)}

_WEEKDAY = rf"(?:{'|'.join(sorted({*_WEEKDAYS, *_SHORT_DAYS}, key=lambda day: (-len(day), day)))})(?![a-z-])[.]?"
_ARTICLE = r"(?:(?:am|de|dem|den|der|di|dnia|du|el|em|il|le|o|om|op|the|w)\s+)?"
_BEFORE = rf"{_ARTICLE}(?:{_WEEKDAY},?\s+)?{_ARTICLE}"
_OF = r"(?:(?:de|del|di|do|of)\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:(?:st|nd|rd|th|er|re|e|o|\N{DEGREE SIGN})?[\s-]+|\.[\s-]*)"
_NAME, _YEAR = r"(?P<name>[a-z]{3,12})\.?", r"(?P<year>\d{4})"
_BEHIND = rf"(?:\s?r\b\.?)?(?:,?\s+\(?{_WEEKDAY}\)?)?"
_ZONE = rf"(?P<zone>(?:gmt|utc)?\s?[+-]\d{{1,2}}(?::?\d{{2}})?|{'|'.join(_ZONES).lower()})(?![a-z])"
_AT = r"(?:t|,?\s+(?:[|\N{EN DASH}-]\s+)?(?:(?:a|alle|as|at|godz|kl|o|om|ore|um)\.?\s+)?)"
_TIME = (
    rf"(?:{_AT}(?P<hour>\d{{1,2}})(?::|\.|\s?h\s?)(?P<minute>\d{{2}})(?::(?P<second>\d{{2}})(?:\.\d+)?)?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?(?:\s*(?:uhr|uur|hrs?|h)\b)?"
    rf"(?:\s*{_ZONE}(?:\s\([a-z]+\))?)?)?(?![a-z0-9])"
)
_SHAPES = [
    re.compile(shape + _TIME, re.ASCII)
    for shape in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        rf"{_BEFORE}{_DAY}{_OF}{_NAME},?[\s-]+{_OF}{_YEAR}{_BEHIND}",
        rf"{_BEFORE}{_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}{_BEHIND}",
        r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日号號일]"
        r"(?:\s*\(?(?:星期|週|周)?[一二三四五六日天月火水木金土월화수목금토일](?:曜日?|요일)?\)?)?",
    )
]
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(?P<year>\d{4})" + _TIME, re.ASCII)
# What a database prints behind the date of a newspaper: "Late Edition - Final", "Correction Appended", "1. Ausgabe".
_EDITION = re.compile(
    r"[\s,;(|-]+(?:[^:]*[^:a-z])??(?:edition|edicion|edizione|edicao|editie|ausgabe|auflage|udgave|utgave|utgava|upplaga|"
    r"wydanie|final|correction appended)(?![a-z])[^:]*"
)
LONGEST = 100  # longer values are prose, and not worth a pattern


def read_dates(values: Sequence[object]) -> tuple[list[datetime | None], list[int], list[int]]:
    """The dates of one column, and the positions of those that cannot be read and of those that are ambiguous.

    A date without a time is midnight; one with a zone is turned into UTC. 03/04/2024 is read only if another value of
    the column shows which number is the day (one above 12), and if none shows the opposite.
    """
    numbers = [_match(value, [_NUMBERS]) for value in values]
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


def find_leading_date(line: str) -> str | None:
    """The date that a line begins with, as it is printed there; None if it begins with none, or with no day."""
    line = unicodedata.normalize("NFC", line[:LONGEST]).strip()
    folded = _fold(line)
    for shape in (*_SHAPES, _NUMBERS):
        match = shape.match(folded)
        if match and (shape is _NUMBERS or _build_named(match)):
            return line[: match.end()]
    return None


def _match(value: object, shapes: list[re.Pattern]) -> re.Match | None:
    """The shape that a value has as a whole, or but for the words of its edition."""
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    folded = _fold(unicodedata.normalize("NFC", value).strip())
    for shape in shapes:
        if (match := shape.match(folded)) and (len(folded) == match.end() or _is_edition(folded[match.end() :])):
            return match
    return None


def _is_edition(words: str) -> bool:
    return _EDITION.fullmatch(words) is not None and not re.search(r"\d{4}", words)


def _fold(value: str) -> str:
    """In lower case, without accents, and every character where it was."""
    if value.isascii():
        return value.lower()
    return "".join(map(_fold_character, value)).lower()


def _fold_character(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)[0]
    return base if base.isascii() else {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o"}.get(character, character)


def _is_day_first(match: re.Match) -> bool | None:
    """Whether the first of the two numbers is the day, as far as this value alone can tell."""
    first, second = int(match[1]) > 12, int(match[3]) > 12
    return None if first == second else first


def _read_date(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return _in_utc(value)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    try:
        return _read_iso(value.strip() if isinstance(value, str) and len(value) <= LONGEST else "")
    except ValueError:
        match = _match(value, _SHAPES)
    return _build_named(match) if match else None


def _build_named(match: re.Match) -> datetime | None:
    parts = match.groupdict()
    return _build(match, parts.get("month") or _MONTH_OF.get(parts["name"], 0), parts["day"])


def _read_iso(value: str) -> datetime | None:
    if value.isdigit() and len(value) != 8:  # GDELT's 20240619101500; other runs of digits count seconds, or articles
        return datetime.strptime(value, "%Y%m%d%H%M%S") if len(value) == 14 else None
    return _in_utc(datetime.fromisoformat(value))


def _build(match: re.Match, month: str | int, day: str) -> datetime | None:
    hour, half, zone = int(match["hour"] or 0), match["half"], (match["zone"] or "").upper()
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + 12 * (half == "p") if half else hour
    minute, second = int(match["minute"] or 0), int(match["second"] or 0)
    try:
        found = datetime(int(match["year"]), int(month), int(day), hour, minute, second)
        return _in_utc(found.replace(tzinfo=timezone(_read_zone(zone)))) if zone else found
    except ValueError:  # a thirteenth month, the 31st of June, an offset of 30 hours
        return None


def _read_zone(zone: str) -> timedelta:
    """How far a zone is ahead of UTC: "CET", "+09:00", "GMT+1"."""
    if zone in _ZONES:
        return timedelta(hours=_ZONES[zone])
    digits = re.sub(r"\D", "", zone)
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, 0)
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return -offset if "-" in zone else offset


def _in_utc(found: datetime) -> datetime | None:
    if hasattr(found, "to_pydatetime"):  # pandas' own, which pyarrow gives for nanoseconds
        found = found.to_pydatetime(warn=False)
    try:
        return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found
    except OverflowError:  # the first or the last day of the calendar
        return None


class SerialDay(float):
    """A number in a workbook, which is a day if it stands in the column of dates, as one does that lost its format."""

    # From 1954 to 2064, as Excel counts days. A year, or seconds, are no such number.
    FIRST, LAST = 20_000, 60_000

    def __new__(cls, value: float, from_1904: bool = False) -> "SerialDay":
        number = super().__new__(cls, value)
        number.zero = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
        return number

    @classmethod
    def is_one(cls, value: object) -> bool:
        return isinstance(value, (int, float)) and not isinstance(value, bool) and cls.FIRST <= value <= cls.LAST

    def to_date(self) -> datetime:
        return self.zero + timedelta(seconds=round(self * 86_400))
