"""Dask workers give the same bytes, lose nothing when they die, and say in one sentence why they can't be used."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

import pandas as pd
import psutil
import pytest

from analysis import InputError
from analysis.command import main
from analysis.corpus.parallel import count_jobs
from analysis.corpus.partitions import map_partitions
from analysis.export import cluster as clusters
from analysis.export.cluster import open_cluster
from analysis.export.partitions import recall_partitions
from analysis.export.tables import write_tables

OUTLETS = ("Courier", "Herald", "Star")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """A folder of three Parquet files, which are read apart, of 27 articles that share a passage and a quotation."""
    folder = tmp_path_factory.mktemp("corpus") / "news"
    folder.mkdir()
    shared = "The council of Norwick will vote on the new bridge over the river Tarn before the end of the month"
    rows = [
        {
            "id": f"n{number:02d}",
            "outlet": OUTLETS[number % 3],
            "event": f"e{number % 4}",
            "published": f"2024-06-{number % 9 + 1:02d}",
            "text": f"Ann Lee opened bridge {number} in Norwick, a great success.\n\n"
            f'"It is a bad plan for all of the {number % 5} towns," Kim Ode said on Monday.\n\n{shared}.',
        }
        for number in range(27)
    ]
    for part in range(3):
        pd.DataFrame(rows[9 * part : 9 * part + 9]).to_parquet(folder / f"{part}.parquet", index=False)
    return folder


@pytest.fixture(scope="module")
def alone(corpus):
    """The bytes of all files that one process writes."""
    return every_file(write_tables(corpus, out=corpus.parent / "alone", partitions=3, model="vader"))


@pytest.fixture(scope="module")
def scheduler():
    """The address of a scheduler with two workers that start again when they die."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs=60
    ) as started:
        yield started.scheduler_address


@contextmanager
def ask(scheduler):
    from distributed import Client

    with Client(scheduler, set_as_default=False) as client:
        yield client


def every_file(folder) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def is_alive(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return process.status() != psutil.STATUS_ZOMBIE
    return False


# ---- what workers make


@pytest.mark.slow
def test_two_workers_of_which_one_is_killed_give_the_same_bytes(tmp_path, corpus, alone, scheduler):
    with ask(scheduler) as client:
        victim = min(client.run(os.getpid).values())
    told = []

    def kill_one(name: str, done: int, total: int) -> None:
        if (name, done) == ("sentences", 1):
            os.kill(victim, signal.SIGKILL)
        told.append((name, done, total))

    with open_cluster(corpus, out=tmp_path / "tables", scheduler=scheduler) as cluster:
        write_tables(corpus, out=tmp_path / "tables", partitions=3, model="vader", executor=cluster, progress=kill_one)
    assert every_file(tmp_path / "tables") == alone
    assert [done for name, done, _ in told if name == "sentences"] == [1, 2, 3]
    assert os.listdir(tmp_path) == ["tables"]
    with ask(scheduler) as client:
        assert victim not in client.run(os.getpid).values()


@pytest.mark.slow
def test_a_worker_starts_no_others(scheduler):
    with ask(scheduler) as client:
        assert set(client.run(count_jobs).values()) | {client.submit(count_jobs).result()} == {1}


@pytest.mark.slow
def test_a_part_that_ends_every_worker_is_named(tmp_path, corpus):
    config = pytest.importorskip("dask").config
    with (
        config.set({"distributed.scheduler.allowed-failures": 0}),
        open_cluster(corpus, out=tmp_path / "tables", workers=1) as cluster,
        pytest.raises(InputError) as error,
    ):
        map_partitions(os._exit, [(1,)], tmp_path / "spans", executor=cluster)
    assert str(error.value) == (
        "'part-0' of spans ended every worker that was given it, most likely for want of memory: more partitions are "
        "smaller ones"
    )
    assert os.listdir(tmp_path) == ["spans"] and os.listdir(tmp_path / "spans") == []


@pytest.mark.slow
def test_ctrl_c_ends_the_workers_and_keeps_what_is_finished(tmp_path, corpus, alone):
    pytest.importorskip("distributed")
    command = [sys.executable, "-m", "analysis", "tables", str(corpus), "--model", "vader", "--workers", "1"]
    process = subprocess.Popen(
        [*command, "--out", "tables"], cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    unfinished = tmp_path / "tables.unfinished"
    finished, until = unfinished / "tables" / "names" / "part-0.parquet", time.monotonic() + 60
    while not finished.exists() and time.monotonic() < until:
        time.sleep(0.01)
    workers = psutil.Process(process.pid).children(recursive=True)
    assert workers
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the workers get it too
    said = process.communicate(timeout=60)[1].splitlines()
    assert process.returncode == 130
    assert [line for line in said if not line.endswith(" done")] == [
        f"parallax: stopped; finished work is kept in '{unfinished}', the same command goes on there"
    ]
    assert finished.exists() and os.listdir(tmp_path) == ["tables.unfinished"]
    until = time.monotonic() + 20
    while any(map(is_alive, workers)) and time.monotonic() < until:
        time.sleep(0.01)
    assert not any(map(is_alive, workers))
    chosen = {"event": None, "outlets": None, "model": "vader"}
    assert recall_partitions(corpus, out=tmp_path / "tables", **chosen) == 3
    assert recall_partitions(corpus, out=tmp_path / "tables", **chosen | {"event": "e1"}) is None
    assert recall_partitions(corpus, out=tmp_path / "other", **chosen) is None


# ---- one sentence each


def fail(capsys, corpus, out, *options: str) -> str:
    """What the command says when it writes nothing."""
    assert main(["tables", str(corpus), "--out", str(out), "--model", "vader", *options]) == 2
    assert not out.exists() and os.listdir(out.parent) == []
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    return said[0].removeprefix("parallax: ")


def test_a_number_of_workers_is_one_at_least(tmp_path, corpus, capsys):
    said = fail(capsys, corpus, tmp_path / "tables", "--workers", "0")
    assert said == "--workers is 0, but must be a whole number from 1 on"


@pytest.mark.parametrize("option", [("--workers", "2"), ("--scheduler", "tcp://127.0.0.1:8786")])
def test_without_dask_the_extra_is_named(tmp_path, corpus, capsys, monkeypatch, option):
    monkeypatch.setitem(sys.modules, "distributed", None)
    said = fail(capsys, corpus, tmp_path / "tables", *option)
    assert said == f"{option[0]} needs the package distributed: pip install 'parallax-news[cluster]'"


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "no address", "foo://host"])
def test_a_scheduler_out_of_reach(tmp_path, corpus, capsys, monkeypatch, address):
    pytest.importorskip("distributed")
    monkeypatch.setattr(clusters, "_PATIENCE", 0.5)
    said = fail(capsys, corpus, tmp_path / "tables", "--scheduler", address)
    expected = f"no Dask scheduler answers at '{address}'; --scheduler needs an address such as tcp://host:8786"
    assert said == expected


