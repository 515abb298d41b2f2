import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.tokens import fold_word
from analysis.corpus.word_hashes import _PIECE, hash_strings, hash_words


def hashes_of(*texts: str) -> set[tuple[str, int]]:
    """Each folded word of some texts with every number that `find_reuse` has for it."""
    found = set()
    for chunk in hash_words(list(texts)):
        owners = np.repeat(np.arange(chunk.first, chunk.first + len(chunk.counts)), chunk.counts)
        places = (column.tolist() for column in (owners, chunk.starts, chunk.ends, chunk.words))
        found |= {
            (fold_word(texts[owner][start:end]), number) for owner, start, end, number in zip(*places, strict=True)
        }
    return found


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("Putin’s PUTIN'S putin Putin", 1),
        ("US U.S. u.s. USA US’s U.S.A.", 1),
        ("us Us", 1),
        ("UN U.N. u.n.", 1),
        ("un Un", 1),
        ("UAE uae uAE’s", 1),
        ("café cafe\u0301 CAFÉ Café’s", 1),
        ("co\u00adoperate cooperate", 1),
        ("don’t don't DONʼT", 1),
        ("1,961 3.5 1,961’s", 3),
        ("s S’s as a", 3),
        ("ңs ’s s", 2),
        (f"{'a' * 64} {'A' * 64}’s {'a' * 32}\u00ad{'a' * 32}", 1),
        (f"{'a' * 65} {'A' * 65}'s {'a' * 32}\u00ad{'a' * 33}", 1),
        ("a aa aaa aaaa ab ba", 6),
    ],
)
def test_words_of_one_form_have_one_hash(printed, words):
    found = hashes_of(printed, f" “{printed}” ", f"— {printed}\n")
    assert len({word for word, _ in found}) == len({number for _, number in found}) == len(found) == words


@given(
    st.lists(st.lists(st.text("aAsSuUnN.1,’'ʼé\u00ad\u0301ң\ud800", max_size=8), max_size=9).map(" ".join), max_size=4)
)
def test_hashes_differ_where_folded_words_do_and_nowhere_else(texts):
    found = hashes_of(*texts)
    assert len({word for word, _ in found}) == len({number for _, number in found}) == len(found)


def test_a_hash_does_not_depend_on_where_the_word_stands():
    text = " ".join(f"word{number} the {'x' * (number % 70)}" for number in range(5_000))
    assert len(text) > 2 * _PIECE  # running sums begin anew at each piece, and words reach over its end
    found = hashes_of(text)
    assert len(found) == 5_000 + 1 + 69


def test_a_hash_is_the_same_on_every_machine():
    found = hash_strings(["treaty", "", "é" * 33])
    assert found.dtype == np.uint64
    expected = int.from_bytes(hashlib.blake2b(("é" * 33).encode(), digest_size=8).digest(), "little")
    assert [f"{number:016x}" for number in found.tolist()] == ["e28b91fb084a482d", f"{0:016x}", f"{expected:016x}"]


@pytest.mark.parametrize("strings", [[], [""], ["", ""], ["a" * (_PIECE - 1), "b", ""]])
def test_nothing_has_the_number_nought(strings):
    found = hash_strings(strings).tolist()
    assert [number == 0 for number in found] == [not string for string in strings]


@pytest.mark.parametrize("texts", [[], [""], ["", " \n"], ["… —"]])
def test_texts_without_words(texts):
    assert hashes_of(*texts) == set()
