"""Words: counts against a plain loop, measures against the numbers of other programs and papers."""

from collections import Counter, defaultdict

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.preprocessing import normalize

from analysis import InputError, compare_terms, count_terms
from analysis.compare.words import ngrams as ngrams_module
from analysis.compare.words.keyness import ALPHA, Z, bound_log_ratio, log_odds, log_ratio, signed_g2
from analysis.shipped import DATA
from analysis.tables import COUNTS


def spans_of(*rows, columns=("outlet", "article", "text")):
    return pd.DataFrame(rows, columns=list(columns)).astype("str")


def counts_of(**groups):
    """A table of counts, as count_terms makes it, from {group: {term: n}}."""
    rows = [(outlet, term, n, 1000 * n / sum(counts.values()), 1, 1)
            for outlet, counts in groups.items() for term, n in counts.items()]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COUNTS)).astype({"n": "int64", "rate": "float64"})


def measured(table, group="d1"):
    return table[table["outlet"] == group].set_index("term").sort_index()


# The two-group fixtures of the oracles.
F2 = counts_of(d1={"b": 7, "a": 3}, d2={"a": 7, "b": 2})
F8 = counts_of(d1=Counter("aaabbccccccdefghh"), d2=Counter("aabccddddefh"))


# ---------------------------------------------------------------------------------------------------------- count_terms


def test_counts_rates_and_articles_by_hand():
    spans = spans_of(
        ("A", "1", "Putin's pact, a pact."),
        ("A", "2", "The U.S. saw no pact"),
        ("A", "3", "…"),
        ("B", "4", "US"),
    )
    table = count_terms(spans)
    assert table.columns.tolist() == [*COUNTS, "dispersion", "stop_word"]
    rows = table[table["outlet"] == "A"].set_index("term")
    assert rows.index.tolist() == ["pact", "a", "no", "putin", "saw", "the", "u.s."]
    assert rows.loc["pact", ["n", "rate", "articles", "articles_total"]].tolist() == [3, 3000 / 9, 2, 2]
    assert rows.index[rows["stop_word"]].tolist() == ["a", "no", "the"]
    assert table[table["outlet"] == "B"]["term"].tolist() == ["u.s."]


def test_unfolded_terms_are_as_printed():
    spans = spans_of(("A", "1", "The US and us, Putin’s and Putin's"))
    table = count_terms(spans, fold=False)
    assert set(table["term"]) == {"The", "US", "and", "us", "Putin’s", "Putin's"}
    assert table.set_index("term")["stop_word"].to_dict()["The"]


def test_phrases_do_not_cross_rows():
    spans = spans_of(("A", "1", "north korea"), ("A", "1", "signed a pact"))
    assert count_terms(spans, ngrams=2)["term"].tolist() == [
        "a", "a pact", "korea", "north", "north korea", "pact", "signed", "signed a",
    ]  # fmt: skip
    assert "signed a pact" in set(count_terms(spans, ngrams=3)["term"])


def test_a_phrase_is_a_stop_phrase_by_its_first_or_last_word():
    table = count_terms(spans_of(("A", "1", "ministry of defence spoke")), ngrams=3).set_index("term")
    stopped = table.index[table["stop_word"]]
    assert set(stopped) == {"of", "ministry of", "of defense", "of defense spoke"}


def test_the_stop_words_are_snowballs():
    listed = (DATA / "stop_words.txt").read_text(encoding="utf-8").split()
    assert len(listed) == len(set(listed)) == 174  # as many as in Snowball's own file, its comments taken out
    # What that file comments out, with its reasons, stays out.
    assert not {"us", "mine", "will", "can", "may", "must", "might", "said", "also"} & set(listed)
    assert (listed[0], listed[-1]) == ("i", "very")
    table = count_terms(spans_of(("A", "1", "It's you'll don’t DON'T")))
    assert table.set_index("term")["stop_word"].to_dict() == {"it": True, "you'll": True, "don't": True}


