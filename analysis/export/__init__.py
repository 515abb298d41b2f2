"""From a corpus to files: the recipe of all tables, in memory, in partitions or on a cluster."""
