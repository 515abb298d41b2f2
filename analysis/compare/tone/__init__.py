"""In what tone: the valence of sentences, and what they say about whom."""
