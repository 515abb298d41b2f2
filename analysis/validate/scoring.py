"""Compare what was found with what people labelled, and count per article what is right.

A figure is a ratio of two sums over articles. Each measure is a table of counts, one row per article, with the columns
right, of (what `right` is a share of) and n (how many were judged): whoever resamples articles has all that is needed.
"""

import re

import numpy as np
import pandas as pd

from ..voices.voices import VOICES

# The share of the characters of both spans together that both must have: loosely the same, and nearly the same.
OVERLAPS = (0.3, 0.8)
PRONOUNS = frozenset("i you he she it we they him her them who that this those these one some others".split())
# What makes two articles a pair, as the list of pairs has it.
RUN, MOST_ARTICLES, LEAST_RUNS = 8, 6, 20

_WORD = re.compile(r"\w+(?:['’.,]\w+)*")
_GOLD_WORD = re.compile(r"[a-z0-9']+")

Counts = dict[str, np.ndarray]


def select_attributions(quotes: pd.DataFrame) -> pd.DataFrame:
    """The rows of `find_quotes` that are attributions, with `start` and `end` of their content.

    A quotation whose marked stretches share one content is one attribution; a word held at a distance is none.
    """
    quotes = quotes[(quotes["kind"] != "scare") | quotes["speaker"].notna()]
    quotes = quotes.drop_duplicates(["article", "content_start", "content_end"])
    return quotes.assign(start=quotes["content_start"], end=quotes["content_end"]).reset_index(drop=True)


