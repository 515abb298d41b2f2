"""Sentences about tone: the whole sentence is tested, and the thresholds on both sides."""

import numpy as np
import pandas as pd
import pytest

from analysis import InputError, compare_outlets, describe_targets
from analysis.compare.outlets.paired import MIN_EVENTS
from analysis.compare.uncertainty import MIN_ARTICLES
from analysis.display import MOST_NAMED

CAUTION = "That is what the sentences tell as the model reads them, not what an outlet thinks."
COMPARISONS = ("than", "higher", "lower", "fewer", "significant", "p =", "p <", "biased", "tone")


def make_tones(*rows, articles=1, unit="sentence", event="1"):
    """From entity, outlet, n, balance and the ends of its interval."""
    columns = ["entity", "outlet", "n", "balance", "low", "high"]
    table = pd.DataFrame(list(rows), columns=columns)
    return table.assign(event=event, voice="all", articles=articles, unit=unit)


def make_events(count, *, shift=1.0, outlets="AB", entity="Smith"):
    """Each outlet's balance on each event; that of the first is `shift` higher, give or take a tenth."""
    rows = [
        (f"e{i}", entity, outlet, "all", 3, 1, (outlet == outlets[0]) * (shift + (i % 3 - 1) / 10), np.nan, np.nan, "s")
        for i in range(count)
        for outlet in outlets
    ]
    columns = ["event", "entity", "outlet", "voice", "n", "articles", "balance", "low", "high", "unit"]
    return pd.DataFrame(rows, columns=columns)


def describe_compared(tones):
    pairs = compare_outlets(tones.query("voice == 'all'").reset_index(names="article"), value="balance", by="entity")
    return describe_targets(tones, pairs=pairs)


ONE = [("Putin", "B", 8, -4.0, -6.0, -2.0), ("Putin", "A", 1, 0.52, np.nan, np.nan)]


def test_one_event_with_one_article_each():
    assert describe_targets(make_tones(*ONE)) == (
        "Positive minus negative sentences an article, each with a 95 % interval within this article, not for its "
        "outlet: about Putin this article (A) +0.5 (no interval; 1 sentence), this article (B) −4.0 (−6.0 to −2.0; 8 "
        "sentences). A figure is a sum over the sentences of this article, so that a long one can reach further, and "
        "for a single event no difference is called."
    )


def test_every_sentence_on_one_article_each_says_this_article_and_none_compares():
    text = describe_targets(make_tones(*ONE))
    for sentence in text.rstrip(".").split(". "):
        assert "this article" in sentence
    assert not [word for word in COMPARISONS if f" {word} " in text]


@pytest.mark.parametrize(
    ("articles", "figure"),
    [
        (MIN_ARTICLES - 1, "these 4 articles of B −4.0 (too few articles for an interval; 8 sentences)"),
        (MIN_ARTICLES, "B (5 articles) −4.0 (−6.0 to −2.0; 8 sentences)"),
    ],
)
def test_an_interval_from_five_articles_on_and_still_no_difference(articles, figure):
    text = describe_targets(make_tones(*ONE, articles=articles, unit="article"))
    assert figure in text
    assert text.startswith("Positive minus negative sentences an article, with 95 % intervals: about Putin ")
    assert text.endswith("for a single event no difference is called.")


def test_voices_apart_are_left_to_the_table():
    table = make_tones(*ONE)
    quoted = table.assign(voice="quote", balance=9.0)
    assert describe_targets(pd.concat([table, quoted])) == describe_targets(table)


def test_the_two_targets_of_most_outlets_are_said_and_the_others_counted():
    rows = [("Kim", "A", 90, 1, 0, 2), *ONE, ("Moscow", "A", 2, 1, 0, 2), ("Moscow", "B", 3, 1, 0, 2)]
    text = describe_targets(make_tones(*rows))
    assert text.index("about Putin") < text.index("about Moscow")
    assert "about Kim" not in text and "; and 1 more target in the table." in text


def test_outlets_beyond_twelve_are_counted():
    rows = [("Kim", f"{i:02}", 1, 0, 0, 0) for i in range(MOST_NAMED + 2)]
    assert "(11) 0.0 (0.0 to 0.0; 1 sentence), and 2 more outlets in the table." in describe_targets(make_tones(*rows))


def test_a_direction_from_thirty_events_on():
    assert describe_compared(make_events(MIN_EVENTS - 1)) == (
        "1 target over 29 events: no two outlets write about the same one on 30 events, so no direction is named; A "
        "and B come closest, with 29 about Smith."
    )
    assert describe_compared(make_events(MIN_EVENTS)) == (
        "1 target over 30 events, 1 comparison of two outlets on 30 events or more about the same one: positive minus "
        "negative sentences an article are about Smith fewer in B than in A by 1.0 (1.0 to 1.0) on 30 events. Of "
        f"twenty such intervals one leaves out zero by chance where nothing differs. {CAUTION}"
    )


def test_no_direction_where_the_interval_holds_zero():
    assert describe_compared(make_events(MIN_EVENTS, shift=0.0)) == (
        "1 target over 30 events, 1 comparison of two outlets on 30 events or more about the same one: in none does "
        f"the interval of the difference leave out zero. {CAUTION}"
    )


def test_outlets_that_never_write_about_the_same_one_are_not_compared():
    tables = [make_events(40, outlets="A"), make_events(40, outlets="B", entity="Jones")]
    assert describe_compared(pd.concat(tables, ignore_index=True)) == (
        "2 targets over 40 events: no two outlets write about the same one on the same event, so nothing can be "
        "compared."
    )


def test_without_a_comparison_no_direction_is_named():
    assert describe_targets(make_events(MIN_EVENTS)) == (
        "1 target over 30 events: no comparison of outlets over these events was given, so no direction is named."
    )


def test_a_comparison_is_not_needed_for_one_event():
    tones = make_tones(*ONE)
    assert describe_compared(tones) == describe_targets(tones)


def test_a_comparison_of_all_targets_together_is_refused():
    tones = make_events(MIN_EVENTS)
    pairs = compare_outlets(tones.reset_index(names="article"), value="balance")
    with pytest.raises(InputError) as error:
        describe_targets(tones, pairs=pairs)
    assert str(error.value) == (
        "pairs of describe_targets needs the column 'entity'; the table has 'a', 'b', 'events', 'difference', 'low', "
        "'high', 'selection', 'wording', 'unit', 'a_events', 'b_events'"
    )


def test_hostile_names_are_cleaned_and_cut():
    text = describe_targets(make_tones(("\x1b[31m" + "N" * 500, "A\u202e", 1, 0, 0, 0)))
    assert "\x1b" not in text and "\u202e" not in text and len(text) < 500
