"""Labelled tone as files: every sentence here is invented."""

import pandas as pd
import pytest

from analysis import InputError
from analysis.validate.gold import GoldSet
from analysis.validate.gold_tone import (
    SentenceSet,
    find_known,
    find_tables,
    read_ratings,
    read_stances,
    read_targets,
)

TARGETS = pd.DataFrame(
    {"sentence": ["Anna lied.", "Zoë 😀 praised Bo."], "from": [0, 14], "to": [4, 16], "polarity": [-1, 1]}
)
RATINGS = pd.DataFrame({"text": ["A good day.", "A bad day."], "rating": [2.5, -1]})


def write(table, folder, name):
    path = folder / name
    table.to_parquet(path) if path.suffix == ".parquet" else table.to_csv(path, index=False)
    return path


def test_tables_are_told_by_their_columns_and_split(tmp_path):
    for name in ("a.dev.csv", "a.dev_2.parquet", "a.devil.csv", "a.train.csv", "b.parquet", "c.targets.csv"):
        write(TARGETS, tmp_path, name)
    write(TARGETS, tmp_path, "b.csv")  # the Parquet is read
    write(RATINGS, tmp_path, "r.csv")
    write(TARGETS.drop(columns="to"), tmp_path, "none.csv")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1")
    (tmp_path / "empty.csv").touch()
    found, missing = find_tables(tmp_path, "targets", split="dev")
    assert missing == []
    assert [(one.name, one.split, one.path.name) for one in found] == [
        ("a", "dev", "a.dev.csv"),
        ("a", "dev_2", "a.dev_2.parquet"),
        ("b", "", "b.parquet"),
        ("c", "", "c.targets.csv"),
    ]
    assert [one.split for one in find_tables(tmp_path, "targets", split="train")[0]] == ["train", "", ""]
    assert [one.path.name for one in find_tables(tmp_path, "sentiment", split="dev")[0]] == ["r.csv"]


def test_a_table_that_is_missing_is_named_by_its_columns_or_splits(tmp_path):
    write(TARGETS, tmp_path, "a.train.csv")
    assert find_tables(tmp_path, "targets", split="dev") == (
        [],
        ["there is none of the split 'dev', only of 'train'"],
    )
    assert find_tables(tmp_path, "sentiment", split="dev") == (
        [],
        ["a table with the columns text, rating (parquet or csv) is missing"],
    )


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_targets_lie_where_they_are_labelled(tmp_path, suffix):
    labelled = SentenceSet("a", "", write(TARGETS, tmp_path, f"a.{suffix}"))
    table = read_targets(labelled)
    assert table.columns.tolist() == ["article", "text", "target_start", "target_end", "polarity"]
    places = zip(table["text"], table["target_start"], table["target_end"], strict=True)
    assert [text[start:end] for text, start, end in places] == ["Anna", "Bo"]
    assert table["article"].tolist() == TARGETS["sentence"].tolist()  # nothing names another


@pytest.mark.parametrize(
    ("columns", "articles"),
    [
        ({"article": ["7", "8"], "id": ["x", "y"]}, ["7", "8"]),
        (
            {"id": ["allsides_10_2_25_Ann Berg_0_4", "polusa_v1_5_-1_3____\nBo_2_3"]},
            ["allsides_10_2", "polusa_v1_5_-1"],
        ),
        ({"id": ["1", "2"]}, ["Anna lied.", "Zoë 😀 praised Bo."]),
    ],
)
def test_the_article_of_a_sentence(tmp_path, columns, articles):
    table = read_targets(SentenceSet("a", "", write(TARGETS.assign(**columns), tmp_path, "a.csv")))
    assert table["article"].tolist() == articles


