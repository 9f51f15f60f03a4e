"""Stock JSON Schema validation of one record.

What the standard keywords say, no more: relevance, required answers, exclusive codes, date
limits and rules are seen by ``intake.checks``. Messages of the library are never shown;
callers get the path and the keyword.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, cast

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from intake.model.definition import FormDefinition
from intake.schema.compile.partial_date import is_full_date, is_partial_date


def structure_errors(
    definition: FormDefinition, record: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """Return a (JSON path, keyword) pair for each fault, in the order of the record."""
    validator = _validator(_Document(definition.document))
    faults = validator.iter_errors(record)
    return sorted({(fault.json_path, str(fault.validator)) for fault in faults})


class _Document:
    """A document as a cache key: two are the same only when they are one object."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document

    def __hash__(self) -> int:
        return id(self.document)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Document) and other.document is self.document


@lru_cache(maxsize=32)
def _validator(key: _Document) -> Validator:
    """Return the validator of a document, built once."""
    kind = extend(Draft202012Validator, {"pattern": _whole_pattern})
    return cast(Validator, kind(key.document, format_checker=_formats()))


def _formats() -> FormatChecker:
    formats = FormatChecker(formats=())
    formats.checks("date")(_text_that(is_full_date))
    formats.checks("partial-date")(_text_that(is_partial_date))
    return formats


def _text_that(holds: Callable[[str], bool]) -> Callable[[object], bool]:
    """Return the check for a value of any type: a format says nothing of other types."""
    return lambda value: not isinstance(value, str) or holds(value)


def _whole_pattern(
    validator: Validator, pattern: str, instance: object, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """Check ``pattern`` as ECMAScript does: ``$`` is the end, not before a last newline."""
    ended = re.sub(r"(?<!\\)\$$", r"\\Z", pattern)
    if isinstance(instance, str) and not re.search(ended, instance, re.ASCII):
        yield ValidationError("does not match the pattern")
