"""The same tables whatever the partitions, and whoever is stopped goes on; everything beside the whole corpus."""

import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import SEEDS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import InputError, count_terms, find_artefacts, find_quotes, find_reuse, read_articles
from analysis.command import main
from analysis.corpus.partitions import (
    Piece,
    map_partitions,
    name_parts,
    read_table,
    read_tables,
    sum_partitions,
    write_whole,
)
from analysis.corpus.reading import split
from analysis.export import partitions as partitioned
from analysis.export import recipe
from analysis.export.given import give_options
from analysis.export.tables import TABLES, make_tables, write_tables
from analysis.voices.reuse.partitions import reuse_partitions

WORDS = [f"{first}{second}" for first in "bdfgklmnprst" for second in ("alo", "eri", "ino", "ota", "ulu", "ane", "osk")]
SPANNING = ("articles", "artefacts", "sentences", "names", "quotes", "spans", "passages", "sentiment", "targets")


def make_corpus(count: int, seed: int = 0, events: int = 3) -> pd.DataFrame:
    """Articles of three outlets, and one of a fourth, that share passages and quotations, and repeat lines."""
    draw = random.Random(seed)

    def sentence(length: int) -> str:
        return " ".join(draw.choice(WORDS) for _ in range(length)).capitalize()

    shared = [f"{sentence(draw.randint(8, 40))}." for _ in range(6)]
    told = {event: f"{sentence(24)}." for event in (None, *(f"e{event}" for event in range(events)))}
    quoted = [f'"{sentence(draw.randint(6, 20))}," Kim said.' for _ in range(3)]
    rows = []
    for number in range(count):
        outlet = draw.choice("ABC") if number else "D"
        prose = [f"{sentence(draw.randint(4, 12))}, a good deal or a horrible war." for _ in range(2)]
        event = draw.choice(list(told))
        prose += (
            [told[event]] * (draw.random() < 0.5)
            + draw.sample(shared, draw.randint(0, 2))
            + draw.sample(quoted, draw.randint(0, 1))
        )
        draw.shuffle(prose)
        furniture = [f"Follow the pact with letter {outlet}"] if draw.random() < 0.8 else []
        rows.append(
            {
                "id": f"n{draw.randint(0, 9)}{number:03d}",
                "outlet": outlet,
                "event": event,
                "published": draw.choice([None, "2024-06-18", "2024-06-19"]),
                "agency": draw.choice([None, None, "Reuters"]),
                "text": "\n\n".join([*prose, *furniture]),
            }
        )
    return pd.DataFrame(rows).astype("str").where(lambda table: table != "None")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """A table of 40 articles, and its tables as they are written without partitions."""
    folder = tmp_path_factory.mktemp("whole")
    make_corpus(40).to_parquet(folder / "news.parquet", index=False)
    write_tables(folder / "news.parquet", out=folder / "tables")
    return folder / "news.parquet"


def load(folder, name: str) -> pd.DataFrame:
    parts = folder / name
    return read_tables(sorted(parts.iterdir())) if parts.is_dir() else pd.read_parquet(folder / f"{name}.parquet")


def in_bytes(table: pd.DataFrame) -> bytes:
    """The table sorted, as a Parquet file; in one piece, as it may be stitched together from several."""
    table = table.sort_values(list(table.columns), kind="stable", ignore_index=True)
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(table, preserve_index=False).combine_chunks(), file)
    return file.getvalue()


def assert_same_tables(folder, expected) -> None:
    for name in TABLES:
        whole = expected[name] if isinstance(expected, dict) else load(expected, name)
        pd.testing.assert_frame_equal(load(folder, name), whole, check_exact=True)  # in the same order, too
        assert in_bytes(load(folder, name)) == in_bytes(whole), name


def every_file(folder) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# ---- sums and maps


def add_one(table: pd.DataFrame, more: int = 1) -> pd.DataFrame:
    return table + more


def make_parts(folder, *tables) -> list[tuple]:
    folder.mkdir()
    parts = name_parts(folder, len(tables))
    for part, values in zip(parts, tables, strict=True):
        write_whole(pd.DataFrame({"x": values}), part)
    return [(part,) for part in parts]


