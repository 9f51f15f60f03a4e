"""``x-formerly``: what a question or a group was in older versions of its form."""

from __future__ import annotations

from intake.model.definition import Formerly, version_order
from intake.schema.compile.node import Node


def formerly(schema: Node) -> tuple[Formerly, ...]:
    """Return the entries of a resolved question or group. Raises DefinitionError."""
    found = schema.optional("x-formerly")
    return () if found is None else tuple(_entry(entry) for entry in found.entries())


def _entry(entry: Node) -> Formerly:
    codes = entry.optional("codes")
    return Formerly(
        version=_version(entry.child("version")),
        name=entry.optional_text("name"),
        code=entry.optional_text("code"),
        codes={} if codes is None else {old: new.text() for old, new in codes.members()},
    )


def _version(node: Node) -> str:
    try:
        version_order(node.text())
    except ValueError:
        raise node.fault("must be numbers and dots, such as 1.0.0") from None
    return node.text()
