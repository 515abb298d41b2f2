"""One quotation, many versions: which utterance do several articles print, and in which wording?"""

import re
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd

from ...corpus.events.of_article import number_events, set_apart
from ...corpus.tokens import tokenize
from ...tables import need, need_articles
from .anchors import SHORT, group_utterances
from .marked import Printed, mark_runs
from .paraphrases import find_paraphrases
from .wordings import Run, Words, compare, read_utterances, read_words

VERSIONS = (
    "quotation", "article", "outlet", "event", "start", "end", "text", "kind", "speaker", "verb",
    "version", "words", "share", "missing", "added", "wording",
)  # fmt: skip
_IN_MARKS = re.compile(r"(?:''|``|[\"“”„«»'‘’])?(.*?)(?:''|[\"“”«»'‘’])?", re.DOTALL)


def tabulate_quotations(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Which utterances do several articles print, and in which wording?

    A quotation is what two or more articles of one event print of an utterance (of the whole corpus, if it has no
    events). It is known by its rare words: at least 60 % of a version's words stand, in order, in its fullest printing,
    and they are rarer together than chance puts them anywhere in what is quoted. Fewer than five words, and phrases
    that many might use, take a speaker of the same name. A printing is compared with the fullest alone, and words with
    words: case, punctuation and what an outlet puts in square brackets are no difference, spelling is one.

    `version`: `whole` (all words of the fullest), `cut` (some left out, and it may begin before the fullest or end
    after it), `changed` (within it stand words that the fullest has not, or has elsewhere), `paraphrased` (no marks: a
    reported clause with at least three of its rarer words, by their first five letters; the closest of an article that
    does not print it in marks). What is cut or changed is so beside the fullest printing, which may itself be neither
    full nor exact. A translation, a transcript's slip or another speech in the same words is told from a change by
    reading only.

    Columns:
        quotation: number, from 1: most articles first, then most words
        article: the one that prints it
        outlet: of the article, if the articles have one
        event: of the article, if the articles have one
        start: its first code point in the article's text, from 0
        end: the one behind its last
        text: with the marks, from the first part to the last
        kind: of its first part, as in `find_quotes`
        speaker: of its first part; missing where nobody is named
        verb: of its first part; missing where there is none
        version: whole, cut, changed or paraphrased
        words: inside the marks
        share: 0 to 1 of the fullest's words that stand here in order
        missing: the fullest's words that do not, runs joined by ` … `; NA where there are none, and for a paraphrase
        added: words that the fullest has not; NA likewise
        wording: the words inside the marks on one line, what is missing set in `[-…-]` and what is added in `{+…+}`
            where it stands; a backslash stands before what looks like such a mark and is printed so, and before a
            backslash

    Raises:
        InputError: if a column is missing or an article stands twice

    Example:
        >>> from analysis import find_quotes
        >>> texts = ['"We will sign a new pact on Monday," Kim said.', 'Kim said he would "sign a pact on Monday".']
        >>> articles = pd.DataFrame({"article": ["a", "b"], "text": texts})
        >>> versions = tabulate_quotations(find_quotes(articles), articles)
        >>> versions[["quotation", "article", "speaker", "version", "words", "share", "missing"]].round(2)
           quotation article speaker version  words  share        missing
        0          1       a     Kim   whole      8   1.00            NaN
        1          1       b     Kim     cut      5   0.62  We will … new
    """
    need_articles(articles, "text", verb="tabulate_quotations")
    needed = ("article", "start", "end", "text", "kind", "content_start", "content_end", "speaker", "verb")
    need(quotes, *needed, verb="tabulate_quotations")
    quotes = _sort(quotes[list(needed[1:])].assign(row=pd.Index(articles["article"]).get_indexer(quotes["article"])))
    reported = quotes["kind"] == "reported"
    marked, clauses = quotes[~reported], quotes[reported].reset_index(drop=True)
    events = set_apart(number_events(articles)[0])
    several = np.bincount(events)[events] > 1  # an article alone in its event shares no quotation
    with ThreadPoolExecutor(1) as pool:
        # Reading lets go of the interpreter, so that the clauses are read while the quotations are grouped.
        read = pool.submit(tokenize, clauses)
        utterances, parts = read_utterances(marked)
        words = read_words(marked["text"], marked["start"].to_numpy(), parts, len(utterances))
        rows = utterances["row"].to_numpy()
        utterances["group"] = group_utterances(words, events[rows], utterances["speaker"].tolist(), several[rows])
    told = find_paraphrases(clauses, read.result(), utterances, words, events)
    paraphrases = clauses.iloc[[clause for clause, _ in told]].assign(group=[fullest for _, fullest in told])
    table = _number(pd.concat([utterances, paraphrases[utterances.columns]]), words)
    return _describe(table, *_read_rows(table, quotes), articles)


def _sort(quotes: pd.DataFrame) -> pd.DataFrame:
    """The quotations in the order of the articles and of their text; those of `find_quotes` are, and are not copied."""
    order = np.lexsort([quotes[column].to_numpy() for column in ("end", "start", "row")])
    order = order[np.searchsorted(quotes["row"].to_numpy(), 0, sorter=order) :]  # −1: the article is not given
    return quotes if np.array_equal(order, np.arange(len(quotes))) else quotes.take(order)


def _number(table: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The rows of what two articles or more print, in order, with the number of the quotation and its fullest row."""
    table = table.assign(articles=table.groupby("group")["row"].transform("nunique"), utterance=table.index)
    table = table[table["articles"] > 1].astype({"group": "int64"})
    spoken = np.bincount(words.utterances()[~words.inserted], minlength=len(words.firsts) - 1)
    table = table.assign(most=spoken[table["group"]])
    table = table[table["most"] >= SHORT]
    keys = ["articles", "most", "group", "row", "start", "end"]
    table = table.sort_values(keys, ascending=[False, False, True, True, True, True], ignore_index=True)
    table["quotation"] = table.groupby("group", sort=False).ngroup() + 1
    whole = table["utterance"].eq(table["group"]) & table["kind"].ne("reported")
    table["fullest"] = table["group"].map(pd.Series(table.index[whole], index=table.loc[whole, "group"]))
    return table


def _read_rows(table: pd.DataFrame, quotes: pd.DataFrame) -> tuple[Words, np.ndarray]:
    """The words of each row of the table: those of all parts of a quotation, or of a clause.

    And for each part from where to where it is inside its marks.
    """
    marked, clauses = quotes["kind"] != "reported", table["kind"] == "reported"
    content = ["row", "content_start", "content_end"]
    rows = table.loc[~clauses, ["row", "start"]].reset_index(names="number")
    first = rows.merge(quotes.loc[marked, [*content, "start"]], on=["row", "start"]).drop(columns="start")
    parts = first.merge(quotes.loc[marked, [*content, "start", "text"]], on=content)
    told = table.loc[clauses, ["row", "start", "end"]].reset_index(names="number")
    told = told.merge(quotes.loc[~marked, ["row", "start", "end", "text"]].drop_duplicates(["row", "start", "end"]))
    parts = pd.concat([parts, told]).sort_values(["number", "start"], kind="stable")
    starts, of_clause = parts["start"].to_numpy(), clauses.to_numpy()[parts["number"].to_numpy()]
    words = read_words(parts["text"], starts, parts["number"].to_numpy(), len(table))
    texts = zip(parts["text"], of_clause, strict=True)
    inside = [(0, len(text)) if told else _IN_MARKS.fullmatch(text).span(1) for text, told in texts]
    return words, starts[:, None] + np.array(inside, dtype=int).reshape(-1, 2)


def _describe(table: pd.DataFrame, words: Words, inside: np.ndarray, articles: pd.DataFrame) -> pd.DataFrame:
    """The columns of the result: each row compared with the fullest."""
    used, of_row = np.unique(table["row"].to_numpy(), return_inverse=True)
    texts = articles["text"].iloc[used].fillna("").tolist()
    places = of_row.tolist(), *(table[column].tolist() for column in ("start", "end", "fullest", "kind"))
    printed, compared = [], []
    for number, (row, start, end, fullest, kind) in enumerate(zip(*places, strict=True)):
        printed.append(texts[row][start:end])
        both = texts[places[0][fullest]], texts[row]
        runs = _list_runs(words, fullest, number)
        told = _compare(words, fullest, number, runs, both)
        if kind == "reported":
            told = "paraphrased", *told[1:3], None, None
            runs = _list_runs(words, number, number)
        printings = (Printed(words, inside, *one) for one in zip((fullest, number), both, strict=True))
        compared.append((*told, mark_runs(runs, *printings)))
    compared = pd.DataFrame(compared, columns=["version", "words", "share", "missing", "added", "wording"])
    made = {
        "quotation": table["quotation"].array,
        **{
            name: articles[name].iloc[table["row"]].array for name in ("article", "outlet", "event") if name in articles
        },
        **{name: table[name].array for name in ("start", "end")},
        "text": pd.array(printed, dtype="str"),
        **{name: table[name].astype("str").array for name in ("kind", "speaker", "verb")},
        **{name: compared[name].array for name in compared},
    }
    types = {"share": "float64", **dict.fromkeys(("version", "missing", "added", "wording"), "str")}
    types |= dict.fromkeys(("quotation", "start", "end", "words"), "int64")
    return pd.DataFrame(made).astype(types)


def _list_runs(words: Words, fullest: int, other: int) -> list[Run]:
    whole, part = (words.codes[words.of(one)].tolist() for one in (fullest, other))
    return compare(whole, part, words.vocabulary)


def _compare(words: Words, fullest: int, other: int, runs: list[Run], texts: tuple[str, str]) -> tuple:
    """version, words, share, missing and added of one row."""
    of_fullest, of_other = (words.inserted[words.of(one)].tolist() for one in (fullest, other))
    spoken, counted = of_fullest.count(False), of_other.count(False)
    same = sum(of_fullest[run.first].count(False) for run in runs if run.kind == "same")
    missing = [run.first for run in runs if run.kind == "missing"]
    added = [run for run in runs if run.kind == "added"]
    if any(_changes(run, of_fullest, of_other) for run in added):
        version = "changed"
    else:
        version = "cut" if any(False in of_fullest[run] for run in missing) else "whole"
    lost = " … ".join(_printed(words, fullest, run, texts[0]) for run in missing)
    put_in = " … ".join(_printed(words, other, run.second, texts[1]) for run in added)
    return version, counted, same / spoken, lost or None, put_in or None


def _changes(run: Run, of_fullest: list[bool], of_other: list[bool]) -> bool:
    """Whether words that were added change the wording.

    What goes on before or after all that the fullest prints does not, nor what an outlet puts in brackets there or
    here.
    """
    beyond = run.first.start == run.first.stop in (0, len(of_fullest))
    explained = run.first.start < run.first.stop and all(of_fullest[run.first])
    return not (beyond or explained or all(of_other[run.second]))


def _printed(words: Words, utterance: int, run: slice, text: str) -> str:
    """A run of words as printed, without what stands between the parts of the quotation."""
    first, stop = words.firsts[utterance] + run.start, words.firsts[utterance] + run.stop
    edges = [first, stop]
    if words.parts[first] != words.parts[stop - 1]:
        edges[1:1] = first + 1 + np.flatnonzero(np.diff(words.parts[first:stop]))
    pieces = []
    for one, after in zip(edges, edges[1:], strict=False):
        start, end = words.starts[one], words.ends[after - 1]
        start -= bool(words.inserted[one] and text[start - 1 : start] == "[")
        end += bool(words.inserted[after - 1] and text[end : end + 1] == "]")
        pieces.append(text[start:end])
    return " ".join(pieces)
