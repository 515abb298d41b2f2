"""The public names are one language: verbs, nouns of tables, columns; and nobody outside uses another."""

import ast
import re

import nbformat
import pandas as pd
import pytest
from conftest import ROOT

import analysis
from analysis import make_tables
from analysis.export.recipe import TABLES

README = (ROOT / "README.md").read_text(encoding="utf-8")
# The last two say all there is to say without a noun.
VERBS = (
    "read_ select_ find_ split_ group_ label_ count_ compare_ rank_ test_ score_ align_ tabulate_ summarise share_ "
    "suggest_ learn_ draw_ measure_ correct_ make_ write_ describe_ plot_ tokenize use_style"
).split()
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))


def list_imports(code: str) -> list[tuple[str, str]]:
    """(module, name) of everything that the code takes from the package; the name is empty for `import analysis.x`."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "analysis":
            found += [(node.module, alias.name) for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [(alias.name, "") for alias in node.names if alias.name.split(".")[0] == "analysis"]
    return found


def list_private(code: str) -> list[str]:
    return [
        f"{module} {name}".strip()
        for module, name in list_imports(code)
        if module != "analysis" or (name and name not in analysis.__all__)
    ]


@pytest.mark.parametrize(
    ("code", "private"),
    [
        ("from analysis import count_terms, compare_terms as compare", []),
        ("import analysis", []),
        ("from analysis.compare.words.terms import count_terms", ["analysis.compare.words.terms count_terms"]),
        ("import analysis.compare", ["analysis.compare"]),
        ("from analysis import compare", ["analysis compare"]),
        ("from analysis import _MODULES", ["analysis _MODULES"]),
    ],
)
def test_what_is_private_is_seen(code, private):
    assert list_private(code) == private


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_imports_nothing_private(path):
    cells = [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    assert any(list_imports(cell) for cell in cells)
    assert [name for cell in cells for name in list_private(cell)] == []


def test_the_readme_imports_and_names_nothing_private():
    scripts = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert scripts
    assert [name for script in scripts for name in list_private(script)] == []
    inline = re.findall(r"\banalysis\.(\w+(?:\.\w+)*)", re.sub(r"analysis\.py\b", "", README))
    assert inline
    assert set(inline) <= set(analysis.__all__)


def test_every_call_that_the_readme_names_is_public():
    calls = re.findall(r"(?<![\w.])([a-z]+_[a-z_]+)\(", README)
    assert len(calls) > 10
    assert set(calls) <= set(analysis.__all__)


def test_a_public_name_is_a_verb():
    names = [name for name in analysis.__all__ if not name.endswith(("Error", "Warning"))]
    assert [name for name in names if not name.startswith(tuple(VERBS))] == []
    assert [name for name in names if name.startswith("_")] == []


def test_names_of_a_question_read_from_finding_to_drawing():
    order = ("describe_", "plot_", "use_")
    for question, names in analysis._QUESTIONS.items():
        places = [next((place for place, verb in enumerate(order) if name.startswith(verb)), -1) for name in names]
        assert places == sorted(places), question
    assert sorted(name for names in analysis._QUESTIONS.values() for name in names) == sorted(analysis.__all__)


def test_what_is_described_or_drawn_has_a_noun_that_a_verb_makes():
    """One noun a table: what `describe_noun` says and `plot_noun` draws is what another verb gives."""
    nouns = {name.partition("_")[2] for name in analysis.__all__ if not name.startswith(("describe_", "plot_", "use_"))}
    nouns |= set(TABLES)
    drawn = {name: name.partition("_")[2] for name in analysis.__all__ if name.startswith(("describe_", "plot_"))}
    odd = {name for name, noun in drawn.items() if noun not in nouns}
    # Charts of one aspect of a table: one target of many, words as a map or those that all use, the joins of groups.
    assert odd == {"plot_target", "plot_term_map", "plot_shared_words", "plot_ranks", "describe_ranks", "plot_groups"}


@pytest.fixture(scope="module")
def tables(seeds):
    return make_tables(seeds, model="vader")


def test_a_column_says_the_same_in_every_table(tables):
    """`articles` and `n` count, a score is of one sentence, and an interval is named by its figure or follows it."""
    assert list(tables) == list(TABLES)
    of_sentences = {"sentiment", "targets"}
    for name, table in tables.items():
        for column in {"articles", "n", "words", "events"} & set(table.columns):
            assert pd.api.types.is_integer_dtype(table[column]), (name, column)
        assert ("score" in table.columns) == (name in of_sentences), name
        assert [*table.columns].count("low") == [*table.columns].count("high"), name
        if "low" in table.columns:
            place = list(table.columns).index("low")
            assert table.columns[place + 1] == "high", name
            assert table.columns[place - 1] in ("mean", "difference", "balance"), name
        for column in table.columns:
            if column.endswith("_low"):
                assert column.removesuffix("_low") in table.columns, (name, column)
                assert column.removesuffix("_low") + "_high" in table.columns, (name, column)


def test_what_is_found_in_articles_names_their_outlet_and_event(tables):
    for name, table in tables.items():
        if "article" in table.columns:
            assert {"outlet", "event"} <= set(table.columns), name