def plain_count(rows, ngrams):
    """The same counts by a loop."""
    n, documents = Counter(), defaultdict(set)
    for outlet, article, text in rows:
        words = text.split()
        for length in range(1, ngrams + 1):
            for start in range(len(words) - length + 1):
                cell = outlet, " ".join(words[start : start + length])
                n[cell] += 1
                documents[cell].add(article)
    return sorted((outlet, -count, term, len(documents[outlet, term])) for (outlet, term), count in n.items())


WORDS = st.lists(st.sampled_from(["pact", "deal", "north", "korea", "é", "a1"]), max_size=6).map(" ".join)
ROWS = st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from("123"), WORDS), max_size=8)


@pytest.mark.parametrize("largest", [2**62, 1], ids=["packed", "renumbered"])
@settings(deadline=None, max_examples=40)
@given(rows=ROWS, ngrams=st.integers(1, 3))
def test_counts_are_those_of_a_plain_loop(largest, rows, ngrams):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ngrams_module, "_LARGEST_KEY", largest)
        table = count_terms(spans_of(*rows), ngrams=ngrams)
    got = list(zip(table["outlet"], -table["n"], table["term"], table["articles"], strict=True))
    assert got == plain_count(rows, ngrams)
    assert table["dispersion"].between(0, 1).all()
    singles = table[~table["term"].str.contains(" ")]
    assert singles["n"].sum() == sum(len(text.split()) for _, _, text in rows)
    np.testing.assert_allclose(singles.groupby("outlet")["rate"].sum(), 1000)


@settings(deadline=None, max_examples=25)
@given(data=st.data(), rows=ROWS)
def test_the_order_of_the_rows_does_not_matter(data, rows):
    one = count_terms(spans_of(*rows), ngrams=2)
    other = count_terms(spans_of(*data.draw(st.permutations(rows))), ngrams=2)
    pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_several_columns_group_together_and_an_article_counts_in_each():
    spans = spans_of(
        ("A", "own", "1", "a pact"), ("A", "quote", "1", "pact"), ("B", "own", "2", "pact"),
        columns=("outlet", "voice", "article", "text"),
    )  # fmt: skip
    table = count_terms(spans, by=("outlet", "voice"))
    assert table.columns[:3].tolist() == ["outlet", "voice", "term"]
    pact = table[table["term"] == "pact"]
    assert pact[["outlet", "voice", "rate", "articles_total"]].to_numpy().tolist() == [
        ["A", "own", 500.0, 1], ["A", "quote", 1000.0, 1], ["B", "own", 1000.0, 1],
    ]  # fmt: skip
    pd.testing.assert_frame_equal(count_terms(spans, by=["outlet"]), count_terms(spans))


def test_the_same_article_name_in_two_outlets_is_two_articles():
    table = count_terms(spans_of(("A", "1", "pact"), ("B", "1", "pact")))
    assert table["articles_total"].tolist() == [1, 1]


def dispersion_of(*texts):
    table = count_terms(spans_of(*(("A", str(number), text) for number, text in enumerate(texts))))
    return table.set_index("term")["dispersion"]


def test_dispersion_of_the_published_example():
    # Lijffijt and Gries (2012), International Journal of Corpus Linguistics 17(1), table 1: three equally large parts,
    # of which one holds two thirds of the occurrences and another one third.
    assert dispersion_of("a a x", "a y y", "z z z")["a"] == pytest.approx(1 / 3, abs=1e-15)


def test_dispersion_takes_the_lengths_of_articles_into_account():
    # Shares of the words .75 and .25; a: (|1/2 − 3/4| + |1/2 − 1/4|)/2; b, in the short article only: (3/4 + 3/4)/2.
    dispersion = dispersion_of("a x x", "b")
    assert dispersion["b"] == 0.75
    assert dispersion_of("a x x", "a")["a"] == 0.25
    assert dispersion_of("a a a", "a")["a"] == 0


