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
    "corpus.sentences": ["split_sentences"],
    "corpus.tokens": ["tokenize"],
    # Voices: whose words they are
    "voices.names": ["find_names"],
    "voices.quotes": ["find_quotes"],
    "voices.reuse": ["find_reuse"],
    "voices.shares": ["share_reused"],
    "voices.voices": ["label_voices", "tabulate_voices"],
    # Compare: how outlets differ
    "compare.terms": ["count_terms", "compare_terms"],
    "compare.sentiment": ["score_sentiment"],
    "compare.uncertainty": ["summarise"],
    # Present: what the reader sees
    "present.charts": ["plot_sentiment", "plot_shared_words", "plot_terms", "plot_voices", "use_style"],
    "present.describe": ["describe_articles", "describe_sentiment", "describe_terms", "describe_voices"],
    # Errors
    "tables": ["InputError", "UnreadWarning"],
}

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submod_attrs=_NAMES)
