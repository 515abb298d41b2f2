"""Whose words they are: quotations, and every sentence cut into voices."""
