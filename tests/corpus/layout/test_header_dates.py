"""Which of the days that stand alone in a line is that of publication."""

import pytest

from analysis.corpus.layout.artefacts import find_header_date
from analysis.corpus.layout.header_dates import HEAD


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Mill burns\n\nMay 1, 2024\n\nThe mill burned.", "May 1, 2024"),
        ("Mill burns\nA fire on the quay.\nMay 1, 2024\nThe mill burned.", "May 1, 2024"),
        ("Mill burns\nMay 1, 2024\nThe mill burned.\nJune 5, 1961\nThe mill opens.", "May 1, 2024"),
        ("They met.\nThey left.\nPublished May 1, 2024\nThey came.", "May 1, 2024"),
        ("Town marks the 80th anniversary\nJune 6, 2024\nVeterans of 1944 met.", "June 6, 2024"),
        ("Published May 1, 2024\n\nTwenty years ago the mill burned. In 2030 it will be rebuilt.", "May 1, 2024"),
        ("Mill burns\nMay 1, 2024\nThe mill will be rebuilt by 2050, on or before March 1, 2025.", "May 1, 2024"),
    ],
)
def test_a_header(text, day):
    assert find_header_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "Timeline of the mill\n\nMay 1, 1961\nThe mill opens.\nMay 2, 1974\nIt burns.",
        "The mill burned again.\nMay 1, 1961\nThe mill opens.\nMay 2, 1974\nIt burns.",
        "The mill burned again.\nMay 2, 1974\nIt burns.\nMay 1, 1961\nThe mill opens.",
        "They met.\nThey left.\nMay 1, 1999\nThey came.",
        "D-Day, 80 years on\n\nJune 6, 1944\n\nThe sun rose over the beach.",
        "The longest day\n\nJune 6, 1944\n\nThe sun rose. On May 1, 2024 the town remembered it.",
        "The anniversary\nJune 6, 1944\nThe sun rose. In 2024 the town remembered it.",
        "They met. " * (HEAD // 10) + "\nPublished May 1, 2024\nThey left.",
    ],
)
def test_a_day_that_the_text_tells_of(text):
    assert find_header_date(text) is None