def test_dispersion_is_zero_with_one_article():
    assert dispersion_of("a b b").tolist() == [0, 0]


@pytest.mark.parametrize("ngrams", [1, 3])
def test_least_drops_rows_and_changes_none(ngrams):
    spans = spans_of(
        ("A", "1", "north korea pact pact pact"), ("A", "2", "north korea"), ("B", "3", "pact"), ("B", "4", "war"),
        ("C", "5", "a pact"),
    )  # fmt: skip
    whole = count_terms(spans, ngrams=ngrams)
    articles = whole.groupby("term")["articles"].transform("sum")
    for least in (1, 2, 3, 4):
        kept = whole[articles >= least].reset_index(drop=True)
        pd.testing.assert_frame_equal(count_terms(spans, ngrams=ngrams, least=least), kept, check_exact=True)
    assert set(count_terms(spans, least=3)["term"]) == {"pact"}  # in three articles; not in four
    assert count_terms(spans, least=4).empty


@pytest.mark.parametrize("rows", [[], [("A", "1", "…")]], ids=["no rows", "no words"])
@pytest.mark.parametrize("ngrams", [1, 3])
def test_no_words_give_an_empty_table_with_the_same_types(rows, ngrams):
    full = count_terms(spans_of(("A", "1", "a pact here")))
    empty = count_terms(spans_of(*rows), ngrams=ngrams)
    assert len(empty) == 0
    pd.testing.assert_series_equal(empty.dtypes, full.dtypes)


def test_spans_are_unchanged():
    spans = spans_of(("B", "1", "A pact"), ("A", "2", "no pact")).set_index(pd.Index([5, 5]))
    before = spans.copy()
    count_terms(spans, ngrams=2)
    pd.testing.assert_frame_equal(spans, before)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": "paper"}, "count_terms needs the column 'paper'; the table has 'outlet', 'article', 'text'"),
        ({"by": ()}, "by is empty, but must name at least one column"),
        ({"ngrams": 0}, "ngrams is 0, but must be 1, 2 or 3: the longest phrase to count, in words"),
        ({"ngrams": 4}, "ngrams is 4, but must be 1, 2 or 3: the longest phrase to count, in words"),
        ({"least": 0}, "least is 0, but must be a whole number of articles from 1 on"),
        ({"least": 1.5}, "least is 1.5, but must be a whole number of articles from 1 on"),
        ({"fold": "stem"}, "fold is 'stem', but must be True, False or some of 'case', 'spelling', 'plural'"),
        (
            {"collocations": pd.DataFrame({"term": ["a b"]})},
            "count_terms with collocations needs the column 'phrase'; the table has 'term'",
        ),
    ],
)
def test_count_options_that_cannot_be_used_are_named(options, message):
    with pytest.raises(InputError) as error:
        count_terms(spans_of(("A", "1", "pact")), **options)
    assert str(error.value) == message


# -------------------------------------------------------------------------------------------------------- compare_terms


def test_compared_columns_rows_and_order():
    spans = spans_of(("B", "1", "the pact the deal"), ("A", "2", "pact"), ("A", "3", "war"))
    counts = count_terms(spans)
    table = compare_terms(counts)
    assert table.columns.tolist() == [
        "outlet", "against", "term", "n", "n_against", "rate", "rate_against", "articles", "articles_total", "tf_idf",
        "log_odds", "log_odds_low", "log_odds_high", "z", "g2", "log_ratio", "log_ratio_low", "log_ratio_high",
        "dispersion", "stop_word", "c_tf_idf",
    ]  # fmt: skip
    assert table["outlet"].tolist() == ["A"] * 4 + ["B"] * 4
    assert table["term"].tolist() == ["pact", "war", "deal", "the", "the", "deal", "pact", "war"]
    given = counts.set_index(["outlet", "term"]).sort_index()
    kept = table[table["n"] > 0].set_index(["outlet", "term"]).sort_index()
    pd.testing.assert_frame_equal(kept[given.columns], given)
    absent = table[table["n"] == 0]
    assert absent[["rate", "articles"]].eq(0).all(axis=None)
    assert absent["articles_total"].tolist() == [2, 2, 1]
    assert absent["dispersion"].isna().all()
    assert set(table["against"]) == {"rest"}
    for column in ("n", "rate"):  # of two outlets the rest of one is the other
        mirrored = dict(zip(table["term"] + table["outlet"].map({"A": "B", "B": "A"}), table[column], strict=True))
        assert (table[f"{column}_against"] == (table["term"] + table["outlet"]).map(mirrored)).all()
    assert absent["stop_word"].tolist() == [False, True, False]


