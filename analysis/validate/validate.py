"""How well do the methods do on text that people have labelled? Behind `parallax validate` and the benchmark."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from ..corpus.layout.artefacts import find_artefacts
from ..display import list_names
from ..tables import ARTEFACTS, QUOTES, InputError, make_table
from ..voices.reuse.reuse import find_reuse
from ..voices.speech.quotes import find_quotes
from ..voices.voices import label_voices
from .gold import GoldSet, find_sets, read_attributions, read_gold_articles, read_pairs
from .resampling import estimate, share
from .scoring import (
    RUN,
    Counts,
    find_pairs,
    match_spans,
    score_pairs,
    score_spans,
    score_speakers,
    score_voices,
    select_attributions,
)
from .tone import TONE, check_models, measure_tone

METHODS = {
    "quotes": "attributions",
    "speakers": "attributions",
    "reported": "attributions",
    "voices": "attributions",
    "reuse": "reuse_pairs",
    "targets": "targets",
    "sentiment": "sentiment",
    "stances": "entities",
}
COLUMNS = ("method", "model", "set", "split", "measure", "value", "low", "high", "n", "articles", "note")
# Seconds per million characters, on two shared cores: only to say beforehand how long it takes.
_SECONDS = {"find_quotes": 0.6, "label_voices": 0.4, "score voices": 1.5, "find_reuse": 0.15, "score pairs": 0.1}
# PolNeAR's flag knows " and “ only, while the New York Times there types its marks as two apostrophes.
_TWO_APOSTROPHES = "'' taken for marks"
_OUR_WORDS = "runs of Parallax's words"

Progress = Callable[[str, str, int, float], None]


def measure_accuracy(
    gold: str | Path,
    *,
    split: str = "dev",
    only: Sequence[str] | None = None,
    models: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """How often are quotations, speakers, reported speech, voices, shared text and tone found right, on labelled news?

    `gold` is a folder with pairs of tables (Parquet or CSV): `NAME.articles` (article, text) and `NAME.attributions`
    (article, content, quoted and, for speakers, source: lists of start and end), `NAME.articles` (also outlet) and
    `NAME.reuse_pairs` (a, b), `NAME.articles` (also event, outlet) and `NAME.entities` (article, entity, sentiment: any
    number, the lower the more negative). Tone is also measured on single tables, told by their columns: sentence, from,
    to, polarity (−1, 0, 1), and text, rating; each may have article. `NAME.dev.articles` is measured if `split` is
    "dev", and so are `NAME.dev` and `NAME.dev_2` of single tables. `only` chooses among quotes, speakers, reported,
    voices, reuse, targets, sentiment, stances; `models` among the models of tone. `progress` is told of each step as it
    begins: its name, that of the set, how many articles (0 before they are read; of single tables sentences), and how
    many seconds it is likely to take.

    A content is found if it and a labelled one have .3 (or .8) of their characters in common, one to one. A speaker is
    right if it touches the labelled source. Voices are judged word by word, pairs of articles by 20 shared runs of 8
    words. What holds on these articles need not hold on others: another style of writing has other errors.

    Targets: macro-F1 of the three classes, accuracy, and how far a model's certainty is from how often it is right
    (calibration). Sentiment: Pearson's r. Stances: of two outlets that tell the same event, which is the more negative
    about the same entity? A score is the sum over an article's sentences about it, with names and outlets hidden, and
    articles that hold a sentence of the folder's training tables of targets are left out. Beside the models stand
    guesses that read no sentence (`chance`, `length`, `mentions`, `lean`, and the last three together, `no text`,
    fitted on all other events), and `no text + MODEL`: `log_loss_gain` is what the model adds to them, in nats a pair.
    A tied pair is called if the interval within its two articles leaves out zero (`ties_called_within`), or if the
    package would (`ties_called`: never with fewer than five articles an outlet and event).

    Measures of nothing are left out. `attrs["left_out"]` lists what could not be measured, and why.

    Columns:
        method: one of those that `only` chooses among
        model: of tone, or a guess without one; else empty
        set: the table's name
        split: empty if the set has none
        measure: what was measured
        value: 0 to 1; correlations −1 to 1
        low: lower end of the 95 % percentile interval of 1,000 resamples (a bootstrap) of the articles, for stances of
            the events; missing with one, and of a calibration error
        high: upper end; missing with one; of a calibration error the 95th percentile if it were perfect
        n: what the value is a share of, for F1 what is labelled
        articles: how many were measured
        note: empty, or in what the labels were read differently

    Raises:
        InputError: if nothing could be measured, or a table can't be read

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as gold:
        ...     _ = Path(gold, "mine.csv").write_text("text,rating\\nA good deal.,3\\nA horrible war.,-3\\nThey met.,0")
        ...     table = measure_accuracy(gold, only=["sentiment"], models=["vader"])
        >>> table[["method", "model", "set", "measure", "value", "n"]].round(2)
              method  model   set      measure  value  n
        0  sentiment  vader  mine  correlation   0.99  3
    """
    if not Path(gold).is_dir():
        raise InputError(f"'{gold}' is no folder; expected one with labelled articles")
    for unknown in [name for name in only or () if name not in METHODS][:1]:
        raise InputError(f"'{unknown}' can't be measured; expected some of {', '.join(METHODS)}")
    chosen = [name for name in METHODS if only is None or name in only]
    models = check_models(models)
    tell = progress or (lambda step, name, articles, seconds: None)
    rows, left_out = [], []
    for part, measure in (("attributions", _measure_attributions), ("reuse_pairs", _measure_reuse)):
        methods = [name for name in chosen if METHODS[name] == part]
        if not methods:
            continue
        sets, missing = find_sets(gold, part, split=split)
        what = list_names(methods) if not sets else "a set"
        verb = "are" if len(methods) > 1 and not sets else "is"
        left_out += [f"{what} {verb} left out: {sentence}" for sentence in missing]
        judged = set()
        for labelled in sets:
            for method, note, articles, counts in measure(labelled, methods, tell):
                judged.add(method)
                rows += [(method, "", labelled.name, labelled.split, *row, note) for row in _estimate(counts, articles)]
        if sets and (unjudged := [name for name in methods if name not in judged]):
            left_out.append(f"{list_names(unjudged)} can't be measured: no attribution has a source")
    of_tone, missing = measure_tone(
        gold, [name for name in TONE if name in chosen], split=split, models=models, tell=tell
    )
    rows += of_tone
    left_out += missing
    if not rows:
        raise InputError(f"'{gold}' holds nothing to measure with: {'; '.join(left_out)}")
    # The sort keeps models in their order: guesses without the text first.
    rows.sort(
        key=lambda row: (list(METHODS).index(row[0]), row[2], row[3] if row[0] not in TONE else "", row[-1] != "")
    )
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table = table.astype(dict.fromkeys(("method", "model", "set", "split", "measure", "note"), "str"))
    table.attrs["left_out"] = left_out
    return table


def _measure_attributions(labelled: GoldSet, methods: list[str], tell: Progress) -> Iterator[tuple]:
    """method, note, number of articles and counts, for each method."""
    tell("read", labelled.name, 0, 0)
    articles = read_gold_articles(labelled.articles)
    gold = read_attributions(labelled.labels, articles)
    names = pd.Index(articles["article"])
    _begin(tell, "find_quotes", labelled, articles)
    artefacts = find_artefacts(articles)
    quotes = find_quotes(articles, artefacts=artefacts)
    _begin(tell, "score quotes", labelled, articles)
    found = select_attributions(quotes)
    reported = found["kind"] == "reported"
    two = gold["content_text"].str.contains("''", regex=False)
    readings = [("", gold["quoted"])]
    if (two & ~gold["quoted"]).any():
        readings.append((_TWO_APOSTROPHES, gold["quoted"] | two))
    for note, in_marks in readings:
        for method, rows, truths in (
            ("quotes", found[~reported], gold[in_marks]),
            ("reported", found[reported], gold[~in_marks]),
        ):
            pairs = match_spans(rows, truths)
            spans = score_spans(rows, truths, pairs, names)
            speakers = score_speakers(rows, truths, pairs, names)
            if method in methods:
                yield method, note, len(names), spans | (speakers if method == "reported" else {})
            if method == "quotes" and "speakers" in methods and speakers["speaker_end_to_end"].any():
                yield "speakers", note, len(names), speakers
    if "voices" in methods:
        _begin(tell, "label_voices", labelled, articles)
        spans = label_voices(articles.assign(outlet="A", event="1"), artefacts=artefacts, quotes=quotes)
        _begin(tell, "score voices", labelled, articles)
        yield "voices", "", len(names), score_voices(articles, spans, gold)


def _measure_reuse(labelled: GoldSet, methods: list[str], tell: Progress) -> Iterator[tuple]:
    tell("read", labelled.name, 0, 0)
    articles = read_gold_articles(labelled.articles, "outlet")
    gold = read_pairs(labelled.labels, articles)
    _begin(tell, "find_reuse", labelled, articles)
    # The list was made from the whole text, so artefacts are kept; the kind of a passage plays no part.
    nothing = {"artefacts": make_table(ARTEFACTS, []), "quotes": make_table(QUOTES, [])}
    passages = find_reuse(articles[["article", "outlet", "text"]], n=RUN, **nothing)
    _begin(tell, "score pairs", labelled, articles)
    for note, gold_words in (("", True), (_OUR_WORDS, False)):
        found = find_pairs(passages, gold_words=gold_words)
        yield "reuse", note, len(articles), score_pairs(found, gold, pd.Index(articles["article"]))


def _begin(tell: Progress, step: str, labelled: GoldSet, articles: pd.DataFrame) -> None:
    characters = int(articles["text"].str.len().sum())
    tell(step, labelled.name, len(articles), _SECONDS.get(step, 0) * characters / 1e6)


def _estimate(counts: Counts, articles: int) -> Iterator[tuple]:
    """measure, value, low, high, n and articles, for each measure that is a share of something."""
    statistics = {measure: share(table[:, 0], table[:, 1]) for measure, table in counts.items()}
    for measure, *figures in estimate(statistics, np.arange(articles)):
        yield measure, *figures, int(counts[measure][:, 2].sum()), articles
