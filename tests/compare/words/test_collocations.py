"""Phrases: found by their joints, counted as one term."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import InputError, count_terms, find_collocations
from analysis.compare.words import collocations
from analysis.compare.words.keyness import normalised_pmi, signed_g2


def spans_of(*texts):
    return pd.DataFrame({"article": [str(number) for number in range(len(texts))], "outlet": "A", "text": list(texts)})


def phrases(*texts, **options):
    return find_collocations(spans_of(*texts), **options).set_index("phrase")


FILLER = " ".join(f"w{number}" for number in range(60))


# ---------------------------------------------------------------------------------------------------- find_collocations


def test_the_seeds_hold_the_phrases_a_reader_would_name(spans):
    found = find_collocations(spans).set_index("phrase")
    assert found.loc[["north korea", "kim jong un", "special military operation"], "n"].tolist() == [32, 7, 2]
    assert found.loc["special military operation", "articles"] == 1
    assert not {"jong un", "kim jong", "special military", "military operation", "leader kim jong un"} & set(
        found.index
    )


def test_measures_by_hand():
    found = phrases("north korea met", "north korea spoke", "north wind blows", FILLER)
    row = found.loc["north korea"]
    words = 3 * 3 + 60
    assert (row["n"], row["articles"], row["words"]) == (2, 2, 2)
    assert row["npmi"] == pytest.approx(np.log(2 * words / (3 * 2)) / -np.log(2 / words))
    assert row["g2"] == pytest.approx(float(signed_g2(2, 3, 2, words)))


def test_normalised_pmi_at_its_three_marks():
    # Bouma (2009): 1 if two words only occur together, 0 if they are independent, −1 if never together.
    np.testing.assert_allclose(
        normalised_pmi([3, 4, 0, 8], [3, 8, 3, 8], [3, 32, 5, 8], [90, 64, 90, 8]), [1, 0, -1, 1]
    )


def test_the_weakest_joint_counts():
    # "press" and "secretary" never part, "white house" and they do: the phrase is as tied as that joint.
    texts = ["white house press secretary", "white house press secretary", "white house", "white house", FILLER]
    found = phrases(*texts, npmi=-1)
    words = 12 + 60
    expected = np.log(2 * words / (4 * 2)) / -np.log(2 / words)
    assert found.loc["white house press secretary", "npmi"] == pytest.approx(expected)
    assert found.loc["white house", "npmi"] == pytest.approx(1)


def test_floors_just_met_and_just_missed():
    texts = ["red carpet"] * 3 + ["red carpet red carpet", FILLER]
    assert phrases(*texts, least=5).loc["red carpet", "articles"] == 4
    assert phrases(*texts, least=6).empty
    assert "red carpet" in phrases(*texts, articles=4).index
    assert "red carpet" not in phrases(*texts, articles=5).index
    north = ("north korea met", "north korea spoke", "north wind blows", FILLER)
    npmi = phrases(*north).loc["north korea", "npmi"]
    assert "north korea" in phrases(*north, npmi=npmi).index
    assert "north korea" not in phrases(*north, npmi=npmi + 1e-9).index


def test_the_floor_grows_with_the_corpus(monkeypatch):
    assert (collocations.LEAST, collocations.WORDS_FOR_ONE) == (2, 200_000)
    monkeypatch.setattr(collocations, "WORDS_FOR_ONE", 50)
    once = ["red carpet"] * 2
    filler = " ".join(f"w{number}" for number in range(96))
    assert "red carpet" in phrases(*once, filler).index  # 100 words
    assert "red carpet" not in phrases(*once, filler + " w0").index


def test_no_phrase_begins_or_ends_with_a_stop_word_or_crosses_rows():
    found = phrases("state of emergency", "state of emergency", "rose garden", "rose garden", FILLER)
    assert found.index.tolist() == ["rose garden", "state of emergency"]
    assert phrases("rose", "garden", "rose", "garden").empty


def test_a_piece_is_left_out_and_a_phrase_that_stands_apart_often_enough_is_not():
    long, short = "special military operation", "military operation"
    assert phrases(*[long] * 8, FILLER).index.tolist() == [long]
    assert short not in phrases(*[long] * 8, *[short] * 2, FILLER).index  # 8 of 10 are inside
    assert {long, short} <= set(phrases(*[long] * 7, *[short] * 2, FILLER).index)  # 7 of 9


def test_a_title_in_small_letters_is_no_part_of_a_name():
    found = phrases(*["leader Kim Jong Un"] * 5, FILLER)
    assert found.index.tolist() == ["kim jong un"]
    assert phrases(*["Leader Kim Jong Un"] * 3, *["leader Kim Jong Un"] * 2, FILLER).index.tolist() == [
        "leader kim jong un"
    ]


def test_folds_are_those_of_the_counts():
    assert phrases("peace talks", "Peace Talks", "sanctions regimes", "sanction regime").index.tolist() == [
        "peace talks", "sanction regime",
    ]  # fmt: skip
    assert phrases("Red Carpet", "red carpet", "Red Carpet", fold=False).index.tolist() == ["Red Carpet"]


@pytest.mark.parametrize("texts", [[], ["…"], ["one"], ["a b"]])
def test_nothing_to_find_gives_an_empty_table_with_the_same_types(texts):
    full, empty = find_collocations(spans_of("red carpet", "red carpet")), find_collocations(spans_of(*texts))
    assert empty.empty
    pd.testing.assert_series_equal(empty.dtypes, full.dtypes)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"longest": 1}, "longest is 1, but must be a whole number from 2 on"),
        ({"least": 1}, "least is 1, but must be a whole number from 2 on"),
        ({"articles": 0}, "articles is 0, but must be a whole number from 1 on"),
        ({"npmi": 1.1}, "npmi is 1.1, but must be a number from -1 to 1"),
        ({"fold": ["root"]}, "fold is ['root'], but must be True, False or some of 'case', 'spelling', 'plural'"),
    ],
)
def test_options_that_cannot_be_used_are_named(options, message):
    with pytest.raises(InputError) as error:
        find_collocations(spans_of("red carpet"), **options)
    assert str(error.value) == message


# -------------------------------------------------------------------------------------------- counted as one term


def counted(*texts, **options):
    return count_terms(spans_of(*texts), **options).set_index("term")["n"].to_dict()


def test_the_words_of_a_phrase_are_not_counted_apart():
    assert counted("North Korea met South Korea", collocations=["north korea"]) == {
        "north korea": 1, "met": 1, "south": 1, "korea": 1,
    }  # fmt: skip


def test_the_longest_phrase_is_taken_from_left_to_right():
    listed = ["a1 b1", "b1 c1", "a1 b1 c1 d1"]
    assert counted("a1 b1 c1", collocations=listed) == {"a1 b1": 1, "c1": 1}
    assert counted("a1 b1 c1 d1", collocations=listed) == {"a1 b1 c1 d1": 1}
    assert counted("z1 b1 c1 d1", collocations=listed) == {"z1": 1, "b1 c1": 1, "d1": 1}
    assert counted("a1 a1 a1", collocations=["a1 a1"]) == {"a1 a1": 1, "a1": 1}


def test_a_phrase_does_not_cross_rows_and_unknown_ones_count_nothing():
    assert counted("north", "korea", collocations=["north korea", "moon base"]) == {"north": 1, "korea": 1}


def test_listed_phrases_are_folded_as_words_are():
    assert counted("Peace agreement, peace agreements", collocations=["Peace Agreements"]) == {"peace agreement": 2}
    for typed in ("Bill Gates", "bill gates"):
        assert counted("Bill Gates opened gates", collocations=[typed]) == {"bill gates": 1, "opened": 1, "gate": 1}


def test_pairs_of_phrases_and_words():
    assert counted("North Korea signed", collocations=["north korea"], ngrams=2) == {
        "north korea": 1, "signed": 1, "north korea signed": 1,
    }  # fmt: skip


def test_rates_stay_those_of_words_and_stop_words_those_of_the_ends():
    table = count_terms(spans_of("state of emergency here"), collocations=["state of emergency"]).set_index("term")
    assert table.loc["state of emergency", ["n", "rate"]].tolist() == [1, 250.0]
    assert not table.loc["state of emergency", "stop_word"]


def test_a_table_of_collocations_is_taken_as_it_comes(spans):
    found = find_collocations(spans)
    counts = count_terms(spans, collocations=found)
    listed = count_terms(spans, collocations=found["phrase"].tolist())
    pd.testing.assert_frame_equal(counts, listed)
    n = counts.groupby("term")["n"].sum()
    assert n[["kim jong un", "north korea", "special military operation"]].tolist() == [7, 29, 2]
    assert n["russia and north korea"] == 3  # which makes 32


def plain_merge(words, listed):
    """The same by a loop."""
    units, place = [], 0
    while place < len(words):
        fits = [phrase for phrase in listed if tuple(words[place : place + len(phrase)]) == phrase]
        taken = max(map(len, fits), default=1)
        units.append(" ".join(words[place : place + taken]))
        place += taken
    return units


LETTERS = st.sampled_from(["x1", "x2", "x3"])


@settings(deadline=None, max_examples=60)
@given(
    texts=st.lists(st.lists(LETTERS, max_size=14), min_size=1, max_size=3),
    listed=st.lists(st.lists(LETTERS, min_size=2, max_size=5).map(tuple), max_size=6),
    ngrams=st.integers(1, 2),
)
def test_merged_counts_are_those_of_a_plain_loop(texts, listed, ngrams):
    expected = Counter()
    for words in texts:
        units = plain_merge(words, listed)
        expected.update(units)
        if ngrams == 2:
            expected.update(" ".join(pair) for pair in zip(units[:-1], units[1:], strict=True))
    table = count_terms(
        spans_of(*map(" ".join, texts)), collocations=[" ".join(phrase) for phrase in listed], ngrams=ngrams
    )
    assert not table["term"].duplicated().any()
    assert dict(zip(table["term"], table["n"], strict=True)) == expected
