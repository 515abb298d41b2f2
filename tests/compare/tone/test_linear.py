"""The linear model: what it says of plain sentences, whom it must not know, and what it must survive."""

import numpy as np
import pytest

from analysis.compare.tone.linear import FORMAT, PATH, open_linear, read_linear, score_mentions, score_texts

NEGATIVE, NEUTRAL, POSITIVE = range(3)


def score(sentence: str, *mentions: str) -> np.ndarray:
    """The three probabilities for each of the mentions in one sentence."""
    starts = [sentence.index(mention) for mention in mentions]
    ends = [start + len(mention) for start, mention in zip(starts, mentions, strict=True)]
    return score_mentions([sentence] * len(mentions), starts, ends)


def tone(sentence: str, mention: str) -> float:
    (chances,) = score(sentence, mention)
    return chances[POSITIVE] - chances[NEGATIVE]


def test_the_probabilities_add_up_to_one():
    chances = score("Kim praised Lee, who said nothing about Park.", "Kim", "Lee", "Park")
    assert chances.shape == (3, 3)
    assert (chances > 0).all()
    np.testing.assert_allclose(chances.sum(axis=1), 1, atol=1e-12)


@pytest.mark.parametrize(
    "sentence, told",
    [
        ("Kim is a brilliant and widely admired leader.", POSITIVE),
        ("Kim is a corrupt liar and a disgrace.", NEGATIVE),
        ("Kim met reporters on Tuesday.", NEUTRAL),
    ],
)
def test_plain_sentences(sentence, told):
    assert score(sentence, "Kim").argmax() == told


def test_a_negation_turns_the_words_after_it():
    assert tone("Kim is not a good leader.", "Kim") < tone("Kim is a good leader.", "Kim") - 0.2
    assert tone("Kim is not corrupt.", "Kim") > tone("Kim is corrupt.", "Kim") + 0.1
    good, bad = score_texts(["It was a good plan.", "It was not a good plan."])
    assert bad < good - 0.1


def test_a_negation_ends_with_its_clause():
    near, far = score_texts(["It was not a great success.", "It was not. A great success."])
    assert far > near


def test_who_is_mentioned_does_not_matter():
    for one, other in [("Trump", "Obama"), ("Hitler", "Kim Jong Un"), ("He", "Hope Terror"), ("Love", "war")]:
        first, second = (score(f"Lee attacked {name}, the winner of a fair vote.", name) for name in (one, other))
        np.testing.assert_array_equal(first, second)
        first, second = (score(f"{name} attacked the winner of a fair vote.", name) for name in (one, other))
        np.testing.assert_array_equal(first, second)


def test_other_names_do_not_matter():
    first, second = (score(f"The plan of Lee was backed by {name} on Monday.", "Lee") for name in ("Stalin", "Obama"))
    np.testing.assert_array_equal(first, second)
    # At the start of a sentence, too, where a capital tells nothing.
    first, second = (score(f"{name} was backed by Lee on Monday.", "Lee") for name in ("Putin", "Obama"))
    np.testing.assert_array_equal(first, second)


def test_names_are_told_by_their_capitals_unless_all_have_them():
    loud, plain = score_texts(["A TERRIBLE HORRIBLE MURDER", "a terrible horrible murder"])
    assert loud == plain < -0.2


def test_two_targets_of_one_sentence_get_each_their_own():
    blamed, praised = score("Kim was accused of fraud, while Lee was praised for a brilliant speech.", "Kim", "Lee")
    assert blamed[NEGATIVE] > praised[NEGATIVE] + 0.1
    assert praised[POSITIVE] > blamed[POSITIVE] + 0.1


def test_a_result_does_not_depend_on_its_companions():
    sentences = ["Kim is a corrupt liar.", "Kim won.", "“No,” Kim said; others praised him.", "Kim"] * 3
    starts = [sentence.index("Kim") for sentence in sentences]
    ends = [start + 3 for start in starts]
    together = score_mentions(sentences, starts, ends)
    alone = np.vstack([score_mentions([s], [a], [b]) for s, a, b in zip(sentences, starts, ends, strict=True)])
    np.testing.assert_allclose(together, alone, atol=1e-12)
    np.testing.assert_array_equal(together, score_mentions(sentences, starts, ends))
    np.testing.assert_allclose(score_texts(sentences), [score_texts([s])[0] for s in sentences], atol=1e-12)


def test_batches_do_not_show(monkeypatch):
    sentences = ["Kim is a corrupt liar.", "", "Kim won.", "Kim lost the vote."]
    whole = score_texts(sentences), score_mentions(sentences, [0] * 4, [3, 0, 3, 3])
    monkeypatch.setattr("analysis.compare.tone.linear._BATCH", 1)
    np.testing.assert_allclose(score_texts(sentences), whole[0], atol=1e-12)
    np.testing.assert_allclose(score_mentions(sentences, [0] * 4, [3, 0, 3, 3]), whole[1], atol=1e-12)


def test_nothing_to_score():
    assert score_mentions([], [], []).shape == (0, 3)
    assert score_texts([]).shape == (0,)
    assert score_texts(["", " ", "\n"]).tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\0\0 Kim \0",
        "\ud800 Kim \udfff",
        "’s ’s's n't not not not",
        "😁👨‍👩‍👧 Kim\u202e\u200b",
        "x" * 100_000,
        "a'" * 50_000,
        "A.B." * 50_000,
        "“" * 50_000,
        "not " * 50_000,
        "NAME " * 50_000,
        "١٢٣ ǅ ß İ Kim",
    ],
)
def test_hostile_texts(text):
    places = [(0, 0), (0, len(text)), (len(text), len(text)), (len(text) // 2, len(text) // 2 + 1), (10**9, 10**9 + 1)]
    starts, ends = zip(*places, strict=True)
    chances = score_mentions([text] * len(places), starts, ends)
    assert np.isfinite(chances).all()
    np.testing.assert_allclose(chances.sum(axis=1), 1, atol=1e-12)
    (valence,) = score_texts([text])
    assert -1 <= valence <= 1


def test_only_so_much_of_a_long_text_is_read():
    start = "Kim is a corrupt liar. " + "so " * 700
    one, other = start + "A disgrace.", start + "A great success."
    np.testing.assert_array_equal(score(one, "Kim"), score(other, "Kim"))
    assert score_texts([one])[0] == score_texts([other])[0]
    shorter = "Kim is a corrupt liar. "
    assert score_texts([shorter + "A disgrace."])[0] < score_texts([shorter + "A great success."])[0]


def test_the_file_is_what_the_code_expects(tmp_path):
    with np.load(PATH, allow_pickle=False) as file:  # no pickle: nothing in it can run
        arrays = dict(file)
    assert int(arrays["format"]) == FORMAT
    assert PATH.stat().st_size < 3_000_000
    model = read_linear()
    assert (np.diff(model.mentions.keys) > 0).all()
    assert (np.diff(model.texts.keys) > 0).all()
    assert all(" " not in word for word in model.vocabulary.numbers)

    np.savez(tmp_path / "linear.npz", **{**arrays, "format": FORMAT + 1})
    with pytest.raises(ValueError) as error:
        open_linear(tmp_path / "linear.npz")
    assert str(error.value) == "linear.npz must be of format 1, but is of format 2"
