"""The programs that centres may use, what they do to a full form, and what is read after it.

One list of routes a format (``pdf_routes``, ``word_routes``, ``excel_routes``) serves the
tests, the table in ``docs/clients.md`` (``python -m tests.whole.clients``) and nothing else.
"""
