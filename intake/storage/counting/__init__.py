"""Counting what is stored, for the state of the study: no record is opened for it."""
