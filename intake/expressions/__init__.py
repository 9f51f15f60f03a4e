"""Relevance, requirements and rules of a schema as expressions; the only part that knows CEL.

``program.compile_program`` compiles against a form, ``bind.bind`` hands over a record,
``Program.evaluate`` gives an answer with four ends: true, false, unknown, error.
"""
