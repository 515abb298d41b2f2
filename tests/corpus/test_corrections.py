"""The list of all that was changed."""

import pandas as pd

from analysis.corpus.corrections import tabulate_corrections


def test_nothing_changed_is_a_table_with_the_same_columns():
    duplicates = pd.DataFrame({name: pd.Series(dtype="str") for name in ("article", "kind", "of")})
    articles = pd.DataFrame({"article": ["a"], "outlet": "A", "event": "1"})
    table = tabulate_corrections([], duplicates, articles)
    assert list(table.columns) == ["kind", "article", "outlet", "event", "what", "n", "before", "after"]
    assert (len(table), str(table["n"].dtype)) == (0, "int64")
