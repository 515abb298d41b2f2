"""Charts: one file a question; each draws a table and computes nothing."""