def match_spans(found: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """Which span found is which labelled one? One to one within an article, those that overlap best first.

    `overlap` is the share of the characters of both together that both have, `OVERLAPS[0]` or more. Columns: article,
    found and gold (positions of the rows in the two tables), overlap.
    """
    rows_of = found.groupby("article", sort=False).indices
    starts, ends = found["start"].to_numpy(), found["end"].to_numpy()
    candidates = []
    for truth, (article, start, end) in enumerate(zip(gold["article"], gold["start"], gold["end"], strict=True)):
        rows = rows_of.get(article, np.zeros(0, dtype=np.int64))
        shared = np.minimum(ends[rows], end) - np.maximum(starts[rows], start)
        overlaps = shared / (np.maximum(ends[rows], end) - np.minimum(starts[rows], start))
        for at in np.flatnonzero(overlaps >= OVERLAPS[0]):
            candidates.append((-overlaps[at], truth, rows[at], article))
    pairs, taken_truths, taken_rows = [], set(), set()
    for overlap, truth, row, article in sorted(candidates):
        if truth not in taken_truths and row not in taken_rows:
            pairs.append((article, row, truth, -overlap))
            taken_truths.add(truth)
            taken_rows.add(row)
    table = pd.DataFrame(pairs, columns=["article", "found", "gold", "overlap"])
    return table.astype({"found": "int64", "gold": "int64", "overlap": "float64"})


def score_spans(found: pd.DataFrame, gold: pd.DataFrame, pairs: pd.DataFrame, articles: pd.Index) -> Counts:
    """Precision, recall and F1 of the spans, at each of `OVERLAPS`."""
    given, wanted = (_per_article(table["article"], articles) for table in (found, gold))
    counts = {}
    for least in OVERLAPS:
        hits = _per_article(pairs.loc[pairs["overlap"] >= least, "article"], articles)
        counts[f"f1_at_{least}"] = np.stack([2 * hits, given + wanted, wanted], axis=1)
        counts[f"precision_at_{least}"] = np.stack([hits, given, given], axis=1)
        counts[f"recall_at_{least}"] = np.stack([hits, wanted, wanted], axis=1)
    return counts


def score_speakers(found: pd.DataFrame, gold: pd.DataFrame, pairs: pd.DataFrame, articles: pd.Index) -> Counts:
    """How often does the speaker found touch the labelled source? Attributions without a source are left out.

    `speaker` is of the matched, `speaker_named` and `speaker_pronoun` of two parts of them, `speaker_end_to_end` of all
    that are labelled: one that was not found has no right speaker.
    """
    sources = gold["source"].iloc[pairs["gold"]].tolist()
    pronoun = gold["source_text"].iloc[pairs["gold"]].str.strip().str.lower().isin(PRONOUNS).to_numpy()
    speakers = found[["speaker_start", "speaker_end"]].iloc[pairs["found"]].astype("float64").to_numpy()
    # A comparison with a missing speaker is false.
    touches = [
        any(a < end and start < b for start, end in spans) for (a, b), spans in zip(speakers, sources, strict=True)
    ]
    known = np.array([len(spans) > 0 for spans in sources], dtype=bool)
    right = np.array(touches, dtype=bool) & known
    labelled = _per_article(
        gold.loc[np.array([len(spans) > 0 for spans in gold["source"]], dtype=bool), "article"], articles
    )
    counts = {}
    for measure, chosen in (
        ("speaker", known),
        ("speaker_named", known & ~pronoun),
        ("speaker_pronoun", known & pronoun),
    ):
        judged = _per_article(pairs.loc[chosen, "article"], articles)
        counts[measure] = np.stack(
            [_per_article(pairs.loc[chosen & right, "article"], articles), judged, judged], axis=1
        )
    counts["speaker_end_to_end"] = np.stack([counts["speaker"][:, 0], labelled, labelled], axis=1)
    return counts


def score_voices(articles: pd.DataFrame, spans: pd.DataFrame, gold: pd.DataFrame) -> Counts:
    """Precision and recall of each voice, word by word, and what of own and of reported is somebody else's.

    A word is truly quoted if it lies in a labelled content and between marks, reported if in one without marks, else
    own. Words in no sentence (artefacts) are left out. `own_attributed`: words called own that are in a content;
    `reported_own`: words called reported that are in none; `right_outside_marks`: of the words that are truly own or
    reported and called one of these, those called the right one.
    """
    words = np.zeros((len(articles), len(VOICES), len(VOICES)), dtype=np.int64)  # labelled × found
    contents, found = dict(list(gold.groupby("article"))), dict(list(spans.groupby("article")))
    for row, (article, text) in enumerate(zip(articles["article"], articles["text"], strict=True)):
        truth, voice = np.zeros(len(text), dtype=np.int64), np.full(len(text), -1)
        inside = _find_marked(text)
        for content in contents[article]["content"] if article in contents else ():
            for start, end in content:
                truth[start:end] = np.where(inside[start:end], 2, 1)
        for span in found[article].itertuples() if article in found else ():
            voice[span.start : span.end] = VOICES.index(span.voice)
        firsts = np.array([match.start() for match in _WORD.finditer(text)], dtype=np.int64)
        firsts = firsts[voice[firsts] >= 0]
        np.add.at(words[row], (truth[firsts], voice[firsts]), 1)

    def share(right: np.ndarray, of: np.ndarray) -> np.ndarray:
        return np.stack([right, of, of], axis=1)

    counts = {}
    for number, name in enumerate(VOICES):
        counts[f"{name}_precision"] = share(words[:, number, number], words[:, :, number].sum(axis=1))
        counts[f"{name}_recall"] = share(words[:, number, number], words[:, number, :].sum(axis=1))
    counts["own_attributed"] = share(words[:, 1:, 0].sum(axis=1), words[:, :, 0].sum(axis=1))
    counts["reported_own"] = share(words[:, 0, 1], words[:, :, 1].sum(axis=1))
    counts["right_outside_marks"] = share(words[:, 0, 0] + words[:, 1, 1], words[:, :2, :2].sum(axis=(1, 2)))
    return counts


def find_pairs(passages: pd.DataFrame, *, gold_words: bool) -> set[tuple[str, str]]:
    """Pairs of articles of different outlets whose shared passages of few articles hold enough distinct runs.

    With `gold_words` the runs are counted in the list's words, which has none for curly apostrophes and accents, and
    two for `U.S.`; else in ours, and texts set with curly and with straight apostrophes share more than in the list.
    """
    rare = passages[passages["articles"] <= MOST_ARTICLES]
    rare = rare[["passage", "article", "outlet", "words", "text"]]
    if gold_words:
        rare["run"] = [_runs_of(text) for text in rare["text"]]
        rare = rare.explode("run").dropna(subset="run").drop_duplicates(["passage", "article", "run"]).assign(n=1)
    else:
        rare = rare.drop_duplicates(["passage", "article"]).assign(run=0, n=lambda table: table["words"] - RUN + 1)
    rare = rare[["passage", "run", "article", "outlet", "n"]]
    pairs = rare.merge(rare, on=["passage", "run"], suffixes=("", "_b"))
    pairs = pairs[(pairs["article"] < pairs["article_b"]) & (pairs["outlet"] != pairs["outlet_b"])]
    if gold_words:
        pairs = pairs.drop_duplicates(["run", "article", "article_b"])
    runs = pairs["n"].groupby([pairs["article"], pairs["article_b"]]).sum()
    return set(runs[np.asarray(runs >= LEAST_RUNS)].index)


def score_pairs(found: set[tuple[str, str]], gold: set[tuple[str, str]], articles: pd.Index) -> Counts:
    """Precision and recall of pairs of articles; a pair counts half for each of its two."""

    def halves(pairs: set[tuple[str, str]]) -> np.ndarray:
        return _per_article(pd.Series([article for pair in sorted(pairs) for article in pair]), articles) / 2

    right, given, wanted = halves(found & gold), halves(found), halves(gold)
    return {
        "precision": np.stack([right, given, given], axis=1),
        "recall": np.stack([right, wanted, wanted], axis=1),
    }


def _per_article(names: pd.Series, articles: pd.Index) -> np.ndarray:
    return np.bincount(articles.get_indexer(names), minlength=len(articles))


def _runs_of(text: str) -> list[str]:
    words = _GOLD_WORD.findall(text.lower())
    return [" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]


def _find_marked(text: str) -> np.ndarray:
    """Which characters stand between double quotation marks, line by line, by plain alternation."""
    inside, done = np.zeros(len(text), dtype=bool), 0
    for line in text.splitlines(keepends=True):
        opened = None
        for match in re.finditer("[\"“”]|''", line):
            if opened is None:
                opened = match.start() if match.group() != "”" else None
            elif match.group() != "“":
                inside[done + opened : done + match.end()] = True
                opened = None
        if opened is not None:
            inside[done + opened : done + len(line)] = True
        done += len(line)
    return inside
