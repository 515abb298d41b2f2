"""Folds: which printings are one word, from lists with a source, and listed again."""

import pandas as pd
import pytest

from analysis import InputError, count_terms, tabulate_folds
from analysis.compare.words.vocabulary import explain_fold, fold_term
from analysis.shipped import DATA


def read_pairs(name):
    return [tuple(line.split()) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def spans_of(*texts):
    return pd.DataFrame({"article": "1", "outlet": "A", "text": list(texts)})


@pytest.mark.parametrize(
    ("printed", "term"),
    [
        ("defence", "defense"), ("Defence", "defense"), ("colour", "color"), ("organised", "organized"),
        ("denuclearisation", "denuclearization"), ("centre", "center"), ("cancelled", "canceled"),
        ("dialog", "dialogue"), ("catalogue", "catalog"), ("defence's", "defense"), ("DEFENCE’S", "defense"),
        ("programmes", "program"), ("judgements", "judgment"),
    ],
)  # fmt: skip
def test_spellings_of_a_word_are_one(printed, term):
    assert fold_term(printed) == term


@pytest.mark.parametrize(
    "words",
    ["tyre tire", "cheque check", "gases gasses", "analyses analyzes", "tonnes tons", "disc disk", "storey story"],
)
def test_words_that_differ_in_more_than_spelling_stay_apart(words):
    one, other = map(fold_term, words.split())
    assert one != other


@pytest.mark.parametrize(
    ("printed", "term"),
    [
        ("sanctions", "sanction"), ("Sanctions", "sanction"), ("countries", "country"), ("women", "woman"),
        ("crises", "crisis"), ("missiles", "missile"), ("men", "man"),
    ],
)  # fmt: skip
def test_plurals_are_the_singular(printed, term):
    assert fold_term(printed) == term


KEPT = """news politics Paris James species United Reuters Philippines series Adams Williams Abbas Arkansas Congress
    Texas economics headquarters means arms goods customs rights talks democrats republicans was has does this his is
    us as lies says goes gas bus press process analysis crisis Kansas Netherlands physics remains Democrats media data
    """.split()


@pytest.mark.parametrize("word", KEPT)
def test_words_that_end_like_a_plural_and_are_none_stay(word):
    assert fold_term(word) == word.lower()


def test_a_name_with_a_capital_stays_and_the_common_word_does_not():
    assert [fold_term(word) for word in ("Gates", "gates", "Nations", "nations", "Sanders")] == [
        "gates", "gate", "nations", "nation", "sanders",
    ]  # fmt: skip


def test_initialisms_and_possessives_fold_as_before():
    assert [fold_term(word) for word in ("US", "us", "U.S", "UN", "Un", "Putin’s", "US's")] == [
        "u.s.", "us", "u.s.", "u.n.", "un", "putin", "u.s.",
    ]  # fmt: skip


def test_the_lists_are_clean():
    spellings, plurals = read_pairs("spellings.txt"), read_pairs("plurals.txt")
    stop_words = set((DATA / "stop_words.txt").read_text(encoding="utf-8").split())
    for pairs in (spellings, plurals):
        words = [one for one, _ in pairs]
        assert words == sorted(set(words))
        assert not set(words) & {other for _, other in pairs}  # what a word is counted as is itself counted as that
        assert not {word for pair in pairs for word in pair} & stop_words
        assert all(word.isalpha() and word.islower() and word.isascii() for pair in pairs for word in pair)
    assert not {other for _, other in plurals} & dict(spellings).keys()
    names = (DATA / "plural_names.txt").read_text(encoding="utf-8").split()
    assert names == sorted(set(names))
    assert set(names) <= dict(plurals).keys()
    for name in ("spellings.LICENSE", "plurals.LICENSE"):
        assert "MIT License" in (DATA / name).read_text(encoding="utf-8")


def test_folding_twice_changes_nothing():
    for word in (*dict(read_pairs("spellings.txt")), *dict(read_pairs("plurals.txt"))):
        assert fold_term(fold_term(word)) == fold_term(word)


def test_each_kind_of_fold_can_be_left_out():
    spans = spans_of("Defence defense sanctions sanction")
    terms = {fold: set(count_terms(spans, fold=fold)["term"]) for fold in (True, "case", "spelling", "plural", False)}
    assert terms == {
        True: {"defense", "sanction"},
        "case": {"defence", "defense", "sanctions", "sanction"},
        "spelling": {"defense", "sanctions", "sanction"},
        "plural": {"defence", "defense", "sanction"},
        False: {"Defence", "defense", "sanctions", "sanction"},
    }
    everything = count_terms(spans, fold=("plural", "spelling"))
    pd.testing.assert_frame_equal(everything, count_terms(spans))


def test_folds_are_listed_with_their_counts_and_kinds():
    spans = spans_of("Defence, defence and defense; Kim's defences", None, "US u.s sanctions Kim's")
    table = tabulate_folds(spans)
    assert table.to_numpy().tolist() == [
        ["defense", "Defence", 1, "spelling"],
        ["defense", "defence", 1, "spelling"],
        ["defense", "defences", 1, "spelling, plural"],
        ["kim", "Kim's", 2, "possessive"],
        ["sanction", "sanctions", 1, "plural"],
        ["u.s.", "US", 1, "case"],
        ["u.s.", "u.s", 1, "case"],
    ]
    assert explain_fold("Defences’s", ("case", "spelling", "plural")).kinds == ("possessive", "spelling", "plural")


def test_every_printing_is_listed_if_asked_and_adds_up_to_the_counts(spans):
    table = tabulate_folds(spans, every=True)
    counts = count_terms(spans).groupby("term")["n"].sum()
    pd.testing.assert_series_equal(table.groupby("term")["n"].sum(), counts)
    assert set(table["kind"].dropna()) >= {"case", "possessive", "spelling", "plural"}
    plain = tabulate_folds(spans, fold=False, every=True)
    assert plain["kind"].isna().all()
    assert (plain["term"] == plain["printed"]).all()
    assert tabulate_folds(spans, fold=False).empty


def test_no_words_give_an_empty_table_with_the_same_types():
    full, empty = tabulate_folds(spans_of("Kim's")), tabulate_folds(spans_of())
    assert empty.empty
    pd.testing.assert_series_equal(empty.dtypes, full.dtypes)


def test_unknown_folds_are_named():
    with pytest.raises(InputError) as error:
        tabulate_folds(spans_of("a"), fold=("case", "stem"))
    assert str(error.value) == (
        "fold is ('case', 'stem'), but must be True, False or some of 'case', 'spelling', 'plural'"
    )
