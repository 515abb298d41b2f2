"""Dates as news databases and the press of a dozen languages print them."""

from datetime import datetime

import pytest

from analysis.corpus.reading.dates import LONGEST, find_leading_date, read_dates


@pytest.mark.parametrize(
    "printed",
    [
        "19 June 2024", "Jun 19, 2024", "19. Juni 2024", "Mittwoch, den 19. Juni 2024", "Mi, 19.Juni 2024",
        "19 juin 2024", "mercredi 19 juin 2024", "le mercredi 19 juin 2024", "19 de junio de 2024",
        "miércoles, 19 de junio de 2024", "junio 19, 2024", "19 giugno 2024", "mercoledì 19 giugno 2024",
        "19 de junho de 2024", "quarta-feira, 19 de junho de 2024", "19 juni 2024", "woensdag 19 juni 2024",
        "onsdag den 19. juni 2024", "onsdag 19 juni 2024", "19 czerwca 2024 r.", "środa, 19 czerwca 2024",
        "2024年6月19日", "2024年06月19日 星期三", "2024年6月19日(水)", "２０２４年６月１９日", "2024년 6월 19일",
        "2024년 6월 19일 수요일", "June 19, 2024 Wednesday", "19. Juni 2024 Mittwoch", "June 19, 2024, Wednesday",
        "19 Juni 2024 (Mittwoch)",
    ],
)  # fmt: skip
def test_a_date_in_the_languages_of_the_databases(printed):
    assert read_dates([printed]) == ([datetime(2024, 6, 19)], [], [])


@pytest.mark.parametrize(
    ("number", "names"),
    [
        (1, "January Januar Jänner janvier enero gennaio janeiro januari stycznia gen"),
        (2, "February Februar février febrero febbraio fevereiro februari lutego févr"),
        (3, "March März mars marzo março maart marts marca mrt Mär Mrz"),
        (4, "April avril abril aprile kwietnia avr"),
        (5, "May Mai mayo maggio maio mei maj maja"),
        (6, "June Juni juin junio giugno junho czerwca"),
        (7, "July Juli juillet julio luglio julho lipca juil"),
        (8, "August août agosto augustus augusti sierpnia aug"),
        (9, "September septembre septiembre settembre setembro września Sept set"),
        (10, "October Oktober octobre octubre ottobre outubro października ott out"),
        (11, "November novembre noviembre novembro listopada"),
        (12, "December Dezember décembre diciembre dicembre dezembro desember grudnia Dez"),
    ],
)
def test_the_months_of_every_language(number, names):
    printed = [f"3 {name} 2024" for name in names.split()]
    assert read_dates(printed) == ([datetime(2024, number, 3)] * len(printed), [], [])


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("March 14, 2013 Thursday 11:21 AM GMT", "2013-03-14 11:21"),
        ("27. Februar 2012 Montag 9:50 PM GMT+1", "2012-02-27 20:50"),
        ("27. Februar 2012 Montag 9:50 PM GMT-5", "2012-02-28 02:50"),
        ("19 June 2024 10:30 UTC+05:30", "2024-06-19 05:00"), ("19. Juni 2024, 14:35 Uhr MESZ", "2024-06-19 12:35"),
        ("19 June 2024 10:30 BST", "2024-06-19 09:30"), ("19 June 2024 10:30 CET", "2024-06-19 09:30"),
        ("19 juin 2024 à 14h35", "2024-06-19 14:35"), ("19. juni 2024 kl. 14.35", "2024-06-19 14:35"),
        ("19 giugno 2024 - ore 14:35", "2024-06-19 14:35"), ("2024年6月19日 14:35", "2024-06-19 14:35"),
        ("Wed, 19 Jun 2024 10:00:00 +0200 (CEST)", "2024-06-19 08:00"), ("1er mai 2024", "2024-05-01"),
        ("1º de mayo de 2024", "2024-05-01"), ("9 Januar 1993", "1993-01-09"),
    ],
)  # fmt: skip
def test_a_date_with_its_hour_and_zone(printed, expected):
    assert read_dates([printed]) == ([datetime.fromisoformat(expected)], [], [])


@pytest.mark.parametrize(
    "edition",
    [
        ", Sunday, An Edition", ", Sunday, Late Edition - Final", " Sunday Final Edition", ",, FINAL EDITION",
        ", Sunday, 1ST EDITION Correction Appended", " Correction Appended", " Sonntag Bayern-Ausgabe", " FINAL",
        " dimanche 1re Édition",
    ],
)  # fmt: skip
def test_the_edition_behind_a_date_is_no_part_of_it(edition):
    assert read_dates([f"December 22, 1991{edition}"]) == ([datetime(1991, 12, 22)], [], [])


@pytest.mark.parametrize(
    "printed",
    [
        "9. janvier", "juin 2024", "3 jui 2024", "3 ju 2024", "32. Juni 2024", "19 June 2024 in the finale",
        "19 June 2024 was a good day", "19 June 2024 10:30 IST", "19 June 2024 10:30 GMT+30", "19 Xuni 2024",
        "2024年13月19日", "19 June 2024 Final Edition of 2025", "Mumday 19 June 2024",
    ],
)  # fmt: skip
def test_what_is_no_date_in_any_language(printed):
    assert read_dates([printed]) == ([None], [0], [])


def test_the_numbers_of_a_date_are_not_guessed_behind_an_edition_either():
    assert read_dates(["05/06/2024 Final Edition"]) == ([None], [], [0])
    assert read_dates(["19/06/2024 Final Edition"]) == ([datetime(2024, 6, 19)], [], [])


def test_a_value_is_read_up_to_its_longest():
    longest = "19 June 2024 Final Edition of Northval".ljust(LONGEST, "e")
    assert read_dates([longest])[0] == [datetime(2024, 6, 19)]
    assert read_dates([longest + "e"])[0] == [None]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("June 19, 2024 Wednesday, Metro", "June 19, 2024 Wednesday"),
        ("mercredi 3 octobre 2012, p. 12", "mercredi 3 octobre 2012"),
        ("  3 décembre 2012 14:35 City", "3 décembre 2012 14:35"), ("05/06/2024, p. 3", "05/06/2024"),
        ("Am 3. Oktober 2012 war es kalt", "Am 3. Oktober 2012"), ("Nothing on 3 October 2012", None),
        ("32 June 2024", None), ("June 19, 20245", None), ("", None),
    ],
)  # fmt: skip
def test_the_date_that_a_line_begins_with(line, expected):
    assert find_leading_date(line) == expected
