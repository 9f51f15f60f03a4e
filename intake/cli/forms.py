"""``forms``: build the forms to send, or say whether the kept ones are up to date."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

import click

from intake.cli.exit_codes import ExitCode
from intake.cli.frame import WORDS, guarded, json_option, print_json, say, workspace_option
from intake.cli.refusals import told_when_refused
from intake.model.submission import FileFormat
from intake.wiring.app import App
from intake.wiring.forms import (
    LeftBlank,
    Wanted,
    WrittenForm,
    is_kept_folder,
    kept_states,
    still_to_fill,
    write_forms,
    write_packages,
)
from intake.wiring.record_forms import write_held

_FORMATS = [known.value for known in FileFormat if known is not FileFormat.IMAGE]


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
    record: str | None
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

    @property
    def wanted(self) -> Wanted:
        """Return which forms these are."""
        return Wanted(
            version=self.version,
            language=self.language,
            file_format=self.file_format,
            centre=self.centre,
            record=self.prefill,
            held=self.record,
        )

    def clash(self) -> str | None:
        """Return the key of the sentence on options that cannot stand together, or None."""
        others = (self.language, self.file_format, self.prefill, self.record, self.out)
        alone = (self.version, self.prefill, self.is_for_centres, self.as_zip)
        if self.record and any(alone):
            return "forms.record_alone"
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
@click.option("--record", metavar=say("record.metavar"), help=say("forms.record"))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help=say("forms.out"))
@click.option("--check", is_flag=True, help=say("forms.check"))
@json_option
@guarded
@told_when_refused
def forms(workspace: Path, *, as_json: bool, **chosen: object) -> None:
    """Build the forms asked for and say where they are."""
    asked = Asked(**cast("dict[str, Any]", chosen))
    clash = asked.clash()
    if clash is not None:
        raise click.UsageError(say(clash))
    app = App.around(workspace)
    if asked.check:
        _check(app, asked, as_json=as_json)
    else:
        _show(_build(app, asked), as_json=as_json, counted=asked.all_centres)
        _warn(app)


def _warn(app: App) -> None:
    """Say, last and aloud, what the forms print that nobody has filled in."""
    left = still_to_fill(app)
    if left:
        lines = "\n".join(WORDS.local(line) for line in left)
        click.echo(say("forms.unfilled", lines=lines), err=True)


def _build(app: App, asked: Asked) -> Iterator[WrittenForm]:
    """Return what builds the forms asked for, one by one."""

    def say_left_blank(left: LeftBlank) -> None:
        source = app.places.centres.name
        click.echo(say("forms.left_blank", source=source, **asdict(left)), err=True)

    if asked.is_packed:
        return write_packages(app, asked.wanted, asked.out, say_left_blank)
    is_filled = asked.centre or asked.prefill or asked.record
    if is_filled and asked.out and is_kept_folder(app, asked.version, asked.out):
        raise click.UsageError(say("forms.not_kept", folder=asked.out))
    if asked.record:
        return write_held(app, asked.wanted, asked.out)
    return write_forms(app, asked.wanted, asked.out, say_left_blank)


def _show(written: Iterator[WrittenForm], *, as_json: bool, counted: bool) -> None:
    """Say each file as soon as it is written, or all of them in one document."""
    paths = []
    for one in written:
        paths.append(str(one.path))
        if one.rows_left:
            click.echo(say("forms.rows_left", rows=", ".join(one.rows_left)), err=True)
        if not as_json:
            shown = say("forms.built", path=one.path, size=max(1, one.size // 1000))
            click.echo(f"  {one.number}/{one.total}{shown}" if counted else shown)
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
