"""Rows beyond the printed ones, in every format: offered on a sheet, filled, held, never lost."""

from __future__ import annotations

import csv
import io

import pytest

from intake.cli.main import main
from intake.model.query import QueryEnd
from intake.model.receipt import Outcome
from intake.model.submission import FileFormat
from tests.kit.office.office import codes, demo_answers, filled
from tests.kit.office.sheets import Asking, by_hand

pytestmark = pytest.mark.slow

EXTENSIONS = {FileFormat.PDF: "pdf", FileFormat.WORD: "docx", FileFormat.EXCEL: "xlsx"}
MORE = {"mas_tx_more__1": "1"}
FIRST = "mas_tx__1__"
NINTH = {
    name.replace(FIRST, "mas_tx__9__"): text
    for name, text in demo_answers().items()
    if name.startswith(FIRST)
}
"""What the first patient's form says of the first treatment, in a row that no form prints."""


@pytest.fixture
def office(tmp_path):
    return Asking(tmp_path / "étude")


def treatments(office):
    """Return the rows of the treatments' file, the number of each first."""
    office.run()  # refreshes the dataset
    table = list(csv.DictReader(io.StringIO(office.dataset("mas_tx.csv")), delimiter=","))
    plain = [{k: v for k, v in row.items() if not k.startswith("record")} for row in table]
    return {row.pop("row"): row for row in plain}


@pytest.mark.parametrize("file_format", list(EXTENSIONS))
def test_a_row_filled_on_a_sheet_is_held_as_a_printed_one_is(office, file_format):
    office.first_form(**MORE)
    sheet = office.sheet(file_format)
    receipt = office.back(f"q.{EXTENSIONS[file_format]}", by_hand(sheet, file_format, NINTH))

    assert receipt.outcome is Outcome.LOADED_WITH_QUERIES  # the patient's two odd values
    assert {change.row for change in receipt.changes} == {9}
    assert office.asked("R65").how is QueryEnd.CHANGED
    rows = treatments(office)
    assert rows["9"] | {"d_combo": ""} == rows["1"] | {"d_combo": ""}


def test_later_forms_replays_and_the_form_of_the_record_leave_the_row(office, tmp_path, capfd):
    form = demo_answers("01", **MORE)
    office.send("fiche.pdf", filled(form))
    office.back("q.pdf", by_hand(office.sheet(), FileFormat.PDF, NINTH))
    held = treatments(office)["9"]

    later = office.send(
        "corrigée.pdf", filled({**form, "dm_mmt8": "77", "form_date": "09/10/2026"})
    )
    assert (later.outcome.is_loaded, later.revision) == (True, 3), codes(later)
    assert [change.item for change in later.changes] == ["form_date", "dm_mmt8"]
    assert treatments(office)["9"] == held

    assert _command(office, "forms", "--record", "ZAA-001", "--out", str(tmp_path / "out")) == 0
    assert "S03.9" in capfd.readouterr().err
    (path,) = (tmp_path / "out").iterdir()
    again = office.send("relue.pdf", path.read_bytes())
    assert again.outcome is Outcome.DUPLICATE

    assert _command(office, "record", "set", "ZAA-001", "S08.9", "500", "--reason", "x y") == 0
    assert treatments(office)["9"]["mtrt_dose"] == "500"
    capfd.readouterr()
    assert _command(office, "record", "show", "ZAA-001") == 0
    assert "S08.9" in capfd.readouterr().out


def _command(office, *words):
    with pytest.raises(SystemExit) as ended:
        main([*words, "--workspace", str(office.folder)])
    return ended.value.code
