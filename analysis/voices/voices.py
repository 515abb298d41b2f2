"""Cut every sentence into stretches of one voice: the outlet's own words, words it reports, words it quotes."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from ..corpus.layout.artefacts import find_artefacts
from ..corpus.parallel import map_articles
from ..corpus.places import changes, place
from ..corpus.sentences import CUT, name_rows, number_articles, place_sentences
from ..corpus.tokens import count_words
from ..tables import SPANS, InputError, by_columns, need, need_articles
from .reuse.copies import name_copies
from .reuse.reuse import find_reuse
from .speech.quotes import find_quotes
from .verbs import RELAYS

VOICES = ("own", "reported", "quote")
_OWN, _REPORTED, _QUOTE = range(3)
_NOBODY = -1
_WORDED = re.compile(r"[^\W_]").search
# 1 for each letter and digit of ASCII, 0 for any other character.
_PLAIN = bytes(byte < 0x80 and chr(byte).isalnum() for byte in range(256))
_SOON = 4


def label_voices(
    articles: pd.DataFrame,
    *,
    artefacts: pd.DataFrame | None = None,
    quotes: pd.DataFrame | None = None,
    passages: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Whose words is each sentence made of?

    Every sentence of `split_sentences` is tiled, without gap or overlap, into stretches in the `quote` voice (what
    stands in quotation marks, with the marks), the `reported` voice (what the article says, without marks, that
    somebody said, thought or wants) and the `own` voice (everything else). Where speech is reported in speech it is the
    outer speaker's. Finding reported speech is a rule on words and misses some: own is what is *not found* to be
    somebody else's.

    `copied_from` is no voice, for a quotation can be copied too. It counts passages of 8 words or more (of kind prose
    or quote in this article: a set phrase is no copy), and says who prints the same, not who wrote it first.
    `artefacts`, `quotes` and `passages` default to those of `find_artefacts`, `find_quotes` and `find_reuse`; an empty
    table of passages leaves `copied_from` missing.

    Columns:
        those of `split_sentences`: `start`, `end` and `text` of the stretch
        voice: own, reported or quote
        speaker: of quoted and reported words, as `find_quotes` names them; missing for own words and where nobody is
            named
        copied_from: the other articles that print at least half of the stretch's words, in the order of their ids, each
            with the agency that signs it: `b (Reuters), c and 95 more`; missing where none does

    Raises:
        InputError: if a column is missing or an article stands twice

    Example:
        >>> articles = pd.DataFrame({"article": "a", "outlet": "A", "event": "1", "text": ['They "agree", he said.']})
        >>> label_voices(articles)[["sentence", "start", "end", "text", "voice", "speaker"]]
           sentence  start  end        text     voice speaker
        0         1      0    5       They   reported      he
        1         1      5   12     "agree"     quote      he
        2         1     12   22  , he said.       own     NaN
    """
    need_articles(articles, "outlet", "event", "text", verb="label_voices")
    artefacts = find_artefacts(articles) if artefacts is None else artefacts
    quotes = find_quotes(articles, artefacts=artefacts) if quotes is None else quotes
    needed = ("article", "start", "end", "kind", "content_start", "content_end", "verb", "speaker")
    need(quotes, *needed, verb="label_voices")
    passages = find_reuse(articles, artefacts=artefacts, quotes=quotes) if passages is None else passages
    need(artefacts, *CUT, verb="leaving out artefacts")
    spans = map_articles(
        _label_articles,
        number_articles(articles, "text"),
        artefacts[CUT],
        quotes[list(needed[:-1])].assign(row=np.arange(len(quotes))),
    )
    spans = name_rows(spans, articles)
    spans["voice"] = pd.array(VOICES, dtype="str").take(spans["voice"].to_numpy(dtype=np.int64))
    spans["speaker"] = (
        quotes["speaker"].astype("str").array.take(spans["quote"].to_numpy(dtype=np.int64), allow_fill=True)
    )
    spans["copied_from"] = name_copies(spans, articles, passages)
    return spans[list(SPANS)]


