"""The shipped encoder, model "tone": what a sentence says about a target, and how pleasant what it tells is."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache

import numpy as np

from ...corpus.parallel import count_jobs
from ...shipped import MODELS

FOLDER = MODELS
# Tokens of a sentence, its marks included, that the encoder reads: those around the target, or the first of them.
LONGEST = 128
# Characters on each side of a target, or of a sentence, that are split into tokens: a gigabyte on one line is one too.
_REACH = 1_000
_TARGET = 200
# Sentences that a thread takes at a time: enough that handing them out costs nothing, and few enough that a hundred
# keep every thread busy, and that whoever stops it waits for none.
_BLOCK = 8
# About half a minute on two cores: from so many sentences on there is a bar.
_MANY = 10_000
_FIRST, _LAST, _OPEN, _CLOSE = "[CLS]", "[SEP]", "[unused0]", "[unused1]"

# The tokens of one sentence, the segment of each, and how much each counts in the mean that is read beside the first.
Marked = tuple[np.ndarray, np.ndarray, np.ndarray]


def score_mentions(texts: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> np.ndarray:
    """The probabilities that each text is negative, neutral and positive about its target `text[start:end]`.

    One row a text, three columns that add up to 1. Every sentence is a run of its own, so the numbers depend neither on
    the texts beside it nor on how many threads there are.
    """
    rows = list(zip(texts, starts, ends, strict=True))
    logits = _run(rows, lambda row: mark_target(*row), rated=False)
    chances = np.exp(logits - logits.max(axis=1, keepdims=True))
    return chances / chances.sum(axis=1, keepdims=True)


def score_texts(texts: Sequence[str]) -> np.ndarray:
    """The valence of each text as a whole, −1 to 1: about a quarter of the rating (−4 to 4) that readers gave it."""
    return np.clip(_run(list(texts), mark_text, rated=True)[:, 0], -1, 1)


def mark_target(text: str, start: int, end: int) -> Marked:
    """The tokens around the target, which stands between two marks and once more behind the sentence."""
    end = min(end, start + _TARGET)
    left, target, right = (
        _tokens(part) for part in (text[max(start - _REACH, 0) : start], text[start:end], text[end : end + _REACH])
    )
    target = target[: LONGEST // 4]
    room = LONGEST - 5 - 2 * len(target)
    before = min(len(left), max(room // 2, room - len(right)))
    left, right = left[len(left) - before :], right[: room - before]
    first, last, opening, closing = _marks()
    tokens = [first, *left, opening, *target, closing, *right, last, *target, last]
    spots = np.zeros(len(tokens), dtype=np.float32)
    spots[1 + len(left) : 3 + len(left) + len(target)] = 1
    spots[len(tokens) - 1 - len(target) : -1] = 1
    segments = np.zeros(len(tokens), dtype=np.int64)
    segments[4 + len(left) + len(target) + len(right) :] = 1
    return np.array(tokens, dtype=np.int64), segments, spots / spots.sum()


def mark_text(text: str) -> Marked:
    """The tokens of a text without a target."""
    first, last, _, _ = _marks()
    tokens = [first, *_tokens(text[: 2 * _REACH])[: LONGEST - 2], last]
    return (
        np.array(tokens, dtype=np.int64),
        np.zeros(len(tokens), dtype=np.int64),
        np.full(len(tokens), 1 / len(tokens), dtype=np.float32),
    )


def _run(rows: list, mark: Callable[..., Marked], *, rated: bool) -> np.ndarray:
    """What the network gives for each row, in their order: logits of three classes, or where `rated` the valence."""
    session, head = _session(), np.array(rated)
    found = np.empty((len(rows), 1 if rated else 3), dtype=np.float64)

    def score(first: int) -> int:
        block = rows[first : first + _BLOCK]
        for at, row in enumerate(block, start=first):
            tokens, segments, spots = mark(row)
            fed = {"ids": tokens, "segments": segments, "spots": spots[None], "rated": head}
            found[at] = session.run(["found"], fed)[0][0]
        return len(block)

    for _ in _with_bar(_map_threads(score, range(0, len(rows), _BLOCK)), len(rows)):
        pass
    return found


def _map_threads(score: Callable[[int], int], firsts: range) -> Iterator[int]:
    """Each block on the next free thread; on an interrupt those not yet begun are dropped."""
    threads = min(count_jobs(), len(firsts))
    if threads <= 1:
        yield from map(score, firsts)
        return
    pool = ThreadPoolExecutor(threads)
    try:
        yield from pool.map(score, firsts)
    finally:
        pool.shutdown(cancel_futures=True)


def _with_bar(counts: Iterator[int], total: int) -> Iterator[int]:
    """The same counts, with a bar of progress where there are many and somebody looks."""
    from tqdm import tqdm

    with tqdm(total=total, desc="tone", unit="sentence", disable=None if total >= _MANY else True, leave=False) as bar:
        for count in counts:
            bar.update(count)
            yield count


def load() -> None:
    """Read the network and its words, so that the first sentence takes no longer than the next."""
    _session()
    _tokenizer()


@cache
def _session():
    """The network, read once. It runs on one core: the threads each have a sentence of their own."""
    options = _onnxruntime().SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # the threads would wait for each other at it
    return _onnxruntime().InferenceSession(FOLDER / "tone.onnx", options, providers=["CPUExecutionProvider"])


def _onnxruntime():
    """The library, told before it begins that nobody is to hear of it.

    Its official builds otherwise make a number for the machine in the user's home and report to their maker.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    return onnxruntime


@cache
def _tokenizer():
    """BERT's tokenizer for lower-case English, from the words that are shipped beside the network."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    words = (FOLDER / "tone_words.txt").read_text(encoding="utf-8").split("\n")
    tokenizer = Tokenizer(models.WordPiece({word: at for at, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def _tokens(text: str) -> list[int]:
    # A space always parts two words, and the same words come again and again.
    return [token for word in text.split(" ") for token in _word(word)]


@lru_cache(maxsize=1 << 16)
def _word(word: str) -> list[int]:
    # A lone surrogate is no character that the tokenizer could be given.
    return _tokenizer().encode(word.encode("utf-8", "replace").decode("utf-8"), add_special_tokens=False).ids


@cache
def _marks() -> tuple[int, ...]:
    return tuple(_tokenizer().token_to_id(mark) for mark in (_FIRST, _LAST, _OPEN, _CLOSE))
