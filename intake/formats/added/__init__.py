"""What somebody did to a PDF form beside filling its fields, told beside its blank form.

Everything on a page is printed by the blank, an answer, or said here with its place. What
stands in the fields is read in ``formats.pdf``; pages without fields in ``formats.paper``.
"""
