"""How fast are words and pairs of words counted and compared, against scikit-learn's TfidfVectorizer in the same run?

    python benchmarks/terms.py --speed articles.parquet [--outlets 20] [--own]

The file has columns article, outlet and text, one row per article. The outlets with the most articles are compared, on
whole texts or, with --own, on their own voice as `label_voices` finds it (which takes minutes, and is not timed). Every
step runs in a process of its own, so that its peak of memory is its own. Prints JSON: seconds of the processor and of
the clock, GiB, and our seconds of the processor over scikit-learn's.
"""

import argparse
import json
import multiprocessing
import resource
import time

import pandas as pd

# A pair of words in fewer articles tells nothing of an outlet with hundreds of them.
LEAST = 5


def read_spans(path: str, outlets: int, own: bool) -> pd.DataFrame:
    articles = pd.read_parquet(path)
    largest = articles["outlet"].value_counts().index[:outlets]
    articles = articles[articles["outlet"].isin(largest)].reset_index(drop=True)
    if not own:
        return articles[["article", "outlet", "text"]]
    from analysis import label_voices

    spans = label_voices(articles.assign(event=articles.get("event")))
    return spans.loc[spans["voice"] == "own", ["article", "outlet", "text"]].reset_index(drop=True)


def count_and_compare(spans: pd.DataFrame, least: int) -> dict:
    from analysis import compare_terms, count_terms

    counts = count_terms(spans, ngrams=2, least=least)
    return {"counted": len(counts), "compared": len(compare_terms(counts))}


def vectorise(spans: pd.DataFrame) -> dict:
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = spans.groupby("article", sort=False)["text"].agg(" ".join)
    start = time.process_time()
    matrix = TfidfVectorizer(ngram_range=(1, 2)).fit_transform(texts)
    return {"terms": matrix.shape[1], "fit_transform_seconds": round(time.process_time() - start, 2)}


def run_apart(step, *given) -> dict:
    """What a step returns, with its seconds and the peak of a process that does nothing else."""
    receive, send = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_measure, args=(send, step, *given))
    process.start()
    found = receive.recv()
    process.join()
    return found


def _measure(send, step, *given) -> None:
    import sklearn.feature_extraction.text  # noqa: F401 (loading it is not the work)

    import analysis.compare.words.terms  # noqa: F401

    loaded = _peak()
    clock, work = time.perf_counter(), time.process_time()
    found = step(*given)
    found |= {"seconds": round(time.process_time() - work, 2), "clock_seconds": round(time.perf_counter() - clock, 2)}
    send.send(found | {"peak_gib": round(_peak(), 2), "peak_before_gib": round(loaded, 2)})


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--speed", required=True, metavar="FILE")
    parser.add_argument("--outlets", type=int, default=20)
    parser.add_argument("--own", action="store_true")
    parser.add_argument("--least", type=int, default=LEAST)
    options = parser.parse_args()
    spans = read_spans(options.speed, options.outlets, options.own)
    ours = run_apart(count_and_compare, spans, options.least)
    theirs = run_apart(vectorise, spans)
    table = {
        "articles": int(spans["article"].nunique()),
        "outlets": int(spans["outlet"].nunique()),
        "million_characters": round(spans["text"].str.len().sum() / 1e6, 1),
        "least": options.least,
        "ours": ours,
        "vectorizer": theirs,
        "ratio": round(ours["seconds"] / theirs["fit_transform_seconds"], 3),
    }
    print(json.dumps(table, indent=2))


if __name__ == "__main__":
    main()
