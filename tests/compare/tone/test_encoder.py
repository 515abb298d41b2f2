"""The shipped encoder: the same numbers in any company, each target its own, and no text that stops it."""

import os
import subprocess
import sys

import joblib
import numpy as np
import pytest
from conftest import ROOT

from analysis.compare.tone import encoder
from analysis.compare.tone.encoder import LONGEST, mark_target, mark_text, score_mentions, score_texts

PRAISE = "Police praised Smith for stopping Jones, who had robbed three shops."
SENTENCES = [
    PRAISE,
    "The senator was accused of lying to voters.",
    "She arrived in Seoul on Monday.",
    "A horrible war has killed thousands.",
    "The children laughed and the festival was a delight.",
]


def target(text, name):
    start = text.index(name)
    return text, start, start + len(name)


def score(*cells):
    return score_mentions(*zip(*cells, strict=True))


def test_probabilities_add_up_to_one():
    found = score(*[(text, 0, 3) for text in SENTENCES])
    assert found.shape == (5, 3)
    assert ((found > 0) & (found < 1)).all()
    np.testing.assert_allclose(found.sum(axis=1), 1)


def test_two_targets_of_one_sentence_each_have_their_own_score():
    smith, jones = score(target(PRAISE, "Smith"), target(PRAISE, "Jones"))
    assert smith[2] - smith[0] > jones[2] - jones[0] + 0.5
    assert jones.argmax() == 0


def test_a_negation_turns_praise_around():
    praised, never = score(target("Kim is a trusted friend.", "Kim"), target("Kim was never a trusted friend.", "Kim"))
    assert praised[2] - praised[0] > never[2] - never[0] + 0.5


def test_the_shipped_file_says_what_it_said_when_it_was_measured():
    """Another file, tokenizer or processor: `training/encoder.py --check` then tells how much worse it is."""
    cells = [
        target(PRAISE, "Jones"),
        target("The senator was accused of lying to voters.", "The senator"),
        target("She arrived in Seoul on Monday.", "She"),
        target("Kim is a trusted friend.", "Kim"),
    ]
    expected = [[0.90, 0.06, 0.04], [0.91, 0.05, 0.04], [0.04, 0.88, 0.08], [0.03, 0.07, 0.90]]
    np.testing.assert_allclose(score(*cells), expected, atol=0.02)
    np.testing.assert_allclose(score_texts(SENTENCES[2:]), [0.00, -0.43, 0.45], atol=0.02)


def test_a_sad_sentence_is_less_pleasant_than_a_glad_one():
    assert np.argsort(score_texts(SENTENCES)).tolist()[0] == 3
    assert np.argsort(score_texts(SENTENCES)).tolist()[-1] == 4
    assert (np.abs(score_texts(SENTENCES)) <= 1).all()


def test_a_sentence_has_the_same_score_alone_and_among_others_and_on_any_number_of_threads(monkeypatch):
    monkeypatch.setattr(encoder, "_BLOCK", 2)
    cells = [(text, 0, 3) for text in SENTENCES * 4]
    together = score(*cells)
    alone = np.concatenate([score(cell) for cell in cells])
    with joblib.parallel_config(n_jobs=3):
        threads = score(*cells)
    backwards = score(*cells[::-1])[::-1]
    for other in (alone, threads, backwards):
        assert (other == together).all()


@pytest.mark.parametrize(
    "text",
    ["", " ", "\x00\x07", "\ud800 broke", "🙂" * 500, "x" * 100_000, "war " * 100_000, "[CLS] [SEP]", "٣ ", "'"],
)  # fmt: skip
def test_no_text_stops_it(text):
    for start, end in ((0, len(text)), (len(text) // 2, len(text) // 2 + 1)):
        found = score((text, start, end))
        assert np.isfinite(found).all()
    assert np.isfinite(score_texts([text])).all()


def test_nothing_gives_nothing():
    assert score_mentions([], [], []).shape == (0, 3)
    assert score_texts([]).shape == (0,)


@pytest.mark.parametrize("before", [0, 40, 4_000])
@pytest.mark.parametrize("after", [0, 40, 4_000])
@pytest.mark.parametrize("name", ["Kim", "Kim " * 300])
def test_the_target_is_read_however_long_the_sentence_is(before, after, name):
    tokens, segments, spots = mark_target("so " * before + name + " so" * after, 3 * before, 3 * before + len(name))
    assert len(tokens) == len(segments) == len(spots) <= LONGEST
    marks = [encoder._tokenizer().token_to_id(f"[unused{n}]") for n in (0, 1)]
    opening, closing = (tokens.tolist().index(mark) for mark in marks)
    kim = encoder._tokenizer().token_to_id("kim")
    assert set(tokens[opening + 1 : closing]) == {kim}
    assert set(tokens[segments == 1][:-1]) == {kim}
    assert spots.sum() == pytest.approx(1)
    assert (spots[opening : closing + 1] > 0).all()
    assert not spots[:opening].any()


def test_words_beyond_the_first_of_a_long_sentence_are_not_read():
    assert len(mark_text("so " * (LONGEST - 2))[0]) == LONGEST
    assert (mark_text("so " * 500)[0] == mark_text("so " * 5_000)[0]).all()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Kim  said: “No.”",
        "a\u00a0b\tc\nd\x1ce f",
        "ΟΔΟΣ ΣΑΣ",
        "e \u0301 x\u200b y",
        "[CLS] [MASK] don't",
        "北 京",
    ],
)
def test_words_one_by_one_are_the_tokens_of_the_whole(text):
    assert encoder._tokens(text) == encoder._tokenizer().encode(text, add_special_tokens=False).ids


def test_a_stopped_run_begins_no_more_blocks(monkeypatch):
    monkeypatch.setattr(encoder, "_BLOCK", 1)
    seen = []

    def mark(text):
        seen.append(text)
        if len(seen) == 3:
            raise KeyboardInterrupt
        return mark_text(text)

    monkeypatch.setattr(encoder, "mark_text", mark)
    with joblib.parallel_config(n_jobs=2), pytest.raises(KeyboardInterrupt):
        score_texts(["A word."] * 2_000)
    assert len(seen) < 100


def test_it_needs_neither_torch_nor_a_network(tmp_path):
    code = (
        "import socket, sys\n"
        "def refuse(*given, **options): raise OSError('no network')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse\n"
        "from analysis.compare.tone.encoder import score_texts\n"
        "score_texts(['A good deal.'])\n"
        "print([name for name in ('torch', 'transformers', 'huggingface_hub') if name in sys.modules])\n"
    )
    root = str(ROOT)
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_nobody_is_told_that_it_runs(tmp_path):
    """The library's own reports begin with a number for the machine and a session, kept in files."""
    root = str(ROOT)
    places = dict.fromkeys(("HOME", "TMPDIR", "XDG_CACHE_HOME"), str(tmp_path))
    code = "from analysis.compare.tone.encoder import score_texts; score_texts(['A good deal.'])"
    subprocess.run([sys.executable, "-c", code], cwd=root, env=_untold() | places, check=True)
    assert list(tmp_path.rglob("*")) == []


def _untold() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}


def test_the_shipped_file_is_small():
    assert (encoder.FOLDER / "tone.onnx").stat().st_size < 30_000_000
