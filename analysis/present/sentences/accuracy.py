"""How often a method is right on labelled news: the figures that come with the package, or a user's own, in words."""

from collections.abc import Iterator
from functools import cache

import pandas as pd

from ...compare.tone.sentiment import MODELS
from ...compare.uncertainty import MIN_ARTICLES
from ...corpus.overview import align
from ...display import count_of, list_names, shorten
from ...shipped import DATA
from ...tables import InputError, need, quoted
from ...validate.stances import COMBINED

Figures = dict[str, dict[str, dict]]

# Sets that others labelled, whose articles are not the reader's.
_ELSEWHERE = {
    "polnear": "US news labelled by hand (PolNeAR",
    "abp": "US news searched by brute force (Article-Bias-Prediction",
    "newsmtsc": "sentences of US news labelled by hand (NewsMTSC",
    "nyt_editorials": "sentences of US editorials rated by twenty readers each (NYT editorials",
    "seesaw": "stories of US politics labelled by hand (SEESAW",
}
_F1 = [
    ("f1_at_0.3", "F1 is {plain} where 30 % of the characters must agree"),
    ("f1_at_0.8", "{plain} where 80 % must"),
]
# method → its measures and what each is said to be, in this order; those that a table has not are passed over
_SAID = {
    "quotes": [
        ("recall_at_0.3", "{share} of the quotations that readers marked are found, with the clause they stand in"),
        ("precision_at_0.3", "{share} of those found were marked"),
        *_F1,
    ],
    "speakers": [
        ("speaker", "the speaker is right for {share} of the quotations found"),
        ("speaker_named", "for {share} of those with a named speaker"),
        ("speaker_pronoun", "for {share} of those with a pronoun"),
        ("speaker_end_to_end", "{share} of all quotations, found or not, have the right speaker"),
    ],
    "reported": [
        ("recall_at_0.3", "{share} of the reported clauses that readers marked are found"),
        ("precision_at_0.3", "{share} of those found were marked"),
        *_F1,
        ("speaker", "the speaker is right for {share} of those found"),
    ],
    "voices": [
        ("own_attributed", "{share} of the words called own are really attributed to somebody"),
        ("reported_own", "{share} of the words called reported are really the article's own"),
    ],
    "reuse": [
        ("recall", "{share} of the pairs of articles that share 20 or more runs of eight words are found"),
        ("precision", "{share} of the pairs found share as many"),
    ],
}


