"""Parallax: how did these outlets tell the same event differently?

Every public name is a verb from a table to a table. They are resolved on first use (SPEC 1), so that importing
`analysis` costs nothing.
"""

import lazy_loader

__version__ = "0.1.0"

_NAMES = {
    # Corpus: what was published
    "corpus.articles": ["read_articles", "select_articles"],
    "corpus.artefacts": ["find_artefacts"],
    "corpus.events": ["group_events"],
    "corpus.sentences": ["split_sentences"],
    "corpus.tokens": ["tokenize"],
    # Voices: whose words they are
    "voices.names": ["find_names"],
    "voices.quotes": ["find_quotes"],
    "voices.reuse": ["find_reuse"],
    "voices.shares": ["share_reused"],
    "voices.tallies": ["tabulate_speakers", "tabulate_verbs"],
    "voices.voices": ["label_voices", "tabulate_voices"],
    "voices.versions": ["tabulate_quotes"],
    # Compare: how outlets differ
    "compare.terms": ["count_terms", "compare_terms"],
    "compare.ranks": ["rank_terms"],
    "compare.permutation": ["test_terms"],
    "compare.sentiment": ["score_sentiment"],
    "compare.uncertainty": ["summarise"],
    "compare.outlets": ["compare_outlets"],
    "compare.events": ["tabulate_events", "tabulate_volume"],
    "compare.groups": ["group_outlets"],
    # Present: what the reader sees
    "present.accuracy": ["describe_accuracy"],
    "present.charts": ["plot_sentiment", "plot_shared_words", "plot_terms", "plot_voices", "use_style"],
    "present.speech_charts": ["plot_reused", "plot_speakers", "plot_verbs"],
    "present.version_chart": ["plot_versions"],
    "present.rank_chart": ["plot_ranks"],
    "present.event_charts": ["plot_events", "plot_groups", "plot_pairs", "plot_volume"],
    "present.describe": ["describe_articles", "describe_sentiment", "describe_terms", "describe_voices"],
    "present.describe_speech": ["describe_quotations", "describe_reused"],
    "present.describe_ranks": ["describe_ranks"],
    "present.describe_events": ["describe_events", "describe_pairs"],
    # Errors
    "tables": ["InputError", "UnreadWarning"],
}

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submod_attrs=_NAMES)