def test_a_step_is_given_tables_and_what_stands_beside_them(tmp_path):
    parts = make_parts(tmp_path / "in", [1, 2], [], [3])
    made = map_partitions(add_one, parts, tmp_path / "out", beside=(10,))
    assert [path.name for path in made] == ["part-0.parquet", "part-1.parquet", "part-2.parquet"]
    assert [read_table(path)["x"].tolist() for path in made] == [[11, 12], [], [13]]
    total = sum_partitions(
        add_one, parts, tmp_path / "sum", combine=lambda tables: sum(table["x"].sum() for table in tables)
    )
    assert total == 9


def test_names_of_parts_sort_as_numbers_do():
    names = [path.name for path in name_parts(SEEDS, 11)]
    assert names == sorted(names)
    assert names[:2] == ["part-00.parquet", "part-01.parquet"]


def test_a_file_of_pieces_is_read_piece_by_piece(tmp_path):
    table = pd.DataFrame({"x": [1, 2, 3], "word": pd.array(["a", None, "c"], dtype="str")})
    write_whole([table.iloc[:2], table.iloc[2:2], table.iloc[2:]], tmp_path / "a.parquet")
    pieces = [read_table(Piece(tmp_path / "a.parquet", number)) for number in range(3)]
    assert [piece["x"].tolist() for piece in pieces] == [[1, 2], [], [3]]
    pd.testing.assert_frame_equal(pd.concat(pieces, ignore_index=True), table)


def test_finished_partitions_are_kept_and_half_written_files_never_appear(tmp_path):
    parts = make_parts(tmp_path / "in", [1], [2], [3], [4])
    calls = []

    def step(table: pd.DataFrame) -> pd.DataFrame:
        calls.append(table["x"].item())
        if len(calls) == 3:
            raise KeyboardInterrupt
        return table

    with pytest.raises(KeyboardInterrupt):
        map_partitions(step, parts, tmp_path / "out")
    assert (
        os.listdir(tmp_path / "out") == ["part-0.parquet", "part-1.parquet"] or len(os.listdir(tmp_path / "out")) == 2
    )
    (tmp_path / "out" / ".part-2.parquet-123").write_bytes(b"PAR1")  # what SIGKILL leaves behind
    told = []
    map_partitions(step, parts, tmp_path / "out", progress=lambda *now: told.append(now))
    assert calls == [1, 2, 3, 3, 4]
    assert told == [("out", 2, 4), ("out", 3, 4), ("out", 4, 4)]
    assert sorted(os.listdir(tmp_path / "out")) == [f"part-{number}.parquet" for number in range(4)]


def test_a_file_that_can_not_be_written_leaves_nothing(tmp_path):
    with pytest.raises(ValueError):
        write_whole(pd.DataFrame([[1, 2]], columns=["x", "x"]), tmp_path / "a.parquet")
    assert os.listdir(tmp_path) == []


class Cluster:
    """What a Dask client does, here: a list of futures from `map`, whose results `gather` waits for."""

    def __init__(self):
        self.pool = ThreadPoolExecutor(1)

    def map(self, step, *parts):
        return [self.pool.submit(step, *arguments) for arguments in zip(*parts, strict=True)]

    def gather(self, futures):
        raise AssertionError("progress would be told only when all parts are done")


@pytest.mark.parametrize("executor", [ThreadPoolExecutor(2), Cluster()], ids=["threads", "cluster"])
def test_an_executor_gives_the_same_bytes(tmp_path, executor):
    parts = make_parts(tmp_path / "in", [1], [2], [3], [4])
    map_partitions(add_one, parts, tmp_path / "here")
    map_partitions(add_one, parts, tmp_path / "there", executor=executor)
    assert every_file(tmp_path / "here") == every_file(tmp_path / "there")


# ---- every table of a corpus


@pytest.mark.parametrize("partitions", [1, 3, 8])
def test_the_same_corpus_in_any_number_of_partitions_gives_the_same_tables(tmp_path, corpus, partitions):
    out = write_tables(corpus, out=tmp_path / "tables", partitions=partitions)
    assert_same_tables(out, corpus.parent / "tables")
    assert all(len(list((out / name).iterdir())) == partitions for name in SPANNING)
    assert os.listdir(tmp_path) == ["tables"]


