"""Which table is made from which: the one list that scripts, the report, notebooks, partitions and clusters run.

A step names the table that it makes, what makes it, and the tables that it is made from. Where a corpus is worked
through in partitions, a step runs on each of them; one with `combine` adds up what it made of each to a small table of
the whole corpus, and one that is `whole` is run once, on all of its tables together. A table that the steps of the list
do not make is given: `read`, the articles as they were read, each once; `duplicates`, `corrections` and `problems`,
which say what was left out, changed and not read; `chosen`, which articles are looked at; `model`; `concepts`;
`members`, who prints a passage in other partitions; and `scoring`, the options of `score_once`. In memory a corpus is
one partition.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import pandas as pd

from ..compare.labels.labels import sum_labels, tabulate_labels
from ..compare.outlets.paired import compare_outlets
from ..compare.tone.entities import choose_entities, list_named
from ..compare.tone.scores import SCORES, recall_mentions, recall_texts, score_once
from ..compare.tone.sentiment import score_sentiment
from ..compare.tone.target_mentions import find_mentions
from ..compare.tone.targets import score_targets, summarise_targets
from ..compare.uncertainty import average, average_articles, summarise_means
from ..compare.words.tallies import finish_counts, sum_excess, sum_tallies, tally_terms
from ..corpus.layout.artefacts import find_artefacts_beside
from ..corpus.layout.repeated import count_lines, sum_lines
from ..corpus.parallel import map_articles
from ..corpus.partitions import Progress
from ..corpus.sentences import split_sentences
from ..tables import add_source
from ..voices.attributions import sum_speakers, sum_verbs, tally_speakers, tally_verbs
from ..voices.names.names import find_names
from ..voices.reuse.members import name_copies_beside, tally_shared_beside
from ..voices.reuse.reuse import find_reuse
from ..voices.reuse.shares import share_reused, sum_shared
from ..voices.speech.quotes import find_quotes
from ..voices.versions.versions import tabulate_quotations
from ..voices.voices import label_voices, sum_voices, tabulate_voices
from .frequent_terms import make_terms
from .selection import keep_chosen

# Of a corpus of several events those are looked at whom so many articles name: of fewer little can be said, and each
# sentence about them costs the encoder as much. Of a single event all whom two articles name.
LEAST_NAMED = 10
_BY_OUTLET, _BY_VOICE = ["outlet"], ["outlet", "voice"]


class Step(NamedTuple):
    """One table of the recipe."""

    table: str
    make: Callable[..., object]
    inputs: tuple[str, ...]
    combine: Callable[..., object] | None = None
    whole: bool = False


def _choose(read: pd.DataFrame, chosen: set | None) -> pd.DataFrame:
    read = read.copy(deep=False)
    read.attrs = {}  # pandas copies them at every step: seconds where twenty thousand rows were not read
    return keep_chosen(read, chosen)


def _list_corpus(read: pd.DataFrame) -> pd.DataFrame:
    return read[["article", "outlet", "event", "title", "published"]]


def _find_artefacts(articles: pd.DataFrame, lines: dict) -> pd.DataFrame:
    columns = ["article", "outlet", "title", "text"]
    return add_source(map_articles(find_artefacts_beside, articles[columns], survey=lambda: lines), articles)


def _split_sentences(articles: pd.DataFrame, artefacts: pd.DataFrame) -> pd.DataFrame:
    return split_sentences(articles, artefacts=artefacts)


def _find_names(articles: pd.DataFrame, artefacts: pd.DataFrame) -> pd.DataFrame:
    return find_names(articles, artefacts=artefacts)


def _find_quotes(articles: pd.DataFrame, artefacts: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    return find_quotes(articles, artefacts=artefacts, names=names)


def _find_reuse(articles: pd.DataFrame, artefacts: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    return find_reuse(articles, artefacts=artefacts, quotes=quotes)


def _label_voices(articles, artefacts, quotes, passages, members: tuple | None) -> pd.DataFrame:
    if members is None:
        return label_voices(articles, artefacts=artefacts, quotes=quotes, passages=passages)
    spans = label_voices(articles, artefacts=artefacts, quotes=quotes, passages=passages.iloc[:0])
    return spans.assign(copied_from=name_copies_beside(spans, articles, passages, *members))


def _share_prose(passages: pd.DataFrame, articles: pd.DataFrame, members: tuple | None) -> pd.DataFrame:
    if members is None:
        return share_reused(passages[passages["kind"] == "prose"], articles, by="outlet")
    return tally_shared_beside(passages, articles, *members)


def _sum_shared(tables: Iterable[pd.DataFrame], members: tuple | None) -> pd.DataFrame:
    return next(iter(tables)) if members is None else sum_shared(tables)


def _choose_entities(named: pd.DataFrame) -> pd.DataFrame:
    several = named["event"].replace("", pd.NA).nunique() > 1
    return choose_entities(named, least=LEAST_NAMED if several else None)


def _read_scores(spans: pd.DataFrame, mentions: pd.DataFrame, model: str, scoring: dict) -> pd.DataFrame:
    if model != "tone":
        return pd.DataFrame(columns=list(SCORES))
    return score_once(spans, mentions, **scoring)


def _score_sentiment(spans: pd.DataFrame, scores: pd.DataFrame, model: str) -> pd.DataFrame:
    return score_sentiment(spans, model=recall_texts(scores) if model == "tone" else model)


def _score_targets(mentions: pd.DataFrame, scores: pd.DataFrame, model: str) -> pd.DataFrame:
    return score_targets(mentions, model=recall_mentions(scores) if model == "tone" else model)


def _tabulate_labels(spans: pd.DataFrame, concepts: dict) -> pd.DataFrame:
    return tabulate_labels(spans, concepts)


def _sum_labels(tables: Iterable[pd.DataFrame], concepts: dict) -> pd.DataFrame:
    return sum_labels(tables)


def _tally_own(spans: pd.DataFrame, totals: pd.DataFrame | None = None) -> pd.DataFrame:
    return tally_terms(spans[spans["voice"] == "own"], _BY_OUTLET, totals=totals)


def _sum_own(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    tables = list(tables)
    # How far a word is from even in a corpus is known with its totals: of one partition it is.
    return tables[0] if len(tables) == 1 else sum_tallies(tables, _BY_OUTLET)


def _tally_excess(spans: pd.DataFrame, tallies: pd.DataFrame) -> pd.DataFrame:
    return tallies if "excess" in tallies else _tally_own(spans, tallies[[*_BY_OUTLET, "term", "n", "words"]])


def _sum_excess(tables: Iterable[pd.DataFrame], tallies: pd.DataFrame) -> pd.DataFrame:
    return tallies if "excess" in tallies else sum_excess(tables, tallies, _BY_OUTLET)


def _compare_terms(excess: pd.DataFrame) -> pd.DataFrame:
    return make_terms(finish_counts(excess, _BY_OUTLET))


def _average_voices(sentiment: pd.DataFrame) -> pd.DataFrame:
    return average_articles(sentiment, _BY_VOICE, "score")


def _summarise(means: pd.DataFrame) -> pd.DataFrame:
    return summarise_means(means, _BY_VOICE, "score")


def _average_own(sentiment: pd.DataFrame) -> pd.DataFrame:
    own = sentiment[(sentiment["voice"] == "own") & sentiment["score"].notna()]
    return average(own, ["event", "outlet", "article"], "score")


def _compare_outlets(own_means: pd.DataFrame) -> pd.DataFrame:
    return compare_outlets(own_means)


def _drop_texts(targets: pd.DataFrame) -> pd.DataFrame:
    return targets.drop(columns=["text", "speaker", "target_start", "target_end"])


def _summarise_targets(target_rows: pd.DataFrame) -> pd.DataFrame:
    # Of a single article and event the sentences can be read; over many events an interval within one tells nothing.
    return summarise_targets(target_rows, within=target_rows["event"].nunique() < 2)


def _stack(tables: Iterable[pd.DataFrame], *_: object) -> pd.DataFrame:
    return pd.concat(list(tables), ignore_index=True)


RECIPE = (
    Step("lines", count_lines, ("read",), sum_lines),
    Step("corpus", _list_corpus, ("read",), _stack),
    Step("articles", _choose, ("read", "chosen")),
    Step("artefacts", _find_artefacts, ("articles", "lines")),
    Step("sentences", _split_sentences, ("articles", "artefacts")),
    Step("names", _find_names, ("articles", "artefacts")),
    Step("quotes", _find_quotes, ("articles", "artefacts", "names")),
    Step("quotations", tabulate_quotations, ("quotes", "articles"), whole=True),
    # In partitions a chain of steps of its own, which also gives `members`: who prints a passage elsewhere.
    Step("passages", _find_reuse, ("articles", "artefacts", "quotes")),
    Step("spans", _label_voices, ("articles", "artefacts", "quotes", "passages", "members")),
    Step("reused", _share_prose, ("passages", "articles", "members"), _sum_shared),
    Step("voices", tabulate_voices, ("spans",), sum_voices),
    Step("speakers", tally_speakers, ("spans",), sum_speakers),
    Step("verbs", tally_verbs, ("quotes",), sum_verbs),
    Step("tallies", _tally_own, ("spans",), _sum_own),
    Step("excess", _tally_excess, ("spans", "tallies"), _sum_excess),
    Step("terms", _compare_terms, ("excess",)),
    Step("labels", _tabulate_labels, ("spans", "concepts"), _sum_labels),
    Step("named", list_named, ("names", "articles"), _stack),
    Step("entities", _choose_entities, ("named",)),
    Step("mentions", find_mentions, ("articles", "names", "quotes", "spans", "entities")),
    Step("scores", _read_scores, ("spans", "mentions", "model", "scoring")),
    Step("sentiment", _score_sentiment, ("spans", "scores", "model")),
    Step("means", _average_voices, ("sentiment",), _stack),
    Step("summary", _summarise, ("means",)),
    Step("own_means", _average_own, ("sentiment",), _stack),
    Step("outlets", _compare_outlets, ("own_means",)),
    Step("targets", _score_targets, ("mentions", "scores", "model")),
    Step("target_rows", _drop_texts, ("targets",), _stack),
    Step("target_summary", _summarise_targets, ("target_rows",)),
)

# What each table holds, for the report's list of files and the codebook; all of them are written, in this order.
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
    "reused": "how much of each outlet's text stands in another's too, as prose",
    "voices": "how many words each outlet prints in each voice",
    "speakers": "how many words each outlet gives to whom, quoted and reported",
    "verbs": "with which verbs each outlet brings in what others say",
    "terms": "one row per outlet and word of the outlet's own voice: how often, and how distinctive of that outlet; "
    "no row for a word that the outlet does not print (its n is 0)",
    "labels": "by which words each outlet names the things that concepts.toml beside the corpus lists, in each voice",
    "sentiment": "the rows of spans with a score from -1 (negative) to 1 (positive)",
    "summary": "the mean score of each outlet and voice with its interval",
    "outlets": "one row per pair of outlets: how far apart the scores of their own words are on the events both tell",
    "targets": "one row per mention of somebody whom several articles name: the sentence, and how good or bad the news "
    "in it is about them",
    "target_summary": "how good or bad is what each outlet says about them, event by event and voice by voice, summed "
    "over its sentences",
    "duplicates": "one row per article that repeats another of the same outlet, and is left out of all other tables",
    "corrections": "one row per change made to what was read: a text that was mended in some way, an article left out",
    "problems": "one row per part of the corpus that was not read, with the reason",
}


def list_steps(wanted: Iterable[str], given: Iterable[str]) -> list[Step]:
    """The steps that lead from the tables given to those wanted, in the order of the recipe."""
    needed, steps, given = set(wanted), [], set(given)
    for step in reversed(RECIPE):
        if step.table in needed and step.table not in given:
            needed.update(step.inputs)
            steps.append(step)
    return steps[::-1]


def _list_parted() -> frozenset[str]:
    """The tables of which each partition has its own."""
    parted = {"read"}
    for step in RECIPE:
        if not (step.combine or step.whole) and parted.intersection(step.inputs):
            parted.add(step.table)
    return frozenset(parted)


PARTED = _list_parted()


def run_steps(
    wanted: Iterable[str],
    given: dict[str, object],
    *,
    progress: Progress | None = None,
    finish: Callable[[str, object], object] | None = None,
) -> dict:
    """The tables wanted, and whatever was made on the way, of a corpus that is held in memory.

    `finish` is told of each as soon as it is made, which no later step changes.
    """
    made, steps = dict(given), list_steps(wanted, given)
    for number, step in enumerate(steps, 1):
        table = step.make(*(made[name] for name in step.inputs))
        if step.combine is not None:
            table = step.combine([table], *(made[name] for name in step.inputs if name not in PARTED))
        made[step.table] = table
        if finish:
            finish(step.table, table)
        if progress:
            progress(step.table, number, len(steps))
    return made
