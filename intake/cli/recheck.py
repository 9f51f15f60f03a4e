"""``recheck``: the newest rules over the records received so far; no answer changes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from intake.cli.frame import guarded, json_option, print_json, say, workspace_option
from intake.wiring.app import App
from intake.wiring.recheck import recheck_study

_KINDS = ("appeared", "gone", "reworded")


@click.command(help=say("recheck.help"), epilog=say("recheck.examples"))
@workspace_option
@click.option("--ask-new", is_flag=True, help=say("recheck.ask_new"))
@click.option("--dry-run", is_flag=True, help=say("recheck.dry_run"))
@json_option
@guarded
def recheck(workspace: Path, *, ask_new: bool, dry_run: bool, as_json: bool) -> None:
    """Apply the newest rules and say what they change, record by record."""
    done = recheck_study(App.around(workspace), ask_new=ask_new, keeps=not dry_run)
    if as_json:
        print_json(done)
        return
    for record in done["records"]:
        click.echo(f"{record['record']} ({record['version']})")
        for kind in _KINDS:
            for finding in record[kind]:
                click.echo(f"  {say(f'recheck.{kind}')} {_named(finding)}")
    counts = {"count": done["checked"], "changed": len(done["records"])}
    click.echo(say("recheck.done", version=done["version"], **counts))
    if dry_run:
        click.echo(say("recheck.nothing_kept"))


def _named(finding: Mapping[str, Any]) -> str:
    return " ".join(filter(None, [finding["place"], finding["code"]]))
