"""What holds for every public verb, whatever it does. A new verb joins `VERBS` or the last test fails."""

import matplotlib
import matplotlib.pyplot
import pandas as pd
import pytest

import analysis
from analysis import InputError

matplotlib.use("agg")

# verb → the table it takes and the columns it can't do without
VERBS = {
    "select_articles": ("articles", ["outlet", "event"]),
    "find_duplicates": ("articles", ["article", "outlet", "text"]),
    "find_artefacts": ("articles", ["article", "text"]),
    "find_events": ("articles", ["article", "text"]),
    "group_events": ("articles", ["article", "text"]),
    "label_genres": ("articles", ["article", "text"]),
    "split_sentences": ("articles", ["article", "outlet", "event", "text"]),
    "split_headlines": ("articles", ["article", "outlet", "event", "text"]),
    "find_names": ("articles", ["article", "text"]),
    "find_quotes": ("articles", ["article", "text"]),
    "label_voices": ("articles", ["article", "outlet", "event", "text"]),
    "find_reuse": ("articles", ["article", "text"]),
    "tokenize": ("spans", ["text"]),
    "tabulate_voices": ("spans", ["article", "outlet", "voice", "text"]),
    "tabulate_speakers": ("spans", ["article", "outlet", "voice", "speaker", "text"]),
    "tabulate_verbs": ("quotes", ["article", "verb", "content_start", "content_end"]),
    "count_terms": ("spans", ["article", "outlet", "text"]),
    "tabulate_folds": ("spans", ["text"]),
    "find_collocations": ("spans", ["article", "text"]),
    "score_sentiment": ("spans", ["article", "sentence", "text"]),
    "score_frames": ("spans", ["article", "outlet", "sentence", "voice", "text"]),
    "find_contexts": ("spans", ["article", "outlet", "sentence", "start", "end", "text"]),
    "tabulate_selections": ("articles", ["article", "outlet", "event", "text"]),
    "compare_terms": ("counts", ["outlet", "term", "n", "rate", "articles", "articles_total"]),
    "tabulate_shared_terms": ("counts", ["outlet", "term", "n", "rate", "articles", "articles_total"]),
    "rank_terms": ("spans", ["article", "sentence", "outlet", "text"]),
    "test_terms": ("spans", ["article", "outlet", "text"]),
    "summarise": ("scores", ["article", "sentence", "outlet", "voice", "score"]),
    "compare_outlets": ("scores", ["article", "outlet", "event", "score"]),
    "tabulate_events": ("articles", ["article", "outlet", "event"]),
    "tabulate_volume": ("articles", ["article", "outlet", "published"]),
    "group_outlets": ("reused", ["a", "b", "share"]),
    "describe_articles": ("articles", ["article", "outlet", "published", "language", "agency"]),
    "describe_voices": ("voices", ["outlet", "voice", "share", "articles"]),
    "describe_quotations": ("quotations", ["quotation", "article", "text", "speaker", "version"]),
    "describe_reused": ("reused", ["a", "b", "share", "a_articles", "b_articles"]),
    "describe_labels": ("labels", ["concept", "outlet", "voice", "label", "n", "articles_total"]),
    "describe_selections": ("selections", ["outlet", "term", "selection", "n", "articles_total", "rank", "listed"]),
    "describe_shift": ("shift", ["a", "b", "term", "n_a", "n_b", "rate_a", "rate_b", "contribution"]),
    "describe_ranks": ("ranks", ["outlet", "term", "rank", "rank_low", "rank_high", "unit", "prior_dependent"]),
    "describe_sentiment": ("summary", ["outlet", "voice", "mean", "low", "high", "unit"]),
    "find_targets": ("articles", ["article", "outlet", "event", "text"]),
    "score_targets": ("mentions", ["text", "target_start", "target_end"]),
    "compare_targets": ("articles", ["article", "outlet", "event", "text"]),
    "summarise_targets": (
        "targets",
        [
            *("article", "outlet", "event", "sentence", "start", "entity", "mention", "voice"),
            *("negative", "neutral", "positive", "score"),
        ],
    ),
    "tabulate_sayings": ("targets", ["article", "outlet", "sentence", "entity", "voice", "speaker", "score"]),
    "find_evidence": ("targets", ["article", "outlet", "sentence", "entity", "voice", "text", "score"]),
    "tabulate_reversals": ("targets", ["article", "outlet", "entity", "voice", "text", "score"]),
    "describe_targets": ("tones", ["event", "entity", "outlet", "voice", "n", "balance", "low", "high", "unit"]),
    "plot_target": ("tones", ["event", "entity", "outlet", "voice", "n", "balance", "low", "high", "unit"]),
    "plot_targets": ("tones", ["event", "entity", "outlet", "voice", "n", "balance", "low", "high", "unit"]),
    "plot_sayings": ("sayings", ["speaker", "voice", "entity", "n", "mean"]),
    "describe_frames": ("frames", ["outlet", "voice", "frame", "n", "rate", "low", "high", "macro_f1"]),
    "plot_voices": ("voices", ["outlet", "voice", "share", "articles"]),
    "plot_speakers": ("speakers", ["outlet", "speaker", "voice", "words"]),
    "plot_verbs": ("verbs", ["outlet", "verb", "n", "share"]),
    "plot_quotations": ("quotations", ["quotation", "article", "speaker", "verb", "version", "words", "wording"]),
    "plot_reused": ("reused", ["a", "b", "share"]),
    "plot_labels": ("labels", ["concept", "outlet", "voice", "label", "n", "share"]),
    "plot_terms": ("compared", ["outlet", "term", "n", "rate", "articles", "articles_total", "log_odds", "z"]),
    "plot_term_map": ("compared", ["outlet", "term", "n", "rate", "articles", "articles_total", "z"]),
    "plot_shift": ("shift", ["a", "b", "term", "n_a", "n_b", "rate_a", "rate_b", "contribution"]),
    "plot_ranks": ("ranks", ["outlet", "term", "rank", "rank_low", "rank_high", "unit", "prior_dependent"]),
    "plot_shared_words": ("compared", ["outlet", "term", "n", "rate"]),
    "plot_sentiment": ("summary", ["outlet", "voice", "mean", "low", "high", "unit"]),
    "describe_events": ("events", ["event", "outlets", "outlet"]),
    "describe_outlets": ("pairs", ["a", "b", "events", "difference", "low", "high", "a_events", "b_events"]),
    "plot_events": ("events", ["event", "outlets", "outlet", "articles"]),
    "plot_volume": ("volume", ["outlet", "period", "unit", "articles"]),
    "plot_outlets": ("pairs", ["a", "b", "events", "difference", "low", "high"]),
    "plot_groups": ("joins", ["a", "b", "share"]),
}
# verb → what it can't do without besides the table
OPTIONS = {
    "score_targets": {"model": "vader"},
    "find_targets": {"entities": ["Putin", "Kim Jong Un"]},
    "compare_targets": {"model": "vader", "entities": ["Putin", "Kim Jong Un"]},
    "score_frames": {"frames": {"economic": ["trade", "sanction*"], "security": ["defen*", "nuclear weapon*"]}},
    "find_contexts": {"term": "support"},
}
TABLES_FROM_TABLES = [name for name in VERBS if not name.startswith(("describe_", "plot_"))]
# share_reused and tabulate_quotations take two tables, tabulate_shift the names of two groups that must be there, the
# verbs on labels concepts or a word, describe_accuracy a method's name, and learn_frames gives a model; their own tests
# hold them to the same laws.
TWO_TABLES = {
    "share_reused",
    "tabulate_quotations",
    "tabulate_shift",
    "find_labels",
    "tabulate_labels",
    "suggest_labels",
}
NOT_VERBS_ON_TABLES = {"describe_accuracy", "use_style", "InputError", "UnreadWarning"} | TWO_TABLES
NOT_VERBS_ON_TABLES |= {"read_articles", "read_concepts", "read_selection", "learn_frames"}
# These take a corpus, or a folder of labelled articles.
NOT_VERBS_ON_TABLES |= {"make_tables", "write_tables", "write_report", "measure_accuracy"}
CONCEPTS = {"pact": {"labels": ["pact", "deal", "treaty"]}}
PAIRING = ["find_reuse", "compare_outlets", "group_outlets", "tabulate_selections"]
PAIRING += ["rank_terms", "test_terms", "find_duplicates"]
# By default an entity is one that two articles mention.
PAIRING += ["find_targets", "score_targets", "compare_targets", "summarise_targets"]
COUNTING = [
    "tabulate_voices",
    "tabulate_speakers",
    "tabulate_verbs",
    "count_terms",
    "tabulate_folds",
    "find_collocations",
    "compare_terms",
    "score_frames",
    "tabulate_selections",
    "tabulate_shared_terms",
    "rank_terms",
    "test_terms",
    "summarise",
    "compare_outlets",
    "compare_targets",
    "summarise_targets",
    "tabulate_events",
    "tabulate_volume",
    "group_outlets",
    "summarise_targets",
    "tabulate_sayings",
    "find_evidence",
]
SPANNING = ["find_artefacts", "split_sentences", "find_names", "find_quotes", "label_voices"]