def test_the_corpus_holds_what_partitions_could_tear_apart(corpus):
    tables = {name: load(corpus.parent / "tables", name) for name in TABLES}
    assert set(tables["passages"]["kind"]) == {"prose", "stock", "quote"}
    assert tables["passages"]["first"].nunique() > 1 and tables["passages"]["articles"].max() > 5
    assert tables["spans"]["copied_from"].str.contains(r"\(Reuters\)").any()
    assert tables["spans"]["copied_from"].str.contains("more").any()
    assert tables["artefacts"]["kind"].tolist().count("boilerplate") > 20
    assert len(tables["quotations"]) > 2
    assert set(tables["summary"]["unit"]) == {"event", "article", "sentence"}


@pytest.mark.parametrize("partitions", [2, 7])
def test_the_seeds_in_partitions(tmp_path, partitions):
    assert_same_tables(write_tables(SEEDS, out=tmp_path / "t", partitions=partitions), make_tables(SEEDS))


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    places=st.lists(st.integers(0, 2), min_size=30, max_size=30),
    seed=st.integers(0, 99),
    events=st.sampled_from([0, 1, 9]),
)
def test_any_partitioning_gives_the_rows_of_the_whole(tmp_path, places, seed, events):
    table = make_corpus(30, seed, events)
    table.to_parquet(tmp_path / "news.parquet", index=False)
    articles = read_articles(tmp_path / "news.parquet")
    parts = [articles[[place == part for place in places]].reset_index(drop=True) for part in range(3)]
    shutil.rmtree(tmp_path / "work", ignore_errors=True)
    for folder in ("tables", "scratch", "read"):
        (tmp_path / "work" / folder).mkdir(parents=True)
    files = name_parts(tmp_path / "work" / "read", 3)
    for part, file in zip(parts, files, strict=True):
        write_whole(part, file)
    folder, scratch = tmp_path / "work" / "tables", tmp_path / "work" / "scratch"
    given = give_options(articles, "vader") | {
        "chosen": None,
        **make_tables(articles, only=["problems", "duplicates", "corrections"], duplicates="keep"),
    }
    options = {"formats": ("csv", "parquet"), "go_on": None, "executor": None, "progress": None}
    partitioned._write_all(files, given, folder, scratch, **options)
    one = None if events else "all"  # in partitions no events are found
    together = pd.concat(parts, ignore_index=True)
    assert_same_tables(folder, make_tables(together, event=one, model="vader", duplicates="keep"))


def test_a_partition_may_choose_an_event_or_outlets(tmp_path, corpus):
    for chosen in ({"event": "e1"}, {"outlets": ["B", "C"]}, {"event": "e0", "outlets": "A"}):
        whole = write_tables(corpus, out=tmp_path / "whole", **chosen)
        parts = write_tables(corpus, out=tmp_path / "parts", partitions=3, **chosen)
        assert_same_tables(parts, whole)
    with pytest.raises(InputError) as error:
        write_tables(corpus, out=tmp_path / "none", partitions=3, outlets="E")
    assert str(error.value) == "outlet 'E' is not in this corpus; it has " + ", ".join(
        read_articles(corpus)["outlet"].unique()
    )
    assert sorted(os.listdir(tmp_path)) == ["parts", "whole"]


