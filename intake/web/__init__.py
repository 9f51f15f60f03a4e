"""The coordinator's page, for one person on one computer; it decides nothing about data."""
