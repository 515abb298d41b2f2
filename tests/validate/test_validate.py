"""Labelled folders, and the scores on them: every text here is invented, every expected figure counted by hand."""

import json

import numpy as np
import pandas as pd
import pytest

from analysis import InputError, find_quotes
from analysis.validate.gold import find_sets, read_attributions, read_gold_articles
from analysis.validate.scoring import (
    find_pairs,
    match_spans,
    score_pairs,
    score_spans,
    score_speakers,
    score_voices,
    select_attributions,
)
from analysis.validate.validate import COLUMNS, METHODS, measure_accuracy

TEXT = 'The minister met reporters. "The deal is good for peace," Anna Berg said on Monday. Critics stayed away.'
REPORTED = "Officials in Oslo said that the road would open in May. It rained all day."


def make_spans(*rows):
    return pd.DataFrame(rows, columns=["article", "start", "end"])


def scores_of(counts):
    """The value of every measure that is a share of something."""
    sums = {measure: table.sum(axis=0) for measure, table in counts.items()}
    return {measure: right / of for measure, (right, of, _) in sums.items() if of}


def place(text, part):
    return [text.index(part), text.index(part) + len(part)]


def write_gold(folder, name="mine", texts=(TEXT, REPORTED), **changes):
    """Two labelled articles, found as they are labelled; `changes` replace columns of the attributions."""
    articles = pd.DataFrame({"article": [f"a{number}" for number in range(len(texts))], "text": texts})
    gold = pd.DataFrame(
        {
            "article": ["a0", "a1"],
            "content": [
                [place(TEXT, "The deal is good for peace,")],
                [place(REPORTED, "that the road would open in May")],
            ],
            "source": [[place(TEXT, "Anna Berg")], [place(REPORTED, "Officials in Oslo")]],
            "quoted": [True, False],
        }
    ).assign(**changes)
    folder.mkdir(exist_ok=True)
    articles.to_parquet(folder / f"{name}.articles.parquet")
    gold.to_parquet(folder / f"{name}.attributions.parquet")
    return folder


def value_of(table, method, measure):
    rows = table[(table["method"] == method) & (table["measure"] == measure) & (table["note"] == "")]
    assert len(rows) == 1
    return rows["value"].iloc[0]


@pytest.mark.parametrize(
    ("end", "loose", "strict"),
    [(100, 1, 1), (80, 1, 1), (79, 1, 0), (30, 1, 0), (29, 0, 0)],
)
def test_a_span_is_found_from_three_and_from_eight_tenths_of_the_characters_on(end, loose, strict):
    found, gold = make_spans(("a", 0, end)), make_spans(("a", 0, 100))
    scores = scores_of(score_spans(found, gold, match_spans(found, gold), pd.Index(["a"])))
    assert scores == {
        f"{name}_at_{least}": value
        for least, value in ((0.3, loose), (0.8, strict))
        for name in ("f1", "precision", "recall")
    }


def test_characters_that_only_one_has_count_against_the_overlap():
    assert match_spans(make_spans(("a", 50, 150)), make_spans(("a", 0, 100)))["overlap"].tolist() == [50 / 150]
    assert match_spans(make_spans(("a", 0, 10)), make_spans(("a", 10, 20))).empty
    assert match_spans(make_spans(("a", 0, 10)), make_spans(("b", 0, 10))).empty


def test_a_labelled_span_is_matched_once_and_by_the_best():
    gold = make_spans(("a", 0, 100), ("a", 200, 300))
    found = make_spans(("a", 0, 50), ("a", 10, 100), ("a", 0, 45))
    pairs = match_spans(found, gold)
    assert pairs[["found", "gold", "overlap"]].to_numpy().tolist() == [[1, 0, 0.9]]
    scores = scores_of(score_spans(found, gold, pairs, pd.Index(["a"])))
    assert scores["precision_at_0.3"] == 1 / 3
    assert scores["recall_at_0.3"] == 1 / 2
    assert scores["f1_at_0.3"] == 2 / 5


def test_of_equal_overlaps_the_first_is_taken():
    pairs = match_spans(make_spans(("a", 0, 50), ("a", 50, 100)), make_spans(("a", 0, 100)))
    assert pairs["found"].tolist() == [0]


def test_nothing_found_and_nothing_labelled():
    none, one = make_spans().astype({"start": "int64", "end": "int64"}), make_spans(("a", 0, 9))
    names = pd.Index(["a"])
    assert scores_of(score_spans(none, one, match_spans(none, one), names)) == {
        "f1_at_0.3": 0, "recall_at_0.3": 0, "f1_at_0.8": 0, "recall_at_0.8": 0,
    }  # fmt: skip
    assert scores_of(score_spans(none, none, match_spans(none, none), names)) == {}


