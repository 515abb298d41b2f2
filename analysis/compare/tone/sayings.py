"""Who says what about whom, and which sentences make a figure of tone."""

import numbers

import pandas as pd

from ...tables import InputError, need
from ...voices.attributions import drop_pronouns
from ..uncertainty import summarise
from .targets import keep_clearest

ALL = "all"
SAYINGS = ("speaker", "voice", "entity", "n", "articles", "mean", "low", "high", "unit")
EVIDENCE = ("event", "entity", "outlet", "voice", "influence", "score", "text", "speaker", "article", "sentence")
_NEEDS = ("article", "outlet", "event", "sentence", "start", "entity", "mention", "voice", "speaker", "text", "score")


def tabulate_sayings(scored: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """Who says how good or bad things about whom?

    One row for the own words of each outlet about each entity, and for each speaker rows of what they are quoted with,
    what is reported of them, and all of it together. A speaker's words are taken from the articles of all outlets
    together: what five outlets quote counts five times, and each chose what to quote. So a row says how a speaker is
    shown, not what the speaker thinks. `mean` is that of the sentences' scores, within articles first, unlike the sums
    of `summarise_targets`: a speaker with many sentences reaches no further than one with few. A sentence counts once
    for an entity, by its clearest mention. `scored` are rows of `score_targets(find_targets(…))`. Sorted by speaker,
    voice and entity, own words first.

    Columns:
        speaker: the outlet in its own words; missing for words that nobody named says, or a pronoun that is not clear
        voice: own, quote, reported, or all for what is quoted and reported
        entity: who is spoken of
        n: sentences
        articles: that hold them
        mean: −1 to 1
        low: lower end of its 95 % interval; NA with fewer than two units
        high: upper end; NA likewise
        unit: what was resampled: event, article or sentence, see `summarise`; within one article it says nothing of
            others

    Raises:
        InputError: if a column is missing

    Example:
        >>> scored = pd.DataFrame({"article": "a", "outlet": "A", "event": "1", "sentence": [1, 2, 3], "start": 0,
        ...     "entity": "Putin", "mention": "name", "voice": ["own", "quote", "quote"], "score": [0.0, 0.6, 0.8],
        ...     "speaker": [None, "Kim", "Kim"], "text": ["Putin came.", "“Putin is a friend.”", "“Putin is dear.”"]})
        >>> tabulate_sayings(scored)[["speaker", "voice", "entity", "n", "mean"]]
          speaker  voice entity  n  mean
        0       A    own  Putin  1   0.0
        1     Kim  quote  Putin  2   0.7
        2     Kim    all  Putin  2   0.7
    """
    need(scored, *_NEEDS, verb="tabulate_sayings")
    scored = _drop_unscored(scored)
    own = scored["voice"] == "own"
    others = scored[~own].assign(speaker=drop_pronouns(scored.loc[~own, "speaker"]))
    rows = pd.concat([
        keep_clearest(scored[own].assign(speaker=scored.loc[own, "outlet"]), "outlet"),
        keep_clearest(others, "speaker", "voice"),
        keep_clearest(others, "speaker").assign(voice=ALL),
    ])  # fmt: skip
    table = summarise(rows, by=["speaker", "voice", "entity"], seed=seed)
    order = {voice: place for place, voice in enumerate(("own", "quote", "reported"))}
    places = table["voice"].map(order).fillna(len(order))
    table = table.assign(_own=places > 0, _place=places)
    table = table.sort_values(["_own", "speaker", "_place", "voice", "entity"], kind="stable", ignore_index=True)
    return table[list(SAYINGS)].astype(dict.fromkeys(("speaker", "voice", "entity"), "str"))


def find_evidence(scored: pd.DataFrame, *, most: int = 3) -> pd.DataFrame:
    """Which sentences pull each figure of `summarise_targets` up, and which down?

    A figure is the sum of the influences of its sentences (how much the figure falls without the sentence,
    leave-one-out): each is the score of a sentence, divided by the outlet's articles that mention the entity. Read
    them: a high score is often a warm quotation, and what the model got wrong is seen here first.

    Of each figure the `most` sentences that pull it up, the strongest first, then those that pull it down, the
    strongest last; a sentence of score 0 has none. Sorted by event, entity, outlet and voice. `scored` are rows of
    `score_targets(find_targets(…))`.

    Columns:
        event: of the article; missing where it has none
        entity: who is mentioned
        outlet: of the article
        voice: own, reported, quote, or all
        influence: sentences an article
        score: of the sentence, −1 to 1
        text: the sentence
        speaker: of the words; missing where nobody is named
        article: the one that holds it
        sentence: from 1 within the article

    Raises:
        InputError: if a column is missing or `most` is no whole number from 1 on

    Example:
        >>> scored = pd.DataFrame({"article": ["a", "a", "b"], "outlet": "A", "event": "1", "sentence": [1, 2, 1],
        ...     "start": 0, "entity": "Putin", "mention": "name", "voice": "own", "speaker": None,
        ...     "text": ["Putin lied.", "Putin came.", "Putin won."], "score": [-0.8, 0.0, 0.6]})
        >>> find_evidence(scored).query("voice == 'own'")[["entity", "outlet", "influence", "score", "text"]]
          entity outlet  influence  score         text
        0  Putin      A        0.3    0.6   Putin won.
        1  Putin      A       -0.4   -0.8  Putin lied.
    """
    need(scored, *_NEEDS, verb="find_evidence")
    if not isinstance(most, numbers.Integral) or most < 1:
        raise InputError(f"most is {most!r}, but must be a whole number from 1 on")
    scored = _drop_unscored(scored)
    rows = pd.concat([keep_clearest(scored, "voice"), keep_clearest(scored).assign(voice=ALL)], ignore_index=True)
    by = ["event", "entity", "outlet"]
    mentioning = rows.groupby(by, dropna=False, observed=True)["article"].transform("nunique")
    rows["influence"] = rows["score"] / mentioning
    order = {voice: place for place, voice in enumerate(("own", "reported", "quote"))} | {ALL: 9}
    rows["_voice"] = rows["voice"].map(order).fillna(len(order))
    by = [*by, "_voice", "voice"]
    rows = rows[rows["influence"] != 0].sort_values(
        [*by, "influence", "article", "sentence"], ascending=[True] * len(by) + [False, True, True], kind="stable"
    )
    groups = rows.groupby([*by, rows["influence"] > 0], dropna=False, observed=True)
    kept = (groups.cumcount() < most) & (rows["influence"] > 0) | (groups.cumcount(ascending=False) < most) & (
        rows["influence"] < 0
    )
    return rows.loc[kept, list(EVIDENCE)].reset_index(drop=True)


def _drop_unscored(scored: pd.DataFrame) -> pd.DataFrame:
    return scored[scored["score"].notna()]
