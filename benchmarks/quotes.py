"""How long finding quotations takes, as a ratio to scikit-learn's TfidfVectorizer, printed as JSON.

    python benchmarks/quotes.py --speed FILE [--sample N]

FILE is a Parquet table of articles; `beside_tfidf.py` says how it is measured. How often the quotations are right is
measured by benchmarks/validity.py.
"""

import argparse
import json
from pathlib import Path

import pandas as pd
from beside_tfidf import time_steps

from analysis import find_artefacts, find_names, find_quotes, split_sentences


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--speed", type=Path, required=True, help="a Parquet table of articles to time on")
    parser.add_argument("--sample", type=int, help="time on so many articles only, drawn at random")
    options = parser.parse_args()
    articles = pd.read_parquet(options.speed).assign(event="1")
    if options.sample:
        articles = articles.sample(options.sample, random_state=1).reset_index(drop=True)
    steps = (find_quotes, find_artefacts, find_names, split_sentences)
    figures, _ = time_steps(articles, {step.__name__: lambda step=step: step(articles) for step in steps})
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
