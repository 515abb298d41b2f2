"""The header of an article of Factiva, told by its shape in each language of the interface."""

import pytest

from analysis.corpus.reading.bundles.factiva_header import choose_title, is_date, read_header, write_date
from analysis.corpus.reading.dates import read_dates


@pytest.mark.parametrize(
    ("length", "date"),
    [
        ("877 words", "9 January 2018"),
        ("1,285 Wörter", "9 Januar 2018"),
        ("1 285 mots", "9 janvier 2018"),
        ("1.285 palabras", "9 enero 2018"),
        ("877 parole", "9 gennaio 2018"),
        ("877 palavras", "9 de janeiro de 2018"),
        ("877 字", "2018 年 1 月 9 日"),
        ("877字", "9 一月 2018"),
        ("877 語", "2018年1月9日"),
        ("877 단어", "2018년 1월 9일"),
        ("877 단어", "9 1월 2018"),
        ("877 слов", "9 января 2018 г."),
    ],
)
def test_the_source_stands_under_the_date_and_that_under_the_length(length, date):
    header, above, below = read_header(["News", "Mill burns", length, date, "Northvale Post", "NPOST", "1"])
    assert header["outlet"] == "Northvale Post"
    assert str(read_dates([header["published"]])[0][0]) == "2018-01-09 00:00:00"
    assert (above, below) == (2, 5)


def test_a_time_belongs_to_the_date():
    header, _, below = read_header(["877 words", "9 January 2018", "16:37", "Northvale Post", "NPOST"])
    assert header == {"published": "9 January 2018 16:37", "outlet": "Northvale Post"}
    assert below == 4


def test_without_a_length_the_source_is_known_by_its_code():
    header, above, _ = read_header(["Mill burns", "9 January 2018", "Northvale Post", "NPOST"])
    assert header == {"published": "9 January 2018", "outlet": "Northvale Post"}
    assert above == 1
    assert read_header(["Mill burns", "9 January 2018", "Northvale Post", "Nobody slept."]) is None
    header, above, below = read_header(["Mill burns", "9 January 2018", "16:37", "Northvale Post", "NPOST"])
    assert header == {"published": "9 January 2018 16:37", "outlet": "Northvale Post"}
    assert (above, below) == (1, 4)


def test_lines_without_a_date_are_no_header():
    assert read_header(["877 words", "Northvale Post", "NPOST"]) is None
    assert read_header([]) is None


def test_a_day_needs_a_month_and_one_year():
    assert is_date("28 May 2018")
    assert is_date("Monday, 28 May 2018")
    assert not is_date("0 2018")
    assert not is_date("13/2018")
    assert not is_date("2018 Northvale Post")
    assert not is_date("28 to 2018")
    assert not is_date("28 May 2018 2019")
    assert not is_date("32 May 2018")


def test_a_line_longer_than_a_date_is_none():
    assert is_date("28 May" + " " * 30 + "2018")
    assert not is_date("28 May" + " " * 31 + "2018")


def test_only_months_of_other_scripts_are_written_in_figures():
    assert write_date("28 марта 2018") == "2018-03-28"
    assert write_date("28 мая 2018") == "2018-05-28"
    assert write_date("28 十一月 2018") == "2018-11-28"
    assert write_date("28 непонятно 2018") == "28 непонятно 2018"
    assert write_date("28 März 2018") == "28 März 2018"


def test_the_headline_is_above_the_byline_and_longer_than_the_section():
    assert choose_title(["News", "Mill burns for two days", "By Tom Odell", "Reuters"]) == (
        "Mill burns for two days",
        "By Tom Odell",
    )
    assert choose_title(["News", "Mill burns for two days"]) == ("Mill burns for two days", None)
    assert choose_title(["Mill burns for two days", "Tom Odell"]) == ("Mill burns for two days", "Tom Odell")
    assert choose_title([]) == (None, None)


@pytest.mark.parametrize("byline", ["Tom Odell Political Correspondent", "Odell, Tom; Ruiz, Ana; van der Berg, Jo"])
def test_names_longer_than_the_headline_above_them_are_the_byline(byline):
    assert choose_title(["Mill burns for days", byline]) == ("Mill burns for days", byline)
    assert choose_title(["News", "Mill burns for days", byline]) == ("Mill burns for days", byline)


def test_a_headline_with_capitals_is_no_byline_below_a_section():
    headline = "Mill Burns for Two Days and Nights"
    assert choose_title(["News of Northvale", headline]) == (headline, None)
    assert choose_title(["Home news", headline]) == (headline, None)
