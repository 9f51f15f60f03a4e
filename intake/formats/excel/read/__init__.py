"""Reads a returned workbook: defined names and code cells, compared with each other."""
