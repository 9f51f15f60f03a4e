"""Fictional returns, filled by code that is not ours, and the demonstration made of them."""
