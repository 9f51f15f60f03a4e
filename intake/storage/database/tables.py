"""The tables of the store, as the newest migration leaves them.

Receipts are numbered with integers here and shown as six digits (``number_text``). JSON
columns are canonical text, long ones packed (``Packed``). ``identifying`` alone holds what tells
who a patient is; ``lookup`` and ``block`` are copies to find things by, made again from the rest.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy import UniqueConstraint as Unique

from intake.storage.database.packed import Packed

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

file = Table(
    "file",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer().with_variant(BigInteger(), "postgresql"), nullable=False),
)

receipt = Table(
    "receipt",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("parent", Integer, ForeignKey("receipt.number"), index=True),
    Column("sha256", String(64), ForeignKey("file.sha256"), nullable=False, index=True),
    Column("outcome", String(32), nullable=False, index=True),
    Column("form", String(40)),
    Column("version", String(20)),
    Column("language", String(8)),
    Column("format", String(16)),
    Column("centre", String(40)),
    Column("subject", String(60)),
    Column("record_id", String(16)),
    Column("revision", Integer),
    Column("received", String(40), nullable=False),
    Column("delivered", String(40)),
    Column("salt", String(32)),
    Column("body", Text, nullable=False),
    Index("ix_receipt_record_id", "record_id"),
    Index("ix_receipt_delivered", "delivered"),
)

record = Table(
    "record",
    metadata,
    Column("record_id", String(16), primary_key=True),
    Column("form", String(40), nullable=False),
    Column("letters", String(16), nullable=False),
    Column("number", Integer, nullable=False),
    Column("subject", String(60), nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Unique("form", "letters", "number"),
)

submission = Table(
    "submission",
    metadata,
    Column("receipt", Integer, ForeignKey("receipt.number"), primary_key=True, autoincrement=False),
    Column("record_id", String(16), ForeignKey("record.record_id")),
    Column("revision", Integer),
    Column("state", String(16), nullable=False),
    Column("form", String(40), nullable=False),
    Column("version", String(20), nullable=False),
    Column("language", String(8), nullable=False),
    Column("content", String(128), nullable=False),
    Column("filling_date", String(10)),
    Column("payload", Packed, nullable=False),
    Unique("record_id", "revision"),
    Index("ix_submission_form", "form", "state"),
)

identifying = Table(
    "identifying",
    metadata,
    Column("receipt", Integer, ForeignKey("receipt.number"), primary_key=True, autoincrement=False),
    Column("item", String(60), primary_key=True),
    Column("row", Integer, primary_key=True, autoincrement=False),
    Column("value", Text, nullable=False),
)

query = Table(
    "query",
    metadata,
    Column("record_id", String(16), ForeignKey("record.record_id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("receipt", Integer, ForeignKey("receipt.number"), nullable=False, index=True),
    Column("code", String(60), nullable=False),
    Column("state", String(16), nullable=False),
    Column("how", String(16)),
    Column("revision", Integer, nullable=False),
    Column("payload", Text, nullable=False),
)
"""``receipt`` is that of the revision about which the query was opened; ``payload`` the finding."""

query_step = Table(
    "query_step",
    metadata,
    Column("record_id", String(16), ForeignKey("record.record_id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("receipt", Integer, ForeignKey("receipt.number"), nullable=False, index=True),
    Column("at", String(40), nullable=False),
    Column("by", String(120), nullable=False),
    Column("action", String(16), nullable=False),
    Column("how", String(16)),
    Column("receipt_of", String(6)),
    Column("sheet", Integer),
    Column("reason", Text, nullable=False),
)
"""``receipt`` as in ``query``; ``receipt_of`` that of the file which brought the step."""

decision = Table(
    "decision",
    metadata,
    Column("receipt", Integer, ForeignKey("receipt.number"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("action", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("salt", String(32), nullable=False),
)

lookup = Table(
    "lookup",
    metadata,
    Column("receipt", Integer, ForeignKey("receipt.number"), primary_key=True, autoincrement=False),
    Column("earlier", Integer, index=True),
    Column("likeness", String(64), index=True),
    Column("expected", Integer),
    Column("answered", Integer),
    Column("is_late", Boolean),
)
"""By what a receipt is found and counted: a copy, made again from what is sealed."""

block = Table(
    "block",
    metadata,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("receipt", Integer, ForeignKey("receipt.number"), primary_key=True, autoincrement=False),
    Index("ix_block_receipt", "receipt"),
    sqlite_with_rowid=False,
)
"""Keyed hashes of what a patient's key shares with near ones."""

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("event", String(40), nullable=False, index=True),
    Column("receipt", Integer, index=True),
    Column("subject", String(60)),
    Column("body", Text, nullable=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)


MOST = 2**31 - 1
"""The highest number that any database keeps in a column of whole numbers."""


def number_of(receipt_id: str) -> int:
    """Return a receipt's number in the tables; 0, which no receipt has, for another text."""
    number = int(receipt_id) if receipt_id.isascii() and receipt_id.isdecimal() else 0
    return number if number <= MOST else 0


def number_text(number: int) -> str:
    """Return a receipt's number as people see it: ``000042``."""
    return f"{number:06d}"
