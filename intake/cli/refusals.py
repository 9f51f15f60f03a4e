"""What a refused decision says, and the exit code it gives."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable

import click

from intake.cli.exit_codes import ExitCode
from intake.cli.frame import WORDS
from intake.model.errors import DecisionRefused
from intake.wiring.decisions import why_refused


def told_when_refused(command: Callable[..., None]) -> Callable[..., None]:
    """Turn a refused decision into one sentence on standard error."""

    @functools.wraps(command)
    def run(*arguments: object, **named: object) -> None:
        try:
            command(*arguments, **named)
        except DecisionRefused as problem:
            click.echo(why_refused(problem, WORDS), err=True)
            sys.exit(ExitCode.USAGE)

    return run
