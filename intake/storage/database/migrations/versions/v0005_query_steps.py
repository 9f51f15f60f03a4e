"""Queries with all their steps.

Old ones are kept aside, as they were sealed, until the store is opened: only its key can tell
whether they are as they were saved.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    Text,
    text,
)

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; keep the old one where it holds queries."""
    for column in ("record_id", "receipt"):
        op.drop_index(f"ix_query_{column}", "query")
    held = op.get_bind().execute(text("SELECT count(*) FROM query")).scalar()
    if held:
        op.rename_table("query", "query_before")
    else:
        op.drop_table("query")
    _query()
    _query_step()


def _query() -> None:
    op.create_table(
        "query",
        *_keys("query"),
        Column("code", String(60), nullable=False),
        Column("state", String(16), nullable=False),
        Column("how", String(16)),
        Column("revision", Integer(), nullable=False),
        Column("payload", Text(), nullable=False),
        PrimaryKeyConstraint("record_id", "number", name="pk_query"),
    )
    op.create_index("ix_query_receipt", "query", ["receipt"])


def _query_step() -> None:
    op.create_table(
        "query_step",
        *_keys("query_step", Column("position", Integer(), autoincrement=False, nullable=False)),
        Column("at", String(40), nullable=False),
        Column("by", String(120), nullable=False),
        Column("action", String(16), nullable=False),
        Column("how", String(16)),
        Column("receipt_of", String(6)),
        Column("sheet", Integer()),
        Column("reason", Text(), nullable=False),
        PrimaryKeyConstraint("record_id", "number", "position", name="pk_query_step"),
    )
    op.create_index("ix_query_step_receipt", "query_step", ["receipt"])


def _keys(
    table: str, *more: Column[int]
) -> tuple[Column[str] | Column[int] | ForeignKeyConstraint, ...]:
    """Return the columns by which a row is found, and what they point at."""
    return (
        Column("record_id", String(16), nullable=False),
        Column("number", Integer(), autoincrement=False, nullable=False),
        *more,
        Column("receipt", Integer(), nullable=False),
        ForeignKeyConstraint(["receipt"], ["receipt.number"], name=f"fk_{table}_receipt"),
        ForeignKeyConstraint(["record_id"], ["record.record_id"], name=f"fk_{table}_record_id"),
    )