@pytest.mark.slow
def test_a_worker_is_no_scheduler(tmp_path, corpus, capsys, scheduler):
    with ask(scheduler) as client:
        worker = next(iter(client.nthreads()))
    said = fail(capsys, corpus, tmp_path / "tables", "--scheduler", worker)
    assert said == f"no Dask scheduler answers at '{worker}'; --scheduler needs an address such as tcp://host:8786"


@pytest.mark.slow
def test_a_scheduler_without_workers(tmp_path, corpus, capsys, monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(clusters, "_PATIENCE", 0.5)
    with distributed.LocalCluster(n_workers=0, dashboard_address=":0") as empty:
        said = fail(capsys, corpus, tmp_path / "tables", "--scheduler", empty.scheduler_address)
        assert said == f"the scheduler at '{empty.scheduler_address}' has no workers; it needs one or more"


@pytest.mark.slow
def test_a_worker_of_another_version(tmp_path, corpus, capsys, monkeypatch, scheduler):
    with ask(scheduler) as client:
        worker = min(client.nthreads())
    here = clusters.list_versions()
    # The scheduler of the test runs in this process, and so has the changed version too.
    for name, changed in (("pandas", "3.99"), ("parallax-news", "9.9 (01234567)")):
        monkeypatch.setattr(clusters, "list_versions", make_versions(here | {name: changed}))
        said = fail(capsys, corpus, tmp_path / "tables", "--scheduler", scheduler)
        assert said == f"worker '{worker}' has {name} {here[name]}, but needs {changed}, the version that is here"


def make_versions(versions):
    def list_versions():
        return versions

    return list_versions


@pytest.mark.slow
def test_a_worker_of_another_version_that_comes_later(tmp_path, corpus, monkeypatch, scheduler):
    with open_cluster(corpus, out=tmp_path / "tables", scheduler=scheduler) as cluster:
        monkeypatch.setattr(clusters, "hash_code", lambda: "newer")
        with pytest.raises(InputError, match=r"^a worker has another version of parallax-news than [\d.]+, the one"):
            map_partitions(pd.DataFrame, [({"x": [1]},)], tmp_path / "spans", executor=cluster)


@pytest.mark.slow
def test_a_worker_without_the_package(tmp_path, corpus, capsys, scheduler):
    def forget():
        hidden = {name: None for name in sys.modules if name.split(".")[0] == "analysis"} | {"analysis": None}
        sys.kept = {name: sys.modules.get(name) for name in hidden}
        sys.modules.update(hidden)

    def remember():
        sys.modules.update(sys.kept)
        if sys.modules["analysis"] is None:
            del sys.modules["analysis"]

    with ask(scheduler) as client:
        worker = max(client.nthreads())
        client.run(forget, workers=[worker])
        try:
            said = fail(capsys, corpus, tmp_path / "tables", "--scheduler", scheduler)
        finally:
            client.run(remember, workers=[worker])
    assert said.startswith(f"worker '{worker}' can't run this version of the package, parallax-news ")
    assert "ModuleNotFoundError" in said


@pytest.mark.slow
def test_a_worker_that_does_not_see_the_files(tmp_path, corpus, capsys, monkeypatch, scheduler):
    with ask(scheduler) as client:
        worker = min(client.nthreads())
    with monkeypatch.context() as patch:
        patch.setattr(clusters, "_list_files", lambda folder: [("0.parquet", 1)])
        said = fail(capsys, corpus, tmp_path / "tables", "--scheduler", scheduler)
    seen = f"does not see the files of the corpus in '{corpus}': all workers must see the same ones there"
    assert said == f"worker '{worker}' {seen}"

    @contextmanager
    def share_elsewhere(out):
        yield tmp_path / "a disk of this machine" / "x"

    monkeypatch.setattr(clusters, "_share_folder", share_elsewhere)
    said = fail(capsys, corpus, tmp_path / "tables", "--scheduler", scheduler)
    needed = "where the tables are made: all workers must see the folder there"
    assert said == f"worker '{worker}' can't write to '{tmp_path / 'a disk of this machine'}', {needed}"
