"""Find the short lines that an outlet prints in many of its articles: furniture of its pages.

How many articles print a line is a sum, so that it can be counted in one partition after another.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

import pandas as pd

from .lines import ends_prose, fold_line, split_lines

# A line of an outlet's that stands in this many of its articles, and in this share of them, is furniture of its pages.
# Only short lines: two versions of one story share long ones. A line that ends like a sentence may be one that every
# reporter writes ("He did not respond to a request for comment."), so it must stand in many more.
REPEATED_IN, REPEATED_SHARE, REPEATED_SENTENCE_SHARE, REPEATED_WORDS = 5, 0.01, 0.2, 15


def find_repeated_lines(articles: pd.DataFrame) -> dict[str, frozenset[str]]:
    """For every outlet, the short lines that stand in many of its articles."""
    return _choose(_count(articles))


def count_lines(articles: pd.DataFrame) -> pd.DataFrame:
    """In how many articles of each outlet each short line stands; the blank line in all of them."""
    counts = _count(articles)
    outlets, lines = zip(*counts, strict=True) if counts else ((), ())
    table = pd.DataFrame({"outlet": outlets, "line": lines, "articles": list(counts.values())})
    return table.astype({"outlet": "str", "line": "str", "articles": "int64"})


def sum_lines(tables: Iterator[pd.DataFrame]) -> dict[str, frozenset[str]]:
    """What `find_repeated_lines` finds in all partitions, from what `count_lines` counted in each."""
    counts = Counter()
    for table in tables:
        lines = zip(table["outlet"].tolist(), table["line"].tolist(), strict=True)
        counts.update(dict(zip(lines, table["articles"].tolist(), strict=True)))
    return _choose(counts)


def outlets_of(articles: pd.DataFrame) -> list[str]:
    return articles["outlet"].fillna("").tolist() if "outlet" in articles else [""] * len(articles)


def _count(articles: pd.DataFrame) -> Counter:
    counts = Counter()
    for outlet, text in zip(outlets_of(articles), articles["text"].fillna("").tolist(), strict=True):
        counts.update((outlet, line) for line in _short_lines(text))
    return counts


def _short_lines(text: str) -> Iterable[str]:
    """Each short line once, folded; and a blank one, which every article is said to have."""
    short = {fold_line(line) for line in split_lines(text) if 0 < len(line) <= 150}
    return {line for line in short if line.count(" ") < REPEATED_WORDS} | {""}


def _choose(counts: Counter) -> dict[str, frozenset[str]]:
    repeated: dict[str, set[str]] = {}
    for (outlet, line), n in counts.items():
        if line and n >= REPEATED_IN:
            share = REPEATED_SENTENCE_SHARE if ends_prose(line) else REPEATED_SHARE
            if n >= share * counts[outlet, ""]:
                repeated.setdefault(outlet, set()).add(line)
    return {outlet: frozenset(found) for outlet, found in repeated.items()}
