"""What every command of ``mail`` shares: its words, workspace and JSON options, errors said."""

from __future__ import annotations

from collections.abc import Callable

import click

from intake.cli.frame import guarded, json_option, say, workspace_option
from intake.cli.refusals import told_when_refused


def command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """Make a command of the group ``mail``."""

    def make(function: Callable[..., None]) -> click.Command:
        run = workspace_option(json_option(guarded(told_when_refused(function))))
        about, examples = say(f"mail.{name}.help"), say(f"mail.{name}.examples")
        return click.command(name, help=about, epilog=examples)(run)

    return make
