"""VADER on whole columns: the package's own numbers on every turn its code can take, and on what nobody thought of."""

import hypothesis.strategies as st
import joblib
import numpy as np
import pytest
from hypothesis import given, settings
from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE, SPECIAL_CASES, SentimentIntensityAnalyzer

from analysis import find_artefacts, read_articles, split_sentences
from analysis.compare.vader import rules as vader
from analysis.compare.vader.rules import score_vader

ANALYSER = SentimentIntensityAnalyzer()

# Named after what vaderSentiment.py does with them.
QUIRKS = {
    "words stand between white space": [
        "good\tbad\nfine", "  good ", "good\u00a0day", "good\u2028bad\x1cgreat\x85fine",
    ],
    "marks are stripped only if more than two characters are left": [
        "(good)", "\"ok\"", "ok.", "'no'", "no.", "no, good", "((((no))))", "!!!bad!!!", "…good…", "“good”", "-a-",
        "_lol_", "éa, good", "good éa!", "ÉÉ! good", "*ha*", "**LOL**",
    ],
    "emoticons are kept": [
        ":) today", "today :D", ":-( ;)", "good:)", "(: good :(", ":)) ok", "XD", "O.o bad", ":'(", "</3 <3",
    ],
    "emoji become their descriptions first": [
        "Wonderful 😁", "😁", "a😁b", "😁😁", "😁 😁 bad", "good💔", "I ❤ it", "I ❤️ it", "💋!", "👍🏽 good", "🇺🇸 good",
        "bad\t😁", "bad\u00a0😁", "© good", "good™", "‼ good ⁉", "🔛 🆙 good", "not 😁", "👨‍👩‍👧 love", "GOOD 😁 bad",
    ],
    "capitals count where not all are capitals": [
        "GOOD", "GOOD day", "A GOOD DAY", "good DAY", "BAD day", "the U.N. is GOOD", "F-16 GOOD", "GOOD 123",
        "GOOD !!!", "123 GOOD", "VERY good", "VERY GOOD day", "VERY bad", "BARELY good day", "so VERY very BAD",
        "NOT good", "GOOD 😁", "ÉTAT good", "SCHÖN GOOD", "NO good", "NO", "NO day", "No Good day", "ß GOOD", "ǅ GOOD",
        "ⓖ GOOD",
    ],
    "boosters up to three words before": [
        "very good", "very x good", "very x y good", "very x y z good", "hardly bad", "barely x bad",
        "slightly x y good", "very very very good", "extremely so VERY x good", "good very", "very",
        "more most less good", "very terrible great", "incredibly", "just enough good", "sort of good",
        "sort of x good", "x sort of good", "a kind of x good", "just enough x good", "kind-of good", "sortof x bad",
        "effing bad", "almost no good", "the very best very bad",
    ],
    "kind of": [
        "kind of", "kind of good", "Kind of good", "kind people", "a kind of a good", "kind", "it is of a kind",
        "KIND OF good", "kind of kind", "x y kind of good", "x kind of y good",
    ],
    "negations up to three words before": [
        "not good", "not x good", "not x y good", "not x y z good", "isn't good", "ain't x bad", "couldn't've good",
        "N'T good", "DON'T good", "not not good", "never not good", "nor good", "without good", "despite x good",
        "uh-uh good", "n't bad", "dön't good", "isn’t good", "can't stand", "can't stand good", "x'n'ty good",
        "neither good nor bad", "DIDN'T x y BAD day",
    ],
    "never so and never this": [
        "never so good", "never this good", "never so x good", "never this x good", "never x so good",
        "never x this good", "so good", "x y so good", "x y this bad", "x so y good", "not x so good",
        "without x so bad", "NEVER SO good", "good never so bad", "never good so bad",
    ],
    "without doubt": [
        "without doubt good", "without doubt x good", "without x doubt good", "without a doubt good",
        "without x y doubt good", "Without a doubt, excellent idea.", "without good doubt", "doubt without good",
        "x without doubt good",
    ],
    "no": [
        "no good", "no x good", "no x y good", "no x or good", "no x nor good", "no good or bad", "no, no, no good",
        "no way", "good no", "no no", "no", "No good.", "no! good", "no very good", "no fun or joy or love",
        "x no y or good", "no or good",
    ],
    "least": [
        "least good", "x least good", "at least good", "very least good", "at x least good", "the least good",
        "least x good", "LEAST good", "at the very least good", "At least it isn't a horrible book.", "good least bad",
    ],
    "but": [
        "good but bad", "bad but good", "but good", "good but", "but", "good bad but bad good",
        "good good but good good", "good but bad but good", "BUT good", "good, but, bad", "(but) good",
        "great great great but awful awful awful", "not good but not bad", "good but good", "good sad but bad",
        "x but kind of good", "but but good bad",
        # The first of equal values is changed, which may be one that was changed before to that value.
        "hopes good hopes but hopes", "peace peace war but peace war war peace",
        "accept obliterate but obliterate accept", "clever chance but", "chance clever but",
        "clever chance clever but chance clever chance", "awards chance carefully but",
    ],
    "phrases that set the valence": [
        f"{before}{phrase}{after}"
        for phrase in [*SPECIAL_CASES, "kiss of", "to die", "of death"]
        for before in ("", "x y z ", "a b ", "the ", "good ", "not very so ", "never x ", "no ")
        for after in ("", " good", " x bad", "!")
    ],
    "exclamation and question marks": [
        *(f"good{'!' * n}{'?' * m}" for n in range(7) for m in range(6)), "bad!!", "! ! bad ?", "nothing here!!!",
        "good bad!", "?!?!", "¡good!", "good！",
    ],
    "words that cancel out": [
        "accept obliterate!", "good good bad bad!!", "no good, no bad?!??", "love hate!", "peace war war?? peace!",
    ],
    "nothing to score": ["", " ", "\n\t", ".", "the of and", "\x00", "\x00 good", "7", "-", "''"],
    "letters whose lower or upper case is odd": [
        "LİKE good", "ſad good", "K good", "liKe", "KILL", "ΣΑΣ good", "ŉ good", "ﬁne", "İ GOOD",
    ],
    "half a character": ["\ud83d good", "good\ude01", "\ud83d\ude01 good", "a\udfffb bad!"],
}  # fmt: skip


