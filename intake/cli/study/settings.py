"""``settings``: what the study says of itself, shown and changed."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from intake.cli.frame import WORDS, guarded, json_option, print_json, say, workspace_option
from intake.wiring.study.settings import change_settings, study_folder, study_questions


@click.group(help=say("settings.help"), epilog=say("settings.examples"))
def settings() -> None:
    """Group what is asked of the settings."""


@settings.command("show", help=say("settings.show.help"), epilog=say("settings.show.examples"))
@workspace_option
@json_option
@guarded
def show(workspace: Path, *, as_json: bool) -> None:
    """Print each setting, what it is for and what it is now."""
    found = study_questions(study_folder(workspace))
    if as_json:
        print_json({"settings": [asdict(one) for one in found]})
        return
    width = max(len(one.key) for one in found)
    for one in found:
        value = " ; ".join(one.value.splitlines()) or "-"
        click.echo(f"{one.key:{width}}  {value}")
        click.echo(f"{'':{width}}  ({WORDS.local(one.label)})")


@settings.command("set", help=say("settings.set.help"), epilog=say("settings.set.examples"))
@click.argument("pairs", nargs=-1, required=True, metavar=say("settings.set.metavar"))
@workspace_option
@json_option
@guarded
def change(pairs: tuple[str, ...], workspace: Path, *, as_json: bool) -> None:
    """Change one setting, or several together; comments of study.toml stay."""
    if len(pairs) % 2:
        raise click.UsageError(say("settings.set.pairs"))
    answers = dict(zip(pairs[::2], pairs[1::2], strict=True))
    done = change_settings(study_folder(workspace), answers)
    if as_json:
        print_json(done.document)
        return
    for line in done.said:
        click.echo(WORDS.local(line))
