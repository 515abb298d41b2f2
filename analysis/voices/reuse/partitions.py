"""Find shared passages in a corpus of partitions: the rows of `find_reuse`, with the words of one partition at a time.

A run of words is shared where two articles print it, and joined to the next where every article that prints the one
goes on with the other (see `runs`). Both are sums over the corpus: of runs known by their 64-bit hashes, bucket by
bucket of hashes that begin with the same bits, so that no step holds more than a partition or a bucket.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from ...corpus.events.of_article import has_event
from ...corpus.hashes import hash_groups, hash_runs
from ...corpus.partitions import Piece, map_partitions, read_table, read_tables
from ...corpus.places import changes, expand, place_spans
from ...corpus.word_hashes import hash_words
from ...tables import InputError, add_source
from .members import look_up
from .reuse import QUOTED_SHARE, REUSE, find_first, quoted_share, recurs
from .runs import chains, neighbours
from .words import Words, read_words

# In the place of a hash, where no shared run is the neighbour, or not always the same one; a run has either for its
# hash as seldom as two runs have the same.
_NONE, _VARIES = np.uint64(0), np.uint64(1)


def reuse_partitions(
    articles: list[Path],
    artefacts: list[Path],
    quotes: list[Path],
    out: Path,
    *,
    scratch: Path,
    n: int = 8,
    edits: int = 0,
    copy_words: int = 15,
    **options,
) -> tuple[list[Path], list[Path]]:
    """Write the rows of `find_reuse` of each partition to `out`; its files, and those that say who prints what.

    `options` are those of `map_partitions`.
    """
    if edits:
        raise InputError(
            f"edits is {edits!r}, but must be 0 in partitions: passages over changed words need all articles"
        )
    bits = count_bits(len(articles))
    buckets = range(2**bits)

    def over_parts(step, name: str, *sources: list, beside: tuple = (), to: Path | None = None) -> list[Path]:
        return map_partitions(step, list(zip(*sources, strict=True)), to or scratch / name, beside=beside, **options)

    def over_buckets(step, name: str, files: list[Path]) -> list[Path]:
        parts = [([Piece(file, bucket) for file in files],) for bucket in buckets]
        return map_partitions(step, parts, scratch / name, **options)

    words = over_parts(_read_words, "words", articles, artefacts)
    runs = over_parts(_find_runs, "runs", words, beside=(n, bits))
    shared = over_buckets(_find_shared, "shared_runs", runs)
    places = over_parts(_find_places, "places", words, beside=(n, bits, shared))
    beside = over_parts(_find_neighbours, "neighbours", places, beside=(bits,))
    steady = over_buckets(_find_steady, "steady_runs", beside)
    found = over_parts(_join_places, "joined_runs", places, words, articles, quotes, beside=((n, bits, steady),))
    events = any(has_event(read_table(file, ["event"])).any() for file in articles)
    members = over_parts(_find_members, "passage_members", found, articles, beside=(bits, events))
    told = over_buckets(_describe_passages, "described_passages", members)
    return over_parts(_make_rows, "", found, articles, beside=(bits, copy_words, told), to=out), members


def _read_words(articles: pd.DataFrame, artefacts: pd.DataFrame) -> pd.DataFrame:
    """Every word of a partition: its hash, where it stands, its stretch and its article's position."""
    words = read_words(articles, hash_words(articles["text"].fillna("").tolist()), artefacts)
    columns = {"hash": words.hashes, "start": words.starts, "end": words.ends, "stretch": words.stretches}
    return pd.DataFrame({**columns, "row": words.rows[words.stretches].astype(np.int32)})


def _hash_runs(words: pd.DataFrame, n: int) -> tuple[np.ndarray, np.ndarray]:
    """The hash of every run of n words that lies in one stretch, and the position of its first word."""
    hashes, stretches = hash_runs(words["hash"].to_numpy(), n), words["stretch"].to_numpy()
    places = np.flatnonzero(stretches[: len(hashes)] == stretches[len(stretches) - len(hashes) :])
    return hashes[places], places


def _find_runs(words: pd.DataFrame, n: int, bits: int) -> list[pd.DataFrame]:
    """Each run of a partition once, and whether several of its articles print it."""
    hashes, places = _hash_runs(words, n)
    order = np.argsort(hashes, kind="stable")  # so that its articles, too, stand in order
    hashes, rows = hashes[order], words["row"].to_numpy()[places[order]]
    heads = np.flatnonzero(changes(hashes))
    lasts = heads + np.diff(heads, append=len(hashes)) - 1
    table = pd.DataFrame({"hash": hashes[heads], "several": rows[lasts] > rows[heads]})
    return _cut(table, "hash", bits)


