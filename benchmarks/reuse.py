"""Speed and memory of find_reuse, as a ratio to scikit-learn's TfidfVectorizer, printed as JSON.

    python benchmarks/reuse.py --speed FILE [--near] [--parts]

FILE is a Parquet table of articles; `beside_tfidf.py` says how it is measured. The call is the one users make, which
finds artefacts and pairs quotation marks itself. How often the pairs of articles that share text are right is measured
by benchmarks/validity.py.
"""

import argparse
import json
from pathlib import Path

import pandas as pd
from beside_tfidf import time_steps

from analysis import find_reuse


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--speed", type=Path, required=True, help="a Parquet table of articles to time on")
    parser.add_argument("--near", action="store_true", help="time the near-verbatim mode too, which takes minutes")
    parser.add_argument(
        "--parts", action="store_true", help="say how the table grows from an eighth of the articles on"
    )
    options = parser.parse_args()
    articles = pd.read_parquet(options.speed)
    steps = {"find_reuse": lambda: find_reuse(articles)}
    if options.near:
        steps["find_reuse, edits=3"] = lambda: find_reuse(articles, edits=3)
    figures, found = time_steps(articles, steps)
    passages = found["find_reuse"]
    figures["passages"] = int(passages["passage"].nunique())
    figures["kinds"] = {kind: int(n) for kind, n in passages["kind"].value_counts().items()}
    if options.parts:
        parts = (find_reuse(articles.iloc[::step].reset_index(drop=True)) for step in (8, 4, 2))
        figures["rows_and_shared_words"] = [count_rows(table) for table in (*parts, passages)]
    print(json.dumps(figures, indent=2))


def count_rows(passages: pd.DataFrame) -> dict:
    """Linear in what is shared: as many words a row in a large corpus as in a small one, however often a run recurs."""
    words = int(passages["words"].sum())
    return {"rows": len(passages), "shared_words": words, "words_a_row": round(words / max(len(passages), 1), 2)}


if __name__ == "__main__":
    main()
