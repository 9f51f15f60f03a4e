"""Draws one table of a workbook: its sheet's columns, words, answer cells and colours."""
