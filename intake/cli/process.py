"""``process``: read what is in the inbox."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from intake.cli.exit_codes import ExitCode
from intake.cli.frame import (
    WORDS,
    guarded,
    json_option,
    print_json,
    say,
    workspace_option,
)
from intake.cli.progress import Shown, shown_progress
from intake.model.receipt import Outcome
from intake.model.run import Left, Run, Why
from intake.wiring.app import App


@click.command(help=say("process.help"), epilog=say("process.examples"))
@workspace_option
@json_option
@click.option(
    "--progress",
    "shown",
    type=click.Choice([how.value for how in Shown]),
    default=Shown.AUTO.value,
    help=say("process.progress"),
)
@guarded
def process(workspace: Path, shown: str, *, as_json: bool) -> None:
    """Process every finished file of the inbox and refresh the dataset."""
    app = App.around(workspace)
    how = Shown(shown)
    with shown_progress(Shown.NONE if as_json and how is Shown.AUTO else how) as progress:
        run = app.process(progress)
    if as_json:
        print_json(run_document(app, run))
    print_run(app, run, to_stderr=as_json)
    sys.exit(exit_code_of(run))


def run_document(app: App, run: Run) -> dict[str, list[Any]]:
    """Return what a run did, as data."""
    return {
        "receipts": [app.receipt_document(receipt) for receipt in run.receipts],
        "left": [_left_document(one) for one in run.left],
    }


def exit_code_of(run: Run) -> ExitCode:
    """Return what a run's exit code says."""
    if run.has_our_fault:
        return ExitCode.OUR_FAULT
    if any(one.why is Why.NO_ROOM for one in run.left):
        return ExitCode.STORE
    return ExitCode.DONE if run.is_clean else ExitCode.TO_REVIEW


def print_run(app: App, run: Run, *, to_stderr: bool = False) -> None:
    """Print how many files had each outcome, and where to look."""
    for outcome in Outcome:
        number = sum(r.outcome is outcome and not r.members for r in run.receipts)
        if number:
            click.echo(f"{number:5}  {WORDS.outcome(outcome)}", err=to_stderr)
    opened = sum(bool(receipt.members) for receipt in run.receipts)
    if opened:
        click.echo(f"{opened:5}  {say('process.opened', count=opened)}", err=to_stderr)
    if not run.receipts:
        click.echo(say("process.nothing", folder=app.places.inbox), err=to_stderr)
    else:
        click.echo(say("process.where", folder=app.places.receipts), err=to_stderr)
        click.echo(say("process.head", head=app.store.head), err=to_stderr)
    for line in _left_lines(run):
        click.echo(line, err=True)
    for one in run.undelivered:
        key = "process.unwritten" if one.is_our_fault else "process.undelivered"
        click.echo(say(key, receipt=one.receipt.id), err=True)


def _left_document(left: Left) -> dict[str, str | None]:
    """Return what stays in the inbox, as data; no name that might say who a patient is."""
    return {"file": left.name if left.name_is_safe else None, "why": left.why.value}


def _left_lines(run: Run) -> Iterator[str]:
    """Yield what stays in the inbox and why: the names that may be told, the others counted."""
    for why in Why:
        said = say(f"process.why.{why.value}")
        these = [one for one in run.left if one.why is why]
        for one in these:
            if one.name_is_safe:
                yield say("process.left", what=one.name, why=said)
        unnamed = sum(not one.name_is_safe for one in these)
        if unnamed:
            yield say("process.left", what=say("process.unnamed", count=unnamed), why=said)
