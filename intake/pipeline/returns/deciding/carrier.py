"""Which of two files with the same answers carries them better. Pure.

What waits steps aside for a file that is loaded by itself, or that holds the answers nearer to
what was typed; nothing else does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from intake.model.finding_codes import Doubt, FindingCode, doubt_of
from intake.model.record import KnownForm
from intake.model.submission import Rung, Submission


def carrier_rank(submission: Submission) -> tuple[int, bool]:
    """Return how well a file carries its answers: the worst of them counts, more is better."""
    worst = min((_height(value.rung) for value in submission.values), default=0)
    converted = any(f.code == FindingCode.FILE_CONVERTED for f in submission.findings)
    return worst, not converted


def replaceable(waiting: Iterable[KnownForm]) -> tuple[KnownForm, ...]:
    """Return the forms that hold nothing but their answers: their files were read to the end.

    One that may hold more (two patients, words outside the answers) goes on waiting.
    """
    return tuple(form for form in waiting if not _may_hold_more(form.submission))


def _may_hold_more(submission: Submission) -> bool:
    return any(doubt_of(finding.code) is Doubt.PARTLY_READ for finding in submission.findings)


def _height(rung: Rung) -> int:
    match rung:
        case Rung.FIELD | Rung.CONTROL | Rung.BOOKMARK:
            return 3
        case Rung.CODE_ROW:
            return 2
        case Rung.PRINTED_TEXT:
            return 1
        case Rung.SCAN | Rung.PERSON:
            return 0
        case unknown:
            assert_never(unknown)
