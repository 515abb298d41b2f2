"""Parallax: how did these outlets tell the same event differently?

Every public name is a verb from a table to a table. They are resolved on first use (SPEC 1), so that importing
`analysis` costs nothing.
"""

import lazy_loader

__version__ = "0.1.0"

_NAMES = {
    # Corpus: what was published
    "corpus.reading.articles": ["read_articles", "select_articles"],
    "corpus.layout.artefacts": ["find_artefacts"],
    "corpus.events.grouping": ["find_events", "group_events"],
    "corpus.layout.genres": ["label_genres"],
    "corpus.sentences": ["split_sentences"],
    "corpus.headlines": ["split_headlines"],
    "corpus.tokens": ["tokenize"],
    # Voices: whose words they are
    "voices.names.names": ["find_names"],
    "voices.speech.quotes": ["find_quotes"],
    "voices.reuse.reuse": ["find_reuse"],
    "voices.reuse.shares": ["share_reused"],
    "voices.attributions": ["tabulate_speakers", "tabulate_verbs"],
    "voices.voices": ["label_voices", "tabulate_voices"],
    "voices.versions.versions": ["tabulate_quotations"],
    # Compare: how outlets differ
    "compare.words.terms": ["count_terms", "compare_terms"],
    "compare.labels.concepts": ["read_concepts"],
    "compare.labels.labels": ["find_labels", "tabulate_labels"],
    "compare.labels.slots": ["suggest_labels"],
    "compare.words.folds": ["tabulate_folds"],
    "compare.words.collocations": ["find_collocations"],
    "compare.words.term_pairs": ["tabulate_shared_terms"],
    "compare.words.ranks": ["rank_terms"],
    "compare.words.permutation": ["test_terms"],
    "compare.tone.sentiment": ["score_sentiment"],
    "compare.tone.target_mentions": ["find_targets"],
    "compare.tone.targets": ["score_targets", "compare_targets", "summarise_targets"],
    "compare.tone.sayings": ["find_evidence", "tabulate_sayings"],
    "compare.tone.reversals": ["tabulate_reversals"],
    "compare.frames.frames": ["score_frames"],
    "compare.frames.frame_classifier": ["learn_frames"],
    "compare.uncertainty": ["summarise"],
    "compare.outlets.paired": ["compare_outlets"],
    "compare.outlets.events_told": ["tabulate_events", "tabulate_volume"],
    "compare.outlets.groups": ["group_outlets"],
    "compare.words.contexts": ["find_contexts"],
    "compare.words.selections": ["tabulate_selections"],
    "compare.words.shifts": ["tabulate_shift"],
    # Present: what the reader sees
    "present.sentences.accuracy": ["describe_accuracy"],
    "present.charts.terms": ["plot_sentiment", "plot_shared_words", "plot_terms", "plot_voices", "use_style"],
    "present.charts.voices": ["plot_reused", "plot_speakers", "plot_verbs"],
    "present.charts.versions": ["plot_quotations"],
    "present.charts.labels": ["plot_labels"],
    "present.charts.shift": ["plot_shift"],
    "present.charts.term_map": ["plot_term_map"],
    "present.charts.tone": ["plot_target", "plot_targets"],
    "present.charts.sayings": ["plot_sayings"],
    "present.charts.events": ["plot_events", "plot_groups", "plot_outlets", "plot_volume"],
    "present.sentences.corpus": ["describe_articles", "describe_sentiment", "describe_voices"],
    "present.sentences.voices": ["describe_quotations", "describe_reused"],
    "present.sentences.words": ["describe_selections", "describe_shift"],
    "present.charts.ranks": ["plot_ranks"],
    "present.sentences.ranks": ["describe_ranks"],
    "present.sentences.events": ["describe_events", "describe_outlets"],
    "present.sentences.labels": ["describe_labels"],
    "present.sentences.frames": ["describe_frames"],
    "present.sentences.tone": ["describe_targets"],
    # Files: all of it at once
    "export.selection": ["read_selection"],
    "export.tables": ["make_tables", "write_tables"],
    "present.report.report": ["write_report"],
    "validate.validate": ["measure_accuracy"],
    # Errors
    "tables": ["InputError", "UnreadWarning"],
}

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submod_attrs=_NAMES)
