"""What counting words brings together: every printing that stands for another word."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ...tables import need
from .vocabulary import check_fold, code_words, explain_fold


def tabulate_folds(spans: pd.DataFrame, *, fold: bool | Sequence[str] = True, every: bool = False) -> pd.DataFrame:
    """Which printings does `count_terms` count as one word?

    Lists what differs from its term by more than capitals; with `every` also the others, so that the printings of all
    terms are there. What a fold brings together is not always one thing: `stocks` may be a verb. Whoever wants a fold
    undone counts with `fold=("case", "spelling")`, `fold=("case", "plural")` or `fold=False`. Sorted by term, n from
    high to low, and printed.

    Columns:
        term: as `count_terms` lists it
        printed: as these texts have it
        n: at least 1
        kind: what was folded, one or several of possessive, spelling and plural, else case (capitals, accents, the
            points of `U.S.`); missing where nothing was

    Raises:
        InputError: if a column is missing or `fold` is none of its kinds

    Source: two lists of spellings and plurals (`analysis/data/README.md` names theirs)

    Example:
        >>> tabulate_folds(pd.DataFrame({"text": ["The defence of the US and US defense", "Kim's sanctions"]}))
               term    printed  n        kind
        0   defense    defence  1    spelling
        1       kim      Kim's  1  possessive
        2  sanction  sanctions  1      plural
        3      u.s.         US  2        case
    """
    need(spans, "text", verb="tabulate_folds")
    kinds = check_fold(fold)
    codes, _, vocabulary = code_words(spans["text"], False)
    printed = vocabulary.to_pylist()
    folded = [explain_fold(word, kinds) for word in printed]
    table = pd.DataFrame(
        {
            "term": pd.array([word.term for word in folded], dtype="str"),
            "printed": pd.array(printed, dtype="str"),
            "n": np.bincount(codes, minlength=len(printed)).astype(np.int64),
            "kind": pd.array([", ".join(word.kinds) or None for word in folded], dtype="str"),
        }
    )
    if not every:
        table = table[table["printed"].str.lower() != table["term"].str.lower()]
    return table.sort_values(["term", "n", "printed"], ascending=[True, False, True], ignore_index=True)
