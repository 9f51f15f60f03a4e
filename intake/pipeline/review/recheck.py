"""``recheck``: the newest rules over records that were received under older ones.

No answer changes. What is said of a record now is kept with it, its queries open and close by
it, and the audit chain notes both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from intake.checks.recheck import Held, Rechecked, Rules, recheck, renamed
from intake.findings.current import current_findings
from intake.model.carry import renaming
from intake.model.definition import FormDefinition, version_order
from intake.model.errors import DefinitionError
from intake.model.record import StoredRecord
from intake.model.submission import Submission
from intake.pipeline.desk import Desk
from intake.pipeline.queries.conversation import Brought, Talk, Turn
from intake.pipeline.queries.in_turn import talked
from intake.pipeline.queries.question import ABOUT_SHEET


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRechecked:
    """What newer rules say of one record."""

    record: StoredRecord
    found: Rechecked

    @property
    def is_changed(self) -> bool:
        """Say whether anything is said otherwise than before."""
        found = self.found
        return bool(found.appeared or found.gone or found.reworded)


def recheck_record(
    desk: Desk, stored: StoredRecord, newest: FormDefinition, *, ask_new: bool = False
) -> Rechecked:
    """Return what the newest rules say of one record. Writes nothing.

    Raises DefinitionError when the schema of its version is not there.
    """
    receipt = desk.keeping.store.entry(stored.receipt).receipt
    submission = stored.submission
    said = current_findings(stored, receipt)
    held = Held(
        submission=submission,
        asked=_version(desk, submission.form, submission.version),
        findings=tuple(f for f in said if f.code not in ABOUT_SHEET),
        received=stored.received.date(),
    )
    last = _rules(desk, _version(desk, submission.form, _spoke(submission)))
    return recheck(held, last, _rules(desk, newest), ask_new=ask_new)


def recheck_records(
    desk: Desk, newest: FormDefinition, *, ask_new: bool, keeps: bool
) -> Iterator[RecordRechecked]:
    """Yield each record of older rules with what the newest say of it; keep it, if told to.

    Records whose rules are the newest already are passed over, unless new questions are asked.
    """
    store = desk.keeping.store
    every = store.records(newest.id)
    older = [e.record_id for e in every if ask_new or _is_older(e.submission, newest)]
    for record_id in older:
        stored = store.current(record_id)
        found = recheck_record(desk, stored, newest, ask_new=ask_new)
        done = RecordRechecked(record=stored, found=found)
        if keeps and (done.is_changed or _is_older(stored.submission, newest)):
            _keep(desk, done, newest)
        yield done


def _keep(desk: Desk, done: RecordRechecked, newest: FormDefinition) -> None:
    """Keep what is said of a record now, and the queries that it opens and closes."""
    store, stored, found = desk.keeping.store, done.record, done.found
    talk = _talk(desk, done, newest)
    said = replace(stored.submission, findings=talk.findings, rechecked=newest.version)
    counts = {"appeared": len(found.appeared), "gone": len(found.gone)}
    with store.together():
        store.recheck(stored.record_id, said, {**counts, "reworded": len(found.reworded)})
        known = {q.number: len(q.steps) for q in store.queries(stored.record_id)}
        for query in talk.queries:
            if len(query.steps) > known.get(query.number, 0):
                of_record = replace(query, record_id=stored.record_id)
                store.step(replace(of_record, subject=stored.subject))


def _talk(desk: Desk, done: RecordRechecked, newest: FormDefinition) -> Talk:
    """Return what the newest rules make of the conversation, under the names of the answers."""
    store, stored = desk.keeping.store, done.record
    record = store.known_record(newest.id, stored.record_id)
    own = renaming(newest, stored.submission.version).back()
    turn = Turn(
        submission=stored.submission,
        revision=stored.revision,
        findings=tuple(renamed(finding, own) for finding in done.found.findings),
        brought=Brought.RULES,
        at=desk.clock(),
        receipt=stored.receipt,
    )
    return talked(desk.study.forms, record, turn, store.queries(stored.record_id))


def _spoke(submission: Submission) -> str:
    """Return the version whose rules spoke last."""
    return submission.rechecked or submission.version


def _is_older(submission: Submission, newest: FormDefinition) -> bool:
    return version_order(_spoke(submission)) < version_order(newest.version)


def _version(desk: Desk, form: str, version: str) -> FormDefinition:
    found = desk.study.forms.get(form, version)
    if found is None:
        raise DefinitionError(f"{form} {version} is not in schemas/; put its schema back.")
    return found


def _rules(desk: Desk, definition: FormDefinition) -> Rules:
    return Rules(definition=definition, checker=desk.study.checker_for(definition))
