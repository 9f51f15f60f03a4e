"""Real programs that open a filled workbook and save it again, or fill it themselves.

Each is a function from a blank and its answers (text by address) to the returned file.
"""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook

from tests.fillers import with_openpyxl
from tests.fillers.process import run

PROGRAMS = Path(__file__).parents[1] / "programs"
Returned = Callable[[bytes, Mapping[str, str]], bytes]


@dataclass(frozen=True)
class Spreadsheet:
    """One way a form comes back: a name for reports, what it needs, what it does."""

    name: str
    needs: str
    returned: Returned
    package: str = ""

    @property
    def missing(self) -> str | None:
        if shutil.which(self.needs) is None:
            return f"{self.needs} is not installed"
        if self.package and not (PROGRAMS / "node_modules" / self.package).is_dir():
            return f"{self.package} is not installed: run `npm ci` in tests/programs"
        return None


def _converted(*steps: str) -> Returned:
    """Return a filler whose file LibreOffice saves in one format after another."""

    def returned(blank: bytes, answers: Mapping[str, str]) -> bytes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            path = folder / "0.xlsx"
            path.write_bytes(with_openpyxl.fill(blank, answers))
            for number, step in enumerate(steps, start=1):
                path = _convert(path, step, folder / str(number), folder / "profile")
            return path.read_bytes()

    return returned


def _convert(source: Path, step: str, target: Path, profile: Path) -> Path:
    run([
        "soffice", f"-env:UserInstallation=file://{profile}", "--headless",
        "--convert-to", step, "--outdir", str(target), str(source),
    ])  # fmt: skip
    return target / f"{source.stem}.{step}"


def _gnumeric(blank: bytes, answers: Mapping[str, str]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.xlsx"), Path(folder, "out.xlsx")
        source.write_bytes(with_openpyxl.fill(blank, answers))
        run(["ssconvert", str(source), str(target)])
        return target.read_bytes()


def _library(name: str) -> Returned:
    """Return a filler that is a JavaScript library, writing into the cells itself."""

    def returned(blank: bytes, answers: Mapping[str, str]) -> bytes:
        book = load_workbook(io.BytesIO(blank))
        cells = [(with_openpyxl.named_cell(book, a), text) for a, text in answers.items()]
        told = [(cell.parent.title, cell.coordinate, text) for cell, text in cells]
        with tempfile.TemporaryDirectory() as folder:
            source, texts, target = (Path(folder, n) for n in ("in.xlsx", "in.json", "out.xlsx"))
            source.write_bytes(blank)
            texts.write_text(json.dumps(told), encoding="utf-8")
            run(
                ["node", str(PROGRAMS / "workbook.mjs"), name, str(source), str(texts), str(target)]
            )
            return target.read_bytes()

    return returned


SPREADSHEETS = (
    Spreadsheet("openpyxl", "python3", with_openpyxl.fill),
    Spreadsheet("LibreOffice", "soffice", _converted("xlsx")),
    Spreadsheet("LibreOffice twice", "soffice", _converted("xlsx", "xlsx")),
    Spreadsheet("LibreOffice via ods", "soffice", _converted("ods", "xlsx")),
    Spreadsheet("LibreOffice via xls", "soffice", _converted("xls", "xlsx")),
    Spreadsheet("Gnumeric", "ssconvert", _gnumeric),
    Spreadsheet("exceljs", "node", _library("exceljs"), "exceljs"),
    Spreadsheet("SheetJS", "node", _library("sheetjs"), "xlsx"),
)