def _find_shared(pieces: list[Piece]) -> pd.DataFrame:
    """The runs that stand in two articles or more, sorted."""
    runs = read_tables(pieces)
    runs = runs.iloc[np.argsort(runs["hash"].to_numpy(), kind="stable")]
    hashes = runs["hash"].to_numpy()
    heads = np.flatnonzero(changes(hashes))
    if not len(heads):
        return runs[["hash"]].reset_index(drop=True)
    several = np.logical_or.reduceat(runs["several"].to_numpy(), heads)
    return pd.DataFrame({"hash": hashes[heads][several | (np.diff(heads, append=len(hashes)) > 1)]})


def _find_places(words: pd.DataFrame, n: int, bits: int, shared: list[Path]) -> pd.DataFrame:
    """Where the shared runs of a partition begin, and whether the next begins at the very next word."""
    hashes, places = _hash_runs(words, n)
    keep = np.zeros(len(hashes), dtype=bool)
    for here, known in _by_bucket(hashes, bits, shared):
        keep[here] = look_up(known["hash"].to_numpy(), hashes[here]) >= 0
    hashes, places = hashes[keep], places[keep]
    stretches = words["stretch"].to_numpy()[places]
    followed = np.append((np.diff(places) == 1) & (stretches[1:] == stretches[:-1]), False)[: len(places)]
    return pd.DataFrame({"place": places, "hash": hashes, "followed": followed})


def _find_neighbours(places: pd.DataFrame, bits: int) -> list[pd.DataFrame]:
    """For each shared run the one after it and the one before it, or that these vary from place to place."""
    hashes, followed = places["hash"].to_numpy(), places["followed"].to_numpy()
    after, before = neighbours(hashes, followed[:-1], _NONE)
    return _cut(_merge_neighbours(pd.DataFrame({"hash": hashes, "after": after, "before": before})), "hash", bits)


def _find_steady(pieces: list[Piece]) -> pd.DataFrame:
    """For each shared run whether the one after it, and before it, is the same wherever it stands."""
    table = _merge_neighbours(read_tables(pieces))
    return table.assign(after=table["after"] != _VARIES, before=table["before"] != _VARIES)


def _merge_neighbours(table: pd.DataFrame) -> pd.DataFrame:
    table = table.iloc[np.argsort(table["hash"].to_numpy(), kind="stable")]
    heads = np.flatnonzero(changes(table["hash"].to_numpy()))
    merged = {"hash": table["hash"].to_numpy()[heads]}
    for name in ("after", "before"):
        values = table[name].to_numpy()
        low, high = (edge.reduceat(values, heads) if len(heads) else values for edge in (np.minimum, np.maximum))
        merged[name] = np.where(low == high, low, _VARIES)
    return pd.DataFrame(merged)


def _join_places(
    places: pd.DataFrame,
    words: pd.DataFrame,
    articles: pd.DataFrame,
    quotes: pd.DataFrame,
    options: tuple[int, int, list[Path]],
) -> pd.DataFrame:
    """The occurrences of shared passages in a partition."""
    n, bits, steady = options
    hashes = places["hash"].to_numpy()
    after, before = np.zeros((2, len(hashes)), dtype=bool)
    for here, known in _by_bucket(hashes, bits, steady):
        found = look_up(known["hash"].to_numpy(), hashes[here])
        after[here], before[here] = (known[name].to_numpy()[found] for name in ("after", "before"))
    joined = (places["followed"].to_numpy() & after)[:-1] & before[1:]
    heads, tails = chains(joined, len(hashes))
    firsts, lasts = places["place"].to_numpy()[heads], places["place"].to_numpy()[tails] + (n - 1)
    sizes = lasts - firsts + 1
    of_words = words["hash"].to_numpy()
    ids = hash_groups(of_words[expand(firsts, sizes)], np.cumsum(sizes) - sizes)
    stretches = words["stretch"].to_numpy()
    rows = words["row"].to_numpy()
    read = Words(of_words, words["start"].to_numpy(), words["end"].to_numpy(), stretches, rows[changes(stretches)])
    marked = place_spans(quotes[quotes["kind"] != "reported"], articles)
    return pd.DataFrame(
        {
            "id": ids,
            "row": rows[firsts].astype(np.int64),
            "start": read.starts[firsts].astype(np.int64),
            "end": read.ends[lasts].astype(np.int64),
            "words": sizes.astype(np.int64),
            "quoted": quoted_share(read, firsts, lasts, marked) >= QUOTED_SHARE,
        }
    )


