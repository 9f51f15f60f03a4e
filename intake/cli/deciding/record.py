"""``record``: one patient's record as held, corrected, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from intake.cli.deciding.decided import answers_given, reason_option, show_decided
from intake.cli.deciding.person import by_option, opened
from intake.cli.deciding.record_text import history_lines, record_lines
from intake.cli.frame import guarded, json_option, print_json, say, workspace_option
from intake.cli.refusals import told_when_refused
from intake.model.receipt import Correction
from intake.wiring import decisions
from intake.wiring.app import App
from intake.wiring.records import record_history, shown_record


@click.group(help=say("record.help"), epilog=say("record.examples"))
def record() -> None:
    """Start one of the commands about a record."""


def _command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """Make a command of the group: its words, workspace and JSON options, errors said."""

    def make(function: Callable[..., None]) -> click.Command:
        run = workspace_option(json_option(guarded(told_when_refused(function))))
        return record.command(
            name,
            help=say(f"record.{name}.help"),
            epilog=say(f"record.{name}.examples"),
            context_settings={"ignore_unknown_options": True},  # -3 is a value
        )(run)

    return make


_record = click.argument("name", metavar=say("record.metavar"))


@_command("show")
@_record
@click.option("--identity", is_flag=True, help=say("review.identity"))
def show(workspace: Path, name: str, *, identity: bool, as_json: bool) -> None:
    """Print a record's current answers, those in question first."""
    document = shown_record(App.around(workspace), name, identity=identity)
    if as_json:
        print_json(document)
        return
    for line in record_lines(document):
        click.echo(line)


@_command("history")
@_record
def history(workspace: Path, name: str, *, as_json: bool) -> None:
    """Print every revision of a record: when, from what, what it changed, why."""
    document = record_history(App.around(workspace), name)
    if as_json:
        print_json(document)
        return
    for line in history_lines(document):
        click.echo(line)


@_command("set")
@_record
@answers_given
@reason_option(required=True)
@by_option
def set_answers(
    workspace: Path, name: str, answers: tuple[Correction, ...], reason: str, *, as_json: bool
) -> None:
    """Give answers to a record, which becomes its next revision."""
    app = opened(workspace)
    show_decided(app, decisions.correct(app, name, answers, reason), as_json=as_json)


@_command("withdraw")
@_record
@click.option("--objection", is_flag=True, help=say("record.withdraw.objection"))
@reason_option(required=True)
@by_option
def withdraw(workspace: Path, name: str, reason: str, *, objection: bool, as_json: bool) -> None:
    """Take a record out of the dataset; after an objection, for good."""
    app = opened(workspace)
    frozen = decisions.frozen_with(app, name) if objection else ()
    receipt = decisions.withdraw(app, name, reason, objection=objection)
    show_decided(app, receipt, as_json=as_json)
    for folder in frozen:
        click.echo(say("record.withdraw.frozen", folder=folder), err=True)