def package(texts):
    return [ANALYSER.polarity_scores(text)["compound"] for text in texts]


def unequal(texts):
    texts = list(texts)
    found, expected = score_vader(texts).tolist(), package(texts)
    return [row for row in zip(texts, found, expected, strict=True) if row[1] != row[2]]


@pytest.mark.parametrize("quirk", QUIRKS)
def test_the_package_on_each_of_its_quirks(quirk):
    assert unequal(QUIRKS[quirk]) == []
    # Beside other sentences, and within one.
    assert unequal(["the worst", *QUIRKS[quirk], "but never"]) == []
    assert unequal(f"It is said: {text} and that is not so good" for text in QUIRKS[quirk]) == []


def test_the_package_on_the_seeds():
    articles = read_articles("seeds")
    sentences = split_sentences(articles, artefacts=find_artefacts(articles))["text"].tolist()
    assert len(sentences) > 80
    assert unequal(sentences) == []


def test_the_package_on_every_word_of_its_lists():
    words = [*ANALYSER.lexicon, *NEGATE, *BOOSTER_DICT, *(mark for mark in ANALYSER.emojis if len(mark) < 3)]
    assert unequal(words) == []
    assert unequal(f"{word} good" for word in words) == []
    assert unequal(f"not the {word.upper()}" for word in words) == []


def test_the_package_on_every_character_that_may_be_white_space_or_punctuation():
    characters = [chr(code) for code in range(0x3100)] + ["\ufe0f", "\ufeff", "\uff01"]
    assert unequal(f"good{mark}bad very {mark} great{mark} no" for mark in characters) == []