def describe_accuracy(method: str, table: pd.DataFrame | None = None, *, model: str | None = None) -> str:
    """How often is a method right, where people have labelled the same news?

    Says the figures of `quotes`, `speakers`, `reported`, `voices` or `reuse` with their 95 % intervals. Of tone it says
    those of `targets` (is a sentence good or bad news about somebody?), `sentiment` (the valence of sentences) and
    `stances` (which of two outlets is the more negative about somebody, beside guesses that read no sentence), for each
    model. Without `table` they are those measured for this version on sets that others labelled: news of other outlets,
    years and subjects than the reader's, where a method may do better or worse. `table` is what `parallax validate`
    prints for a coded sample of the reader's own (`pd.read_json` reads its `--format json`), and replaces them; its
    rows with a note are other readings of the same labels, or of a part of them, and left out. Of tone `model` leaves
    only that model, beside the guesses that read no sentence.

    Needs:
        method, set, measure, value, low, high, articles, note: as `measure_accuracy` gives them
        model: optional; needed of tone

    Raises:
        InputError: if a column is missing or the method is not known

    Example:
        >>> table = pd.DataFrame({"method": ["voices"], "set": ["mine"], "measure": ["own_attributed"], "value": [0.2],
        ...     "low": [0.15], "high": [0.26], "articles": [9], "note": [""]})
        >>> print(describe_accuracy("voices", table).replace(" of the", "\\nof the"))
        On labelled articles (mine, 9 articles), 20 % (15–26 %)
        of the words called own are really attributed to somebody.
    """
    if method not in _SAID and method not in _TONE:
        raise InputError(f"no accuracy of '{method}' is measured; expected one of {', '.join([*_SAID, *_TONE])}")
    table = read_accuracy() if table is None else table
    models = ["model"] if method in _TONE else []
    need(
        table, "method", *models, "set", "measure", "value", "low", "high", "articles", "note", verb="describe_accuracy"
    )
    rows = table[(table["method"] == method) & (table["note"].fillna("") == "") & table["value"].notna()]
    if model is not None and models:
        rows = rows[~rows["model"].isin({*MODELS, *(f"{COMBINED} + {name}" for name in MODELS)} - _of_model(model))]
    if rows.empty:
        return f"How often {method} are right is not known: no labelled articles to measure them on were given."
    sentences = []
    for name, of_set in rows.groupby("set", sort=True):
        if method in _TONE:
            parts = list(_TONE[method](_by_model(of_set)))
        else:
            figures = {row["measure"]: row for row in of_set.to_dict("records")}
            parts = [
                text.format(share=write_share(figures[measure]), plain=_plain(figures[measure]))
                for measure, text in _SAID[method]
                if measure in figures
            ]
        articles = int(of_set["articles"].max())
        where = f"On {_ELSEWHERE[name]}, " if name in _ELSEWHERE else f"On labelled articles ({shorten(name, 60)}, "
        few = "; too few articles for an interval" if articles < MIN_ARTICLES else ""
        sentences.append(f"{where}{count_of(articles, 'article')}), {'; '.join(parts)}{few}.")
    if set(rows["set"]) <= set(_ELSEWHERE):
        sentences.append("Measured elsewhere: code a sample of your own to know it for this corpus.")
    return " ".join(sentences)


def _of_model(model: str) -> set[str]:
    """What rows are called that say something of a model: itself, or with guesses that read no sentence."""
    return {model, f"{COMBINED} + {model}"}


def _by_model(rows: pd.DataFrame) -> Figures:
    """measure → model → row, the models in the order of the table."""
    figures: Figures = {}
    for row in rows.to_dict("records"):
        figures.setdefault(row["measure"], {})[row["model"]] = row
    return figures


def _say_targets(figures: Figures) -> Iterator[str]:
    for measure, what in (
        ("macro_f1", "macro-F1 of negative, neutral and positive"),
        ("accuracy", "the class is right"),
    ):
        write = _plain if measure == "macro_f1" else write_share
        said = [f"{write(row)} for {model}" for model, row in figures.get(measure, {}).items()]
        if said:
            yield f"{what} {'is' if measure == 'macro_f1' else 'in'} {list_names(said)}"
    perfect = figures.get("calibration_error_if_perfect", {})
    for model, row in figures.get("calibration_error", {}).items():
        beside = ""
        if model in perfect:
            mean, most = perfect[model]["value"], perfect[model]["high"]
            beside = f", where one that knows its own doubt shows {mean:.3f} (in 19 of 20 draws at most {most:.3f})"
        yield f"the certainty of {model} is {row['value']:.3f} from how often it is right{beside}"


def _say_sentiment(figures: Figures) -> Iterator[str]:
    said = [f"{_plain(row)} for {model}" for model, row in figures.get("correlation", {}).items()]
    if said:
        yield f"the correlation with the readers' ratings is {list_names(said)}"


