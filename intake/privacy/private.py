"""Which questions are private: no answer to them may be told, whatever it looks like.

Whether an answer to another question may be told hangs on its text (``answer_text``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Never

from intake.model.definition import DataType, FormDefinition, Item

_OPEN_AS_WRITTEN = ("integer", "number", "array")
"""JSON types of a schema's numbers and multiple choices."""
_TIME = "local-time"


def is_private(item: Item | None, definition: FormDefinition | None) -> bool:
    """Say whether no answer to this question may be repeated.

    Identifying answers and free text are private, and so is what nobody knows: a question
    that the form does not have, a form that is not there.
    """
    if item is None or definition is None:
        return True
    return item.identifying or item.name in definition.identity.items or not _is_open(item)


def identifying_items(definition: FormDefinition) -> frozenset[str]:
    """Return the items whose answers tell who the patient is."""
    flagged = {name for name, item in definition.items.items() if item.identifying}
    return frozenset(flagged | set(definition.identity.items))


def may_be_in_message(schema: Mapping[str, Any], *, is_identity: bool) -> bool:
    """Say whether a message may print the answer to a question as a schema writes it.

    For a schema under check, which may be damaged: only what is a number, a time of day or a
    choice for sure. Dates stay out too, since a message reaches the analysis profile.
    """
    if is_identity or schema.get("x-identifying"):
        return False
    is_open = "oneOf" in schema or schema.get("format") == _TIME
    return is_open or schema.get("type") in _OPEN_AS_WRITTEN


def withheld(_unknown: Never) -> bool:
    """Return no: the end of every decision here. A type left undecided does not type-check."""
    return False


def _is_open(item: Item) -> bool:
    kind = item.data_type
    match kind:
        case DataType.INTEGER | DataType.DECIMAL | DataType.DATE | DataType.PARTIAL_DATE:
            return True
        case DataType.TIME | DataType.SINGLE_CHOICE | DataType.MULTIPLE_CHOICE:
            return True
        case DataType.TEXT:
            return False
        case unknown:
            return withheld(unknown)
