"""Derived variables and scores: computed for every day and row that may be meant.

Built on compiled programs and bound records; nothing in `expressions` builds on these.
"""
