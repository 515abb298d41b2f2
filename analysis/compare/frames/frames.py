"""Framing dimensions: how many sentences carry each frame, told from lists of words or from labelled rows."""

import numbers
from collections.abc import Mapping
from pathlib import Path
from zlib import crc32

import numpy as np
import pandas as pd

from ...corpus.events.of_article import number_events, set_apart
from ...corpus.tokens import count_words
from ...tables import InputError, need, sentence_keys
from ..uncertainty import MIN_ARTICLES, bootstrap
from .frame_classifier import FrameModel, predict_frames
from .frame_words import OWN_FRAMES, find_frame_words, read_frame_words

FRAMES = (
    "outlet", "voice", "frame", "n", "rate", "low", "high", "total", "per", "articles", "unit",
    "f1", "macro_f1", "macro_f1_low", "macro_f1_high",
)  # fmt: skip
_PER = ("sentence", "article")
_TYPES = {name: "str" for name in ("outlet", "voice", "frame", "per", "unit")} | {
    name: np.int64 for name in ("n", "total", "articles")
}


def score_frames(
    spans: pd.DataFrame, *, frames: str | Path | Mapping | FrameModel, per: str = "sentence", seed: int = 0
) -> pd.DataFrame:
    """Which frames do each outlet's own, reported and quoted words carry, and how often?

    `frames` is one of three. A TOML file or a dict lists words: a table of each frame with `words = ["cost*", "stock
    market"]`, where a * at the end of a word stands for any ending and capitals do not count; a sentence carries a
    frame if it holds one of its words, and may carry several. A list says what is mentioned, not how it is framed, and
    its accuracy is not measured. `"exploratory"` is such a list that comes with the package: the 14 dimensions of the
    Policy Frames Codebook (Boydstun and others 2014), with words chosen by hand; look at the sentences behind it. A
    model of `learn_frames` gives each sentence one frame, and carries its cross-validated accuracy: that of rows like
    the labelled ones. If those are as long as a lead or an article, `per="article"` asks for the frame of what each
    article says in each voice. A column `headline` of the spans is read as that of the labelled rows.

    Rates are of what was found: what the method misses or adds is in none of the intervals, and a difference of two
    outlets may be one of its errors. One row for each outlet, voice and frame, even where n is 0, sorted by these.
    `attrs["words"]`: the median words of what was counted and of the labelled rows.

    Columns:
        outlet: the group
        voice: own, reported or quote
        frame: by name
        n: sentences, or articles, that carry it
        rate: n as a share, 0 to 1, of `total`
        low: lower end of the rate's 95 % interval; NA with fewer than two units
        high: upper end; NA likewise
        total: the outlet's sentences, or articles, with words in that voice
        per: what was counted: sentence or article
        articles: of the outlet, with words in that voice
        unit: what was resampled: event, article, or the sentence of a single article, which says nothing of the outlet
        f1: of the frame, 0 to 1; NA where the accuracy is not measured
        macro_f1: mean of the frames, 0 to 1; NA likewise
        macro_f1_low: lower end of its 95 % interval; NA likewise
        macro_f1_high: upper end; NA likewise

    Raises:
        InputError: if a column is missing or the frames can't be used

    Source: intervals as in `summarise`, of the ratio

    Example:
        >>> spans = pd.DataFrame({"outlet": "A", "voice": "own", "article": ["1", "1", "2"], "sentence": [1, 2, 1],
        ...     "text": ["Costs rose.", "It rained.", "The cost of a trial."]})
        >>> frames = {"economic": ["cost*"], "law": ["trial"]}
        >>> score_frames(spans, frames=frames)[["outlet", "voice", "frame", "n", "rate"]]
          outlet voice     frame  n      rate
        0      A   own  economic  2  0.666667
        1      A   own       law  1  0.333333
    """
    need(spans, "article", "outlet", "sentence", "voice", "text", verb="score_frames")
    if per not in _PER:
        raise InputError(f"per is {per!r}, but must be 'sentence' or 'article': what carries a frame")
    if not isinstance(seed, numbers.Integral) or seed < 0:
        raise InputError(f"seed is {seed!r}, but must be a whole number from 0 on")
    words = None if isinstance(frames, FrameModel) else _read_words(frames)
    names = list(frames.frames if words is None else words)
    # Half a surrogate pair is no character, and no Arrow string can hold it.
    texts = [str(text).encode("utf-8", "replace").decode("utf-8") for text in spans["text"].fillna("")]
    units, rows = _gather(spans, per)
    sizes = np.bincount(rows, weights=count_words(pd.Series(texts, dtype="str")), minlength=len(units))
    worded = sizes > 0
    if words is None:
        carried = predict_frames(frames, units.assign(text=_join(spans, texts, rows)))
    else:
        carried = np.zeros((len(units), len(names)), dtype=bool)
        row, column = np.nonzero(find_frame_words(texts, words))
        carried[rows[row], column] = True
    table = _count(units[worded].reset_index(drop=True), carried[worded], names, per, seed)
    table = pd.DataFrame(table, columns=[*FRAMES[:11]]).merge(_accuracy(frames, names), on="frame", how="left")
    table = table.astype({name: _TYPES.get(name, float) for name in FRAMES})
    counted = {"counted": float(np.median(sizes[worded]))} if worded.any() else {}
    table.attrs["words"] = counted | ({"labelled": frames.words} if words is None else {})
    return table.sort_values(["outlet", "voice", "frame"], kind="stable", ignore_index=True)