def test_speakers_by_kind_of_source_and_end_to_end():
    gold = make_spans(*[("a", at, at + 10) for at in range(0, 60, 10)])
    gold["source"] = [[(90, 95)], [(90, 95)], [(80, 82)], [(80, 82)], [], [(90, 95)]]
    gold["source_text"] = ["Anna", "Anna", "She ", "she", "", "Anna"]
    found = make_spans(*[("a", at, at + 10) for at in range(0, 50, 10)])
    #            touches  beside  right  none   no source
    found["speaker_start"] = pd.array([94, 95, 80, None, 3], dtype="Int64")
    found["speaker_end"] = pd.array([99, 99, 82, None, 5], dtype="Int64")
    scores = scores_of(score_speakers(found, gold, match_spans(found, gold), pd.Index(["a"])))
    assert scores == {"speaker": 2 / 4, "speaker_named": 1 / 2, "speaker_pronoun": 1 / 2, "speaker_end_to_end": 2 / 5}


def test_a_word_held_at_a_distance_is_no_attribution_and_one_content_is_one():
    quotes = find_quotes(pd.DataFrame({"article": ["a"], "text": ['The "pact" held. "We," she said, "agree to it."']}))
    assert quotes["kind"].tolist() == ["scare", "direct", "mixed"]
    assert len(select_attributions(quotes)) == 1


def test_words_by_voice():
    text = 'one two "three four" five six'
    articles = pd.DataFrame({"article": ["a"], "text": [text]})
    gold = pd.DataFrame({"article": ["a"], "content": [[place(text, 'two "three four" five')]]})
    voices = [("one two ", "own"), ('"three four"', "quote"), (" five six", "reported")]
    spans = pd.DataFrame([("a", *place(text, part), voice) for part, voice in voices])
    spans.columns = ["article", "start", "end", "voice"]
    assert scores_of(score_voices(articles, spans, gold)) == {
        "own_precision": 1 / 2,  # one, not two
        "own_recall": 1 / 2,  # one, not six
        "reported_precision": 1 / 2,
        "reported_recall": 1 / 2,
        "quote_precision": 1,
        "quote_recall": 1,
        "own_attributed": 1 / 2,
        "reported_own": 1 / 2,
        "right_outside_marks": 1 / 2,
    }
    # Words that stand in no span are an artefact's, and not judged.
    assert scores_of(score_voices(articles, spans.iloc[:1], gold))["own_recall"] == 1


@pytest.mark.parametrize("gold_words", [True, False])
@pytest.mark.parametrize(("words", "paired"), [(27, True), (26, False)])
def test_a_pair_of_articles_shares_twenty_runs(words, paired, gold_words):
    text = " ".join(f"word{number}" for number in range(words))
    rows = [("p", *article, text, words, 3) for article in ("aX", "bY", "cX")]
    passages = pd.DataFrame(rows, columns=["passage", "article", "outlet", "text", "words", "articles"])
    found = find_pairs(passages, gold_words=gold_words)
    assert found == ({("a", "b"), ("b", "c")} if paired else set())  # a and c are of one outlet
    assert find_pairs(passages.assign(articles=7), gold_words=gold_words) == set()


def test_pairs_count_half_for_each_article():
    counts = score_pairs({("a", "b"), ("a", "c")}, {("a", "b"), ("b", "c"), ("c", "d")}, pd.Index(list("abcd")))
    assert scores_of(counts) == {"precision": 1 / 2, "recall": 1 / 3}
    assert counts["precision"].tolist() == [[0.5, 1, 1], [0.5, 0.5, 0.5], [0, 0.5, 0.5], [0, 0, 0]]


def test_a_folder_labelled_as_we_find_it_scores_one(tmp_path):
    table = measure_accuracy(write_gold(tmp_path))
    assert list(table.columns) == list(COLUMNS)
    assert table["method"].unique().tolist() == ["quotes", "speakers", "reported", "voices"]
    assert set(table["set"]) == {"mine"} and set(table["split"]) == {""} and set(table["articles"]) == {2}
    errors = table["measure"].isin(["own_attributed", "reported_own"])
    assert (table.loc[~errors, "value"] == 1).all() and (table.loc[errors, "value"] == 0).all()
    assert (table["low"] == table["value"]).all() and (table["high"] == table["value"]).all()
    missing = "(parquet or csv) is missing"
    assert table.attrs["left_out"] == [
        f"reuse is left out: mine.reuse_pairs {missing}",
        f"targets are left out: a table with the columns sentence, from, to, polarity {missing}",
        f"sentiment is left out: a table with the columns text, rating {missing}",
        f"stances are left out: mine.entities {missing}",
    ]


