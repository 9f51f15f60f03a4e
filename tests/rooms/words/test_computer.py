"""The language of the computer, as Unix and Windows say it."""

from __future__ import annotations

import pytest

from intake.words.computer import asked_language, computer_language, windows_menus


def silent():
    raise OSError("this is no Windows")


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "en"}, "en"),
        ({"LANG": "de_DE"}, "de"),
        ({"LANG": "fr_FR", "LC_ALL": "en_GB"}, "en"),
        ({"LANG": "C.UTF-8"}, None),
        ({"LANG": "POSIX"}, None),
        ({}, None),
    ],
)
def test_unix_says_it_in_variables(variables, language):
    assert computer_language(variables, silent) == language


@pytest.mark.parametrize(
    ("number", "language"),
    [(0x040C, "fr"), (0x080C, "fr"), (0x0409, "en"), (0x0407, "de"), (0x9999, None)],
)
def test_windows_says_it_when_it_is_asked(number, language):
    assert computer_language({}, lambda: number) == language


def test_another_system_is_not_asked_what_only_windows_knows():
    assert computer_language({}, windows_menus) is None


def test_a_person_asks_for_a_language_by_a_variable_of_its_own():
    assert asked_language({"CRF_INTAKE_LANG": "FR"}) == "fr"
    assert asked_language({"LANG": "fr_FR"}) is None
