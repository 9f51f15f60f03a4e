"""Entries to rows and back: saving, reading, numbering, separation of identifying values."""
