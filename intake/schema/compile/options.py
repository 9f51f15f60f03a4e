"""Codelists: ``oneOf`` entries of a schema as options.

Knows the members of an option (``const``, ``title``, ``x-reason``, ``x-exclusive``).
"""

from __future__ import annotations

from collections.abc import Sequence

from intake.model.definition import MissingReason, Option
from intake.schema.compile.node import Node
from intake.schema.compile.wording import titled


def codelist(schema: Node, languages: Sequence[str]) -> tuple[Option, ...]:
    """Return the options of a resolved choice schema, in order.

    Raises DefinitionError for an empty list or a code given twice.
    """
    entries = schema.child("oneOf")
    options = tuple(_option(entry, languages) for entry in entries.entries())
    codes = [option.code for option in options]
    if not codes:
        raise entries.fault("must hold at least one option")
    for code in codes:
        if codes.count(code) > 1:
            raise entries.fault(f"holds the code {code!r} twice")
    return options


def reasons(node: Node, key: str) -> tuple[MissingReason, ...]:
    """Return an optional list of missing reasons, empty when absent."""
    found = node.optional(key)
    return () if found is None else tuple(reason(entry) for entry in found.entries())


def reason(node: Node) -> MissingReason:
    """Return the missing reason named here. Raises DefinitionError for any other word."""
    if node.value not in set(MissingReason):
        raise node.fault(f"must be one of {', '.join(MissingReason)}")
    return MissingReason(node.value)


def _option(entry: Node, languages: Sequence[str]) -> Option:
    named = entry.optional("x-reason")
    return Option(
        code=entry.child("const").text(),
        title=titled(entry, languages),
        reason=None if named is None else reason(named),
        exclusive=entry.flag("x-exclusive"),
    )
