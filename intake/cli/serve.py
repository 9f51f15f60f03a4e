"""``serve``: the coordinator's page, in a browser of this computer."""

from __future__ import annotations

import sys
import webbrowser
from importlib.util import find_spec
from pathlib import Path

import click

from intake.cli.exit_codes import ExitCode
from intake.cli.frame import guarded, json_option, print_json_line, say, workspace_option
from intake.wiring.study.person import as_name

_NEEDED = ("starlette", "uvicorn", "python_multipart")


@click.command(help=say("serve.help"), epilog=say("serve.examples"))
@workspace_option
@click.option("--no-browser", is_flag=True, help=say("serve.no_browser"))
@click.option("--by", default="", metavar=say("person.metavar"), help=say("person.by"))
@json_option
@guarded
def serve(workspace: Path, by: str, *, no_browser: bool, as_json: bool) -> None:
    """Serve the page until it is stopped."""
    if not all(map(find_spec, _NEEDED)):
        click.echo(say("serve.no_extra"), err=True)
        sys.exit(ExitCode.USAGE)
    from intake.web.serve import serve as served  # noqa: PLC0415 - only where the extra is there

    def announce(url: str) -> None:
        if as_json:
            print_json_line({"url": url})
        else:
            click.echo(say("serve.begins", url=url))
        if not no_browser:
            webbrowser.open(url)

    served(workspace, as_name(by), announce)
    if not as_json:
        click.echo(say("serve.ends"))
