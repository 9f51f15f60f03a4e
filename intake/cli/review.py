"""``review``: what the coordinator decides about the files that wait."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from intake.cli.frame import WORDS, guarded, json_option, print_json, say, workspace_option
from intake.cli.password import asked_password
from intake.cli.refusals import told_when_refused
from intake.cli.review_text import list_lines, show_lines
from intake.model.receipt import Correction, Receipt
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


def _reason(*, required: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option("--reason", default="", required=required, help=say("review.reason"))


_receipt = click.argument("receipt")


@_command("list")
def list_waiting(workspace: Path, *, as_json: bool) -> None:
    """Print the files that wait and what is to be decided."""
    waiting = review_list(App.around(workspace))
    if as_json:
        print_json({"receipts": waiting})
        return
    for line in list_lines(waiting):
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
@_reason()
def unlock(
    workspace: Path, receipt: str, more: tuple[str, ...], reason: str, *, as_json: bool
) -> None:
    """Open a protected file with the password asked for now."""
    if more:  # said without quoting it: it may be the password
        raise click.UsageError(say("review.unlock.not_here"))
    password = asked_password()
    app = App.around(workspace)
    _show_decided(app, decisions.unlock(app, receipt, password, reason), as_json=as_json)


@_command("accept")
@_receipt
@_reason()
def accept(workspace: Path, receipt: str, reason: str, *, as_json: bool) -> None:
    """Load the held answers as they are."""
    app = App.around(workspace)
    _show_decided(app, decisions.accept(app, receipt, reason), as_json=as_json)


@_command("set")
@_receipt
@click.argument("place")
@click.argument("value")
@click.option("--moves-to", default="", metavar="PATIENT", help=say("review.set.moves_to"))
@_reason(required=True)
def set_value(workspace: Path, receipt: str, reason: str, *, as_json: bool, **given: str) -> None:
    """Give one answer in the place of the file's."""
    app = App.around(workspace)
    answer = Correction(given["place"], given["value"], given["moves_to"])
    _show_decided(app, decisions.set_answer(app, receipt, answer, reason), as_json=as_json)


@_command("same-as")
@_receipt
@click.argument("patient")
@_reason()
def same_as(workspace: Path, receipt: str, patient: str, reason: str, *, as_json: bool) -> None:
    """Load the held answers as a revision of a known patient's record."""
    app = App.around(workspace)
    _show_decided(app, decisions.same_as(app, receipt, patient, reason), as_json=as_json)


@_command("split")
@_receipt
@_reason()
def split(workspace: Path, receipt: str, reason: str, *, as_json: bool) -> None:
    """Load the held answers as a new patient's."""
    app = App.around(workspace)
    _show_decided(app, decisions.split(app, receipt, reason), as_json=as_json)


@_command("merge")
@_receipt
@click.argument("patient", default="")
@_reason()
def merge(workspace: Path, receipt: str, patient: str, reason: str, *, as_json: bool) -> None:
    """Load what is new over the patient's record, whose other answers stay."""
    app = App.around(workspace)
    _show_decided(app, decisions.merge_in(app, receipt, patient, reason), as_json=as_json)


@_command("reject")
@_receipt
@_reason(required=True)
def reject(workspace: Path, receipt: str, reason: str, *, as_json: bool) -> None:
    """Keep nothing of the answers."""
    app = App.around(workspace)
    _show_decided(app, decisions.reject(app, receipt, reason), as_json=as_json)


@_command("objection")
@_receipt
@_reason()
def objection(workspace: Path, receipt: str, reason: str, *, as_json: bool) -> None:
    """Delete the held answers for good."""
    app = App.around(workspace)
    _show_decided(app, decisions.objection(app, receipt, reason), as_json=as_json)


def _show_decided(app: App, receipt: Receipt, *, as_json: bool) -> None:
    """Say what became of the file."""
    if as_json:
        print_json(app.receipt_document(receipt))
        return
    subject = receipt.subject or "-"
    click.echo(
        say(
            "review.done",
            receipt=receipt.id,
            outcome=WORDS.outcome(receipt.outcome),
            subject=subject,
        )
    )
    for member in receipt.members:
        outcome = WORDS.outcome(member.outcome)
        click.echo(say("review.inside", receipt=member.receipt, outcome=outcome))
    click.echo(say("process.where", folder=app.outbox.folder(receipt)))
