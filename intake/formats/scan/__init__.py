"""Scans and photos of forms: recognised by their codes, never read."""
