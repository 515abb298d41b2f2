"""Where VADER and a model of tone say the opposite, and the words that led VADER there."""

import pandas as pd

from ...tables import need
from ..vader.rules import explain_vader, score_vader

REVERSALS = ("article", "outlet", "entity", "voice", "speaker", "score", "vader", "words", "text")
# VADER's own bound: a compound within ±.05 is neutral.
_NEUTRAL = 0.05


def tabulate_reversals(scored: pd.DataFrame) -> pd.DataFrame:
    """What would VADER have said of these mentions, where it says the opposite, and by which words?

    VADER adds up the valence of words, whatever they say and of whom: "United" in the United Nations is worth +1.8,
    "friend" +2.2 whoever's friend it is. The rows are the mentions of which one is positive and the other negative,
    both beyond VADER's own bound of ±.05, those furthest apart first; a sentence has one row, that of its mention
    furthest apart. They disagree, and who is right the reader sees: with three classes VADER reaches a macro-F1 of .51
    and .48 on news sentences with a target (NewsMTSC), so that it is wrong often, but not each time. `scored` are rows
    of `score_targets(find_targets(…))`.

    Columns:
        article: the one that holds the sentence
        outlet: of the article
        entity: who is mentioned
        voice: own, reported or quote
        speaker: of the words; missing where nobody is named
        score: of the model, −1 to 1
        vader: compound, −1 to 1
        words: those that VADER counts, with what each adds after the negations and boosters around it, the strongest
            first
        text: the sentence

    Raises:
        InputError: if a column is missing

    Example:
        >>> scored = pd.DataFrame({"article": ["a"], "outlet": ["A"], "entity": ["Kim"], "voice": ["own"],
        ...     "speaker": [None], "text": ["The United Nations put sanctions on Kim."], "score": [-0.6]})
        >>> tabulate_reversals(scored)[["entity", "score", "vader", "words"]]
          entity  score   vader        words
        0    Kim   -0.6  0.4215  United +1.8
    """
    need(
        scored, "article", "outlet", "entity", "voice", "speaker", "text", "score", verb="tabulate_reversals"
    )  # fmt: skip
    scored = scored[scored["score"].notna() & scored["text"].notna()]
    rows = scored.assign(vader=score_vader(scored["text"].astype("str")))
    rows = rows[(rows["score"] * rows["vader"] < 0) & (rows[["score", "vader"]].abs().min(axis=1) >= _NEUTRAL)]
    rows = rows.assign(_apart=-(rows["score"] - rows["vader"]).abs())
    rows = rows.sort_values(["_apart", "text", "article", "entity", "voice"], kind="stable").drop_duplicates("text")
    rows["words"] = pd.array(_name_words(rows["text"]), dtype="str")
    return rows[list(REVERSALS)].reset_index(drop=True)


def _name_words(texts: pd.Series) -> list[str]:
    """What each text's words count, as in "friend +2.2, war −2.9", the strongest first."""
    found = [[] for _ in texts]
    for row, word, valence in explain_vader(texts).itertuples(index=False):
        found[row].append((-abs(valence), f"{word} {valence:+.1f}".replace(" -", " −")))
    return [", ".join(text for _, text in sorted(words, key=lambda word: word[0])) for words in found]
