"""Finds the faults of a schema document: each with its JSON pointer and what to do."""
