"""Labels of one thing: the seeds against a list made by hand, and each rule with what it just misses."""

import random

import numpy as np
import pandas as pd
import pytest
from conftest import SEEDS, make_articles

from analysis import InputError, find_labels, label_voices, split_headlines, tabulate_labels
from analysis.compare.labels.concepts import make_concepts

CONCEPTS = SEEDS / "concepts.toml"


@pytest.fixture(scope="module")
def table(spans):
    return tabulate_labels(spans, CONCEPTS)


def make_spans(*texts, voices=None):
    """One sentence a text, of one article."""
    starts = np.cumsum([0, *(len(text) + 1 for text in texts[:-1])])
    return pd.DataFrame(
        {
            "article": "a",
            "outlet": "A",
            "sentence": range(1, len(texts) + 1),
            "start": starts,
            "end": starts + [len(text) for text in texts],
            "text": list(texts),
            "voice": voices or "own",
        }
    )


def found(concept, *texts):
    """Label and rule of each place."""
    rows = find_labels(make_spans(*texts), {"x": concept})
    return [(label, rule if isinstance(rule, str) else "") for label, rule in rows[["label", "excluded"]].to_numpy()]


def counts_of(table, concept, label):
    """The counts of own, reported and quoted words in A, B, C, D and E."""
    rows = table[(table["concept"] == concept) & (table["label"] == label)]
    return {outlet: tuple(of["n"]) for outlet, of in rows.groupby("outlet")}


def all_voices(table, concept, label):
    return [sum(counts) for counts in counts_of(table, concept, label).values()]


# Read in the five texts by hand: own, reported, quote. A name of several words ("comprehensive strategic partnership",
# "agreement pact", "partnership agreement") is what its last word calls it. "Agreements" in the plural are others; so
# are treaties with China and of 1961 (A), and E's "arms arrangement".
BY_HAND = {
    ("pact", "pact"): {"A": (1, 0, 0), "B": (0, 1, 0), "C": (0, 1, 0), "D": (2, 0, 0), "E": (0, 0, 0)},
    ("pact", "deal"): {"A": (1, 0, 0), "B": (1, 0, 0), "C": (0, 0, 0), "D": (0, 0, 0), "E": (1, 2, 0)},
    ("pact", "treaty"): {"A": (0, 0, 0), "B": (0, 1, 1), "C": (0, 0, 0), "D": (0, 0, 0), "E": (0, 0, 1)},
    ("pact", "agreement"): {"A": (0, 0, 2), "B": (0, 0, 2), "C": (1, 0, 2), "D": (0, 1, 1), "E": (0, 1, 0)},
    ("pact", "accord"): dict.fromkeys("ABCDE", (0, 0, 0)),
    ("pact", "alliance"): {"A": (0, 0, 1), "B": (0, 0, 0), "C": (0, 0, 3), "D": (0, 1, 0), "E": (0, 1, 0)},
    ("pact", "partnership"): {"A": (0, 0, 1), "B": (0, 0, 1), "C": (0, 1, 1), "D": (0, 1, 0), "E": (1, 0, 1)},
    ("war", "war"): {"A": (0, 0, 0), "B": (0, 3, 0), "C": (0, 2, 0), "D": (1, 0, 2), "E": (2, 0, 0)},
    ("war", "invasion"): {"A": (0, 0, 0), "B": (0, 0, 0), "C": (1, 0, 0), "D": (0, 1, 0), "E": (0, 0, 0)},
    ("war", "special military operation"): {**dict.fromkeys("ABDE", (0, 0, 0)), "C": (0, 0, 2)},
    ("war", "conflict"): dict.fromkeys("ABCDE", (0, 0, 0)),
    ("war", "offensive"): dict.fromkeys("ABCDE", (0, 0, 0)),
}


def test_the_labels_of_the_seeds_are_those_read_by_hand(table):
    for (concept, label), counts in BY_HAND.items():
        assert counts_of(table, concept, label) == counts, label
    assert len(table) == 5 * 3 * len(BY_HAND)


