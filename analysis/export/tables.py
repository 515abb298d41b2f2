"""Make every table of a corpus and write it."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd

from ..compare.tone.sentiment import score_sentiment
from ..compare.uncertainty import summarise
from ..compare.words.terms import compare_terms, count_terms
from ..corpus.events.grouping import find_events
from ..corpus.layout.artefacts import find_artefacts
from ..corpus.overview import tabulate_problems
from ..corpus.partitions import Progress
from ..corpus.sentences import split_sentences
from ..voices.names.names import find_names
from ..voices.reuse.reuse import find_reuse
from ..voices.speech.quotes import find_quotes
from ..voices.versions.versions import tabulate_quotations
from ..voices.voices import label_voices, tabulate_voices
from .estimate import check_named, count_characters, estimate_tone, tell
from .folders import new_folder, write_manifest
from .selection import describe_found, list_options, read_corpus, select_tables
from .spreadsheet import write_table

# What each table holds, for the report's list of files and the codebook.
TABLES = {
    "articles": "one row per article: its outlet, event, date, agency, language, source file and the text as read",
    "artefacts": "one row per stretch that is no prose of the article: date headers, datelines, credits, repeated "
    "headlines, captions",
    "sentences": "one row per sentence, with its place in the article's text",
    "names": "one row per mention of a person, organisation or place, with the name its mentions in the article are "
    "folded to",
    "quotes": "one row per quotation: its words, the speaker named and the verb",
    "quotations": "one row per version of a quotation that several articles print: whole, cut, changed or paraphrased",
    "spans": "one row per stretch of a sentence in one voice, with the articles that print the same words",
    "passages": "one row per occurrence of a passage that articles share word for word: quoted, stock or prose",
    "voices": "how many words each outlet prints in each voice",
    "terms": "one row per outlet and word of the outlet's own voice: how often, and how distinctive of that outlet; "
    "no row for a word that the outlet does not print (its n is 0)",
    "sentiment": "the rows of spans with a score from -1 (negative) to 1 (positive)",
    "summary": "the mean score of each outlet and voice with its interval",
    "problems": "one row per part of the corpus that was not read, with the reason",
}

# Terms are compared in a matrix of outlets × terms; hundreds of outlets and all of their words would be a hundred
# million cells, in a dozen matrices.
MOST_TERM_CELLS = 1_000_000
# A row of `terms` is as long as forty words of text: a large corpus has no more rows, so that the table is no larger
# than the text. The small ones that a spreadsheet is for keep all of their words.
WORDS_A_ROW = 40
LEAST_TERM_ROWS = 75_000


def write_tables(
    corpus: str | os.PathLike | pd.DataFrame,
    *,
    out: str | os.PathLike = "tables",
    event: str | None = None,
    outlets: str | Sequence[str] | None = None,
    model: str = "tone",
    partitions: int | None = None,
    executor: object | None = None,
    progress: Progress | None = None,
    announce: Callable[[str], object] | None = None,
) -> Path:
    """Write the tables of a corpus (a path, or the articles already read) to the folder `out` and return its path.

    All events are written, and articles of no known event too, unless `event` names one. Events that the corpus does
    not name are found (`find_events`), and `announce` and the manifest say so. What is found over the whole
    corpus, as are lines that a site repeats, is found before `event` and `outlets` choose from it.

    The Parquet files are exact. The CSV files are for a spreadsheet: a cell that would start a formula gets a leading
    apostrophe, control characters are left out, and a cell too long for Excel is cut and says so. The folder is
    complete or not there at all; an earlier one is replaced, anything else in its place is an `InputError`.

    `model` is that of `score_sentiment`, by its name. `announce` is told how long it will take, where that is minutes.

    With `partitions` the corpus is worked through in so many parts, and what has a row per article, span or passage is
    a folder of Parquet files, part-0.parquet and so on, with the same rows (see `write_partitions`); but events that
    the corpus does not name are not found there.
    """
    if partitions is not None:
        from .partitions import write_partitions

        chosen = {"event": event, "outlets": outlets, "model": model, "announce": announce}
        return write_partitions(corpus, out=out, partitions=partitions, executor=executor, progress=progress, **chosen)
    check_named(model)
    given = corpus if not isinstance(corpus, pd.DataFrame) else "articles"
    read = read_corpus(corpus, out=out)
    everything = find_events(read, event=event)
    articles = select_tables(everything, event=event, outlets=outlets)
    found = describe_found(read, everything)
    tell(announce, found)
    tell(announce, estimate_tone(count_characters(articles), model))
    with new_folder(out, kind="tables") as folder:
        made = make_tables(articles, artefacts=find_artefacts(everything), model=model)
        with ThreadPoolExecutor(2) as pool:  # writing lets go of the interpreter most of the time; each needs memory
            list(pool.map(write_table, made.values(), [folder / name for name in made]))
        write_manifest(folder, kind="tables", options=list_options(given, event, outlets, model), selection=found)
    return Path(out).resolve()


def make_tables(
    articles: pd.DataFrame, *, artefacts: pd.DataFrame | None = None, model: str = "tone"
) -> dict[str, pd.DataFrame]:
    """Every table of `TABLES`, in that order, made from the articles.

    Where the articles are a part of a corpus, `artefacts` are those of the whole of it: a line that a site repeats does
    not show in a few of its articles.
    """
    problems = tabulate_problems(articles)
    articles = articles.copy(deep=False)
    articles.attrs = {}  # pandas copies them at every step: seconds where twenty thousand rows were not read
    artefacts = find_artefacts(articles) if artefacts is None else artefacts
    artefacts = artefacts[artefacts["article"].isin(articles["article"])].reset_index(drop=True)
    names = find_names(articles, artefacts=artefacts)
    quotes = find_quotes(articles, artefacts=artefacts, names=names)
    passages = find_reuse(articles, artefacts=artefacts, quotes=quotes)
    spans = label_voices(articles, artefacts=artefacts, quotes=quotes, passages=passages)
    scores = score_sentiment(spans, model=model)
    made = {
        "articles": articles,
        "artefacts": artefacts,
        "sentences": split_sentences(articles, artefacts=artefacts),
        "names": names,
        "quotes": quotes,
        "quotations": tabulate_quotations(quotes, articles),
        "spans": spans,
        "passages": passages,
        "voices": tabulate_voices(spans),
        "terms": make_terms(count_terms(spans[spans["voice"] == "own"])),
        "sentiment": scores,
        "summary": summarise(scores),
        "problems": problems,
    }
    return {name: made[name] for name in TABLES}


def make_terms(counts: pd.DataFrame) -> pd.DataFrame:
    """The table `terms` of the counts of all words: compared over all outlets, written of those that print the word."""
    compared = compare_terms(keep_frequent(counts))
    return compared[compared["n"] > 0].reset_index(drop=True)


def keep_frequent(counts: pd.DataFrame) -> pd.DataFrame:
    """The rows of the most frequent terms: as many terms as the comparison and the table have room for.

    Of terms that are as frequent as the first that has no room, none is kept.
    """
    words = (1000 * counts["n"] / counts["rate"]).groupby(counts["outlet"], dropna=False).max().sum()
    terms = counts.groupby("term", sort=False)["n"].agg(["sum", "size"]).sort_values("sum", ascending=False)
    room = max(LEAST_TERM_ROWS, words / WORDS_A_ROW)
    most = MOST_TERM_CELLS // max(counts["outlet"].nunique(dropna=False), 1)
    left = terms["sum"][(terms["size"].cumsum() > room) | (np.arange(len(terms)) >= most)]
    if left.empty:
        return counts
    return counts[counts["term"].map(terms["sum"]) > left.iloc[0]].reset_index(drop=True)
