"""``init``: make a folder a workspace."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from intake.cli.frame import guarded, json_option, print_json, say
from intake.wiring.setup import set_up_workspace
from intake.wiring.study.settings import title_key

_ANSWERS: Mapping[str, str] = {
    "sponsor": "study.sponsor",
    "languages": "study.languages",
    "minutes": "study.minutes",
    "service": "contact.service",
    "email": "contact.email",
    "opens": "calendar.opens",
    "closes": "calendar.closes",
    "reminder": "calendar.reminder",
}
"""Options that are named as the lines of study.toml are."""


def _answers(command: Callable[..., None]) -> Callable[..., None]:
    for name in reversed(list(_ANSWERS)):
        command = click.option(f"--{name}", help=say(f"init.{name}"))(command)
    command = click.option("--phone", "phones", multiple=True, help=say("init.phone"))(command)
    return click.option("--title", "titles", multiple=True, help=say("init.title"))(command)


@click.command(help=say("init.help"), epilog=say("init.examples"))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option(
    "--form",
    "schema",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help=say("init.form"),
)
@_answers
@json_option
@guarded
def init(folder: Path, schema: Path | None, *, as_json: bool, **given: Any) -> None:  # noqa: ANN401  # by click
    """Create what a workspace needs and overwrite nothing."""
    done = set_up_workspace(folder, schema, _given(schema, given))
    if as_json:
        print_json(
            {
                "workspace": str(folder.resolve()),
                "created": list(done.created),
                "kept": list(done.kept),
            }
        )
        return
    for name in done.created:
        click.echo(say("init.created", name=name))
    for name in done.kept:
        click.echo(say("init.kept", name=name))
    click.echo(say("init.next", folder=folder.resolve()))


def _given(schema: Path | None, given: Mapping[str, Any]) -> dict[str, str]:
    """Return the answers by the key of their line; a title may name its language, ``en=...``."""
    found = {key: given[name] for name, key in _ANSWERS.items() if given[name] is not None}
    if given["phones"]:
        found["contact.phones"] = "\n".join(given["phones"])
    for title in given["titles"]:
        named = re.fullmatch(r"([a-z]{2})=(.*)", title)
        found[title_key(schema, named[1] if named else "")] = named[2] if named else title
    return found
