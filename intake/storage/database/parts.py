"""Long lists taken in parts, so that memory does not grow with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select

T = TypeVar("T")
_AT_ONCE = 500
"""Fewer than the values that any database takes in one statement."""

IN_PARTS = "intake_in_parts"
"""Execution option of a connection on which long lists are asked for."""
_FROM_SERVER = {"stream_results": True, "max_row_buffer": 200}


def in_parts(every: Iterable[T], size: int = _AT_ONCE) -> Iterator[list[T]]:
    """Yield a long list in parts, in order."""
    left = iter(every)
    while some := list(islice(left, size)):
        yield some


def rows_of(connection: Connection, wanted: Select[Any]) -> Iterator[Row[Any]]:
    """Yield selected rows: where long lists are asked for, a server gives them as they are used.

    It costs a few more questions, so a short list comes at once. A file's rows are always so.
    """
    is_long = connection.get_execution_options().get(IN_PARTS, False)
    with connection.execute(wanted, execution_options=_FROM_SERVER if is_long else {}) as rows:
        yield from rows
