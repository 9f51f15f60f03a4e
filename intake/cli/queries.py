"""``queries``: what is asked of the centres, and what the coordinator does about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from intake.cli.deciding.person import by_option, opened
from intake.cli.frame import (
    guarded,
    json_option,
    print_json,
    print_json_list,
    say,
    workspace_option,
)
from intake.cli.queries_text import list_lines, show_lines
from intake.cli.refusals import told_when_refused
from intake.model.query import QueryState
from intake.model.submission import FileFormat
from intake.wiring import queries as acts
from intake.wiring.app import App
from intake.wiring.sheets import WantedSheet, write_sheet

_FORMATS = click.Choice([one.value for one in FileFormat if one is not FileFormat.IMAGE])
_STATES = click.Choice([state.value for state in QueryState])


@click.group(help=say("queries.help"), epilog=say("queries.examples"))
def queries() -> None:
    """Start one of the commands."""


def command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """Make a command of the group: its words, workspace and JSON options, errors said."""

    def make(function: Callable[..., None]) -> click.Command:
        run = workspace_option(json_option(guarded(told_when_refused(function))))
        words = {"help": say(f"queries.{name}.help"), "epilog": say(f"queries.{name}.examples")}
        return queries.command(name, **words)(run)

    return make


_query = click.argument("query", metavar="ID")
_reason = click.option("--reason", required=True, help=say("queries.reason"))


@command("list")
@click.option("--state", "states", type=_STATES, multiple=True, help=say("queries.list.state"))
@click.option("--centre", default="", help=say("queries.list.centre"))
@click.option("--record", default="", help=say("queries.list.record"))
def list_queries(
    workspace: Path, states: tuple[str, ...], centre: str, record: str, *, as_json: bool
) -> None:
    """Print one line a query: those that are not closed, unless states are named."""
    wanted = {QueryState(state) for state in states}
    found = acts.query_list(App.around(workspace), states=wanted, centre=centre, record=record)
    if as_json:
        print_json_list("queries", found)
        return
    for line in list_lines(list(found), is_narrowed=bool(states)):
        click.echo(line)


@command("show")
@_query
def show(workspace: Path, query: str, *, as_json: bool) -> None:
    """Print one query with its words, its answers and every step."""
    _tell(acts.query_shown(App.around(workspace), query), as_json=as_json)


@command("confirm")
@_query
@click.option("--reason", default="", help=say("queries.reason"))
@by_option
def confirm(workspace: Path, query: str, reason: str, *, as_json: bool) -> None:
    """Close a query: the answers are right as they are."""
    _tell(acts.confirm(opened(workspace), query, reason), as_json=as_json)


@command("answer")
@_query
@click.argument("text")
@by_option
def answer(workspace: Path, query: str, text: str, *, as_json: bool) -> None:
    """Keep what the centre said."""
    _tell(acts.answer(opened(workspace), query, text), as_json=as_json)


@command("withdraw")
@_query
@_reason
@by_option
def withdraw(workspace: Path, query: str, reason: str, *, as_json: bool) -> None:
    """Close a query: the study gives it up."""
    _tell(acts.withdraw(opened(workspace), query, reason), as_json=as_json)


@command("open")
@click.argument("record")
@click.argument("code")
@click.argument("text")
@by_option
def open_query(workspace: Path, record: str, code: str, text: str, *, as_json: bool) -> None:
    """Ask a question of the study's own about one answer."""
    _tell(acts.ask(opened(workspace), record, code, text), as_json=as_json)


@command("reopen")
@_query
@_reason
@by_option
def reopen(workspace: Path, query: str, reason: str, *, as_json: bool) -> None:
    """Ask a closed query again."""
    _tell(acts.reopen(opened(workspace), query, reason), as_json=as_json)


@command("sheet")
@click.argument("record")
@click.option(
    "--format", "file_format", type=_FORMATS, default=None, help=say("queries.sheet.format")
)
@click.option("--out", type=click.Path(path_type=Path), default=None, help=say("queries.sheet.out"))
def sheet(
    workspace: Path, record: str, file_format: str | None, out: Path | None, *, as_json: bool
) -> None:
    """Write the sheet that asks a centre what is open about one patient."""
    chosen = FileFormat(file_format) if file_format else None
    wanted = WantedSheet(record=record, file_format=chosen, folder=out)
    made = write_sheet(App.around(workspace), wanted)
    if as_json:
        print_json({"files": [str(made.path)]})
        return
    asked = say("queries.sheet.questions", count=made.questions)
    click.echo(f"{made.path}  {asked if made.questions else say('queries.sheet.whole_form')}")


def _tell(document: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(document)
        return
    for line in show_lines(document):
        click.echo(line)
