"""In whose name a decision is taken: for one command, or kept with the account's settings."""

from __future__ import annotations

from types import SimpleNamespace

import click
from click.testing import CliRunner

from intake.cli.deciding import person
from intake.cli.deciding.person import by_option, opened
from intake.cli.exit_codes import ExitCode
from intake.model.errors import StoreFault, StoreUnavailable
from intake.wiring.app import App
from intake.wiring.study.person import kept_name, known_name


def decided_by(monkeypatch, tmp_path, *arguments):
    """Return in whose name a command is taken that is given so."""
    monkeypatch.setattr(App, "around", lambda _: App.__new__(App))
    given = "intake.cli.deciding.person.replace"
    monkeypatch.setattr(given, lambda _, **named: SimpleNamespace(**named))

    @by_option
    def command():
        click.echo(opened(tmp_path).by)

    return CliRunner().invoke(click.command()(command), arguments).output.strip()


def test_a_name_that_is_given_for_one_command_is_for_that_one_only(monkeypatch, tmp_path):
    assert decided_by(monkeypatch, tmp_path, "--by", " Eva  Berg ") == "Eva Berg"
    assert known_name() == ""
    kept_name("Ana Lund")
    assert decided_by(monkeypatch, tmp_path, "--by", "Eva Berg") == "Eva Berg"
    assert decided_by(monkeypatch, tmp_path) == "Ana Lund"


def test_a_decision_is_told_before_the_dataset_is_written_and_what_then_fails_is_said(
    monkeypatch, tmp_path
):
    monkeypatch.setattr(App, "around", lambda _: SimpleNamespace(store="opened"))
    monkeypatch.setattr(person, "replace", lambda app, **named: SimpleNamespace(**vars(app)))
    order = []

    def catch_up(_app):
        order.append("written")
        raise StoreUnavailable(StoreFault.RUN_UNDER_WAY)

    monkeypatch.setattr(person, "catch_up", catch_up)

    @click.command
    def command():
        person.opened(tmp_path)
        order.append("told")

    done = CliRunner().invoke(command, [])
    assert order == ["told", "written"]
    assert done.exit_code == ExitCode.STORE
