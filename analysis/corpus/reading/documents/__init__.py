"""Office documents, mails, feeds and web archives: each to text, a page or a table."""
