"""The commands of ``mail`` that need no server: messages drafted, listed, marked as sent."""

from __future__ import annotations

from pathlib import Path

import click

from intake.cli.frame import print_json, say
from intake.cli.mailing.command import command
from intake.cli.mailing.mail_text import (
    due_document,
    message_document,
    tell_due,
    tell_held,
    tell_messages,
)
from intake.model.mail.message import MessageKind
from intake.wiring.app import App
from intake.wiring.conduct.drafts import (
    Planned,
    Wanted,
    draft_packs,
    draft_reminders,
    draft_replies,
)
from intake.wiring.conduct.ledger import drop as drop_drafts
from intake.wiring.conduct.ledger import mark_sent, refresh_index, to_send
from intake.wiring.conduct.standing import held_back

_REMINDERS = click.Choice([kind.value for kind in MessageKind if kind.is_reminder])


_centres = click.option("--centre", "centres", multiple=True, help=say("mail.centre"))
_dry_run = click.option("--dry-run", is_flag=True, help=say("mail.dry_run"))
_keys = click.argument("keys", metavar="MESSAGE...", nargs=-1)
_all = click.option("--all", "every", is_flag=True, help=say("mail.all"))


@command("packs")
@_centres
@_dry_run
def packs(workspace: Path, centres: tuple[str, ...], *, dry_run: bool, as_json: bool) -> None:
    """Draft the call, the forms and the letter to each centre that had none."""
    app = App.around(workspace)
    found = draft_packs(app, _wanted(centres, dry_run=dry_run, as_json=as_json))
    _tell(app, found, dry_run=dry_run, as_json=as_json)


@command("replies")
@_centres
@_dry_run
@click.option("--waiting", is_flag=True, help=say("mail.replies.waiting"))
def replies(
    workspace: Path, centres: tuple[str, ...], *, dry_run: bool, waiting: bool, as_json: bool
) -> None:
    """Draft one reply to each centre about what it sent."""
    app = App.around(workspace)
    wanted = _wanted(centres, dry_run=dry_run, as_json=as_json, with_waiting=waiting)
    _tell(app, draft_replies(app, wanted), dry_run=dry_run, as_json=as_json)


@command("reminders")
@_centres
@_dry_run
@click.option(
    "--kind",
    type=_REMINDERS,
    default=MessageKind.HALF_WAY.value,
    show_default=True,
    help=say("mail.reminders.kind"),
)
def reminders(
    workspace: Path, centres: tuple[str, ...], kind: str, *, dry_run: bool, as_json: bool
) -> None:
    """Draft the reminder that is due to each centre."""
    app = App.around(workspace)
    wanted = _wanted(centres, dry_run=dry_run, as_json=as_json)
    found = draft_reminders(app, wanted, MessageKind(kind))
    _tell(app, found, dry_run=dry_run, as_json=as_json)


@command("list")
def list_messages(workspace: Path, *, as_json: bool) -> None:
    """Print the messages that are not sent yet, and refresh the page to copy from."""
    app = App.around(workspace)
    refresh_index(app)
    found = to_send(app)
    held = held_back(app, found)
    if as_json:
        print_json({"messages": [message_document(event, held) for event in found]})
    else:
        tell_messages(found, held, app.places.mail)


@command("sent")
@_keys
@_all
def sent(workspace: Path, keys: tuple[str, ...], *, every: bool, as_json: bool) -> None:
    """Mark messages as sent."""
    app = App.around(workspace)
    held = held_back(app, to_send(app)) if every else {}
    chosen = [key for key in _chosen(app, keys, every=every) if key not in held]
    done = mark_sent(app, chosen)
    _tell_keys(done, "mail.sent.done", as_json=as_json)
    if not as_json:
        tell_held(held)


@command("drop")
@_keys
@_all
def drop(workspace: Path, keys: tuple[str, ...], *, every: bool, as_json: bool) -> None:
    """Delete drafts that are not to be sent."""
    app = App.around(workspace)
    done = drop_drafts(app, _chosen(app, keys, every=every))
    _tell_keys(done, "mail.drop.done", as_json=as_json)


def _wanted(
    centres: tuple[str, ...], *, dry_run: bool, as_json: bool, with_waiting: bool = False
) -> Wanted:
    def progress(due: Planned) -> None:
        if not as_json:
            tell_due(due, is_done=True)

    return Wanted(centres=centres, dry_run=dry_run, with_waiting=with_waiting, progress=progress)


def _tell(app: App, found: tuple[Planned, ...], *, dry_run: bool, as_json: bool) -> None:
    """Say who gets what and why, then who does not; what was drafted was said at once."""
    if as_json:
        print_json({"messages": [due_document(due) for due in found], "dry_run": dry_run})
        return
    for due in found:
        if dry_run or not due.why.is_due:
            tell_due(due, is_done=False)
    count = sum(due.why.is_due for due in found)
    if not dry_run and count:
        click.echo(say("mail.drafted", count=count, folder=app.places.mail))
    if not count:
        click.echo(say("mail.nothing"))


def _chosen(app: App, keys: tuple[str, ...], *, every: bool) -> tuple[str, ...]:
    if every == bool(keys):
        raise click.UsageError(say("mail.which"))
    return tuple(event.key for event in to_send(app)) if every else keys


def _tell_keys(keys: tuple[str, ...], sentence: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"messages": list(keys)})
        return
    for key in keys:
        click.echo(say(sentence, message=key))
