"""One recipe makes every table once, whatever asks for it."""

from collections import Counter

import pytest
from conftest import SEEDS

from analysis import make_tables, write_report
from analysis.compare.tone import scores
from analysis.corpus.layout import artefacts
from analysis.export import recipe
from analysis.export.recipe import TABLES, run_steps
from analysis.export.tables import CORPUS
from analysis.voices.speech import quotes


@pytest.fixture
def read(monkeypatch):
    """How often speech was read in a text, artefacts found, and a text with its target given to the encoder."""
    counts = {"speech": Counter(), "artefacts": Counter(), "scores": Counter()}

    def count(module, name, key, rows):
        made = getattr(module, name)

        def counted(*given):
            counts[key].update(rows(*given))
            return made(*given)

        monkeypatch.setattr(module, name, counted)

    count(quotes, "read_speech", "speech", lambda text, *_: [text])
    for module in (artefacts, recipe):
        count(module, "find_artefacts_beside", "artefacts", lambda articles, *_: articles["article"])
    count(scores, "score_texts", "scores", lambda texts: [(text, None, None) for text in texts])
    count(scores, "score_mentions", "scores", lambda *columns: zip(*columns, strict=True))
    return counts


def expect_once(read, tables):
    """Each article was read once, and the encoder was given each text, and each text with a target, once."""
    articles, spans, targets = tables["articles"], tables["sentiment"], tables["targets"]
    assert read["speech"] == Counter(articles["text"])
    assert read["artefacts"] == Counter(articles["article"])
    mentions = targets[["text", "target_start", "target_end"]].itertuples(index=False, name=None)
    scored = spans.loc[spans["score"].notna(), "text"]
    assert read["scores"] == Counter({*mentions, *((text, None, None) for text in scored)})


def test_all_tables_of_the_seeds_read_each_article_and_sentence_once(read):
    expect_once(read, make_tables(SEEDS, only=[*TABLES, CORPUS]))


def test_a_report_on_one_of_several_events_reads_no_article_twice(read, seeds, tmp_path, monkeypatch):
    corpus = tmp_path / "articles.parquet"
    seeds.assign(event=["1", "1", "1", "2", "2"]).drop(columns="source").to_parquet(corpus, index=False)
    passes = []

    def run(*given, **options):
        passes.append(run_steps(*given, **options))
        return passes[-1]

    monkeypatch.setattr("analysis.present.report.report.run_steps", run)
    monkeypatch.setattr("analysis.present.report.report.run_notebooks", lambda notebooks, *_, **__: notebooks)
    write_report(corpus, out=tmp_path / "report")
    of_all, of_event = passes
    assert len(of_event["articles"]) == 3
    expect_once(read, {**of_all, "targets": of_event["targets"]})