def test_a_treaty_of_1961_is_not_this_pact(spans, table):
    assert counts_of(table, "pact", "treaty")["A"] == (0, 0, 0)
    rows = find_labels(spans, CONCEPTS).query("outlet == 'A' and label == 'treaty'")
    assert list(rows["excluded"]) == ["not_in 'treaty with China'", "not_in '1961 treaty'"]


def test_alliance_is_quoted_in_a_and_c_reported_in_d_and_e_and_absent_in_b(table):
    counts = counts_of(table, "pact", "alliance")
    for outlet in "AC":
        assert counts[outlet][:2] == (0, 0) and counts[outlet][2] > 0
    for outlet in "DE":
        assert counts[outlet][0] + counts[outlet][1] > 0 and counts[outlet][2] == 0
    assert counts["B"] == (0, 0, 0)


def test_special_military_operation_stands_only_in_c_and_never_in_its_own_voice(table):
    counts = counts_of(table, "war", "special military operation")
    assert [outlet for outlet, of in counts.items() if sum(of)] == ["C"]
    assert counts["C"][0] == 0


def test_this_war_is_absent_in_a_and_the_second_world_war_is_another(spans, table):
    assert all_voices(table, "war", "war") == [0, 3, 2, 3, 2]
    assert tabulate_labels(spans, {"war": {"labels": ["war"]}}, by="outlet")["n"].tolist() == [0, 4, 2, 3, 2]


def test_what_is_not_named_is_na_and_what_is_named_otherwise_is_0(table):
    war = table[table["concept"] == "war"].set_index(["outlet", "voice", "label"]).sort_index()
    assert war.loc["A", "n"].sum() == 0 and war.loc["A", "share"].isna().all()
    assert war.at[("C", "own", "war"), "share"] == 0.0
    assert war.at[("C", "own", "invasion"), "share"] == 1.0
    sums = table.groupby(["concept", "outlet", "voice"])["share"].sum(min_count=1).dropna()
    assert np.allclose(sums, 1)


def test_every_mention_stands_in_the_article_where_it_says(spans, seeds, table):
    mentions = find_labels(spans, CONCEPTS)
    texts = seeds.set_index("article")["text"]
    for row in mentions.itertuples():
        assert texts[row.article][row.start : row.end] == row.text != ""
    assert list(mentions["concept"].unique()) == ["pact", "war"]
    counted = mentions[mentions["excluded"].isna()].groupby(["concept", "outlet", "voice", "label"]).size()
    assert counted.to_dict() == table[table["n"] > 0].set_index(["concept", "outlet", "voice", "label"])["n"].to_dict()


def test_columns_and_their_types(spans, table):
    columns = ["concept", "outlet", "voice", "label", "n", "share", "articles", "articles_total"]
    for each in (table, tabulate_labels(spans.iloc[:0], CONCEPTS)):
        assert list(each.columns) == columns
        assert [str(dtype) for dtype in each.dtypes] == ["str"] * 4 + ["int64", "float64", "int64", "int64"]
    mentions, none = find_labels(spans, CONCEPTS), find_labels(spans.iloc[:0], CONCEPTS)
    assert list(mentions.columns) == [
        "concept", "label", "article", "outlet", "event", "story", "paragraph", "sentence", "start", "end", "text",
        "voice", "speaker", "excluded",
    ]  # fmt: skip
    assert mentions.dtypes.astype(str).to_dict() == none.dtypes.astype(str).to_dict()


def test_neither_the_order_of_rows_nor_the_input_changes(spans):
    before = spans.copy(deep=True)
    shuffled = spans.sample(frac=1, random_state=3)
    for verb in (find_labels, tabulate_labels):
        pd.testing.assert_frame_equal(verb(shuffled, CONCEPTS), verb(spans, CONCEPTS))
    pd.testing.assert_frame_equal(spans, before)


