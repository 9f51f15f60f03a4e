"""``forms``: build the forms to send, or say whether the kept ones are up to date."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import click

from intake.channels.files import write_atomically
from intake.cli.exit_codes import ExitCode
from intake.cli.frame import guarded, json_option, print_json, say, workspace_option
from intake.cli.workspace import open_workspace
from intake.model.errors import DefinitionError, RecordRefused, StudyError
from intake.model.submission import FileFormat
from intake.pipeline.forms.centre_answers import Unmatched
from intake.pipeline.forms.generate import Order
from intake.wiring.app import App
from intake.wiring.forms import (
    answers_of,
    build_forms,
    kept_folder,
    kept_states,
    order_forms,
    publish,
)
from intake.wiring.packages import build_package, package_language
from intake.workspace.form_library import read_document

_FORMATS = [known.value for known in FileFormat if known is not FileFormat.IMAGE]
_SENT = "forms"
"""Where the forms of centres go, in the outbox."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command line asks for."""

    version: str | None
    language: str | None
    file_format: str | None
    centre: str | None
    all_centres: bool
    as_zip: bool
    prefill: Path | None
    out: Path | None
    check: bool

    @property
    def is_for_centres(self) -> bool:
        """Say whether the forms are those of centres."""
        return self.all_centres or self.centre is not None

    @property
    def is_packed(self) -> bool:
        """Say whether each centre's forms go into one archive."""
        return self.all_centres or self.as_zip

    def clash(self) -> str | None:
        """Return the key of the sentence on options that cannot stand together, or None."""
        others = (self.language, self.file_format, self.prefill, self.out)
        if self.check and (self.is_for_centres or self.as_zip or any(others)):
            return "forms.check_alone"
        if self.all_centres and (self.centre or self.prefill):
            return "forms.all_alone"
        if self.as_zip and not self.is_for_centres:
            return "forms.zip_of_centre"
        return "forms.prefill_out" if self.prefill and not self.out else None


@click.command(help=say("forms.help"), epilog=say("forms.examples"))
@workspace_option
@click.option("--version", help=say("forms.version"))
@click.option("--language", help=say("forms.language"))
@click.option("--format", "file_format", type=click.Choice(_FORMATS), help=say("forms.format"))
@click.option("--centre", help=say("forms.centre"))
@click.option("--all-centres", is_flag=True, help=say("forms.all_centres"))
@click.option("--zip", "as_zip", is_flag=True, help=say("forms.zip"))
@click.option(
    "--prefill",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help=say("forms.prefill"),
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help=say("forms.out"))
@click.option("--check", is_flag=True, help=say("forms.check"))
@json_option
@guarded
def forms(workspace: Path, *, as_json: bool, **chosen: object) -> None:
    """Build the forms asked for and say where they are."""
    asked = Asked(**cast("dict[str, Any]", chosen))
    clash = asked.clash()
    if clash is not None:
        raise click.UsageError(say(clash))
    app = open_workspace(workspace)
    if asked.check:
        _check(app, asked, as_json=as_json)
    elif asked.is_packed:
        _show(_packages(app, asked), as_json=as_json)
    else:
        _show(_files(app, asked), as_json=as_json)


def _files(app: App, asked: Asked) -> Iterator[tuple[str, Path, int]]:
    """Write the forms of one order; yield progress, path and size of each."""
    order = _order(app, asked, asked.centre, asked.language)
    kept = kept_folder(app, order.definition)
    folder = asked.out or (app.places.outbox / _SENT if asked.centre else kept)
    is_kept = folder.resolve() == kept.resolve()
    if is_kept and (asked.centre or asked.prefill):
        raise click.UsageError(say("forms.not_kept", folder=folder))
    built: dict[str, bytes] = {}
    for name, content in build_forms(order, asked.file_format):
        write_atomically(folder / name, content)
        built[name] = content
        yield "", folder / name, len(content)
    if is_kept:
        publish(app, order.definition, built)


def _packages(app: App, asked: Asked) -> Iterator[tuple[str, Path, int]]:
    """Write one archive a centre; yield progress, path and size of each."""
    centres = [centre.id for centre in app.centres] if asked.all_centres else [asked.centre]
    if not centres:
        raise StudyError(f"{app.places.centres}: no centre. Add a line for each, then run again.")
    folder = asked.out or app.places.outbox / _SENT
    language = package_language(app, asked.language)
    for number, centre in enumerate(centres, start=1):
        name, content = build_package(_order(app, asked, centre, language), asked.file_format)
        write_atomically(folder / name, content)
        progress = f"{number}/{len(centres)}" if asked.all_centres else ""
        yield progress, folder / name, len(content)


def _order(app: App, asked: Asked, centre: str | None, language: str | None) -> Order:
    """Return the order of one centre or none, after saying what its forms leave blank."""
    record = _record(asked.prefill) if asked.prefill else None
    order = order_forms(app, version=asked.version, language=language, centre=centre, record=record)
    for left in answers_of(app, order.definition, centre).unmatched:
        if left.item.name not in order.answers:
            click.echo(_left_blank(app, str(centre), left), err=True)
    return order


def _left_blank(app: App, centre: str, left: Unmatched) -> str:
    return say(
        "forms.left_blank",
        source=app.places.centres.name,
        centre=centre,
        column=left.column,
        text=left.text,
        code=left.item.code,
    )


def _record(path: Path) -> object:
    """Return what a record's file holds. Raises RecordRefused when it is no JSON object."""
    try:
        return read_document(path)
    except DefinitionError as problem:
        raise RecordRefused(str(problem)) from None


def _show(written: Iterator[tuple[str, Path, int]], *, as_json: bool) -> None:
    """Say each file as soon as it is written, or all of them in one document."""
    paths = []
    for progress, path, size in written:
        paths.append(str(path))
        if not as_json:
            shown = say("forms.built", path=path, size=max(1, size // 1000))
            click.echo(f"  {progress}{shown}" if progress else shown)
    if as_json:
        print_json({"forms": paths})


def _check(app: App, asked: Asked, *, as_json: bool) -> None:
    """Say what became of each kept form; exit with 3 unless all are up to date."""
    states = kept_states(app, asked.version)
    if as_json:
        found = [{"path": str(path), "state": state} for path, state in states.items()]
        print_json({"forms": found})
    for path, state in states.items() if not as_json else ():
        click.echo(f"  {path}  {say(f'forms.state.{state}')}")
    is_current = set(states.values()) == {"current"}
    if not is_current:
        click.echo(say("forms.not_current"), err=True)
    sys.exit(ExitCode.DONE if is_current else ExitCode.DEFINITION)
