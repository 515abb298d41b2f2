"""How outlets differ: terms, sentiment, and the uncertainty of both."""
