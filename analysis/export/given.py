"""What the recipe starts from: articles that were read, tables that stand already, and what was asked for."""

import pandas as pd

from ..corpus.duplicates import leave_out
from ..corpus.events.grouping import find_events
from ..corpus.events.of_article import ALL
from ..corpus.overview import tabulate_problems
from .once import find_repeats, list_changes
from .selection import choose_articles, keep_chosen, read_own_concepts

# What can be asked for besides the tables that are written: all articles that were read, without their texts.
CORPUS = "corpus"
# What the recipe is told besides the articles.
GIVEN = ("model", "concepts", "members", "scoring")


def give(
    read: pd.DataFrame,
    corpus: object,
    *,
    event: str | None,
    outlets: list[str] | None,
    model: str,
    duplicates: str,
    one_event: bool = False,
) -> dict[str, object]:
    """What the recipe starts from: the articles read, each once, with their events, and what was asked for."""
    repeats = find_repeats(read, duplicates)
    everything = find_events(leave_out(read, set(repeats["article"])), event=ALL if one_event else event)
    chosen = choose_articles(everything, event=event, outlets=outlets)
    changes = list_changes(repeats, read.attrs.get("corrections", []), everything)
    return {
        "read": everything,
        "chosen": chosen,
        **give_options(corpus, model),
        **{name: keep_chosen(table, chosen) for name, table in changes.items()},
        "problems": tabulate_problems(read),
    }


# What an article holds whatever other articles there are.
OF_ARTICLE = ("articles", "artefacts", "sentences", "names", "quotes", "duplicates", "corrections")


def narrow(made: dict[str, object], chosen: set | None) -> dict[str, object]:
    """What the recipe starts from for some of the articles of which tables were made.

    Of these articles nothing is read again; what depends on the articles beside them (who shares a passage, who is
    spoken of, what is counted) is made anew, as it would be without the others. No sentence is scored twice.
    """
    cut = {name: keep_chosen(made[name], chosen) for name in OF_ARTICLE if name in made}
    kept = {name: made[name] for name in (*GIVEN, CORPUS, "problems") if name in made}
    return cut | kept | {"chosen": chosen, "scoring": made["scoring"] | {"known": made["scores"]}}


def give_options(corpus: object, model: str) -> dict[str, object]:
    concepts = {} if isinstance(corpus, pd.DataFrame) else read_own_concepts(corpus)
    return dict(zip(GIVEN, (model, concepts, None, {}), strict=True))
