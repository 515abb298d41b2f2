"""Whom an office stands for, within one article."""

import pytest
from conftest import make_articles

from analysis import find_names
from analysis.voices.speech.roles import find_holder

TEXT = (
    "Russian President Vladimir Putin met North Korean leader Kim Jong Un. South Korean Foreign Minister Cho Tae-yul "
    "said no. Former Russian Foreign Minister Igor Ivanov left, and Russian Foreign Minister Sergei Lavrov too."
)


@pytest.fixture(scope="module")
def people():
    names = find_names(make_articles(TEXT))
    names = names[names["kind"] == "person"]
    return list(zip(names["start"], names["end"], names["name"], names["kind"], strict=True))


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("the Russian leader", "Vladimir Putin"),
        ("The Russian president", "Vladimir Putin"),
        ("The North Korean leader", "Kim Jong Un"),
        ("the North Korean president", ""),  # he is named with another office
        ("the South Korean leader", ""),  # a foreign minister is none
        ("the Russian foreign minister", ""),  # there are two
        ("the Chinese leader", ""),
        ("the leader", ""),
        ("a Russian leader’s aide", ""),
    ],
)
def test_an_office_is_its_holder_where_one_is_named(people, printed, name):
    assert find_holder(printed, TEXT, people) == name