def test_half_is_right(tmp_path):
    wrong = [[place(TEXT, "Critics stayed away")], [place(REPORTED, "that the road would open in May")]]
    table = measure_accuracy(write_gold(tmp_path, content=wrong))
    assert value_of(table, "quotes", "f1_at_0.3") == 0
    assert value_of(table, "reported", "f1_at_0.8") == 1
    # 8 of the 22 words called own: "The minister met reporters. … Anna Berg said on Monday. Critics stayed away."
    own = len("The minister met reporters Anna Berg said on Monday Critics stayed away".split())
    own += len("Officials in Oslo said It rained all day".split())
    assert value_of(table, "voices", "own_attributed") == 3 / own


def test_intervals_are_the_same_in_every_run_and_hold_the_value(tmp_path):
    texts = [TEXT, REPORTED] * 6
    write_gold(tmp_path, texts=texts)
    table, again = measure_accuracy(tmp_path), measure_accuracy(tmp_path)
    pd.testing.assert_frame_equal(table, again)
    row = table[(table["method"] == "quotes") & (table["measure"] == "precision_at_0.3")].iloc[0]
    assert (row["value"], row["n"]) == (1 / 6, 6)
    assert 0 <= row["low"] < 1 / 6 < row["high"] < 1


def test_one_article_has_no_interval(tmp_path):
    write_gold(tmp_path, texts=[TEXT])
    gold = pd.read_parquet(tmp_path / "mine.attributions.parquet")
    gold.iloc[:1].to_parquet(tmp_path / "mine.attributions.parquet")
    table = measure_accuracy(tmp_path)
    assert table["low"].isna().all() and table["high"].isna().all() and not table["value"].isna().any()


def test_two_apostrophes_are_judged_both_ways(tmp_path):
    text = "''The deal is good for peace,'' Anna Berg said. She left."
    write_gold(
        tmp_path,
        texts=[text, REPORTED],
        content=[
            [place(text, "''The deal is good for peace,''")],
            [place(REPORTED, "that the road would open in May")],
        ],
        source=[[place(text, "Anna Berg")], [place(REPORTED, "Officials in Oslo")]],
        quoted=[False, False],
    )
    recall = measure_accuracy(tmp_path).query("method == 'reported' and measure == 'recall_at_0.8'").set_index("note")
    assert recall["value"].to_dict() == {"": 0.5, "'' taken for marks": 1}


def test_csv_and_pairs_of_columns_are_read_as_parquet_is(tmp_path):
    table = measure_accuracy(write_gold(tmp_path / "parquet"))
    (tmp_path / "csv").mkdir()
    articles = pd.read_parquet(tmp_path / "parquet" / "mine.articles.parquet")
    gold = pd.read_parquet(tmp_path / "parquet" / "mine.attributions.parquet")
    articles.to_csv(tmp_path / "csv" / "mine.articles.csv", index=False)
    gold["content_start"], gold["content_end"] = zip(*gold["content"].str[0], strict=True)
    gold["source"] = [json.dumps([span.tolist() for span in spans]) for spans in gold["source"]]
    gold["quoted"] = ["yes", "No"]
    gold.drop(columns="content").to_csv(tmp_path / "csv" / "mine.attributions.csv", index=False)
    pd.testing.assert_frame_equal(measure_accuracy(tmp_path / "csv"), table)


def test_lines_of_a_csv_text_keep_their_offsets(tmp_path):
    text = "Zoë\r\nsaid 😀\n\nthat it ends.\r"
    pd.DataFrame({"article": ["001"], "text": [text]}).to_csv(tmp_path / "m.articles.csv", index=False)
    articles = read_gold_articles(tmp_path / "m.articles.csv")
    assert articles[["article", "text"]].to_numpy().tolist() == [["001", text]]


def test_the_split_asked_for_and_sets_without_one_are_measured(tmp_path):
    for name in ("one.dev", "two.train", "three"):
        write_gold(tmp_path, name)
    assert [found[:2] for found in find_sets(tmp_path, "attributions", split="dev")[0]] == [
        ("one", "dev"),
        ("three", ""),
    ]
    assert sorted(set(measure_accuracy(tmp_path, only=["voices"])["set"])) == ["one", "three"]
    assert sorted(set(measure_accuracy(tmp_path, split="train", only=["voices"])["set"])) == ["three", "two"]


