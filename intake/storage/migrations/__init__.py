"""Migrations of the store's tables, run at opening; a published one is never edited."""
