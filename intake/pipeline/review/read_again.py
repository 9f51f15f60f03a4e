"""Reading the original of a file in review once more, under answers from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from intake.model.errors import DecisionRefused, Refusal, UnreadableFile
from intake.model.file.container import Contents
from intake.model.finding_codes import FindingCode
from intake.model.record import Entry
from intake.pipeline.desk import Desk
from intake.pipeline.records.given import GivenAnswer
from intake.pipeline.returns.interpret import Over, Understood, understand
from intake.pipeline.returns.look import begin_again, seen
from intake.pipeline.review.held import Held


def read_again(
    desk: Desk, held: Held, answers: Iterable[GivenAnswer], over: Over | None = None
) -> Understood:
    """Return what the original says with these answers over it, all of it over a record's.

    Raises DecisionRefused.
    """
    source = held.receipt.source
    try:
        inspection = seen(desk, source, begin_again(desk, source))
    except UnreadableFile:
        raise DecisionRefused(Refusal.NOTHING_READ, receipt=held.receipt.id) from None
    if isinstance(inspection, Contents):
        raise DecisionRefused(Refusal.IS_A_CONTAINER, receipt=held.receipt.id)
    found = understand(desk.study, source, inspection, answers, over)
    if isinstance(found, Entry):
        is_objection = any(f.code == FindingCode.OBJECTION for f in found.receipt.findings)
        why = Refusal.OBJECTED if is_objection else Refusal.NOTHING_READ
        raise DecisionRefused(why, receipt=held.receipt.id)
    return found
