"""Find the short lines that an outlet prints in many of its articles: furniture of its pages.

How many articles print a line is a sum, so that it can be counted in one partition after another.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

import pandas as pd

from .lines import ends_prose, split_lines

# A line of an outlet's that stands in this many of its articles, and in this share of them, is furniture of its pages.
# Only short lines: two versions of one story share long ones. A line that ends like a sentence may be one that every
# reporter writes ("He did not respond to a request for comment."), so it must stand in many more.
REPEATED_IN, REPEATED_SHARE, REPEATED_SENTENCE_SHARE, REPEATED_WORDS = 5, 0.01, 0.2, 15


def find_repeated_lines(articles: pd.DataFrame) -> dict[str, frozenset[str]]:
    """For every outlet, the short lines that stand in many of its articles."""
    return _choose(_count(articles))


def count_lines(articles: pd.DataFrame) -> pd.DataFrame:
    """In how many articles of each outlet each short line stands; the blank line in all of them."""
    rows = [(outlet, line, n) for outlet, lines in _count(articles).items() for line, n in lines.items()]
    table = pd.DataFrame.from_records(rows, columns=["outlet", "line", "articles"])
    return table.astype({"outlet": "str", "line": "str", "articles": "int64"})


def sum_lines(tables: Iterator[pd.DataFrame]) -> dict[str, frozenset[str]]:
    """What `find_repeated_lines` finds in all partitions, from what `count_lines` counted in each."""
    counts = defaultdict(Counter)
    for table in tables:
        rows = zip(table["outlet"].tolist(), table["line"].tolist(), table["articles"].tolist(), strict=True)
        for outlet, line, n in rows:
            counts[outlet][line] += n
    return _choose(counts)


def outlets_of(articles: pd.DataFrame) -> list[str]:
    return articles["outlet"].fillna("").tolist() if "outlet" in articles else [""] * len(articles)


def _count(articles: pd.DataFrame) -> dict[str, Counter]:
    printed = defaultdict(list)
    for outlet, text in zip(outlets_of(articles), articles["text"].fillna("").tolist(), strict=True):
        printed[outlet] += _short_lines(text)
    return {outlet: Counter(lines) for outlet, lines in printed.items()}


def _short_lines(text: str) -> set[str]:
    """Each short line once, folded; and a blank one, which every article is said to have."""
    words = (line.split() for line in split_lines(text) if line and len(line) <= 150)
    return {" ".join(line).casefold() for line in words if len(line) <= REPEATED_WORDS} | {""}


def _choose(counts: dict[str, Counter]) -> dict[str, frozenset[str]]:
    repeated = {}
    for outlet, lines in counts.items():
        many = [(line, n) for line, n in lines.items() if line and n >= REPEATED_IN]
        shares = ((line, n, REPEATED_SENTENCE_SHARE if ends_prose(line) else REPEATED_SHARE) for line, n in many)
        if found := frozenset(line for line, n, share in shares if n >= share * lines[""]):
            repeated[outlet] = found
    return repeated
