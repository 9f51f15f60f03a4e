"""An Excel form filled with the keyboard in LibreOffice, from key strokes to the dataset."""

from __future__ import annotations

import csv
import io
from functools import cache

import pytest

from intake.formats.excel.read.reader import ExcelReader
from intake.model.address import places
from intake.words.spelling import normal_text
from tests.kit.fillers.typed_texts import in_lists
from tests.kit.office.office import Office, codes, demo_answers, filled, the_form
from tests.kit.office.office_excel import blank_excel
from tests.whole.clients import libreoffice

pytestmark = [
    pytest.mark.slow,
    pytest.mark.programs,
    pytest.mark.skipif(bool(libreoffice.cannot_type()), reason=libreoffice.cannot_type() or "-"),
]

READER = ExcelReader()


@cache
def walked():
    return libreoffice.walked(blank_excel(), in_lists(the_form(), demo_answers(), "fr"))


def test_tab_stops_once_at_each_answer_of_the_workbook_and_nowhere_else():
    fixed = {group.fixed_item for group in the_form().groups.values()}

    open_places = {place.address for place in places(the_form()) if place.item.name not in fixed}
    assert len(walked()[1]["stops"]) == len(open_places)
    assert set(walked()[1]["stops"]) == open_places


def test_what_was_typed_in_the_workbook_is_what_it_holds():
    raw = READER.read(READER.inspect(walked()[0]), the_form())

    held = {a.address: a.text for a in raw.answers if not a.address.endswith("__fu_timepoint")}
    typed = in_lists(the_form(), demo_answers(), "fr")
    assert held == {address: normal_text(text) for address, text in typed.items()}
    assert raw.findings == ()


def test_the_first_sheet_says_that_the_form_is_ready_when_it_is_filled():
    seen = walked()[1]

    assert seen["before"].startswith("Réponses encore attendues")
    assert seen["after"].startswith("Prête à envoyer")


def test_a_workbook_filled_with_the_keyboard_gives_the_dataset_of_a_pdf(tmp_path):
    written = []
    for name, content in (("a.pdf", filled()), ("a.xlsx", walked()[0])):
        office = Office(tmp_path / name)
        assert codes(office.send(name, content)) == []
        rows = csv.DictReader(io.StringIO(office.dataset("records.csv")))
        written.append([{k: v for k, v in row.items() if k != "record_id"} for row in rows])

    assert len(written[0]) == 1
    assert written[0] == written[1]
