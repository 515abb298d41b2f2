"""Under which aspects something is told: frames from word lists, or learnt from labelled rows."""
