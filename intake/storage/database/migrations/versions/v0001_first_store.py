"""The first store: files, receipts, records, answers, findings, queries, audit chain."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    Text,
)
from sqlalchemy import UniqueConstraint as Unique

from intake.storage.database.opening import dialect_of

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table."""
    _audit()
    _files_and_receipts()
    _records()
    _answers()
    _findings()


def _key(name: str) -> Column[int]:
    return Column(name, Integer(), autoincrement=False, nullable=False)


def _of_receipt(table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["receipt"], ["receipt.number"], name=f"fk_{table}_receipt")


def _of_record(table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["record_id"], ["record.record_id"], name=f"fk_{table}_record_id")


def _audit() -> None:
    op.create_table(
        "audit",
        _key("seq"),
        Column("at", String(40), nullable=False),
        Column("event", String(40), nullable=False),
        Column("receipt", Integer()),
        Column("subject", String(60)),
        Column("body", Text(), nullable=False),
        Column("prev", String(64), nullable=False),
        Column("hash", String(64), nullable=False),
        PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    for statement in dialect_of(op.get_bind().dialect.name).append_only("audit"):
        op.execute(statement)


def _files_and_receipts() -> None:
    op.create_table(
        "file",
        Column("sha256", String(64), nullable=False),
        Column("size", Integer().with_variant(BigInteger(), "postgresql"), nullable=False),
        PrimaryKeyConstraint("sha256", name="pk_file"),
    )
    op.create_table(
        "receipt",
        _key("number"),
        Column("parent", Integer()),
        Column("sha256", String(64), nullable=False),
        Column("outcome", String(32), nullable=False),
        Column("form", String(40)),
        Column("version", String(20)),
        Column("language", String(8)),
        Column("format", String(16)),
        Column("centre", String(40)),
        Column("subject", String(60)),
        Column("record_id", String(16)),
        Column("revision", Integer()),
        Column("received", String(40), nullable=False),
        Column("delivered", String(40)),
        Column("salt", String(32)),
        Column("body", Text(), nullable=False),
        ForeignKeyConstraint(["parent"], ["receipt.number"], name="fk_receipt_parent"),
        ForeignKeyConstraint(["sha256"], ["file.sha256"], name="fk_receipt_sha256"),
        PrimaryKeyConstraint("number", name="pk_receipt"),
    )
    op.create_index("ix_receipt_sha256", "receipt", ["sha256"])


def _records() -> None:
    op.create_table(
        "record",
        Column("record_id", String(16), nullable=False),
        Column("form", String(40), nullable=False),
        Column("letters", String(16), nullable=False),
        _key("number"),
        Column("subject", String(60), nullable=False),
        Column("revision", Integer(), nullable=False),
        PrimaryKeyConstraint("record_id", name="pk_record"),
        Unique("form", "letters", "number", name="uq_record_form"),
    )
    op.create_table(
        "submission",
        _key("receipt"),
        Column("record_id", String(16)),
        Column("revision", Integer()),
        Column("state", String(16), nullable=False),
        Column("form", String(40), nullable=False),
        Column("version", String(20), nullable=False),
        Column("language", String(8), nullable=False),
        Column("content", String(128), nullable=False),
        Column("filling_date", String(10)),
        Column("payload", Text(), nullable=False),
        _of_receipt("submission"),
        _of_record("submission"),
        PrimaryKeyConstraint("receipt", name="pk_submission"),
        Unique("record_id", "revision", name="uq_submission_record_id"),
    )
    op.create_index("ix_submission_form", "submission", ["form", "state"])


def _answers() -> None:
    op.create_table(
        "identifying",
        _key("receipt"),
        Column("item", String(60), nullable=False),
        _key("row"),
        Column("value", Text(), nullable=False),
        _of_receipt("identifying"),
        PrimaryKeyConstraint("receipt", "item", "row", name="pk_identifying"),
    )
    op.create_table(
        "value",
        _key("receipt"),
        _key("position"),
        Column("item_group", String(60)),
        Column("row", Integer()),
        Column("item", String(60), nullable=False),
        Column("value", Text()),
        Column("missing", String(16)),
        Column("bound", String(60)),
        Column("status", String(16), nullable=False),
        _of_receipt("value"),
        PrimaryKeyConstraint("receipt", "position", name="pk_value"),
    )


def _findings() -> None:
    op.create_table(
        "finding",
        _key("receipt"),
        _key("position"),
        Column("code", String(60), nullable=False),
        Column("severity", String(8), nullable=False),
        Column("item", String(60)),
        Column("row", Integer()),
        _of_receipt("finding"),
        PrimaryKeyConstraint("receipt", "position", name="pk_finding"),
    )
    op.create_table(
        "query",
        Column("id", String(24), nullable=False),
        Column("record_id", String(16), nullable=False),
        _key("receipt"),
        _key("position"),
        Column("state", String(16), nullable=False),
        Column("opened", String(40), nullable=False),
        Column("closed", String(40)),
        Column("reason", String(40)),
        _of_receipt("query"),
        _of_record("query"),
        PrimaryKeyConstraint("id", name="pk_query"),
    )
    op.create_index("ix_query_record_id", "query", ["record_id"])
