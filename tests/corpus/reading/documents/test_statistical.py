"""Tables of SPSS and Stata."""

import sys
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from corpus.reading.documents.test_sheets import choose

from analysis.corpus.reading.documents.statistical import read_dta, read_sav
from analysis.corpus.reading.log import Log
from analysis.tables import InputError


def make_table(path: Path, write) -> bytes:
    table = pd.DataFrame({"outlet": [1.0, 2.0], "text": ["First words", "Second wörds" * 100]})
    write(table, path, variable_value_labels={"outlet": {1: "FT", 2: "BBC"}})
    return path.read_bytes()


@pytest.mark.parametrize("read, write", [(read_sav, pyreadstat.write_sav), (read_dta, pyreadstat.write_dta)])
def test_values_are_read_by_their_labels(tmp_path, read, write):
    data = make_table(tmp_path / "x", write)
    assert read("a.sav", data, choose, Log()) == [
        (1, {"outlet": "FT", "text": "First words"}),
        (2, {"outlet": "BBC", "text": "Second wörds" * 100}),
    ]


def test_a_damaged_table_is_refused():
    with pytest.raises(InputError) as error:
        read_sav("a.sav", b"$FL2 rubbish", choose, Log())
    assert str(error.value) == "'a.sav' can't be read as a table of SPSS (ReadstatError); expected a complete one"


def test_without_the_library_the_sentence_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    with pytest.raises(InputError) as error:
        read_dta("a.dta", b"", choose, Log())
    assert str(error.value) == (
        "'a.dta' is a table of Stata, and reading it needs pip install 'parallax-news[formats]'; "
        "expected that, or its table as csv"
    )
