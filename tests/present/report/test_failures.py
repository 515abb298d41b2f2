"""Which failing cell is marked, and which one only rests on it."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from analysis.present.report.failures import LONGEST, RESTS, list_failures, mark_failures


def notebook_of(*cells):
    """Cells of (source, error or None), each of which printed a line first."""
    made = []
    for number, (source, error) in enumerate(cells):
        outputs = [new_output("stream", name="stdout", text="said\n")]
        if error:
            kind, _, message = error.partition(": ")
            outputs.append(new_output("display_data", data={"image/png": "half a chart"}))
            outputs.append(new_output("error", ename=kind, evalue=message, traceback=["/a/path"]))
        made.append(new_code_cell(source, outputs=outputs, id=f"cell-{number}"))
    return new_notebook(cells=made)


def marks(notebook):
    return [[output.traceback[0] for output in cell.outputs[1:]] for cell in notebook.cells]


def rests(notebook):
    return [RESTS in cell.metadata.get("tags", []) for cell in notebook.cells]


def test_a_cell_that_reads_what_a_failed_one_was_to_set_rests_on_it():
    missing = "NameError: name 'x' is not defined"
    notebook = mark_failures(notebook_of(("x = f()", "KeyError: 'a'"), ("y = x", missing), ("print(y)", missing)))
    assert marks(notebook) == [["KeyError: 'a'; 2 later cells rest on it"], [], []]
    assert rests(notebook) == [False, True, True]
    assert [len(cell.outputs) for cell in notebook.cells] == [2, 0, 0]  # no half chart


def test_a_name_left_as_it_was_makes_the_next_cell_rest_on_the_failed_one_too():
    notebook = notebook_of(("t = 1", None), ("t = t.merge()", "KeyError: 'a'"), ("t['a']", "KeyError: 'a'"))
    assert rests(mark_failures(notebook)) == [False, False, True]


def test_an_error_of_its_own_is_marked_of_its_own():
    notebook = mark_failures(notebook_of(("x = 1", "KeyError: 'a'"), ("y = 2", "ValueError: b"), ("z", None)))
    assert marks(notebook) == [["KeyError: 'a'"], ["ValueError: b"], []]


def test_a_failed_import_counts_what_needs_it():
    lost = "NameError: name 'pd' is not defined"
    cells = ("import pandas as pd\nfrom a import (b,\n c as d)", "ImportError: a"), ("pd", lost), ("d()", lost)
    assert marks(mark_failures(notebook_of(*cells)))[0] == ["ImportError: a; 2 later cells rest on it"]


def test_cells_that_read_what_was_set_before_the_failure_keep_what_they_show():
    notebook = mark_failures(notebook_of(("x = f()", "KeyError: 'a'"), ("print(x)", None)))
    assert len(notebook.cells[1].outputs) == 1 and not any(rests(notebook))


def test_a_cell_that_is_no_python_is_marked():
    assert marks(mark_failures(notebook_of(("x = = 1", "SyntaxError: invalid syntax"), ("x", None)))) == [
        ["SyntaxError: invalid syntax"],
        [],
    ]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("ValueError: first\nlast \x1b[31mline\x1b[0m", "ValueError: last line"),
        ("AssertionError: ", "AssertionError"),
        (f"ValueError: {'x' * 999}", f"ValueError: {'x' * (LONGEST - 1)}…"),
    ],
)
def test_the_mark_is_one_line(error, said):
    notebooks = {"a": mark_failures(notebook_of(("x", error)))}
    assert list_failures(notebooks) == [f"notebook 'a' failed in cell 'cell-0' with {said}"]


def test_a_notebook_without_failures_is_left_as_it_is():
    notebook = notebook_of(("x = 1", None), ("x", None))
    assert mark_failures(notebook) == notebook_of(("x = 1", None), ("x", None))
    assert list_failures({"a": notebook}) == []
