"""Writes the blank workbook: a sheet per section, lists, colours, counts."""
