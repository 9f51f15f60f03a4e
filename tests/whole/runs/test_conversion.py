"""Forms saved as .doc, .odt, .rtf, .xls, .ods: read through a conversion, never in silence."""

from __future__ import annotations

import json
from functools import cache

import pytest
from click.testing import CliRunner

from intake.cli.main import main
from intake.execution import libreoffice as office_program
from intake.formats.office.conversion import CONVERTED_TO, ConvertedRung
from intake.formats.registry import READERS, inspect_file
from intake.model.address import places
from intake.model.errors import Refusal
from intake.model.receipt import Outcome
from intake.model.submission import FileFormat
from intake.pipeline.returns.process import process_inbox
from intake.pipeline.review import decisions as review
from tests.kit.fakes.inprocess import InProcess
from tests.kit.fillers import with_openpyxl, word_by_hand
from tests.kit.fillers.typed_texts import in_lists
from tests.kit.office.coordinator import WHY, decide, document, refused
from tests.kit.office.office import codes, the_form, with_rungs
from tests.kit.office.office_excel import blank_excel, filled_excel
from tests.kit.office.office_word import W, blank_word, filled_word
from tests.whole.clients import libreoffice
from tests.whole.clients.answers import every_answer

RTF = b"{\\rtf1\\ansi a form in an old coat}"
NEEDS_OFFICE = pytest.mark.skipif(
    libreoffice.missing() is not None, reason=str(libreoffice.missing())
)
KINDS = [pytest.param(kind, marks=[pytest.mark.slow, pytest.mark.programs, NEEDS_OFFICE])
         for kind in CONVERTED_TO]  # fmt: skip


@cache
def saved_as(kind):
    """Return the first patient's form as LibreOffice saves it in another kind."""
    wanted = CONVERTED_TO[kind]
    content = filled_word() if wanted == "docx" else filled_excel()
    return content, libreoffice.converted(content, wanted, kind)


def read(inspection):
    raw = READERS[inspection.format].read(inspection, the_form())
    return {answer.address: answer.text for answer in raw.answers}, raw.findings


def processed(office, convert, content=RTF, name="fiche.rtf"):
    """Process one file with a converter of the test's."""
    office.drop(name, content)
    executor = InProcess()
    rung = ConvertedRung(convert=convert, executor=executor, inspect=inspect_file)
    desk = with_rungs(office.app.desk(executor), rung)
    (receipt,) = process_inbox(desk, lambda _receipt, _total: None).receipts
    return receipt


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_of_an_old_kind_is_read_whole_and_waits_for_a_person(whole_office, kind):
    content, old = saved_as(kind)
    receipt = whole_office.send(f"fiche.{kind}", old)
    assert (receipt.outcome, codes(receipt)[0]) == (Outcome.REVIEW, "FILE_CONVERTED")
    assert receipt.format is (FileFormat.WORD if CONVERTED_TO[kind] == "docx" else FileFormat.EXCEL)
    held = whole_office.app.store.entry(receipt.id).submission
    given, _ = read(inspect_file(content, "fiche"))
    raws = {value.item: value.raw for value in held.values if value.row is None}
    single = {name: text for name, text in given.items() if name in raws}
    assert len(single) > 60
    assert {name: raws[name] for name in single} == single
    assert refused(whole_office, review.accept, receipt.id) is Refusal.REASON_NEEDED
    assert decide(whole_office, review.accept, receipt.id, WHY).outcome.is_loaded


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_of_a_full_form_is_as_filled_or_carries_a_finding(kind):
    wanted, form = CONVERTED_TO[kind], the_form()
    if wanted == "docx":
        content = word_by_hand.fill(blank_word(), every_answer(form))
    else:
        content = with_openpyxl.fill(blank_excel(), in_lists(form, every_answer(form), "fr"))
    old = libreoffice.converted(content, wanted, kind)
    given, _ = read(inspect_file(content, "fiche"))
    found, findings = read(inspect_file(office_program.converted(old, kind, wanted), "fiche"))
    said = {(f.item, f.row) for f in findings}
    said |= {(name, None) for f in findings for name in f.items if f.code != "CONTROL_LOST"}
    silent = [
        place.address
        for place in places(form)
        if found.get(place.address) != given.get(place.address)
        and not said & {(place.item.name, place.row), (place.item.name, None)}
    ]
    assert silent == []
    lines = sum("\n" in text for text in given.values())  # whose ends LibreOffice moves
    assert sum(found.get(name) == text for name, text in given.items()) >= len(given) - lines


