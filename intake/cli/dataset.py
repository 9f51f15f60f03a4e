"""``export``, ``codebook``: what the store holds."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import click

from intake.cli.frame import guarded, is_agreed, json_option, print_json, say, workspace_option
from intake.wiring.app import App


@click.command(help=say("export.help"), epilog=say("export.examples"))
@workspace_option
@click.option("--format", type=click.Choice(["csv"]), default="csv", expose_value=False)
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
@json_option
@guarded
def export(workspace: Path, folder: Path, profile: str, **flags: bool) -> None:
    """Write the dataset into a folder; identifying items only after a yes."""
    app = App.around(workspace)
    if profile == "full" and not flags["yes"] and not is_agreed(say("export.confirm")):
        raise click.Abort
    files = app.export(folder, profile)
    if flags["as_json"]:
        print_json({"folder": str(folder), "profile": profile, "files": list(files)})
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
