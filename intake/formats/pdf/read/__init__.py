"""Reads a returned PDF that still has fields: bytes to a `RawSubmission`, by two readings compared.

Pages without a live field are read in `formats.paper`; nothing here writes.
"""
