"""Write the tables of a corpus that is too large to be held at once, and go on where an earlier run was stopped."""

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from ..compare.tone.sentiment import score_sentiment
from ..compare.uncertainty import average_articles, summarise_means
from ..compare.words.tallies import finish_counts, sum_excess, sum_tallies, tally_terms
from ..corpus.events.of_article import ALL, are_events_named
from ..corpus.layout.artefacts import find_artefacts_beside
from ..corpus.layout.repeated import count_lines, sum_lines
from ..corpus.partitions import Progress, map_partitions, read_tables, sum_partitions
from ..corpus.reading.split import count_partitions, hash_corpus, read_problems, split_articles
from ..corpus.sentences import split_sentences
from ..shipped import PACKAGE
from ..tables import InputError, make_table
from ..voices.names.names import find_names
from ..voices.reuse.partitions import count_bits, name_copies_beside, reuse_partitions
from ..voices.speech.quotes import find_quotes
from ..voices.versions.versions import tabulate_quotations
from ..voices.voices import label_voices, sum_voices, tabulate_voices
from .estimate import check_named, count_characters, estimate_tone, tell
from .folders import MAKER, MANIFEST, check_replaceable, new_folder, write_manifest
from .selection import check_outside, list_options, select_tables
from .spreadsheet import write_table

UNFINISHED = ".unfinished"
_STATE = "partitions.json"
# Likeness is by words that are rare in the whole corpus, which no partition holds.
NOT_FOUND = (
    "The corpus names no events, and with partitions none are found: all articles are taken as one. A column 'event' "
    "names them; tables written without partitions hold those that are found, and 'all' as event says that it is one."
)
_BY_OUTLET, _BY_VOICE = ["outlet"], ["outlet", "voice"]


def write_partitions(
    corpus: str | os.PathLike | pd.DataFrame,
    *,
    out: str | os.PathLike,
    partitions: int,
    event: str | None = None,
    outlets: str | Sequence[str] | None = None,
    model: str = "tone",
    executor: object | None = None,
    progress: Progress | None = None,
    announce: Callable[[str], object] | None = None,
) -> Path:
    """Write the tables of `write_tables`, those with a row per article or span as folders of Parquet files.

    What is finished is kept beside `out` in a folder with the ending `.unfinished`, which takes the place of `out` at
    the end: the same call goes on from there, one with another corpus or other options starts again. Events that the
    corpus does not name are not found, but all articles taken as one, and `announce` and the manifest say so.
    `executor` and
    `progress` are those of `map_partitions`, `model` and `announce` those of `write_tables`.
    """
    if isinstance(partitions, bool) or not isinstance(partitions, int) or partitions < 1:
        raise InputError(f"partitions is {partitions!r}, but must be a whole number from 1 on")
    check_named(model)
    given = "articles"
    if not isinstance(corpus, pd.DataFrame):
        given = corpus
        check_outside(corpus, out)
    check_replaceable(out, kind="tables")
    options = list_options(given, event, outlets, model) | {"partitions": count_partitions(corpus, partitions)}
    state = {"made_by": MAKER, "code": _hash_code(), "options": options, "content": hash_corpus(corpus)}
    options = options | {"content": _hash(state)}
    if _is_finished(Path(out), options):
        return Path(out).resolve()
    work = _open_work(out, state)
    folder, scratch = work / "tables", work / "scratch"
    try:
        files = split_articles(corpus, scratch / "read", partitions=partitions, executor=executor, progress=progress)
        selected = _choose_articles(files, event, outlets)
        said = _describe_events(files, event)
    except InputError:  # nothing to go on from
        shutil.rmtree(work)
        raise
    tell(announce, said)
    tell(announce, estimate_tone(sum(count_characters(read_tables([file], ["text"])) for file in files), model))
    _write_all(files, selected, folder, scratch, model, executor=executor, progress=progress)
    write_manifest(folder, kind="tables", options=options, selection=said)
    with new_folder(out, kind="tables") as fresh:
        fresh.rmdir()
        folder.rename(fresh)
    shutil.rmtree(work)
    return Path(out).resolve()


def find_unfinished(out: str | os.PathLike) -> Path | None:
    """The folder that keeps what an earlier run finished; None if there is none."""
    work = _work_beside(out)
    return work if (work / _STATE).exists() else None


def _work_beside(out: str | os.PathLike) -> Path:
    target = Path(os.path.realpath(out))
    return target.with_name(target.name + UNFINISHED)


