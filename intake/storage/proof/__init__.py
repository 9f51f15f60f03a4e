"""What makes the store trustworthy: audit chain, seals, keyed pseudonyms."""
