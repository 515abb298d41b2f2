"""Every table of a corpus, made and written."""

import hashlib
import json
import os
import subprocess
import sys

import pandas as pd
import pytest
from conftest import SEEDS

from analysis import InputError, read_articles
from analysis.export.recipe import TABLES
from analysis.export.tables import make_tables, write_tables


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
    # No labels: a table of articles has no concepts.toml beside it.
    empty = ["labels", "duplicates", "corrections", "problems"]
    assert [name for name, table in tables.items() if len(table) == 0] == empty


def test_only_what_is_asked_for_is_made(monkeypatch):
    monkeypatch.setattr("analysis.export.recipe.score_once", None)
    tables = make_tables(SEEDS, only=["labels", "corpus"], event="largest")
    assert list(tables) == ["labels", "corpus"]
    assert "treaty" in set(tables["labels"]["label"])
    assert list(tables["corpus"]) == ["article", "outlet", "event", "title", "published"]
    with pytest.raises(InputError) as error:
        make_tables(SEEDS, only=["label"])
    assert str(error.value).startswith("only names the table 'label'; there are 'articles', 'artefacts', ")


def test_tables_that_lie_ready_are_read_and_cut_to_what_is_asked_for(tmp_path, monkeypatch):
    rows = [(f"{i}", "AB"[i % 2], f"e{i // 4}", f"{ARTICLE}Day {i} was calm, Ann Lee said.") for i in range(12)]
    columns = ["id", "outlet", "event", "text"]
    pd.DataFrame(rows, columns=columns).to_csv(tmp_path / "a.csv", index=False)
    ready = write_tables(tmp_path / "a.csv", out=tmp_path / "tables", model="vader")
    wanted = ["articles", "spans", "voices", "terms", "summary", "problems", "corpus"]
    options = [{"event": None}, {"event": "e1"}, {"event": "largest"}]
    fresh = [make_tables(tmp_path / "a.csv", model="vader", only=wanted, **chosen) for chosen in options]
    monkeypatch.setattr("analysis.export.recipe.find_quotes", None)  # would be called if they were made anew
    for chosen, expected in zip(options, fresh, strict=True):
        read = make_tables(tmp_path / "a.csv", model="vader", only=wanted[:-1], tables=ready, **chosen)
        for name in wanted[:-1]:
            pd.testing.assert_frame_equal(read[name], expected[name])


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"outlets": ["A"]}, "are of other outlets"),
        ({"event": "e2"}, "are of another event"),
        ({"corpus": "b.csv"}, "are of another corpus"),
    ],
)
def test_tables_of_something_else_are_passed_over_and_that_is_said(tmp_path, change, why):
    for name in "ab":
        rows = [(f"{i}", "AB"[i % 2], f"e{i // 2}", f"{ARTICLE}Day {i} was calm {name}.") for i in range(6)]
        pd.DataFrame(rows, columns=["id", "outlet", "event", "text"]).to_csv(tmp_path / f"{name}.csv", index=False)
    ready = write_tables(tmp_path / "a.csv", out=tmp_path / "tables", model="vader", event="e1")
    options = {"corpus": "a.csv", "event": "e1", "outlets": None} | change
    corpus = tmp_path / options.pop("corpus")
    with pytest.warns(UserWarning, match=f"the tables in '.*' {why}, and are made anew"):
        made = make_tables(corpus, model="vader", only=["voices"], tables=ready, **options)
    pd.testing.assert_frame_equal(
        made["voices"], make_tables(corpus, model="vader", only=["voices"], **options)["voices"]
    )


def test_tables_of_events_that_were_found_are_not_taken_for_those_of_one(tmp_path):
    dam, vote = (
        "The dam at Oroville broke and thousands fled.",
        "Parliament in Lisbon rejected the budget by four votes.",
    )
    rows = [(f"{i}", "AB"[i % 2], text) for i, text in enumerate([dam, dam, vote, vote, dam, vote])]
    pd.DataFrame(rows, columns=["id", "outlet", "text"]).to_csv(tmp_path / "a.csv", index=False)
    ready = write_tables(tmp_path / "a.csv", out=tmp_path / "tables", model="vader")
    for event, events in ((None, 2), ("all", 1)):
        made = make_tables(tmp_path / "a.csv", event=event, model="vader", only=["articles"], tables=ready)
        assert made["articles"]["event"].nunique() == events


def test_a_folder_that_is_none_of_ours_is_refused(tmp_path):
    with pytest.raises(InputError) as error:
        make_tables(SEEDS, only=["voices"], tables=tmp_path)
    assert str(error.value) == (
        f"'{tmp_path}' holds no tables that parallax wrote; expected a folder written by 'parallax tables'"
    )


def test_a_line_that_the_corpus_repeats_was_prose_in_a_selection(tmp_path):
    line = "Follow the pact with our evening letter"
    rows = [(f"{i}", "x" if i < 2 else "y", f"{line}\n\n{ARTICLE}Day {i} was calm.") for i in range(6)]
    pd.DataFrame(rows, columns=["id", "event", "text"]).assign(outlet="A").to_csv(tmp_path / "a.csv", index=False)
    whole, part = (
        make_tables(tmp_path / "a.csv", event=event, duplicates="keep", only=["artefacts"])["artefacts"]
        for event in (None, "x")
    )
    assert whole["text"].eq(line).sum() == 6
    pd.testing.assert_frame_equal(part, whole[whole["article"].isin(part["article"])].reset_index(drop=True))
    assert part["text"].eq(line).sum() == 2


def test_one_outlet_is_not_compared(tmp_path):
    tables = make_tables(read_articles(make_corpus(tmp_path / "corpus", ARTICLE)))
    assert tables["terms"]["log_odds"].isna().all()
    assert len(tables["terms"]) > 0


@pytest.mark.parametrize("text", ["x", "19 June 2024", '"All of it is a quotation that somebody else has said."'])
def test_an_article_without_prose_of_its_own_is_written(tmp_path, text):
    out = write_tables(read_articles(make_corpus(tmp_path / "corpus", text, text)), out=tmp_path / "tables")
    assert len(list(out.iterdir())) == 2 * len(TABLES) + 2


def test_the_folder_holds_both_formats_and_a_manifest(tmp_path):
    corpus = make_corpus(tmp_path / "corpus", ARTICLE, ARTICLE)
    out = write_tables(corpus, out=tmp_path / "tables", outlets="B")
    assert out == tmp_path / "tables"
    expected = sorted(f"{name}.{ending}" for name in TABLES for ending in ("csv", "parquet"))
    assert sorted(path.name for path in out.iterdir()) == sorted([*expected, "codebook.csv", "manifest.json"])
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["kind"] == "tables"
    assert manifest["options"] == {
        "corpus": str(corpus),
        "event": None,
        "outlets": ["B"],
        "model": "tone",
        "duplicates": "once",
        "formats": ["csv", "parquet"],
        "columns": None,
    }
    assert sorted(manifest["files"]) == sorted([*expected, "codebook.csv", "manifest.json"])
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
