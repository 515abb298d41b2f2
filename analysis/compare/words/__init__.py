"""Which words set outlets apart: counts, keyness, ranks, tests and contexts."""
