"""``inspect``: what is read in one file, loading nothing."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from intake.cli.exit_codes import ExitCode
from intake.cli.frame import WORDS, guarded, json_option, print_json, say, workspace_option
from intake.wiring.inspection import inspected


@click.command(help=say("inspect.help"), epilog=say("inspect.examples"))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--values", is_flag=True, help=say("inspect.values"))
@workspace_option
@json_option
@guarded
def inspect(file: Path, workspace: Path, *, values: bool, as_json: bool) -> None:
    """Print the fields, the stamp and the notes of a file; what stands in them if asked."""
    if values and as_json:
        raise click.UsageError(say("inspect.no_values_in_json"))
    if values:
        click.echo(say("inspect.shows_values"), err=True)
    document = inspected(file, workspace, with_values=values)
    if as_json:
        print_json(document)
    else:
        _print(document)
    is_read = document["format"] or document.get("members")
    sys.exit(ExitCode.DONE if is_read else ExitCode.TO_REVIEW)


def _print(document: Mapping[str, Any]) -> None:
    click.echo(f"{document['format'] or '-'}  {document['stamp'] or '-'}")
    for field in document["fields"]:
        kind = say(f"inspect.kind.{field['kind']}")
        click.echo(f"  {field['address']}: {_told(field)}  ({kind}, {field['reading']})")
    for number, member in enumerate(document.get("members", ()), 1):
        name = member["file"] or WORDS.text("receipt.numbered_attachment", number=number)
        click.echo(f"  {name}  ({member['kind']}, {member['bytes']})")
    for note in document["notes"]:
        click.echo(f"{note['code']}: {note['message'][WORDS.language]}")


def _told(field: Mapping[str, Any]) -> str:
    """Return an answer, or whether there is one and, where that is known, how long it is."""
    if field["value"] is not None:
        return str(field["value"])
    if field["length"] is None:
        return say("inspect.filled")
    return say("inspect.filled_with", count=field["length"])
