"""``status``: where the study stands and what is left to do."""

from __future__ import annotations

from pathlib import Path

import click

from intake.cli.frame import guarded, json_option, print_json_with, say, workspace_option
from intake.cli.study.status_text import MOST_LINES, status_lines
from intake.wiring.app import App
from intake.wiring.study.state import owed


@click.command(help=say("status.help"), epilog=say("status.examples"))
@workspace_option
@click.option("--open", "opens", is_flag=True, help=say("status.open"))
@json_option
@guarded
def status(workspace: Path, *, opens: bool, as_json: bool) -> None:
    """Print what is left to do, centres and patients, and refresh the page that shows it."""
    app = App.around(workspace)
    document = app.status()
    try:
        page: Path | None = app.write_status()
    except OSError:  # a folder that can only be read: what stands there is told all the same
        page = None
    if opens and page:
        click.launch(str(page))
    most = None if as_json else MOST_LINES
    patients = owed(app.store, app.study.form, app.forms.get, most)
    if as_json:
        print_json_with(document, "owed", patients)
        return
    for line in status_lines({**document, "owed": patients}):
        click.echo(line)
    click.echo(say("status.page", path=page) if page else say("status.no_page"), err=not page)
