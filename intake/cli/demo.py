"""``demo``: the whole work on fictional patients."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from intake.cli.frame import WORDS, guarded, json_option, print_json, say
from intake.cli.process import print_run
from intake.demo.returns import Prepared, prepare
from intake.model.receipt import Receipt
from intake.model.run import Run
from intake.wiring.app import App
from intake.words.shown import as_shown


@click.command(help=say("demo.help"), epilog=say("demo.examples"))
@click.argument(
    "folder", type=click.Path(path_type=Path, file_okay=False), default=Path("demo-workspace")
)
@json_option
@guarded
def demo(folder: Path, *, as_json: bool) -> None:
    """Make a workspace, fill forms, process them, and say where to look."""
    prepared = prepare(folder)
    if not as_json:
        click.echo(f"{len(prepared.forms):5}  {say('demo.forms')}")
        click.echo(f"{len(prepared.returns):5}  {say('demo.filled')}")
    started = time.monotonic()
    run = prepared.app.process(lambda _receipt, _total: None)
    if as_json:
        print_json({"workspace": str(folder.resolve()), "files": len(run.receipts)})
        return
    click.echo(say("demo.processed", seconds=round(time.monotonic() - started, 1)))
    _print_table(run)
    print_run(prepared.app, run)
    _print_paths(prepared, run)


def _print_table(run: Run) -> None:
    """Print one line a file."""
    columns = ("file", "subject", "outcome", "remarks")
    lines = [tuple(say(f"demo.column_{name}") for name in columns)]
    lines += [_line(receipt) for receipt in run.receipts]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
    click.echo()
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  " + "  ".join(cells).rstrip())
    click.echo()


def _line(receipt: Receipt) -> tuple[str, str, str, str]:
    subject = receipt.subject or "-"
    if receipt.revision and receipt.revision > 1:
        subject = f"{subject} ({receipt.revision})"
    remarks = str(len(receipt.findings))
    return as_shown(receipt.source.name), subject, WORDS.outcome(receipt.outcome), remarks


def _print_paths(prepared: Prepared, run: Run) -> None:
    """Print what to open first: what is left to do, a form, a receipt, the dataset, the page."""
    app: App = prepared.app
    busy = max(run.receipts, key=lambda receipt: (receipt.outcome.is_loaded, len(receipt.findings)))
    click.echo(say("demo.look"))
    for path in (
        app.places.status,
        prepared.forms[0],
        app.places.receipts / "index.html",
        app.outbox.folder(busy) / "receipt.html",
        app.places.dataset / "records.csv",
        app.places.dataset / "values.csv",
    ):
        click.echo(f"  {path}")
    click.echo(say("demo.page", command=_command("serve", "--workspace", str(app.places.root))))


def _command(*arguments: str) -> str:
    """Return a command line as it was begun, to be copied into the same console."""
    begun = Path(sys.argv[0])
    is_script = begun.stem == "crf-intake"
    program = (str(begun),) if is_script else (sys.executable, "-m", "intake")
    return " ".join(f'"{one}"' if " " in one else one for one in (*program, *arguments))
