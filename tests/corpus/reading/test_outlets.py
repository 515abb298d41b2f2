"""A table that names no outlet, or another for each row, says so."""

import pytest
from corpus.reading.test_articles import read_with_problems, write

from analysis import read_articles
from analysis.corpus.reading.outlets import LEAST_OWN, LEAST_UNNAMED, MOST_OWN

REMEDY = "--columns THEIRS=outlet says which names it"


def rows(header: str, values: list[str]) -> str:
    return f"{header},text\n" + "".join(f"{value},They met.\n" for value in values)


def test_a_table_that_names_no_outlet(tmp_path):
    few = write(tmp_path, a__csv=rows("Blatt 2", ["Post"] * (LEAST_UNNAMED - 1)))
    assert read_articles(few)["outlet"].tolist() == ["A", "B"]
    articles, problems = read_with_problems(write(tmp_path, a__csv=rows("Blatt 2", ["Post"] * LEAST_UNNAMED)))
    assert problems == [
        "'a.csv' names no outlet, so that its 3 articles are each taken for one of their own (A to C); it has the "
        f"columns 'Blatt 2', 'text', and {REMEDY}"
    ]
    assert articles["outlet"].tolist() == ["A", "B", "C"]
    assert read_articles(few, columns={"Blatt 2": "outlet"})["outlet"].tolist() == ["Post"] * 3


def test_whoever_names_it_elsewhere_hears_nothing(tmp_path):
    values = ["1", "2", "3", "4"]
    assert set(read_articles(write(tmp_path, post___a__csv=rows("page", values)))["outlet"]) == {"post"}
    assert set(read_articles(tmp_path, outlets={"post/a.csv": "Echo"})["outlet"]) == {"Echo"}


@pytest.mark.parametrize(
    "values",
    [["a-101", "a-102", "a-103"], ["7", "8", "9"], [f"The mill on the quay burned for {n} days" for n in "two"]],
)
def test_values_of_each_row_that_are_no_names(tmp_path, values):
    _, (problem,) = read_with_problems(write(tmp_path, a__csv=rows("source", values[:LEAST_OWN])))
    assert problem == (
        f"'a.csv' has another outlet for each of its 3 articles, such as '{values[0]}'; it has the columns 'source', "
        f"'text', and {REMEDY}"
    )
    write(tmp_path, a__csv=rows("source", values[: LEAST_OWN - 1]))
    assert len(read_articles(tmp_path)) == LEAST_OWN - 1
    write(tmp_path, a__csv=rows("source", [*values, values[0]]))
    assert len(read_articles(tmp_path)) == len(values) + 1


def test_names_of_each_row_from_so_many_on(tmp_path):
    names = [f"Daily {first}{second}" for first in "ABCDEFGH" for second in "klmnop"]
    assert len(read_articles(write(tmp_path, a__csv=rows("source", names[: MOST_OWN - 1])))) == MOST_OWN - 1
    _, (problem,) = read_with_problems(write(tmp_path, a__csv=rows("source", names[:MOST_OWN])))
    assert problem.startswith("'a.csv' has another outlet for each of its 40 articles, such as 'Daily Ak'; ")
