"""The blank forms that are handed out are those of the schema and study, to the byte."""

from __future__ import annotations

import importlib.metadata
import re
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from intake.cli.main import main
from intake.wiring.app import App
from intake.wiring.forms import build_forms, kept_folder, order_forms
from intake.workspace.printed import PAGES_FILE
from intake.workspace.published import PUBLISHED_FILE, digest, published_content
from tests.kit.places import ROOT


@cache
def built() -> dict[str, bytes]:
    app = App.open(ROOT)
    return dict(build_forms(order_forms(app, version=None, language=None, centre=None), None))


def kept() -> Path:
    app = App.open(ROOT)
    return kept_folder(app, app.definition)


def is_pinned() -> bool:
    """Say whether the programs that decide a form's bytes are those of constraints.txt."""
    pins = dict(re.findall(r"^([\w.-]+)==(\S+)$", (ROOT / "constraints.txt").read_text(), re.M))
    deciding = ("typst", "pikepdf", "openpyxl", "lxml")
    return all(importlib.metadata.version(name) == pins[name] for name in deciding)


def test_the_kept_forms_are_all_there_and_nothing_else():
    assert {path.name for path in kept().iterdir()} == {*built(), PUBLISHED_FILE, PAGES_FILE}


def test_what_was_published_says_which_files_of_which_schema_are_kept():
    digests = {name: digest((kept() / name).read_bytes()) for name in built()}
    content = published_content(App.open(ROOT).definition, digests)
    assert (kept() / PUBLISHED_FILE).read_bytes() == content


@pytest.mark.skipif(not is_pinned(), reason="other versions of the libraries write other bytes")
@pytest.mark.parametrize(
    "name", sorted({path.name for path in kept().iterdir()} - {PUBLISHED_FILE, PAGES_FILE})
)
def test_a_kept_form_is_the_one_built_now(name):
    stale = "run `make forms` and look at the pages"
    assert (kept() / name).read_bytes() == built()[name], stale


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--centre", "QQQ"], "no centre QQQ"),
        (["--version", "9.9.9"], "it has 1.0.0"),
        (["--language", "de"], "it has fr, en"),
    ],
)
def test_an_unknown_name_is_refused_with_what_exists(office, arguments, words):
    done = CliRunner().invoke(main, ["forms", "--workspace", str(office.folder), *arguments])
    assert done.exit_code == 3
    assert words in done.output