def test_ratings_are_any_numbers(tmp_path):
    table = read_ratings(SentenceSet("r", "", write(RATINGS.assign(article=[1, 1]), tmp_path, "r.csv")))
    assert table.to_numpy().tolist() == [["1", "A good day.", 2.5], ["1", "A bad day.", -1]]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"polarity": [0, 2]}, "row 2 of 'a.csv' has '2' for polarity; expected -1, 0 or 1"),
        ({"polarity": [0, "bad"]}, "row 2 of 'a.csv' has 'bad' for polarity; expected -1, 0 or 1"),
        ({"from": [0.5, 14]}, "row 1 of 'a.csv' has '0.5' for from; expected a whole number"),
        (
            {"to": [4, 18]},
            "row 2 of 'a.csv' has its target from 14 to 18; expected a place within the 17 characters of its sentence",
        ),
        (
            {"to": [0, 16]},
            "row 1 of 'a.csv' has its target from 0 to 0; expected a place within the 10 characters of its sentence",
        ),
    ],
)
def test_targets_that_can_not_be_are_one_sentence(tmp_path, changes, message):
    with pytest.raises(InputError) as error:
        read_targets(SentenceSet("a", "", write(TARGETS.assign(**changes), tmp_path, "a.csv")))
    assert str(error.value) == message


@pytest.mark.parametrize("value", ["", "high", float("inf")])
def test_a_rating_that_is_none_is_one_sentence(tmp_path, value):
    with pytest.raises(InputError) as error:
        read_ratings(
            SentenceSet("r", "", write(RATINGS.astype({"rating": object}).assign(rating=[1, value]), tmp_path, "r.csv"))
        )
    assert str(error.value) == f"row 2 of 'r.csv' has '{value}' for rating; expected a number"


def make_stories(folder, **changes):
    articles = {"article": ["a", "b"], "event": [1, 1], "outlet": ["X", "Y"], "text": ["One.", "Two."]}
    entities = {"article": ["b", "a", "b"], "entity": ["Bo", "Bo", "Bo"], "sentiment": [1, -2, 2]}
    write(
        pd.DataFrame(articles | {k: v for k, v in changes.items() if k in ("split", "bias")}), folder, "s.articles.csv"
    )
    write(pd.DataFrame(entities | {k: v for k, v in changes.items() if k in entities}), folder, "s.entities.csv")
    return GoldSet("s", "", folder / "s.articles.csv", folder / "s.entities.csv")


def test_stories_with_what_is_known_of_them(tmp_path):
    articles, entities = read_stances(make_stories(tmp_path))
    assert articles[["article", "event", "lean", "split"]].to_numpy().tolist() == [
        ["a", "1", "X", ""],
        ["b", "1", "Y", ""],
    ]
    assert entities.to_numpy().tolist() == [["a", "Bo", -2], ["b", "Bo", 1.5]]  # the mean of two labels
    articles, _ = read_stances(make_stories(tmp_path, split=["train", "valid"], bias=[0, 4]))
    assert articles[["lean", "split"]].to_numpy().tolist() == [["0", "train"], ["4", "valid"]]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"article": ["b", "a", "c"]},
            "row 3 of 's.entities.csv' is of the article 'c', which is not among the articles",
        ),
        ({"sentiment": [1, "x", 2]}, "row 2 of 's.entities.csv' has 'x' for sentiment; expected a number"),
    ],
)
def test_entities_that_can_not_be_are_one_sentence(tmp_path, changes, message):
    with pytest.raises(InputError) as error:
        read_stances(make_stories(tmp_path, **changes))
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("sentence", "known"),
    [
        ("The mayor said that she would go.", {"a"}),
        ("THE MAYOR said – that she would   go", {"a"}),  # case, marks and spaces are left out
        ("mayor said that she would go", {"a"}),  # six words
        ("said that she would go", set()),  # five stand anywhere
        ("The mayor said that she would go home.", set()),
        ("The mayor said that she would g", set()),  # whole words only
        ("", set()),
    ],
)
def test_an_article_that_holds_a_learnt_sentence_is_known(sentence, known):
    texts = [
        "It rained. “The mayor said, that she would go.” Nobody came.",
        "The mayor said nothing that she would not.",
    ]
    articles = pd.DataFrame({"article": ["a", "b"], "text": texts})
    assert find_known(articles, pd.Series([sentence, "Another sentence that stands in no article."])) == known
