"""The lists that the page shows, as documents, part by part; privacy is decided below."""