def test_shared_text_is_measured(tmp_path):
    shared = " ".join(f"word{number}" for number in range(40))
    articles = pd.DataFrame({"article": list("abcd"), "outlet": list("XYZX")})
    articles["text"] = [f"{shared}.", f"Here {shared}.", "Nothing is shared here at all, not a word.", f"{shared}."]
    articles.to_csv(tmp_path / "my.articles.csv", index=False)
    pd.DataFrame({"a": ["b", "c"], "b": ["a", "b"]}).to_csv(tmp_path / "my.reuse_pairs.csv", index=False)
    steps = []
    table = measure_accuracy(tmp_path, only=["reuse"], split="", progress=lambda *step: steps.append(step[:3]))
    assert steps == [("read", "my", 0), ("find_reuse", "my", 4), ("score pairs", "my", 4)]
    # Found are a–b and b–d (a and d are of one outlet), listed are a–b and b–c.
    assert (value_of(table, "reuse", "precision"), value_of(table, "reuse", "recall")) == (1 / 2, 1 / 2)


def test_a_pair_of_an_article_that_is_not_there_is_one_sentence(tmp_path):
    pd.DataFrame({"article": ["1"], "outlet": ["X"], "text": ["Words"]}).to_csv(
        tmp_path / "m.articles.csv", index=False
    )
    pd.DataFrame({"a": [1, 1], "b": [1, 2]}).to_csv(tmp_path / "m.reuse_pairs.csv", index=False)
    with pytest.raises(InputError) as error:
        measure_accuracy(tmp_path)
    assert str(error.value) == "row 2 of 'm.reuse_pairs.csv' is of the article '2', which is not among the articles"


def test_attributions_without_sources_leave_the_speakers_out(tmp_path):
    folder = write_gold(tmp_path)
    pd.read_parquet(folder / "mine.attributions.parquet").drop(columns="source").to_parquet(
        folder / "mine.attributions.parquet"
    )
    table = measure_accuracy(folder, only=["quotes", "speakers"])
    assert table["method"].unique().tolist() == ["quotes"]
    assert table.attrs["left_out"] == ["speakers can't be measured: no attribution has a source"]


def test_an_article_without_attributions_is_measured(tmp_path):
    folder = write_gold(tmp_path)
    gold = pd.read_parquet(folder / "mine.attributions.parquet")
    gold.iloc[:0].to_csv(folder / "mine.attributions.csv", index=False)
    (folder / "mine.attributions.parquet").unlink()
    table = measure_accuracy(folder, only=["quotes", "voices"])
    assert value_of(table, "quotes", "precision_at_0.3") == 0
    assert value_of(table, "voices", "own_precision") == 1


def test_the_folder_must_be_one(tmp_path):
    with pytest.raises(InputError) as error:
        measure_accuracy(tmp_path / "none")
    assert str(error.value) == f"'{tmp_path / 'none'}' is no folder; expected one with labelled articles"
    with pytest.raises(InputError) as error:
        measure_accuracy(tmp_path, only=["voice"])
    assert str(error.value) == f"'voice' can't be measured; expected some of {', '.join(METHODS)}"


ATTRIBUTIONS_LEFT_OUT = "quotes, speakers, reported and voices are left out"


@pytest.mark.parametrize(
    ("there", "missing"),
    [
        ([], [f"{ATTRIBUTIONS_LEFT_OUT}: NAME.articles with NAME.attributions (parquet or csv) is missing",
              "reuse is left out: NAME.articles with NAME.reuse_pairs (parquet or csv) is missing"]),
        (["x.dev.articles.parquet"],
         [f"{ATTRIBUTIONS_LEFT_OUT}: x.dev.attributions (parquet or csv) is missing",
          "reuse is left out: x.dev.reuse_pairs (parquet or csv) is missing"]),
        (["x.attributions.csv", "y.reuse_pairs.csv"],
         [f"{ATTRIBUTIONS_LEFT_OUT}: x.articles (parquet or csv) is missing",
          "reuse is left out: y.articles (parquet or csv) is missing"]),
        (["x.train.articles.csv", "x.train.attributions.csv"],
         [f"{ATTRIBUTIONS_LEFT_OUT}: there is none of the split 'dev', only of 'train'",
          "reuse is left out: NAME.articles with NAME.reuse_pairs (parquet or csv) is missing"]),
    ],
)  # fmt: skip
def test_nothing_to_measure_with_says_which_file_is_missing(tmp_path, there, missing):
    for name in there:
        (tmp_path / name).touch()
    with pytest.raises(InputError) as error:
        measure_accuracy(tmp_path, only=["quotes", "speakers", "reported", "voices", "reuse"])
    assert str(error.value) == f"'{tmp_path}' holds nothing to measure with: {'; '.join(missing)}"


