"""Words in context: every term leads to the sentences it was counted in."""

import numbers
from collections import defaultdict

import numpy as np
import pandas as pd
import pyarrow as pa

from ...corpus.tokens import encode, unify
from ...tables import InputError, need
from .vocabulary import fold_vocabulary

CONTEXTS = ("article", "outlet", "voice", "left", "match", "right", "start", "end")
# What stands in a sentence between two of its pieces and is not among the rows given.
_GAP = "… "
_NOWHERE = -1  # the place of a row that does not stand in its article's text


def find_contexts(spans: pd.DataFrame, term: str, *, words: int = 8, fold: bool = True) -> pd.DataFrame:
    """Where does a term stand, and between which words?

    A concordance (keyword in context): one row for each time that `count_terms`, with the same `fold`, counts the term,
    a word or a phrase, in the same rows. Printings of one word that are counted together are found together, whichever
    is given, and a phrase never crosses from one row to the next. The context runs over as many as `words` words to
    either side, within the sentence: across its pieces in other voices where these are among the rows, and with "…" for
    what is not. It shows how a word is used, not how often each use is meant. In the order of the articles and of their
    text; a term that does not occur gives an empty table.

    Columns:
        article: the one that prints it
        outlet: of the article
        voice: of the match alone; missing where the rows have none
        left: what stands before it, as printed, with the space between them
        match: the term as printed
        right: what stands behind it, likewise
        start: first code point of the match in the article's text; missing where the row has no place in it
        end: the one behind its last; missing likewise

    Raises:
        InputError: if a column is missing, the term has no word, or `words` is not a whole number of 0 or more

    Example:
        >>> texts = ["Kim hailed ", "“a new alliance” ", "with Putin."]
        >>> spans = pd.DataFrame({"article": "a", "outlet": "A", "voice": ["own", "quote", "own"], "sentence": 1,
        ...     "start": [0, 11, 28], "end": [11, 28, 39], "text": texts})
        >>> find_contexts(spans, "alliance", words=3)
          article outlet  voice            left     match          right  start  end
        0       a      A  quote  hailed “a new   alliance  ” with Putin.     18   26
    """
    need(spans, "article", "outlet", "sentence", "start", "end", "text", verb="find_contexts")
    if not isinstance(term, str):
        raise InputError(f"find_contexts needs a term, a word or a phrase, but was given {term!r:.60}")
    if isinstance(words, bool) or not isinstance(words, numbers.Integral) or words < 0:
        raise InputError(f"words is {words!r}, but must be a whole number of 0 or more: the words shown on either side")
    texts = spans["text"].fillna("").tolist()
    chunks = list(encode([*texts, term]))  # the term last, to be read and folded as the texts are
    counts, starts, ends = (
        np.concatenate([getattr(chunk, name) for chunk in chunks]) for name in ("counts", "starts", "ends")
    )
    codes, printed = unify(chunk.words for chunk in chunks)
    length = int(counts[-1])
    if not length:
        raise InputError(f"find_contexts needs a term with a letter or a digit in it, but was given {term!r:.60}")
    vocabulary, folded = fold_vocabulary(printed, fold)
    codes = folded[codes]
    wanted = _listed(term, vocabulary) or codes[-length:].tolist()
    edges = np.append(0, np.cumsum(counts))  # where the words of each row begin
    rows = np.repeat(np.arange(len(texts)), counts[:-1])
    found = _find_runs(codes[:-length], rows, wanted)

    places, after = (_places(spans[name]) for name in ("start", "end"))
    articles, _ = pd.factorize(spans["article"], use_na_sentinel=False)
    found = found[np.lexsort((starts[found], places[rows[found]], articles[rows[found]]))]
    sentences = _number_sentences(spans)
    read = {}
    for sentence, pieces in _pieces_of(sentences, places, sentences[rows[found]]).items():
        joined, offsets = _join(pieces, texts, places, after)
        within = [(edges[piece], edges[piece + 1], offset) for piece, offset in zip(pieces, offsets, strict=True)]
        # The words of the whole sentence: their edges in it, and the number of the first of each piece among them.
        firsts, lasts = (
            [place for first, last, offset in within for place in (side[first:last] + offset).tolist()]
            for side in (starts, ends)
        )
        sizes = [0, *np.cumsum([last - first for first, last, _ in within]).tolist()]
        read[sentence] = joined, firsts, lasts, dict(zip(pieces, sizes, strict=False))

    left, match, right = [], [], []
    for place in found.tolist():
        row = int(rows[place])
        joined, firsts, lasts, numbered = read[int(sentences[row])]
        first = numbered[row] + place - int(edges[row])
        last = first + len(wanted) - 1
        # To the very end of a sentence whose words all have room: its marks belong to them.
        begin = firsts[first - words] if first > words else 0
        end = lasts[last + words] if last + words < len(lasts) - 1 else len(joined)
        left.append(joined[begin : firsts[first]])
        match.append(joined[firsts[first] : lasts[last]])
        right.append(joined[lasts[last] : end])
    row = rows[found]
    outside = places[row] == _NOWHERE
    table = pd.DataFrame({name: spans[name].to_numpy()[row] for name in ("article", "outlet")})
    table["voice"] = spans["voice"].to_numpy()[row] if "voice" in spans.columns else np.nan
    table = table.assign(left=left, match=match, right=right)
    table = table.astype("str")  # text columns, also in a table without rows; what is missing stays so
    for name, side in (("start", starts[found]), ("end", ends[found + len(wanted) - 1])):
        table[name] = pd.arrays.IntegerArray(np.asarray(places[row] + side, dtype=np.int64), outside)
    return table[list(CONTEXTS)]


