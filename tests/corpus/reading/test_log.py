"""What reading says goes with the articles, at no cost."""

import copy
import json

import pandas as pd

from analysis.corpus.reading.log import Log


def test_what_reading_says_is_not_copied_at_every_step(tmp_path):
    log = Log()
    log.correct("a", "markup", 2, "<p>", "")
    articles = pd.DataFrame({"article": ["a", "b"]})
    articles.attrs |= vars(log)
    assert articles.head(1).attrs["corrections"] is log.corrections
    assert copy.deepcopy(articles.attrs)["corrections"] is log.corrections
    articles.to_parquet(tmp_path / "a.parquet")
    assert pd.read_parquet(tmp_path / "a.parquet").attrs == articles.attrs == json.loads(json.dumps(articles.attrs))


def count(*bundles: tuple[str, int, list[int]]) -> list[str]:
    log = Log()
    for name, stated, numbers in bundles:
        log.count_bundle(name, "Nexis", stated, numbers)
    log.say_missing()
    return [problem["source"] for problem in log.problems]


def test_a_file_that_says_it_holds_more_is_a_problem():
    assert count(("a.txt", 3, [1, 2, 3])) == []
    assert count(("a.txt", 3, [1, 2])) == ["a.txt"]
    assert count(("a.txt", 3, [1, 2, 3, 4])) == ["a.txt"]
    assert count(("a.txt", 3, [])) == ["a.txt"]


def test_parts_of_one_search_may_lie_beside_each_other():
    assert count(("a.txt", 5, [1, 2, 3]), ("b.txt", 2, [4, 5])) == []
    assert count(("a.txt", 6, [1, 2, 3]), ("b.txt", 2, [4, 5])) == ["a.txt"]
    assert count(("a.txt", 5, [1, 3]), ("b.txt", 2, [4, 5])) == ["a.txt"]
    # Another search, which begins at 1 as well, holds nothing of this one.
    assert count(("a.txt", 3, [1, 2]), ("b.txt", 9, list(range(1, 10)))) == ["a.txt"]
