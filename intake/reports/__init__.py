"""Receipts and status turned into JSON and HTML; no input or output here."""
