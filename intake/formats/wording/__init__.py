"""What the forms print beside an answer: captions, headings, placeholders, lines of text.

Written into blank forms by the writers, recognised in returned ones by the readers.
"""
