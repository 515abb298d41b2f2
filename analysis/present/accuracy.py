"""How often a method is right on labelled news: the figures that come with the package, or a user's own, in words."""

from functools import cache
from pathlib import Path

import pandas as pd

from ..compare.uncertainty import MIN_ARTICLES
from ..tables import InputError, need, quoted
from .overview import align
from .shorten import count_of, shorten

# Sets that others labelled, whose articles are not the reader's.
_ELSEWHERE = {
    "polnear": "US news labelled by hand (PolNeAR",
    "abp": "US news searched by brute force (Article-Bias-Prediction",
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


def describe_accuracy(method: str, table: pd.DataFrame | None = None) -> str:
    """How often is a method right, where people have labelled the same news?

    Says the figures of `quotes`, `speakers`, `reported`, `voices` or `reuse` with their 95 % intervals. Without `table`
    they are those measured for this version on sets that others labelled: news of other outlets, years and subjects
    than the reader's, where a method may do better or worse. `table` is what `parallax validate` prints for a coded
    sample of the reader's own (`pd.read_json` reads its `--format json`), and replaces them.

    Needs method, set, measure, value, low, high (0 to 1), articles and note. Rows with a note are other readings of the
    same labels, and left out. Raises `InputError` if a column is missing or the method is not known.

    >>> table = pd.DataFrame({"method": ["voices"], "set": ["mine"], "measure": ["own_attributed"], "value": [0.2],
    ...     "low": [0.15], "high": [0.26], "articles": [9], "note": [""]})
    >>> describe_accuracy("voices", table)
    'On labelled articles (mine, 9 articles), 20 % (15–26 %) of the words called own are really attributed to somebody.'
    """
    if method not in _SAID:
        raise InputError(f"no accuracy of '{method}' is measured; expected one of {', '.join(_SAID)}")
    table = read_accuracy() if table is None else table
    need(table, "method", "set", "measure", "value", "low", "high", "articles", "note", verb="describe_accuracy")
    rows = table[(table["method"] == method) & (table["note"].fillna("") == "") & table["value"].notna()]
    if rows.empty:
        return f"How often {method} are right is not known: no labelled articles to measure them on were given."
    sentences = []
    for name, of_set in rows.groupby("set", sort=True):
        figures = {row["measure"]: row for row in of_set.to_dict("records")}
        parts = [
            text.format(share=_share(figures[measure]), plain=_plain(figures[measure]))
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


def accuracy(method: str, measure: str) -> dict[str, object]:
    """The figure of one measure, with its interval, that comes with the package: a row of `data/accuracy.csv`."""
    rows = read_accuracy().query("method == @method and note == ''")
    if measure not in set(rows["measure"]):
        raise InputError(f"no '{measure}' of '{method}' was measured; there is {quoted(rows['measure'])}")
    return rows[rows["measure"] == measure].iloc[0].to_dict()


def read_accuracy() -> pd.DataFrame:
    """The figures that come with the package, as `benchmarks/validity.py --save` wrote them."""
    return _read_accuracy().copy()


@cache
def _read_accuracy() -> pd.DataFrame:
    path = Path(__file__).parents[1] / "data" / "accuracy.csv"
    return pd.read_csv(path, dtype={"version": "str"}, keep_default_na=False, na_values={"low": [""], "high": [""]})


def show_accuracy(table: pd.DataFrame) -> str:
    """The table of `validate` as aligned text for a terminal."""
    header = ("method", "set", "split", "measure", "value", "95 % interval", "n", "articles", "note")
    rows = []
    for row in table.itertuples(index=False):
        interval = f"{row.low:.3f} to {row.high:.3f}" if pd.notna(row.low) else "–"
        figures = (f"{row.value:.3f}", interval, int(row.n), int(row.articles))
        rows.append((row.method, row.set, row.split or "–", row.measure, *figures, row.note))
    return align([header, *rows])


def _share(row: dict) -> str:
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
