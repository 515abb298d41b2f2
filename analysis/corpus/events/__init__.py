"""Which event an article tells, named or found."""
