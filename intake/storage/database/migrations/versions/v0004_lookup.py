"""By what forms are found that may be one patient's: a table made of what is sealed elsewhere.

It needs the forms' schemas and is filled in when the store is opened.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, String

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table and its indexes."""
    op.create_table(
        "lookup",
        Column("receipt", Integer(), autoincrement=False, nullable=False),
        Column("earlier", Integer()),
        Column("likeness", String(64)),
        ForeignKeyConstraint(["receipt"], ["receipt.number"], name="fk_lookup_receipt"),
        PrimaryKeyConstraint("receipt", name="pk_lookup"),
    )
    op.create_index("ix_lookup_earlier", "lookup", ["earlier"])
    op.create_index("ix_lookup_likeness", "lookup", ["likeness"])