@pytest.mark.parametrize("kind", KINDS[:1])
def test_inspect_shows_what_a_conversion_gives(kind, tmp_path):
    path = tmp_path / f"fiche.{kind}"
    path.write_bytes(saved_as(kind)[1])
    done = CliRunner().invoke(main, ["inspect", str(path), "--json"])
    shown = json.loads(done.stdout)
    assert (shown["format"], shown["notes"][0]["code"]) == ("word", "FILE_CONVERTED")
    found = {field["address"]: field for field in shown["fields"]}
    assert (found["sex"]["filled"], found["birth_date"]["value"]) == (True, None)


def test_a_converted_file_is_read_behind_the_ordinary_guard(whole_office):
    asked = []

    def convert(content, kind, wanted):
        asked.append((content, kind, wanted))
        return filled_word()

    receipt = processed(whole_office, convert)
    assert asked == [(RTF, "rtf", "docx")]
    assert (receipt.outcome, codes(receipt)) == (Outcome.REVIEW, ["FILE_CONVERTED"])
    macro = word_by_hand.with_part(filled_word(), "word/vbaProject.bin", b"x")
    unsafe = processed(whole_office, lambda *_: macro, RTF + b" ", "autre.rtf")
    assert (unsafe.outcome, codes(unsafe)) == (Outcome.REJECTED, ["FILE_UNSAFE"])


def test_a_converted_blank_form_is_not_believed_empty(whole_office):
    assert processed(whole_office, lambda *_: blank_word()).outcome is Outcome.REVIEW


def test_without_the_program_the_receipt_says_what_to_do_and_the_file_is_read_later(whole_office):
    receipt = processed(whole_office, None)
    assert (receipt.outcome, codes(receipt)) == (Outcome.REJECTED, ["FILE_NOT_CONVERTED"])
    told = document(whole_office, receipt)["findings"][0]["message"]
    assert "LibreOffice" in told["fr"]
    assert ".docx" in told["fr"]
    again = processed(whole_office, lambda *_: filled_word())
    assert codes(again) == ["FILE_CONVERTED"]


def without_lines(is_lost):
    """Return the filled form without the lines of some of its items."""

    def change(root):
        for control in list(root.iter(W + "sdt")):
            name = word_by_hand.tag_of(control).split("__")
            item = next((the_form().items[n] for n in name if n in the_form().items), None)
            line = next(control.iterancestors(W + "tr"), None)
            above = None if line is None else line.getparent()
            if item is not None and is_lost(item) and above is not None:
                above.remove(line)

    return word_by_hand.changed(filled_word(), change)


@pytest.mark.parametrize("where", [("group", "mas_tx"), ("section", "mas_labs")], ids=str)
def test_a_part_that_a_conversion_loses_is_asked_for_again_once(whole_office, where):
    items = {item.name for item in the_form().items.values() if getattr(item, where[0]) == where[1]}
    lossy = without_lines(lambda item: item.name in items)
    receipt = processed(whole_office, lambda *_: lossy)
    (lost,) = (f for f in receipt.findings if f.code == "PART_LOST")
    assert set(lost.items) == items
    assert "REQUIRED" not in {f.code for f in receipt.findings if f.item in items}
    assert not {"FIELD_MISSING", "SECTION_INCOMPLETE"} & set(codes(receipt))
    loaded = decide(whole_office, review.accept, receipt.id, WHY)
    asked = {f.code: f.severity.value for f in loaded.findings}
    assert loaded.outcome is Outcome.LOADED_WITH_QUERIES
    assert (asked["FILE_CONVERTED"], asked["PART_LOST"]) == ("note", "error")
