"""How far to trust it: the methods measured on labelled articles."""
