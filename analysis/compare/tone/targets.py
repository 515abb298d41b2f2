"""In what tone is somebody spoken of? A score for each mention, a sum for each outlet, with the model's own doubt."""

import numbers
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
import pandas as pd

from ...corpus.parallel import map_blocks
from ...tables import InputError, need
from ..uncertainty import RESAMPLES, percentile_interval
from ..vader.rules import score_vader
from .sentiment import check_model, load_model
from .target_mentions import find_targets

CLASSES = ("negative", "neutral", "positive")
COMPARED = ("event", "entity", "outlet", "voice", "n", "articles", "balance", "low", "high", "unit")
# VADER's own bounds between its classes.
_VADER_NEUTRAL = 0.05
_PREFERRED = ("name", "role", "pronoun")
# Probabilities that add up to 1 but for rounding.
_ROUNDING = 1e-3
# Drawn values held at once.
_BATCH = 2_000_000
# Rows whose groups are drawn together, about half a second of work; workers take as long to start as ten times as many.
_BLOCK, _ENOUGH = 20_000, 10
_FEW = 8  # from here on numpy adds in another order than one by one
_UNITS = ("article", "sentence")

Model = Callable[[list[str], list[int], list[int]], np.ndarray]


def score_targets(mentions: pd.DataFrame, *, model: str | Model = "tone") -> pd.DataFrame:
    """Is the sentence good or bad news about the one whom it mentions?

    Not the mood of the sentence (target-dependent, or aspect, sentiment): in "Police praised Smith for stopping the
    murderer" Smith does well and the murderer badly. A score is a guess about one sentence, often wrong; see
    `describe_accuracy`. It says what is told about somebody, not what the outlet thinks.

    `model` is "tone" (the encoder that comes with the package), "linear" (words around the mention), "vader" (the
    valence of all words, whatever the target: it cannot tell the two apart), or a function of three lists, texts,
    starts and ends, that returns three probabilities for each. The same mention of the same text is scored once.
    `mentions` needs `text`, `target_start` and `target_end`, in code points of that text.

    Columns:
        those of `mentions`: the same rows in the same order
        negative: probability, 0 to 1; for "vader" 1 for the class of the compound, by its bounds of ±.05
        neutral: likewise
        positive: likewise; the three sum to 1
        score: positive less negative, −1 to 1; for "vader" the compound

    Raises:
        InputError: if a column is missing, a target does not lie within its text, or the model is not known or returns
            something else

    Example:
        >>> mentions = pd.DataFrame({"text": ["A good deal for Kim."], "target_start": [16], "target_end": [19]})
        >>> score_targets(mentions, model="vader")[["negative", "neutral", "positive", "score"]]
           negative  neutral  positive   score
        0       0.0      0.0       1.0  0.4404
    """
    need(mentions, "text", "target_start", "target_end", verb="score_targets")
    check_model(model, "a function of texts, starts and ends")
    texts, starts, ends = _read_mentions(mentions)
    # Each once, in an order that does not hang on that of the rows.
    keys = pd.MultiIndex.from_arrays([texts, starts, ends])
    codes, distinct = keys.factorize(sort=True)
    columns = [distinct.get_level_values(level).tolist() for level in range(3)]
    scores = np.zeros(0)
    if not len(distinct):
        probabilities = np.zeros((0, 3))
    elif model == "vader":
        scores = score_vader(columns[0])
        classes = (scores > -_VADER_NEUTRAL).astype(int) + (scores >= _VADER_NEUTRAL)
        probabilities = np.eye(3)[classes]
    else:
        probabilities = _check(
            (model if callable(model) else load_model(model).score_mentions)(*columns), len(distinct)
        )
    if model != "vader":
        scores = probabilities[:, 2] - probabilities[:, 0]
    values = {name: probabilities[codes, place] for place, name in enumerate(CLASSES)}
    return mentions.assign(**values, score=scores[codes])


