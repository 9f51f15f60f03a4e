"""Running the study by mail: drafts, their ledger, transport, closing."""
