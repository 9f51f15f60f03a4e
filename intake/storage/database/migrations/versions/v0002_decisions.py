"""Decisions of the coordinator about files in review, with their reasons."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, String, Text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of decisions."""
    op.create_table(
        "decision",
        Column("receipt", Integer(), autoincrement=False, nullable=False),
        Column("position", Integer(), autoincrement=False, nullable=False),
        Column("at", String(40), nullable=False),
        Column("action", String(16), nullable=False),
        Column("reason", Text(), nullable=False),
        Column("salt", String(32), nullable=False),
        ForeignKeyConstraint(["receipt"], ["receipt.number"], name="fk_decision_receipt"),
        PrimaryKeyConstraint("receipt", "position", name="pk_decision"),
    )
