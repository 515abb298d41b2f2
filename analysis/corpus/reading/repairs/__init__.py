"""What is mended in a text before it is an article's."""
