"""What was published: articles, their events, the parts of them that are not prose, sentences and words."""