def test_phrases_add_up_as_words_do(tmp_path):
    from analysis.compare.words.tallies import finish_counts, sum_excess, sum_tallies, tally_terms

    spans = make_corpus(30).rename(columns={"id": "article"})
    by = ["outlet", "event"]
    parts = [spans.iloc[first : first + 7] for first in range(0, 30, 7)]
    tallies = sum_tallies((tally_terms(part, by, 3) for part in parts), by)
    totals = tallies[[*by, "term", "n", "words"]]
    counts = sum_excess((tally_terms(part, by, 3, totals=totals) for part in parts), tallies, by)
    pd.testing.assert_frame_equal(finish_counts(counts, by), count_terms(spans, by=by, ngrams=3), check_exact=True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.tuples(st.text("abc.", max_size=14), st.sampled_from(["x", "y", None])), min_size=2, max_size=7),
    cuts=st.lists(st.integers(0, 7), min_size=1, max_size=2),
    n=st.integers(2, 4),
)
def test_passages_of_few_words_in_every_order(tmp_path, texts, cuts, n):
    shutil.rmtree(tmp_path / "work", ignore_errors=True)
    articles = pd.DataFrame(
        {
            "article": [f"n{number}" for number in range(len(texts))],
            "event": pd.array([event for _, event in texts], dtype="str"),
            "published": pd.to_datetime(["2024-06-18", "2024-06-19", None, "2024-06-18"] * 2)[: len(texts)],
            "agency": pd.array([None, "AFP", None, None, "AP", None, None][: len(texts)], dtype="str"),
            "text": pd.array([" ".join(text).replace(" . ", '" "') for text, _ in texts], dtype="str"),
        }
    )
    artefacts, quotes = find_artefacts(articles), find_quotes(articles)
    edges = [0, *sorted(min(cut, len(texts)) for cut in cuts), len(texts)]
    files = []
    for name, table in (("articles", articles), ("artefacts", artefacts), ("quotes", quotes)):
        (tmp_path / "work" / name).mkdir(parents=True)
        files.append(name_parts(tmp_path / "work" / name, len(edges) - 1))
        for file, first, last in zip(files[-1], edges[:-1], edges[1:], strict=True):
            here = table["article"].isin(articles["article"].iloc[first:last])
            write_whole(table[here].reset_index(drop=True), file)
    scratch = tmp_path / "work" / "scratch"
    found, _ = reuse_partitions(*files, tmp_path / "work" / "out", scratch=scratch, n=n, copy_words=n + 1)
    whole = find_reuse(articles, n=n, copy_words=n + 1, artefacts=artefacts, quotes=quotes)
    pd.testing.assert_frame_equal(read_tables(found), whole)


def test_passages_over_edits_need_whole_articles(tmp_path):
    with pytest.raises(InputError) as error:
        reuse_partitions([], [], [], tmp_path, scratch=tmp_path, edits=2)
    assert str(error.value) == "edits is 2, but must be 0 in partitions: passages over changed words need all articles"


@pytest.mark.parametrize("partitions", [0, -1, 2.0, True])
def test_a_number_of_partitions_that_is_none(tmp_path, corpus, partitions):
    with pytest.raises(InputError) as error:
        write_tables(corpus, out=tmp_path / "tables", partitions=partitions)
    assert str(error.value) == f"partitions is {partitions!r}, but must be a whole number from 1 on"


def test_an_executor_gives_the_same_tables(tmp_path, corpus):
    with ThreadPoolExecutor(2) as executor:
        out = write_tables(corpus, out=tmp_path / "tables", partitions=3, executor=executor)
    assert_same_tables(out, corpus.parent / "tables")


# ---- stopped, and started again


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path, corpus, monkeypatch, capsys):
    expected = every_file(write_tables(corpus, out=tmp_path / "tables", partitions=3))
    shutil.rmtree(tmp_path / "tables")
    counted, find_quotes = [], recipe.find_quotes

    def stop_at(limit: int) -> None:
        def step(articles, **options):
            counted.append(len(articles))
            if len(counted) == limit:
                raise KeyboardInterrupt
            return find_quotes(articles, **options)

        monkeypatch.setattr(recipe, "find_quotes", step)

    command = ["tables", str(corpus), "--partitions", "3", "--out", str(tmp_path / "tables")]
    stop_at(3)
    assert main(command) == 130
    kept = tmp_path / "tables.unfinished"
    last = capsys.readouterr().err.splitlines()[-1]
    assert last == f"parallax: stopped; finished work is kept in '{kept}', the same command goes on there"
    assert os.listdir(tmp_path) == ["tables.unfinished"]
    finished = sorted((kept / "tables" / "quotes").iterdir())
    assert [path.name for path in finished] == ["part-0.parquet", "part-1.parquet"]
    stop_at(99)
    assert main(command) == 0
    assert len(counted) == 3 + 1
    assert every_file(tmp_path / "tables") == expected
    assert main(command) == 0  # finished already
    assert len(counted) == 3 + 1
    assert os.listdir(tmp_path) == ["tables"]


