"""The lexicon VADER, computed for whole columns at once."""
