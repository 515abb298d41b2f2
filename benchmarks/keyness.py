"""Do tests of words keep their promise, and how fast are rank bands? Simulations and times, printed as JSON.

    python benchmarks/keyness.py --articles FILE [--draws 200] [--spikes 20]
    python benchmarks/keyness.py --articles FILE --speed

FILE is a Parquet table of articles (article, outlet, text). Its 20 largest outlets are used. In each draw 150 articles
of each are taken, and the outlets' labels shuffled over these 3,000, so that whatever is found is false: how often
does `test_terms` find anything (q ≤ 0.05), and how many words does G² with the correction of Benjamini and Hochberg
find, which takes words for the unit? Then some words are planted: in one outlet's articles, each is given the share
(one half, or all) of its occurrences in as many other articles, so that its rate is 1.5 or 2 times as high and it stays
as bunched as it was: how often are they found? `--speed` times 1,000 bootstrap replicates over unigrams and bigrams
against TfidfVectorizer(ngram_range=(1, 2)) on the same articles in one run. By hand: never a test.
"""

import argparse
import json
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse, stats

from analysis import find_artefacts, label_voices, read_articles
from analysis.compare.words.keyness import signed_g2
from analysis.compare.words.matrices import TermCounts, count_by_article
from analysis.compare.words.permutation import (
    PERMUTATIONS,
    bound_share,
    choose_assignments,
    find_nulls,
    make_scorer,
    permute_groups,
    root_rates,
    test_terms,
)
from analysis.compare.words.ranks import rank_terms

OUTLETS, EACH, LEAST = 20, 150, 20
LEVEL = 0.05
BANDS = (20, 50, 150, 500, 1500, OUTLETS * EACH + 1)
CHECKED = 3  # draws in which the whole table of q is made too
PLANTED = 40  # words of each band
FACTORS = (1.5, 2.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, required=True, help="a Parquet table of articles")
    parser.add_argument("--seeds", type=Path, default=Path(__file__).parents[1] / "seeds")
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--spikes", type=int, default=20)
    parser.add_argument("--speed", action="store_true")
    options = parser.parse_args()
    if options.speed:
        print(json.dumps(measure_speed(options.articles), indent=2))
        return
    counted = count_by_article(read_largest(options.articles), ["outlet"], least_articles=LEAST)
    result = {
        "shuffled": shuffle_outlets(counted, options.draws),
        "seeds": test_seeds(options.seeds),
        "planted": plant_words(counted, options.spikes),
    }
    print(json.dumps(result, indent=2))


def read_largest(articles_file: Path) -> pd.DataFrame:
    articles = pd.read_parquet(articles_file, columns=["article", "outlet", "text"])
    largest = articles["outlet"].value_counts().sort_index().sort_values(ascending=False, kind="stable").head(OUTLETS)
    return articles[articles["outlet"].isin(largest.index)].reset_index(drop=True)


def draw_articles(counted: TermCounts, rng: np.random.Generator) -> TermCounts:
    """150 articles of each outlet, their outlets shuffled, and the terms in at least 20 of them."""
    rows = [rng.choice(np.flatnonzero(counted.owner == group), EACH, replace=False) for group in range(OUTLETS)]
    rows = np.concatenate(rows)
    counts = counted.counts[rows]
    kept = np.flatnonzero(count_articles(counts) >= LEAST)
    return counted._replace(
        counts=counts[:, kept], words=counted.words[rows], articles=counted.articles[rows],
        owner=rng.permutation(np.repeat(np.arange(OUTLETS), EACH)), events=counted.events[rows],
        terms=counted.terms.take(kept), lengths=counted.lengths[kept],
    )  # fmt: skip


def count_articles(counts: sparse.csr_array) -> np.ndarray:
    return np.bincount(counts.indices, minlength=counts.shape[1])


def permute(counted: TermCounts, seed: int) -> np.ndarray:
    strata = np.zeros(len(counted.owner), dtype=np.int64)
    return permute_groups(root_rates(counted), counted.owner, strata, OUTLETS, seed=seed)[1]


def finds_any(counted: TermCounts, seed: int) -> bool:
    """Whether the smallest q is at most 5 %, in a fifth of the time: it stops where enough permutations are as high."""
    values, strata = root_rates(counted), np.zeros(len(counted.owner), dtype=np.int64)
    score = make_scorer(values, find_nulls(values, counted.owner, strata, OUTLETS))
    highest, as_high = score(counted.owner).max(), 0
    for labels in choose_assignments(counted.owner, strata, seed)[0]:
        as_high += score(labels).max() >= highest - 1e-9
        if bound_share(np.array(as_high), PERMUTATIONS) > LEVEL:
            return False
    return True


def shuffle_outlets(counted: TermCounts, draws: int) -> dict:
    rng, found, found_by_g2, start = np.random.default_rng(20), [], [], time.process_time()
    tested = []
    for draw in range(draws):
        drawn = draw_articles(counted, rng)
        tested.append(OUTLETS * len(drawn.terms))
        found.append(finds_any(drawn, draw))
        if draw < CHECKED and found[-1] != bool((permute(drawn, draw) <= LEVEL).any()):
            raise SystemExit(f"draw {draw}: the short way and test_terms differ")
        found_by_g2.append(count_g2(drawn))
    tables = int(np.count_nonzero(found))
    interval = stats.binomtest(tables, draws).proportion_ci(method="exact") if draws else (0, 1)
    return {
        "draws": draws,
        "tests_a_draw": round(float(np.mean(tested))),
        "draws_with_a_discovery": tables,
        "share": round(tables / max(draws, 1), 4),
        "clopper_pearson_95": [round(float(end), 4) for end in interval],
        "found_by_g2_and_benjamini_hochberg": [min(found_by_g2), round(float(np.mean(found_by_g2))), max(found_by_g2)],
        "processor_seconds_a_draw": round((time.process_time() - start) / max(draws, 1), 2),
    }


