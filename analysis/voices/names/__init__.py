"""People, organisations, places and governments, each mention under one name."""
