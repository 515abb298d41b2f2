"""The notebooks are stored as STYLE says, and a changed digit in a stored output is found."""

import json
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_there_are_notebooks():
    assert [path.stem for path in NOTEBOOKS] == [
        "01_corpus",
        "02_voices",
        "03_words",
        "04_tone",
        "05_outlets_over_events",
    ]


def test_stored_as_one_run_from_top_to_bottom(notebook):
    cells = code_cells(notebook)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))


def test_nothing_but_the_kernel_in_the_metadata(notebook):
    assert list(notebook.metadata) == ["kernelspec"]
    assert all(set(cell.metadata) <= {"tags"} for cell in notebook.cells)


def test_the_second_code_cell_holds_the_parameters(notebook):
    cell = code_cells(notebook)[1]
    assert cell.metadata["tags"] == ["parameters"]
    every = 'CORPUS = "../seeds"\nEVENT = None\nOUTLETS = None'
    scores = any("score_sentiment" in other.source for other in code_cells(notebook))
    assert cell.source == every + ('\nMODEL = "tone"' if scores else "")


def test_cells_are_short_and_call_the_package(notebook):
    for cell in code_cells(notebook):
        lines = cell.source.splitlines()
        assert len(lines) <= 12 or lines[0].startswith("import "), cell.id  # imports are one to a line
        assert not re.search(r"^\s*(?:def|for|while|class)\b|^[%!]|lambda", cell.source, re.MULTILINE), cell.id
        assert not any(output.output_type == "error" for output in cell.outputs)
        assert not any(output.get("name") == "stderr" for output in cell.outputs)


def test_every_chart_has_its_picture(notebook):
    for cell in code_cells(notebook):
        pictures = [output for output in cell.outputs if "image/png" in output.get("data", {})]
        assert len(pictures) == cell.source.count("= plot_"), cell.id


def test_cells_have_readable_ids(notebook):
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", cell.id) for cell in notebook.cells)


def test_the_title_is_a_question_and_the_end_says_what_is_not_shown(notebook):
    assert re.match(r"# .+\?\n", notebook.cells[0].source)
    assert notebook.cells[-1].source.startswith("## What this does not show\n")


def test_the_answer_comes_first(notebook):
    assert "print(describe_" in code_cells(notebook)[2].source


def test_prose_names_no_outlet_and_no_finding(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            assert not re.search(r"\b(?:Putin|Kim|article \(?[A-E]\b|outlet [A-E])\b", cell.source), cell.id


def test_every_sentence_about_the_seeds_says_this_article_and_calls_no_difference(notebook):
    printed = [
        output.text
        for cell in code_cells(notebook)
        for output in cell.outputs
        if output.output_type == "stream" and "print(describe_" in cell.source
        if "describe_accuracy" not in cell.source  # which is of other articles
    ]
    assert printed
    for sentence in re.split(r"(?<=[.])\s+(?=[A-Z])", " ".join(printed).strip()):
        assert "this article" in sentence, sentence
        assert not re.search(
            r"\b(?:more|less) (?:positive|negative|often|favourable)\b(?! VADER)|significant(?! \(\d)", sentence
        )


def test_over_events_says_of_every_figure_that_its_corpus_is_invented():
    """On the seeds, which hold one event."""
    cells = code_cells(nbformat.read(ROOT / "notebooks" / "05_outlets_over_events.ipynb", as_version=4))
    printed = [(cell, output.text) for cell in cells for output in cell.outputs if output.output_type == "stream"]
    own, *shown = [text for cell, text in printed if "describe_accuracy" not in cell.source]
    assert "one event cannot show how outlets differ" in own
    assert len(shown) == 4
    assert all(text.startswith("Invented corpus (no outlet, person or event in it exists). ") for text in shown)
    assert all("note=about" in cell.source for cell in cells if "= plot_" in cell.source)


def nbval(folder) -> subprocess.CompletedProcess:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--nbval",
        "-c",
        str(ROOT / "pyproject.toml"),
    ]
    return subprocess.run([*command, str(folder)], capture_output=True, text=True, cwd=ROOT, check=False)


@pytest.mark.slow
def test_a_changed_digit_in_a_stored_output_is_found(tmp_path):
    (tmp_path / "notebooks").mkdir()
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    stored = json.loads((ROOT / "notebooks" / "02_voices.ipynb").read_text(encoding="utf-8"))
    cell = next(cell for cell in stored["cells"] if cell["id"] == "share")
    lines = cell["outputs"][0]["data"]["text/plain"]
    row = next(number for number, line in enumerate(lines) if re.search(r"\d", line))
    changed = re.sub(r"\d(?=\D*$)", lambda digit: str((int(digit.group()) + 1) % 10), lines[row])
    assert changed != lines[row]
    lines[row] = changed
    (tmp_path / "notebooks" / "02_voices.ipynb").write_text(json.dumps(stored), encoding="utf-8")
    result = nbval(tmp_path / "notebooks")
    assert result.returncode == 1
    assert "1 failed" in result.stdout
