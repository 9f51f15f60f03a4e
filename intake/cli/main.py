"""The ``crf-intake`` command: a group of short commands."""

from __future__ import annotations

import click

from intake import __version__
from intake.cli.check_schema import check_schema
from intake.cli.dataset import audit, codebook, export, status
from intake.cli.demo import demo
from intake.cli.forms import forms
from intake.cli.frame import say, set_up_output
from intake.cli.init import init
from intake.cli.inspect import inspect
from intake.cli.process import process


@click.group(help=say("help"), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="crf-intake")
def main() -> None:
    """Start one of the commands."""
    set_up_output()


for _command in (
    init,
    demo,
    check_schema,
    forms,
    process,
    inspect,
    status,
    export,
    codebook,
    audit,
):
    main.add_command(_command)
