"""``init``: make a folder a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from intake.cli.frame import guarded, json_option, print_json, say
from intake.wiring.setup import set_up_workspace


@click.command(help=say("init.help"), epilog=say("init.examples"))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option(
    "--form",
    "schema",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help=say("init.form"),
)
@json_option
@guarded
def init(folder: Path, schema: Path | None, *, as_json: bool) -> None:
    """Create what a workspace needs and overwrite nothing."""
    done = set_up_workspace(folder, schema)
    if as_json:
        print_json(
            {
                "workspace": str(folder.resolve()),
                "created": list(done.created),
                "kept": list(done.kept),
            }
        )
        return
    for name in done.created:
        click.echo(say("init.created", name=name))
    for name in done.kept:
        click.echo(say("init.kept", name=name))
    click.echo(say("init.next", folder=folder.resolve()))
