"""Where files come from and where receipts go: inbox, archive, outbox folders."""
