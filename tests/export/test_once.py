"""Each article is taken once, and what was left out or changed is listed."""

import json

import pandas as pd
import pytest
from conftest import make_articles

from analysis import InputError, make_tables, read_articles, read_selection, write_tables
from analysis.export.recipe import TABLES
from analysis.present.sentences.corpus import describe_corpus

WORDS = [f"The minister of {place} spoke on Monday." for place in "Oslo Bern Rome Bonn Lima Kiev Riga Doha".split()]
TEXT = " ".join(WORDS)
OTHER = " ".join(f"Rain fell over {word}" for word in TEXT.split())
# An article, its update, the first again in another outlet, the first again, and another article.
ROWS = [
    ("a1", "A", "2024-06-19", TEXT),
    ("a2", "A", "2024-06-20", TEXT + " Correction: it was Tuesday."),
    ("b1", "B", "2024-06-20", TEXT),
    ("a3", "A", "2024-06-19", TEXT),
    ("a4", "A", "2024-06-20", OTHER),
]


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "news.csv"
    pd.DataFrame(ROWS, columns=["id", "outlet", "published", "text"]).assign(event="x").to_csv(path, index=False)
    return path


def make(corpus, **options):
    return make_tables(corpus, model="vader", **options)


def test_an_article_that_repeats_another_is_left_out_of_all_tables(corpus):
    made = make(corpus, only=[*TABLES, "corpus"])
    assert made["duplicates"].to_dict("list") == {
        "article": ["a1", "a3"],
        "outlet": ["A", "A"],
        "event": ["x", "x"],
        "of": ["a2", "a2"],
        "kind": ["update", "update"],
        "share": [1.0, 1.0],
    }
    for name, table in made.items():
        if name not in ("duplicates", "corrections") and "article" in table:
            assert set(table["article"]) <= {"a2", "b1", "a4"}, name
    assert made["corpus"]["article"].tolist() == made["articles"]["article"].tolist() == ["a2", "b1", "a4"]
    assert made["voices"].query("outlet == 'A'")["articles"].max() == 2


def test_they_are_kept_where_that_is_asked_for(corpus):
    made = make(corpus, duplicates="keep", only=["articles", "duplicates", "corrections"])
    assert made["articles"]["article"].tolist() == ["a1", "a2", "b1", "a3", "a4"]
    assert made["duplicates"].empty
    assert made["corrections"].empty


def test_what_is_asked_for_is_one_of_two(corpus, tmp_path):
    for ask in (make, lambda *given, **options: write_tables(*given, out=tmp_path / "t", **options)):
        for partitions in ({}, {"partitions": 2})[: 1 if ask is make else 2]:
            with pytest.raises(InputError) as error:
                ask(corpus, duplicates="drop", **partitions)
            sentence = "duplicates is 'drop', but must be 'once' (each article is taken once) or 'keep'"
            assert str(error.value) == sentence


def test_every_article_left_out_and_every_repair_is_a_correction():
    articles = make_articles(TEXT, TEXT, OTHER, outlets="AAB")
    repair = {"kind": "repair", "article": "c", "what": "mojibake", "n": 3, "before": "â€™", "after": "’"}
    articles.attrs["corrections"] = [repair]
    made = make(articles, only=["corrections"])["corrections"]
    assert made.to_dict("records") == [
        {"outlet": "B", "event": "1"} | repair,
        {"kind": "duplicate", "article": "b", "outlet": "A", "event": "1", "what": "same text", "n": 1, "before": "b",
         "after": "a"},
    ]  # fmt: skip
    assert make(articles, outlets=["B"], only=["corrections"])["corrections"]["article"].tolist() == ["c"]


@pytest.mark.parametrize("duplicates", ["once", "keep"])
def test_partitions_leave_out_the_same_articles(corpus, tmp_path, duplicates):
    articles = read_articles(corpus)
    articles.attrs["corrections"] = [
        {"kind": "repair", "article": "a4", "what": "markup", "n": 1, "before": "<p>", "after": ""}
    ]
    whole = make(articles, duplicates=duplicates, only=list(TABLES))
    out = write_tables(articles, out=tmp_path / "t", partitions=3, model="vader", duplicates=duplicates)
    for name in ("articles", "duplicates", "corrections", "spans", "voices", "passages", "summary"):
        path = out / name if (out / name).is_dir() else out / f"{name}.parquet"
        expected = whole[name].astype({"event": "object"}) if "event" in whole[name] else whole[name]
        read = pd.read_parquet(path)
        pd.testing.assert_frame_equal(read.astype(expected.dtypes), expected)


def test_a_folder_of_parquet_files_repeats_across_them(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number, row in enumerate(ROWS):
        table = pd.DataFrame([row], columns=["id", "outlet", "published", "text"]).assign(event="x")
        table.to_parquet(folder / f"{number}.parquet", index=False)
    out = write_tables(folder, out=tmp_path / "t", partitions=1, model="vader")
    assert pd.read_parquet(out / "duplicates.parquet")["article"].tolist() == ["a1", "a3"]
    assert sorted(pd.read_parquet(out / "articles")["article"]) == ["a2", "a4", "b1"]


def test_tables_that_lie_ready_are_taken_only_for_the_same_answer(corpus, tmp_path, monkeypatch):
    ready = write_tables(corpus, out=tmp_path / "t", model="vader")
    with pytest.warns(UserWarning, match=r"the tables in '.*' hold each article once, and are made anew"):
        made = make(corpus, duplicates="keep", tables=ready, only=["articles"])
    assert len(made["articles"]) == 5
    monkeypatch.setattr("analysis.export.once.find_duplicates", None)  # would be called if they were made anew
    made = make(corpus, tables=ready, event="x", only=["articles", "duplicates", "corrections"])
    assert [len(made[name]) for name in ("articles", "duplicates", "corrections")] == [3, 2, 2]


def test_a_table_of_numbered_articles_is_taken_once_too():
    articles = make_articles(TEXT, TEXT, OTHER, outlets="AAB").assign(article=[7, 8, 9], event=["x", "x", "y"])
    made = make(articles, only=["articles", "duplicates"])
    assert made["articles"]["article"].tolist() == [7, 9]
    assert made["duplicates"][["article", "event", "of"]].to_numpy().tolist() == [["8", "x", "7"]]


def test_check_says_how_many_there_are(corpus):
    said = describe_corpus(read_articles(corpus))
    assert "\n  2 articles repeat another of the same outlet and are taken once: 2 with an updated text\n" in said
    assert said.index("Repeated\n") < said.index("a1       A       a2       update")


def test_one_line_says_it_to_all_notebooks(tmp_path):
    (tmp_path / "corpus.toml").write_text('corpus = "x"\n')
    assert read_selection(tmp_path / "corpus.toml").duplicates == "once"
    (tmp_path / "corpus.toml").write_text('corpus = "x"\nduplicates = "keep"\n')
    assert read_selection(tmp_path / "corpus.toml").duplicates == "keep"


def test_the_manifest_says_what_was_asked_for(corpus, tmp_path):
    out = write_tables(corpus, out=tmp_path / "t", model="vader", duplicates="keep")
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["options"]["duplicates"] == manifest["made_from"]["duplicates"] == "keep"
