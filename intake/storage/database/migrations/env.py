"""Run migrations on the connection, and in the transaction, of whoever opens the store."""

from __future__ import annotations

from alembic import context

from intake.storage.database.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
)
context.run_migrations()
