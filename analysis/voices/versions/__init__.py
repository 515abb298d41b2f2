"""One quotation in the versions that several articles print."""
