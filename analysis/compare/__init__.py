"""How outlets differ: words, labels, frames, tone, and the uncertainty of each."""
