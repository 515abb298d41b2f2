"""Files of news databases, which hold many articles each with its fields."""