def test_no_p_value_anywhere():
    assert not {"p", "q", "p_value", "significant"} & set(compare_terms(F2).columns)


def test_tf_idf_is_scikit_learns():
    texts = ["pact deal deal war north", "pact war war korea", "pact pact korea treaty deal"]
    vectorizer = TfidfVectorizer(ngram_range=(1, 2))  # lower case, words of two letters and more, else its defaults
    expected = vectorizer.fit_transform(texts).toarray()
    spans = spans_of(*((outlet, outlet, text) for outlet, text in zip("ABC", texts, strict=True)))
    table = compare_terms(count_terms(spans, ngrams=2))
    got = table.pivot(index="outlet", columns="term", values="tf_idf")[vectorizer.get_feature_names_out()]
    np.testing.assert_allclose(got.to_numpy(), expected, rtol=0, atol=1e-12)
    assert np.isfinite(table["tf_idf"]).all()


def test_tf_idf_by_the_formula():
    # n × (ln((1 + N)/(1 + df)) + 1), then length 1: a stands in both groups, b in one of two.
    table = compare_terms(counts_of(d1={"a": 3, "b": 2}, d2={"a": 1}))
    a, b = 3 * 1.0, 2 * (np.log(3 / 2) + 1)
    np.testing.assert_allclose(measured(table)["tf_idf"], np.array([a, b]) / np.hypot(a, b), atol=1e-12)
    assert measured(table, "d2")["tf_idf"].tolist() == [1, 0]


# UCS toolkit (Evert), column am.log.likelihood, f1 = 15334, N = 191998: tests/ucs-gold-100.ds of
# fau-klue/pandas-association-measures (MIT). Word, f, f2, G².
UCS = [
    ("appreciated", 1, 2, 2.4487567246743),
    ("certain", 7, 120, -0.829802488929075),
    ("arrived", 2, 5, 3.87912640510113),
    ("deciding", 2, 2, 10.1098895166663),
    ("saying", 7, 73, 0.241023648358344),
    ("seed", 1, 1, 5.05488474792866),
    ("consultation", 1, 19, -0.21601774228721),
    ("us", 13, 126, 0.859808186265607),
    ("some", 30, 531, -4.37137469768379),
    ("everything", 8, 92, 0.0613525538938413),
    ("know", 39, 729, -7.76111139318464),
    ("water", 1, 54, -3.91921369143934),
    ("GDP", 1, 6, 0.480462777766586),
]


@pytest.mark.parametrize(("word", "f", "f2", "expected"), UCS)
def test_g2_of_the_ucs_toolkit(word, f, f2, expected):
    f1, n = 15334, 191998
    assert signed_g2(f, f1, f2, n) == pytest.approx(expected, abs=1e-12)
    others = {word: f2 - f, "": n - f1 - (f2 - f)} if f2 > f else {"": n - f1}
    table = compare_terms(counts_of(d1={word: f, "": f1 - f}, d2=others))
    assert measured(table).loc[word, "g2"] == pytest.approx(expected, abs=1e-12)


