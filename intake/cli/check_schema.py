"""``check-schema``: every fault of a form schema, and what a new version changes."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import click

from intake.cli.exit_codes import ExitCode
from intake.cli.frame import WORDS, guarded, json_option, print_json, say
from intake.wiring.schema_check import check_schema_file, compare_files
from intake.words.faults import fault_in

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("check-schema", help=say("check_schema.help"), epilog=say("check_schema.examples"))
@click.argument("schema", type=_FILE, nargs=-1)
@click.option(
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help=say("option.workspace"),
)
@click.option("--against", type=_FILE, help=say("check_schema.against"))
@json_option
@guarded
def check_schema(
    schema: tuple[Path, ...], workspace: Path, against: Path | None, *, as_json: bool
) -> None:
    """Check the given schemas, or all those of the workspace; or compare one with an older one."""
    if against is not None:
        if len(schema) != 1:
            raise click.UsageError(say("check_schema.one_alone"))
        _compare(schema[0], against, as_json=as_json)
    paths = schema or tuple(sorted((workspace / "schemas").glob("*/*.json")))
    found = {str(path): check_schema_file(path) for path in paths}
    if as_json:
        print_json({path: [asdict(fault) for fault in faults] for path, faults in found.items()})
    for path, faults in found.items() if not as_json else ():
        click.echo(say("check_schema.result", path=path, count=len(faults)))
        for fault in faults:
            problem, advice = (fault_in(t, WORDS.language) for t in (fault.problem, fault.advice))
            click.echo(f"  {fault.pointer or '/'}\n      {problem}\n      -> {advice}")
    sys.exit(ExitCode.DEFINITION if any(found.values()) or not found else ExitCode.DONE)


def _compare(path: Path, against: Path, *, as_json: bool) -> None:
    """Say what differs between two versions; exit with 3 when answers would lose their place."""
    found = compare_files(path, against)
    if as_json:
        changes = [{**asdict(each), "refused": each.is_refused} for each in found.changes]
        faults = [asdict(fault) for fault in found.faults]
        names = {"path": str(path), "against": str(against)}
        print_json({**names, "changes": changes, "faults": faults})
    else:
        refused = sum(each.is_refused for each in found.changes) + len(found.faults)
        count = {"changes": len(found.changes), "refused": refused}
        click.echo(say("check_schema.compared", path=path, against=against, **count))
        for each in found.changes:
            texts = {"before": _local(each.before), "after": _local(each.after)}
            named = {"name": each.name, "code": each.code}
            said = say(f"check_schema.change.{each.kind.value}", **named, **texts)
            click.echo(f"  {say('check_schema.refused') if each.is_refused else ''}{said}")
        for fault in found.faults:
            problem, advice = (fault_in(t, WORDS.language) for t in (fault.problem, fault.advice))
            click.echo(f"  {say('check_schema.refused')}{fault.name}: {problem}")
            click.echo(f"      -> {advice}")
        if found.is_refused:
            click.echo(say("check_schema.advice"), err=True)
    sys.exit(ExitCode.DEFINITION if found.is_refused else ExitCode.DONE)


def _local(text: Mapping[str, str]) -> str:
    return WORDS.local(text) or "-"
