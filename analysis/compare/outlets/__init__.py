"""Outlets over many events: who tells what, how far apart they are, who prints the same text."""
