"""One list of all that was changed in what was read."""

from collections.abc import Sequence

import pandas as pd

from ..tables import add_source, make_table

CORRECTIONS = ("kind", "article", "what", "n", "before", "after")


def tabulate_corrections(repairs: Sequence[dict], duplicates: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """What was changed in what was read, and how often?

    `repairs` are those that `read_articles` lists in `attrs["corrections"]`, `duplicates` what `find_duplicates` found
    and the recipe leaves out, `articles` whatever has the outlet and the event of them.

    Columns:
        kind: repair (of a text) or duplicate (an article left out)
        article: in which, or which
        outlet: of the article
        event: of the article; missing where it has none
        what: of a repair what was mended, as mojibake or markup; of a duplicate same text, update or same address
        n: how often, in this article
        before: of a repair the first place as it stood, of a duplicate the article
        after: the same as mended; of a duplicate the article that is kept
    """
    rows = [tuple(repair[name] for name in CORRECTIONS) for repair in repairs]
    columns = (duplicates[name].tolist() for name in ("article", "kind", "of"))
    rows += [("duplicate", article, kind, 1, article, of) for article, kind, of in zip(*columns, strict=True)]
    return add_source(make_table(CORRECTIONS, rows), articles)
