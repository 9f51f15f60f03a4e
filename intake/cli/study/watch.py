"""``watch``: read the inbox as files come, until stopped."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import click

from intake.cli.frame import guarded, json_option, print_json_line, said, say, workspace_option
from intake.cli.process import print_run, run_document
from intake.model.run import Run
from intake.wiring.app import App, now
from intake.wiring.study.watch import Event, Happened, Watcher
from intake.wiring.study.watch import watch as watch_until_stopped


@click.command(help=say("watch.help"), epilog=say("watch.examples"))
@workspace_option
@click.option(
    "--every",
    type=click.IntRange(1, 3600),
    default=10,
    metavar=say("watch.seconds"),
    help=say("watch.every"),
)
@json_option
@guarded
def watch(workspace: Path, every: int, *, as_json: bool) -> None:
    """Read what comes into the inbox until Ctrl+C, and say what is done."""
    app = App.around(workspace)
    stop = _stopped_by_signals()
    _say("begins", say("watch.begins", folder=app.places.inbox), as_json=as_json)
    watch_until_stopped(
        Watcher(app.places.root, _read_once, float(every)),
        lambda happened: _tell(happened, as_json=as_json),
        stop.wait,
    )
    _say("ends", say("watch.ends"), as_json=as_json)


def _stopped_by_signals() -> threading.Event:
    """Return what is set by Ctrl+C, or by a system that ends; what is being read is finished."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _read_once(app: App) -> Run:
    return app.process(lambda _receipt, _total: None)


def _tell(happened: Happened, *, as_json: bool) -> None:
    """Say what a look came to."""
    match happened.event:
        case Event.READ if happened.run is not None and happened.app is not None:
            document = run_document(happened.app, happened.run)
            _say("read", say("watch.read"), as_json=as_json, **document)
            if not as_json:
                print_run(happened.app, happened.run)
        case Event.TROUBLE if happened.problem is not None:
            again = say("watch.again", seconds=round(happened.wait))
            _say("trouble", f"{said(happened.problem)} {again}", as_json=as_json)
        case Event.RECOVERED:
            _say("recovered", say("watch.recovered"), as_json=as_json)
        case _:
            pass


def _say(event: str, text: str, *, as_json: bool, **more: object) -> None:
    """Print one line with the time, or one document a line."""
    at = now().replace(microsecond=0)
    if as_json:
        print_json_line({"at": at.isoformat(), "event": event, "text": text, **more})
    else:
        click.echo(f"{at:%d/%m/%Y %H:%M:%S}  {text}")
