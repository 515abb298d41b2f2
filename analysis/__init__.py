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
    "corpus.events": ["find_events", "group_events"],
    "corpus.genres": ["label_genres"],
    "corpus.sentences": ["split_sentences"],
    "corpus.headlines": ["split_headlines"],
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
    "compare.concepts": ["read_concepts"],
    "compare.labels": ["find_labels", "tabulate_labels"],
    "compare.slots": ["rank_labels"],
    "compare.folds": ["tabulate_folds"],
    "compare.collocations": ["find_collocations"],
    "compare.pairs": ["compare_pairs", "tabulate_shared_terms"],
    "compare.ranks": ["rank_terms"],
    "compare.permutation": ["test_terms"],
    "compare.sentiment": ["score_sentiment"],
    "compare.mentions": ["find_targets"],
    "compare.targets": ["score_targets", "compare_targets", "summarise_targets"],
    "compare.sayings": ["tabulate_pulls", "tabulate_sayings"],
    "compare.reversals": ["tabulate_reversals"],
    "compare.frames": ["score_frames"],
    "compare.frame_classifier": ["learn_frames"],
    "compare.uncertainty": ["summarise"],
    "compare.outlets": ["compare_outlets"],
    "compare.events": ["tabulate_events", "tabulate_volume"],
    "compare.groups": ["group_outlets"],
    "compare.contexts": ["find_contexts"],
    "compare.selections": ["tabulate_selections"],
    "compare.shifts": ["tabulate_shift"],
    # Present: what the reader sees
    "present.accuracy": ["describe_accuracy"],
    "present.charts": ["plot_sentiment", "plot_shared_words", "plot_terms", "plot_voices", "use_style"],
    "present.speech_charts": ["plot_reused", "plot_speakers", "plot_verbs"],
    "present.version_chart": ["plot_versions"],
    "present.label_chart": ["plot_labels"],
    "present.shift_chart": ["plot_shift"],
    "present.term_map": ["plot_term_map"],
    "present.tone_charts": ["plot_target", "plot_targets"],
    "present.sayings_chart": ["plot_sayings"],
    "present.event_charts": ["plot_events", "plot_groups", "plot_pairs", "plot_volume"],
    "present.describe": ["describe_articles", "describe_sentiment", "describe_voices"],
    "present.describe_speech": ["describe_quotations", "describe_reused"],
    "present.describe_words": ["describe_selections", "describe_shift"],
    "present.rank_chart": ["plot_ranks"],
    "present.describe_ranks": ["describe_ranks"],
    "present.describe_events": ["describe_events", "describe_pairs"],
    "present.describe_labels": ["describe_labels"],
    "present.describe_frames": ["describe_frames"],
    "present.describe_tone": ["describe_targets"],
    # Errors
    "tables": ["InputError", "UnreadWarning"],
}

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submod_attrs=_NAMES)
