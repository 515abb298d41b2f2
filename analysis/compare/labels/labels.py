"""Find and count the words that label one thing, as a user lists them: pact, deal, treaty, "alliance"."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ...tables import SENTENCES, InputError, by_columns, need, sentence_keys
from ...voices.voices import VOICES
from .concepts import Concept, make_concepts

Concepts = Mapping[str, Mapping] | str | os.PathLike


def find_labels(spans: pd.DataFrame, concepts: Concepts) -> pd.DataFrame:
    """Where is a thing named by one of its labels, and which of these do not count?

    Every place where a label of `concepts` is printed (see `read_concepts` for the rules), whatever it means there: a
    rule is about words, and knows the thing that is meant only as well as its author. So what a rule excludes is listed
    too, with the rule. A label is looked for in one row at a time, so that none is found that runs over into another
    voice; its rules read the rows of the whole sentence that are given. Of labels that overlap, the first is found, and
    of those that begin with the same word the longest. Sorted by concept in the order given, article and start.

    Columns:
        concept: the thing that is named
        label: as `concepts` lists it
        those of `spans` but `copied_from`: `start`, `end` and `text` are those of the label as printed
        excluded: the rule, `not_in 'World War'`, `near` or `not_near '1961'`; missing where the label counts

    Raises:
        InputError: if a column is missing, or for concepts that `read_concepts` would not read

    Example:
        >>> spans = {"article": "a", "outlet": "A", "sentence": 1, "start": [0, 17], "end": [17, 31],
        ...          "voice": ["own", "quote"], "text": ["A deal after the ", '"Peace Treaty"']}
        >>> pact = {"pact": {"labels": ["deal", "treaty"], "not_in": ["peace treaty"]}}
        >>> find_labels(pd.DataFrame(spans), pact).drop(columns=["article", "outlet", "sentence"])
          concept   label  start  end          text  voice               excluded
        0    pact    deal      2    6          deal    own                    NaN
        1    pact  treaty     18   30  Peace Treaty  quote  not_in 'peace treaty'
    """
    need(spans, "article", "outlet", "sentence", "start", "end", "text", verb="find_labels")
    concepts = make_concepts(concepts, verb="find_labels")
    found = _find_mentions(spans, concepts)
    kept = [column for column in (*SENTENCES, "voice", "speaker") if column in spans.columns]
    table = spans[kept].iloc[found["row"]].reset_index(drop=True)
    # A headline that stands apart from its text has no place in it.
    table["end"] = table["start"] + found["end"].to_numpy()
    table["start"] += found["start"].to_numpy()
    table["text"], table["excluded"] = found["text"], found["excluded"]
    labels = [(concept.name, label) for concept in concepts for label in concept.labels]
    for place, name in enumerate(("concept", "label")):
        table.insert(place, name, pd.array([labels[label][place] for label in found["label"]], dtype="str"))
    order = np.lexsort((table["start"].fillna(-1), pd.factorize(table["article"], sort=True)[0], found["concept"]))
    return table.take(order).reset_index(drop=True)


def tabulate_labels(
    spans: pd.DataFrame, concepts: Concepts, *, by: str | Sequence[str] = ("outlet", "voice")
) -> pd.DataFrame:
    """By which words does each outlet name the same thing, in whose voice?

    `concepts` says which words are labels of which thing: the path of a TOML file, or the dict that `read_concepts`
    reads from it. Counted are the places that `find_labels` lists without a rule against them; a thing named by another
    word, or by "it", is not. A word in reported speech may be the outlet's rather than the speaker's: *Putin said his
    invasion was …*. Few mentions show how an article is worded and nothing of what an outlet prefers.

    Every label has a row for every outlet and for every voice in `spans`, so that 0 is shown as 0; `by="outlet"` counts
    all voices together. Sorted by concept in the order given, group, voice (own, reported, quote) and label in the
    order given.

    Columns:
        concept: the thing that is named
        those of `by`: the group, by default an outlet in a voice
        label: as `concepts` lists it
        n: places
        share: 0 to 1 of the mentions of that concept in that group; NA where it has none
        articles: of the group, that have the label
        articles_total: of the outlet in `spans`, in all voices

    Raises:
        InputError: if a column is missing, a voice is not known, or for concepts that `read_concepts` would not read

    Example:
        >>> rows = {"article": "a", "outlet": "A", "sentence": [1, 1], "start": [0, 16], "voice": ["own", "quote"],
        ...         "text": ["A deal after the", '"Peace Treaty"']}
        >>> tabulate_labels(pd.DataFrame(rows), {"pact": {"labels": ["deal", "treaty"]}}).drop(columns="articles_total")
          concept outlet  voice   label  n  share  articles
        0    pact      A    own    deal  1    1.0         1
        1    pact      A    own  treaty  0    0.0         0
        2    pact      A  quote    deal  0    0.0         0
        3    pact      A  quote  treaty  1    1.0         1
    """
    by = by_columns(by)
    need(spans, *dict.fromkeys([*by, "article", "sentence", "start", "text"]), verb="tabulate_labels")
    concepts = make_concepts(concepts, verb="tabulate_labels")
    keys, groups, voices, voice = [name for name in by if name != "voice"], np.zeros(len(spans), np.int64), [None], 0
    if "voice" in by:
        for unknown in spans.loc[~spans["voice"].isin(VOICES), "voice"][:1]:
            raise InputError(f"voice '{unknown}' is not known; expected one of {', '.join(VOICES)}")
        voices = [name for name in VOICES if (spans["voice"] == name).any()]
        voice = spans["voice"].map({name: i for i, name in enumerate(voices)}).to_numpy(np.int64)
    if keys:
        groups = spans.groupby(keys, sort=True, dropna=False, observed=True).ngroup().to_numpy()
    _, first = np.unique(groups, return_index=True)
    cells = groups * len(voices) + voice
    articles, _ = pd.factorize(spans["article"], use_na_sentinel=False)

    found = _find_mentions(spans, concepts)
    found = found[found["excluded"].isna()]
    labels = sum(len(concept.labels) for concept in concepts)
    shape = (len(first) * len(voices), labels)
    rows = found["row"].to_numpy()
    places = cells[rows] * labels + found["label"].to_numpy()
    n = np.bincount(places, minlength=shape[0] * shape[1]).reshape(shape)
    of_articles = np.unique(np.stack([places, articles[rows]]), axis=1)[0]
    has_label = np.bincount(of_articles, minlength=shape[0] * shape[1]).reshape(shape)
    in_group = np.bincount(np.unique(np.stack([groups, articles]), axis=1)[0], minlength=len(first))

    tables, done = [], 0
    for concept in concepts:
        here = slice(done, done + len(concept.labels))
        done = here.stop
        table = spans[keys].iloc[np.repeat(first, len(voices) * len(concept.labels))].reset_index(drop=True)
        table["concept"] = pd.array([concept.name] * len(table), dtype="str")
        if "voice" in by:
            table["voice"] = pd.array(np.tile(np.repeat(voices, len(concept.labels)), len(first)), dtype="str")
        table["label"] = pd.array(concept.labels * shape[0], dtype="str")
        table["n"] = n[:, here].ravel()
        total = n[:, here].sum(axis=1, keepdims=True)
        table["share"] = (n[:, here] / np.where(total, total, np.nan)).ravel()
        table["articles"] = has_label[:, here].ravel()
        table["articles_total"] = np.repeat(in_group, len(voices) * len(concept.labels))
        tables.append(table)
    if not tables:
        blank = dict.fromkeys(("concept", "voice", "label"), "") | {"share": 0.0}
        tables = [spans[keys].iloc[:0].assign(**blank, **dict.fromkeys(("n", "articles", "articles_total"), 0))]
    return pd.concat(tables, ignore_index=True)[["concept", *by, "label", "n", "share", "articles", "articles_total"]]


def sum_labels(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The rows of `tabulate_labels` by outlet and voice from those of partitions, which share no article."""
    tables = list(tables)
    rows = pd.concat(tables, ignore_index=True)
    if rows.empty:
        return tables[0]
    key = ["concept", "outlet", "voice", "label"]
    labels = rows[["concept", "label"]].drop_duplicates()  # every partition lists all of them in the order given
    voices = pd.DataFrame({"voice": [voice for voice in VOICES if (rows["voice"] == voice).any()]})
    totals = pd.concat([table.drop_duplicates("outlet")[["outlet", "articles_total"]] for table in tables])
    totals = totals.groupby("outlet", sort=True, dropna=False)["articles_total"].sum().reset_index()
    of_concept = labels[["concept"]].drop_duplicates()
    table = of_concept.merge(totals, how="cross").merge(voices.astype({"voice": "str"}), how="cross").merge(labels)
    table = table.merge(rows.groupby(key, dropna=False)[["n", "articles"]].sum().reset_index(), on=key, how="left")
    table = table.fillna({"n": 0, "articles": 0}).astype({"n": np.int64, "articles": np.int64})
    total = table.groupby(key[:-1], dropna=False)["n"].transform("sum")
    table["share"] = table["n"] / total.where(total > 0)
    return table[[*key, "n", "share", "articles", "articles_total"]]