def test_g2_of_the_small_fixtures():
    assert measured(compare_terms(F2))["g2"].to_dict() == pytest.approx({"a": -4.5349393703, "b": 4.5349393703})
    # Computed with 1e-9 inside the logarithm, hence the tolerance; it shows most where a cell is 0 (g).
    expected = {
        "a": 0.0047514667, "b": 0.0912419521, "c": 1.2742380676, "d": -3.7794405909, "e": -0.0649005312,
        "f": -0.0649005312, "g": 1.0932910403, "h": 0.0912419521,
    }  # fmt: skip
    assert measured(compare_terms(F8))["g2"].to_dict() == pytest.approx(expected, abs=1e-7)


def test_g2_is_zero_where_the_use_is_equal():
    table = compare_terms(counts_of(d1={"a": 2, "b": 4}, d2={"a": 3, "b": 6}))
    assert table["g2"].abs().max() < 1e-12


F8_4_TERMS = {
    "a": 0.073333, "b": 0.284611, "c": 1.079547, "d": -1.707669, "e": -0.253928, "f": -0.253928, "g": 0.639052,
    "h": 0.284611,
}  # fmt: skip
F8_2_TERMS = {
    "a": 0.080405, "b": 0.299542, "c": 1.221139, "d": -1.832565, "e": -0.263883, "f": -0.263883, "g": 0.643100,
    "h": 0.299542,
}  # fmt: skip


def test_log_odds_z_of_the_eight_word_fixture():
    # Prior .1 for each word, variance of four terms.
    z = measured(compare_terms(F8, prior=0.1))["z"]
    assert z.to_dict() == pytest.approx(F8_4_TERMS, abs=1e-6)


def two_term_z(first, second, prior):
    words = sorted({*first, *second})
    y1, y2 = np.array([[counts[word] for word in words] for counts in (first, second)])
    delta, variance = log_odds(
        y1, y1.sum(), y2, y2.sum(), prior=prior, prior_total=prior * len(words), variance_terms=2
    )
    return dict(zip(words, delta / np.sqrt(variance), strict=True))


def test_log_odds_z_with_a_variance_of_two_terms():
    z = two_term_z(Counter("aaabbccccccdefghh"), Counter("aabccddddefh"), 0.1)
    assert z == pytest.approx(F8_2_TERMS, abs=1e-6)


def test_log_odds_z_of_hessels_code():
    # jmhessel/FightingWords, prior .05, variance of two terms, on its own two sentences.
    z = two_term_z(
        Counter("the quick brown fox jumps over the lazy pig".split()),
        Counter("the lazy purple pig jumps over the lazier donkey".split()),
        0.05,
    )
    value = 0.6894227886807968
    expected = dict.fromkeys(("brown", "fox", "quick"), value) | dict.fromkeys(("donkey", "lazier", "purple"), -value)
    assert z == pytest.approx({word: expected.get(word, 0) for word in z}, abs=1e-12)


def test_log_odds_z_of_scattertexts_own_test():
    # scattertext's test of LogOddsRatioUninformativeDirichletPrior (Apache-2.0): −(2Φ(z) − 1), prior .01.
    table = compare_terms(
        counts_of(d1={"a": 1, "b": 5, "c": 1, "d": 9}, d2={"a": 100, "b": 510, "c": 100, "d": 199}), prior=0.01
    )
    got = -(2 * norm.cdf(measured(table)["z"]) - 1)
    np.testing.assert_allclose(got, [0.4447054, 0.9433088, 0.4447054, -0.9971462], atol=1e-7)


def test_the_pooled_prior_by_hand():
    # a holds 6 of all 16 words, so 37.5 of the 100 words of the prior.
    table = compare_terms(counts_of(d1={"a": 6, "b": 2}, d2={"b": 8}))
    delta = np.log(43.5 / 64.5) - np.log(37.5 / 70.5)
    deviation = np.sqrt(1 / 43.5 + 1 / 64.5 + 1 / 37.5 + 1 / 70.5)
    row = measured(table).loc["a"]
    assert row["log_odds"] == pytest.approx(delta, abs=1e-12)
    assert row["z"] == pytest.approx(delta / deviation, abs=1e-12)
    assert row["log_odds_low"] == pytest.approx(delta - 1.959963984540054 * deviation, abs=1e-12)
    assert row["log_odds_high"] == pytest.approx(delta + 1.959963984540054 * deviation, abs=1e-12)


