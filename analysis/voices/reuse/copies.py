"""Name, for every stretch of text, the other articles that print the passages it lies in."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from ...corpus.hashes import mix
from ...corpus.places import changes, expand, place
from ...corpus.tokens import locate
from ...tables import need

# So many articles are named, and the others counted: a wire story may stand in hundreds.
NAMED = 5
# Pairs of a piece of text and an article looked up at once: so many take about 100 MB.
_BLOCK = 5_000_000


def name_copies(spans: pd.DataFrame, articles: pd.DataFrame, passages: pd.DataFrame) -> pd.Series:
    """For each span the other articles that print at least half of its words, in passages; missing where none does.

    `passages` are those of `find_reuse`; what is `stock` in the span's own article is no copy. `spans` stand in the
    order of `articles` and do not overlap. Articles are named in the order of their ids, whatever order they stand in.
    """
    need(passages, "passage", "article", "start", "end", "kind", verb="label_voices")
    copies = np.full(len(spans), None, dtype=object)
    known = pd.Index(articles["article"])
    ids = known.append(pd.Index(passages["article"].unique()).difference(known, sort=False))
    rows, codes = ids.get_indexer(passages["article"]), pd.factorize(passages["passage"])[0]
    own = (rows < len(known)) & (passages["kind"] != "stock").to_numpy()
    edges = [place(rows[own], passages[edge].to_numpy(dtype=np.int64)[own]) for edge in ("start", "end")]
    owners = ids.get_indexer(spans["article"])
    touched = _touched(owners, spans, *edges)
    if len(touched):
        pieces = _cut(spans.iloc[touched], owners[touched], *edges, codes[own])
        by_id = ids.argsort()
        ranks = by_id.argsort()
        names = _label(articles, ids[by_id])
        sets, of_span = _name_sets(pieces, codes, ranks[rows])
        joined = {}  # for each set of articles and each of them the other ones
        for span, owner, number in zip(
            touched.tolist(), ranks[owners[touched]].tolist(), of_span.tolist(), strict=True
        ):
            if (number, owner) not in joined:
                joined[number, owner] = _join(*sets[number], owner, names)
            copies[span] = joined[number, owner]
    return pd.Series(pd.array(copies, dtype="str"), index=spans.index)


class _Pieces(NamedTuple):
    """The words of the spans, cut wherever a passage begins or ends."""

    spans: np.ndarray  # for each piece the position of its span, never falling
    words: np.ndarray  # how many it has
    places: np.ndarray  # pairs of a piece and a passage it lies in: the piece
    codes: np.ndarray  # and the passage
    totals: np.ndarray  # how many words each span has


def _touched(owners: np.ndarray, spans: pd.DataFrame, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Positions of the spans that an occurrence reaches into: few, and only their words need be read."""
    firsts = np.searchsorted(place(owners, spans["end"].to_numpy()), starts, side="right")
    lasts = np.searchsorted(place(owners, spans["start"].to_numpy()), ends, side="left")
    lasts = np.maximum(firsts, lasts)
    depth = np.bincount(firsts, minlength=len(spans) + 1) - np.bincount(lasts, minlength=len(spans) + 1)
    return np.flatnonzero(np.cumsum(depth)[:-1] > 0)


def _cut(spans: pd.DataFrame, owners: np.ndarray, starts: np.ndarray, ends: np.ndarray, codes: np.ndarray) -> _Pieces:
    words = list(locate(spans["text"].fillna("").tolist()))
    span = np.repeat(np.arange(len(spans)), np.concatenate([chunk.counts for chunk in words]))
    begin = place(owners, spans["start"].to_numpy())[span]
    start, end = (np.concatenate(edge) for edge in zip(*((chunk.starts, chunk.ends) for chunk in words), strict=True))
    firsts = np.searchsorted(begin + start, starts, side="left")
    lasts = np.searchsorted(begin + end, ends, side="right")
    lasts = np.maximum(firsts, lasts)
    edges = np.unique(np.concatenate([firsts, lasts, np.flatnonzero(changes(span))]))
    edges = edges[edges < len(span)]
    left, right = np.searchsorted(edges, firsts), np.searchsorted(edges, lasts)
    lengths = np.diff(edges, append=len(span))
    totals = np.bincount(span, minlength=len(spans))
    return _Pieces(span[edges], lengths, expand(left, right - left), np.repeat(codes, right - left), totals)


def _name_sets(pieces: _Pieces, codes: np.ndarray, rows: np.ndarray) -> tuple[list[tuple[list[int], int]], np.ndarray]:
    """Sets of articles (the first few, and how many there are), and for each span the number of its set.

    Spans that lie in the same passages with as many words have the same set: it is found once, and not for each of the
    thousand articles that print the same.
    """
    held = np.zeros(len(pieces.spans), dtype=np.uint64)
    np.add.at(held, pieces.places, mix(pieces.codes.astype(np.uint64) + np.uint64(1)))
    keys = mix(pieces.totals.astype(np.uint64))
    np.add.at(keys, pieces.spans, mix(mix(held) + pieces.words.astype(np.uint64)))
    _, ones, of_span = np.unique(keys, return_index=True, return_inverse=True)

    base = rows.max() + 1
    of_code, members = np.divmod(np.unique(codes * base + rows), base)
    heads, sizes = np.flatnonzero(changes(of_code)), np.bincount(of_code)
    number = np.full(len(keys), -1)
    number[ones] = np.arange(len(ones))
    number = number[pieces.spans[pieces.places]]
    order = np.argsort(number, kind="stable")
    order = order[number[order] >= 0]
    number, places, of_pair = number[order], pieces.places[order], pieces.codes[order]
    sets = [([], 0)] * len(ones)
    block = np.cumsum(sizes[of_pair]) // _BLOCK
    edges = np.unique(np.append(0, np.searchsorted(number, number[changes(block)]))).tolist()  # a set is never cut
    for first, last in zip(edges, [*edges[1:], len(number)], strict=True):
        here = slice(first, last)
        articles = members[expand(heads[of_pair[here]], sizes[of_pair[here]])]
        piece = np.repeat(places[here], sizes[of_pair[here]])
        piece, articles = np.divmod(np.unique(piece * base + articles), base)  # in several passages, but printed once
        within, place_of = np.unique(of_span[pieces.spans[piece]] * base + articles, return_inverse=True)
        printed = np.bincount(place_of, weights=pieces.words[piece])
        found, articles = np.divmod(within, base)
        enough = 2 * printed >= pieces.totals[ones[found]]
        found, articles = found[enough], articles[enough]
        begins = np.flatnonzero(changes(found))
        for begin, size, one in zip(begins, np.diff(begins, append=len(found)), found[begins], strict=True):
            sets[one] = (articles[begin : begin + min(size, NAMED + 1)].tolist(), int(size))
    return sets, of_span


def _label(articles: pd.DataFrame, ids: pd.Index) -> list[str]:
    """The name of each article, followed by the agency that signs it."""
    agencies = articles["agency"].fillna("") if "agency" in articles else pd.Series("", articles.index)
    signed = {article: agency for article, agency in zip(articles["article"], agencies, strict=True) if agency}
    return [f"{name} ({signed[name]})" if name in signed else str(name) for name in ids]


def _join(members: list[int], count: int, own: int, names: list[str]) -> str | None:
    others = [names[member] for member in members if member != own][:NAMED]
    left = count - 1 - len(others)
    return ", ".join(others) + (f" and {left:,} more" if left > 0 else "") or None
