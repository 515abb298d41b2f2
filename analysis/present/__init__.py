"""What the reader sees: charts, sentences about tables, the report."""
