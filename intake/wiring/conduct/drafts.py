"""Drafting the messages that are due: planned first, then each written and noted at once.

A draft is on the disk before the ledger has it: cut off in between, the same message is made
again under the same name. Nothing that still holds a placeholder is written to anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace

from intake.model.errors import StudyError
from intake.model.mail.message import Attachment, Message, MessageKind, MessageState
from intake.pipeline.mail.compose import (
    PLACES,
    Writing,
    common_places,
    reminder_places,
    written,
)
from intake.pipeline.mail.due import Conduct, Due, Heard, packs_due, reminders_due
from intake.pipeline.mail.replies import Reply, replies_due
from intake.study.centres import Centre
from intake.study.letters import Letter, require_known
from intake.wiring.app import App, now
from intake.wiring.conduct.enclosures import pack_files, reply_files
from intake.wiring.conduct.ledger import conduct_of, drafts_of, note, refresh_index
from intake.wiring.conduct.standing import basis_of
from intake.wiring.forms import require_sound
from intake.words.catalogue import Words
from intake.words.told import told
from intake.workspace.left_to_fill import require_filled
from intake.workspace.letters import letter_named

Planned = Due
"""One message, and whether it is due: what the edges of the program show."""
Progress = Callable[[Planned], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which messages are wanted, and whether they are only planned."""

    centres: Collection[str] = ()
    """Ids; empty for every centre."""
    dry_run: bool = False
    with_waiting: bool = False
    """Of replies: also tell what waits for the coordinator."""
    progress: Progress = lambda _: None
    """Called for each message that was drafted."""


def draft_packs(app: App, wanted: Wanted) -> tuple[Due, ...]:
    """Draft the pack of each centre that had none; return what is due and what is not.

    Raises StudyError where something is still to be filled in, DefinitionError for a schema with
    a fault; nothing has been drafted then.
    """
    _require_centres(app)
    version = app.definition.version
    if not wanted.dry_run:
        require_sound(app, app.definition)
    enclose = pack_files(app)

    def plan(conduct: Conduct) -> Iterable[Due]:
        return packs_due(conduct, version)

    return _drafted(app, wanted, plan, lambda due, writing: enclose(_centre(app, due), writing))


def draft_reminders(app: App, wanted: Wanted, kind: MessageKind) -> tuple[Due, ...]:
    """Draft a reminder to each centre that did not have it. Raises StudyError."""
    _require_centres(app)
    conduct = conduct_of(app)

    def enclose(due: Due, writing: Writing) -> tuple[Mapping[str, str], tuple[Attachment, ...]]:
        return reminder_places(writing.words, conduct.heard.get(due.centre, Heard())), ()

    return _drafted(app, wanted, lambda conduct: reminders_due(conduct, kind), enclose)


def draft_replies(app: App, wanted: Wanted) -> tuple[Due, ...]:
    """Draft a reply to each centre, or sender, about what it has not been told. Raises StudyError.

    The questions on the sheets that go with a reply are then asked.
    """
    found: dict[str, Reply] = {}

    def plan(conduct: Conduct) -> Iterable[Due]:
        receipts = (stored.receipt for stored in app.store.receipts())
        replies = replies_due(conduct, receipts, with_waiting=wanted.with_waiting)
        found.update({reply.due.key: reply for reply in replies})
        return [reply.due for reply in found.values()]

    return _drafted(
        app, wanted, plan, lambda due, writing: reply_files(app, found[due.key], writing)
    )


Enclose = Callable[[Due, Writing], tuple[Mapping[str, str], tuple[Attachment, ...]]]
"""What a message says of its own, and the files that go with it."""


def _drafted(
    app: App, wanted: Wanted, plan: Callable[[Conduct], Iterable[Due]], enclose: Enclose
) -> tuple[Due, ...]:
    """Plan, refuse what cannot be written, then write and note each message that is due."""
    with nullcontext() if wanted.dry_run else app.locked():
        planned = _planned(app, wanted, plan)
        if wanted.dry_run:
            return planned
        due = [one for one in planned if one.why.is_due]
        _require_sendable(app, due)
        for one in due:
            message = _message(app, one, enclose)
            drafts_of(app).write(message)
            note(app, message, MessageState.DRAFTED)
            wanted.progress(one)
        refresh_index(app)
    return planned


def _planned(app: App, wanted: Wanted, plan: Callable[[Conduct], Iterable[Due]]) -> tuple[Due, ...]:
    known = {centre.id for centre in app.centres}
    for centre in wanted.centres:
        if centre not in known:
            source = str(app.places.centres)
            raise StudyError(told("setup.centres.unknown", source=source, centre=centre))
    every = plan(conduct_of(app))
    return tuple(due for due in every if not wanted.centres or due.centre in wanted.centres)


def _require_centres(app: App) -> None:
    if not app.centres:
        raise StudyError(told("setup.centres.none", source=str(app.places.centres)))


def _require_sendable(app: App, due: Collection[Due]) -> None:
    """Raise StudyError for a placeholder that is left, or a letter that cannot be filled."""
    if due:
        require_filled(app.places, app.study, {one.centre for one in due})
    for one in due:
        require_known(_letter(app, one), PLACES)


def _message(app: App, due: Due, enclose: Enclose) -> Message:
    letter = _letter(app, due)
    writing = Writing(study=app.study, today=now().date(), words=Words(letter.language))
    own, attachments = enclose(due, writing)
    places = {**common_places(writing, _listed(app, due)), **own}
    basis = basis_of(app, due.kind, due.centre)
    return replace(written(due, letter, places, attachments), basis=basis)


def _letter(app: App, due: Due) -> Letter:
    """Return the template of a message in its centre's language, else the study's."""
    centre = _listed(app, due)
    languages = [centre.language if centre is not None else "", app.study.language, "en"]
    for language in filter(None, languages):
        letter = letter_named(app.places.root, due.letter, language)
        if letter is not None:
            return letter
    raise StudyError(told("setup.letters.none", letter=due.letter))


def _listed(app: App, due: Due) -> Centre | None:
    return next((centre for centre in app.centres if centre.id == due.centre), None)


def _centre(app: App, due: Due) -> Centre:
    return next(centre for centre in app.centres if centre.id == due.centre)
