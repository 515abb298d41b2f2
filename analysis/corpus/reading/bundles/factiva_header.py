"""The header of an article of Factiva where its fields have no names: told by its shape, in whatever language it is.

The length ("877 words") stands above the date, under that perhaps the time, then the source and its code.
"""

import re

_LENGTH = re.compile(r"(?=.*[^\W\d_])\D{0,10}\d[\d.,'’\s]{0,8}\D{0,20}")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s?[A-Z]{2,4})?", re.IGNORECASE)
_SOURCE_CODE = re.compile(r"[A-Z][A-Z0-9]{0,9}")
_BY = re.compile(r"(?:by|von|par|por|di|da|door|av|af|de)\s", re.IGNORECASE)
_BETWEEN_NAMES = frozenset("& and at da de del der di du e en et für in of the und van von y à".split())
_DATE_SIGNS = frozenset("年月日號号년월일")
# Months that no alphabet of western Europe writes, as they begin in Russian ("мая" behind "марта"), and in Chinese.
_RUSSIAN = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_CHINESE = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_DAY_FIRST = re.compile(
    r"(\d{1,2})\s?[日일]?\s?(\d{1,2}|[一二三四五六七八九十]{1,2}|[а-я]{3,9})\.?\s?[月월]?\s((?:19|20)\d\d)\b.*"
)
# A date is no longer than this in any language, a length no longer than that.
LONGEST_DATE, LONGEST_LENGTH = 40, 32


def read_header(lines: list[str]) -> tuple[dict, int, int] | None:
    """Date and outlet, where the lines above the length end and where those below the source begin; None without."""
    for place, line in enumerate(lines[:-1]):
        if len(line) <= LONGEST_LENGTH and _LENGTH.fullmatch(line) and not is_date(line) and is_date(lines[place + 1]):
            above, dated = place, place + 1
            break
    else:
        # Some articles have no length. Then the date stands above the source and its code.
        above = dated = next((place for place in range(len(lines)) if _is_above_source(lines[place : place + 4])), -1)
        if dated < 0:
            return None
    below = dated + 1
    published = write_date(lines[dated])
    if below < len(lines) and _CLOCK.fullmatch(lines[below]):
        published, below = f"{published} {lines[below]}", below + 1
    outlet = lines[below] if below < len(lines) else None
    return {"published": published, "outlet": outlet}, above, below + 1


def _is_above_source(lines: list[str]) -> bool:
    """Is this a date, perhaps with a time below it, and then a source with its code?"""
    below = lines[2:] if len(lines) > 1 and _CLOCK.fullmatch(lines[1]) else lines[1:]
    return len(below) > 1 and _SOURCE_CODE.fullmatch(below[1]) is not None and is_date(lines[0])


def choose_title(above: list[str]) -> tuple[str | None, str | None]:
    """The headline and the byline among the lines above an article's length: the section is short, and above both."""
    signed = next((place for place, line in enumerate(above) if place and _BY.match(line)), None)
    if signed is not None:
        return above[signed - 1], above[signed]
    if not above:
        return None, None
    title = max(range(len(above)), key=lambda place: len(above[place]))
    # "Tom Odell Political Correspondent" is longer than "Mill burns for two days".
    if 0 < title == len(above) - 1 and _is_named(above[title]) and not _is_named(above[title - 1]):
        title -= len(above[title - 1].split()) > 2
    return above[title], next(iter(above[title + 1 :]), None)


def _is_named(line: str) -> bool:
    """Has every word a capital, as names and offices have, but for such as stand between them?"""
    words = line.split()
    return len(words) > 1 and all(word[0].isupper() or word.casefold() in _BETWEEN_NAMES for word in words)


def is_date(line: str) -> bool:
    """Is this a day, in whatever language: "9 Januar 1993", "1 de abril de 2017", "2018 年 5 月 28 日"?"""
    if len(line) > LONGEST_DATE:
        return False
    numbers = [int(number) for number in re.findall(r"\d+", line)]
    words = re.findall(r"[^\W\d_]+", line)
    years = sum(1900 <= number < 2100 for number in numbers)
    days = sum(1 <= number <= 31 for number in numbers)
    if years != 1 or years + days != len(numbers):
        return False
    if days == 2:
        return all(_DATE_SIGNS.issuperset(word) for word in words)
    is_month = any(len(word) > 2 or word.endswith("月") for word in words)
    return days == 1 and len(words) <= 5 and is_month


def write_date(line: str) -> str:
    """A date that the reader of dates knows: where the month is in another script in figures, else as it is.

    >>> [write_date(line) for line in ("28 мая 2018 г.", "28 五月 2018", "28 5월 2018", "28 May 2018")]
    ['2018-05-28', '2018-05-28', '2018-05-28', '28 May 2018']
    """
    found = _DAY_FIRST.fullmatch(line.lower())
    if not found:
        return line
    named = found[2]
    if named.isdecimal():
        month = int(named)
    elif named in _CHINESE:
        month = _CHINESE.index(named) + 1
    else:
        month = next((number for number, start in enumerate(_RUSSIAN, 1) if named.startswith(start)), 0)
    return f"{found[3]}-{month:02}-{int(found[1]):02}" if month else line