def _say_stances(figures: Figures) -> Iterator[str]:
    orders = figures.get("order_accuracy", {})
    read = [
        f"{write_share(row)} for {model}" for model, row in orders.items() if model.partition(" + ")[0] not in _UNREAD
    ]
    if read:
        yield f"which of two outlets is the more negative about the same entity is right in {list_names(read)}"
    unread = [f"{write_share(orders[model])} by {what}" for model, what in _UNREAD.items() if model in orders]
    if unread:
        yield f"without reading a sentence in {list_names(unread)}"
    ranks = [
        f"{_plain(row)} for {model}"
        for model, row in figures.get("rank_correlation", {}).items()
        if model not in _UNREAD
    ]
    if ranks:
        yield f"the rank correlation with the labels is {list_names(ranks)}"
    for joint, row in figures.get("log_loss_gain", {}).items():
        bounds = [_signed(bound) for bound in _bounds(row)]
        between = f" ({' to '.join(bounds)})" if bounds else ""
        verdict = "which may be nothing"
        if bounds and row["low"] > 0:
            verdict = "more than nothing"
        elif bounds and row["high"] < 0:
            verdict = "less than nothing"
        model = joint.rpartition(" + ")[2]
        yield f"what {model} adds to {_UNREAD['no text']} is {_signed(row['value'])}{between} nats a pair, {verdict}"
    called = figures.get("ties_called", {})
    for model, row in figures.get("ties_called_within", {}).items():
        share = write_share(row)
        ours = f", the package in {write_share(called[model])}" if model in called else ""
        yield f"where readers saw no difference, {model}'s interval within the articles calls one in {share}{ours}"


def _signed(value: float) -> str:
    return f"{value:.3f}".replace("-", "−")


# What reads no sentence, and how it is called.
_UNREAD = {
    "lean": "the outlet's lean elsewhere",
    "length": "the article's length",
    "mentions": "the number of mentions",
    "no text": "all three together",
    "chance": "chance",
}
_TONE = {"targets": _say_targets, "sentiment": _say_sentiment, "stances": _say_stances}


def accuracy(method: str, measure: str, *, model: str = "") -> dict[str, object]:
    """The figure of one measure, with its interval, that comes with the package: a row of `data/accuracy.csv`."""
    rows = read_accuracy().query("method == @method and model == @model and note == ''")
    if measure not in set(rows["measure"]):
        of = f"'{method}' with '{model}'" if model else f"'{method}'"
        raise InputError(f"no '{measure}' of {of} was measured; there is {quoted(rows['measure'])}")
    return rows[rows["measure"] == measure].iloc[0].to_dict()


def read_accuracy() -> pd.DataFrame:
    """The figures that come with the package, as `benchmarks/validity.py --save` wrote them."""
    return _read_accuracy().copy()


@cache
def _read_accuracy() -> pd.DataFrame:
    path = DATA / "accuracy.csv"
    kinds = {"version": "str", "model": "str"}
    return pd.read_csv(path, dtype=kinds, keep_default_na=False, na_values={"low": [""], "high": [""]})


def show_accuracy(table: pd.DataFrame) -> str:
    """The table of `validate` as aligned text for a terminal."""
    header = ("method", "model", "set", "split", "measure", "value", "95 % interval", "n", "articles", "note")
    rows = []
    for row in table.itertuples(index=False):
        interval = f"{row.low:.3f} to {row.high:.3f}" if pd.notna(row.low) else "–"
        if pd.isna(row.low) and pd.notna(row.high):  # of a perfect model's calibration error, the 95th percentile
            interval = f"up to {row.high:.3f}"
        figures = (f"{row.value:.3f}", interval, int(row.n), int(row.articles))
        rows.append((row.method, row.model or "–", row.set, row.split or "–", row.measure, *figures, row.note))
    return align([header, *rows])


def write_share(row: dict) -> str:
    """18 % (16–20 %)."""
    digits = int(0.995 <= row["value"] < 1)  # 99.6 % is not 100 %
    bounds = [f"{100 * bound:.{digits}f}" for bound in _bounds(row)]
    return f"{100 * row['value']:.{digits}f} %" + (f" ({'–'.join(bounds)} %)" if bounds else "")


def _plain(row: dict) -> str:
    """0.18 (0.16–0.20)."""
    bounds = [f"{bound:.2f}" for bound in _bounds(row)]
    return f"{row['value']:.2f}" + (f" ({'–'.join(bounds)})" if bounds else "")


def _bounds(row: dict) -> list[float]:
    bounds = [row["low"], row["high"]]
    return bounds if row["articles"] >= MIN_ARTICLES and pd.notna(bounds).all() else []
