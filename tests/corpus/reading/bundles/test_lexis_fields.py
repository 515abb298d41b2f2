"""The names and values of the fields that LexisNexis prints."""

import pytest

from analysis.corpus.reading.bundles.lexis_fields import (
    LOOK_BACK,
    count_said,
    find_below,
    is_edition,
    is_index,
    is_rights,
    read_field,
    take_address,
)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("LOAD-DATE: May 2, 2024", ("LOAD-DATE", "load-date", "May 2, 2024")),
        ("LÄNGE: 5 Wörter", ("LÄNGE", "lange", "5 Wörter")),
        (" Date de chargement : 2 mai", ("Date de chargement", "date-de-chargement", "2 mai")),
        ("DŁUGOŚĆ: 5", ("DŁUGOŚĆ", "dlugosc", "5")), ("CORRECTION:", ("CORRECTION", "correction", "")),
        ("At 10:30 it burned", None), ("a" * 41 + ": b", None), ("No field", None), (": b", None), ("", None),
    ],
)  # fmt: skip
def test_the_field_of_a_line(line, field):
    assert read_field(line) == field


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("355 words", 355), ("1,285 words", 1285), ("1.285 Wörter", 1285), ("1 285 mots", 1285), ("505 palabras", 505),
        ("505 parole", 505), ("505 woorden", 505), ("1 word", 1), ("2310 characters", None), ("8 Seiten", None),
        ("", None),
    ],
)  # fmt: skip
def test_how_many_words_a_field_says(value, said):
    assert count_said(value) == said


@pytest.mark.parametrize(
    "line", ["Late Edition - Final", "3 Star Edition", "Edition 1; National Edition", "Bayern-Ausgabe",
        "Correction Appended", "FINAL", "1 - All-round Country Edition", "1re édition"]
)  # fmt: skip
def test_a_line_that_names_an_edition(line):
    assert is_edition(line)


@pytest.mark.parametrize("line", ["First edition sells for a million", "Cup final", "The correction", "Mill burns", ""])
def test_a_line_that_names_none(line):
    assert not is_edition(line)


def test_lines_of_rights():
    lines = ("Copyright 2024 Northvale Press", "Copyright (c) 2024", "© Quay Times", "All Rights Reserved",
        "Alle Rechte vorbehalten", "Copyright Northvale Press Ltd")  # fmt: skip
    assert all(map(is_rights, lines))
    assert not is_rights("Copyright law is what the owners will now learn about, the mayor told the council.")
    assert not is_rights("They hold the copyright 2024")


def test_a_value_that_can_be_no_prose():
    assert is_index("May 2, 2024")
    assert is_index("FIRES (90%); MILLS (71%)")
    assert not is_index("Nobody was hurt")


def test_the_address_behind_a_standfirst():
    assert take_address("Two days of fire.; https://a.example/x") == ("Two days of fire.", "https://a.example/x")
    assert take_address("See https://a.example/x for more") == ("See https://a.example/x for more", None)


@pytest.mark.parametrize(
    ("kinds", "start"),
    [
        (["", ""], 2), (["", "below", "with"], 1), (["", "with", "long", "below"], 1), (["", "unknown", "below"], 2),
        (["", "below", "unknown", "below", ""], 1), (["", "long", "", "", "below"], 1), (["with", "", "below"], 2),
        (["", "long", *[""] * (LOOK_BACK - 1), "below"], 1), (["", "long", *[""] * LOOK_BACK, "below"], 2 + LOOK_BACK),
        (["below"], 0), ([], 0),
    ],
)  # fmt: skip
def test_where_the_fields_below_a_body_begin(kinds, start):
    assert find_below(kinds) == start
