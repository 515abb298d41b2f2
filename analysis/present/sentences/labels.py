"""Sentences that say by which labels a thing is named, and in whose voice."""

import pandas as pd

from ...display import MOST_NAMED, count_of, list_names, shorten
from ...tables import need
from .corpus import name_subject

LABELS = 3


def describe_labels(labels: pd.DataFrame) -> str:
    """Say for each concept which labels each outlet prints in its own words, and which only others' words hold.

    Counts of the words listed, and no preference: what stands in reported speech may be the outlet's word, and another
    article of the same outlet may be worded otherwise. The first 3 labels of an outlet are named, ties in the order of
    the table.

    Needs:
        concept, outlet, voice, label, n, articles_total: as `tabulate_labels` gives them

    Raises:
        InputError: if a column is missing

    Example:
        >>> labels = {"label": ["deal", "alliance"] * 2, "voice": ["own", "own", "quote", "quote"], "n": [2, 0, 0, 1]}
        >>> table = pd.DataFrame(labels).assign(concept="pact", outlet="A", articles_total=1)
        >>> print(describe_labels(table).replace("; in n", ";\\nin n"))
        “pact” is named 3 times; in own words in this article (A): deal (2);
        in nobody's own words: alliance; these are counts, and no preference is called.
    """
    need(labels, "concept", "outlet", "voice", "label", "n", "articles_total", verb="describe_labels")
    labels = labels.dropna(subset=["concept", "outlet", "voice", "label", "n"])
    if labels.empty:
        return "There are no labels to describe."
    return " ".join(_describe(name, table) for name, table in labels.groupby("concept", sort=False))


def _describe(name: str, table: pd.DataFrame) -> str:
    articles = table.groupby("outlet", sort=True)["articles_total"].max()
    totals = table.groupby("label", sort=False)["n"].sum()
    name = f"“{shorten(name, 40)}”"
    if not totals.sum():
        return f"No label of {name} is found in {count_of(len(articles), 'outlet')}."
    own = table[table["voice"] == "own"]
    n, of_outlet = own.groupby(["outlet", "label"], sort=False)["n"].sum(), table.groupby("outlet")["n"].sum()
    parts, others, none = [], [], []
    for outlet, size in articles.items():
        found = n[outlet] if outlet in n.index else n.iloc[:0]
        found = found[found > 0].sort_values(ascending=False, kind="stable").head(LABELS)
        subject = name_subject(outlet, size)
        if len(found):
            named = ", ".join(f"{shorten(label, 30)} ({count:,})" for label, count in found.items())
            parts.append(f"{subject}: {named}")
        else:
            (others if of_outlet[outlet] else none).append(subject)
    facts = [f"{name} is named {count_of(int(totals.sum()), 'time')}"]
    if parts:
        more = [f"and {count_of(len(parts) - MOST_NAMED, 'more outlet')}"] if len(parts) > MOST_NAMED else []
        facts.append(f"in own words in {'; in '.join([*parts[:MOST_NAMED], *more])}".replace("; in and", "; and"))
    if others:
        facts.append(f"{'' if own.empty else 'quoted or reported only '}in {list_names(others)}")
    if none:
        facts.append(f"by none of its labels in {list_names(none)}")
    in_own = own.groupby("label")["n"].sum()
    foreign = [shorten(label, 30) for label, count in totals.items() if count and not in_own.get(label, 0)]
    foreign = [] if own.empty else foreign  # the table may hold quotations only
    facts += [f"in nobody's own words: {list_names(foreign)}"] if foreign else []
    return f"{'; '.join(facts)}; these are counts, and no preference is called."