@pytest.mark.slow
def test_a_run_that_was_killed_goes_on_where_it_was(tmp_path, corpus):
    expected = every_file(write_tables(corpus, out=tmp_path / "tables", partitions=8))
    shutil.rmtree(tmp_path / "tables")
    command = [sys.executable, "-m", "analysis", "tables", str(corpus), "--partitions", "8"]
    command += ["--out", str(tmp_path / "tables")]
    unfinished = tmp_path / "tables.unfinished"
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=tmp_path)
    until = time.monotonic() + 60
    while not (unfinished / "tables" / "quotes" / "part-1.parquet").exists() and time.monotonic() < until:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert os.listdir(tmp_path) == ["tables.unfinished"]
    before = {path.name: path.stat().st_mtime_ns for path in (unfinished / "tables" / "sentences").glob("part*")}
    assert len(before) == 8
    assert subprocess.run(command, capture_output=True, cwd=tmp_path, check=False).returncode == 0
    assert every_file(tmp_path / "tables") == expected
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "tables" / "sentences").iterdir()}
    assert after == before


@pytest.mark.parametrize("changed", ["option", "corpus", "partitions", "code"])
def test_what_has_changed_is_made_again(tmp_path, corpus, monkeypatch, changed):
    news, out = tmp_path / "news.parquet", tmp_path / "tables"
    shutil.copy(corpus, news)

    def stop(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(recipe, "summarise_means", stop)
        with pytest.raises(KeyboardInterrupt):
            write_tables(news, out=out, partitions=3)
    if changed == "corpus":
        make_corpus(40, seed=1).to_parquet(news, index=False)
    if changed == "code":
        monkeypatch.setattr(partitioned, "hash_code", lambda: "newer")
        monkeypatch.setattr(recipe, "find_quotes", lambda articles, **_: find_quotes(articles.assign(text="“No.”")))
        write_tables(news, out=out, partitions=3)
        assert set(load(out, "quotes")["text"]) == {"“No.”"}
        return
    options = {"option": {"outlets": "A"}, "partitions": {"partitions": 4}}.get(changed, {})
    write_tables(news, out=out, **({"partitions": 3} | options))
    options.pop("partitions", None)
    assert_same_tables(out, write_tables(news, out=tmp_path / "whole", **options))
    assert not (tmp_path / "tables.unfinished").exists()


def test_somebody_elses_folder_is_left_alone(tmp_path, corpus):
    (tmp_path / "tables.unfinished").mkdir()
    (tmp_path / "tables.unfinished" / "poem.txt").write_text("x")
    with pytest.raises(InputError) as error:
        write_tables(corpus, out=tmp_path / "tables", partitions=3)
    assert str(error.value) == (
        f"'{tmp_path / 'tables.unfinished'}' exists and was not written by parallax; unfinished work needs that place"
    )
    assert os.listdir(tmp_path / "tables.unfinished") == ["poem.txt"]


# ---- a folder of Parquet files


def make_folder(folder, *tables: pd.DataFrame):
    folder.mkdir()
    for number, table in enumerate(tables):
        table.to_parquet(folder / f"{number}.parquet", index=False)
    return folder


def cut(table: pd.DataFrame, count: int = 3) -> list[pd.DataFrame]:
    return [table.iloc[number * 40 // count : (number + 1) * 40 // count] for number in range(count)]


@pytest.fixture
def read(monkeypatch):
    """The names of what is read."""
    names = []

    def read_named(path, **options):
        names.append(os.path.basename(path))
        return read_articles(path, **options)

    monkeypatch.setattr(split, "read_articles", read_named)
    return names


def test_a_folder_of_parquet_files_is_read_file_by_file(tmp_path, read):
    folder = make_folder(tmp_path / "news", *cut(make_corpus(40)))
    out = write_tables(folder, out=tmp_path / "tables", partitions=8)
    assert read == ["0.parquet", "1.parquet", "2.parquet"]
    assert_same_tables(out, write_tables(folder, out=tmp_path / "whole"))
    assert len(list((out / "spans").iterdir())) == 3


@pytest.mark.parametrize("without", ["event in one file", "event", "identifiers"])
def test_what_holds_for_the_corpus_is_told_before_it_is_read_apart(tmp_path, read, without):
    parts = cut(make_corpus(40))
    if without == "event in one file":
        parts[1] = parts[1].assign(event=None)
    else:
        parts = [part.drop(columns={"event": "event", "identifiers": "id"}[without]) for part in parts]
    folder = make_folder(tmp_path / "news", *parts)
    event = "all" if without == "event" else None
    out = write_tables(folder, out=tmp_path / "tables", partitions=3, event=event)
    assert len(read) == 3
    assert_same_tables(out, write_tables(folder, out=tmp_path / "whole", event=event))


def test_events_that_are_not_named_are_not_found_in_partitions_and_that_is_said(tmp_path):
    corpus = make_corpus(40)
    said = {}
    for name, table in (("named", corpus), ("unnamed", corpus.drop(columns="event"))):
        folder = make_folder(tmp_path / name, *cut(table))
        for event in (None, "all") if name == "unnamed" else (None,):
            told = said.setdefault((name, event), [])
            out = write_tables(
                folder, out=tmp_path / "tables", partitions=3, model="vader", event=event, announce=told.append
            )
            manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
            assert manifest["selection"] == "".join(told)
            articles = pd.read_parquet(out / "articles")
            assert (articles["event"].nunique() == 1) == (name == "unnamed")
    assert said == {("named", None): [], ("unnamed", None): [partitioned.NOT_FOUND], ("unnamed", "all"): []}


@pytest.mark.filterwarnings("ignore::analysis.tables.UnreadWarning")
@pytest.mark.parametrize("what", ["no outlet", "one identifier twice", "another file", "sub-folder"])
def test_what_only_the_whole_can_tell_is_read_whole(tmp_path, read, what):
    parts = cut(make_corpus(40))
    if what == "no outlet":
        parts[1] = parts[1].assign(outlet=None)
    elif what == "one identifier twice":
        parts[1] = pd.concat([parts[1], parts[0].head(1)])
    folder = make_folder(tmp_path / "news", *parts)
    if what == "another file":
        (folder / "a.txt").write_text("They met and agreed.")
    elif what == "sub-folder":
        (folder / "sub").mkdir()
        (folder / "0.parquet").rename(folder / "sub" / "0.parquet")
    out = write_tables(folder, out=tmp_path / "tables", partitions=2)
    assert read == ["news"]
    assert_same_tables(out, write_tables(folder, out=tmp_path / "whole"))


@pytest.mark.filterwarnings("ignore::analysis.tables.UnreadWarning")
def test_a_damaged_partition_is_one_sentence_and_the_rest_is_done(tmp_path, capsys):
    folder = make_folder(tmp_path / "news", *cut(make_corpus(40)))
    damaged = folder / "1.parquet"
    damaged.write_bytes(damaged.read_bytes()[:-100])
    assert main(["tables", str(folder), "--partitions", "3", "--out", str(tmp_path / "tables")]) == 2
    lines = [line for line in capsys.readouterr().err.splitlines() if not line.endswith(" done")]
    assert lines == ["parallax: '1.parquet' is damaged or cut off; expected a complete parquet file"]
    assert_same_tables(tmp_path / "tables", write_tables(folder, out=tmp_path / "whole"))


def test_nothing_that_can_be_read_leaves_nothing_behind(tmp_path, capsys):
    folder = make_folder(tmp_path / "news", *cut(make_corpus(40)))
    for path in folder.iterdir():
        path.write_bytes(b"PAR1")
    assert main(["tables", str(folder), "--partitions", "3", "--out", str(tmp_path / "tables")]) == 2
    assert capsys.readouterr().err.splitlines()[1] == (
        f"parallax: no article of '{folder}' could be read: '0.parquet' is damaged or cut off; expected a complete "
        "parquet file"
    )
    assert os.listdir(tmp_path) == ["news"]


def test_plain_tables_still_go_through_every_verb(corpus):
    articles = read_articles(corpus)
    assert len(find_reuse(articles, edits=2)) > 0
