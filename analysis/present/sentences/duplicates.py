"""Say which articles repeat another of the same outlet, and what was mended."""

import pandas as pd

from ...corpus.duplicates import SAME_ADDRESS, SAME_TEXT, UPDATE
from ...corpus.overview import align
from ...display import MOST_LISTED, list_names
from ...tables import need

_KINDS = {SAME_TEXT: "with the same text", UPDATE: "with an updated text", SAME_ADDRESS: "at the same address"}


def describe_duplicates(duplicates: pd.DataFrame) -> str:
    """Say how many articles repeat another of the same outlet, and in which way; '' where none does."""
    need(duplicates, "kind", verb="describe_duplicates")
    if duplicates.empty:
        return ""
    counts = duplicates["kind"].value_counts()
    kinds = list_names([f"{counts[kind]:,} {words}" for kind, words in _KINDS.items() if kind in counts])
    one = len(duplicates) == 1
    repeat = "1 article repeats" if one else f"{len(duplicates):,} articles repeat"
    return f"{repeat} another of the same outlet and {'is' if one else 'are'} taken once: {kinds}"


def describe_changes(duplicates: pd.DataFrame, corrections: pd.DataFrame) -> str:
    """Say how many articles were left out and how many texts were mended before anything was counted; '' for none."""
    mended = corrections.loc[corrections["kind"] == "repair", "article"].nunique()
    texts = f"{mended:,} text{'s were' if mended > 1 else ' was'} mended when read" if mended else ""
    done = [part for part in (describe_duplicates(duplicates), texts) if part]
    return f"{'; '.join(done)} (tables duplicates and corrections)." if done else ""


def list_duplicates(duplicates: pd.DataFrame) -> str:
    """The same, and the first of them in lines for a terminal."""
    header = ("article", "outlet", "repeats", "kind")
    rows = duplicates[["article", "outlet", "of", "kind"]].itertuples(index=False)
    said = describe_duplicates(duplicates)
    return f"  {said}\n{align([header, *rows], most=MOST_LISTED + 1)}" if said else ""
