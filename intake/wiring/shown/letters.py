"""The letters: those to send, those that went, one to read; what is due and not drafted yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake.model.errors import DecisionRefused, Refusal
from intake.model.mail.message import MessageEvent, MessageKind, MessageState
from intake.pipeline.mail.due import packs_due, reminders_due
from intake.wiring.app import App
from intake.wiring.conduct.account import read_ledger, unanswered
from intake.wiring.conduct.drafts import Wanted, draft_packs, draft_reminders, draft_replies
from intake.wiring.conduct.ledger import conduct_of, drafts_of, mark_sent, to_send
from intake.wiring.conduct.standing import Kept, held_back
from intake.wiring.shown.listing import Listing, cut

REPLIES = MessageKind.REPLY.value


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLine:
    """One letter, and why it cannot be said to be sent without a look; empty else."""

    event: MessageEvent
    held: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLetters:
    """How many letters of a kind are due and not drafted."""

    kind: str
    count: int


def letter_list(app: App, *, page: int, state: str = "", centre: str = "") -> Listing[LetterLine]:
    """Return one page of the letters to send, the oldest first, else of the ``sent`` ones."""
    live = read_ledger(app.store).live
    went = [one for one in reversed(live) if one.state is MessageState.SENT]
    every = went if state == "sent" else list(to_send(app))
    chosen = [one for one in every if centre in ("", one.centre)]
    found = cut(chosen, len(every), page)
    held = held_back(app, found.lines) if state != "sent" else {}
    lines = [LetterLine(event=one, held=_held(held, one.key)) for one in found.lines]
    return Listing(lines=lines, count=found.count, total=found.total, page=found.page)


def letter(app: App, key: str) -> Mapping[str, Any]:
    """Return one letter with its draft, as it is now. Raises DecisionRefused for an unknown one."""
    event = _event(app, key)
    is_sent = event.state is MessageState.SENT
    held = {} if is_sent else held_back(app, [event])
    mail = drafts_of(app).read(event.key)
    return {
        "event": event,
        "held": _held(held, event.key),
        "is_sent": is_sent,
        "is_there": mail is not None,
        "to": str(mail["To"] or "") if mail is not None else "",
        "subject": str(mail["Subject"] or "") if mail is not None else "",
        "text": drafts_of(app).text(event.key),
        "files": drafts_of(app).files(event.key),
        "receipts": [about.partition(" ")[0] for about in event.about],
    }


def draft_file(app: App, key: str) -> bytes | None:
    """Return a draft, to be opened in a mail program; None where it is not there any more."""
    path = drafts_of(app).path(_event(app, key).key)
    return path.read_bytes() if path.is_file() else None


def due_letters(app: App) -> list[DueLetters]:
    """Return the kinds of letters that are due, each with how many; reads no record."""
    if not app.centres:
        return []
    conduct = conduct_of(app)
    counts = {MessageKind.PACK.value: packs_due(conduct, app.definition.version)}
    counts |= {k.value: reminders_due(conduct, k) for k in MessageKind if k.is_reminder}
    found = {kind: sum(one.why.is_due for one in due) for kind, due in counts.items()}
    found[REPLIES] = unanswered(app.store, app.letters.told)
    return [DueLetters(kind=kind, count=count) for kind, count in found.items() if count]


def draft(app: App, kind: str, wanted: Wanted) -> int:
    """Draft the letters of a kind that are due; return how many. Raises SetupError."""
    known = MessageKind(kind)
    if known is MessageKind.PACK:
        found = draft_packs(app, wanted)
    elif known is MessageKind.REPLY:
        found = draft_replies(app, wanted)
    else:
        found = draft_reminders(app, wanted, known)
    return sum(one.why.is_due for one in found)


def sendable(app: App) -> int:
    """Count the letters that can be said to be sent together: nothing holds them back."""
    return len(_sendable(app))


def mark_all_sent(app: App, expected: int) -> int:
    """Mark as sent every letter that nothing holds back. Raises DecisionRefused.

    Also where they are not as many as were shown.
    """
    keys = _sendable(app)
    if len(keys) != expected:
        raise DecisionRefused(Refusal.LIST_CHANGED, shown=str(expected), count=str(len(keys)))
    return len(mark_sent(app, keys))


def _sendable(app: App) -> list[str]:
    events = to_send(app)
    held = held_back(app, events)
    return [event.key for event in events if event.key not in held]


def _event(app: App, key: str) -> MessageEvent:
    found = read_ledger(app.store).messages.get(key)
    if found is None or found.state is MessageState.DROPPED:
        raise DecisionRefused(Refusal.NO_MESSAGE, message=key)
    return found


def _held(held: Mapping[str, Kept], key: str) -> str:
    return held[key].value if key in held else ""
