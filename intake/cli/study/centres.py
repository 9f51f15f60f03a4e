"""``centres``: the list of centres, and what is to be mended in it."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import IO

import click

from intake.cli.exit_codes import ExitCode
from intake.cli.frame import WORDS, guarded, json_option, print_json, say, workspace_option
from intake.wiring.app import App
from intake.wiring.study.centre_list import ShownCentres, pasted_centres, replace_centres
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


@centres.command("paste", help=say("centres.paste.help"), epilog=say("centres.paste.examples"))
@click.argument("file", type=click.File("rb"))
@workspace_option
@click.option("--look", is_flag=True, help=say("centres.paste.look"))
@click.option(
    "--without", multiple=True, metavar=say("centres.paste.id"), help=say("centres.paste.without")
)
@json_option
@guarded
def paste(workspace: Path, file: IO[bytes], without: tuple[str, ...], **flags: bool) -> None:
    """Take a table as copied from a spreadsheet for the list of centres, or only look at it."""
    app = App.around(workspace)
    shown = pasted_centres(app, file.read())
    if flags["look"] or not shown.table.is_right:
        _look(shown, as_json=flags["as_json"])
        return
    for line in shown.said:
        click.echo(WORDS.local(line), err=True)
    rows = [{cell.column: cell.value for cell in row.cells} for row in shown.table.rows]
    done = replace_centres(app, rows, without)
    if flags["as_json"]:
        print_json({**asdict(done), "said": done.said})
        return
    for line in done.said:
        click.echo(WORDS.local(line))


def _look(shown: ShownCentres, *, as_json: bool) -> None:
    """Print what is wrong or doubtful in a table; exit with 3 when it cannot be kept."""
    if as_json:
        print_json(shown.document)
    else:
        for line in shown.said:
            click.echo(WORDS.local(line))
        for row in shown.table.rows:
            cells = (cell.value for cell in row.cells)
            click.echo("  ".join(value for value in cells if value))
            for text in (*row.faults, *(text for cell in row.cells for text in cell.faults)):
                click.echo(f"    ! {WORDS.local(text)}")
            for text in (text for cell in row.cells for text in cell.warnings):
                click.echo(f"    ? {WORDS.local(text)}")
        if shown.vanishing:
            click.echo(say("centres.paste.vanishing", centres=", ".join(shown.vanishing)))
    sys.exit(ExitCode.DONE if shown.table.is_right else ExitCode.DEFINITION)
