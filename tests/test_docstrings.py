"""What every public verb's docstring says, and that it is true of the table which the verb gives or needs.

A docstring asks its question (or says what it does) in one line, then what the number means, and has sections:
`Columns:` and `Needs:` with a line for each column, `Raises:`, `Source:` and `Example:`.
"""

import inspect
import re

import pandas as pd
import pytest
from conftest import SEEDS
from test_laws import CONCEPTS, OPTIONS, TABLES_FROM_TABLES, VERBS, run, tables_of
from validate.test_validate import write_gold

import analysis
from analysis import InputError

ERRORS = {"InputError", "UnreadWarning"}
PUBLIC = sorted(set(dir(analysis)) - ERRORS)
SECTIONS = ("Columns", "Needs", "Raises", "Source", "Example")
LABELLED = pd.DataFrame({"text": ["a tax", "a court"] * 10, "frame": ["cost", "law"] * 10, "article": range(20)})
# What gives a table, or a model with one, and is no verb on one table.
OTHER_TABLES = {
    "read_articles": lambda tables, folder: analysis.read_articles(SEEDS),
    "share_reused": lambda tables, folder: tables["reused"],
    "tabulate_quotations": lambda tables, folder: tables["quotations"],
    "tabulate_shift": lambda tables, folder: tables["shift"],
    "find_labels": lambda tables, folder: analysis.find_labels(tables["spans"], CONCEPTS),
    "tabulate_labels": lambda tables, folder: tables["labels"],
    "suggest_labels": lambda tables, folder: analysis.suggest_labels(tables["spans"], "pact"),
    "learn_frames": lambda tables, folder: analysis.learn_frames(LABELLED).accuracy,
    "measure_accuracy": lambda tables, folder: analysis.measure_accuracy(write_gold(folder), only=["quotes"]),
}
GIVE_TABLES = [*TABLES_FROM_TABLES, *OTHER_TABLES]
SAY = [name for name in PUBLIC if name.startswith(("describe_", "plot_"))]


def read_docstring(name: str) -> dict[str, list[str]]:
    """The lines of each section, without their indent, and those before them under ''."""
    sections, current = {"": []}, ""
    for line in inspect.getdoc(getattr(analysis, name)).splitlines():
        opened = re.match(r"(\w+):(?: |$)", line)
        if opened and opened[1] in SECTIONS:
            current = opened[1]
            assert current not in sections, f"{name} has two sections {current}"
            sections[current] = [line[opened.end() :]] if line[opened.end() :] else []
        else:
            sections[current].append(line.removeprefix("    ") if current else line)
    return {section: "\n".join(lines).strip("\n").splitlines() for section, lines in sections.items()}


def read_entries(lines: list[str]) -> list[tuple[str, str]]:
    """Name (or names) and meaning of each line `name: meaning`, with what it is continued by."""
    entries = []
    for line in lines:
        if line.startswith(" "):
            entries[-1] = (entries[-1][0], f"{entries[-1][1]} {line.strip()}")
        else:
            entries.append(tuple(line.split(": ", 1)))
    return entries


def columns_of(name: str, given: list[str]) -> list[str]:
    """The columns that the docstring names, in order; `given` are those of the table that it was given."""
    columns = []
    for column, meaning in read_entries(read_docstring(name)["Columns"]):
        assert meaning
        those_of = re.fullmatch(r"those of `(\w+)`(?: but `(\w+)`)?", column)
        if not those_of:
            assert re.fullmatch(r"\w+", column), f"{name} has the line {column!r}"
            columns.append(column)
        elif those_of[1] == "by":
            by = inspect.signature(getattr(analysis, name)).parameters["by"].default
            columns += [by] if isinstance(by, str) else by
        elif those_of[1] in PUBLIC:
            columns += columns_of(those_of[1], given)
        else:
            assert those_of[1] in inspect.signature(getattr(analysis, name)).parameters
            columns += [passed_on for passed_on in given if passed_on != those_of[2]]
    return list(dict.fromkeys(columns))


def is_optional(name: str, column: str) -> bool:
    return "only with" in dict(read_entries(read_docstring(name)["Columns"])).get(column, "")


def test_what_is_no_table_and_no_sentence_is_few():
    assert set(PUBLIC) - set(GIVE_TABLES) - set(SAY) == {
        *("make_tables", "write_tables", "write_report", "read_selection", "read_concepts", "use_style"),
    }


@pytest.mark.parametrize("name", PUBLIC)
def test_the_first_line_asks_or_says_what_is_done(name):
    first, *rest = read_docstring(name)[""]
    assert first.endswith("?") or re.match(r"(Draw|Give|Say|Write|How .+\? Write) ", first), first
    assert first.endswith(("?", "."))
    assert not rest or rest[0] == ""
    assert " ".join(rest).strip(), f"{name} does not say what it means"


@pytest.mark.parametrize("name", PUBLIC)
def test_sections_stand_in_one_order_and_say_what_is_raised(name):
    sections = read_docstring(name)
    assert list(sections)[1:] == [section for section in SECTIONS if section in sections]
    ((error, when),) = read_entries(sections["Raises"])
    assert error == "InputError"
    assert when
    # What belongs in a section does not stand in the prose.
    assert not re.search(r"^(Columns|Needs|Raises|Source)\b|Raises `InputError`", "\n".join(sections[""]), re.MULTILINE)


@pytest.fixture(scope="module")
def tables(seeds):
    return tables_of(seeds)


@pytest.mark.parametrize("name", GIVE_TABLES)
def test_the_columns_are_those_of_the_table(name, tables, tmp_path):
    if name in VERBS:
        given = tables[VERBS[name][0]]
        table = run(name, given)
    else:
        given, table = tables["spans"], OTHER_TABLES[name](tables, tmp_path)
    columns = columns_of(name, list(given.columns))
    assert list(table.columns) == [column for column in columns if column in table or not is_optional(name, column)]


@pytest.mark.parametrize("name", GIVE_TABLES)
def test_the_example_of_a_table_is_short(name):
    lines = read_docstring(name)["Example"]
    assert lines[0].startswith(">>> ")
    assert name in "\n".join(lines)
    assert len(lines) <= 8


@pytest.mark.parametrize("name", [name for name in SAY if name in VERBS])
def test_what_is_needed_is_enough_and_none_too_many(name, tables):
    table = tables[VERBS[name][0]]
    needed = []
    for names, meaning in read_entries(read_docstring(name)["Needs"]):
        if not meaning.startswith("optional; "):
            needed += names.split(", ")
    assert getattr(analysis, name)(table[needed], **OPTIONS.get(name, {})) is not None
    for column in needed:
        with pytest.raises(InputError, match=f"'{column}'"):
            run(name, table[needed].drop(columns=column))
