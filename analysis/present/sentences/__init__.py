"""Sentences that say what a table holds: one file a question."""
