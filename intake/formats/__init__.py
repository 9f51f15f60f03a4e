"""Adapters that write blank forms and read returned ones, side by side."""
