"""``export``, ``codebook``: what the store holds."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import click

from intake.cli.frame import guarded, is_agreed, json_option, print_json, say, workspace_option
from intake.cli.progress import PATIENTS, Shown, shown_progress
from intake.model.file.export_format import ExportFormat
from intake.wiring import exporting
from intake.wiring.app import App


@click.command(help=say("export.help"), epilog=say("export.examples"))
@workspace_option
@click.option(
    "--format",
    "to",
    type=click.Choice([each.value for each in ExportFormat]),
    default=ExportFormat.CSV.value,
    help=say("export.format"),
)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help=say("export.to"),
)
@click.option(
    "--profile",
    type=click.Choice(["analysis", "full"]),
    default="analysis",
    help=say("export.profile"),
)
@click.option("--yes", is_flag=True, help=say("export.yes"))
@click.option(
    "--progress",
    "shown",
    type=click.Choice([how.value for how in Shown]),
    default=Shown.AUTO.value,
    help=say("export.progress"),
)
@json_option
@guarded
def export(workspace: Path, folder: Path, to: str, profile: str, **flags: str | bool) -> None:
    """Write the dataset into a folder; identifying items only after a yes."""
    app = App.around(workspace)
    if profile == "full" and not flags["yes"] and not is_agreed(say("export.confirm")):
        raise click.Abort
    how = Shown(str(flags["shown"]))
    quiet = Shown.NONE if flags["as_json"] and how is Shown.AUTO else how
    with shown_progress(quiet, of=PATIENTS) as progress:
        files = exporting.export(app, folder, profile, ExportFormat(to), progress)
    if flags["as_json"]:
        told = {"folder": str(folder), "profile": profile, "format": to, "files": list(files)}
        print_json(told)
    else:
        click.echo(say("export.done", count=len(files), folder=folder))


@click.command(help=say("codebook.help"))
@workspace_option
@json_option
@guarded
def codebook(workspace: Path, *, as_json: bool) -> None:
    """Print the codebook: one line a column of the dataset."""
    content = App.around(workspace).codebook().decode("utf-8-sig")
    if as_json:
        print_json({"codebook": list(csv.DictReader(io.StringIO(content)))})
    else:
        click.echo(content, nl=False)
