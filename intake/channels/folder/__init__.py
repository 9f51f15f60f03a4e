"""Inbox, outbox, archive and review folder as folders of the workspace."""
