"""The store: receipts, records, values, findings and the audit chain."""
