"""Messages in words, and as documents: who gets what and why, what is still to be sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from intake.cli.frame import WORDS, say
from intake.model.mail.message import MessageEvent, MessageState
from intake.wiring.conduct.drafts import Planned
from intake.wiring.conduct.standing import Kept


def tell_due(due: Planned, *, is_done: bool) -> None:
    """Print one message that is due, or is not, and why."""
    day = WORDS.date(due.day.isoformat()) if due.day else ""
    sign = "+" if is_done else ">" if due.why.is_due else "-"
    whom = due.to or say("mail.no_address")
    why = say(f"mail.why.{due.why.value}", day=day)
    kind = WORDS.text(f"mail.kind.{due.kind.value}")
    files = say("mail.files", count=len(due.about)) if due.about else ""
    click.echo(" ".join(part for part in (sign, due.key, kind, whom, f"({why})", files) if part))


def due_document(due: Planned) -> dict[str, Any]:
    """Return a planned message for JSON."""
    return {
        "message": due.key,
        "kind": due.kind.value,
        "centre": due.centre or None,
        "to": due.to or None,
        "due": due.why.is_due,
        "why": due.why.value,
        "day": due.day.isoformat() if due.day else None,
        "receipts": [about.partition(" ")[0] for about in due.about],
    }


def tell_held(held: Mapping[str, Kept]) -> None:
    """Print the messages that were not marked as sent with the others, and what to do."""
    for key, fate in held.items():
        click.echo(f"{key}: {say(f'mail.fate.{fate.value}', message=key)}")


def tell_messages(found: Iterable[MessageEvent], held: Mapping[str, Kept], folder: Path) -> None:
    """Print the messages that are not sent yet."""
    events = list(found)
    for event in events:
        day = WORDS.date(event.at.date().isoformat())
        unsure = event.state is MessageState.SENDING
        line = say("mail.list.unsure" if unsure else "mail.list.line", message=event.key, day=day)
        click.echo(line)
        fate = held.get(event.key)
        if fate is not None and not unsure:
            click.echo(f"    {say(f'mail.fate.{fate.value}', message=event.key)}")
    if not events:
        click.echo(say("mail.list.none"))
    else:
        click.echo(say("mail.list.page", page=folder / "index.html"))


def message_document(event: MessageEvent, held: Mapping[str, Kept]) -> dict[str, Any]:
    """Return a message that is not sent yet for JSON."""
    return {
        "message": event.key,
        "kind": event.kind.value,
        "centre": event.centre or None,
        "state": event.state.value,
        "at": event.at.isoformat(),
        "outdated": held.get(event.key) is Kept.OUTDATED,
        "gone": held.get(event.key) is Kept.NO_DRAFT,
    }
