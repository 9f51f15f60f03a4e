"""``forms``: build the blank forms."""

from __future__ import annotations

from pathlib import Path

import click

from intake.channels.files import write_atomically
from intake.cli.frame import guarded, json_option, print_json, say, workspace_option
from intake.cli.workspace import open_workspace
from intake.model.submission import FileFormat
from intake.wiring.forms import build_forms, kept_folder, order_forms

_FORMATS = [known.value for known in FileFormat]


@click.command(help=say("forms.help"), epilog=say("forms.examples"))
@workspace_option
@click.option("--version", help=say("forms.version"))
@click.option("--language", help=say("forms.language"))
@click.option("--format", "file_format", type=click.Choice(_FORMATS), help=say("forms.format"))
@click.option("--centre", help=say("forms.centre"))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help=say("forms.out"))
@json_option
@guarded
def forms(workspace: Path, out: Path | None, *, as_json: bool, **chosen: str | None) -> None:
    """Build blank forms and say where they are."""
    app = open_workspace(workspace)
    file_format = chosen.pop("file_format")
    order = order_forms(app, **chosen)
    folder = out or kept_folder(app, order.definition)
    built = []
    for name, content in build_forms(order, file_format):
        write_atomically(folder / name, content)
        built.append(str(folder / name))
        if not as_json:
            click.echo(say("forms.built", path=folder / name, size=len(content) // 1000))
    if as_json:
        print_json({"forms": built})
