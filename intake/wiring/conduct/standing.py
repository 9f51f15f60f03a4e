"""What keeps a drafted message from being sent: what it says has changed, or its draft is gone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from intake.channels.mail.draft_folder import DraftFolder
from intake.model.mail.message import MessageEvent, MessageKind, MessageState
from intake.pipeline.mail.replies import state_told
from intake.pipeline.mail.sending import Fate
from intake.study.centres import Centre
from intake.study.model import Study
from intake.wiring.app import App

Kept = Fate
"""Why a message is held back: what the edges of the program show."""


def said_of_study(study: Study, centre: Centre | None, version: str) -> str:
    """Return all that a letter may say of the study and its centre, and where it goes, as text."""
    whom = asdict(centre) if centre is not None else {}
    calendar = {"opens": str(study.calendar.opens), "closes": str(study.calendar.closes)}
    told = [
        study.study.model_dump(mode="json"),
        study.contact.model_dump(mode="json"),
        calendar,
        whom,
        version,
    ]
    return json.dumps(told, sort_keys=True, ensure_ascii=False)


def basis_of(app: App, kind: MessageKind, centre: str) -> str:
    """Return a keyed digest of what a message rests on today: dates, contact, form, centre.

    The audit chain holds it, and by it no address.
    """
    listed = next((one for one in app.centres if one.id == centre), None)
    version = app.definition.version if kind is MessageKind.PACK else ""
    return app.store.sign(said_of_study(app.study, listed, version))


def outdated(app: App, events: Iterable[MessageEvent]) -> frozenset[str]:
    """Return the messages, by key, that say what is no longer so.

    A file was decided otherwise; a date, the contact, the centre's line or the form changed.
    """
    found = list(events)
    telling = [event for event in found if event.about]
    numbers = {about.partition(" ")[0] for event in telling for about in event.about}
    now_so = {
        f"{stored.receipt.id} {state_told(stored.receipt)}"
        for stored in (app.store.receipts(numbers) if numbers else ())
    }
    decided = (event for event in telling if not now_so.issuperset(event.about))
    return frozenset(
        event.key for event in (*decided, *(one for one in found if _rests_on_other(app, one)))
    )


def held_back(app: App, events: Iterable[MessageEvent]) -> Mapping[str, Fate]:
    """Return the messages that nobody can be said to have sent without looking, and why."""
    found = list(events)
    old, folder = outdated(app, found), DraftFolder(app.places.mail)
    why: dict[str, Fate] = {}
    for event in found:
        if event.state is MessageState.SENDING:
            why[event.key] = Fate.UNSURE
        elif folder.read(event.key) is None:
            why[event.key] = Fate.NO_DRAFT
        elif event.key in old:
            why[event.key] = Fate.OUTDATED
    return why


def _rests_on_other(app: App, event: MessageEvent) -> bool:
    return bool(event.basis) and event.basis != basis_of(app, event.kind, event.centre)
