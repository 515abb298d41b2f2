import gc
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import joblib
import numpy as np
import pandas as pd
import pytest

from analysis import (
    UnreadWarning,
    find_artefacts,
    find_names,
    find_quotes,
    label_voices,
    read_articles,
    split_sentences,
)
from analysis.corpus import parallel
from analysis.corpus.parallel import map_articles

SAID = "LONDON (AP) - President Vladimir Putin said “we agree” on Monday. He added that {} would follow."


@pytest.fixture
def small_blocks(monkeypatch):
    """Blocks of some articles, and workers for any amount of text."""
    monkeypatch.setattr(parallel, "BLOCK", 400)
    monkeypatch.setattr(parallel, "ENOUGH", 1)


@pytest.fixture
def many():
    texts = [SAID.format(f"Number {number}") for number in range(12)]
    texts[3], texts[5], texts[11] = "", None, "\x00 He said “we never closed"
    return pd.DataFrame({"article": [f"a{number}" for number in range(12)], "outlet": "A", "event": "1", "text": texts})


def name_process(articles, *tables):
    """Which process each article was in, and how many rows of the tables beside it."""
    rows = [sum((table["article"] == article).sum() for table in tables) for article in articles["article"]]
    beside = sum(map(len, tables)) - sum(rows)
    return pd.DataFrame({"article": articles["article"], "process": os.getpid(), "rows": rows, "others": beside})


@pytest.mark.parametrize("find", [find_artefacts, find_names, find_quotes, split_sentences, label_voices])
def test_no_byte_depends_on_the_number_of_jobs(find, many, monkeypatch):
    whole = find(many)
    assert len(whole) >= 9
    monkeypatch.setattr(parallel, "BLOCK", 400)
    monkeypatch.setattr(parallel, "ENOUGH", 1)
    for jobs in (1, 2):
        with joblib.parallel_config(n_jobs=jobs):
            pd.testing.assert_frame_equal(find(many), whole, check_exact=True)


def test_no_byte_of_what_is_read_depends_on_the_number_of_jobs(tmp_path, small_blocks):
    rows = [
        {"text": f"By Ann Lee\n\nMarch {day}, 2024\n\nA pact is signed\n\n" + SAID.format(f"Number {day}") * 3}
        for day in range(1, 20)
    ]
    rows[3] |= {"title": "Its own", "published": "1/2/2024", "language": "German"}
    rows[4] = {"text": "Der Minister hat den Vertrag am Montag in der Hauptstadt unterzeichnet, sagte er. " * 4}
    rows[5] |= {"text": "short"}
    pd.DataFrame(rows).to_json(tmp_path / "news.jsonl", orient="records", lines=True)
    read = []
    for jobs in (1, 2):
        with joblib.parallel_config(n_jobs=jobs), pytest.warns(UnreadWarning):
            read.append(read_articles(tmp_path / "news.jsonl"))
    pd.testing.assert_frame_equal(*read, check_exact=True)
    assert read[0].attrs == read[1].attrs
    assert read[0]["language"].tolist()[2:6] == ["en", "de", "de", np.nan]
    assert read[0]["published"].notna().sum() == 17
    assert read[0]["agency"].notna().sum() == 17
    assert read[0]["title"][3] == "Its own"


def test_tables_given_travel_with_their_articles(many, small_blocks):
    tables = (find_artefacts(many), find_names(many))
    shuffled = [table.sample(frac=1, random_state=1) for table in tables]
    with joblib.parallel_config(n_jobs=2):
        found = find_quotes(many, artefacts=shuffled[0], names=shuffled[1])
    pd.testing.assert_frame_equal(found, find_quotes(many))


def test_a_block_gets_the_rows_of_its_own_articles(many, small_blocks):
    table = pd.DataFrame({"article": ["a2", "unknown", "a11", "a2"]})
    with joblib.parallel_config(n_jobs=2):
        found = map_articles(name_process, many, table)
    assert found["article"].tolist() == many["article"].tolist()
    assert found["rows"].tolist() == [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    assert not found["others"].any() and os.getpid() not in set(found["process"])


@pytest.mark.parametrize(("letters", "apart"), [(99, False), (100, True)])
def test_workers_start_for_enough_text_only(monkeypatch, letters, apart):
    monkeypatch.setattr(parallel, "ENOUGH", 100)
    articles = pd.DataFrame({"article": ["a", "b"], "text": ["x" * (letters - 50), "x" * 50]})
    with joblib.parallel_config(n_jobs=2):
        found = map_articles(name_process, articles)
    assert (os.getpid() not in set(found["process"])) == apart


def test_one_job_stays_in_this_process(many, small_blocks):
    with joblib.parallel_config(n_jobs=1):
        assert set(map_articles(name_process, many)["process"]) == {os.getpid()}


def start_another(articles):
    return name_process(map_articles(name_process, articles)).assign(jobs=parallel.count_jobs())


def test_a_worker_or_a_thread_starts_no_workers_of_its_own(many, small_blocks):
    with joblib.parallel_config(n_jobs=2):
        assert set(map_articles(start_another, many)["jobs"]) == {1}
    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(map_articles, name_process, many).result()
    assert set(found["process"]) == {os.getpid()}


def look_for_garbage(articles, refuse):
    if refuse["text"].any():
        raise ValueError("refused")
    return articles.assign(looked=gc.isenabled())


@pytest.mark.parametrize("before", [True, False])
def test_no_garbage_is_looked_for_within_a_block_and_again_after_it(many, small_blocks, before):
    refuse = many[["article", "text"]]
    try:
        gc.enable() if before else gc.disable()
        with joblib.parallel_config(n_jobs=1):
            found = map_articles(look_for_garbage, many, refuse[:0])
            assert (found["looked"].tolist(), gc.isenabled()) == ([False] * len(many), before)
            with pytest.raises(ValueError, match=r"^refused$"):
                map_articles(look_for_garbage, many, refuse)
        assert gc.isenabled() == before
    finally:
        gc.enable()


def count_outlets(articles, names, outlets):
    return articles.assign(known=articles["outlet"].isin(outlets), names=len(names))


def test_a_step_is_given_what_all_articles_together_tell(many, small_blocks):
    many["outlet"] = ["A", "B"] * 6
    asked = []

    def survey():
        asked.append(1)
        return {"B"}

    for jobs in (1, 2):
        with joblib.parallel_config(n_jobs=jobs):
            found = map_articles(count_outlets, many, many[:0], survey=survey)
        assert found["known"].tolist() == [False, True] * 6
        assert found["article"].tolist() == many["article"].tolist()
    assert len(asked) == 2


def test_no_articles(small_blocks):
    found = find_quotes(pd.DataFrame({"article": [], "text": []}, dtype="str"))
    assert found.empty and found.columns[0] == "article"


SCRIPT = """
import os, pandas as pd
from analysis import find_quotes
from analysis.corpus import parallel
parallel.BLOCK, parallel.ENOUGH = 100, 1
parallel.count_jobs = lambda: 2
table = pd.DataFrame({"article": list("abcd"), "text": ["Kim said “we agree” again. " * 9] * 4})
found = parallel.map_articles(lambda some: some.assign(n=os.getpid()), table)
print(len(find_quotes(table)), os.getpid() in set(found["n"]))
"""


def test_a_plain_script_needs_no_main_guard(tmp_path):
    (tmp_path / "plain.py").write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run([sys.executable, tmp_path / "plain.py"], capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == (["36", "False"], "")
