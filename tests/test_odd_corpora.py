"""Whatever `parallax check` accepts gets a report: the cells of the notebooks run in this process on odd corpora.

ODD_CORPORA=50 draws fifty instead of the few of `make test`.
"""

import ast
import contextlib
import io
import json
import os
import tempfile
import warnings
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis import InputError, read_articles, use_style
from analysis.export.tables import make_tables
from analysis.present.sentences.corpus import describe_corpus
from analysis.tables import UnreadWarning

EXAMPLES = int(os.environ.get("ODD_CORPORA", "2"))
MODEL = "vader"  # gives every sentence a score as the encoder does, in no time
NOTEBOOKS = {
    path.stem: [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
}

ENGLISH = "The minister said on Monday that the reform was good for the country. Critics of Ada Moss called it a risk."
OTHER = "Ada Moss praised the reform in Parliament, and the minister welcomed what she called a brave step."
GERMAN = "Die Ministerin sagte am Montag, die Reform sei gut für das Land. Der Kanzler Otto Weiss reiste danach ab."
QUOTED = "“The reform is good for all of us in the country,” she said. “We will not give up what we have won.”"
ODD = {
    "one": [("A", ENGLISH)],
    "two": [("A", ENGLISH), ("B", OTHER)],
    "one word": [("A", "Peace")],
    "one long line": [("A", ("The minister said that the reform was good for us all " * 2_000)[:100_000])],
    "marks only": [("A", "!!! … ???"), ("B", "— * —"), ("C", "Yes")],
    "one outlet": [("A", ENGLISH), ("A", OTHER), ("A", f"{OTHER} It rained.")],
    "identical": [("A", ENGLISH)] * 2 + [("B", ENGLISH)],
    "foreign beside English": [("A", ENGLISH), ("B", GERMAN)],
    "quotations only": [("A", QUOTED), ("B", "“We will not give up what we have won.”")],
}


@contextlib.contextmanager
def corpus_of(rows):
    """A file of articles: (outlet, text) or (outlet, text, event), where a missing outlet or event is None."""
    names = ("outlet", "text", "event")
    lines = [json.dumps({k: v for k, v in zip(names, row, strict=False) if v is not None}) for row in rows]
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("error")  # a cell's warning stands in the notebook
        warnings.simplefilter("ignore", UnreadWarning)
        path = Path(folder) / "odd.jsonl"
        path.write_text("\n".join(lines), encoding="utf-8")
        yield path


@pytest.fixture(autouse=True)
def options_as_before():
    """The notebooks set options and colours for their own kernel; here the tests that follow have the same process."""
    names = ("display.precision", "display.max_colwidth")
    before = [part for name in names for part in (name, pd.get_option(name))]
    with pd.option_context(*before), plt.rc_context():
        yield
        use_style()


def run_cells(sources, **parameters):
    """Execute cells as a kernel does: the value of a last line is displayed, and what is drawn is shown."""
    imports, _, *cells = sources
    names = dict(parameters)
    for source in (imports, *cells):
        body = ast.parse(source).body
        last = body.pop() if isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), source, "exec"), names)
        if last is not None:
            shown = eval(compile(ast.Expression(last.value), source, "eval"), names)
            assert isinstance(shown, pd.DataFrame | None), source
            if shown is not None:
                shown.to_html()
        for figure in map(plt.figure, plt.get_fignums()):
            figure.canvas.draw()
            assert "no rows to draw" not in [text.get_text() for ax in figure.axes for text in ax.texts], source
        plt.close("all")


def check_report(path):
    """All of a report but its kernels and its page."""
    articles = read_articles(path)
    assert describe_corpus(articles).startswith("Read\n")
    make_tables(path, model=MODEL)
    for name, sources in NOTEBOOKS.items():
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed):
                chosen = {"EVENT": None, "OUTLETS": None, "MODEL": MODEL, "DUPLICATES": "once", "COLUMNS": None}
                run_cells(sources, CORPUS=str(path), TABLES=None, **chosen)
        except Exception as error:
            error.add_note(f"in notebook {name}")
            raise
        assert printed.getvalue()[:1].isalnum(), name  # its answer
        assert "nan" not in printed.getvalue().split(), name


@pytest.mark.parametrize("name", ODD)
def test_an_odd_corpus_had_no_report(name):
    with corpus_of(ODD[name]) as path:
        check_report(path)


PIECES = [
    ENGLISH,
    OTHER,
    GERMAN,
    QUOTED,
    "Peace",
    "!!! … ???",
    "the of and",
    "Президент подписал договор о мире в Москве.",
    "总统签署了协议。和平很好。",
    "وقع الرئيس الاتفاق.",
    "By Ada Moss\n\n",
    "\n\n",
    "<b>&amp;</b> {{ 7 }} $x_1$ =1+1",
    "9 1 2",
]
TEXTS = st.one_of(
    st.sampled_from(PIECES), st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join), st.text(max_size=40)
)
ROWS = st.tuples(st.sampled_from(["A", "B", "C"]), TEXTS, st.sampled_from([None, "x", "y"]))


@given(st.lists(ROWS, min_size=1, max_size=6))
@settings(max_examples=EXAMPLES, deadline=None)
def test_whatever_check_accepts_has_a_report(rows):
    with corpus_of(rows) as path:
        try:
            read_articles(path)
        except InputError:
            assume(False)
        check_report(path)
