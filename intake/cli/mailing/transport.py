"""``mail send`` and ``mail fetch``: messages over servers, where the study has a mailbox."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from intake.cli.exit_codes import ExitCode
from intake.cli.frame import print_json, say
from intake.cli.mailing.command import command
from intake.wiring.app import App
from intake.wiring.conduct.transport import Fetched, Outcome, What, fetch, send, sendable


@command("send")
@click.argument("keys", metavar="[MESSAGE]...", nargs=-1)
@click.option("--again", is_flag=True, help=say("mail.send.again"))
@click.option("--yes", is_flag=True, help=say("mail.send.yes"))
def send_messages(
    workspace: Path, keys: tuple[str, ...], *, again: bool, yes: bool, as_json: bool
) -> None:
    """Send the drafts by the study's server, each once."""
    app = App.around(workspace)
    events = sendable(app, [key.removesuffix(".eml") for key in keys], again=again)
    if not events:
        _nothing(as_json=as_json)
        return
    if not yes:
        if as_json:
            raise click.UsageError(say("mail.send.needs_yes"))
        for event in events:
            click.echo(event.key)
        click.confirm(say("mail.send.ask", count=len(events)), abort=True, err=True)
    done = []
    for handed in send(app, events):
        done.append(handed)
        if not as_json:
            click.echo(_told(handed))
    if as_json:
        print_json({"messages": [_document(handed) for handed in done]})
    if any(handed.fate is not What.SENT for handed in done) or len(done) < len(events):
        sys.exit(ExitCode.STORE)


@command("fetch")
def fetch_messages(workspace: Path, *, as_json: bool) -> None:
    """Bring the messages of the mailbox into the inbox, each once."""
    app = App.around(workspace)
    found = []
    for fetched in fetch(app):
        found.append(fetched)
        if as_json:
            continue
        click.echo(fetched.file or _stayed(fetched))
    if as_json:
        print_json({"files": [one.file for one in found if one.file]})
    else:
        count = sum(bool(one.file) for one in found)
        click.echo(say("mail.fetch.done", count=count) if count else say("mail.fetch.none"))


def _stayed(fetched: Fetched) -> str:
    if not fetched.size:
        return say("mail.fetch.gone")
    return say("mail.fetch.too_large", megabytes=max(1, fetched.size >> 20))


def _nothing(*, as_json: bool) -> None:
    if as_json:
        print_json({"messages": []})
    else:
        click.echo(say("mail.list.none"))


def _told(handed: Outcome) -> str:
    why = handed.why
    if handed.fate is What.REFUSED and why is not None:
        said = say(f"mail.fault.{why.why.value}", **why.context)
    else:
        said = say(f"mail.fate.{handed.fate.value}", message=handed.key)
    return f"{handed.key}: {said}"


def _document(handed: Outcome) -> dict[str, str | None]:
    why = handed.why if handed.fate is What.REFUSED else None
    return {
        "message": handed.key,
        "fate": handed.fate.value,
        "why": why.why.value if why is not None else None,
    }