def _find_members(found: pd.DataFrame, articles: pd.DataFrame, bits: int, events: bool) -> list[pd.DataFrame]:
    """Each passage and article of a partition that prints it, with what tells events apart and who was first.

    If any article of the corpus has an event (`events`), one without is an event of its own, else all are one.
    """
    pairs = found.groupby(["id", "row"], sort=False)["quoted"].all().reset_index()
    columns = [name for name in ("article", "outlet", "event", "published", "agency") if name in articles]
    known = articles[columns].copy()
    if events:
        known["event"] = known["event"].where(has_event(known), "\0" + known["article"])
    else:
        known["event"] = "1"
    table = known.iloc[pairs["row"]].reset_index(drop=True)
    table.insert(0, "id", pairs["id"].to_numpy())
    table["quoted"] = pairs["quoted"].to_numpy()
    return _cut(table.iloc[np.argsort(pairs["id"].to_numpy(), kind="stable")], "id", bits)


def _describe_passages(pieces: list[Piece]) -> pd.DataFrame:
    """For each passage how many articles print it, whether in several events, and the article that is likely first."""
    members = read_tables(pieces)
    members = members.iloc[np.argsort(members["id"].to_numpy(), kind="stable")].reset_index(drop=True)
    opens = changes(members["id"].to_numpy())
    owners, places = np.cumsum(opens) - 1, np.arange(len(members))
    names = np.append(members["article"].to_numpy(dtype=object), None)
    return pd.DataFrame(
        {
            "id": members["id"].to_numpy()[opens],
            "articles": np.bincount(owners).astype(np.int64),
            "recurs": recurs(members, owners, places),
            "first": pd.array(names[find_first(members, owners, places)], dtype="str"),
        }
    )


def _make_rows(
    found: pd.DataFrame, articles: pd.DataFrame, bits: int, copy_words: int, told: list[Path]
) -> pd.DataFrame:
    """The rows of `find_reuse`."""
    ids = found["id"].to_numpy()
    count, stock = np.zeros(len(ids), dtype=np.int64), found["words"].to_numpy() < copy_words
    first = np.full(len(ids), None, dtype=object)
    for here, known in _by_bucket(ids, bits, told):
        about = known.iloc[look_up(known["id"].to_numpy(), ids[here])]
        count[here], first[here] = about["articles"], about["first"].to_numpy(dtype=object)
        stock[here] |= about["recurs"].to_numpy()
    texts, spans = articles["text"].fillna("").tolist(), found[["row", "start", "end"]].to_numpy().tolist()
    kinds = np.where(found["quoted"], 2, stock.astype(np.int64))
    table = pd.DataFrame(
        {
            "passage": pd.array([f"{number:016x}" for number in ids.tolist()], dtype="str"),
            "article": articles["article"].astype("str").array.take(found["row"].to_numpy()),
            "start": found["start"],
            "end": found["end"],
            "text": pd.array([texts[row][start:end] for row, start, end in spans], dtype="str"),
            "words": found["words"],
            "kind": pd.array(["prose", "stock", "quote"], dtype="str").take(kinds),
            "articles": count,
            "first": pd.array(first, dtype="str"),
        }
    )
    return add_source(table[list(REUSE)], articles)


def count_bits(partitions: int) -> int:
    """With how many first bits of a hash the buckets are told apart: there are about as many as partitions."""
    return max(1, (partitions - 1).bit_length())


def _cut(table: pd.DataFrame, column: str, bits: int) -> list[pd.DataFrame]:
    """The table, sorted by a column of hashes, in pieces of those that begin with the same bits."""
    edges = np.searchsorted(table[column].to_numpy() >> np.uint64(64 - bits), np.arange(2**bits + 1, dtype=np.uint64))
    return [table.iloc[first:last] for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)]


def _by_bucket(hashes: np.ndarray, bits: int, files: list[Path]):
    """For each bucket the positions of the hashes in it, and the bucket's table."""
    buckets = hashes >> np.uint64(64 - bits)
    for number, file in enumerate(files):
        yield np.flatnonzero(buckets == np.uint64(number)), read_table(file)