def tabulate_voices(spans: pd.DataFrame, *, by: str | Sequence[str] = "outlet") -> pd.DataFrame:
    """How many of its words does each outlet print in which voice?

    The share is of the words in the rows given, so artefacts count only if they were kept. `quote` is what stands in
    quotation marks, `reported` is told without them: a share says nothing about how fairly somebody is quoted. Every
    voice in `spans` has a row for every group; a group without a word has none.

    Columns:
        those of `by`: the group
        voice: own, reported or quote
        words: how many
        share: 0 to 1 of the group's words
        articles: of the group, that have words in this voice

    Raises:
        InputError: if a column is missing, a voice is not known or `by` names it

    Example:
        >>> spans = {"article": "a", "outlet": "A", "voice": ["own", "quote"], "text": ["We all", '"agree"']}
        >>> tabulate_voices(pd.DataFrame(spans))
          outlet  voice  words     share  articles
        0      A    own      2  0.666667         1
        1      A  quote      1  0.333333         1
    """
    by = by_columns(by)
    need(spans, *by, "article", "voice", "text", verb="tabulate_voices")
    if "voice" in by:
        raise InputError("tabulate_voices counts by voice already; expected other columns in by")
    for unknown in spans.loc[~spans["voice"].isin(VOICES), "voice"][:1]:
        raise InputError(f"voice '{unknown}' is not known; expected one of {', '.join(VOICES)}")
    words = count_words(spans["text"])
    spans = spans.assign(words=words)[words > 0]
    table, places = sum_words(spans, by)
    articles = spans["article"].groupby(places).nunique()
    table["articles"] = articles.reindex(range(len(table)), fill_value=0).to_numpy(np.int64)
    return table


def sum_voices(tables: Iterator[pd.DataFrame], *, by: str | Sequence[str] = "outlet") -> pd.DataFrame:
    """The rows of `tabulate_voices` for a corpus from those of its partitions, which share no article."""
    rows = pd.concat(list(tables), ignore_index=True)
    table, places = sum_words(rows, by_columns(by))
    table["articles"] = np.bincount(places, weights=rows["articles"], minlength=len(table)).astype(np.int64)
    return table


def sum_words(rows: pd.DataFrame, by: list[str]) -> tuple[pd.DataFrame, np.ndarray]:
    """The `words` of each voice in each group with their share, and for each of the rows its place in that table."""
    present = [voice for voice in VOICES if (rows["voice"] == voice).any()]
    groups = rows.groupby(by, sort=True, dropna=False, observed=True).ngroup().to_numpy()
    _, first = np.unique(groups, return_index=True)
    keys = rows[by].iloc[first].reset_index(drop=True)
    table = keys.loc[keys.index.repeat(len(present))].reset_index(drop=True)
    table["voice"] = pd.Series(present * len(keys), dtype="str")
    places = groups * len(present) + rows["voice"].map({voice: i for i, voice in enumerate(present)}).to_numpy(int)
    table["words"] = np.bincount(places, weights=rows["words"], minlength=len(table)).astype(np.int64)
    table["share"] = table["words"] / np.repeat(np.bincount(groups, weights=rows["words"]), len(present))
    return table, places


