"""In whose name a decision is taken: ``--by`` for this one, else the name that was given once."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from intake.cli.frame import guarded, say
from intake.wiring.app import App
from intake.wiring.study.catching_up import catch_up
from intake.wiring.study.person import as_name, kept_name, known_name

_BY = "crf-intake.by"


def by_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add ``--by NAME`` to a command that opens its workspace with ``opened``."""
    return click.option(
        "--by",
        metavar=say("person.metavar"),
        expose_value=False,
        callback=_keep,
        help=say("person.by"),
    )(command)


def opened(workspace: Path) -> App:
    """Open a workspace for a decision, in the name of who takes it. Raises StudyError.

    The name is asked where none is known and somebody sits at the keyboard, and kept. What was
    decided is told before the dataset is written again, which ends the command.
    """
    app = App.around(workspace)
    name = click.get_current_context().meta.get(_BY) or known_name()
    if not name and sys.stdin.isatty():
        name = kept_name(click.prompt(say("person.ask"), default="", show_default=False, err=True))
    deciding = replace(app, by=name, puts_off=True)
    click.get_current_context().call_on_close(partial(guarded(_catch_up), deciding))
    return deciding


def _catch_up(app: App) -> None:
    if "store" in app.__dict__:  # else nothing was decided
        catch_up(app)


def _keep(context: click.Context, _: click.Parameter, text: str | None) -> None:
    if text:
        context.meta[_BY] = as_name(text)
