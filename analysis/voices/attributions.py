"""Count who speaks and with which verbs: the tables behind the charts of voices."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from ..corpus.tokens import count_words
from ..tables import InputError, by_columns, need
from .verbs import reporting_verbs, speech_cues

_NO_NAMES = frozenset(
    form
    for word in "i he she it they we you me him her them us who this that these those one his its their".split()
    for form in (word, word.capitalize())
)


def drop_pronouns(speakers: pd.Series) -> pd.Series:
    """Speakers, missing where a pronoun stands for nobody known: over two articles *she* is two women."""
    return speakers.mask(speakers.isin(_NO_NAMES))


def tabulate_speakers(spans: pd.DataFrame, *, by: str | Sequence[str] = "outlet") -> pd.DataFrame:
    """Who is given how many words, in quotation marks and without?

    Speakers are told apart by name as `label_voices` gives it: where one article prints *Kim* only and another *Kim
    Jong Un*, they are two rows. Many words are no sign of favour: a person can be quoted at length to be refuted. One
    row per speaker and voice that has words, sorted by group, then most words of both voices first.

    Columns:
        those of `by`: the group
        speaker: by name; missing where nobody is named, or a pronoun is all there is and whom it stands for is not
            clear
        voice: quote or reported
        words: how many
        share: 0 to 1 of all words of the group, its own included
        articles: in which the speaker has words in this voice

    Raises:
        InputError: if a column is missing, or `by` names the speaker or the voice

    Example:
        >>> text = ["We all", '"agree"', '"no"']
        >>> who = {"voice": ["own", "quote", "quote"], "speaker": [None, "Kim", "Putin"]}
        >>> tabulate_speakers(pd.DataFrame({"article": "a", "outlet": "A", "text": text, **who}))
          outlet speaker  voice  words  share  articles
        0      A     Kim  quote      1   0.25         1
        1      A   Putin  quote      1   0.25         1
    """
    by = by_columns(by)
    need(spans, *by, "article", "voice", "speaker", "text", verb="tabulate_speakers")
    for name in ("voice", "speaker"):
        if name in by:
            raise InputError(f"tabulate_speakers counts by {name} already; expected other columns in by")
    return sum_speakers([tally_speakers(spans, by)], by)


def tally_speakers(spans: pd.DataFrame, by: Sequence[str] = ("outlet",)) -> pd.DataFrame:
    """The words and articles of each group, speaker and voice, its own words among them, for `sum_speakers`."""
    spans = spans.assign(words=count_words(spans["text"]), speaker=drop_pronouns(spans["speaker"]))
    own = spans["voice"] == "own"
    spans = spans.assign(speaker=spans["speaker"].mask(own))[spans["words"] > 0]
    groups = spans.groupby([*by, "speaker", "voice"], sort=True, dropna=False, observed=True)
    return groups.agg(words=("words", "sum"), articles=("article", "nunique")).reset_index()


def sum_speakers(tables: Iterable[pd.DataFrame], by: Sequence[str] = ("outlet",)) -> pd.DataFrame:
    """The rows of `tabulate_speakers` from the tallies of partitions, which share no article."""
    by, rows = list(by), pd.concat(list(tables), ignore_index=True)
    groups = rows.groupby([*by, "speaker", "voice"], sort=True, dropna=False, observed=True)
    table = groups[["words", "articles"]].sum().reset_index()
    total = table.groupby(by, dropna=False, observed=True)["words"].transform("sum")
    table = table.assign(share=table["words"] / total)[table["voice"] != "own"]
    of_speaker = table.groupby([*by, "speaker"], dropna=False, observed=True)["words"].transform("sum")
    table = table.assign(_of_speaker=-of_speaker)
    table = table.sort_values([*by, "_of_speaker", "speaker", "voice"], kind="stable", ignore_index=True)
    return table[[*by, "speaker", "voice", "words", "share", "articles"]]


def tabulate_verbs(quotes: pd.DataFrame, *, by: str | Sequence[str] = "article") -> pd.DataFrame:
    """With which verbs does each article bring in what others say?

    Forms of one verb are counted together (*said*, *says*); a noun or phrase (*pledge*, *according to*) stands as
    printed. Each attribution counts once, however many pairs of marks it is cut into. The verb is a choice of the
    article's, but a rule on word order found it: see `describe_accuracy`. Sorted by group, then most frequent first.

    Columns:
        those of `by`: the group, by default the article
        verb: its base form, in small letters
        n: attributions
        share: 0 to 1 of the group's attributions that have a verb
        articles: of the group, that have the verb

    Raises:
        InputError: if a column is missing, or `by` names the verb

    Example:
        >>> places = {"content_start": [0, 9, 20], "content_end": [5, 15, 30]}
        >>> tabulate_verbs(pd.DataFrame({"article": "a", "verb": ["said", "says", "warned"], **places}))
          article  verb  n     share  articles
        0       a   say  2  0.666667         1
        1       a  warn  1  0.333333         1
    """
    by = by_columns(by)
    need(quotes, *by, "article", "verb", "content_start", "content_end", verb="tabulate_verbs")
    if "verb" in by:
        raise InputError("tabulate_verbs counts by verb already; expected other columns in by")
    return sum_verbs([tally_verbs(quotes, by)], by)


def tally_verbs(quotes: pd.DataFrame, by: Sequence[str] = ("outlet",)) -> pd.DataFrame:
    """The attributions and articles of each group and verb, for `sum_verbs`."""
    counted = quotes.dropna(subset="verb").drop_duplicates(["article", "content_start", "content_end"])
    base = {form: find_base(form) for form in counted["verb"].str.lower().unique()}
    counted = counted.assign(verb=counted["verb"].str.lower().map(base).astype("str"))
    groups = counted.groupby([*by, "verb"], sort=True, dropna=False, observed=True)
    return groups.agg(n=("verb", "size"), articles=("article", "nunique")).reset_index()


def sum_verbs(tables: Iterable[pd.DataFrame], by: Sequence[str] = ("outlet",)) -> pd.DataFrame:
    """The rows of `tabulate_verbs` from the tallies of partitions, which share no article."""
    by, rows = list(by), pd.concat(list(tables), ignore_index=True)
    table = rows.groupby([*by, "verb"], sort=True, dropna=False, observed=True)[["n", "articles"]].sum().reset_index()
    total = table.groupby(by, dropna=False, observed=True)["n"].transform("sum")
    table["share"] = table["n"] / np.maximum(total, 1)
    table = table.assign(_n=-table["n"]).sort_values([*by, "_n", "verb"], kind="stable", ignore_index=True)
    return table[[*by, "verb", "n", "share", "articles"]].astype({"n": np.int64, "articles": np.int64})


def find_base(form: str) -> str:
    """The verb that a form belongs to, if that is listed as one that brings in speech; else the form itself.

    >>> [find_base(form) for form in ("said", "seeks", "discussed", "according to")]
    ['say', 'seek', 'discuss', 'according to']
    """
    if form in reporting_verbs():
        return reporting_verbs()[form]
    for ending, put in (("ies", "y"), ("s", ""), ("ied", "y"), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e")):
        base = form[: -len(ending)] + put
        if form.endswith(ending) and (base in speech_cues() or base in reporting_verbs().values()):
            return base
    return form[:-1] if form in speech_cues() and form.endswith("s") and not form.endswith("ss") else form
