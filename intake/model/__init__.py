"""Plain frozen data shared by every part: forms, submissions, findings, receipts.

Standard library only. Nothing here reads a file, a clock, a database or a language.
"""
