"""Copies that nobody asked for go; a table by which keys are found, indexes.

What stood in ``value`` and ``finding`` stands in the answers and receipts that are sealed. The
keyed hashes need the store's key, and are filled in when it is opened; so is ``lookup``, which
now counts.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
)

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the copies; create table and indexes."""
    op.drop_table("value")
    op.drop_table("finding")
    op.create_table(
        "block",
        Column("hash", BigInteger(), autoincrement=False, nullable=False),
        Column("receipt", Integer(), autoincrement=False, nullable=False),
        ForeignKeyConstraint(["receipt"], ["receipt.number"], name="fk_block_receipt"),
        PrimaryKeyConstraint("hash", "receipt", name="pk_block"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_block_receipt", "block", ["receipt"])
    for name, kind in (("expected", Integer()), ("answered", Integer()), ("is_late", Boolean())):
        op.add_column("lookup", Column(name, kind))
    op.execute("DELETE FROM lookup")
    op.create_index("ix_receipt_parent", "receipt", ["parent"])
    op.create_index("ix_audit_event", "audit", ["event"])
    op.create_index("ix_receipt_outcome", "receipt", ["outcome"])
    op.create_index("ix_receipt_record_id", "receipt", ["record_id"])
    op.create_index("ix_receipt_delivered", "receipt", ["delivered"])
    op.create_index("ix_record_subject", "record", ["subject"])
