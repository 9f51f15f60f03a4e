"""What heads a document that is sent: a form, or a query sheet, which has words of its own."""

from __future__ import annotations

from collections.abc import Iterator

from intake.formats.wording.captions import joined, reason_words
from intake.model.definition import MissingReason
from intake.words.catalogue import Words

REASONS = (MissingReason.NOTDONE, MissingReason.NAV, MissingReason.UNK)
"""The reasons that a person may write in the place of a value."""
_STEPS = range(1, 5)


def front_text(words: Words, name: str, *, is_sheet: bool) -> str:
    """Return a sentence of the first page; a sheet's own where it has one."""
    return words.text(
        f"sheet.{name}" if is_sheet and words.has(f"sheet.{name}") else f"form.{name}"
    )


def sheet_steps(words: Words) -> Iterator[str]:
    """Yield how a sheet is answered, whatever its format."""
    reasons = joined(words, [reason_words(words, reason) for reason in REASONS], "or")
    yield from (words.text(f"sheet.step.{number}", reasons=reasons) for number in _STEPS)