def compare_targets(
    articles: pd.DataFrame,
    *,
    entities: Iterable[str] | Mapping[str, Sequence[str]] | None = None,
    model: str | Model = "tone",
    spans: pd.DataFrame | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """How does each outlet speak of whom, in its own words and in those of others?

    The three steps in one: `find_targets(articles, entities=…, spans=…)`, `score_targets(…, model=…)` and
    `summarise_targets(…, seed=…)`, which tells what the numbers mean. Where the mentions are wanted too, as for the
    sentences behind a figure, take the steps one by one.

    Columns:
        those of `summarise_targets`: one row for each event, entity, outlet and voice

    Raises:
        InputError: where one of the three does

    Example:
        >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["A"], "event": ["1"],
        ...     "text": ['Kim Jong Un is a great man. "Kim is a liar," said Joe Smith. "A good man," he added.']})
        >>> compare_targets(articles, entities=["Kim Jong Un"], model="vader").round(2)
          event       entity outlet  voice  n  articles  balance   low  high      unit
        0     1  Kim Jong Un      A    own  1         1     0.62   NaN   NaN  sentence
        1     1  Kim Jong Un      A  quote  1         1    -0.51   NaN   NaN  sentence
        2     1  Kim Jong Un      A    all  2         1     0.11 -1.02  1.25  sentence
    """
    need(articles, "article", "outlet", "event", "text", verb="compare_targets")
    found = find_targets(articles, entities=entities, spans=spans)
    return summarise_targets(score_targets(found, model=model), seed=seed)


def summarise_targets(scored: pd.DataFrame, *, within: bool = True, seed: int = 0) -> pd.DataFrame:
    """How good or bad is what each outlet says about an entity, summed over its sentences?

    `balance` is the sum of the scores of an article's sentences, as the mean over the outlet's articles on the event
    that mention the entity: how many more of its sentences are positive about it than negative. It has no bounds: an
    article that says ten bad things is further down than one that says one. A sum because on news with known slant
    (SEESAW) how often an outlet says something negative told its order better than how negative it is on average; an
    article's length is therefore part of it. A sentence counts once for an entity in each voice, and once under `all`,
    with its first mention by name (else by role, else by pronoun). So the voices need not add up to `all` where one
    sentence has two.

    `low` to `high` is a 95 % interval (a bootstrap) that holds two doubts: which articles there happen to be, and what
    the model got wrong. Each of 2,000 replicates draws articles again, and the class of every sentence from its
    probabilities. With a single article its sentences are drawn, and `unit` says "sentence": that interval lies within
    one article and says nothing of the outlet; `within=False` leaves it out. Two outlets' intervals are no test of
    their difference, and with one article each no difference can be called at all.

    `scored` are rows of `score_targets(find_targets(…))`. Sorted by event, entity, outlet and voice, the voices in the
    order below. The same seed gives a group the same interval, whatever else is in the table.

    Columns:
        event: of the articles; missing where they have none
        entity: who is mentioned
        outlet: who mentions it
        voice: own, reported, quote, or all
        n: sentences
        articles: that mention the entity in any voice
        balance: sentences an article, any number; above 0: more positive ones
        low: lower end of its 95 % interval; NA with fewer than two units
        high: upper end; NA likewise
        unit: what was drawn: article or sentence

    Raises:
        InputError: if a column is missing, or the seed is no whole number from 0 on

    Source: the interval as in `summarise`

    Example:
        >>> scored = pd.DataFrame({"article": "a", "outlet": "A", "event": "1", "sentence": [1, 2], "start": [0, 30],
        ...     "entity": "Putin", "mention": "name", "voice": ["own", "quote"], "negative": [0.8, 0.1],
        ...     "neutral": 0.2, "positive": [0.0, 0.7], "score": [-0.8, 0.6]})
        >>> summarise_targets(scored)[["entity", "outlet", "voice", "n", "balance", "unit"]].round(2)
          entity outlet  voice  n  balance      unit
        0  Putin      A    own  1     -0.8  sentence
        1  Putin      A  quote  1      0.6  sentence
        2  Putin      A    all  2     -0.2  sentence
    """
    need(
        scored, "article", "outlet", "event", "sentence", "start", "entity", "mention", "voice", *CLASSES, "score",
        verb="summarise_targets",
    )  # fmt: skip
    if not isinstance(seed, numbers.Integral) or seed < 0:
        raise InputError(f"seed is {seed!r}, but must be a whole number from 0 on")
    scored = scored[scored["score"].notna()]
    in_voices, once = keep_clearest(scored, "voice"), keep_clearest(scored).assign(voice="all")
    rows = pd.concat([in_voices, once], ignore_index=True)
    voices = ["own", "reported", "quote"]
    voices += [*sorted(set(rows["voice"].dropna()) - {*voices, "all"}), "all"]
    rows["_voice"] = rows["voice"].map({voice: place for place, voice in enumerate(voices)})
    by = ["event", "entity", "outlet"]
    of_entity = rows.groupby(by, sort=True, dropna=False, observed=True)
    rows["_articles"] = of_entity["article"].transform("nunique")
    # A row at a time pandas would take longer than all that is drawn.
    group = rows.groupby([*by, "_voice"], sort=True, dropna=False, observed=True).ngroup().to_numpy()
    rows = rows.take(np.argsort(group, kind="stable"))
    edges = np.append(np.flatnonzero(np.diff(np.sort(group), prepend=-1)), len(rows))
    heads = rows.iloc[edges[:-1]]
    names = list(heads[by].astype("str").itertuples(index=False, name=None))
    voiced = [voices[place] for place in heads["_voice"].tolist()]
    counts, scores = heads["_articles"].tolist(), rows["score"].to_numpy()
    seeds = [
        [seed, crc32("\x1f".join(map(str, (*name, voice))).encode())] if within or count > 1 else None
        for name, voice, count in zip(names, voiced, counts, strict=True)
    ]
    columns = (scores, *(rows[name].to_numpy() for name in CLASSES[::2]), pd.factorize(rows["article"])[0])
    intervals = _find_intervals(columns, edges, counts, seeds)
    table = [
        (*name, voice, last - first, count, float(scores[first:last].sum()) / count, *interval, _UNITS[count == 1])
        for name, voice, count, first, last, interval in zip(
            names, voiced, counts, edges[:-1].tolist(), edges[1:].tolist(), intervals, strict=True
        )
    ]
    summary = pd.DataFrame.from_records(table, columns=list(COMPARED))
    kinds = dict.fromkeys(("n", "articles"), np.int64) | dict.fromkeys(("balance", "low", "high"), float)
    return summary.astype(kinds | dict.fromkeys((*by, "voice", "unit"), "str"))


def keep_clearest(scored: pd.DataFrame, *keys: str) -> pd.DataFrame:
    """Each sentence once for each entity (and value of `keys`), with its clearest mention, the first of several."""
    rank = scored["mention"].map({kind: place for place, kind in enumerate(_PREFERRED)}).fillna(len(_PREFERRED))
    ordered = scored.assign(_rank=rank).sort_values(["article", "sentence", "_rank", "start"], kind="stable")
    return ordered.drop_duplicates(["article", "sentence", "entity", *keys]).drop(columns="_rank")


def _find_intervals(
    columns: tuple[np.ndarray, ...], edges: np.ndarray, counts: list[int], seeds: list[list[int]]
) -> Iterator[tuple[float, float]]:
    """The interval of each group of rows, from one edge to the next: in blocks of about as many rows, on all cores."""
    block_of = edges[:-1] // _BLOCK
    starts = np.flatnonzero(np.diff(block_of, prepend=-1)).tolist()
    blocks = [
        (
            tuple(column[edges[first] : edges[last]] for column in columns),
            (edges[first : last + 1] - edges[first]).tolist(),
            counts[first:last],
            seeds[first:last],
        )
        for first, last in pairwise([*starts, len(counts)])
    ]
    for block in map_blocks(_intervals, blocks, enough=len(blocks) > _ENOUGH):
        yield from block


def _intervals(
    columns: tuple[np.ndarray, ...], edges: list[int], counts: list[int], seeds: list[list[int]]
) -> list[tuple[float, float]]:
    groups = (tuple(column[first:last] for column in columns) for first, last in pairwise(edges))
    return [_interval(*group) for group in zip(groups, counts, seeds, strict=True)]


def _interval(columns: tuple[np.ndarray, ...], articles: int, seeds: list[int] | None) -> tuple[float, float]:
    """The interval of the sum over sentences per article, from sentences in the order of articles and text."""
    scores, negative, positive, article = columns
    units = len(scores) if articles == 1 else articles
    if units < 2 or seeds is None:
        return np.nan, np.nan
    draw, resampled = np.random.default_rng(seeds), []
    firsts = np.flatnonzero(np.diff(article, prepend=-1))
    around = scores - (positive - negative)  # VADER's compound is not the mean of its classes
    certain = not ((negative % 1).any() or (positive % 1).any())  # as VADER's are: the same in every replicate
    for first in range(0, RESAMPLES, step := max(1, _BATCH // max(len(scores), units))):
        size = min(step, RESAMPLES - first)
        chance = draw.random((size, len(scores)))
        if certain:
            drawn = (around + positive - negative)[np.newaxis]
        else:
            drawn = around + (chance > 1 - positive) - (chance < negative)
        if articles > 1:  # one that does not mention the entity in this voice adds nothing to it
            drawn = np.pad(np.add.reduceat(drawn, firsts, axis=1), ((0, 0), (0, articles - len(firsts))))
        # Classes of any replicate: a unit that is drawn twice in one has its doubt twice, not the same doubt doubled.
        replicate, unit = draw.integers(0, size, (size, units)), draw.integers(0, units, (size, units))
        chosen = drawn[0].take(unit) if certain else drawn.take(replicate * units + unit)
        # Along rows of two or three numpy is slower than all of the rest.
        resampled.append((sum(chosen.T) if units < _FEW else chosen.sum(axis=1)) / articles)
    return percentile_interval(np.concatenate(resampled), units)


def _read_mentions(mentions: pd.DataFrame) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Texts, starts and ends; or an error that names the first row in which they do not fit."""
    texts, places = mentions["text"].tolist(), []
    for name in ("target_start", "target_end"):
        column = mentions[name]
        if len(column) and not pd.api.types.is_numeric_dtype(column):
            raise InputError(f"score_targets needs whole numbers in the column '{name}', but it holds {column.dtype}")
        places.append(column.to_numpy(dtype=float, na_value=np.nan))
    for row, (text, start, end) in enumerate(zip(texts, *places, strict=True)):
        if not isinstance(text, str):
            raise InputError(f"score_targets needs a text in every row; row {row} has none")
        if not (0 <= start < end <= len(text)) or start % 1 or end % 1:
            raise InputError(
                f"score_targets needs a target within its text; in row {row} it is {start:g} to {end:g} "
                f"of {len(text)} characters"
            )
    return texts, *(place.astype(np.int64) for place in places)


def _check(probabilities: np.ndarray, rows: int) -> np.ndarray:
    """The probabilities as numbers, or an error that says what the model returned instead."""
    needed = f"the model must return three probabilities for each of {rows} mentions, but returned"
    try:
        numbers_ = np.asarray(probabilities, dtype=float)
    except (TypeError, ValueError):
        raise InputError(f"{needed} {probabilities!r:.60}") from None
    if numbers_.shape != (rows, 3):
        raise InputError(f"{needed} an array of shape {numbers_.shape}")
    wrong = ~((numbers_ >= 0).all(axis=1) & (np.abs(numbers_.sum(axis=1) - 1) <= _ROUNDING))
    if wrong.any():
        raise InputError(f"{needed} {', '.join(f'{value:g}' for value in numbers_[wrong][0])}")
    return numbers_
