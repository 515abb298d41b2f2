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