def test_where_words_cancel_out_the_last_bit_decides_which_way_an_exclamation_mark_goes():
    # 1.6 + 1.7 - 3.3 is 4e-16 to a Python that adds as it goes, and 0 to one that carries the bits it lost.
    words = {value: word for word, value in ANALYSER.lexicon.items() if word.isalpha() and word not in {"no", "kind"}}
    triples = [(a, b, round(-a - b, 1)) for a in words for b in words]
    texts = [f"{words[a]} {words[b]} {words[c]}!" for a, b, c in triples if c in words]
    assert len(texts) > 2_000
    assert unequal(texts) == []


@given(st.lists(st.sampled_from([0.0, 0.25, -0.25, 0.5, 0.75, 1.0, -1.0, 1.5, 2.0, 3.0]), max_size=12), st.data())
def test_but_changes_the_first_of_equal_values_even_one_that_it_made_equal(values, data):
    # As 2, 1 and "but" become ½ and 1: the 2 is halved, and then, for the 1, the first 1, which is that very one again.
    place = data.draw(st.integers(0, len(values)))
    words = ["x"] * place + ["but"] + ["x"] * (len(values) - place)
    expected = ANALYSER._but_check(words, [*values[:place], 0, *values[place:]])

    places = np.array([at for at in range(len(words)) if at != place], dtype=int)
    numbers = np.array([vader.read_rules().numbers.get(word, 1) for word in words])
    found = np.array(values)
    vader._turn_at_but(found, np.zeros(len(values), int), places, numbers, np.array([0, len(words)]))
    assert found.tolist() == expected[:place] + expected[place + 1 :]


def test_where_one_block_ends_changes_nothing(monkeypatch):
    texts = [text for some in QUIRKS.values() for text in some]
    whole = score_vader(texts)
    for size in (1, 50, 1000):
        monkeypatch.setattr(vader, "BLOCK", size)
        np.testing.assert_array_equal(score_vader(texts), whole)


def test_no_text_is_no_score():
    assert score_vader([]).tolist() == []


def test_a_text_of_a_hundred_thousand_words_takes_no_quadratic_time():
    # The package would need hours: it looks at every word again for each word that has a valence.
    assert score_vader(["good bad but love hate! " * 20_000]).tolist() == [-1.0]


PIECES = st.sampled_from(
    sorted(ANALYSER.lexicon)[::40]
    + sorted({*NEGATE, *" ".join([*BOOSTER_DICT, *SPECIAL_CASES]).split()})
    + "but But BUT no No NO or nor never so this without doubt least at very kind of good bad war peace love".split()
    * 3
    + "x the and good, bad. (great) 'no' GOOD BAD Very VERY :) :D :( <3 😁 💔 © ’ — n't dön't U.N. ! ? !!! ??".split()
)
GAPS = st.sampled_from([" "] * 12 + ["", "  ", "\t", "\n", "\u00a0", "\u2009", "\x1f", "!", "?", ",", "-", "'", "\x00"])


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.lists(st.tuples(PIECES, GAPS), max_size=14).map(lambda some: "".join(map("".join, some))), max_size=12)
)
def test_the_package_on_any_mixture_of_its_words(texts):
    assert unequal(texts) == []


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=8))
def test_the_package_on_any_text(texts):
    assert unequal(texts) == []


def test_many_texts_are_scored_the_same_on_two_cores(monkeypatch):
    texts = ["A good deal.", "Not a good deal!", "", "Two BAD deals, but VERY good ones :)"] * 20
    scores = score_vader(texts)
    monkeypatch.setattr(vader, "BLOCK", 100)
    monkeypatch.setattr(vader, "_ENOUGH", 1_000)
    with joblib.parallel_config(n_jobs=2):
        np.testing.assert_array_equal(score_vader(texts), scores)
