"""The page model of the PDF form: sections, cards, tables and boxes as plain data for Typst.

No PDF object is known here.
"""
