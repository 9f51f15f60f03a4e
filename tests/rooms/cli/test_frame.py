"""What every command shares: the language spoken, a yes and a no."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from intake.cli.frame import is_agreed, named_workspace
from intake.wiring.study.language import spoken_language

FRENCH = '[study]\nlanguages = ["fr", "en"]\n'


@pytest.mark.parametrize(
    ("asked", "lang", "spoken"),
    [
        ("", "", "fr"),
        ("", "en_GB.UTF-8", "en"),
        ("", "de_DE.UTF-8", "fr"),
        ("en", "fr_FR.UTF-8", "en"),
        ("xx", "C", "fr"),
    ],
)
def test_the_language_is_the_one_asked_for_else_the_computer_s_else_the_study_s(
    tmp_path, monkeypatch, asked, lang, spoken
):
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CRF_INTAKE_LANG", asked)
    monkeypatch.setenv("LANG", lang)
    (tmp_path / "study.toml").write_text(FRENCH, encoding="utf-8")
    assert spoken_language(tmp_path / "inbox") == spoken


@pytest.mark.parametrize("text", ["", "not toml", "[study]\n", "[study]\nlanguages = [1]\n"])
def test_a_study_that_says_no_language_leaves_english(tmp_path, monkeypatch, text):
    for name in ("CRF_INTAKE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    assert spoken_language(tmp_path) == "en"


@pytest.mark.parametrize(
    ("arguments", "folder"),
    [
        (["status"], "."),
        (["status", "--workspace", "étude"], "étude"),
        (["status", "--workspace=étude"], "étude"),
        (["status", "--workspace"], "."),
    ],
)
def test_the_workspace_is_seen_before_the_command_is_known(arguments, folder):
    assert named_workspace(arguments) == Path(folder)


@pytest.mark.parametrize("typed", ["o\n", "Oui\n", "y\n", "YES\n", "peut-être\noui.\n"])
def test_a_yes_in_either_language_is_a_yes(typed):
    assert agreed(typed)


@pytest.mark.parametrize("typed", ["n\n", "Non\n", "no\n", "\n", ""])
def test_anything_else_that_ends_the_question_is_a_no(typed):
    assert not agreed(typed)


def agreed(typed):
    given = []

    @click.command()
    def ask():
        given.append(is_agreed("Continuer ?"))

    CliRunner().invoke(ask, input=typed)
    return given[0]
