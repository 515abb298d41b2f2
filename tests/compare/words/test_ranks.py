"""Ranks against `compare_terms`, and their bands against a plain loop over the same resamples."""

import warnings

import numpy as np
import pandas as pd
import pytest
from conftest import make_articles

from analysis import InputError, compare_terms, count_terms, split_sentences
from analysis.compare.words import rank_bands
from analysis.compare.words.keyness import log_odds
from analysis.compare.words.ranks import MOST_RANKS, PRIOR_SIZES, RANKS, TOP, rank_terms

WORDS = [f"word{i:02}" for i in range(30)]


def make_spans(outlets="AAAAAABBBBBB", *, words=40, seed=0, **columns):
    rng = np.random.default_rng(seed)
    texts = [" ".join(rng.choice(WORDS, words)) for _ in outlets]
    names = [f"a{i:03}" for i in range(len(texts))]
    return pd.DataFrame({"outlet": list(outlets), "article": names, "sentence": 1, "text": texts, **columns})


def content(spans, **options):
    table = compare_terms(count_terms(spans), **options)
    table = table[~table["stop_word"] & (table["n"] > 0) & (table["z"] > 0)]
    return table.sort_values(["outlet", "z", "term"], ascending=[True, False, True], kind="stable")


def test_ranks_are_those_of_compare_terms(spans):
    table, expected = rank_terms(spans, replicates=5), content(spans).groupby("outlet").head(MOST_RANKS)
    assert table.columns.tolist() == ["outlet", *RANKS]
    assert table["term"].tolist() == expected["term"].tolist()
    for column in ("n", "articles", "articles_total", "log_odds", "z"):
        np.testing.assert_allclose(table[column], expected[column], rtol=1e-12)
    assert table.groupby("outlet")["rank"].apply(list).map(lambda ranks: ranks == [*range(1, len(ranks) + 1)]).all()


def test_a_term_that_leaves_or_enters_the_first_ten_with_the_prior_is_marked(spans):
    tops = [content(spans, prior_size=size).groupby("outlet").head(TOP) for size in PRIOR_SIZES]
    tops = [set(zip(top["outlet"], top["term"], strict=True)) for top in tops]
    table = rank_terms(spans, replicates=5).set_index(["outlet", "term"])
    marked = set(table.index[table["prior_dependent"]])
    assert marked == (set.union(*tops) - set.intersection(*tops)) & set(table.index)
    assert not table.loc[list(set.intersection(*tops)), "prior_dependent"].any()
    assert 0 < len(marked) < len(table)


def test_agreement_counts_the_measures_that_have_the_term_in_their_first_ten(spans):
    table = compare_terms(count_terms(spans).query("not stop_word"))
    expected = content(spans)[["outlet", "term"]].merge(table, on=["outlet", "term"])
    counted = rank_terms(spans, replicates=5).set_index(["outlet", "term"])["agreement"]
    assert counted.between(0, 4).all()
    z = content(spans).groupby("outlet").head(TOP)
    tops = {"z": set(zip(z["outlet"], z["term"], strict=True))}
    for measure in ("tf_idf", "g2", "log_ratio_low"):
        # Totals without stop words scale every term of a group alike, which changes few of these ranks.
        order = expected.sort_values(["outlet", measure, "term"], ascending=[True, False, True], kind="stable")
        top = order.groupby("outlet").head(TOP)
        tops[measure] = set(zip(top["outlet"], top["term"], strict=True))
    assert set(counted.index[counted == 4]) <= set.intersection(tops["z"], tops["tf_idf"])
    assert set.intersection(tops["z"], tops["tf_idf"], tops["g2"], tops["log_ratio_low"]) <= set(
        counted.index[counted >= 2]
    )


def test_bands_are_those_of_a_plain_loop():
    spans, replicates = make_spans(), 60
    matrix = spans["text"].str.split().explode().groupby(level=0).value_counts().unstack(fill_value=0)
    owner, counts = (spans["outlet"] == "B").to_numpy().astype(int), matrix.to_numpy()
    seeds, listed = [[0, 1], [0, 2]], [np.array([3, 7, 11]), np.array([2])]
    from scipy import sparse

    units = [sparse.csr_array(counts[owner == group].astype(np.float32)) for group in (0, 1)]
    words = [counts[owner == group].sum(axis=1, keepdims=True) for group in (0, 1)]
    kinds = np.zeros(counts.shape[1], dtype=int)
    found = rank_bands.resample_ranks(
        units, words, kinds, listed, seeds=seeds, replicates=replicates, prior_size=100
    )  # fmt: skip
    draws = [np.random.default_rng(seed) for seed in seeds]
    for replicate in range(replicates):
        rows = [counts[owner == group][draws[group].integers(6, size=6)] for group in (0, 1)]
        n = np.array([part.sum(axis=0) for part in rows], dtype=float)
        total = n.sum(axis=0)
        for group in (0, 1):
            delta, variance = log_odds(
                n[group], n[group].sum(), total - n[group], n[1 - group].sum(), prior=100 * total / total.sum(),
                prior_total=100,
            )  # fmt: skip
            z = np.nan_to_num(delta / np.sqrt(variance))
            for i, term in enumerate(listed[group]):
                assert found[group][0][replicate, i] == 1 + (z > z[term] + 1e-6).sum()
                assert found[group][1][replicate, i] == (z >= z[term] - 1e-6).sum()


