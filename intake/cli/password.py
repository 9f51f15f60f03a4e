"""Ask for a password: never on the command line, where others and the history see it."""

from __future__ import annotations

import sys

import click

from intake.cli.frame import say
from intake.model.file.password import Password


def asked_password() -> Password:
    """Return the password typed unseen, or the first line of what is piped in."""
    if sys.stdin.isatty():
        text = click.prompt(
            say("review.unlock.ask"), hide_input=True, err=True, default="", show_default=False
        )
    else:
        text = sys.stdin.readline().rstrip("\r\n")
    return Password(str(text))
