"""The codebook says what each column of each table means."""

import pytest
from conftest import SEEDS

from analysis import make_tables
from analysis.export.codebook import list_columns, make_codebook, name_variables
from analysis.export.recipe import TABLES


@pytest.fixture(scope="module")
def tables():
    return make_tables(SEEDS, model="vader")


@pytest.mark.parametrize("name", TABLES)
def test_every_column_of_every_table_is_explained(tables, name):
    assert list(list_columns(name)) == list(tables[name].columns)
    assert all(list_columns(name).values())


def test_a_meaning_is_that_of_the_docstring_on_one_line():
    assert list_columns("duplicates")["share"] == "of its words that stand in the other, in runs of eight; 0 to 1"
    assert list_columns("names")["kind"].endswith('a country or capital that does or says something ("Moscow denied")')
    assert list_columns("sentiment")["voice"] == "own, reported or quote"


def test_a_row_for_each_table_and_one_for_each_of_its_columns():
    book = make_codebook()
    assert list(book.columns) == ["table", "column", "description", "variable"]
    assert book.loc[book["column"].isna(), "table"].tolist() == list(TABLES)
    assert book.query("table == 'problems'").fillna("").to_numpy().tolist() == [
        ["problems", "", TABLES["problems"], ""],
        ["problems", "source", "the file, or the file and its row or document", "source"],
        ["problems", "problem", "what is wrong with it, and what was expected", "problem"],
    ]


def test_variables_have_names_that_both_programs_accept():
    columns = ["by", "WITH", "str12", "_n", "x" * 40, "x" * 41, "Ärger", "a b", "a-b", "A_B", "1st", "with_"]
    names = list(name_variables(columns).values())
    assert names == [
        *("by_", "WITH_", "str12_", "v_n", "x" * 32, "x" * 30 + "_2", "v_rger", "a_b", "a_b_2", "A_B_3", "v1st"),
        "with_2",
    ]
    assert len({name.lower() for name in names}) == len(names)
    assert max(map(len, names)) <= 32


def test_of_our_names_few_are_changed(tables):
    columns = sorted({column for table in tables.values() for column in table.columns})
    changed = {name: new for name, new in name_variables(columns).items() if name != new}
    assert changed == {"end": "end_", "version": "version_"}
