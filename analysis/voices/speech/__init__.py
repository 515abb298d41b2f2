"""Quotations and reported clauses, and who is said to have spoken."""