def test_labels_without_their_articles_are_told_of_beside_a_whole_set(tmp_path):
    write_gold(tmp_path)
    (tmp_path / "other.attributions.csv").touch()
    table = measure_accuracy(tmp_path, only=["voices"])
    assert table.attrs["left_out"] == ["a set is left out: other.articles (parquet or csv) is missing"]


FILE = "mine.attributions.parquet"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"quoted": ["yes", "perhaps"]}, f"row 2 of '{FILE}' has 'perhaps' for quoted; expected true or false"),
        ({"article": ["a0", "a9"]}, f"row 2 of '{FILE}' is of the article 'a9', which is not among the articles"),
        (
            {"content": [[[0, 9]], [[5, 900]]]},
            f"row 2 of '{FILE}' has the content [array([ 5, 900])]; expected pairs of start and end within the "
            f"{len(REPORTED)} characters of its article",
        ),
        (
            {"source": ["[[0, 9]]", "Anna"]},
            f"row 2 of '{FILE}' has the source Anna; expected pairs of start and end within the "
            f"{len(REPORTED)} characters of its article",
        ),
    ],
)
def test_labels_that_can_not_be_are_one_sentence(tmp_path, changes, message):
    write_gold(tmp_path, **changes)
    with pytest.raises(InputError) as error:
        measure_accuracy(tmp_path)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        (0, 9, False),
        (0, 10, True),
        (9, 9, True),
        (-1, 5, True),
        (8, 9, False),
        (8.0, "9", False),
        (1.5, 3, True),
        ("x", 3, True),
        (0, None, True),
    ],
)
def test_offsets_lie_within_the_article(tmp_path, start, end, wrong):
    articles = pd.DataFrame({"article": ["a"], "text": ["123456789"]})
    table = pd.DataFrame({"article": ["a"], "content_start": [start], "content_end": [end], "quoted": [1]})
    table.to_csv(tmp_path / "x.attributions.csv", index=False)
    if wrong:
        with pytest.raises(InputError):
            read_attributions(tmp_path / "x.attributions.csv", articles)
    else:
        gold = read_attributions(tmp_path / "x.attributions.csv", articles)
        assert gold[["start", "end", "content_text"]].to_numpy().tolist() == [
            [int(start), int(end), "123456789"[int(start) : int(end)]]
        ]


@pytest.mark.parametrize(
    ("part", "column", "message"),
    [
        ("articles", "text", "measuring with 'mine.articles.parquet' needs the column 'text'; the table has 'article'"),
        (
            "attributions", "quoted",
            f"measuring with '{FILE}' needs the column 'quoted'; the table has 'article', 'content', 'source'",
        ),
        (
            "attributions", "content",
            f"measuring with '{FILE}' needs the column 'content', or 'content_start' and 'content_end'; "
            "the table has 'article', 'source', 'quoted'",
        ),
    ],
)  # fmt: skip
def test_a_missing_column_is_named_with_its_file(tmp_path, part, column, message):
    path = write_gold(tmp_path) / f"mine.{part}.parquet"
    pd.read_parquet(path).drop(columns=column).to_parquet(path)
    with pytest.raises(InputError) as error:
        measure_accuracy(tmp_path)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        ("csv", b""),
        ("csv", b'article,text\n"a'),
        ("csv", b"article,text\na,\xff"),
        ("parquet", b""),
        ("parquet", b"PAR1"),
    ],
)
def test_a_file_that_is_no_table_is_one_sentence(tmp_path, suffix, data):
    write_gold(tmp_path)
    (tmp_path / "x.attributions.csv").touch()
    (tmp_path / f"x.articles.{suffix}").write_bytes(data)
    with pytest.raises(InputError, match=rf"^'x.articles.{suffix}' can't be read \(.+\)$"):
        measure_accuracy(tmp_path)


def test_counts_are_kept_by_article():
    found, gold = make_spans(("b", 0, 9)), make_spans(("a", 0, 9), ("b", 0, 9))
    counts = score_spans(found, gold, match_spans(found, gold), pd.Index(["a", "b", "c"]))
    np.testing.assert_array_equal(counts["recall_at_0.3"], [[0, 1, 1], [1, 1, 1], [0, 0, 0]])
