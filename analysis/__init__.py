"""Parallax: how did these outlets tell the same event differently?

Every public name is a verb from a table to a table. They are resolved on first use (SPEC 1), so that importing
`analysis` costs nothing.
"""

import lazy_loader

__version__ = "0.1.0"

# The names that answer a question, each with its module, in the order of work: make a table, say it, draw it.
_QUESTIONS = {
    "Corpus: what was published?": {
        "read_articles": "corpus.reading.articles",
        "select_articles": "corpus.reading.articles",
        "find_duplicates": "corpus.duplicates",
        "find_artefacts": "corpus.layout.artefacts",
        "split_sentences": "corpus.sentences",
        "split_headlines": "corpus.headlines",
        "tokenize": "corpus.tokens",
        "find_events": "corpus.events.grouping",
        "group_events": "corpus.events.grouping",
        "label_genres": "corpus.layout.genres",
        "describe_articles": "present.sentences.corpus",
    },
    "Voices: whose words are they?": {
        "find_names": "voices.names.names",
        "find_quotes": "voices.speech.quotes",
        "find_reuse": "voices.reuse.reuse",
        "share_reused": "voices.reuse.shares",
        "label_voices": "voices.voices",
        "tabulate_voices": "voices.voices",
        "tabulate_speakers": "voices.attributions",
        "tabulate_verbs": "voices.attributions",
        "tabulate_quotations": "voices.versions.versions",
        "describe_voices": "present.sentences.corpus",
        "describe_quotations": "present.sentences.voices",
        "describe_reused": "present.sentences.voices",
        "plot_voices": "present.charts.terms",
        "plot_speakers": "present.charts.voices",
        "plot_verbs": "present.charts.voices",
        "plot_quotations": "present.charts.versions",
        "plot_reused": "present.charts.voices",
    },
    "Words: which set the outlets apart?": {
        "count_terms": "compare.words.terms",
        "compare_terms": "compare.words.terms",
        "rank_terms": "compare.words.ranks",
        "test_terms": "compare.words.permutation",
        "find_collocations": "compare.words.collocations",
        "find_contexts": "compare.words.contexts",
        "tabulate_folds": "compare.words.folds",
        "tabulate_shared_terms": "compare.words.term_pairs",
        "tabulate_selections": "compare.words.selections",
        "tabulate_shift": "compare.words.shifts",
        "describe_ranks": "present.sentences.ranks",
        "describe_selections": "present.sentences.words",
        "describe_shift": "present.sentences.words",
        "plot_terms": "present.charts.terms",
        "plot_term_map": "present.charts.term_map",
        "plot_ranks": "present.charts.ranks",
        "plot_shared_words": "present.charts.terms",
        "plot_shift": "present.charts.shift",
    },
    "Labels and frames: by which names, under which aspects?": {
        "read_concepts": "compare.labels.concepts",
        "find_labels": "compare.labels.labels",
        "tabulate_labels": "compare.labels.labels",
        "suggest_labels": "compare.labels.slots",
        "score_frames": "compare.frames.frames",
        "learn_frames": "compare.frames.frame_classifier",
        "describe_labels": "present.sentences.labels",
        "describe_frames": "present.sentences.frames",
        "plot_labels": "present.charts.labels",
    },
    "Tone: how good or bad, about whom?": {
        "score_sentiment": "compare.tone.sentiment",
        "summarise": "compare.uncertainty",
        "find_targets": "compare.tone.target_mentions",
        "score_targets": "compare.tone.targets",
        "summarise_targets": "compare.tone.targets",
        "compare_targets": "compare.tone.targets",
        "tabulate_sayings": "compare.tone.sayings",
        "tabulate_reversals": "compare.tone.reversals",
        "find_evidence": "compare.tone.sayings",
        "describe_sentiment": "present.sentences.corpus",
        "describe_targets": "present.sentences.tone",
        "plot_sentiment": "present.charts.sentiment",
        "plot_targets": "present.charts.tone",
        "plot_target": "present.charts.tone",
        "plot_sayings": "present.charts.sayings",
    },
    "Outlets over events: who tells what, and how far apart?": {
        "tabulate_events": "compare.outlets.events_told",
        "tabulate_volume": "compare.outlets.events_told",
        "compare_outlets": "compare.outlets.paired",
        "group_outlets": "compare.outlets.groups",
        "describe_events": "present.sentences.events",
        "describe_outlets": "present.sentences.events",
        "plot_events": "present.charts.events",
        "plot_volume": "present.charts.events",
        "plot_outlets": "present.charts.events",
        "plot_groups": "present.charts.events",
    },
    "Trust: how often is a method right?": {
        "measure_accuracy": "validate.validate",
        "describe_accuracy": "present.sentences.accuracy",
    },
    "Files: all of it at once": {
        "read_selection": "export.selection",
        "make_tables": "export.tables",
        "write_tables": "export.tables",
        "write_report": "present.report.report",
        "use_style": "present.charts.terms",
    },
    "What can go wrong": {
        "InputError": "tables",
        "UnreadWarning": "tables",
    },
}

_MODULES = {name: module for names in _QUESTIONS.values() for name, module in names.items()}
_NAMES = {module: [name for name in _MODULES if _MODULES[name] == module] for module in _MODULES.values()}

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submod_attrs=_NAMES)
