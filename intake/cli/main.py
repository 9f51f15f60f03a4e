"""The ``crf-intake`` command: a group of short commands, each loaded when it is called."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from importlib import import_module

import click

from intake import __version__
from intake.cli.frame import say, set_up_output

_COMMANDS: Mapping[str, str] = {
    "init": "study.init",
    "demo": "demo",
    "check-schema": "check_schema",
    "settings": "study.settings",
    "centres": "study.centres",
    "forms": "forms",
    "process": "process",
    "watch": "study.watch",
    "serve": "serve",
    "status": "study.status",
    "review": "deciding.review",
    "record": "deciding.record",
    "queries": "queries",
    "mail": "mailing.mail",
    "close": "study.close",
    "inspect": "inspect",
    "export": "dataset",
    "codebook": "dataset",
    "recheck": "recheck",
    "audit": "audit",
    "store": "study.store",
}
"""Module of each command, in the order of the help; its function has the command's name."""


class Commands(click.Group):
    """Load a command's module only when it is called: the rest costs half a second."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order a newcomer needs them."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None for an unknown name."""
        del ctx
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        found = getattr(import_module(f"intake.cli.{module}"), cmd_name.replace("-", "_"))
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with the first sentence of their help, loading none."""
        del ctx
        rows = [(name, _first_sentence(name)) for name in _COMMANDS]
        with formatter.section(say("commands")):
            formatter.write_dl(rows)


@click.group(
    cls=Commands, help=say("help"), context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="crf-intake")
def main() -> None:
    """Start one of the commands."""
    # A record is thousands of small objects in no circle: looked through less often, they cost
    # an eighth less time.
    gc.set_threshold(20_000, 20, 50)
    set_up_output()


def _first_sentence(name: str) -> str:
    return say(f"{name.replace('-', '_')}.help").split(". ")[0].rstrip(".") + "."
