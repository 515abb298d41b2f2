"""Whose words they are: quotations and reported speech, text that articles share, every sentence cut into voices."""
