"""The notebooks are stored as STYLE says, and a changed digit in a stored output is found."""

import json
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from conftest import ROOT

from analysis import read_articles, read_selection, shipped
from analysis.display import NOTHING
from analysis.present.report.execute import read_notebooks
from analysis.present.report.parts import render_parts
from analysis.present.report.report import find_notebooks
from analysis.present.report.store import make_invented

NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
INVENTED = ROOT / "notebooks" / "invented" / "outlets_over_events.ipynb"
OVER_EVENTS = ROOT / "notebooks" / "06_outlets_over_events.ipynb"


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_there_are_notebooks():
    assert [path.stem for path in NOTEBOOKS] == [
        "02_corpus",
        "03_voices",
        "04_words",
        "05_tone",
        "06_outlets_over_events",
        "outlets_over_events",
    ]


def test_the_report_ran_the_invented_corpus_too():
    assert find_notebooks() == ROOT / "notebooks"
    assert "outlets_over_events" not in read_notebooks(find_notebooks())


def test_the_invented_notebook_is_made_from_the_one_that_a_report_runs():
    made = make_invented(nbformat.read(OVER_EVENTS, as_version=4))
    stored = nbformat.read(INVENTED, as_version=4)
    assert [cell.source for cell in stored.cells] == [cell.source for cell in made.cells]
    own = [cell.source for cell in nbformat.read(OVER_EVENTS, as_version=4).cells]
    changed = [place for place, cell in enumerate(stored.cells) if cell.source != own[place]]
    assert [stored.cells[place].id for place in changed] == ["title"]
    assert "**Invented: no outlet, person or event below exists" in stored.cells[0].source
    assert shipped.INVENTED.samefile(read_selection(INVENTED.parent / "corpus.toml").corpus)


def test_no_other_notebook_shows_the_invented_corpus():
    outlets = read_articles(shipped.INVENTED)["outlet"].unique()
    assert len(outlets) == 4
    for path in NOTEBOOKS:
        text = path.read_text(encoding="utf-8")
        assert [outlet in text for outlet in outlets] == [path == INVENTED] * 4, path.stem


def test_one_event_said_nothing_in_seven_empty_tables():
    """On the seeds the notebook over many events says why it has nothing to show, and draws nothing."""
    cells = code_cells(nbformat.read(OVER_EVENTS, as_version=4))
    outputs = [output for cell in cells[3:] for output in cell.outputs]
    assert {output.data["text/plain"] for output in outputs if "data" in output} == {NOTHING}
    assert "one event cannot show how outlets differ" in cells[2].outputs[0].text
    assert [part.state for part in render_parts(nbformat.read(OVER_EVENTS, as_version=4), {})[1:-1]] == ["empty"] * 7


def test_stored_as_one_run_from_top_to_bottom(notebook):
    cells = code_cells(notebook)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))


def test_nothing_but_the_kernel_in_the_metadata(notebook):
    assert list(notebook.metadata) == ["kernelspec"]
    assert all(set(cell.metadata) <= {"tags"} for cell in notebook.cells)


def test_one_file_names_the_corpus_for_all_notebooks(notebook):
    cell = code_cells(notebook)[1]
    assert cell.metadata["tags"] == ["parameters"]
    assert cell.source == 'CORPUS, TABLES, EVENT, OUTLETS, MODEL, DUPLICATES, COLUMNS = read_selection("corpus.toml")'


def test_cells_are_short_and_call_the_package(notebook):
    for cell in code_cells(notebook):
        lines = cell.source.splitlines()
        assert len(lines) <= 12 or lines[0].startswith("import "), cell.id  # imports are one to a line
        assert not re.search(r"^\s*(?:def|for|while|class)\b|^[%!]|lambda", cell.source, re.MULTILINE), cell.id
        assert not any(output.output_type == "error" for output in cell.outputs)
        assert not any(output.get("name") == "stderr" for output in cell.outputs)


def test_every_chart_has_its_picture(notebook):
    is_empty = sum(part.state == "shown" for part in render_parts(notebook, {})[1:]) == 0  # on one event, the fifth
    for cell in code_cells(notebook):
        pictures = [output for output in cell.outputs if "image/png" in output.get("data", {})]
        drawn = 0 if is_empty else cell.source.count("= plot_")
        assert len(pictures) == drawn, cell.id


def test_cells_have_readable_ids(notebook):
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", cell.id) for cell in notebook.cells)


def test_the_title_is_a_question_and_the_end_says_what_is_not_shown(notebook):
    assert re.match(r"# .+\?\n", notebook.cells[0].source)
    assert notebook.cells[-1].source.startswith("## What this does not show\n")


def test_the_answer_comes_first(notebook):
    assert "print(describe_" in code_cells(notebook)[2].source


def test_prose_names_no_outlet_no_finding_and_no_word_of_the_sample(notebook):
    sample = r"Putin|Kim|Russia|Korea|pact|treat(?:y|ies)|alliance|support|defen[cs]e|war"
    sample += r"|article \(?[A-E]\b|outlet [A-E]"
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            assert not re.search(rf"\b(?:{sample})\b", cell.source), cell.id
        else:
            assert not re.search(r"Putin|Kim\b|support|defen[cs]e|pact\b", cell.source), cell.id


@pytest.mark.parametrize("path", [path for path in NOTEBOOKS if path != INVENTED], ids=lambda path: path.stem)
def test_every_sentence_about_the_seeds_says_this_article_and_calls_no_difference(path):
    notebook = nbformat.read(path, as_version=4)
    printed = [
        output.text
        for cell in code_cells(notebook)
        for output in cell.outputs
        if output.output_type == "stream" and "print(describe_" in cell.source
        if "describe_accuracy" not in cell.source  # which is of other articles
    ]
    assert printed
    for sentence in re.split(r"(?<=[.])\s+(?=[A-Z])", " ".join(printed).strip()):
        assert "this article" in sentence or sentence.startswith("There is no ") or sentence.startswith("There are no ")
        assert not re.search(
            r"\b(?:more|less) (?:positive|negative|often|favourable)\b(?! VADER)|significant(?! \(\d)", sentence
        )


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
    shutil.copytree(ROOT / "notebooks" / "scores", tmp_path / "notebooks" / "scores")
    shutil.copy(ROOT / "notebooks" / "corpus.toml", tmp_path / "notebooks")
    stored = json.loads((ROOT / "notebooks" / "03_voices.ipynb").read_text(encoding="utf-8"))
    cell = next(cell for cell in stored["cells"] if cell["id"] == "share")
    lines = cell["outputs"][0]["data"]["text/plain"]
    row = next(number for number, line in enumerate(lines) if re.search(r"\d", line))
    changed = re.sub(r"\d(?=\D*$)", lambda digit: str((int(digit.group()) + 1) % 10), lines[row])
    assert changed != lines[row]
    lines[row] = changed
    (tmp_path / "notebooks" / "03_voices.ipynb").write_text(json.dumps(stored), encoding="utf-8")
    result = nbval(tmp_path / "notebooks")
    assert result.returncode == 1
    assert "1 failed" in result.stdout