def count_g2(counted: TermCounts) -> int:
    """How many terms of outlets G² of the pooled counts calls significant at a false-discovery rate of 5 %."""
    indicator = sparse.csr_array((np.ones(len(counted.owner)), (counted.owner, np.arange(len(counted.owner)))))
    n = (indicator @ counted.counts).toarray()
    sizes = np.bincount(counted.owner, weights=counted.words[:, 0])[:, None]
    g2 = signed_g2(n, sizes, n.sum(axis=0), sizes.sum())
    return int((stats.false_discovery_control(stats.chi2.sf(np.abs(g2), 1).ravel()) <= LEVEL).sum())


def test_seeds(folder: Path) -> dict:
    articles = read_articles(folder)
    table = test_terms(label_voices(articles, artefacts=find_artefacts(articles)))
    return {
        "rows": len(table),
        "rows_with_p": int(table["p"].notna().sum()),
        "discoveries": int((table["q"] <= LEVEL).sum()),
        "floor": sorted(set(table["floor"].round(4))),
    }


def plant_words(counted: TermCounts, draws: int) -> dict:
    rng = np.random.default_rng(21)
    found = {factor: np.zeros((len(BANDS) - 1, 2), dtype=int) for factor in FACTORS}
    false = dict.fromkeys(FACTORS, 0)
    for draw in range(draws):
        drawn = draw_articles(counted, rng)
        band = np.searchsorted(BANDS, count_articles(drawn.counts), side="right") - 1
        for factor in FACTORS:
            chosen = [rng.permutation(np.flatnonzero(band == i))[:PLANTED] for i in range(len(BANDS) - 1)]
            words, own = np.concatenate(chosen), np.flatnonzero(drawn.owner == 0)
            others = drawn.counts[rng.choice(len(drawn.owner), len(own))][:, words].toarray().astype(int)
            more = np.zeros((len(drawn.owner), len(words)), dtype=np.float32)
            more[own] = rng.binomial(others, factor - 1)
            place = sparse.csr_array((np.ones(len(words)), (np.arange(len(words)), words)),
                                     shape=(len(words), drawn.counts.shape[1]))  # fmt: skip
            q = permute(drawn._replace(counts=sparse.csr_array(drawn.counts + sparse.csr_array(more) @ place)), draw)
            for i, places in enumerate(chosen):
                found[factor][i] += [(q[0, places] <= LEVEL).sum(), len(places)]
            q[0, words] = 1
            false[factor] += bool((q <= LEVEL).any())
    names = [f"{low} to {high - 1} articles" for low, high in zip(BANDS, BANDS[1:], strict=False)]
    return {
        f"rate × {factor}": {
            name: {"power": round(hits / max(n, 1), 3), "words": int(n)}
            for name, (hits, n) in zip(names, found[factor].tolist(), strict=True)
        }
        | {"draws": draws, "draws_with_a_false_discovery": false[factor]}
        for factor in FACTORS
    }


def measure_speed(articles_file: Path) -> dict:
    # A process of its own for each, so that the peak of one is not that of the other.
    ranks, tfidf = (run_apart(function, articles_file) for function in (time_ranks, time_tfidf))
    return ranks | tfidf | {
        "ratio": round(ranks["seconds"] / tfidf["tfidf_seconds"], 3),
        "ratio_of_processor_time": round(ranks["processor_seconds"] / tfidf["tfidf_processor_seconds"], 3),
    }  # fmt: skip


def run_apart(function, *arguments):
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def time_tfidf(articles_file: Path) -> dict:
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = read_largest(articles_file)["text"]
    seconds, processor, _ = timed(lambda: TfidfVectorizer(ngram_range=(1, 2)).fit_transform(texts))
    return {"tfidf_seconds": round(seconds, 1), "tfidf_processor_seconds": round(processor, 1)}


def time_ranks(articles_file: Path) -> dict:
    spans = read_largest(articles_file).assign(sentence=1)
    seconds, processor, table = timed(lambda: rank_terms(spans, ngrams=2, least_articles=LEAST))
    top = table[table["rank"] <= 10]
    return {
        "articles": len(spans),
        "rows": len(table),
        "seconds": round(seconds, 1),
        "processor_seconds": round(processor, 1),
        "peak_gib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2),  # KiB on Linux
        "median_width_of_bands_in_the_top_10": float((top["rank_high"] - top["rank_low"]).median()),
        "prior_dependent_in_the_top_10": int(top["prior_dependent"].sum()),
    }


def timed(function) -> tuple:
    """Seconds on the clock and of the processor, and what the function returns."""
    start, processor = time.perf_counter(), time.process_time()
    result = function()
    return time.perf_counter() - start, time.process_time() - processor, result


if __name__ == "__main__":
    main()
