"""What the commands that decide share: a reason, answers from a table, what became of it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

import click

from intake.cli.frame import WORDS, print_json, say
from intake.model.receipt import Correction, Receipt
from intake.wiring.app import App
from intake.wiring.decisions import answers_in

_TABLE = click.Path(path_type=Path, dir_okay=False, exists=True)
Decorator = Callable[[Callable[..., None]], Callable[..., None]]


def reason_option(*, required: bool = False) -> Decorator:
    """Add ``--reason``."""
    return click.option("--reason", default="", required=required, help=say("review.reason"))


def answers_given(command: Callable[..., None]) -> Callable[..., None]:
    """Add PLACE, VALUE and ``--from FILE``; the command gets them as ``answers``.

    ``--moves-to``, where a command has it, goes with the one answer.
    """

    @functools.wraps(command)
    def run(
        *, place: str, value: str | None, table: Path | None, moves_to: str = "", **others: object
    ) -> None:
        if (table is None) == (value is None) or (table is not None and place):
            raise click.UsageError(say("review.set.one_or_table"))
        one = (Correction(place, value or "", moves_to),)
        answers = one if table is None else answers_in(table.read_bytes())
        command(answers=answers, **others)

    for option in (
        click.option("--from", "table", type=_TABLE, help=say("review.set.answers")),
        click.argument("value", required=False),
        click.argument("place", default=""),
    ):
        run = option(run)
    return run


def show_decided(app: App, receipt: Receipt, *, as_json: bool) -> None:
    """Say what became of a file."""
    if as_json:
        print_json(app.receipt_document(receipt))
        return
    subject = receipt.subject or "-"
    outcome = WORDS.outcome(receipt.outcome)
    click.echo(say("review.done", receipt=receipt.id, outcome=outcome, subject=subject))
    for member in receipt.members:
        outcome = WORDS.outcome(member.outcome)
        click.echo(say("review.inside", receipt=member.receipt, outcome=outcome))
    click.echo(say("process.where", folder=app.outbox.folder(receipt)))
