"""The programs that fill the Excel form, or open a filled one and save it again."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from openpyxl import load_workbook

from intake.model.address import places_by_address
from tests.kit.fillers import with_openpyxl
from tests.kit.fillers.excel_forms import blank
from tests.kit.fillers.forms import definition
from tests.kit.fillers.process import run
from tests.kit.places import PROGRAMS
from tests.whole.clients import libreoffice, versions
from tests.whole.clients.route import Answers, Route, Send

__all__ = ["ROUTES", "blank"]


def as_typed(answers: Answers) -> dict[str, str]:
    """Return answers as a person puts them in cells: a label for a code, a word for a tick."""
    known, typed = places_by_address(definition()), {}
    for address, text in answers.items():
        place = known[address]
        option = place.item.option(text) if place.option is None else None
        label = option.title["fr"] if option else text
        typed[address] = "Oui" if place.option is not None and text else label
    return typed


def _by_hand(blank: bytes, answers: Answers) -> bytes:
    return with_openpyxl.fill(blank, as_typed(answers))


def _office(name: str, done: str, *kinds: str) -> Route:
    def send(blank: bytes, answers: Answers) -> bytes:
        return libreoffice.converted(_by_hand(blank, answers), "xlsx", *kinds)

    return Route(name, libreoffice.family, done, send, libreoffice.missing)


def _gnumeric(blank: bytes, answers: Answers) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.xlsx"), Path(folder, "out.xlsx")
        source.write_bytes(_by_hand(blank, answers))
        run(["ssconvert", str(source), str(target)])
        return target.read_bytes()


def _no_gnumeric() -> str | None:
    return None if shutil.which("ssconvert") else "Gnumeric is not installed"


def _library(name: str, package: str) -> Route:
    """Return the route through a JavaScript library that writes into the cells itself."""

    def missing() -> str | None:
        if shutil.which("node") is None:
            return "node is not installed"
        is_there = (PROGRAMS / "node_modules" / package).is_dir()
        return None if is_there else f"{package} is missing: run `npm ci` in tests/kit/programs"

    return Route(
        name, lambda: versions.of_module(package), "filled by a web portal",
        _written_by(package), missing,
    )  # fmt: skip


def _written_by(package: str) -> Send:
    def send(blank: bytes, answers: Mapping[str, str]) -> bytes:
        book = load_workbook(io.BytesIO(blank))
        named = [(with_openpyxl.named_cell(book, a), t) for a, t in as_typed(answers).items()]
        told = [(cell.parent.title, cell.coordinate, text) for cell, text in named]
        with tempfile.TemporaryDirectory() as folder:
            source, texts, target = (Path(folder, n) for n in ("in.xlsx", "in.json", "out.xlsx"))
            source.write_bytes(blank)
            texts.write_text(json.dumps(told), encoding="utf-8")
            program = ["node", str(PROGRAMS / "workbook.mjs"), package]
            run([*program, str(source), str(texts), str(target)])
            return target.read_bytes()

    return send


ROUTES = (
    Route(
        "openpyxl", lambda: versions.of_distribution("openpyxl"), "filled by a script", _by_hand
    ),
    _office("LibreOffice xlsx", "opened and saved as .xlsx", "xlsx"),
    _office("LibreOffice ods", "saved as .ods, then as .xlsx", "ods", "xlsx"),
    _office("LibreOffice xls", "saved as .xls, then as .xlsx", "xls", "xlsx"),
    Route(
        "Gnumeric", lambda: versions.of_command("ssconvert", "--version"),
        "opened and saved as .xlsx", _gnumeric, _no_gnumeric,
    ),
    _library("exceljs", "exceljs"),
    _library("SheetJS", "xlsx"),
    _library("xlsx-populate", "xlsx-populate"),
)  # fmt: skip
