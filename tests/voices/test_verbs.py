"""The words that bring in what somebody said."""

import re

import pytest

from analysis.voices.verbs import RELAYS, any_of, reporting_verbs, speech_cues


def test_reporting_verbs_leave_out_forms_that_are_nouns():
    verbs = reporting_verbs()
    assert verbs["said"] == "say"
    assert verbs["claimed"] == "claim"
    assert not {"claim", "pledge", "reports", "call"} & set(verbs)


def test_whoever_passes_words_on_does_it_with_a_cue():
    assert {word.lower() for word in RELAYS} - {"according to"} <= set(speech_cues())


@pytest.mark.parametrize("word", ["say", "says", "said", "call on"])
def test_a_pattern_for_any_of_some_words_matches_each_of_them(word):
    assert re.fullmatch(any_of(["said", "say", "says", "say", "call on"]), word)


@pytest.mark.parametrize("word", ["", "s", "sa", "sayss", "call", "call ons"])
def test_a_pattern_for_any_of_some_words_matches_no_part_of_them(word):
    assert re.fullmatch(any_of(["said", "say", "says", "say", "call on"]), word) is None
