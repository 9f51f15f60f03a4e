"""The audit chain is linked with the key: older versions must not add to it any more.

Its rows are sealed anew at the first opening, when the key is known; here are only the indexes
by which the chain's newest receipt, the history of one and its queries are found at once.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the indexes."""
    op.create_index("ix_audit_receipt", "audit", ["receipt"])
    op.create_index("ix_query_receipt", "query", ["receipt"])