def _label_articles(articles: pd.DataFrame, artefacts: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """The sentences, each cut where a voice begins or ends: its voice, and the row of the quotation that has it.

    A stretch without a word joins the one before it, or the one after it where the sentence begins; of two own ones
    that meet, one is made.
    """
    sentences, _ = place_sentences(articles, artefacts)
    rows = sentences["row"].to_numpy()
    first, last = (place(rows, sentences[edge].to_numpy()) for edge in ("start", "end"))
    starts, ends, voices, quoted = _find_stretches(quotes, pd.Index(articles["article"]))
    texts = articles["text"].fillna("").tolist()
    joined, sizes = "\n".join(texts), np.array([len(text) + 1 for text in texts], dtype=np.int64)
    behind = (np.cumsum(sizes) - sizes)[rows] - place(rows, 0)  # from a place to one in the joined texts

    start, end, owner = _cut(first, last, starts, ends)
    within = _within(start, starts, ends)
    voice, quote = (np.append(values, other)[within] for values, other in ((voices, _OWN), (quoted, _NOBODY)))
    parted = np.flatnonzero(np.bincount(owner, minlength=len(first))[owner] > 1)
    worded = np.ones(len(start), dtype=bool)
    shift = behind[owner[parted]]
    worded[parted] = _find_worded(joined, start[parted] + shift, end[parted] + shift)
    is_worded_sentence = np.zeros(len(first), dtype=bool)
    is_worded_sentence[owner[worded]] = True
    kept = np.flatnonzero(worded | (~is_worded_sentence[owner] & changes(owner)))
    own = voice[kept] == _OWN
    kept = kept[changes(owner[kept]) | ~own | ~np.append(False, own[:-1])]

    start, owner = start[kept], owner[kept]
    opens = changes(owner)
    start = np.where(opens, first[owner], start)
    end = np.where(np.append(opens[1:], True), last[owner], np.append(start[1:], 0))
    text = _slice(joined, start + behind[owner], end + behind[owner])
    spans = sentences.take(owner).reset_index(drop=True)
    row_of, origin = articles["row"].to_numpy()[spans["row"]], place(spans["row"].to_numpy(), 0)
    return spans.assign(
        row=row_of, start=start - origin, end=end - origin, text=text, voice=voice[kept], quote=quote[kept]
    )


def _find_worded(text: str, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Whether a letter or digit stands between each start and end; for most, a plain one soon after the start."""
    plain = np.frombuffer(text.encode("latin-1", "replace").translate(_PLAIN), dtype=bool)
    worded = np.zeros(len(starts), dtype=bool)
    for at in (starts + more for more in range(_SOON)):
        worded |= (at < ends) & plain[np.minimum(at, len(plain) - 1)]
    rest = np.flatnonzero(~worded)
    places = zip(starts[rest].tolist(), ends[rest].tolist(), strict=True)
    worded[rest] = [_WORDED(text, *edges) is not None for edges in places]
    return worded


def _slice(text: str, starts: np.ndarray, ends: np.ndarray) -> pd.api.extensions.ExtensionArray:
    """The parts of a text, in order and apart, as strings: cut by Arrow, in bytes."""
    try:
        data = text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return pd.array([text[first:last] for first, last in zip(starts.tolist(), ends.tolist(), strict=True)], "str")
    edges = np.stack((starts, ends), axis=1).ravel()
    if len(data) > len(text):
        codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
        wide = np.flatnonzero(codes >= 0x80)
        more = 1 + (codes[wide] >= 0x800).astype(np.int64) + (codes[wide] >= 0x10000)
        edges = edges + np.append(0, np.cumsum(more))[np.searchsorted(wide, edges)]
    # Arrow strings lie side by side, so what stands between two parts is one too, and then left out.
    pieces = pa.LargeStringArray.from_buffers(max(len(edges) - 1, 0), pa.py_buffer(edges), pa.py_buffer(data))
    return pd.array(pieces.take(pa.array(np.arange(0, len(edges), 2))), dtype="str")


def _find_stretches(quotes: pd.DataFrame, articles: pd.Index) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Start, end, voice and row of the stretches that are not the articles' own, in order, never overlapping.

    What stands in marks is quoted; a reported clause, and the rest of a clause that is quoted in part, is reported up
    to the marks. Of clauses within one another the outermost counts: in `Kim said that Putin hoped …` it is Kim's; but
    in `Putin said …, Russian media reported` it is Putin's, for those who only pass it on come last.
    """
    article = articles.get_indexer(quotes["article"])
    quotes, article = quotes[article >= 0], article[article >= 0]
    columns = ("start", "end", "content_start", "content_end")
    start, end, first, last = (place(article, 0) + quotes[column].to_numpy(dtype=np.int64) for column in columns)
    direct, mixed, reported = ((quotes["kind"] == kind).to_numpy() for kind in ("direct", "mixed", "reported"))
    row, relayed = quotes["row"].to_numpy(), quotes["verb"].isin(RELAYS).to_numpy()

    order = np.lexsort((end, start))
    order = order[~reported[order]]
    starts, ends, rows = _part(start[order], end[order], row[order])
    voices = np.full(len(starts), _QUOTE, dtype=np.int8)
    # The content of a direct quotation runs over the speaker named in its middle, who is no part of it.
    content = place(pd.factorize(first)[0], pd.factorize(last)[0])
    clauses = reported | (mixed & ~np.isin(content, content[direct]))
    order = np.lexsort((-last, first))
    for is_clause in (clauses & ~relayed, clauses & relayed):
        these = order[is_clause[order]]
        firsts, lasts, of = _part(first[these], last[these], row[these])
        firsts, lasts, owner = _cut(firsts, lasts, starts, ends)
        free = _within(firsts, starts, ends) < 0
        starts, ends = np.append(starts, firsts[free]), np.append(ends, lasts[free])
        rows = np.append(rows, of[owner[free]])
        voices = np.append(voices, np.full(len(starts) - len(voices), _REPORTED, dtype=np.int8))
        sort = np.argsort(starts, kind="stable")
        starts, ends, voices, rows = starts[sort], ends[sort], voices[sort], rows[sort]
    return starts, ends, voices, rows


def _part(starts: np.ndarray, ends: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Stretches in order, each without what one before it has."""
    done = np.maximum.accumulate(np.append(0, ends))[:-1]
    starts = np.maximum(starts, done)
    left = starts < ends
    return starts[left], ends[left], rows[left]


def _cut(
    firsts: np.ndarray, lasts: np.ndarray, starts: np.ndarray, ends: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The pieces of stretches that are cut wherever another begins or ends: start, end and which stretch it is of."""
    edges = np.sort(np.concatenate([firsts, starts, ends]))
    edges = edges[changes(edges)]
    owner = _within(edges, firsts, lasts)
    inside = owner >= 0
    stops = np.append(edges[1:], 0)[inside]
    edges, owner = edges[inside], owner[inside]
    return edges, np.where(stops > edges, np.minimum(stops, lasts[owner]), lasts[owner]), owner


def _within(places: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Which stretch each place is in; -1 for none."""
    before = np.searchsorted(starts, places, side="right") - 1
    return np.where(np.append(ends, -1)[before] > places, before, -1)