def test_outlets_and_voices_without_a_mention_have_rows_and_other_voices_have_none():
    spans = pd.concat([make_spans("A deal."), make_spans("Nothing.", voices=["quote"]).assign(outlet="B", article="b")])
    table = tabulate_labels(spans, {"x": {"labels": ["deal", "pact"]}})
    assert table[["outlet", "voice", "label", "n"]].to_numpy().tolist() == [
        ["A", "own", "deal", 1], ["A", "own", "pact", 0], ["A", "quote", "deal", 0], ["A", "quote", "pact", 0],
        ["B", "own", "deal", 0], ["B", "own", "pact", 0], ["B", "quote", "deal", 0], ["B", "quote", "pact", 0],
    ]  # fmt: skip
    assert table["share"].isna().tolist() == [False] * 2 + [True] * 6


def test_articles_that_have_the_label_and_all_of_the_outlet():
    more = [make_spans("A deal, a deal.").assign(article=name) for name in "ab"] + [make_spans("None.")]
    more[2]["article"] = "c"
    table = tabulate_labels(pd.concat(more), {"x": {"labels": ["deal"]}}, by="outlet")
    assert table[["n", "articles", "articles_total"]].to_numpy().tolist() == [[4, 2, 3]]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("The Deal, the DEAL and the deal's end", ["deal", "deal", "deal"]),
        ("deals, ordeal, deal_er and dealt", []),
        ("post-deal and deal-making", ["deal", "deal"]),
        ("a special military operation", ["special military operation"]),
        ("a special-military\noperation", ["special military operation"]),
        ("a special military, operation", ["operation"]),
        ("a special “military” operation", ["operation"]),
        ("special military", []),
        ("Putin’s war", ["Putin's war"]),
        ("$deal$ (a+b)", ["deal", "(a+b)"]),
    ],
)
def test_a_label_is_whole_words_in_any_case(text, labels):
    concept = {"labels": ["deal", "operation", "special military operation", "Putin's war", "(a+b)"]}
    assert found(concept, text) == [(label, "") for label in labels]


def test_of_labels_in_one_place_the_longer_counts_and_of_those_that_overlap_the_first():
    concept = {"labels": ["operation", "military operation", "special military", "partnership"]}
    assert found(concept, "A military operation.") == [("military operation", "")]
    assert found(concept, "A special military operation.") == [("special military", ""), ("operation", "")]
    both = {"labels": ["pact", "partnership"], "pact": {"forms": ["partnership pact"]}}
    assert found(both, "A partnership pact, a partnership, a pact.") == [
        ("pact", ""),
        ("partnership", ""),
        ("pact", ""),
    ]


def test_plurals_count_only_where_they_are_listed():
    assert found({"labels": ["treaty"]}, "Two treaties.") == []
    assert found({"labels": ["treaty"], "treaty": {"forms": ["treaties"]}}, "Two treaties.") == [("treaty", "")]


def test_not_in_excludes_the_phrase_and_nothing_beside_it():
    concept = {"labels": ["war"], "not_in": ["World War"]}
    assert found(concept, "This war is the worst since World War II, or the world's wars, or the world war.") == [
        ("war", ""),
        ("war", "not_in 'World War'"),
        ("war", "not_in 'World War'"),
    ]
    assert found({"labels": ["war"], "war": {"not_in": ["war on drugs"]}}, "A war on drugs, a war.") == [
        ("war", "not_in 'war on drugs'"),
        ("war", ""),
    ]


def test_not_near_excludes_the_whole_sentence_and_no_other():
    concept = {"labels": ["treaty", "pact"], "treaty": {"not_near": ["1961"]}}
    assert found(concept, "In 1961 a treaty and a pact.", "The treaty of 19610.") == [
        ("treaty", "not_near '1961'"),
        ("pact", ""),
        ("treaty", ""),
    ]


def test_near_needs_one_of_its_words_and_one_of_those_above_it():
    concept = {"labels": ["war", "conflict"], "near": ["Kyiv", "Ukraine"], "conflict": {"near": ["armed"]}}
    texts = ["A war.", "War in Ukraine.", "A conflict in Kyiv.", "An armed conflict in Kyiv.", "An armed conflict."]
    assert [rule for _, rule in found(concept, *texts)] == ["near", "", "near", "", "near"]


