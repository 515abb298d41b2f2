"""Every table of a corpus, made and written."""

import hashlib
import json
import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from conftest import SEEDS

from analysis import InputError, compare_terms, find_artefacts, read_articles
from analysis.export.tables import TABLES, keep_frequent, make_tables, make_terms, write_tables


def count(outlets, terms, n):
    words = pd.Series(n).groupby(list(outlets)).transform("sum").to_numpy()
    columns = {"outlet": list(outlets), "term": list(terms), "n": n, "rate": 1000 * np.array(n) / words}
    return pd.DataFrame(columns).assign(articles=1, articles_total=1)


COUNTS = count("ABABAB", "aabbcd", [5, 1, 1, 3, 2, 2])  # a 6 times, b 4, c and d twice: 14 words in 6 rows


@pytest.mark.parametrize(("cells", "kept"), [(8, "abcd"), (7, "ab"), (6, "ab"), (4, "ab"), (3, "a"), (1, "")])
def test_terms_of_hundreds_of_outlets_did_not_fit_into_memory(monkeypatch, cells, kept):
    monkeypatch.setattr("analysis.export.tables.MOST_TERM_CELLS", cells)
    pd.testing.assert_frame_equal(keep_frequent(COUNTS), COUNTS[COUNTS["term"].isin(list(kept))])


@pytest.mark.parametrize(
    ("least", "words", "kept"),
    [(6, 40, "abcd"), (5, 40, "ab"), (4, 40, "ab"), (3, 40, "a"), (1, 40, ""), (1, 2.33, "abcd"), (1, 2.4, "ab")],
)
def test_the_table_of_terms_was_larger_than_the_text(monkeypatch, least, words, kept):
    monkeypatch.setattr("analysis.export.tables.LEAST_TERM_ROWS", least)
    monkeypatch.setattr("analysis.export.tables.WORDS_A_ROW", words)
    pd.testing.assert_frame_equal(keep_frequent(COUNTS), COUNTS[COUNTS["term"].isin(list(kept))])


def test_terms_had_a_row_for_every_word_that_an_outlet_does_not_print():
    whole, made = compare_terms(COUNTS), make_terms(COUNTS)
    assert len(whole) == 8
    assert len(made) == 6
    pd.testing.assert_frame_equal(made, whole[whole["n"] > 0].reset_index(drop=True))


def make_corpus(folder, *texts):
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


ARTICLE = 'The minister welcomed the deal. "It is good for peace," she said on Monday. Critics called it a danger.\n'


def test_every_table_of_the_seeds_is_made():
    tables = make_tables(read_articles(SEEDS))
    assert list(tables) == list(TABLES)
    assert {name: len(table) for name, table in tables.items() if name in ("articles", "problems")} == {
        "articles": 5,
        "problems": 0,
    }
    assert "log_odds" in tables["terms"].columns
    assert not [name for name, table in tables.items() if len(table) == 0 and name != "problems"]


def test_a_line_that_the_corpus_repeats_was_prose_in_a_selection(tmp_path):
    line = "Follow the pact with our evening letter"
    rows = [(f"{i}", "x" if i < 2 else "y", f"{line}\n\n{ARTICLE}Day {i} was calm.") for i in range(6)]
    pd.DataFrame(rows, columns=["id", "event", "text"]).assign(outlet="A").to_csv(tmp_path / "a.csv", index=False)
    whole, part = (
        pd.read_parquet(write_tables(tmp_path / "a.csv", out=tmp_path / "tables", event=event) / "artefacts.parquet")
        for event in (None, "x")
    )
    assert whole["text"].eq(line).sum() == 6
    pd.testing.assert_frame_equal(part, whole[whole["article"].isin(part["article"])].reset_index(drop=True))
    assert part["text"].eq(line).sum() == 2


def test_artefacts_that_are_given_are_used_and_those_of_other_articles_left_out():
    articles = read_articles(SEEDS)
    artefacts = find_artefacts(articles).query("kind != 'credit'")
    tables = make_tables(articles.head(2), artefacts=artefacts)
    expected = artefacts[artefacts["article"].isin(articles["article"].head(2))].reset_index(drop=True)
    pd.testing.assert_frame_equal(tables["artefacts"], expected)


def test_one_outlet_is_not_compared(tmp_path):
    tables = make_tables(read_articles(make_corpus(tmp_path / "corpus", ARTICLE)))
    assert tables["terms"]["log_odds"].isna().all()
    assert len(tables["terms"]) > 0


@pytest.mark.parametrize("text", ["x", "19 June 2024", '"All of it is a quotation that somebody else has said."'])
def test_an_article_without_prose_of_its_own_is_written(tmp_path, text):
    out = write_tables(read_articles(make_corpus(tmp_path / "corpus", text, text)), out=tmp_path / "tables")
    assert len(list(out.iterdir())) == 2 * len(TABLES) + 1


def test_the_folder_holds_both_formats_and_a_manifest(tmp_path):
    corpus = make_corpus(tmp_path / "corpus", ARTICLE, ARTICLE)
    out = write_tables(corpus, out=tmp_path / "tables", outlets="B")
    assert out == tmp_path / "tables"
    expected = sorted(f"{name}.{ending}" for name in TABLES for ending in ("csv", "parquet"))
    assert sorted(path.name for path in out.iterdir()) == sorted([*expected, "manifest.json"])
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["kind"] == "tables"
    assert manifest["options"] == {"corpus": str(corpus), "event": None, "outlets": ["B"], "model": "tone"}
    assert sorted(manifest["files"]) == sorted([*expected, "manifest.json"])
    assert pd.read_parquet(out / "articles.parquet")["outlet"].tolist() == ["B"]


def test_what_was_not_read_stands_in_its_own_table(tmp_path):
    corpus = make_corpus(tmp_path / "corpus", ARTICLE, ARTICLE)
    (corpus / "x.bin").write_bytes(b"\x00")
    with pytest.warns(UserWarning):
        out = write_tables(corpus, out=tmp_path / "tables")
    problems = pd.read_parquet(out / "problems.parquet")
    assert problems["source"].tolist() == ["x.bin"]
    assert problems["problem"].str.contains("x.bin").all()


def test_writing_into_the_corpus_is_refused(tmp_path):
    corpus = make_corpus(tmp_path / "corpus", ARTICLE)
    with pytest.raises(InputError) as caught:
        write_tables(corpus, out=corpus / "tables")
    assert str(caught.value) == (
        f"folder '{corpus / 'tables'}' lies inside the corpus '{corpus}', where it would be read as articles the next "
        "time; expected a folder outside it"
    )
    assert os.listdir(corpus) == ["0.txt"]


def test_an_unknown_outlet_writes_nothing(tmp_path):
    with pytest.raises(InputError) as caught:
        write_tables(make_corpus(tmp_path / "corpus", ARTICLE), out=tmp_path / "tables", outlets=["F"])
    assert str(caught.value) == "outlet 'F' is not in this corpus; it has A"
    assert os.listdir(tmp_path) == ["corpus"]


@pytest.mark.slow
def test_two_runs_under_two_hash_seeds_write_the_same_bytes(tmp_path):
    hashes = []
    for seed in ("1", "2"):
        out = tmp_path / seed / "tables"
        command = [sys.executable, "-m", "analysis", "tables", str(SEEDS), "--out", str(out)]
        subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": seed}, cwd=tmp_path)
        hashes.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in out.iterdir()})
    assert hashes[0] == hashes[1]
