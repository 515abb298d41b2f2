"""What was published: articles, the parts of them that are not prose, sentences and words."""