def tables_of(articles: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Every kind of table that a verb takes, made from these articles."""
    quotes = analysis.find_quotes(articles)
    spans = analysis.label_voices(articles, quotes=quotes)
    counts = analysis.count_terms(spans)
    scores = analysis.score_sentiment(spans, model="vader")
    mentions = analysis.find_targets(articles, spans=spans, entities=["Putin", "Kim Jong Un", "Russia"])
    # By a model that says the opposite of VADER.
    targets = analysis.score_targets(mentions, model="vader").assign(score=lambda scored: -scored["score"])
    reused = analysis.share_reused(analysis.find_reuse(articles, quotes=quotes), articles, by="outlet")
    return {
        "events": analysis.tabulate_events(articles),
        "volume": analysis.tabulate_volume(articles),
        "pairs": analysis.compare_outlets(scores),
        "joins": analysis.group_outlets(reused),
        "articles": articles,
        "quotes": quotes,
        "quotations": analysis.tabulate_quotations(quotes, articles),
        "spans": spans,
        "frames": analysis.score_frames(spans, **OPTIONS["score_frames"]),
        "speakers": analysis.tabulate_speakers(spans),
        "verbs": analysis.tabulate_verbs(quotes, by="outlet"),
        "reused": reused,
        "counts": counts,
        "ranks": analysis.rank_terms(spans, replicates=20),
        "compared": analysis.compare_terms(counts),
        # Two groups that one outlet has too.
        "shift": analysis.tabulate_shift(analysis.count_terms(spans, by="voice"), "own", "quote", by="voice"),
        "selections": analysis.tabulate_selections(articles, spans=spans),
        "voices": analysis.tabulate_voices(spans),
        "labels": analysis.tabulate_labels(spans, CONCEPTS),
        "scores": scores,
        "mentions": mentions,
        "targets": targets,
        "tones": analysis.summarise_targets(targets),
        "sayings": analysis.tabulate_sayings(targets),
        "summary": analysis.summarise(scores),
    }


@pytest.fixture(scope="module")
def tables(seeds):
    return tables_of(seeds)


def run(name: str, table: pd.DataFrame):
    result = getattr(analysis, name)(table, **OPTIONS.get(name, {}))
    matplotlib.pyplot.close("all")
    return result


@pytest.mark.parametrize("name", VERBS)
def test_the_input_is_unchanged(name, tables):
    table = tables[VERBS[name][0]]
    before = table.copy(deep=True)
    run(name, table)
    pd.testing.assert_frame_equal(table, before)
    assert table.attrs == before.attrs


@pytest.mark.parametrize("name", TABLES_FROM_TABLES)
def test_the_same_input_gives_the_same_table(name, tables):
    table = tables[VERBS[name][0]]
    pd.testing.assert_frame_equal(run(name, table), run(name, table.copy(deep=True)))


@pytest.mark.parametrize("name", COUNTING)
def test_the_order_of_rows_does_not_change_a_count(name, tables):
    table = tables[VERBS[name][0]]
    shuffled = table.sample(frac=1, random_state=7).reset_index(drop=True)
    pd.testing.assert_frame_equal(run(name, shuffled), run(name, table))


@pytest.mark.parametrize("name", [*SPANNING, "find_reuse"])
def test_the_order_of_articles_moves_rows_and_changes_none(name, tables):
    forwards = run(name, tables["articles"])
    backwards = run(name, tables["articles"].iloc[::-1].reset_index(drop=True))
    keys = ["article", "start", *(["passage"] if name == "find_reuse" else [])]
    pd.testing.assert_frame_equal(
        forwards.sort_values(keys, kind="stable").reset_index(drop=True),
        backwards.sort_values(keys, kind="stable").reset_index(drop=True),
    )


@pytest.mark.parametrize(("name", "column"), [(name, column) for name in VERBS for column in VERBS[name][1]])
def test_a_missing_column_is_named(name, column, tables):
    with pytest.raises(InputError) as error:
        run(name, tables[VERBS[name][0]].drop(columns=column))
    assert f"'{column}'" in str(error.value)
    assert name in str(error.value)


@pytest.mark.parametrize("name", VERBS)
def test_something_else_than_a_table_is_refused(name):
    with pytest.raises(InputError) as error:
        run(name, ["not", "a", "table"])
    assert str(error.value).startswith(f"{name} needs a DataFrame, but was given a list")


@pytest.mark.parametrize("name", [*SPANNING, "find_duplicates", "find_reuse", "find_events", "group_events"])
def test_two_articles_of_one_name_are_refused(name, seeds):
    with pytest.raises(InputError) as error:
        run(name, pd.concat([seeds, seeds.iloc[:1]]))
    assert str(error.value) == (
        f"{name} needs one row per article; the article '000_0094baf1129ae69f' stands there more than once"
    )


@pytest.mark.parametrize("name", SPANNING)
def test_standoff_on_text_that_is_not_ascii(name):
    text = (
        "Zoë’s 😀 “café” – naïve.\r\n\r\nImage Credit: AFP\r\n\r\nПривет, “мир”, he said. “日本”!\u2028İstanbul 'ok'."
    )
    articles = pd.DataFrame({"article": ["ä"], "outlet": ["Ö"], "event": ["1"], "text": [text]}, dtype="str")
    found = run(name, articles)
    assert len(found) > 0
    assert str(found["start"].dtype) == str(found["end"].dtype) == "int64"
    for start, end, part in zip(found["start"], found["end"], found["text"], strict=True):
        assert part == text[start:end] != ""


@pytest.mark.parametrize("name", VERBS)
def test_an_empty_corpus(name, tables):
    full, empty = (run(name, table) for table in (tables[VERBS[name][0]], tables[VERBS[name][0]].iloc[:0]))
    if name in TABLES_FROM_TABLES:
        assert len(empty) == 0
        assert list(empty.columns) == list(full.columns)
        assert empty.dtypes.astype(str).to_dict() == full.dtypes.astype(str).to_dict()
    elif name.startswith("describe_"):
        assert empty.endswith(".")


@pytest.mark.parametrize("name", VERBS)
@pytest.mark.parametrize("count", [1, 2])
def test_one_article_and_one_outlet(name, count, seeds):
    one = seeds.iloc[:count].assign(outlet="A")
    table = tables_of(one)[VERBS[name][0]]
    result = run(name, table)
    if name in TABLES_FROM_TABLES:
        assert len(result) > 0 or (name in PAIRING)  # one outlet has no other
        assert list(result.columns) == list(run(name, tables_of(seeds)[VERBS[name][0]]).columns)
    elif name.startswith("describe_"):
        assert result.endswith(".")


@pytest.mark.parametrize("name", [name for name in VERBS if name.startswith("plot_")])
def test_a_chart_takes_and_returns_axes(name, tables):
    figure, ax = matplotlib.pyplot.subplots()
    assert getattr(analysis, name)(tables[VERBS[name][0]], ax=ax) is ax
    matplotlib.pyplot.close(figure)


def test_every_public_verb_is_held_to_these_laws():
    assert set(VERBS) == set(dir(analysis)) - NOT_VERBS_ON_TABLES
