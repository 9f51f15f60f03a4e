"""``audit``: whether all is as it was saved, and what happened to a record."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from intake.cli.exit_codes import ExitCode
from intake.cli.frame import WORDS, guarded, json_option, print_json, say, workspace_option
from intake.cli.refusals import told_when_refused
from intake.wiring.app import App
from intake.wiring.audit import VERIFIED

_head_option = click.option("--head", "kept", help=say("audit.head"))


@click.group(help=say("audit.help"), epilog=say("audit.examples"), invoke_without_command=True)
@workspace_option
@_head_option
@json_option
@click.pass_context
def audit(context: click.Context, /, workspace: Path, kept: str | None, *, as_json: bool) -> None:
    """Verify, unless a command of the group is named; the options given hold for it too."""
    given = {"workspace": workspace, "kept": kept, "as_json": as_json}
    if context.invoked_subcommand is None:
        context.invoke(verify, **given)
    else:
        context.default_map = {context.invoked_subcommand: given}


@audit.command(help=say("audit.verify"))
@workspace_option
@_head_option
@json_option
@guarded
def verify(workspace: Path, kept: str | None, *, as_json: bool) -> None:
    """Check the store, its audit chain and the originals."""
    app = App.around(workspace)
    if kept is not None and not app.store.holds(kept):
        click.echo(say("audit.head_unknown", head=kept), err=True)
        sys.exit(ExitCode.STORE)
    document = app.audit()
    if as_json:
        print_json(document)
    else:
        for one in document["originals"]:
            click.echo(say(f"audit.original.{one['condition']}", file=one["file"]))
        click.echo(say(f"audit.{document['audit']}", head=document["head"]))
    sys.exit(ExitCode.DONE if document["audit"] == VERIFIED else ExitCode.STORE)


@audit.command(help=say("audit.show"))
@click.argument("record")
@workspace_option
@json_option
@guarded
@told_when_refused
def show(record: str, workspace: Path, *, as_json: bool) -> None:
    """Print what happened to a record."""
    document = App.around(workspace).history(record)
    if as_json:
        print_json(document)
    else:
        for line in _lines(document["events"]):
            click.echo(line)


def _lines(events: list[Mapping[str, Any]]) -> Iterator[str]:
    """Yield one line an event: day and time, who, receipt, what."""
    for event in events:
        day, time = WORDS.date(event["at"][:10]), event["at"][11:16]
        who, receipt = event["by"] or "-", event["receipt"] or "-"
        yield f"{day} {time}  {who:12} {receipt:6}  {_what(event)}"


def _what(event: Mapping[str, Any]) -> str:
    """Say what happened, with the answer's code, what became of the file, the revision."""
    if "query" in event:
        how = f".{event['how']}" if "how" in event else ""
        said = [say(f"audit.query.{event['action']}{how}", query=event["query"])]
    elif "action" in event:
        said = [say(f"audit.action.{event['action']}", code=event.get("code", ""))]
    else:
        said = [say(f"audit.event.{event['event']}")]
    if "outcome" in event:
        said.append(WORDS.text(f"outcome.{event['outcome']}"))
    if "revision" in event:
        said.append(say("audit.revision", number=event["revision"]))
    return " · ".join(said)