def test_rules_read_the_whole_sentence_whatever_its_voices():
    spans = label_voices(make_articles('In Ukraine the "conflict", he said, goes on. A "conflict" at home.'))
    assert len(spans) > 3
    rows = find_labels(spans, {"war": {"labels": ["conflict"], "near": ["Ukraine"]}})
    assert rows["voice"].tolist() == ["quote", "quote"]
    assert rows["excluded"].isna().tolist() == [True, False]


def test_a_label_counts_for_every_concept_that_lists_it():
    table = tabulate_labels(make_spans("A deal."), {"x": {"labels": ["deal"]}, "y": {"labels": ["pact", "deal"]}})
    assert table[["concept", "label", "n"]].to_numpy().tolist() == [
        ["x", "deal", 1],
        ["y", "pact", 0],
        ["y", "deal", 1],
    ]


def test_other_groups():
    spans = pd.concat([make_spans("A deal.").assign(event=event) for event in "12"])
    table = tabulate_labels(spans, {"x": {"labels": ["deal"]}}, by=["event", "outlet"])
    assert table.columns[:4].tolist() == ["concept", "event", "outlet", "label"]
    assert table["n"].tolist() == [1, 1]


def test_missing_columns_and_unknown_voices_are_named(spans):
    concepts = {"x": {"labels": ["deal"]}}
    for verb, column in [(find_labels, "end"), (find_labels, "sentence"), (tabulate_labels, "voice")]:
        with pytest.raises(InputError) as error:
            verb(spans.drop(columns=column), concepts)
        assert str(error.value).startswith(f"{verb.__name__} needs the column '{column}'; the table has ")
    with pytest.raises(InputError) as error:
        tabulate_labels(spans.assign(voice="loud"), concepts)
    assert str(error.value) == "voice 'loud' is not known; expected one of own, reported, quote"
    with pytest.raises(InputError) as error:
        tabulate_labels(["deal"], concepts)
    assert str(error.value) == "tabulate_labels needs a DataFrame, but was given a list"


def test_odd_texts_give_no_error():
    texts = ["", "\x00\x1bdeal\x00", "deal" * 50_000, " deal" * 20_000, "special" + " " * 200_000, None, "İ deal ſ"]
    spans = make_spans(*[text or "" for text in texts]).assign(text=texts)
    concept = {"labels": ["deal", "special military operation"], "deal": {"not_near": ["nothing"]}}
    assert tabulate_labels(spans, {"x": concept})["n"].tolist() == [20_002, 0]


def test_arrows_patterns_pass_over_nothing_that_pythons_find():
    words = ["deal", "Deal", "special", "military", "operation", "war's", "war’s", "\u2028", "-", "–", "x", "DEAL."]
    draw = random.Random(1)
    texts = [draw.choice(["", " "]).join(draw.choices(words, k=8)) for _ in range(300)]
    texts += [" ".join(draw.choices(words, k=12)) for _ in range(300)]
    concept = {"labels": ["deal", "special military operation", "war's", "military"]}
    pattern = make_concepts({"x": concept})[0].pattern
    expected = sum(1 for text in texts for _ in pattern.finditer(text))
    assert len(found(concept, *texts)) == expected > 500


def test_without_concepts_there_are_no_labels(spans):
    table = tabulate_labels(spans, {})
    filled = tabulate_labels(spans, {"pact": {"labels": ["pact"]}})
    assert table.empty and table.dtypes.to_dict() == filled.dtypes.to_dict()
    assert find_labels(spans, {}).empty


def test_headlines_are_sentences_of_their_own_wherever_they_stand():
    articles = make_articles("They met in Seoul.").assign(title="A pact in Seoul")
    headlines = split_headlines(articles)
    assert find_labels(headlines, {"pact": {"labels": ["pact"]}})["start"].isna().all()
    two = pd.concat([headlines, headlines.assign(story=2, text="Cold War thaws")], ignore_index=True)
    table = tabulate_labels(two, {"pact": {"labels": ["pact"], "not_near": ["Cold War"]}}, by="outlet")
    assert table["n"].tolist() == [1]
