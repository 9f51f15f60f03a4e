"""The long table of answers, for queries: a copy of the payloads that can be made again."""

from __future__ import annotations

from collections.abc import Iterator

from intake.model.submission import Submission, value_text


def value_rows(
    number: int, submission: Submission, identifying: frozenset[str]
) -> Iterator[tuple[object, ...]]:
    """Yield one row per answer, in the table's order; identifying answers are not in it."""
    for position, value in enumerate(submission.values):
        if value.item in identifying:
            continue
        missing = value.missing.value if value.missing else None
        text = None if value.value is None else _printable(value_text(value.value))
        bound = None if value.bound is None else _printable(value.bound)
        place = (number, position, value.group, value.row, value.item)
        yield (*place, text, missing, bound, value.status.value)


def _printable(text: str) -> str:
    """Return a text any database can hold; unpaired surrogates and NUL become escapes."""
    return text.replace("\0", "\\x00").encode("utf-8", "backslashreplace").decode("utf-8")
