"""CRF intake: blank forms out, filled forms in, one dataset and one receipt a file."""

__version__ = "0.1.0"
