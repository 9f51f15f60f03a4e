"""``review``: what the coordinator decides about the files that wait."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from intake.cli.deciding.decided import answers_given, reason_option, show_decided
from intake.cli.deciding.person import by_option, opened
from intake.cli.deciding.review_text import list_lines, show_lines
from intake.cli.frame import (
    guarded,
    json_option,
    print_json,
    print_json_list,
    say,
    workspace_option,
)
from intake.cli.password import asked_password
from intake.cli.refusals import told_when_refused
from intake.model.receipt import Correction
from intake.wiring import decisions
from intake.wiring.app import App
from intake.wiring.review import review_document, review_list


@click.group(help=say("review.help"), epilog=say("review.examples"))
def review() -> None:
    """Start one of the decisions."""


def _command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """Make a command of the group: its words, workspace and JSON options, errors said."""

    def make(function: Callable[..., None]) -> click.Command:
        key = f"review.{name.replace('-', '_')}"
        run = workspace_option(json_option(guarded(told_when_refused(function))))
        return review.command(
            name,
            help=say(f"{key}.help"),
            epilog=say(f"{key}.examples"),
            context_settings={"ignore_unknown_options": True},  # -3 is a value
        )(run)

    return make


_receipt = click.argument("receipt")


@_command("list")
def list_waiting(workspace: Path, *, as_json: bool) -> None:
    """Print the files that wait and what is to be decided."""
    waiting = review_list(App.around(workspace))
    if as_json:
        print_json_list("receipts", waiting)
        return
    for line in list_lines(list(waiting)):
        click.echo(line)


@_command("show")
@_receipt
@click.option("--identity", is_flag=True, help=say("review.identity"))
def show(workspace: Path, receipt: str, *, identity: bool, as_json: bool) -> None:
    """Print one file's findings and values, conflicts first."""
    document = review_document(App.around(workspace), receipt, identity=identity)
    if as_json:
        print_json(document)
        return
    for line in show_lines(document):
        click.echo(line)


@_command("unlock")
@_receipt
@click.argument("more", nargs=-1, metavar="")
@click.option("--password", is_flag=True, expose_value=False, help=say("review.unlock.password"))
@reason_option()
@by_option
def unlock(
    workspace: Path, receipt: str, more: tuple[str, ...], reason: str, *, as_json: bool
) -> None:
    """Open a protected file with the password asked for now."""
    if more:  # said without quoting it: it may be the password
        raise click.UsageError(say("review.unlock.not_here"))
    password = asked_password()
    app = opened(workspace)
    show_decided(app, decisions.unlock(app, receipt, password, reason), as_json=as_json)


@_command("accept")
@_receipt
@reason_option()
@by_option
def accept(workspace: Path, receipt: str, reason: str, *, as_json: bool) -> None:
    """Load the held answers as they are."""
    app = opened(workspace)
    show_decided(app, decisions.accept(app, receipt, reason), as_json=as_json)


@_command("set")
@_receipt
@answers_given
@click.option("--moves-to", default="", metavar="PATIENT", help=say("review.set.moves_to"))
@reason_option(required=True)
@by_option
def set_answers(
    workspace: Path, receipt: str, answers: tuple[Correction, ...], reason: str, *, as_json: bool
) -> None:
    """Give one answer in the place of the file's, or those of a table."""
    app = opened(workspace)
    show_decided(app, decisions.set_answers(app, receipt, answers, reason), as_json=as_json)


@_command("same-as")
@_receipt
@click.argument("patient")
@reason_option()
@by_option
def same_as(workspace: Path, receipt: str, patient: str, reason: str, *, as_json: bool) -> None:
    """Load the held answers as a revision of a known patient's record."""
    app = opened(workspace)
    show_decided(app, decisions.same_as(app, receipt, patient, reason), as_json=as_json)


@_command("split")
@_receipt
@reason_option()
@by_option
def split(workspace: Path, receipt: str, reason: str, *, as_json: bool) -> None:
    """Load the held answers as a new patient's."""
    app = opened(workspace)
    show_decided(app, decisions.split(app, receipt, reason), as_json=as_json)


@_command("merge")
@_receipt
@click.argument("patient", default="")
@reason_option()
@by_option
def merge(workspace: Path, receipt: str, patient: str, reason: str, *, as_json: bool) -> None:
    """Load what is new over the patient's record, whose other answers stay."""
    app = opened(workspace)
    show_decided(app, decisions.merge_in(app, receipt, patient, reason), as_json=as_json)


@_command("reject")
@_receipt
@reason_option(required=True)
@by_option
def reject(workspace: Path, receipt: str, reason: str, *, as_json: bool) -> None:
    """Keep nothing of the answers."""
    app = opened(workspace)
    show_decided(app, decisions.reject(app, receipt, reason), as_json=as_json)


@_command("objection")
@_receipt
@reason_option()
@by_option
def objection(workspace: Path, receipt: str, reason: str, *, as_json: bool) -> None:
    """Delete the held answers for good."""
    app = opened(workspace)
    show_decided(app, decisions.objection(app, receipt, reason), as_json=as_json)


@_command("undo")
@_receipt
@reason_option()
@by_option
def undo(workspace: Path, receipt: str, reason: str, *, as_json: bool) -> None:
    """Take back the newest decision about a file, or its loading."""
    app = opened(workspace)
    show_decided(app, decisions.undo(app, receipt, reason), as_json=as_json)