def _write_all(files: list[Path], selected: set | None, folder: Path, scratch: Path, model: str, **options) -> None:
    def over(step: Callable, name: str, *sources: list[Path], beside: tuple = ()) -> list[Path]:
        return map_partitions(step, list(zip(*sources, strict=True)), folder / name, beside=beside, **options)

    def add_up(step: Callable, name: str, source: list[Path], combine: Callable, beside: tuple = ()):
        parts = [(file,) for file in source]
        return sum_partitions(step, parts, scratch / name, combine=combine, beside=beside, **options)

    repeated = add_up(count_lines, "lines", files, sum_lines)
    articles = over(_select, "articles", files, beside=(selected,))
    artefacts = over(find_artefacts_beside, "artefacts", articles, beside=(repeated,))
    over(_split_sentences, "sentences", articles, artefacts)
    names = over(_find_names, "names", articles, artefacts)
    quotes = over(_find_quotes, "quotes", articles, artefacts, names)
    passages, members = reuse_partitions(
        articles, artefacts, quotes, folder / "passages", scratch=scratch / "reuse", **options
    )
    beside = (members, count_bits(len(articles)))
    spans = over(_label_voices, "spans", articles, artefacts, quotes, passages, beside=(beside,))
    scores = over(_score, "sentiment", spans, beside=(model,))

    def problems() -> pd.DataFrame:
        rows = [(problem["source"], problem["problem"]) for file in files for problem in read_problems(file)]
        return make_table(("source", "problem"), rows)

    from .tables import make_terms  # which imports this module where it needs it

    def terms() -> pd.DataFrame:
        tallies = add_up(_tally, "tallies", spans, lambda tables: sum_tallies(tables, _BY_OUTLET))
        totals = tallies[[*_BY_OUTLET, "term", "n", "words"]]
        tallies = add_up(
            _tally, "excess", spans, lambda tables: sum_excess(tables, tallies, _BY_OUTLET), beside=(totals,)
        )
        return make_terms(finish_counts(tallies, _BY_OUTLET))

    def summary() -> pd.DataFrame:
        means = add_up(_average, "means", scores, lambda tables: pd.concat(tables, ignore_index=True))
        return summarise_means(means, _BY_VOICE, "score")

    whole = {
        "voices": lambda: add_up(tabulate_voices, "words_by_voice", spans, sum_voices),
        "terms": terms,
        "summary": summary,
        "problems": problems,
        "quotations": lambda: tabulate_quotations(
            read_tables(quotes), read_tables(articles, ["article", "outlet", "event", "text"])
        ),
    }
    for name, make in whole.items():
        _write_small(make, folder / name, scratch)
        if progress := options["progress"]:
            progress(name, 1, 1)


def _select(articles: pd.DataFrame, selected: set | None) -> pd.DataFrame:
    articles.attrs = {}
    if selected is None:
        return articles
    pairs = zip(*(articles[name].astype(object).where(articles[name].notna(), None) for name in _PAIR), strict=True)
    return articles[[pair in selected for pair in pairs]].reset_index(drop=True)


_PAIR = ("event", "outlet")


def _choose_articles(files: list[Path], event: str | None, outlets: str | Sequence[str] | None) -> set | None:
    """The pairs of event and outlet whose articles are chosen; None if it is all."""
    if event is None and outlets is None:
        return None
    known = read_tables(files, list(_PAIR)).drop_duplicates(ignore_index=True)
    chosen = select_tables(known, event=event, outlets=outlets)[list(_PAIR)].astype(object)
    return set(chosen.where(chosen.notna(), None).itertuples(index=False, name=None))


def _describe_events(files: list[Path], event: str | None) -> str:
    """Say that events are not found in partitions, where the corpus names none and nobody said that it is one."""
    known = read_tables(files, ["event"]).drop_duplicates()
    return "" if event == ALL or are_events_named(known) else NOT_FOUND


def _split_sentences(articles: pd.DataFrame, artefacts: pd.DataFrame) -> pd.DataFrame:
    return split_sentences(articles, artefacts=artefacts)


def _find_names(articles: pd.DataFrame, artefacts: pd.DataFrame) -> pd.DataFrame:
    return find_names(articles, artefacts=artefacts)


def _find_quotes(articles: pd.DataFrame, artefacts: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    return find_quotes(articles, artefacts=artefacts, names=names)


def _label_voices(
    articles: pd.DataFrame, artefacts: pd.DataFrame, quotes: pd.DataFrame, passages: pd.DataFrame, members: tuple
) -> pd.DataFrame:
    spans = label_voices(articles, artefacts=artefacts, quotes=quotes, passages=passages.iloc[:0])
    return spans.assign(copied_from=name_copies_beside(spans, articles, passages, *members))


def _score(spans: pd.DataFrame, model: str) -> pd.DataFrame:
    return score_sentiment(spans, model=model)


def _tally(spans: pd.DataFrame, totals: pd.DataFrame | None = None) -> pd.DataFrame:
    return tally_terms(spans[spans["voice"] == "own"], _BY_OUTLET, totals=totals)


def _average(scores: pd.DataFrame) -> pd.DataFrame:
    return average_articles(scores, _BY_VOICE, "score")


def _write_small(make: Callable[[], pd.DataFrame], path: Path, scratch: Path) -> None:
    """Write a table of the whole corpus in both formats, unless both are there."""
    names = [path.name + ending for ending in (".csv", ".parquet")]
    if not all((path.parent / name).exists() for name in names):
        write_table(make(), scratch / path.name)
        for name in names:
            os.replace(scratch / name, path.parent / name)


def _open_work(out: str | os.PathLike, state: dict) -> Path:
    """The folder of unfinished work: that of an earlier run of the same corpus and options, or a new one."""
    work = _work_beside(out)
    earlier = _read_json(work / _STATE)
    if earlier != state:
        if work.exists() and earlier.get("made_by") != MAKER:
            raise InputError(f"'{work}' exists and was not written by parallax; unfinished work needs that place")
        try:
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir(parents=True)
            (work / "tables").mkdir()
            (work / "scratch").mkdir()
            (work / _STATE).write_text(json.dumps(state, indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            raise InputError(f"folder '{out}' can't be written: {error.strerror or error}") from error
    return work


def _hash_code() -> str:
    """A hash of this package: no table is to hold rows that two states of it made."""
    files = hash_corpus(PACKAGE)
    return _hash({name: digest for name, digest in files.items() if "__pycache__" not in name})


def _hash(value: dict) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _is_finished(out: Path, options: dict) -> bool:
    manifest = _read_json(out / MANIFEST)
    return manifest.get("options") == options and all((out / name).is_file() for name in manifest["files"])


def _read_json(path: Path) -> dict:
    with contextlib.suppress(OSError, ValueError):
        found = json.loads(path.read_text(encoding="utf-8"))
        return found if isinstance(found, dict) else {}
    return {}
