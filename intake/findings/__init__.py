"""A finding in words: its sentence, place and advice, and which findings still stand."""