def test_a_larger_prior_draws_the_log_odds_towards_zero():
    small, large = (compare_terms(F2, prior_size=size)["log_odds"].abs() for size in (1, 10_000))
    assert (large < small).all()


# Evert's R code: tests/log-ratio-gold.tsv of fau-klue/pandas-association-measures (MIT), m = 599 words,
# f1 = 168329, N = 19720567. Word, f, f2, lr, lrc (clamped at 0), lrc.positive (one-sided).
EVERT = [
    ("eingebracht", 1189, 2157, 7.156575955874566, 6.910068549501856, 6.9206299783908864),
    ("unionsgeführt", 49, 88, 7.189213818656465, 5.941562136184079, 5.994636950864576),
    ("Unterrichtung", 198, 512, 6.194642064591488, 5.665705265013545, 5.688700963467937),
    ("Vertreter", 90, 1842, 2.576972230132006, 1.9142856192500002, 1.944514116589141),
    ("Lob", 12, 335, 2.1094783394307366, 0.0043067627810250515, 0.1118771941638585),
    (",", 8794, 1108396, -0.10633999470522687, -0.04588246448773868, -0.16492781197305847),
    ("werden", 1592, 216594, -0.21745974066095863, -0.0763886525921038, -0.3565530568503991),
    ("abwarten", 13, 580, 1.413140986602368, 0, -0.47927859690165847),
    ("viert", 10, 530, 1.1594664752624129, 0, -1.0710758840865044),
]
M = 599


@pytest.mark.parametrize("row", EVERT, ids=lambda row: row[0])
def test_log_ratio_and_its_interval_of_everts_code(row):
    word, f, f2, ratio, conservative, positive = row
    f1, n = 168329, 19720567
    fillers = {f"{number}": 1 for number in range(M - 2)}  # with the word and the rest, as many terms as Evert compared
    table = compare_terms(
        counts_of(d1={word: f, "rest": f1 - f}, d2={word: f2 - f, **fillers, "rest": n - f1 - (f2 - f) - len(fillers)})
    )
    row = measured(table).loc[word]
    assert row["log_ratio"] == pytest.approx(ratio, abs=1e-12)
    clamped = row["log_ratio_low"] if row["log_ratio_low"] > 0 else min(row["log_ratio_high"], 0)
    assert clamped == pytest.approx(conservative, abs=1e-12)
    one_sided, _ = bound_log_ratio(f, f1, f2, n, tail=0.05 / M)
    assert one_sided == pytest.approx(positive, abs=1e-12)


def test_log_ratio_is_infinite_where_one_side_has_none():
    table = compare_terms(counts_of(d1={"a": 6, "b": 2}, d2={"b": 8}))
    mine, theirs = measured(table).loc["a"], measured(table, "d2").loc["a"]
    assert (mine["log_ratio"], mine["log_ratio_high"]) == (np.inf, np.inf)
    assert (theirs["log_ratio"], theirs["log_ratio_low"]) == (-np.inf, -np.inf)
    assert np.isfinite(mine["log_ratio_low"])
    assert mine["log_ratio_low"] == pytest.approx(-theirs["log_ratio_high"], abs=1e-12)


def test_one_more_occurrence_of_twice_the_rate():
    assert log_ratio([2, 4], 10, [4, 6], 30) == pytest.approx([1, 2])


def test_each_group_is_set_against_all_others_together():
    three = compare_terms(counts_of(d1={"a": 5, "b": 5}, x={"a": 1, "b": 6}, y={"a": 2, "b": 9}))
    two = compare_terms(counts_of(d1={"a": 5, "b": 5}, d2={"a": 3, "b": 15}))
    columns = ["log_odds", "z", "g2", "log_ratio", "log_ratio_low", "log_ratio_high"]
    pd.testing.assert_frame_equal(measured(three)[columns], measured(two)[columns])


