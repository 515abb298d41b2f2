"""Notebooks run in kernels and folders of their own, with the parameters of the corpus."""

import os
import textwrap
import threading
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.present.report.execute import inject_parameters, read_notebooks, run_notebooks, write_notebooks
from analysis.present.report.failures import RESTS, list_failures
from analysis.tables import InputError


def make_notebook(*sources, title="What?"):
    cells = [new_markdown_cell(f"# {title}", id="title")]
    cells.append(new_code_cell("CORPUS = '../seeds'", id="parameters", metadata={"tags": ["parameters"]}))
    cells += [new_code_cell(source, id=f"cell-{i}") for i, source in enumerate(sources)]
    # A kernel of another language and metadata of an editor, neither of which may matter.
    return new_notebook(
        cells=cells, metadata={"kernelspec": {"name": "julia", "display_name": "J"}, "editor": {"x": 1}}
    )


def printed(notebook, cell):
    return "".join(
        output.get("text", "")
        for found in notebook.cells
        if found.id == cell
        for output in found.outputs
        if output.get("name") == "stdout"
    )


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """A temporary folder of the test's own, so that what is left behind shows."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def test_parameters_are_injected_in_place_of_the_tagged_cell():
    notebook = make_notebook("print(CORPUS)")
    injected = inject_parameters(notebook, {"CORPUS": "/x", "EVENT": None, "OUTLETS": ["A"]})
    assert [cell.id for cell in injected.cells] == ["title", "injected-parameters", "cell-0"]
    assert injected.cells[1].source == "CORPUS = '/x'\nEVENT = None\nOUTLETS = ['A']"
    assert injected.cells[1].metadata.tags == ["injected-parameters"]
    assert len(notebook.cells) == 3  # the one given is not changed


def test_without_a_tagged_cell_parameters_come_first():
    notebook = new_notebook(cells=[new_code_cell("1", id="a")])
    assert [cell.id for cell in inject_parameters(notebook, {}).cells] == ["injected-parameters", "a"]


def test_each_kernel_is_this_python_in_an_empty_folder(temporary, tmp_path, monkeypatch):
    (tmp_path / "analysis.py").write_text("raise SystemExit('the wrong analysis')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "agg")
    source = "import os, sys, analysis\nprint(os.listdir(), sys.executable, analysis.__file__, CORPUS, sep='\\n')"
    chart = "import matplotlib.pyplot as plt\nfigure, ax = plt.subplots(figsize=(1, 1))"
    done = []
    executed = run_notebooks(
        {"b": make_notebook(source), "a": make_notebook(chart)},
        {"b": {"CORPUS": "/x"}, "a": {}},
        progress=lambda *told: done.append(told),
    )
    assert list(executed) == ["b", "a"]  # in the order given, whichever was done first
    assert sorted(name for name, _, _ in done) == ["a", "b"]
    assert [told for _, *told in done] == [[1, 2], [2, 2]]
    import sys

    import analysis

    assert printed(executed["b"], "cell-0").splitlines() == ["[]", sys.executable, analysis.__file__, "/x"]
    assert "image/png" in executed["a"].cells[-1].outputs[0].data
    assert os.listdir(temporary) == []


def test_what_is_kept_of_an_executed_notebook(temporary, tmp_path):
    executed = run_notebooks({"a": make_notebook("1", "2")}, {"a": {"EVENT": None}})["a"]
    assert executed.metadata == {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    }
    code = [cell for cell in executed.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == [1, 2, 3]
    assert [dict(cell.metadata) for cell in code] == [
        {"tags": ["injected-parameters"]},
        {},
        {},
    ]
    write_notebooks({"a": executed}, tmp_path)
    nbformat.validate(nbformat.read(tmp_path / "a.ipynb", as_version=4))
    assert list(read_notebooks(tmp_path)) == ["a"]


def test_a_line_that_came_in_two_pieces_was_two_outputs(temporary):
    source = "import time\nprint('a', end='', flush=True)\ntime.sleep(0.3)\nprint(' b', flush=True)"
    (output,) = run_notebooks({"a": make_notebook(source)}, {"a": {}})["a"].cells[-1].outputs
    assert output.text == "a b\n"


def test_a_warning_names_no_process(temporary):
    executed = run_notebooks({"a": make_notebook("import warnings\nwarnings.warn('careful')")}, {"a": {}})["a"]
    assert executed.cells[-1].outputs[0].text.startswith("cell:2: UserWarning: careful\n")


def test_a_failing_cell_is_marked_once_and_the_others_run(temporary):
    cells = [
        "words = ['a']\nprint('before')",
        "raise ValueError('first line\\nlast \\x1b[31mline\\x1b[0m')\ncounts = 1",
        "total = counts + 1",
        "print(total)",
        "print(words)",
        "assert False",
    ]
    executed = run_notebooks(
        {"01_good": make_notebook("print(1)"), "02_bad": make_notebook(*cells)}, {"01_good": {}, "02_bad": {}}
    )
    assert printed(executed["01_good"], "cell-0") == "1\n"
    assert [printed(executed["02_bad"], f"cell-{i}") for i in range(6)] == ["before\n", "", "", "", "['a']\n", ""]
    assert list_failures(executed) == [
        "notebook '02_bad' failed in cell 'cell-1' with ValueError: last line; 2 later cells rest on it",
        "notebook '02_bad' failed in cell 'cell-5' with AssertionError",
    ]
    tags = [cell.metadata.get("tags", []) for cell in executed["02_bad"].cells[-6:]]
    assert tags == [[], [], [RESTS], [RESTS], [], []]
    (mark,) = executed["02_bad"].cells[-1].outputs
    assert mark.traceback == ["AssertionError"]  # no file of this machine
    nbformat.validate(executed["02_bad"])
    assert os.listdir(temporary) == []


def test_a_kernel_that_dies_is_an_error(temporary):
    with pytest.raises(InputError) as caught:
        run_notebooks({"a": make_notebook("import os\nos._exit(1)")}, {"a": {}})
    assert str(caught.value) == "notebook 'a' stopped in cell 'cell-0' with DeadKernelError: Kernel died"


def test_ctrl_c_ends_the_kernels(temporary, tmp_path, monkeypatch):
    sign = tmp_path / "kernel"
    source = f"import os, time, pathlib\npathlib.Path({str(sign)!r}).write_text(str(os.getpid()))\ntime.sleep(60)"

    def interrupted(future):
        while not (sign.exists() and sign.read_text()):
            time.sleep(0.05)
        raise KeyboardInterrupt

    monkeypatch.setattr("analysis.present.report.execute._wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run_notebooks({"a": make_notebook(source)}, {"a": {}})
    with pytest.raises(ProcessLookupError):
        os.kill(int(sign.read_text()), 0)
    assert os.listdir(temporary) == []


def test_notebooks_run_where_an_event_loop_is_running_already(temporary):
    import asyncio

    async def inside_jupyter():
        return run_notebooks({"a": make_notebook("print(1)")}, {"a": {}})

    assert printed(asyncio.run(inside_jupyter())["a"], "cell-0") == "1\n"
    assert threading.active_count() < 10


def test_a_chart_was_drawn_once_more_than_it_was_shown():
    counting = """
        import matplotlib.figure, pandas as pd
        from analysis import plot_voices, use_style
        draws, draw = [], matplotlib.figure.Figure.draw
        matplotlib.figure.Figure.draw = lambda *given: draws.append(1) or draw(*given)
        use_style(["A"])
        voices = pd.DataFrame({"outlet": ["A"], "voice": ["own"], "words": [3], "share": [1.0], "articles": [1]})
    """
    notebook = make_notebook(textwrap.dedent(counting), "ax = plot_voices(voices)", "print(len(draws))")
    executed = run_notebooks({"a": notebook}, {"a": {}})["a"]
    assert any("image/png" in output.get("data", {}) for cell in executed.cells for output in cell.get("outputs", []))
    assert printed(executed, "cell-2") == "2\n"  # once to measure it, once to show it
