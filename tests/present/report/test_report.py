"""The report: whole, the same each time, or not there at all."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time

import nbformat
import pandas as pd
import pytest
from conftest import ROOT, SEEDS
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from present.report.test_page import check_page

from analysis import InputError
from analysis.export.tables import TABLES
from analysis.present.report import report
from analysis.present.report.report import find_notebooks, write_report

HOSTILE = (
    'The <script>alert(1)</script> minister said: "</details></table>{{ 7 * 7 }} <img src=x onerror=alert(1)> is good '
    'for \u202epeace\u202c." [A link](javascript:alert(1)) was signed on Monday.\n'
)


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(HOSTILE, encoding="utf-8")
    return folder


@pytest.fixture
def notebooks(tmp_path, monkeypatch):
    """Two small notebooks in place of the real ones, and a function that adds a cell to the second."""
    folder = tmp_path / "notebooks"
    folder.mkdir()

    def write(name, title, *sources):
        cells = [
            new_markdown_cell(f"# {title}", id="title"),
            new_code_cell("from analysis import read_articles, select_articles", id="imports"),
            new_code_cell("CORPUS = '../seeds'\nEVENT = None\nOUTLETS = None", id="parameters"),
            *[new_code_cell(source, id=f"cell-{i}") for i, source in enumerate(sources)],
        ]
        cells[2].metadata["tags"] = ["parameters"]
        nbformat.write(new_notebook(cells=cells), folder / f"{name}.ipynb")

    read = (
        "articles = select_articles(read_articles(CORPUS), event=EVENT, outlets=OUTLETS)\narticles[['outlet', 'text']]"
    )
    write("02_corpus", "What was published?", read)
    write("03_voices", "Whose words?", "print(CORPUS, EVENT, OUTLETS)")
    monkeypatch.setattr(report, "find_notebooks", lambda: folder)
    return lambda source: write("03_voices", "Whose words?", source)


@pytest.fixture
def no_kernels(notebooks, monkeypatch):
    monkeypatch.setattr(report, "run_notebooks", None)


def files(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_folder_holds_the_page_the_tables_the_notebooks_and_the_manifest(tmp_path, corpus, notebooks):
    done = []
    page = write_report(corpus, out=tmp_path / "out" / "report", outlets="B", progress=lambda *told: done.append(told))
    out = tmp_path / "out" / "report"
    assert page == out / "index.html"
    assert {"spans", "targets", "02_corpus", "03_voices"} <= {name for name, _, _ in done}
    assert done[-1][1:] == (2, 2)
    expected = [f"tables/{name}.{ending}" for name in TABLES for ending in ("csv", "parquet")]
    expected += [
        "tables/codebook.csv",
        "notebooks/02_corpus.ipynb",
        "notebooks/03_voices.ipynb",
        "index.html",
        "manifest.json",
    ]
    assert sorted(files(out)) == sorted(expected)
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    asked = {"event": None, "outlets": ["B"], "model": "tone", "duplicates": "once", "formats": ["csv", "parquet"]}
    asked["columns"] = None
    assert manifest["options"] == {"corpus": str(corpus)} | asked
    assert sorted(manifest["files"]) == sorted(expected)
    text = "".join(check_page(page.read_text(encoding="utf-8")).text)
    assert "1 article by 1 outlet." in text
    assert f"{corpus} None ['B']" in text  # the parameters reached the kernel
    assert pd.read_parquet(out / "tables" / "articles.parquet")["outlet"].tolist() == ["B"]


def test_hostile_articles_stay_text(tmp_path, corpus, notebooks):
    notebooks(
        "import pandas as pd\nfrom IPython.display import HTML, Markdown, display\n"
        "from analysis import read_articles\n"
        "text = read_articles(CORPUS)['text'][0]\n"
        "display(HTML(text), Markdown(text), pd.DataFrame({text: [text]}, index=[text]))\nprint(text)\ntext"
    )
    html = write_report(corpus, out=tmp_path / "report").read_text(encoding="utf-8")
    text = "".join(check_page(html).text)
    assert text.count("alert(1)") > 5
    assert "{{ 7 * 7 }}" in text


def test_the_same_corpus_gives_the_same_bytes_and_replaces_the_earlier_report(tmp_path, corpus, notebooks):
    out = tmp_path / "report"
    write_report(corpus, out=out)
    first = files(out)
    write_report(corpus, out=out)
    assert files(out) == first
    assert sorted(os.listdir(tmp_path)) == ["corpus", "notebooks", "report"]


def test_a_failing_cell_took_the_whole_report_with_it(tmp_path, corpus, notebooks):
    notebooks("raise ValueError('no <b>words</b>')")
    page = write_report(corpus, out=tmp_path / "report")
    html = page.read_text(encoding="utf-8")
    check_page(html)
    failure = "Failed with ValueError: no &lt;b&gt;words&lt;/b&gt;"
    assert f'<p class="failed" dir="auto">{failure}</p>' in html
    assert "How two articles told the same event" in html and "alert(1)" in html  # the other notebook stands
    manifest = json.loads((tmp_path / "report" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["failures"] == ["notebook '03_voices' failed in cell 'cell-0' with ValueError: no <b>words</b>"]
    write_report(corpus, out=tmp_path / "again")
    assert files(tmp_path / "again") == files(tmp_path / "report")


def test_a_kernel_that_dies_leaves_the_old_report_as_it_was(tmp_path, corpus, notebooks):
    out = tmp_path / "report"
    write_report(corpus, out=out)
    before = files(out)
    notebooks("import os\nos._exit(1)")
    with pytest.raises(InputError) as caught:
        write_report(corpus, out=out)
    assert str(caught.value) == "notebook '03_voices' stopped in cell 'cell-0' with DeadKernelError: Kernel died"
    assert files(out) == before
    # What was read takes long and is as good as before.
    assert sorted(os.listdir(tmp_path)) == ["corpus", "notebooks", "report", "report.unfinished"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"outlets": ["F"]}, "outlet 'F' is not in this corpus; it has A, B"),
        ({"event": "2"}, "event '2' is not in this corpus; it has 1"),
    ],
)
def test_an_unknown_option_fails_before_a_kernel_starts(corpus, no_kernels, options, message):
    with pytest.raises(InputError) as caught:
        write_report(corpus, out=corpus.parent / "report", **options)
    assert str(caught.value) == message
    assert sorted(os.listdir(corpus.parent)) == ["corpus", "notebooks"]


def test_a_foreign_folder_is_refused_before_a_kernel_starts(tmp_path, corpus, no_kernels):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "thesis.docx").touch()
    with pytest.raises(InputError) as caught:
        write_report(corpus, out=tmp_path / "x")
    assert str(caught.value) == (
        f"folder '{tmp_path / 'x'}' exists and was not written by parallax; "
        "expected a new or empty folder, or an earlier report"
    )


def test_a_report_inside_its_corpus_is_refused(corpus, notebooks):
    with pytest.raises(InputError, match="lies inside the corpus"):
        write_report(corpus, out=corpus / "report")
    assert sorted(os.listdir(corpus)) == ["a.txt", "b.txt"]


def test_the_notebooks_are_found():
    assert (find_notebooks() / "02_corpus.ipynb").is_file()


@pytest.mark.slow
def test_ctrl_c_leaves_the_old_report_what_was_read_and_no_kernel(tmp_path):
    out, temporary = tmp_path / "report", tmp_path / "temporary"
    temporary.mkdir()
    out.mkdir()
    command = [sys.executable, "-m", "analysis", "report", str(SEEDS), "--out", str(out)]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # tests in the background ignore it
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"TMPDIR": str(temporary)}, stderr=subprocess.PIPE, text=True
    )
    signal.signal(signal.SIGINT, before)
    deadline = time.monotonic() + 60
    while not list(temporary.glob("parallax-*/*/settings/connection.json")):
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)  # a nervous finger
    _, errors = process.communicate(timeout=30)
    kept = tmp_path / "report.unfinished"
    last = errors.splitlines()[-1]  # on a slow machine the time that tone takes is said before
    assert last == f"parallax: stopped; finished work is kept in '{kept}', the same command goes on there"
    assert process.returncode == 130 and "Traceback" not in errors and "terminate" not in errors
    assert os.listdir(out) == []
    assert sorted(os.listdir(tmp_path)) == ["report", "report.unfinished", "temporary"]
    assert os.listdir(temporary) == []


@pytest.mark.slow
def test_the_seeds_give_the_same_bytes_under_two_hash_seeds(tmp_path):
    written = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        command = [sys.executable, "-m", "analysis", "report", str(SEEDS), "--out", str(out)]
        subprocess.run(command, check=True, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed})
        written.append(files(out))
        check_page((out / "index.html").read_text(encoding="utf-8"))
    assert written[0] == written[1]
