"""Read quotations as words, and compare two wordings word by word."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

import numpy as np
import pandas as pd

from ...corpus.places import changes
from ...corpus.tokens import fold_word, tokenize

# Between square brackets an outlet puts its own words; no farther, so that an unclosed bracket costs nothing.
_BRACKETED = re.compile(r"\[[^\[\]]{0,200}\]")


class Words(NamedTuple):
    """The words of each utterance, in order."""

    codes: np.ndarray  # int32, of the folded word
    starts: np.ndarray  # int32, where it is printed in the article's text
    ends: np.ndarray
    parts: np.ndarray  # int32, which of the texts it stands in
    inserted: np.ndarray  # whether it stands in square brackets: the outlet's, not the speaker's
    firsts: np.ndarray  # where each utterance begins; one more, where the last ends
    vocabulary: list[str]

    def of(self, utterance: int) -> slice:
        return slice(self.firsts[utterance], self.firsts[utterance + 1])

    def read(self, utterance: int) -> list[str]:
        return [self.vocabulary[code] for code in self.codes[self.of(utterance)].tolist()]

    def utterances(self) -> np.ndarray:
        """For each word its utterance."""
        return np.repeat(np.arange(len(self.firsts) - 1), np.diff(self.firsts))


class Run(NamedTuple):
    """A run of words that two wordings share (`same`) or that only the second has (`added`) or lacks (`missing`)."""

    kind: str
    first: slice  # words of the first wording; where words were added, those that they stand for, if any
    second: slice


def read_utterances(marked: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """One row per utterance, and for each of the quotations in marks the number of its utterance.

    The parts of one quotation share one content and are one utterance. The quotations stand in order, and each has the
    `row` of its article.
    """
    grouped = marked.groupby(["row", "content_start", "content_end"], sort=False)
    table = grouped.agg(
        row=("row", "first"), start=("start", "min"), end=("end", "max"), kind=("kind", "first"),
        speaker=("speaker", "first"), verb=("verb", "first"),
    )  # fmt: skip
    return table.reset_index(drop=True), grouped.ngroup().to_numpy()


def read_words(texts: pd.Series, starts: np.ndarray, utterances: np.ndarray, count: int) -> Words:
    """The words of the texts that stand at `starts`, one utterance after the other."""
    if not (utterances[1:] >= utterances[:-1]).all():
        order = np.argsort(utterances, kind="stable")
        texts, starts, utterances = texts.iloc[order], starts[order], utterances[order]
    words = tokenize(texts.to_frame("text"))
    row, start, end = (words[column].to_numpy() for column in ("row", "start", "end"))
    inserted = np.zeros(len(row), dtype=bool)
    for place in np.flatnonzero(texts.str.contains("[", regex=False).to_numpy()).tolist():
        here = slice(*np.searchsorted(row, [place, place + 1]))
        for match in _BRACKETED.finditer(texts.iloc[place]):
            inserted[here] |= (start[here] >= match.start()) & (end[here] <= match.end())
    printed = words["word"].cat
    codes, vocabulary = pd.factorize(np.array([fold_word(word) for word in printed.categories], dtype=object))
    counts = np.bincount(row, minlength=len(texts))
    firsts = np.append(0, np.cumsum(counts))[np.searchsorted(utterances, np.arange(count + 1))]
    return Words(
        codes.astype(np.int32)[printed.codes.to_numpy()],
        (start + starts[row]).astype(np.int32),
        (end + starts[row]).astype(np.int32),
        row.astype(np.int32),
        inserted,
        firsts,
        vocabulary.tolist(),
    )


def distinct(values: np.ndarray) -> np.ndarray:
    """The values, each once, sorted; several times as fast as `np.unique` where most are different."""
    values = np.sort(values)
    return values[changes(values)]


def repeated(values: np.ndarray) -> np.ndarray:
    """The values that are there more than once, each once, sorted."""
    values = np.sort(values)
    values = values[1:][values[1:] == values[:-1]]
    return values[changes(values)]


def compare(first: Sequence, second: Sequence, vocabulary: Sequence[str] | None = None) -> list[Run]:
    """The runs of words that two wordings share, and those that only one of them has, in order.

    Words that are only spaced differently are the same: `multi polar` and `multipolar`. With a vocabulary they are
    given as codes, which are faster to compare.
    """
    if first and first == second:
        return [Run("same", slice(0, len(first)), slice(0, len(second)))]

    def spell(words: Sequence) -> str:
        return "".join(words if vocabulary is None else [vocabulary[code] for code in words])

    runs = []
    for tag, i, j, k, m in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and spell(first[i:j]) == spell(second[k:m])):
            if runs and runs[-1].kind == "same":
                before = runs.pop()
                i, k = before.first.start, before.second.start  # noqa: PLW2901
            runs.append(Run("same", slice(i, j), slice(k, m)))
        else:
            if i < j:
                runs.append(Run("missing", slice(i, j), slice(k, k)))
            if k < m:
                runs.append(Run("added", slice(i, j), slice(k, m)))
    return runs
