"""``check-schema``: every fault of a form schema, with where and what to do."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from intake.cli.exit_codes import ExitCode
from intake.cli.frame import guarded, json_option, print_json, say
from intake.wiring.schema_check import check_schema_file


@click.command("check-schema", help=say("check_schema.help"), epilog=say("check_schema.examples"))
@click.argument("schema", type=click.Path(path_type=Path, exists=True, dir_okay=False), nargs=-1)
@click.option(
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help=say("option.workspace"),
)
@json_option
@guarded
def check_schema(schema: tuple[Path, ...], workspace: Path, *, as_json: bool) -> None:
    """Check the given schemas, or all those of the workspace."""
    paths = schema or tuple(sorted((workspace / "schemas").glob("*/*.json")))
    found = {str(path): check_schema_file(path) for path in paths}
    if as_json:
        print_json({path: [asdict(fault) for fault in faults] for path, faults in found.items()})
    for path, faults in found.items() if not as_json else ():
        click.echo(say("check_schema.result", path=path, count=len(faults)))
        for fault in faults:
            click.echo(f"  {fault.pointer or '/'}\n      {fault.problem}\n      -> {fault.advice}")
    sys.exit(ExitCode.DEFINITION if any(found.values()) or not found else ExitCode.DONE)
