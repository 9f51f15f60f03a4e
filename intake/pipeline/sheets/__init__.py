"""Query sheets: small forms that ask only what is in doubt, and what they say when they return."""
