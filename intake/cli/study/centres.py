"""``centres``: the list of centres, and what is to be mended in it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from intake.cli.exit_codes import ExitCode
from intake.cli.frame import WORDS, guarded, json_option, print_json, say, workspace_option
from intake.wiring.app import App
from intake.wiring.study.centres import check_centres, list_centres

_SHOWN = ("id", "hospital", "department", "town", "email", "language", "format")


@click.group(help=say("centres.help"), epilog=say("centres.examples"))
def centres() -> None:
    """Group what is asked of the list of centres."""


@centres.command("check", help=say("centres.check.help"), epilog=say("centres.check.examples"))
@workspace_option
@json_option
@guarded
def check(workspace: Path, *, as_json: bool) -> None:
    """Say what is wrong or doubtful; exit with 3 when something cannot be sent as it is."""
    found = check_centres(App.around(workspace))
    if as_json:
        print_json(found.document)
    else:
        for key in ("faults", "left", "doubts"):
            lines = found.document[key]
            if lines:
                click.echo(say(f"centres.check.{key}"))
                click.echo("\n".join(f"  {WORDS.local(line).strip()}" for line in lines))
        if found.is_usable:
            click.echo(say("centres.check.usable", count=found.count))
    sys.exit(ExitCode.DONE if found.is_usable else ExitCode.DEFINITION)


@centres.command("list", help=say("centres.list.help"), epilog=say("centres.list.examples"))
@workspace_option
@json_option
@guarded
def listed(workspace: Path, *, as_json: bool) -> None:
    """Print the centres, one a line."""
    app = App.around(workspace)
    found = list_centres(app)
    if as_json:
        print_json({"centres": found})
        return
    if not found:
        click.echo(say("centres.list.none", source=app.places.centres))
    lines = [[centre[name] for name in _SHOWN] for centre in found]
    widths = [max((len(line[i]) for line in lines), default=0) for i in range(len(_SHOWN))]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(cells).rstrip())