def _read_words(frames: object) -> dict:
    if not isinstance(frames, str | Path | Mapping):
        raise InputError(
            "frames must be a TOML file, a dict of words, 'exploratory', or a model of learn_frames, but is a "
            f"{type(frames).__name__}"
        )
    return read_frame_words(OWN_FRAMES if isinstance(frames, str) and frames == "exploratory" else frames)


def _gather(spans: pd.DataFrame, per: str) -> tuple[pd.DataFrame, np.ndarray]:
    """What is counted (the sentences or articles of each voice), sorted, and which of them each row is part of."""
    keys = ["outlet", "voice", *(sentence_keys(spans) if per == "sentence" else ["article"])]
    rows = spans.groupby(keys, sort=True, dropna=False, observed=True).ngroup().to_numpy()
    optional = [name for name in ("event", "headline") if name in spans.columns]
    _, first = np.unique(rows, return_index=True)
    return spans.iloc[first][["outlet", "voice", "article", *optional]].reset_index(drop=True), rows


def _join(spans: pd.DataFrame, texts: list[str], rows: np.ndarray) -> list[str]:
    """The text of each of what is counted: its rows in the order of their places, whatever that of the table."""
    places = [name for name in ("sentence", "start") if name in spans.columns]
    in_order = spans[places].assign(_unit=rows, _text=texts).sort_values(["_unit", *places, "_text"], kind="stable")
    return in_order.groupby("_unit")["_text"].agg(" ".join).tolist()


def _count(units: pd.DataFrame, carried: np.ndarray, names: list[str], per: str, seed: int) -> list[tuple]:
    rows = []
    article = units["article"].astype("str")
    clusters = pd.Series(set_apart(number_events(units)[0], articles=article), index=units.index)
    for (outlet, voice), part in units.groupby(["outlet", "voice"], sort=True, dropna=False, observed=True):
        place = part.index.to_numpy()
        articles, events = article[place].nunique(), clusters[place].nunique()
        if articles == 1:
            unit, groups = "sentence" if per == "sentence" else "article", None
        elif MIN_ARTICLES <= events < articles:
            unit, groups = "event", clusters[place].to_numpy()
        else:
            unit, groups = "article", article[place].to_numpy(dtype=object)
        groups = None if groups is None else pd.factorize(groups, sort=True)[0]
        # The same resamples for all frames, so that a group's intervals don't depend on what else is asked for.
        seeds = [int(seed), crc32(f"{outlet}\x1f{voice}".encode(errors="surrogatepass"))]
        for column, frame in enumerate(names):
            values = carried[place, column].astype(float)
            low, high = bootstrap(values, clusters=groups, seed=seeds)
            n = int(values.sum())
            rows.append((outlet, voice, frame, n, n / len(values), low, high, len(values), per, articles, unit))
    return rows


def _accuracy(frames: object, names: list[str]) -> pd.DataFrame:
    """What is known of how often each frame is right: nothing of a list of words."""
    table = pd.DataFrame({"frame": names}).astype("str").assign(**dict.fromkeys(FRAMES[11:], np.nan))
    if isinstance(frames, FrameModel):
        learnt = frames.accuracy[frames.accuracy["classifier"] == "learnt"]
        of_frame = learnt[learnt["measure"] == "f1"].set_index("frame")["value"]
        table["f1"] = table["frame"].map(of_frame)
        whole = learnt[learnt["measure"] == "macro_f1"].iloc[0]
        table["macro_f1"], table["macro_f1_low"], table["macro_f1_high"] = whole[["value", "low", "high"]]
    return table
