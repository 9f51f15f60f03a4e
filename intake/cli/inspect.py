"""``inspect``: what is read in one file, loading nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from intake.cli.exit_codes import ExitCode
from intake.cli.frame import WORDS, guarded, json_option, print_json, say
from intake.wiring.inspection import inspected


@click.command(help=say("inspect.help"), epilog=say("inspect.examples"))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
@guarded
def inspect(file: Path, *, as_json: bool) -> None:
    """Print the fields, the stamp and the notes of a file."""
    document = inspected(file)
    if as_json:
        print_json(document)
    else:
        click.echo(f"{document['format'] or '-'}  {document['stamp'] or '-'}")
        for field in document["fields"]:
            click.echo(f"  {field['address']}: {field['value']}  ({field['reading']})")
        for member in document.get("members", ()):
            click.echo(f"  {member['file']}  ({member['kind']}, {member['bytes']})")
        for note in document["notes"]:
            click.echo(f"{note['code']}: {note['message'][WORDS.language]}")
    is_read = document["format"] or document.get("members")
    sys.exit(ExitCode.DONE if is_read else ExitCode.TO_REVIEW)
