"""Reads a returned Word form: controls, bookmarks and code rows, compared with each other."""