def _find_mentions(spans: pd.DataFrame, concepts: Sequence[Concept]) -> pd.DataFrame:
    """Every label in these rows: row, start and end in its text, concept and label by number, text and excluded.

    Labels are numbered through all concepts.
    """
    texts = spans["text"].fillna("").to_numpy(dtype=object)
    arrow, found, done = pa.array(texts, type=pa.large_string()), [], 0
    for number, concept in enumerate(concepts):
        # Arrow reads texts many times as fast as Python's patterns, which then look at those few that have a label.
        rows = np.flatnonzero(pc.match_substring_regex(arrow, concept.loose, ignore_case=True))
        ruled = any(concept.near) or any(concept.not_near)
        judge = _make_judge(spans, texts, concept) if ruled and len(rows) else lambda *_: None
        for row, text in zip(rows, texts[rows], strict=True):
            for match in concept.pattern.finditer(text):
                phrase = match.lastindex - 1
                label = concept.label_of[phrase]
                excluded = judge(row, label) if concept.counts[phrase] else f"not_in '{concept.phrases[phrase]}'"
                found.append((row, *match.span(), number, done + label, match[0], excluded))
        done += len(concept.labels)
    columns = ["row", "start", "end", "concept", "label", "text", "excluded"]
    table = pd.DataFrame.from_records(found, columns=columns)
    return table.astype({column: "str" if column in columns[-2:] else np.int64 for column in columns})


def _make_judge(spans: pd.DataFrame, texts: np.ndarray, concept: Concept) -> Callable[[int, int], str | None]:
    """What says which rule on its sentence excludes a label in a row, if any."""
    sentences = spans.groupby(sentence_keys(spans), sort=False, dropna=False).ngroup().to_numpy()
    order = np.lexsort((spans["start"].fillna(-1), sentences))
    edges = np.searchsorted(sentences[order], np.arange(len(order) + 1))

    @cache  # a long sentence may have the label many times
    def judge(sentence: int, label: int) -> str | None:
        text = " ".join(texts[order[edges[sentence] : edges[sentence + 1]]])
        if not all(pattern.search(text) for pattern in concept.near[label]):
            return "near"
        found = concept.not_near[label] and concept.not_near[label].search(text)
        return f"not_near '{found[0]}'" if found else None

    return lambda row, label: judge(sentences[row], label)
