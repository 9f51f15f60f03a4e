"""``store``: moving the study's data between a file and a server."""

from __future__ import annotations

from pathlib import Path

import click

from intake.cli.frame import guarded, json_option, print_json, say, workspace_option
from intake.wiring.app import App
from intake.wiring.study.moving import copy_to


@click.group(help=say("store.help"), epilog=say("store.examples"))
def store() -> None:
    """Hold the commands about the store itself."""


@store.command(help=say("store.copy"), epilog=say("store.examples"))
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@workspace_option
@json_option
@guarded
def copy(source: str, target: str, workspace: Path, *, as_json: bool) -> None:
    """Copy all of a store into an empty one."""
    done = copy_to(App.around(workspace), source, target)
    if as_json:
        print_json(done)
        return
    click.echo(say("store.copied", **done))
    click.echo(say("store.next", url=done["url"]))
