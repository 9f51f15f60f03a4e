"""``close``: what is pending, then a frozen dataset and the closing report."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from intake.cli.exit_codes import ExitCode
from intake.cli.frame import WORDS, guarded, json_option, print_json, say, workspace_option
from intake.wiring.app import App
from intake.wiring.conduct.close import close as close_study
from intake.wiring.conduct.close import pending_in_words, what_is_pending


@click.command(help=say("close.help"), epilog=say("close.examples"))
@workspace_option
@click.option("--anyway", is_flag=True, help=say("close.anyway"))
@click.option("--with-late", is_flag=True, help=say("close.with_late"))
@click.option(
    "--profile",
    type=click.Choice(["analysis", "full"]),
    default="analysis",
    show_default=True,
    help=say("close.profile"),
)
@json_option
@guarded
def close(workspace: Path, profile: str, **flags: bool) -> None:
    """Say what is pending; freeze and report once nothing is, or anyway."""
    app = App.around(workspace)
    found = what_is_pending(app)
    if found and not flags["anyway"]:
        if flags["as_json"]:
            print_json({"closed": False, "pending": found})
        else:
            for line in pending_in_words(found, WORDS):
                click.echo(f"  {line}")
            click.echo(say("close.pending"), err=True)
        sys.exit(ExitCode.TO_REVIEW)
    if profile == "full" and not flags["as_json"]:
        click.confirm(say("export.confirm"), abort=True, err=True)
    done = close_study(app, with_late=flags["with_late"], profile=profile)
    if flags["as_json"]:
        print_json({"closed": True, "folder": str(done.dataset), **done.document})
        return
    counts = {key: done.document[key] for key in ("frozen", "analysed")}
    click.echo(say("close.done", folder=done.dataset, **counts))
    if done.document["late"]:
        click.echo(say("close.late", count=len(done.document["late"])))
    click.echo(say("close.report", path=done.report))