def test_class_tf_idf_is_bertopics():
    # The steps of BERTopic's ClassTfidfTransformer (MIT) in scikit-learn's terms: rows of length 1 (L1) times
    # ln(1 + A / f), A = int(mean of the rows' sums), f = sum of the column.
    rows = {"d1": Counter("aaabbccccccdefghh"), "d2": Counter("aabccddddefh"), "d3": Counter("hhhhi")}
    names = sorted(set().union(*rows.values()))
    matrix = np.array([[counts[name] for name in names] for counts in rows.values()])
    expected = normalize(matrix, norm="l1") * np.log(int(matrix.sum(axis=1).mean()) / matrix.sum(axis=0) + 1)
    table = compare_terms(counts_of(**rows))
    got = table.pivot(index="outlet", columns="term", values="c_tf_idf")[names]
    np.testing.assert_allclose(got.to_numpy(), expected, rtol=0, atol=1e-15)
    assert compare_terms(counts_of(d1=rows["d1"]))["c_tf_idf"].gt(0).all()


def test_totals_are_the_words_of_the_group_for_pairs_too():
    spans = spans_of(("A", "1", "north korea pact"), ("B", "2", "north korea deal war"))
    both, words = compare_terms(count_terms(spans, ngrams=2)), compare_terms(count_terms(spans))
    single = both[~both["term"].str.contains(" ")].reset_index(drop=True)
    pd.testing.assert_frame_equal(single.drop(columns="tf_idf"), words.drop(columns="tf_idf"))
    pair = both[(both["term"] == "north korea") & (both["outlet"] == "A")].iloc[0]
    assert pair["log_ratio"] == pytest.approx(np.log2((1 / 3) / (1 / 4)))


def test_terms_left_out_before_still_count_in_the_totals():
    whole, part = compare_terms(F8), compare_terms(F8[F8["term"].isin(["a", "b"])])
    measures = ["n", "rate", "log_odds", "z", "g2", "log_ratio", "c_tf_idf"]  # the interval is of fewer terms at once
    pd.testing.assert_frame_equal(measured(part)[measures], measured(whole).loc[["a", "b"], measures])


def test_a_group_without_pairs_and_a_vocabulary_of_one_word_give_no_warning(recwarn):
    spans = spans_of(("A", "1", "pact pact"), ("B", "2", "pact"))
    table = compare_terms(count_terms(spans, ngrams=2))
    single = table["term"] == "pact"
    assert table.loc[single, "log_odds"].isna().all()  # there is no other word to set it against
    assert table[["tf_idf", "g2"]].notna().all(axis=None)
    assert not recwarn.list


def test_several_columns_make_groups():
    spans = spans_of(
        ("A", "own", "1", "a pact"), ("A", "quote", "1", "a deal"), ("B", "own", "2", "a war"),
        columns=("outlet", "voice", "article", "text"),
    )  # fmt: skip
    by = ["outlet", "voice"]
    table = compare_terms(count_terms(spans, by=by), by=by)
    assert len(table) == 3 * 4
    assert table.columns[:4].tolist() == ["outlet", "voice", "against", "term"]


def test_the_order_of_counts_does_not_matter():
    counts = count_terms(spans_of(("A", "1", "pact deal pact"), ("B", "2", "pact war"), ("C", "3", "deal treaty")))
    shuffled = counts.sample(frac=1, random_state=4)
    pd.testing.assert_frame_equal(compare_terms(counts), compare_terms(shuffled))


def test_counts_are_unchanged():
    before = F8.copy()
    compare_terms(F8)
    pd.testing.assert_frame_equal(F8, before)


