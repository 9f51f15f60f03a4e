"""What the demonstration ends with can be copied into the same console."""

from __future__ import annotations

import sys

import pytest

from intake.cli.demo import _command


@pytest.mark.parametrize(
    ("begun", "wanted"),
    [
        (".venv/bin/crf-intake", '.venv/bin/crf-intake serve "a b"'),
        ("/my studies/bin/crf-intake.exe", '"/my studies/bin/crf-intake.exe" serve "a b"'),
        ("intake/__main__.py", '"/my python" -m intake serve "a b"'),
    ],
)
def test_the_page_is_opened_by_the_program_that_ran(monkeypatch, begun, wanted):
    monkeypatch.setattr(sys, "argv", [begun])
    monkeypatch.setattr(sys, "executable", "/my python")
    assert _command("serve", "a b") == wanted