def _listed(term: str, vocabulary: pa.Array) -> list[int]:
    """The words of a term as `count_terms` lists it: not every folded word folds to itself again."""
    known = pd.Index(vocabulary.to_pylist(), dtype="str")
    places = known.get_indexer(term.split(" "))
    return [] if (places < 0).any() else places.tolist()


def _find_runs(codes: np.ndarray, rows: np.ndarray, wanted: list[int]) -> np.ndarray:
    """Where the words of a term begin, all of them in one row."""
    count = max(0, len(codes) - len(wanted) + 1)
    found = rows[:count] == rows[len(rows) - count :]
    for step, code in enumerate(wanted):
        found &= codes[step : step + count] == code
    return np.flatnonzero(found)


def _places(column: pd.Series) -> np.ndarray:
    return pd.array(column, dtype="Int64").to_numpy(dtype=np.int64, na_value=_NOWHERE)


def _number_sentences(spans: pd.DataFrame) -> np.ndarray:
    """One number for the pieces of each sentence; headlines are told apart by the story they stand over."""
    keys = [name for name in ("article", "story", "sentence") if name in spans.columns]
    return spans.groupby(keys, sort=False, dropna=False, observed=True).ngroup().to_numpy()


def _pieces_of(sentences: np.ndarray, places: np.ndarray, wanted: np.ndarray) -> dict[int, list[int]]:
    """The rows of each wanted sentence, in the order of the text."""
    rows = np.flatnonzero(np.isin(sentences, wanted))
    rows = rows[np.lexsort((places[rows], sentences[rows]))]
    pieces = defaultdict(list)
    for sentence, row in zip(sentences[rows].tolist(), rows.tolist(), strict=True):
        pieces[sentence].append(row)
    return pieces


def _join(pieces: list[int], texts: list[str], places: np.ndarray, after: np.ndarray) -> tuple[str, list[int]]:
    """One text of the pieces of a sentence, and where each of them begins in it."""
    parts, offsets, size = [], [], 0
    for before, piece in zip([None, *pieces], pieces, strict=False):
        gap = "" if before is None or after[before] == places[piece] else _GAP
        if gap and not texts[before][-1:].isspace():
            gap = f" {gap}"
        offsets.append(size + len(gap))
        parts += [gap, texts[piece]]
        size += len(gap) + len(texts[piece])
    return "".join(parts), offsets
