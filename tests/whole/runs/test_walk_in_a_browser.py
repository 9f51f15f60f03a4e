"""A whole form filled in a browser's own viewer, from key strokes and clicks to the dataset."""

from __future__ import annotations

import csv
import io
from functools import cache

import pytest

from intake.formats.pdf.read.reader import PdfReader
from intake.model.receipt import Outcome
from intake.pipeline.review.decisions import accept
from intake.words.spelling import normal_text
from tests.kit.fillers import chromium
from tests.kit.office.coordinator import decide
from tests.kit.office.office import Office, blank, codes, demo_answers, filled, the_form

pytestmark = [
    pytest.mark.slow,
    pytest.mark.programs,
    pytest.mark.skipif(bool(chromium.missing()), reason=chromium.missing() or "-"),
]

READER = PdfReader()
OF_THIS_FILE = {"record_id", "file_sha256", "location", "reading"}
WALKS = {
    "keyboard, in French": (chromium.by_keyboard, "01", "ZAA", "fr"),
    "mouse, in French": (chromium.by_mouse, "01", "ZAA", "fr"),
    "keyboard, in English": (chromium.by_keyboard, "09", None, "en"),
}
CORRECTED = {
    "lab_hb_dx": "9,3",
    "dm_joint": "arthri",
    "mas_remission_date": "03/06/2016",
    "mas_support__atb": "",
}


@cache
def walked(walk):
    way, record, centre, language = WALKS[walk]
    form = blank(centre, language)
    return chromium.walk(form, way(form, demo_answers(record)))


def read(content):
    raw = READER.read(READER.inspect(content), the_form())
    printed = {a.address for a in raw.answers if a.address.endswith("__fu_timepoint")}
    return {a.address: a.text for a in raw.answers if a.address not in printed}, raw.findings


def processed(folder, content):
    """Return the receipt of a file and the dataset it gives, without what names the file."""
    office = Office(folder)
    receipt = office.send("fiche.pdf", content)
    tables = {name: csv.DictReader(io.StringIO(office.dataset(name))) for name in TABLES}
    return receipt, {
        name: [{k: v for k, v in row.items() if k not in OF_THIS_FILE} for row in rows]
        for name, rows in tables.items()
    }


TABLES = ("records.csv", "values.csv", "mas_tx.csv", "mas_fu.csv")


@pytest.mark.parametrize("walk", WALKS)
def test_what_was_typed_in_the_viewer_is_what_the_form_holds(walk):
    answers, findings = read(walked(walk))

    typed = demo_answers(WALKS[walk][1])
    assert answers == {address: normal_text(text) for address, text in typed.items()}
    assert findings == ()


@pytest.mark.parametrize("walk", WALKS)
def test_a_form_filled_in_the_viewer_gives_the_dataset_of_one_filled_otherwise(walk, tmp_path):
    _, record, centre, language = WALKS[walk]
    otherwise = filled(demo_answers(record), centre=centre, language=language)
    receipt, dataset = processed(tmp_path / "walked", walked(walk))
    same, expected = processed(tmp_path / "otherwise", otherwise)

    assert receipt.outcome in {Outcome.LOADED, Outcome.LOADED_WITH_QUERIES}
    assert codes(receipt) == codes(same)
    assert len(dataset["values.csv"]) > 150
    assert dataset == expected


def test_a_form_corrected_in_the_viewer_is_a_revision_with_its_changes(tmp_path):
    office = Office(tmp_path)
    first = walked("mouse, in French")
    corrected = chromium.walk(first, chromium.by_mouse(first, CORRECTED))
    office.send("fiche.pdf", first)
    asked = office.send("fiche corrigée.pdf", corrected)
    assert codes(asked)[-1] == "REVISION_UNDATED"  # the viewer leaves the file's date alone
    receipt = decide(office, accept, asked.id)

    assert (receipt.outcome, receipt.revision) == (Outcome.LOADED, 2)
    assert {change.item for change in receipt.changes} == {
        name.partition("__")[0] for name in CORRECTED
    }
    assert read(corrected)[0] == {
        address: normal_text(text) for address, text in demo_answers("01", **CORRECTED).items()
    }
