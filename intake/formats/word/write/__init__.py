"""Writes the blank Word form from a template; nothing here reads a returned file."""
