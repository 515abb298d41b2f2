"""The codebook: what each column of each table means, as the docstring of the verb that makes the table says it."""

import inspect
import re
from collections.abc import Callable, Iterable
from functools import cache

import pandas as pd

from ..compare.labels.labels import tabulate_labels
from ..compare.outlets.paired import compare_outlets
from ..compare.tone.sentiment import score_sentiment
from ..compare.tone.target_mentions import find_targets
from ..compare.tone.targets import score_targets, summarise_targets
from ..compare.uncertainty import summarise
from ..compare.words.terms import compare_terms
from ..corpus.corrections import tabulate_corrections
from ..corpus.duplicates import find_duplicates
from ..corpus.layout.artefacts import find_artefacts
from ..corpus.overview import tabulate_problems
from ..corpus.reading.articles import read_articles
from ..corpus.sentences import split_sentences
from ..tables import make_table
from ..voices.attributions import tabulate_speakers, tabulate_verbs
from ..voices.names.names import find_names
from ..voices.reuse.reuse import find_reuse
from ..voices.reuse.shares import share_reused
from ..voices.speech.quotes import find_quotes
from ..voices.versions.versions import tabulate_quotations
from ..voices.voices import label_voices, tabulate_voices
from .recipe import TABLES

CODEBOOK = "codebook.csv"
_OUTLET = {"outlet": "whose rows are counted together"}
_BY_VOICE = _OUTLET | {"voice": "own, reported or quote; counted apart"}
# The verb whose docstring tells what a table holds, and what its "those of …" are.
_VERBS: dict[str, tuple[Callable, dict[str, str]]] = {
    "articles": (read_articles, {}),
    "artefacts": (find_artefacts, {}),
    "sentences": (split_sentences, {}),
    "names": (find_names, {}),
    "quotes": (find_quotes, {}),
    "quotations": (tabulate_quotations, {}),
    "spans": (label_voices, {}),
    "passages": (find_reuse, {}),
    "reused": (share_reused, {}),
    "voices": (tabulate_voices, _OUTLET),
    "speakers": (tabulate_speakers, _OUTLET),
    "verbs": (tabulate_verbs, _OUTLET),
    "terms": (compare_terms, _OUTLET),
    "labels": (tabulate_labels, _BY_VOICE),
    "sentiment": (score_sentiment, {}),
    "summary": (summarise, _BY_VOICE),
    "outlets": (compare_outlets, {}),
    "targets": (score_targets, {}),
    "target_summary": (summarise_targets, {}),
    "duplicates": (find_duplicates, {}),
    "corrections": (tabulate_corrections, {}),
    "problems": (tabulate_problems, {}),
}
_GIVEN = {"split_sentences": split_sentences, "spans": label_voices, "mentions": find_targets}
# What SPSS, Stata or Stata's Mata take for a word of their own.
_RESERVED = frozenset(
    """
    all and by eq ge gt le lt ne not or to with
    _all _b byte _coef _cons double float if in int long _n _pi _pred _rc _se _skip strl using
    aggregate array boolean break case catch class colvector complex const continue default delegate delete do else
    eltypedef end enum explicit export external for friend function global goto inline local null pragma private
    protected public quad real return rowvector scalar short signed static string struct super switch template this
    throw transmorphic try typedef typename union unsigned vector version virtual void volatile while
    """.split()
)
_LONGEST_NAME = 32  # characters, in Stata; SPSS takes 64 bytes


@cache
def list_columns(table: str) -> dict[str, str]:
    """What each column of a table means, in their order."""
    verb, group = _VERBS[table]
    return _read_columns(verb, group)


def _read_columns(verb: Callable, group: dict[str, str]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for name, meaning in _read_section(inspect.getdoc(verb) or ""):
        passed_on = re.fullmatch(r"those of `(\w+)`", name)
        if not passed_on:
            columns[name] = meaning
        elif passed_on[1] in _GIVEN:
            columns |= _read_columns(_GIVEN[passed_on[1]], {})
        else:
            columns |= group
    return columns


def _read_section(docstring: str) -> Iterable[tuple[str, str]]:
    """Name and meaning of each line below `Columns:`, with what it is continued by."""
    section = re.search(r"^Columns:\n((?: {4}.*\n?)*)", docstring, re.MULTILINE)
    lines = re.sub(r"\n {8}\s*", " ", section[1] if section else "").splitlines()
    return [tuple(line.strip().split(": ", 1)) for line in lines]


def name_variables(columns: Iterable[str]) -> dict[str, str]:
    """For each column a name that SPSS and Stata accept, no two the same whatever their case.

    >>> name_variables(["start", "end", "to", "To", "2nd word"])
    {'start': 'start', 'end': 'end_', 'to': 'to_', 'To': 'To_2', '2nd word': 'v2nd_word'}
    """
    names: dict[str, str] = {}
    taken = set(_RESERVED)
    for column in columns:
        name = re.sub(r"[^A-Za-z0-9_]", "_", column)
        name = (name if name[:1].isalpha() else f"v{name}")[:_LONGEST_NAME]
        if name.lower() in _RESERVED or re.fullmatch(r"str\d+", name, re.IGNORECASE):
            name = f"{name[: _LONGEST_NAME - 1]}_"
        stem, number = name, 2
        while name.lower() in taken:
            name = f"{stem[: _LONGEST_NAME - 1 - len(str(number))]}{'' if stem.endswith('_') else '_'}{number}"
            number += 1
        taken.add(name.lower())
        names[column] = name
    return names


def make_codebook() -> pd.DataFrame:
    """One row per table, then one per column of it: what it means, and what it is called in SPSS and Stata."""
    rows = []
    for table, holds in TABLES.items():
        rows.append((table, None, holds, None))
        columns = list_columns(table)
        names = name_variables(columns)
        rows += [(table, column, meaning, names[column]) for column, meaning in columns.items()]
    return make_table(("table", "column", "description", "variable"), rows)
