"""Which column is which goes with a corpus: into tables, partitions, manifests, and the file for the notebooks."""

import json

import pandas as pd
import pytest

from analysis import InputError, make_tables, read_selection, write_tables

COLUMNS = {"Wortlaut": "text", "Blatt 2": "outlet"}
TABLE = "Blatt 2,Wortlaut\nPost,The leaders met on Monday.\nEcho,They left again.\n"


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.csv").write_text(TABLE)
    return folder


def test_tables_of_columns_that_were_named(corpus, tmp_path):
    out = write_tables(corpus, out=tmp_path / "tables", model="vader", columns=COLUMNS)
    assert pd.read_parquet(out / "articles.parquet")["outlet"].tolist() == ["Post", "Echo"]
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["options"]["columns"] == manifest["made_from"]["columns"] == COLUMNS
    made = make_tables(corpus, model="vader", columns=COLUMNS, tables=out, only=["articles"])
    assert made["articles"]["outlet"].tolist() == ["Post", "Echo"]


def test_tables_of_other_columns_are_not_taken(corpus, tmp_path):
    (corpus / "a.csv").write_text(TABLE.replace("Wortlaut", "text"))
    out = write_tables(corpus, out=tmp_path / "tables", model="vader")
    with pytest.warns(UserWarning, match="were made with other columns, and are made anew"):
        made = make_tables(corpus, model="vader", columns={"Blatt 2": "outlet"}, tables=out, only=["articles"])
    assert made["articles"]["outlet"].tolist() == ["Post", "Echo"]


def test_partitions_of_columns_that_were_named(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    rows = pd.DataFrame({"Blatt 2": ["Post", "Echo"], "Wortlaut": ["The leaders met.", "They left again."]})
    rows.iloc[:1].to_parquet(folder / "a.parquet")
    rows.iloc[1:].rename(columns={"Blatt 2": "outlet", "Wortlaut": "text"}).to_parquet(folder / "b.parquet")
    options = {"out": tmp_path / "tables", "model": "vader", "partitions": 2}
    out = write_tables(folder, columns=COLUMNS, **options)
    assert sorted(path.name for path in (out / "articles").iterdir()) == ["part-0.parquet", "part-1.parquet"]
    assert pd.read_parquet(out / "articles")["outlet"].tolist() == ["Post", "Echo"]
    with pytest.raises(InputError, match="columns names 'Fliesstext', which no table in"):
        write_tables(folder, columns={**COLUMNS, "Fliesstext": "title"}, **options)


def test_the_notebooks_file_may_name_them(tmp_path):
    (tmp_path / "corpus.toml").write_text('corpus = "x"\n')
    assert read_selection(tmp_path / "corpus.toml").columns is None
    (tmp_path / "corpus.toml").write_text('corpus = "x"\ncolumns = {"Blatt 2" = "outlet", Wortlaut = "text"}\n')
    assert read_selection(tmp_path / "corpus.toml").columns == COLUMNS