def test_no_counts_give_an_empty_table_with_the_same_types():
    full = count_terms(spans_of(("A", "1", "pact"), ("B", "2", "deal")))
    table, empty = compare_terms(full), compare_terms(full.head(0))
    assert len(empty) == 0
    pd.testing.assert_series_equal(empty.dtypes, table.dtypes)


def test_absent_rows_given_back_change_nothing():
    table = compare_terms(count_terms(spans_of(("A", "1", "pact pact"), ("B", "2", "deal"))))
    pd.testing.assert_frame_equal(compare_terms(table), table)


@pytest.mark.parametrize(
    ("counts", "options", "message"),
    [
        (
            F2,
            {"by": "voice"},
            "compare_terms needs the column 'voice'; the table has 'outlet', 'term', 'n', 'rate', 'articles', "
            "'articles_total'",
        ),
        (F2, {"prior_size": 0}, "prior_size is 0, but must be a number of words above 0"),
        (F2, {"prior": 0}, "prior is 0, but must be 'pooled' or a number above 0, which each term is given"),
        (F2, {"prior": "a"}, "prior is 'a', but must be 'pooled' or a number above 0, which each term is given"),
        (
            pd.concat([F2, F2]),
            {},
            "compare_terms needs one row for each group and term; the term 'b' is given twice for 'd1': count with the "
            "same by",
        ),
    ],
)
def test_counts_and_options_that_cannot_be_compared_are_named(counts, options, message):
    with pytest.raises(InputError) as error:
        compare_terms(counts, **options)
    assert str(error.value) == message


def test_scikit_learns_transformer_on_the_same_counts():
    texts = ["the pact and the deal", "a deal, the war, the war", "the treaty", "north korea and the treaty"]
    vectorizer = CountVectorizer(token_pattern=r"\w+")
    matrix = vectorizer.fit_transform(texts)
    expected = TfidfTransformer().fit_transform(matrix).toarray()
    names = vectorizer.get_feature_names_out()
    groups = {
        outlet: {name: int(n) for name, n in zip(names, row, strict=True) if n}
        for outlet, row in zip("ABCD", matrix.toarray(), strict=True)
    }
    table = compare_terms(counts_of(**groups))
    got = table.pivot(index="outlet", columns="term", values="tf_idf")[names]
    np.testing.assert_allclose(got.to_numpy(), expected, rtol=0, atol=1e-12)


def test_one_outlet_has_nobody_to_be_compared_with():
    compared = compare_terms(counts_of(A={"a": 3, "b": 1}))
    measures = ["log_odds", "z", "g2", "log_ratio", "log_ratio_low", "log_ratio_high", "log_odds_low", "log_odds_high"]
    assert compared[["rate_against", *measures]].isna().all(axis=None)
    assert compared["n_against"].eq(0).all()
    assert compared["n"].tolist() == [3, 1]
    assert compared["tf_idf"].notna().all()


def test_no_credit_and_no_repeated_headline_is_distinctive_of_an_article(spans):
    for rows in (spans, spans[spans["voice"] == "own"]):
        compared = compare_terms(count_terms(rows))
        for measure in ("z", "log_odds", "tf_idf", "g2", "log_ratio"):
            ranked = compared[compared["n"] > 0].sort_values(
                ["outlet", measure], ascending=[True, False], kind="stable"
            )
            first = set(ranked.groupby("outlet").head(10)["term"])
            assert not first & {"reuters", "image", "credit", "photo", "afp", "sputnik", "kremlin", "pool"}


def test_a_missing_term_is_named():
    counts = counts_of(A={"a": 1}, B={"a": 1})
    counts.loc[1, "term"] = None
    with pytest.raises(InputError) as error:
        compare_terms(counts)
    assert str(error.value) == (
        "compare_terms needs a term in every row; row 1 has none (was the word 'null' read as NA?)"
    )


def test_the_quantile_of_every_interval_is_scipys():
    assert float(norm.ppf(1 - ALPHA / 2)) == Z