@pytest.mark.parametrize("change", [("_THREADS", 1), ("_MOST_VALUES", 400), ("_STEP", 7)], ids=lambda change: change[0])
def test_threads_and_batches_change_nothing(change, monkeypatch):
    expected = rank_terms(make_spans(), replicates=70)
    monkeypatch.setattr(rank_bands, *change)
    pd.testing.assert_frame_equal(rank_terms(make_spans(), replicates=70), expected)


def test_the_seed_decides_and_the_order_of_rows_does_not():
    spans = make_spans()
    table = rank_terms(spans, replicates=50)
    pd.testing.assert_frame_equal(rank_terms(spans.sample(frac=1, random_state=2), replicates=50), table)
    assert not rank_terms(spans, replicates=50, seed=1).equals(table)


def test_a_band_holds_its_rank():
    table = rank_terms(make_spans(), replicates=100)
    assert (table["rank_low"] <= table["rank"]).all()
    assert (table["rank"] <= table["rank_high"]).all()
    assert (table["rank_low"] < table["rank_high"]).any()


def test_a_word_of_every_article_has_a_narrower_band_than_one_of_a_single_article():
    spans = make_spans()
    of_a = (spans["outlet"] == "A").to_numpy()
    spans["text"] += np.where(of_a, " steady steady", "")
    spans.loc[0, "text"] += " burst" * 12
    table = rank_terms(spans).set_index(["outlet", "term"])
    steady, burst = table.loc[("A", "steady")], table.loc[("A", "burst")]
    assert steady["n"] == burst["n"] == 12
    assert (steady["articles"], burst["articles"]) == (6, 1)
    assert steady["rank_high"] <= 3
    assert burst["rank_high"] > 10


def test_the_unit_is_the_article_the_event_or_the_sentence():
    lone = make_spans("AAAAAAB").assign(sentence=1)
    more = pd.concat([lone, lone[lone["outlet"] == "B"].assign(sentence=2, text="word00 word01")])
    assert rank_terms(more, replicates=5).groupby("outlet")["unit"].unique().map(list).to_dict() == {
        "A": ["article"], "B": ["sentence"],
    }  # fmt: skip
    spans = make_spans("A" * 6 + "B" * 6, event=list("112345") + list("111234"))
    units = rank_terms(spans, replicates=5).groupby("outlet")["unit"].first()
    assert units.to_dict() == {"A": "event", "B": "article"}  # B has four events only
    # An event of its own for each article is no other unit than the article.
    assert set(rank_terms(spans.assign(event=list("123456") * 2), replicates=5)["unit"]) == {"article"}
    assert set(rank_terms(spans.assign(event=""), replicates=5)["unit"]) == {"article"}


def test_no_more_than_a_hundred_ranks_of_a_group():
    assert MOST_RANKS == 100
    spans = pd.DataFrame({"outlet": ["A", "B"], "article": ["1", "2"], "sentence": 1})
    spans["text"] = [
        " ".join(f"{letter}{i}" for i in range(size)) + " shared" for letter, size in (("a", 101), ("b", 98))
    ]
    assert rank_terms(spans, replicates=5).groupby("outlet").size().to_dict() == {
        "A": 100,
        "B": 99,
    }  # "shared" is one of B's


def test_a_single_group_has_no_rank():
    table = rank_terms(make_spans("AAA"), replicates=5)
    assert len(table) == 0
    assert table.dtypes.astype(str).to_dict() == rank_terms(make_spans(), replicates=5).dtypes.astype(str).to_dict()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"ngrams": 4}, "ngrams is 4, but must be 1, 2 or 3: the longest phrase to count, in words"),
        ({"ngrams": True}, "ngrams is True, but must be 1, 2 or 3: the longest phrase to count, in words"),
        ({"least_articles": 0}, "least_articles is 0, but must be a whole number from 1 on, or None"),
        ({"replicates": 0}, "replicates is 0, but must be a whole number from 1 on"),
        ({"seed": -1}, "seed is -1, but must be a whole number from 0 on"),
        ({"by": []}, "by is empty, but must name at least one column"),
    ],
)
def test_what_it_refuses(options, message):
    with pytest.raises(InputError) as error:
        rank_terms(make_spans(), **options)
    assert str(error.value) == message


def test_a_draw_of_one_word_only_warned_and_had_no_rank():
    """Where one word fills a whole draw its odds have no bound; it sets nobody apart there."""
    spans = split_sentences(make_articles("Peace. Peace.", "Moss moss."))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ranks = rank_terms(spans)
    assert ranks[["outlet", "term", "rank", "rank_low", "rank_high"]].to_numpy().tolist() == [
        ["A", "peace", 1, 1, 1],
        ["B", "moss", 1, 1, 1],
    ]
