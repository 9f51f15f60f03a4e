"""In whose name a decision is taken: for one command, or kept with the account's settings."""

from __future__ import annotations

import click
from click.testing import CliRunner

from intake.cli.deciding.person import by_option, opened
from intake.wiring.app import App
from intake.wiring.person import kept_name, known_name


def decided_by(monkeypatch, tmp_path, *arguments):
    """Return in whose name a command is taken that is given so."""
    monkeypatch.setattr(App, "around", lambda _: App.__new__(App))
    monkeypatch.setattr("intake.cli.deciding.person.replace", lambda _, by: by)

    @by_option
    def command():
        click.echo(opened(tmp_path))

    return CliRunner().invoke(click.command()(command), arguments).output.strip()


def test_a_name_that_is_given_for_one_command_is_for_that_one_only(monkeypatch, tmp_path):
    assert decided_by(monkeypatch, tmp_path, "--by", " Eva  Berg ") == "Eva Berg"
    assert known_name() == ""
    kept_name("Ana Lund")
    assert decided_by(monkeypatch, tmp_path, "--by", "Eva Berg") == "Eva Berg"
    assert decided_by(monkeypatch, tmp_path) == "Ana Lund"
